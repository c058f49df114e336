import { endName } from "../../scenario/names.ts";
import type { Fact } from "../../world/facts.ts";
import type { MessageRef, Payload } from "../../world/state/messages.ts";
import type { Setup } from "../../world/state/setup.ts";
import type { World } from "../../world/types.ts";
import type { Exporter, Range } from "./exporter.ts";
import { noteOf } from "./happenings.ts";
import { groupMark, isOneWay, isReply, lossText, messageLabel } from "./labels.ts";
import { cutAt, Lines, seconds } from "./lines.ts";
import { walk } from "./walk.ts";

/** What a page that draws Mermaid takes unless it says otherwise (`maxEdges`, `maxTextSize`), with room for head and foot. */
export const arrowsMost = 500;
export const charactersMost = 48_000;
/** Of one label. */
const labelMost = 100;

export const why = `A page that draws Mermaid takes ${arrowsMost} arrows and 50,000 characters`;

/**
 * A sequence diagram. Its arrows have no length in time: each stands where its message arrived or was lost, and those
 * under way at the end come last.
 */
export const mermaid: Exporter = {
  name: "mermaid",
  title: "Mermaid sequence diagram",
  purpose: "A numbered picture of the messages for a README, an issue or lecture notes, where Mermaid is drawn.",
  group: "people",
  ending: ".mmd",
  type: "text/vnd.mermaid",
  *write(run, range) {
    const drawing = new Drawing(run.setup);
    const { world, to, whole } = yield* walk(run, range, {
      fact: (fact) => drawing.note(fact),
      full: () => drawing.full,
    });
    const left = whole ? drawing.underWay(world) : 0;
    const cut = !whole ? cutAt(to, why) : left > 0 ? `${why}: ${left} messages under way are left out.` : "";
    return { text: drawing.text({ from: range.from, to }, cut), cut };
  },
};

class Drawing {
  private readonly lines = new Lines(charactersMost);
  private arrows = 0;
  private hasClients = false;
  private readonly servers: readonly string[];
  private readonly everybody: string;

  constructor(private readonly setup: Setup) {
    this.servers = setup.servers.map(({ id }) => endName(id));
    this.everybody = [...new Set([this.servers[0], this.servers.at(-1)])].join(",");
  }

  get full(): boolean {
    return this.arrows >= arrowsMost || this.lines.full;
  }

  note(fact: Fact): void {
    if (fact.kind === "received") this.arrow(fact.ref, fact.payload, fact.group, arrivals(fact.payload));
    else if (fact.kind === "lost")
      this.arrow(fact.ref, fact.payload, fact.group, isReply(fact.payload) ? "--x" : "-x", lossText[fact.reason]);
    const noted = noteOf(fact);
    if (noted !== null) this.beside(noted.server === 0 ? this.everybody : endName(noted.server), fact, noted.text);
  }

  /** Those that are under way at the end; how many there was no room for. */
  underWay({ packets }: World): number {
    const room = packets.slice(0, Math.max(0, arrowsMost - this.arrows));
    for (const { ref, payload, group } of room)
      this.arrow(ref, payload, this.setup.groups > 1 ? group : undefined, "-)", "under way");
    return packets.length - room.length;
  }

  text({ from, to }: Range, cut: string): string {
    const participants = this.servers.map((name) => `  participant ${name}`);
    return [
      "sequenceDiagram",
      `  %% ${seconds(from)} to ${seconds(to)}. Each arrow stands where its message arrived or was lost.`,
      ...(cut === "" ? [] : [`  %% ${cut}`]),
      "  autonumber",
      ...(this.hasClients ? ["  participant C as clients"] : []),
      ...participants,
      this.lines.text() + (cut === "" ? "" : `  Note over ${this.everybody}: ${escaped(cut, cut.length)}\n`),
    ].join("\n");
  }

  private beside(whom: string, { at }: Fact, text: string): void {
    this.lines.add(`  Note over ${whom}: ${escaped(`${seconds(at)}: ${text}`)}`);
  }

  private arrow(
    { from, to, copy }: MessageRef,
    message: Payload,
    group: number | undefined,
    line: string,
    fate = "",
  ): void {
    this.arrows++;
    if (from === 0 || to === 0) this.hasClients = true;
    const label = `${groupMark(group)}${messageLabel(message)}${copy === 0 ? "" : " (copy)"}${fate === "" ? "" : `, ${fate}`}`;
    this.lines.add(`  ${endName(from)}${line}${endName(to)}: ${escaped(label)}`);
  }
}

function arrivals(message: Payload): string {
  if (isReply(message)) return "-->>";
  return isOneWay(message) ? "-)" : "->>";
}

/**
 * As Mermaid shows it again: what would end a text or begin something else in it goes as a character's code. "end" alone
 * closes a block.
 */
export function escaped(label: string, most = labelMost): string {
  const short = label.length > most ? `${label.slice(0, most - 1)}…` : label;
  return short
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uD800-\uDFFF]+/gu, " ")
    .replaceAll(/[#;%<>&"{}`\\]|\be(?=nd\b)/gi, (sign) => `#${sign.charCodeAt(0)};`);
}
