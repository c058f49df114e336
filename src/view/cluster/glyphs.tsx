import type { ComponentType, ReactElement } from "react";
import type { MessageKind, MessageView } from "../../worker/protocol.ts";
import { termFill } from "./term-fill.ts";

/** How a message looks, by kind, drawn around 0,0. `crowded`: keep it small, many are under way. */
interface GlyphProps {
  readonly message: Pick<MessageView, "kind" | "term" | "yes" | "entryTerms" | "heartbeat">;
  readonly crowded: boolean;
}

/** A new kind of message does not compile without its glyph. */
const glyphs: { readonly [K in MessageKind]: ComponentType<GlyphProps> } = {
  RequestVote: Ballot,
  RequestVoteReply: BallotReply,
  AppendEntries,
  AppendEntriesReply,
  ClientRequest: Envelope,
  ClientReply: EnvelopeReply,
};

export function Glyph(props: GlyphProps): ReactElement {
  const Kind = glyphs[props.message.kind];
  return <Kind {...props} />;
}

/** Half the width of a message's glyph, in pixels. */
export function glyphReach(message: GlyphProps["message"], crowded: boolean): number {
  if (message.kind !== "AppendEntries" || message.heartbeat) return 13;
  return entriesWidth(message.entryTerms.length, crowded) / 2;
}

const cell = 10;
const cellPitch = 12;

function cellsShown(count: number, crowded: boolean): number {
  const room = crowded ? 2 : 4;
  return count > room ? room - 1 : count;
}
function entriesWidth(count: number, crowded: boolean): number {
  const shown = cellsShown(count, crowded);
  return 26 + shown * cellPitch + (count > shown ? 8 + 7 * String(count - shown).length : 0);
}

/** "A" and one cell per entry, in the colour of the entry's term; a heartbeat carries none and is a dot with "h". */
function AppendEntries({ message, crowded }: GlyphProps): ReactElement {
  const fill = termFill(message.term);
  if (message.heartbeat) {
    return (
      <>
        <circle className="stage-glyph-body" r={10} fill={fill} />
        <text className="stage-glyph-letter" y={4}>
          h
        </text>
      </>
    );
  }
  const count = message.entryTerms.length;
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
      <Verdict yes={message.yes === true} stroke={termFill(message.term)} />
    </>
  );
}

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
      <Verdict yes={message.yes === true} stroke={termFill(message.term)} />
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

function Verdict({ yes, stroke }: { readonly yes: boolean; readonly stroke: string }): ReactElement {
  return (
    <path className="stage-glyph-verdict" d={yes ? "M-5 0.5 -1.5 4 5 -4" : "M-4 -4 4 4M4 -4 -4 4"} stroke={stroke} />
  );
}
