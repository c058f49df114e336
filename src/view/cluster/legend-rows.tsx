import type { ComponentProps, ReactElement, ReactNode } from "react";
import { CrownPath } from "../kit/crown.tsx";
import { markGlyphs } from "../kit/mark-glyphs.tsx";
import { Glyph } from "./glyphs.tsx";
import type { MarkName } from "./marks-shown.ts";
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

const marks = {
  term: ["colour and number: term", <circle key="term" r={8} fill="var(--term-3)" />],
  leader: [
    "crown, thick ring: leader",
    <g key="leader" className="stage-crown" transform="translate(0 5) scale(0.7)">
      <CrownPath />
    </g>,
  ],
  candidate: [
    "candidate; one that asks first",
    <g key="candidate">
      <circle className="stage-ring-candidate" cx={-11} r={7.5} />
      <circle className="stage-ring-pre-candidate" cx={11} r={7.5} />
    </g>,
  ],
  learner: [
    "learner; not a member",
    <g key="learner">
      <rect x={-18.5} y={-7.5} width={15} height={15} rx={2} fill="var(--term-3)" />
      <circle className="stage-ring stage-ring-aside" cx={11} r={7.5} />
    </g>,
  ],
  timer: [
    "arc: until its election timer fires",
    <g key="timer">
      <circle className="stage-ring" r={7.5} />
      <Arc kind="small" r={7.5} />
    </g>,
  ],
  lease: [
    "inner arc: the leader’s lease",
    <g key="lease">
      <circle className="stage-ring-leader" r={8.5} strokeWidth={3} />
      <Arc kind="lease" r={4} />
    </g>,
  ],
  entries: ["AppendEntries, cells are entries", <Glyph key="entries" message={request} crowded />],
  heartbeat: ["heartbeat", <Glyph key="heartbeat" message={beat} crowded />],
  vote: ["asks for a vote (v? pre-vote)", <Glyph key="vote" message={ballot} crowded />],
  snapshot: [
    "snapshot; start an election now",
    <g key="snapshot">
      <Small message={snapshot} x={-11} scale={0.75} />
      <Small message={now} x={12} scale={0.75} />
    </g>,
  ],
  reply: ["hollow: reply, tick yes, cross no", <Glyph key="reply" message={reply} crowded />],
  cut: ["dotted wall: no link goes through", <path key="cut" className="stage-area" d="M-14 0H14" />],
  fault: [
    "round sign: what is wrong here",
    <g key="fault">
      <circle r={10} className="stage-legend-sign" />
      <path className="stage-legend-sign" d="M1.4-5.4-3 .6H.6L-1.4 5.4 3.4-.8H-.2Z" />
    </g>,
  ],
} as const satisfies Readonly<Record<MarkName, readonly [string, ReactElement]>>;

const onTime = {
  election: "over the time: a leader",
  crash: "a crash",
  restart: "a restart",
  cut: "links are cut",
  heal: "links are healed",
  violation: "a rule is broken",
  act: "something else was done",
} as const;

interface Props {
  /** Null: all marks there are, those over the time too. */
  readonly only: readonly MarkName[] | null;
}

/** One row per mark, drawn by the same parts as on the stage. */
export function LegendRows({ only }: Props): ReactElement {
  const names = only ?? (Object.keys(marks) as MarkName[]);
  return (
    <ul className="stage-legend-rows">
      {names.map((name) => (
        <Row key={name} text={marks[name][0]}>
          {marks[name][1]}
        </Row>
      ))}
      {only === null &&
        (Object.keys(onTime) as (keyof typeof onTime)[]).map((kind) => (
          <Row key={kind} text={onTime[kind]}>
            {markGlyphs[kind]}
          </Row>
        ))}
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
