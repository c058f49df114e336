import { memo, type ReactElement } from "react";
import type { Micros } from "../../base/units.ts";
import { useOpenQuestion } from "../../store/open-question.ts";
import { nameOf } from "../../store/server-names.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { isCommitUntold } from "../kit/log/cells.ts";
import { termFill } from "../kit/term-fill.ts";
import { cellPitch, cellsIn, linesOf, nameWidth, type TallyWords, tallyOf, wordsOf } from "./label-words.ts";
import type { LabelDetail, ServerPlace } from "./places.ts";
import { hatchFill } from "./server.tsx";
import { type CellRun, runsOf } from "./strip.ts";

interface Props {
  readonly server: ServerView;
  readonly place: ServerPlace;
  readonly detail: LabelDetail;
  /** Of everything in it. */
  readonly scale: number;
  /** Its election timer, where that is told. */
  readonly left?: Micros | undefined;
  readonly first?: boolean | undefined;
  /** How many votes are needed is not told; undefined: as long as the page's own question is open. */
  readonly asked?: boolean | undefined;
  /** It is no part of what is lit. */
  readonly faded?: boolean;
}

/** A server's name, what it is doing and the end of its log, beside or under its disc. */
export const ServerLabel = memo(function ServerLabel(props: Props): ReactElement {
  const { server, place, detail, scale, left, first } = props;
  const open = useOpenQuestion();
  const asked = props.asked ?? open;
  const { label, align } = place;
  const width = label.width / scale;
  const x = align === "start" ? label.x : align === "end" ? label.x + label.width : label.x + label.width / 2;
  const lines = linesOf(detail);
  return (
    <g
      className="stage-label"
      data-faded={props.faded || undefined}
      transform={`translate(${x.toFixed(1)} ${label.y.toFixed(1)}) scale(${scale})`}
    >
      {detail === "inline" ? (
        <InlineText {...{ server, align, left, first, asked }} y={lines.name} width={width} />
      ) : (
        <text className="stage-name" y={lines.name} textAnchor={align}>
          {nameOf(server.id)}
        </text>
      )}
      {(detail === "stacked" || detail === "words") && (
        <DoingLine {...{ server, align, left, first, asked }} y={lines.doing} width={width} />
      )}
      {(detail === "stacked" || detail === "inline") && (
        <LogStrip server={server} y={lines.strip} align={align} width={width} />
      )}
    </g>
  );
});

interface LineProps {
  readonly server: ServerView;
  readonly y: number;
  readonly align: ServerPlace["align"];
  readonly width: number;
}
type DoingProps = LineProps & Pick<Props, "left" | "first" | "asked">;

function InlineText({ server, y, align, width, left, first, asked }: DoingProps): ReactElement {
  const doing = wordsOf(server, width - nameWidth(server.id) - 2, left, asked);
  const name = <tspan className="stage-name">{nameOf(server.id)}</tspan>;
  const rest = (
    <tspan className="stage-doing" data-first={first}>
      {align === "end" ? `${doing}  ` : `  ${doing}`}
    </tspan>
  );
  return (
    <text y={y} textAnchor={align} className="stage-inline">
      {align === "end" ? rest : name}
      {align === "end" ? name : rest}
    </text>
  );
}

function DoingLine(props: DoingProps): ReactElement {
  const { server, y, align, width, left, first, asked } = props;
  const tally = tallyOf(server, width, asked);
  if (tally !== null) return <Tally tally={tally} y={y} align={align} />;
  return (
    <text className="stage-doing" y={y} textAnchor={align} data-first={first}>
      {wordsOf(server, width, left)}
    </text>
  );
}

/** "candidate, 2 of 3 votes" and, where there is room, a dot per voter: full granted, cross refused, hollow not answered. A joint configuration has two rows of dots. */
function Tally({ tally, y, align }: Pick<LineProps, "y" | "align"> & { readonly tally: TallyWords }): ReactElement {
  const { text, words, pitch, shown, total, answerOf } = tally;
  const left = align === "start" ? 0 : align === "end" ? -total : -total / 2;
  return (
    <g transform={`translate(${left} ${y})`}>
      <text className="stage-doing" data-first="true">
        {text}
      </text>
      {shown.map((voter, i) => {
        const x = words + pitch * (i + 0.5);
        // 0 stands between the halves.
        if (voter === 0) return <path key="between" className="stage-between" d={`M${x} -9.5v10`} />;
        // biome-ignore lint/suspicious/noArrayIndexKey: a voter may be in both halves
        return <Vote key={`${voter} ${i}`} x={x} granted={answerOf(voter)} />;
      })}
    </g>
  );
}

function Vote({ x, granted }: { readonly x: number; readonly granted: boolean | undefined }): ReactElement {
  if (granted === false) return <path className="stage-vote" d={`M${x - 3} -7.5l6 6m0 -6l-6 6`} />;
  return <circle className="stage-vote" cx={x} cy={-4.5} r={3.2} fill={granted ? "currentColor" : "none"} />;
}

/** The newest entries: full if committed, hatched if not, dotted where nobody tells. Before them a stack for a snapshot, or dots for older ones. */
function LogStrip({ server, y, align, width }: LineProps): ReactElement {
  const { shown, before, ahead, total } = cellsIn(server, width);
  const first = server.lastIndex - shown.length + 1;
  const left = align === "start" ? 0 : align === "end" ? -total : -total / 2;
  return (
    <g transform={`translate(${left.toFixed(1)} ${y})`}>
      {shown.length + ahead === 0 && server.told?.unknown.includes("log") !== true && (
        <rect className="stage-cell-none" x={0.5} y={0.5} width={10} height={10} rx={2.5} />
      )}
      {before === "older" && <path className="stage-more" d="M1 5.5h0M5 5.5h0M9 5.5h0" />}
      {before === "snapshot" && <SnapshotCell fill={termFill(server.baseTerm)} />}
      {runsOf(shown, server.commitIndex - first + 1).map((run) => (
        <Cells key={run.from} run={run} x={(run.from + ahead) * cellPitch} untold={isCommitUntold(server)} />
      ))}
    </g>
  );
}

/** A snapshot in small: sheets on a stack. */
function SnapshotCell({ fill }: { readonly fill: string }): ReactElement {
  return (
    <>
      <rect x={2.5} width={8.5} height={8.5} rx={2} fill={fill} />
      <rect className="stage-sheet" x={-0.5} y={2} width={9.5} height={9.5} rx={2.4} fill={fill} />
    </>
  );
}

interface CellsProps {
  readonly run: CellRun;
  readonly x: number;
  /** Nobody tells whether they are committed, but where the run says so. */
  readonly untold: boolean;
}
/** One path for all of a run: as the log goes on, the strip most often looks as before, and nothing is written. */
function Cells({ run, x, untold }: CellsProps): ReactElement {
  const fill = termFill(run.term);
  const open = untold ? "none" : hatchFill(run.term);
  return (
    <path
      d={`M${x + 2.75} 0.75${Array.from({ length: run.count }, () => cellPath).join(`m${cellPitch} 0`)}`}
      fill={run.committed ? fill : open}
      stroke={fill}
      strokeWidth={1.5}
      strokeDasharray={untold && !run.committed ? "1.5 1.5" : undefined}
    />
  );
}

/** Its outline, from the end of its upper left corner: a square with a side of 9.5. */
const cellPath = "h5.5a2 2 0 0 1 2 2v5.5a2 2 0 0 1-2 2h-5.5a2 2 0 0 1-2-2v-5.5a2 2 0 0 1 2-2z";
