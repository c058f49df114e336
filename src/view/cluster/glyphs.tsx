import type { ComponentType, ReactElement } from "react";
import type { MessageKind, MessageView } from "../../worker/protocol/message.ts";
import { CrownPath } from "../kit/crown.tsx";
import { termFill } from "../kit/term-fill.ts";
import { sizeText } from "../kit/words/size-text.ts";
import type { Pill } from "./boxes.ts";

/** How a message looks, by kind, drawn around 0,0. `crowded`: keep it small, many are under way. */
interface GlyphProps {
  readonly message: Pick<
    MessageView,
    "kind" | "term" | "yes" | "entryTerms" | "entryCount" | "heartbeat" | "round" | "bytes"
  >;
  readonly crowded: boolean;
}

/** A new kind of message does not compile without its glyph. */
const glyphs: { readonly [K in MessageKind]: ComponentType<GlyphProps> } = {
  RequestVote: Ballot,
  RequestVoteReply: BallotReply,
  PreVote: Enquiry,
  PreVoteReply: EnquiryReply,
  AppendEntries,
  AppendEntriesReply,
  Heartbeat: Beat,
  HeartbeatReply: BeatReply,
  InstallSnapshot: Stack,
  TimeoutNow: Arrow,
  TransferLeader: Handover,
  Propose: Envelope,
  ReadIndex: Question,
  ReadIndexReply: QuestionReply,
  ClientRequest: Envelope,
  ClientReply: EnvelopeReply,
  Other,
};

export function Glyph(props: GlyphProps): ReactElement {
  const Kind = glyphs[props.message.kind];
  return <Kind {...props} />;
}

/** Half the width of a message's glyph, in pixels. */
export function glyphReach(message: GlyphProps["message"], crowded: boolean): number {
  if (message.kind === "TimeoutNow" || message.kind === "InstallSnapshot") return 15;
  if (message.kind !== "AppendEntries" || message.heartbeat) return 13;
  return entriesWidth(message.entryCount, crowded) / 2;
}

/** How much room a message takes on its lane. */
export const pillOf = (message: GlyphProps["message"], crowded: boolean, scale: number): Pill => ({
  half: glyphReach(message, crowded) * scale,
  high: 11 * scale,
});

const cell = 10;
const cellPitch = 12;

function cellsShown(count: number, crowded: boolean): number {
  const room = crowded ? 1 : 4;
  return count > room ? room - 1 : count;
}
function entriesWidth(count: number, crowded: boolean): number {
  const shown = cellsShown(count, crowded);
  return 26 + shown * cellPitch + (count > shown ? 8 + 7 * String(count - shown).length : 0);
}

/** "A" and one cell per entry, in the colour of the entry's term; a heartbeat carries none. */
function AppendEntries(props: GlyphProps): ReactElement {
  const { message, crowded } = props;
  if (message.heartbeat) return <Beat {...props} />;
  const fill = termFill(message.term);
  const count = message.entryCount;
  const shown = cellsShown(count, crowded);
  const width = entriesWidth(count, crowded);
  const left = -width / 2;
  return (
    <>
      <rect className="stage-glyph-body" x={left} y={-11} width={width} height={22} rx={11} fill={fill} />
      <text className="stage-glyph-letter" x={left + 13} y={4.5}>
        A
      </text>
      {message.entryTerms.slice(0, shown).map((term, i) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a message's entries never change
          key={i}
          className="stage-glyph-cell"
          x={left + 22 + i * cellPitch}
          y={-cell / 2}
          width={cell}
          height={cell}
          rx={2.5}
          fill={termFill(term)}
        />
      ))}
      {count > shown && (
        <text className="stage-glyph-more" x={left + 23 + shown * cellPitch} y={4.5}>
          +{count - shown}
        </text>
      )}
    </>
  );
}

function AppendEntriesReply({ message }: GlyphProps): ReactElement {
  return (
    <>
      <rect
        className="stage-glyph-hollow"
        x={-14}
        y={-10}
        width={28}
        height={20}
        rx={10}
        stroke={termFill(message.term)}
      />
      <Verdict yes={message.yes} stroke={termFill(message.term)} />
    </>
  );
}

/** "h"; one that confirms reads tells up to which: "R3". */
function Beat({ message }: GlyphProps): ReactElement {
  if (message.round > 0) {
    return (
      <>
        <rect
          className="stage-glyph-body"
          x={-14}
          y={-10}
          width={28}
          height={20}
          rx={10}
          fill={termFill(message.term)}
        />
        <text className="stage-glyph-letter" y={4.5}>
          {roundText(message.round)}
        </text>
      </>
    );
  }
  return (
    <>
      <circle className="stage-glyph-body" r={10} fill={termFill(message.term)} />
      <text className="stage-glyph-letter" y={4}>
        h
      </text>
    </>
  );
}

/** Whoever answers a heartbeat has heard it: there is no other answer. */
function BeatReply({ message }: GlyphProps): ReactElement {
  const stroke = termFill(message.term);
  if (message.round > 0) {
    return (
      <>
        <rect className="stage-glyph-hollow" x={-14} y={-9.5} width={28} height={19} rx={9.5} stroke={stroke} />
        <text className="stage-glyph-letter stage-glyph-on-panel" y={4.5}>
          {roundText(message.round)}
        </text>
      </>
    );
  }
  return (
    <>
      <circle className="stage-glyph-hollow" r={9} stroke={stroke} />
      <Verdict yes stroke={stroke} />
    </>
  );
}

const roundText = (round: number): string => (round > 99 ? "R" : `R${round}`);

const ballotPath = "M-9 -11H5L10 -6V11H-9Z";

function Ballot({ message }: GlyphProps): ReactElement {
  return (
    <>
      <path className="stage-glyph-body" d={ballotPath} fill={termFill(message.term)} />
      <text className="stage-glyph-letter" y={5}>
        V
      </text>
    </>
  );
}

function BallotReply({ message }: GlyphProps): ReactElement {
  return (
    <>
      <path className="stage-glyph-hollow" d={ballotPath} stroke={termFill(message.term)} />
      <Verdict yes={message.yes} stroke={termFill(message.term)} />
    </>
  );
}

/** A ballot that binds nobody: its edge is dotted. */
function Enquiry({ message }: GlyphProps): ReactElement {
  return (
    <>
      <path className="stage-glyph-hollow stage-glyph-dotted" d={ballotPath} stroke={termFill(message.term)} />
      <text className="stage-glyph-letter stage-glyph-on-panel" x={-0.5} y={5}>
        v?
      </text>
    </>
  );
}

function EnquiryReply({ message }: GlyphProps): ReactElement {
  const stroke = termFill(message.term);
  return (
    <>
      <path className="stage-glyph-hollow stage-glyph-dotted" d={ballotPath} stroke={stroke} />
      <Verdict yes={message.yes} stroke={stroke} />
    </>
  );
}

/** A snapshot: many entries laid upon each other, and how long it is. */
function Stack({ message }: GlyphProps): ReactElement {
  const fill = termFill(message.term);
  return (
    <>
      <rect className="stage-glyph-body" x={-8} y={-13} width={22} height={18} rx={3} fill={fill} />
      <rect className="stage-glyph-body" x={-11} y={-10} width={22} height={18} rx={3} fill={fill} />
      <rect className="stage-glyph-body" x={-14} y={-7} width={22} height={18} rx={3} fill={fill} />
      <text className="stage-glyph-letter" x={-3} y={6.5}>
        S
      </text>
      {message.bytes > 0 && (
        <text className="stage-glyph-size" y={25}>
          {sizeText(message.bytes)}
        </text>
      )}
    </>
  );
}

function Arrow({ message }: GlyphProps): ReactElement {
  return (
    <>
      <path className="stage-glyph-body" d="M-14 -11H6L15 0 6 11H-14Z" fill={termFill(message.term)} />
      <text className="stage-glyph-letter" x={-2} y={4.5}>
        T!
      </text>
    </>
  );
}

/** A forwarded wish: like everything that is passed on, in ink. */
function Handover(): ReactElement {
  return (
    <>
      <rect className="stage-glyph-body" x={-12} y={-10} width={24} height={20} rx={3} fill="var(--ink)" />
      <g className="stage-glyph-crown" transform="translate(0 5) scale(0.65)">
        <CrownPath />
      </g>
    </>
  );
}

function Question(): ReactElement {
  return (
    <>
      <rect className="stage-glyph-body" x={-11} y={-10} width={22} height={20} rx={6} fill="var(--ink)" />
      <text className="stage-glyph-letter stage-glyph-on-ink" y={4.5}>
        R
      </text>
    </>
  );
}

function QuestionReply(): ReactElement {
  return (
    <>
      <rect className="stage-glyph-hollow" x={-11} y={-10} width={22} height={20} rx={6} stroke="var(--ink)" />
      <text className="stage-glyph-letter stage-glyph-on-panel" y={4.5}>
        R
      </text>
    </>
  );
}

function Envelope(): ReactElement {
  return (
    <>
      <rect className="stage-glyph-body" x={-12} y={-9} width={24} height={18} rx={3} fill="var(--ink)" />
      <path className="stage-glyph-fold" d="M-10 -6 0 2 10 -6" stroke="var(--paper)" />
    </>
  );
}

function EnvelopeReply({ message }: GlyphProps): ReactElement {
  return (
    <>
      <rect className="stage-glyph-hollow" x={-12} y={-9} width={24} height={18} rx={3} stroke="var(--ink)" />
      {message.yes === null ? (
        <path className="stage-glyph-fold" d="M-10 -6 0 2 10 -6" stroke="var(--ink)" />
      ) : (
        <Verdict yes={message.yes} stroke="var(--ink)" />
      )}
    </>
  );
}

/** Of another program's own kind. */
function Other(): ReactElement {
  return (
    <>
      <rect className="stage-glyph-hollow" x={-12} y={-8} width={24} height={16} rx={5} stroke="var(--ink)" />
      <path className="stage-glyph-verdict" d="M-5 0h0.01M0 0h0.01M5 0h0.01" stroke="var(--ink)" />
    </>
  );
}

/** A line where nobody tells which. */
function Verdict({ yes, stroke }: { readonly yes: boolean | null; readonly stroke: string }): ReactElement {
  const sign = yes === null ? "M-4 0H4" : yes ? "M-5 0.5 -1.5 4 5 -4" : "M-4 -4 4 4M4 -4 -4 4";
  return <path className="stage-glyph-verdict" d={sign} stroke={stroke} />;
}
