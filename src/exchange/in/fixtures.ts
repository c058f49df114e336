import type { Micros } from "../../base/units.ts";
import { finish } from "../../history/work.ts";
import { linesInto } from "./lines.ts";
import type { Importer, ReadRun, ToldRun } from "./told.ts";

export interface Text {
  readonly name: string;
  readonly text: string;
}

/** Reads whole texts, as the worker reads files in pieces. */
export function readTexts(
  importer: Importer,
  texts: readonly Text[],
  offsets: readonly Micros[] = texts.map(() => 0),
  patterns = importer.patterns,
): ReadRun {
  const reader = importer.open(
    texts.map(({ name }) => ({ name })),
    patterns,
  );
  texts.forEach(({ text }, file) => {
    const lines = linesInto((line, number) => reader.line(line, { file, line: number }));
    lines.piece(text);
    lines.end();
  });
  return finish(reader.end(offsets));
}

/** What a told run gets wrong of what `told.ts` promises, in words; empty for a good one. */
export function faultsOf(run: ToldRun): string[] {
  const faults: string[] = [];
  const expect = (holds: boolean, what: string): void => {
    if (!holds && faults.length < 20) faults.push(what);
  };
  const isServer = (id: number): boolean => Number.isInteger(id) && id >= 1 && id <= run.servers.length;
  expect(run.understood <= run.lines, `${run.understood} of ${run.lines} lines are understood`);
  expect(run.skipped.length <= 1000, `${run.skipped.length} skipped lines are kept`);
  expect(new Set(run.servers.map(({ name }) => name)).size === run.servers.length, "two servers have one name");
  for (const { text } of run.skipped) expect(text.length <= 200, `a skipped text of ${text.length} characters`);
  let before = 0;
  run.events.forEach((event, place) => {
    const where = `event ${place} (line ${event.line}): `;
    expect(Number.isSafeInteger(event.at) && event.at >= 0, `${where}at ${event.at}`);
    expect(event.at >= before, `${where}${event.at} is before ${before}`);
    before = event.at;
    expect(event.server === 0 || isServer(event.server), `${where}server ${event.server}`);
    expect(event.text.length <= 400, `${where}a text of ${event.text.length} characters`);
    expect(event.line >= 1 && event.file >= 0, `${where}no place`);
    expect(event.topic === undefined || (run.topics?.includes(event.topic) ?? false), `${where}topic ${event.topic}`);
    for (const [key, value] of Object.entries(event.says)) {
      expect(typeof value !== "number" || Number.isSafeInteger(value), `${where}${key} is ${value}`);
      expect(typeof value !== "number" || value >= 0, `${where}${key} is ${value}`);
    }
    const { log, vote, leader, configuration } = event.says;
    if (log) expect(log.from >= 1, `${where}a log from ${log.from}`);
    for (const id of [vote, leader]) expect(id == null || id === 0 || isServer(id), `${where}names server ${id}`);
    for (const id of configuration?.voters ?? []) expect(isServer(id), `${where}voter ${id}`);
    for (const id of event.sends) expect(run.messages[id]?.sentIn === place, `${where}message ${id} is sent elsewhere`);
    if (event.receives !== null)
      expect(run.messages[event.receives]?.receivedIn === place, `${where}receives what arrives elsewhere`);
  });
  run.messages.forEach((message, place) => {
    const where = `message ${place}: `;
    const { sentIn, receivedIn } = message;
    expect(sentIn !== null || receivedIn !== null, `${where}is in no event`);
    expect(isServer(message.from) && isServer(message.to), `${where}${message.from} to ${message.to}`);
    if (sentIn !== null) expect(run.events[sentIn]?.sends.includes(place) ?? false, `${where}its event sends it not`);
    if (receivedIn !== null) expect(run.events[receivedIn]?.receives === place, `${where}its event has it not`);
    if (sentIn !== null && receivedIn !== null) expect(sentIn < receivedIn, `${where}comes before it is sent`);
  });
  return faults;
}

/** A told run as text, for golden files: a line an event, messages by their places. */
export function runText(run: ToldRun): string {
  const names = ["-", ...run.servers.map(({ name }) => name)];
  const nameOf = (id: number): string => names[id] ?? "?";
  const value = (key: string, told: unknown): string => {
    if (told === null) return "?";
    if ((key === "vote" || key === "leader") && typeof told === "number") return nameOf(told);
    return typeof told === "object" ? JSON.stringify(told) : String(told);
  };
  const events = run.events.map(({ at, server, kind, routine, text, topic, says, sends, receives, line }, place) => {
    const facts = Object.entries(says).map(([key, told]) => `${key}=${value(key, told)}`);
    const arrows = [...sends.map((id) => `sends ${id}`), ...(receives === null ? [] : [`receives ${receives}`])];
    const marks = [kind, ...(routine ? ["routine"] : []), ...(topic === undefined ? [] : [topic])].join(" ");
    const said = [...facts, ...arrows].join(" ");
    return `${place}  ${at} us  line ${line}  ${nameOf(server)}  [${marks}] ${text}${said === "" ? "" : `\n      ${said}`}`;
  });
  const messages = run.messages.map(
    ({ name, kind, from, to, term, sentIn, receivedIn, yes, entryCount, fields }, id) => {
      const ends = `${nameOf(from)} -> ${nameOf(to)}  sent in ${sentIn ?? "?"}, received in ${receivedIn ?? "?"}`;
      const more = `term ${term ?? "?"}, yes ${yes ?? "?"}, entries ${entryCount}; ${fields.map((each) => each.join("=")).join(" ")}`;
      return `${id}  ${name} (${kind})  ${ends}  ${more}`;
    },
  );
  return [
    `${run.format}, ${run.title}; ${run.understood} of ${run.lines} lines; times by ${run.times}; tells ${run.tells.join(", ")}`,
    `servers ${run.servers.map(({ name }) => name).join(", ")}; topics ${run.topics?.join(", ") ?? "none"}`,
    ...run.unknown,
    ...run.skipped.map(({ line, text, why }) => `skipped line ${line}: ${why}: ${text}`),
    "",
    ...events,
    "",
    ...messages,
    "",
  ].join("\n");
}
