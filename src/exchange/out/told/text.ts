import { eventsAPart, type Work } from "../../../history/work.ts";
import type { ToldRun } from "../../in/told.ts";
import type { Range, Written } from "../exporter.ts";
import { cutAt, Lines, seconds } from "../lines.ts";
import { tooLong } from "../text.ts";

/** What was told, a line each; what goes on all the time is left out, and the first line says so. */
export function* toldText({ events, servers, title, times }: ToldRun, range: Range): Work<Written> {
  const lines = new Lines();
  let routine = 0;
  let cut = "";
  for (const [place, event] of events.entries()) {
    if (place % eventsAPart === 0) yield { done: place, of: events.length };
    const { at, server, text } = event;
    if (at < range.from || at > range.to) continue;
    if (lines.full) {
      cut = cutAt(at, tooLong);
      break;
    }
    if (event.routine) routine++;
    else lines.add(`${seconds(at)}  ${beforeText(servers[server - 1]?.name, text)}${text}`);
  }
  const clock = times === "order" ? " It tells no times: steps lie a millisecond apart." : "";
  const head = `${title}, ${servers.length === 1 ? "1 server" : `${servers.length} servers`}.${clock} ${routine} things that happen all the time are left out.`;
  return { text: `${head}\n${lines.text()}${cut === "" ? "" : `${cut}\n`}`, cut };
}

/** Many logs name the server that writes a line at its beginning. */
const beforeText = (name: string | undefined, text: string): string =>
  name === undefined || text.startsWith(`${name} `) ? "" : `${name}: `;
