import { memo, type ReactElement, useMemo } from "react";
import type { GroupId } from "../../base/units.ts";
import type { Bookmark, Timeline } from "../../worker/protocol/run.ts";
import { markGlyphs } from "../kit/mark-glyphs.tsx";
import type { Scale } from "../kit/scale.ts";
import { termFill } from "../kit/term-fill.ts";
import {
  type Band,
  bandsOf,
  type Flag,
  flagsOf,
  laneHeight,
  marksAbove,
  type PlacedBranch,
  type PlacedMark,
  type Rows,
  ticksOf,
} from "./layout.ts";

interface StripProps {
  readonly timeline: Timeline;
  /** The Raft group that is shown. */
  readonly group: GroupId;
  readonly bookmarks: readonly Bookmark[];
  readonly scale: Scale;
  readonly rows: Rows;
  readonly height: number;
  readonly branches: readonly PlacedBranch[];
}

/** The run in one picture: term bands, marks, ticks, flags, branches. What moves lies over it. */
export const Strip = memo(function Strip(props: StripProps): ReactElement {
  const { timeline, group, bookmarks, scale, rows, height, branches } = props;
  const bands = useMemo(() => bandsOf(timeline.terms, scale, timeline.end), [timeline.terms, timeline.end, scale]);
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
          <MarkShape key={mark.key} mark={mark} rows={rows} />
        ))}
      <path className="timeline-tick" d={commits.map((x) => `M${x} ${rows.bandBottom + 3}v6`).join("")} />
      <path className="timeline-dot" d={requests.map((x) => `M${x} ${rows.bandBottom + 6}h0`).join("")} />
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
    <g>
      <rect
        x={band.x}
        y={rows.bandTop}
        width={Math.max(0.5, band.width - (band.width > 4 ? 1 : 0))}
        height={rows.bandBottom - rows.bandTop}
        style={{ fill: termFill(band.term) }}
      />
      {band.label === "" ? null : (
        <text className="timeline-term" x={band.x + 7} y={(rows.bandTop + rows.bandBottom) / 2 + 4.5}>
          {band.label}
        </text>
      )}
    </g>
  );
}

function MarkShape({ mark, rows }: { readonly mark: PlacedMark; readonly rows: Rows }): ReactElement {
  return (
    <g
      transform={`translate(${mark.x} ${rows.marks[mark.row]})`}
      className={`timeline-mark timeline-mark-${mark.kind}`}
      data-elsewhere={mark.elsewhere}
    >
      {markGlyphs[mark.kind]}
      {mark.labelled ? (
        <text x={8} y={4}>
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
