import { eventsAPart, type Work } from "../../../history/work.ts";
import type { ToldRun } from "../../in/told.ts";
import { row, tooLong } from "../csv.ts";
import type { Range, Written } from "../exporter.ts";
import { cutAt, Lines } from "../lines.ts";

const columns = [
  ...["time_us", "event", "kind", "server", "routine", "file", "line", "topic", "text"],
  ...["status", "role", "term", "vote", "leader", "commit", "applied", "last", "last_term"],
];

/** Every event with what it tells of its server; what it does not tell is empty, and "?" is what is not known any more. */
export function* toldCsv({ events, servers }: ToldRun, range: Range): Work<Written> {
  const lines = new Lines();
  lines.add(row(columns));
  const nameOf = (id: number | null | undefined): string | null =>
    id === undefined ? null : id === null ? "?" : id === 0 ? "nobody" : (servers[id - 1]?.name ?? null);
  const value = <T extends string | number>(told: T | null | undefined): T | "?" | null =>
    told === undefined ? null : (told ?? "?");
  for (const [place, { at, kind, server, routine, file, line, topic, text, says }] of events.entries()) {
    if (place % eventsAPart === 0) yield { done: place, of: events.length };
    if (at < range.from || at > range.to) continue;
    if (lines.full) return { text: lines.text(), cut: cutAt(at, tooLong) };
    lines.add(
      row([
        ...[at, place + 1, kind, server === 0 ? null : nameOf(server), routine ? "yes" : "no"],
        ...[file + 1, line, topic ?? null, text, says.status ?? null, value(says.role), value(says.term)],
        ...[nameOf(says.vote), nameOf(says.leader), value(says.commit), value(says.applied)],
        ...[value(says.last), value(says.lastTerm)],
      ]),
    );
  }
  return { text: lines.text(), cut: "" };
}
