import type { Result } from "../../base/result.ts";
import type { Micros } from "../../base/units.ts";
import { inOnePiece } from "../../history/work.ts";
import { type Ordered, orderByClocks } from "./shiviz/order.ts";
import {
  beginsWithClock,
  type ClockEvent,
  disViz,
  type Form,
  formOf,
  type Hosts,
  hosts,
  orderOf,
  type Records,
  recordsIn,
  usualExpression,
} from "./shiviz/records.ts";
import { clipped, type OpenMessage, tally, unreadable } from "./tally.ts";
import type { Given, Importer, Place, Reader, ReadRun, Skipped, ToldEvent } from "./told.ts";

/**
 * Logs with vector clocks, as ShiViz (bitbucket.org/bestchai/shiviz) reads them: two lines that say how, or the usual form;
 * and those of DisViz, a JSON object a line. `patterns`: the same two lines, for a file that has none.
 */
export const shiviz: Importer = {
  name: "shiviz",
  title: "ShiViz log",
  named: /shiviz|disviz|\.shi$/i,
  fits: (head) => {
    const lines = head.split("\n", 400).map((line) => line.replace(/\r$/, ""));
    if (/\(\?<host>/.test(lines[0] ?? "") && /\(\?<clock>/.test(lines[0] ?? "")) return true;
    return lines.some((line) => line.length < 20_000 && (disViz(line) !== null || usualClock.test(line)));
  },
  patterns: `${usualExpression}\n`,
  open: (given, patterns = usualExpression) => reading(given, patterns),
};

const usualClock = /^\S+ \{(?:\s*"[^"\\]{1,60}"\s*:\s*\d{1,15}\s*[,}])+\s*$/;

interface Kept {
  readonly text: string;
  readonly place: Place;
}
interface File {
  /** Its first line; more, where only its end says how they are to be read. */
  readonly kept: Kept[];
  keepsAll: boolean;
  records: Records | null;
}

function reading(given: readonly Given[], patterns: string): Reader {
  const seen = tally();
  const known = hosts();
  const events: ClockEvent[] = [];
  const files: File[] = [];
  const [wanted = "", between = ""] = patterns.split("\n");
  const asked = formOf(wanted, between);
  let wrong =
    asked === null ? unreadable("The expression has no group (?<host>…).") : problemOf(asked, 0, "The patterns");
  const usual: Form = asked?.ok ? asked.value : { expression: null, between: null };
  const isAsked = usual.expression !== null || usual.between !== null;

  const fileOf = (place: number): File => {
    const file = files[place] ?? { kept: [], keepsAll: false, records: null };
    files[place] = file;
    return file;
  };
  const begin = (file: File, form: Form): Records => {
    file.records = recordsIn(form, known, seen, (event) => events.push(event));
    for (const { text, place } of file.kept) file.records.line(text, place);
    file.kept.length = 0;
    return file.records;
  };
  const supposed: string[] = [];
  const end = (): ReadRun => {
    for (const [place, file] of files.entries()) {
      if (file === undefined) continue;
      if (file.records === null && file.kept.length > 0) {
        const { form, isCut } = file.keepsAll
          ? orderOf(file.kept.map(({ text }) => text))
          : { form: usual, isCut: false };
        if (isCut) {
          supposed.push(cutText(given[place]?.name ?? ""));
          file.kept.unshift({ text: "What happened is cut off.", place: { file: place, line: 1 } });
          seen.understood -= 1;
        }
        begin(file, form);
      }
      file.records?.end();
    }
    return wrong ?? told({ given, events, known, seen, supposed });
  };
  return {
    line(text, place) {
      seen.lines += 1;
      if (wrong !== null) return;
      const file = fileOf(place.file);
      if (file.records !== null) return file.records.line(text, place);
      const [first] = file.kept;
      file.kept.push({ text, place });
      if (first === undefined || file.keepsAll) return;
      const form = formOf(first.text, text);
      wrong = form === null ? null : problemOf(form, place.file, "The file");
      if (wrong !== null) return;
      if (form !== null) {
        seen.understood += 2;
        file.kept.length = 0;
      }
      file.keepsAll = form === null && !isAsked && beginsWithClock(first.text, text);
      // What the user asks for is more than what the file says.
      if (!file.keepsAll) begin(file, !isAsked && form?.ok ? form.value : usual);
    },
    end: () => inOnePiece(end),
  };
}

const cutText = (name: string): string =>
  `${name || "The text"} begins and ends with a clock: each event is taken to stand before its clock, and the first one's is cut off.`;

function problemOf(form: Result<Form, { place: 1 | 2; message: string }>, file: number, where: string): ReadRun | null {
  if (form.ok) return null;
  const { place, message } = form.problem;
  return unreadable(`${where}, line ${place}, ${message}.`, { file, line: place });
}

interface Gathered {
  readonly given: readonly Given[];
  readonly events: readonly ClockEvent[];
  readonly known: Hosts;
  readonly seen: ReturnType<typeof tally>;
  readonly supposed: readonly string[];
}

function told({ given, events, known, seen, supposed }: Gathered): ReadRun {
  if (events.length === 0)
    return unreadable('No event with a host and a vector clock, as in a line: S1 {"S1":2, "S2":1}.');
  const order = orderByClocks(events, known.names.length);
  const { messages, unsure } = messagesOf(order.events, known.names.length);
  const sends = new Map<number, number[]>();
  const receives = new Map<number, number>();
  messages.forEach(({ sentIn, receivedIn }, message) => {
    if (sentIn !== null) sends.set(sentIn, [...(sends.get(sentIn) ?? []), message]);
    if (receivedIn !== null) receives.set(receivedIn, message);
  });
  const skipped: Skipped[] = order.refused.map(({ event: { file, line, text }, why }) => {
    return { file, line, text: text.slice(0, 200), why };
  });
  return {
    ok: true,
    value: {
      format: shiviz.name,
      title: given.map(({ name }) => name).find((name) => name !== "") ?? shiviz.title,
      servers: known.names.map((name) => ({ name })),
      events: order.events.map(({ file, line, host, text }, place): ToldEvent => {
        const received = receives.get(place) ?? null;
        return {
          file,
          line,
          at: place * millisecond,
          server: host + 1,
          kind: received !== null || sends.has(place) ? "message" : "other",
          routine: false,
          text: clipped(text),
          says: {},
          sends: sends.get(place) ?? [],
          receives: received,
        };
      }),
      messages,
      tells: ["messages"],
      times: "order",
      unknown: unknownOf(order, known, unsure),
      lines: seen.lines,
      understood: Math.max(0, seen.understood - order.refused.length),
      skipped: [...seen.skipped, ...skipped].slice(0, 1000),
      ...(supposed.length === 0 ? {} : { supposed }),
    },
  };
}
const millisecond: Micros = 1000;

/**
 * A clock shows what a host has heard of: where an event knows more of another host than the event before it did, that
 * host's event was heard of. It is taken for the sender's, if nothing else that was heard of can have brought it.
 */
function messagesOf(
  events: readonly ClockEvent[],
  hostCount: number,
): { readonly messages: OpenMessage[]; readonly unsure: number } {
  const places = Array.from({ length: hostCount }, () => new Map<number, number>());
  const before: (ClockEvent | null)[] = Array.from({ length: hostCount }, () => null);
  const messages: OpenMessage[] = [];
  let unsure = 0;
  events.forEach((event, place) => {
    const heard = [...event.clock].filter(
      ([host, own]) => host !== event.host && own > (before[event.host]?.clock.get(host) ?? 0),
    );
    const clockOf = ([host, own]: readonly [number, number]): ClockEvent["clock"] | undefined =>
      events[places[host]?.get(own) ?? -1]?.clock;
    const direct = heard.filter(
      ([host, own]) => !heard.some((other) => other[0] !== host && (clockOf(other)?.get(host) ?? 0) >= own),
    );
    const [sender] = direct;
    if (direct.length > 1) unsure += 1;
    else if (sender !== undefined)
      messages.push({
        name: "message",
        kind: "other",
        from: sender[0] + 1,
        to: event.host + 1,
        term: null,
        sentIn: places[sender[0]]?.get(sender[1]) ?? null,
        receivedIn: place,
        yes: null,
        entryCount: 0,
        fields: [["told by", "the clocks"]],
      });
    places[event.host]?.set(event.own, place);
    before[event.host] = event;
  });
  return { messages, unsure };
}

function unknownOf({ gaps, circles }: Ordered, { names }: Hosts, unsure: number): string[] {
  const shown = gaps.slice(0, 10).map(({ event, missing }) => {
    const events = missing === 1 ? "one event" : `${missing} events`;
    return `Before line ${event.line}, ${events} of ${names[event.host]} ${missing === 1 ? "is" : "are"} missing.`;
  });
  return [
    "The log tells what happened on which host, and what a host had heard of by then: no times, and nothing of Raft.",
    "Messages are told by the clocks: one arrives where a host's clock first knows of another host's event.",
    ...(unsure === 0
      ? []
      : [
          `${unsure === 1 ? "One event hears" : `${unsure} events hear`} of several hosts at once: what brought it is not shown.`,
        ]),
    ...(circles === 0
      ? []
      : [`${circles === 1 ? "One clock knows" : `${circles} clocks know`} of what only comes later.`]),
    ...shown,
    ...(gaps.length > shown.length ? [`Events are missing in ${gaps.length - shown.length} more places.`] : []),
  ];
}
