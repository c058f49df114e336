import { expect, test } from "vitest";
import type { History } from "../../history/history.ts";
import { refName } from "../../scenario/names.ts";
import { readTexts } from "../in/fixtures.ts";
import { shiviz as importer } from "../in/shiviz.ts";
import { expectGolden, livelyRun, presetRun, storyRun, write } from "./fixtures.ts";
import { whoseIs } from "./whose.ts";

/** ShiViz' own default: an event, then its host and its clock. */
const parser = /(?<event>.*)\n(?<host>\S*) (?<clock>{.*})\n/gy;

interface Event {
  readonly text: string;
  readonly host: string;
  readonly clock: Readonly<Record<string, number>>;
}
function allOf(text: string): Event[] {
  const events = [...text.matchAll(parser)];
  expect(events.reduce((sum, [whole]) => sum + whole.length, 0)).toBe(text.length);
  return events.map(({ groups }) => {
    return { text: groups!["event"]!, host: groups!["host"]!, clock: JSON.parse(groups!["clock"]!) };
  });
}

/** What ShiViz refuses: a host whose own count does not begin at 1 or rise by one, a clock that names what nobody did, or that goes back. */
function check(events: readonly Event[]): void {
  expect(problems(events)).toEqual([]);
}
function problems(events: readonly Event[]): readonly string[] {
  const found: string[] = [];
  const must = (holds: boolean, what: string): void => {
    if (!holds) found.push(what);
  };
  const last = new Map<string, Readonly<Record<string, number>>>();
  const counts = new Map<string, number>();
  for (const { host } of events) counts.set(host, (counts.get(host) ?? 0) + 1);
  for (const { text, host, clock } of events) {
    const where = `${host} ${clock[host]}`;
    must(text !== "", `${where}: no text`);
    const before = last.get(host) ?? {};
    must(clock[host] === (before[host] ?? 0) + 1, `${where}: not the next`);
    for (const [other, count] of Object.entries(before)) must(clock[other]! >= count, `${where}: ${other} goes back`);
    for (const [other, count] of Object.entries(clock)) {
      must(count <= (counts.get(other) ?? 0), `${where}: ${other} has no ${count}`);
      // Whose it is has said it before.
      must(other === host || (last.get(other)?.[other] ?? 0) >= count, `${where}: ${other} ${count} comes later`);
    }
    last.set(host, clock);
  }
  return found;
}

test("shiviz: clocks are as ShiViz wants them, clients are hosts too", async () => {
  const events = allOf(await expectGolden("shiviz"));
  check(events);
  expect(new Set(events.map(({ host }) => host))).toEqual(new Set(["S1", "S2", "S3", "C1"]));
});

test("shiviz: every message that was received is a cause", () => {
  const run = storyRun();
  const events = allOf(write("shiviz", run).text);
  const received = run.facts(1, run.place.event).filter((fact) => fact.kind === "received");
  expect(received.length).toBeGreaterThan(20);
  const [vote] = events.filter(({ text }) => text.startsWith("S2 voted for S1"));
  expect(vote!.clock).toEqual({ S1: 2, S2: 1 });
  const answer = events.findLast(({ host }) => host === "C1");
  expect(answer!.text).toBe("S1 answered the client: x is the end");
  expect(Object.keys(answer!.clock).sort()).toEqual(["C1", "S1", "S2", "S3"]);
});

test("shiviz: of a stretch, of several groups, of lost and doubled messages", () => {
  check(allOf(write("shiviz", storyRun(), { from: 80_000, to: 150_000 }).text));
  check(allOf(write("shiviz", presetRun("two-groups")).text));
  for (const seed of [1, 2, 3, 4]) check(allOf(write("shiviz", livelyRun(seed)).text));
});

/** "S1@12 > S2@15": the message that S1 sent in event 12 of the run arrived in event 15. */
function arrowsOf(run: History): string[] {
  const sent = new Map<string, number>();
  return run.facts(1, run.place.event).flatMap((fact) => {
    if (fact.kind === "sent") sent.set(refName(fact.ref), fact.event);
    if (fact.kind !== "received") return [];
    const [from, to] = [fact.ref.from, fact.ref.to].map((end) => (end === 0 ? "C1" : `S${end}`));
    return [`${from}@${sent.get(refName(fact.ref))} > ${to}@${fact.event}`];
  });
}

/** By host: in which events of the run it did something. */
function doingsOf(run: History): Map<string, number[]> {
  const doings = new Map<string, number[]>();
  for (const fact of run.facts(1, run.place.event)) {
    const server = whoseIs(fact);
    if (server === null) continue;
    const host = server === 0 ? "C1" : `S${server}`;
    const own = doings.get(host) ?? [];
    if (own.at(-1) !== fact.event) doings.set(host, [...own, fact.event]);
  }
  return doings;
}

test("shiviz: what goes out and comes in again has the same events, and the same messages as causes", () => {
  const run = storyRun();
  const { text } = write("shiviz", run);
  const read = readTexts(importer, [{ name: "run.shi", text }]);
  if (!read.ok) throw new Error(read.problem.message);
  const { servers, events, messages, skipped } = read.value;
  expect(skipped).toEqual([]);
  const hostOf = (place: number): string => servers[events[place]!.server - 1]!.name;
  const told = new Map(servers.map(({ name }) => [name, [] as string[]] as const));
  events.forEach((event, place) => {
    told.get(hostOf(place))!.push(event.text);
  });
  const written = new Map<string, string[]>();
  for (const { host, text: line } of allOf(text)) written.set(host, [...(written.get(host) ?? []), line]);
  expect(told).toEqual(written);
  const doings = doingsOf(run);
  const counted = new Map<string, number>();
  const names = events.map((_, place) => {
    const host = hostOf(place);
    const nth = counted.get(host) ?? 0;
    counted.set(host, nth + 1);
    return `${host}@${doings.get(host)![nth]}`;
  });
  const arrows = messages.map(({ sentIn, receivedIn }) => `${names[sentIn!]} > ${names[receivedIn!]}`);
  expect(arrows.sort()).toEqual(arrowsOf(run).sort());
  expect(arrows.length).toBeGreaterThan(20);
});

test("shiviz: whatever the run, every line of it is read again", () => {
  for (const seed of [1, 2]) {
    const { text } = write("shiviz", livelyRun(seed));
    const read = readTexts(importer, [{ name: "run.shi", text }]);
    expect(read.ok && [read.value.skipped, read.value.events.length]).toEqual([[], allOf(text).length]);
  }
});
