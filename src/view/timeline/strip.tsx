import { memo, type ReactElement, useMemo } from "react";
import type { GroupId } from "../../base/units.ts";
import type { Lit } from "../../store/lit.ts";
import type { Bookmark, Timeline } from "../../worker/protocol/run.ts";
import { markGlyphs } from "../kit/mark-glyphs.tsx";
import type { Scale } from "../kit/scale.ts";
import { termFill } from "../kit/term-fill.ts";
import { type Band, termFrom } from "./bands.ts";
import {
  type Flag,
  flagsOf,
  laneHeight,
  marksAbove,
  type PlacedBranch,
  type PlacedMark,
  type Rows,
  ticksOf,
  wordsFrom,
} from "./layout.ts";

interface StripProps {
  readonly bands: readonly Band[];
  readonly timeline: Timeline;
  /** The Raft group that is shown. */
  readonly group: GroupId;
  readonly bookmarks: readonly Bookmark[];
  readonly scale: Scale;
  readonly rows: Rows;
  readonly height: number;
  readonly branches: readonly PlacedBranch[];
  /** What is lit; null: nothing is faded. */
  readonly lit: Lit | null;
}

/** The run in one picture: term bands, marks, ticks, flags, branches. What moves lies over it. */
export const Strip = memo(function Strip(props: StripProps): ReactElement {
  const { bands, timeline, group, bookmarks, scale, rows, height, branches, lit } = props;
  const marks = useMemo(() => marksAbove(timeline.marks, scale, group), [timeline.marks, scale, group]);
  const commits = useMemo(() => ticksOf(timeline.marks, "commit", scale, group), [timeline.marks, scale, group]);
  const requests = useMemo(() => ticksOf(timeline.marks, "request", scale), [timeline.marks, scale]);
  const flags = useMemo(() => flagsOf(bookmarks, scale), [bookmarks, scale]);
  const bandHeight = rows.bandBottom - rows.bandTop;
  return (
    <svg className="timeline-svg" width={scale.width} height={height} aria-hidden="true" focusable="false">
      <defs>
        <clipPath id="timeline-band">
          <rect y={rows.bandTop} width={scale.width} height={bandHeight} rx={3} />
        </clipPath>
      </defs>
      <g clipPath="url(#timeline-band)">
        {bands.map((band) => (
          <BandShape key={band.x} band={band} rows={rows} />
        ))}
      </g>
      {marks
        .filter(({ row }) => rows.marks[row] > 0)
        .map((mark) => (
          <MarkShape key={mark.key} mark={mark} rows={rows} faded={lit !== null && !lit.event(mark.event)} />
        ))}
      <g data-faded={lit !== null || undefined}>
        <Ticks commits={commits} requests={requests} rows={rows} />
      </g>
      {lit !== null && <LitTicks {...{ timeline, group, scale, rows, lit }} />}
      {flags.map((flag) => (
        <FlagShape key={flag.x} flag={flag} rows={rows} />
      ))}
      {branches.map((branch) => (
        <BranchLine key={branch.id} branch={branch} rows={rows} />
      ))}
    </svg>
  );
});

function BandShape({ band, rows }: { readonly band: Band; readonly rows: Rows }): ReactElement {
  return (
    <g className="timeline-term-band" data-old={band.old || undefined} data-crowd={band.starts !== null || undefined}>
      <rect
        x={band.x}
        y={rows.bandTop}
        width={Math.max(0.5, band.width - (band.width > 4 ? 1 : 0))}
        height={rows.bandBottom - rows.bandTop}
        style={{ fill: bandFill(band) }}
      />
      {band.starts !== null && (
        <path
          className="timeline-starts"
          d={band.starts.map((x) => `M${x.toFixed(1)} ${rows.bandBottom}v-3`).join("")}
        />
      )}
      {band.label === "" ? null : (
        <text
          className="timeline-words timeline-term"
          data-from={band.x + termFrom}
          data-room={band.room}
          x={band.x + termFrom}
          y={(rows.bandTop + rows.bandBottom) / 2 + 4.5}
        >
          {band.label}
        </text>
      )}
    </g>
  );
}

/** An old term is pale: a newer one has its colour. Many terms have none. */
function bandFill({ term, old, starts }: Band): string {
  if (starts !== null) return "var(--line)";
  return old ? `color-mix(in srgb, ${termFill(term)} 25%, var(--sunken))` : termFill(term);
}

interface TicksProps {
  readonly commits: readonly number[];
  readonly requests: readonly number[];
  readonly rows: Rows;
}
const Ticks = ({ commits, requests, rows }: TicksProps): ReactElement => (
  <>
    <path className="timeline-tick" d={commits.map((x) => `M${x} ${rows.bandBottom + 3}v6`).join("")} />
    <path className="timeline-dot" d={requests.map((x) => `M${x} ${rows.bandBottom + 6}h0`).join("")} />
  </>
);

/** Those that are lit, over the others, which are faded. */
function LitTicks(
  props: Pick<StripProps, "timeline" | "group" | "scale" | "rows"> & { readonly lit: Lit },
): ReactElement {
  const { timeline, group, scale, rows, lit } = props;
  const marks = timeline.marks.filter(({ event }) => lit.event(event));
  return (
    <Ticks commits={ticksOf(marks, "commit", scale, group)} requests={ticksOf(marks, "request", scale)} rows={rows} />
  );
}

interface MarkProps {
  readonly mark: PlacedMark;
  readonly rows: Rows;
  /** It is no part of what is lit. */
  readonly faded: boolean;
}
function MarkShape({ mark, rows, faded }: MarkProps): ReactElement {
  return (
    <g
      transform={`translate(${mark.x} ${rows.marks[mark.row]})`}
      className={`timeline-mark timeline-mark-${mark.kind}`}
      data-elsewhere={mark.elsewhere}
      data-faded={faded || undefined}
    >
      {markGlyphs[mark.kind]}
      {mark.labelled ? (
        <text className="timeline-words" data-from={mark.x + wordsFrom} data-room={mark.room} x={wordsFrom} y={4}>
          {mark.label}
        </text>
      ) : null}
    </g>
  );
}

function FlagShape({ flag, rows }: { readonly flag: Flag; readonly rows: Rows }): ReactElement {
  return (
    <path
      className="timeline-flag"
      transform={`translate(${flag.x} ${rows.bandBottom + 1})`}
      d={flag.waves ? "M0 0V13M0 6.5H7L5 9.75 7 13H0" : "M0 0V13"}
    />
  );
}

function BranchLine({ branch, rows }: { readonly branch: PlacedBranch; readonly rows: Rows }): ReactElement {
  const middleOf = (lane: number) => rows.laneTop + (lane + 0.5) * laneHeight;
  const y = middleOf(branch.lane);
  const start = branch.leavesLane === null ? rows.bandBottom + 2 : middleOf(branch.leavesLane);
  const turn = Math.min(branch.x + 18, branch.end);
  const middle = (branch.x + turn) / 2;
  return (
    <path
      className="timeline-branch"
      d={`M${branch.x} ${start}C${middle} ${start + 6} ${branch.x + 4} ${y} ${turn} ${y}H${branch.end}`}
    />
  );
}
