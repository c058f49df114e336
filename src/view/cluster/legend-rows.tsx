import type { ComponentProps, ReactElement, ReactNode } from "react";
import { CrownPath } from "../kit/crown.tsx";
import { Glyph } from "./glyphs.tsx";
import { arcs } from "./rings.ts";

const request = {
  kind: "AppendEntries",
  term: 3,
  yes: null,
  entryTerms: [3],
  entryCount: 1,
  heartbeat: false,
  round: 0,
  bytes: 0,
} as const;
const beat = { ...request, entryTerms: [], entryCount: 0, heartbeat: true } as const;
const ballot = { ...request, kind: "RequestVote", entryTerms: [], entryCount: 0 } as const;
const snapshot = { ...request, kind: "InstallSnapshot", entryTerms: [], entryCount: 0 } as const;
const now = { ...snapshot, kind: "TimeoutNow" } as const;
const reply = { ...beat, kind: "AppendEntriesReply", yes: true, heartbeat: false } as const;

/** One row per mark, drawn by the same parts as on the stage. */
export function LegendRows(): ReactElement {
  return (
    <ul className="stage-legend-rows">
      <Row text="colour and number: term">
        <circle r={8} fill="var(--term-3)" />
      </Row>
      <Row text="crown, thick ring: leader">
        <g className="stage-crown" transform="translate(0 5) scale(0.7)">
          <CrownPath />
        </g>
      </Row>
      <Row text="candidate; one that asks first">
        <circle className="stage-ring-candidate" cx={-11} r={7.5} />
        <circle className="stage-ring-pre-candidate" cx={11} r={7.5} />
      </Row>
      <Row text="learner; not a member">
        <rect x={-18.5} y={-7.5} width={15} height={15} rx={2} fill="var(--term-3)" />
        <circle className="stage-ring stage-ring-aside" cx={11} r={7.5} />
      </Row>
      <Row text="arc: to the next election; lease">
        <g transform="translate(-11 0)">
          <circle className="stage-ring" r={7.5} />
          <Arc kind="small" r={7.5} />
        </g>
        <g transform="translate(11 0)">
          <circle className="stage-ring-leader" r={8.5} strokeWidth={3} />
          <Arc kind="lease" r={4} />
        </g>
      </Row>
      <Row text="AppendEntries, cells are entries">
        <Glyph message={request} crowded />
      </Row>
      <Row text="heartbeat; vote (v? pre-vote)">
        <Small message={beat} x={-10} />
        <Small message={ballot} x={12} />
      </Row>
      <Row text="snapshot; start an election now">
        <Small message={snapshot} x={-11} scale={0.75} />
        <Small message={now} x={12} scale={0.75} />
      </Row>
      <Row text="hollow: reply, tick yes, cross no">
        <Glyph message={reply} crowded />
      </Row>
      <Row text="round sign: what is wrong here">
        <circle r={10} className="stage-legend-sign" />
        <path className="stage-legend-sign" d="M1.4-5.4-3 .6H.6L-1.4 5.4 3.4-.8H-.2Z" />
      </Row>
    </ul>
  );
}

interface SmallProps {
  readonly message: ComponentProps<typeof Glyph>["message"];
  readonly x: number;
  readonly scale?: number;
}

function Small({ message, x, scale = 1 }: SmallProps): ReactElement {
  return (
    <g transform={`translate(${x} 0) scale(${scale})`}>
      <Glyph message={message} crowded />
    </g>
  );
}

function Arc({ kind, r }: { readonly kind: "small" | "lease"; readonly r: number }): ReactElement {
  const { width, colour } = arcs[kind];
  return (
    <circle
      className="stage-arc"
      r={r}
      stroke={`var(--${colour})`}
      strokeWidth={width}
      pathLength={1}
      strokeDasharray="0.68 2"
      transform="rotate(-90)"
    />
  );
}

function Row({ text, children }: { readonly text: string; readonly children: ReactNode }): ReactElement {
  return (
    <li>
      <svg viewBox="-25 -13 50 26" width={37} height={19} aria-hidden="true" focusable="false">
        {children}
      </svg>
      {text}
    </li>
  );
}
