import type { ReactElement } from "react";
import { client } from "../../base/units.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { MessageView } from "../../worker/protocol/message.ts";
import { termFill } from "../kit/term-fill.ts";
import type { Pill } from "./boxes.ts";
import { keyOf } from "./flights.ts";
import { Glyph, glyphReach, pillOf } from "./glyphs.tsx";
import type { StageLayout } from "./places.ts";

/** How a message looks on a stage: by its kind or, between chips, as a dot that points where it goes. */
interface Props {
  readonly message: MessageView;
  readonly layout: StageLayout;
  readonly crowded: boolean;
}

export function Face({ message, layout, crowded }: Props): ReactElement {
  if (layout.chips !== null) return <Dot message={message} turn={turnOf(layout, message)} />;
  return (
    <g transform={`scale(${layout.scale})`}>
      <Glyph message={message} crowded={crowded} />
    </g>
  );
}

const dot: Pill = { half: 6, high: 6 };

/** How much room it takes on its lane. */
export const pillOn = ({ message, layout, crowded }: Props): Pill =>
  layout.chips === null ? pillOf(message, crowded, layout.scale) : dot;

/** Half of the width of its picture. */
export const reachOn = ({ message, layout, crowded }: Props): number =>
  layout.chips === null ? glyphReach(message, crowded) * layout.scale : dot.half;

/** Two messages with the same key look the same. */
export const keyOn = (layout: StageLayout, message: MessageView, group: Frame["group"]): string =>
  layout.chips === null
    ? keyOf(message, group)
    : `dot ${message.term} ${message.yes === null} ${turnOf(layout, message)}`;

/** Those that the stage shows: between chips those between servers, of the group that is shown. */
export const shownOn = (layout: StageLayout, messages: Frame["messages"], group: Frame["group"]): Frame["messages"] =>
  layout.chips === null
    ? messages
    : messages.filter((one) => one.group === group && one.from !== client && one.to !== client);

/** Quarter turns from pointing right: chips stand in rows. */
function turnOf({ servers }: StageLayout, { from, to }: MessageView): number {
  const [a, b] = [servers[from - 1], servers[to - 1]];
  if (a === undefined || b === undefined) return 0;
  if (Math.abs(b.x - a.x) >= Math.abs(b.y - a.y)) return b.x >= a.x ? 0 : 180;
  return b.y >= a.y ? 90 : 270;
}

/** Hollow is a reply, colour is term, as for the larger ones. */
function Dot({ message, turn }: { readonly message: MessageView; readonly turn: number }): ReactElement {
  const colour = termFill(message.term);
  const hollow = message.yes !== null;
  return (
    <g transform={`rotate(${turn})`}>
      <path
        className={hollow ? "stage-glyph-hollow" : "stage-glyph-body"}
        d="M-5 -4.5H1L6 0 1 4.5H-5Z"
        {...(hollow ? { stroke: colour } : { fill: colour })}
      />
    </g>
  );
}
