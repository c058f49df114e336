import { describe, expect, test } from "vitest";
import { History } from "../history/history.ts";
import type { Alarm } from "../history/metrics/alarms.ts";
import { Metrics } from "../history/metrics/metrics.ts";
import { finish } from "../history/work.ts";
import type { Act } from "../world/acts.ts";
import type { Fact } from "../world/facts.ts";
import { ms, setupOf } from "../world/fixtures.ts";
import type { Setup } from "../world/state/setup.ts";
import { alarmWords } from "./alarm.ts";

const second = 1000 * ms;

interface Told {
  readonly alarm: Alarm;
  readonly history: History;
  /** All that happened after the event of its first election, up to that of its last. */
  readonly facts: readonly Fact[];
  readonly elections: readonly { readonly at: number; readonly server: number; readonly term: number }[];
}

function alarmsOf(history: History): Told[] {
  const metrics = new Metrics(history);
  finish(metrics.known());
  return metrics.groups[0]!.alarms.found.map((alarm) => {
    const all = history.facts(alarm.fromEvent, alarm.toEvent);
    const elections = all.flatMap((fact) =>
      fact.kind === "decided" && fact.decision.kind === "electionStarted"
        ? [{ at: fact.at, server: fact.decision.server, term: fact.decision.term }]
        : [],
    );
    return { alarm, history, elections, facts: all.filter(({ event }) => event > alarm.fromEvent) };
  });
}

/** How long messages between servers took that arrived in the stretch. */
function transits({ history, alarm }: Told): number[] {
  const sent = new Map<string, number>();
  const took: number[] = [];
  for (const fact of history.facts(1, alarm.toEvent)) {
    if (!("ref" in fact) || fact.ref.from * fact.ref.to === 0) continue;
    const name = Object.values(fact.ref).join();
    if (fact.kind === "sent") sent.set(name, fact.at);
    if (fact.kind === "duplicated") sent.set(Object.values(fact.copy).join(), sent.get(name)!);
    if (fact.kind !== "received" && fact.kind !== "held") continue;
    if (fact.event > alarm.fromEvent && sent.has(name)) took.push(fact.at - sent.get(name)!);
    sent.delete(name);
  }
  return took;
}
const amongServers = (fact: Fact): boolean => "ref" in fact && fact.ref.from * fact.ref.to > 0;
const micros = (millis: string | undefined): number => Math.round(Number(millis) * ms);
const near = (told: number, found: number): boolean => Math.abs(told - found) <= 50;
const timeoutsAre = ({ history }: Told, least: string | undefined, most: string | undefined): boolean => {
  const { electionTimeoutMin, electionTimeoutMax } = history.setup.raft;
  return near(micros(least), electionTimeoutMin) && near(micros(most ?? least), electionTimeoutMax);
};
const startedBy = ({ elections }: Told, server: string | undefined): number =>
  elections.filter((each) => `S${each.server}` === server).length;
const downAt = ({ history }: Told, at: number, from: string, to: string): boolean => {
  history.seek(at);
  return !history.world.links[Number(from.slice(1))]![Number(to.slice(1))]!.up;
};

/** Every sentence is one of these, and says what was. */
const claims: readonly [RegExp, (told: Told, ...found: (string | undefined)[]) => boolean][] = [
  [
    /^Timers were made to run out, or set, by hand: (?:(\d+) times|once)\.$/,
    ({ facts }, count) =>
      Number(count ?? 1) === facts.filter((fact) => fact.kind === "acted" && fact.act.do === "timeout").length,
  ],
  [
    /^(S\d)’s clock goes (\d+) % too fast, and it started (\d+) of them\.$/,
    (told, server, percent, count) => {
      const { clock } = told.history.world.machines[Number(server!.slice(1))]!;
      return Math.round(clock.drift / 10_000) === Number(percent) && startedBy(told, server) === Number(count);
    },
  ],
  [
    /^(S\d) started (\d+) of them without a vote in the leader’s configuration\.$/,
    (told, server, count) => {
      const leader = told.history.world.machines.filter(Boolean).find(({ raft }) => raft.role === "leader");
      const isOut = !leader!.raft.configuration.voters.includes(Number(server!.slice(1)));
      return isOut && startedBy(told, server) >= Number(count);
    },
  ],
  [
    /^In one direction only, nothing got from (.+) to (S\d)(?:, which started (\d+) of them)?\.$/,
    (told, from, to, count) =>
      startedBy(told, to) === Number(count ?? 0) &&
      [...from!.matchAll(/S\d/g)].every(([source]) =>
        told.elections.some(({ at }) => downAt(told, at, source, to!) && !downAt(told, at, to!, source)),
      ),
  ],
  [
    /^A message took up to ([\d.]+) ms, so a vote and its answer may take ([\d.]+) ms; election timeouts are ([\d.]+) ms(?: to ([\d.]+) ms)?\.$/,
    (told, longest, both, least, most) =>
      near(micros(longest), Math.max(...transits(told))) &&
      Math.abs(micros(both) - 2 * micros(longest)) <= 200 &&
      timeoutsAre(told, least, most),
  ],
  [
    /^Of (\d+) messages between servers, (\d+) got lost on their way\.$/,
    (told, all, lost) => {
      const gone = told.facts.filter((fact) => fact.kind === "lost" && amongServers(fact));
      const strayed = gone.filter((fact) => fact.kind === "lost" && ["loss", "dropped"].includes(fact.reason));
      return Number(all) === gone.length + transits(told).length && Number(lost) === strayed.length;
    },
  ],
  [
    /^A disk was at one write for up to ([\d.]+) ms, and answers wait for it; election timeouts are ([\d.]+) ms(?: to ([\d.]+) ms)?\.$/,
    (told, write, least, most) => {
      const { writeMin, writeMax } = told.history.setup.disk;
      return micros(write) >= writeMin && micros(write) <= writeMax + 50 && timeoutsAre(told, least, most);
    },
  ],
  [
    /^When elections began, nothing got through between (S\d) and (S\d)(?:, nor between (\d+) other pairs? of servers)?\.$/,
    (told, a, b) => told.elections.some(({ at }) => downAt(told, at, a!, b!) && downAt(told, at, b!, a!)),
  ],
  [
    /^Servers (?:crashed (?:(\d+) times|(once)))?(?: and )?(?:paused (?:(\d+) times|(once)))? meanwhile\.$/,
    ({ facts }, crashes, crashed, pauses, paused) => {
      const of = (count: string | undefined, once: string | undefined): number => Number(count ?? (once ? 1 : 0));
      const acts = facts.filter((fact) => fact.kind === "acted" && fact.act.do === "pause" && fact.ignored === null);
      return (
        of(crashes, crashed) === facts.filter(({ kind }) => kind === "crashed").length &&
        of(pauses, paused) === acts.length
      );
    },
  ],
  [
    /^For (\d+) terms several servers asked for votes at once; election timeouts are ([\d.]+) ms(?: to ([\d.]+) ms)?\.$/,
    (told, count, least, most) => {
      const terms = told.elections.map(({ term }) => term);
      const several = new Set(terms.filter((term, i) => terms.indexOf(term) !== i));
      return several.size === Number(count) && timeoutsAre(told, least, most);
    },
  ],
  [
    /^No cause stands out: a message took at most ([\d.]+) ms, a disk’s write ([\d.]+) ms, and of (\d+) messages? (\d+) got lost on their way\.$/,
    (told, longest) => near(micros(longest), Math.max(0, ...transits(told))),
  ],
];
const figures =
  /^(\d+) elections? and (\d+) new leaders? from ([\d.]+) s to ([\d.]+) s, (?:all for term (\d+)|terms (\d+) to (\d+)); no leader for (\d+) % of that time\.$/;

function expectTrue(told: Told): Set<number> {
  const { alarm, history, elections } = told;
  const words = alarmWords(alarm);
  const [, started, won, from, to, only, first, last, share] = figures.exec(words.figures) ?? [];
  const wins = history
    .facts(alarm.fromEvent, alarm.toEvent)
    .filter((fact) => fact.kind === "decided" && fact.decision.kind === "electionWon");
  expect([Number(started), Number(won)]).toEqual([elections.length, wins.length]);
  expect([from, to]).toEqual([alarm.from, alarm.to].map((at) => (Math.floor(at / 1000) / 1000).toFixed(3)));
  const terms = elections.map(({ term }) => term);
  expect([Number(only ?? first), Number(only ?? last)]).toEqual([alarm.firstTerm, Math.max(...terms, alarm.firstTerm)]);
  expect(Number(share)).toBe(Math.round((100 * leaderlessIn(told)) / (alarm.to - alarm.from)));
  expect(words.title).toBe(wins.length * 2 >= elections.length ? "Leader flapping" : "Election storm");
  const used = new Set<number>();
  for (const sentence of words.causes) {
    const place = claims.findIndex(([form]) => form.test(sentence));
    expect([sentence, place >= 0]).toEqual([sentence, true]);
    const [form, holds] = claims[place]!;
    expect([sentence, holds(told, ...form.exec(sentence)!.slice(1))]).toEqual([sentence, true]);
    used.add(place);
  }
  return used;
}

/** Looked at event by event. */
function leaderlessIn({ alarm, history }: Told): number {
  let sum = 0;
  history.visit(alarm.fromEvent);
  while (history.place.event < alarm.toEvent) {
    const { machines, now } = history.world;
    const led = machines.some((machine) => machine?.status === "up" && machine.raft.role === "leader");
    history.stepForward();
    if (!led) sum += history.world.now - now;
  }
  return sum;
}

interface Given {
  readonly setup?: Partial<Setup>;
  readonly raft?: Partial<Setup["raft"]>;
  readonly acts?: readonly (readonly [at: number, act: Act])[];
  /** Writes a second: they keep a leader's followers quiet as heartbeats do. */
  readonly writes?: number;
}
function run({ setup = {}, raft = {}, acts = [], writes = 20 }: Given): History {
  const base = setupOf({ seed: 12, servers: 5 });
  const history = new History({ ...base, ...setup, raft: { ...base.raft, ...raft } });
  if (writes > 0) history.act({ do: "load", perSecond: writes });
  for (const [at, act] of acts) {
    history.advance(at);
    expect(history.act(act).refused).toBeNull();
  }
  history.advance(4 * second);
  return history;
}

const link = setupOf({}).link;
const others = [1, 2, 3, 4] as const;
const runs: Readonly<Record<string, readonly [Given, RegExp]>> = {
  "slow messages": [{ setup: { link: { ...link, latencyMin: 60 * ms, latencyMax: 110 * ms } } }, /^A message took/],
  losses: [{ setup: { link: { ...link, loss: 600_000 } } }, /^Of \d+ messages/],
  "a slow disk": [{ setup: { disk: { writeMin: 100 * ms, writeMax: 250 * ms } } }, /^A disk was/],
  "a link in one direction": [
    { acts: [[second, { do: "cut", links: others.map((from) => [from, 5] as const) }]] },
    /^In one direction only, nothing got from S1, S2, S3 and S4 to S5/,
  ],
  "a partition": [
    { acts: [[second, { do: "partition", groups: [[1, 2], [3, 4], [5]] }]] },
    /^When elections began, nothing got through/,
  ],
  "a clock": [
    {
      // It asks too early, and leads too slowly to stay leader.
      setup: {
        servers: setupOf({ servers: 5 }).servers.map((server) =>
          server.id === 3 ? { ...server, options: { heartbeatInterval: 600 * ms } } : server,
        ),
      },
      raft: { heartbeatInterval: 140 * ms },
      writes: 0,
      acts: [[second, { do: "clock", server: 3, drift: 1_000_000 }]],
    },
    /^S3’s clock goes 100 % too fast/,
  ],
  "servers that crash": [
    {
      acts: Array.from({ length: 14 }, (_, i) => {
        const at = second + i * 160 * ms;
        return [at, { do: "crash", server: 1 + (i % 5), for: 150 * ms }] as const;
      }),
    },
    /^Servers crashed/,
  ],
  "a hand": [
    {
      acts: Array.from(
        { length: 6 },
        (_, i) => [second + i * 100 * ms, { do: "timeout", server: 1 + (i % 5) }] as const,
      ),
    },
    /^Timers were made/,
  ],
  "votes that split": [
    { raft: { electionTimeoutMin: 150 * ms, electionTimeoutMax: 151 * ms } },
    /^For \d+ terms several/,
  ],
};

describe("elections that follow each other too closely", () => {
  test.each(Object.entries(runs))("%s: is found and said, and every sentence is true", (_, [how, likely]) => {
    const told = alarmsOf(run(how));
    expect(told.length).toBeGreaterThan(0);
    expect(told.flatMap(({ alarm }) => alarmWords(alarm).causes).some((sentence) => likely.test(sentence))).toBe(true);
    for (const each of told) expectTrue(each);
  });

  test("a calm run has none", () => {
    expect(alarmsOf(run({}))).toEqual([]);
  });
});
