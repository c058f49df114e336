import { eventsAPart, type Work } from "../../../history/work.ts";
import type { ToldEvent, ToldMessage, ToldRun } from "../../in/told.ts";
import type { Range, Written } from "../exporter.ts";
import { cutAt, Lines, seconds } from "../lines.ts";
import { arrowsMost, charactersMost, escaped, why } from "../mermaid.ts";

/** A sequence diagram: each arrow stands where its message arrives, or where it is sent, if nobody tells of more. */
export function* toldMermaid(run: ToldRun, range: Range): Work<Written> {
  const { events, messages, servers, title } = run;
  const lines = new Lines(charactersMost);
  let arrows = 0;
  let cut = "";
  const arrow = (message: ToldMessage, fate: string): void => {
    arrows++;
    const line = fate !== "" ? "-)" : /Reply$/.test(message.kind) ? "-->>" : "->>";
    lines.add(`  S${message.from}${line}S${message.to}: ${escaped(`${labelOf(message)}${fate}`)}`);
  };
  for (const [place, event] of events.entries()) {
    if (place % eventsAPart === 0) yield { done: place, of: events.length };
    if (event.at < range.from || event.at > range.to) continue;
    if (arrows >= arrowsMost || lines.full) {
      cut = cutAt(event.at, why);
      break;
    }
    if (event.receives !== null) arrow(messages[event.receives]!, "");
    for (const id of event.sends)
      if (messages[id]!.receivedIn === null) arrow(messages[id]!, ", nobody tells of its arrival");
    const note = noteOf(event);
    if (note !== "") lines.add(`  Note over S${event.server}: ${escaped(`${seconds(event.at)}: ${note}`)}`);
  }
  const text = [
    "sequenceDiagram",
    `  %% ${title.replaceAll(/\s+/g, " ")}. Each arrow stands where its message arrives.`,
    ...(cut === "" ? [] : [`  %% ${cut}`]),
    "  autonumber",
    ...servers.map(({ name }, i) => `  participant S${i + 1} as ${escaped(name)}`),
    lines.text(),
  ].join("\n");
  return { text, cut };
}

function labelOf({ name, term, entryCount, yes }: ToldMessage): string {
  const parts = [name, ...(term === null ? [] : [`t${term}`]), ...(entryCount === 0 ? [] : [`${entryCount} entries`])];
  return `${parts.join(" ")}${yes === null ? "" : yes ? ": yes" : ": no"}`;
}

/** What is worth a note: who leads, stands for election, goes and comes back. */
function noteOf({ server, says: { role, term, status } }: ToldEvent): string {
  if (server === 0) return "";
  const inTerm = typeof term === "number" ? `, term ${term}` : "";
  if (status === "down") return "down";
  if (role === "leader" || role === "candidate" || role === "preCandidate") return `${role}${inTerm}`;
  return status === "up" ? "up" : "";
}
