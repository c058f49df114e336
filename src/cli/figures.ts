import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { draw } from "../base/random.ts";
import { type Micros, microsPerSecond } from "../base/units.ts";
import { runSchedule } from "../check/fuzz/schedule.ts";
import { setupFor } from "../check/fuzz/setups.ts";
import { History } from "../history/history.ts";
import { profiles } from "../raft/options.ts";
import { defaultClients } from "../world/limits.ts";
import type { Setup } from "../world/state/setup.ts";
import type { World } from "../world/types.ts";
import { benchBare, stopwatch } from "./bare.ts";

const hour: Micros = 3600 * microsPerSecond;
const stretch: Micros = 300 * microsPerSecond;
const turns = 9;
const seeks = 200;
const bareSeconds = 3;

/** Five servers, heartbeats every 50 ms, and (with the load below) one command per heartbeat. */
const setup: Setup = {
  bugs: [],
  clients: defaultClients,
  seed: 7,
  raft: profiles.paper,
  servers: [1, 2, 3, 4, 5].map((id) => ({ id, term: 0, votedFor: 0, log: [], commit: 0 })),
  groups: 1,
  mode: "automatic",
  link: { latencyMin: 10_000, latencyMax: 15_000, loss: 0, duplicate: 0, bandwidth: null },
  disk: { writeMin: 1000, writeMax: 3000 },
};

/** A run with its load, past its first election, and past the second in which most of the engine is still being compiled. */
function loaded(checked = true): History {
  const history = new History(setup, [], 0, checked);
  history.act({ do: "load", perSecond: 20 });
  history.advance(stretch);
  return history;
}

/** The engine's figures, with history and invariants on, as the page runs it. */
export function measure() {
  const history = loaded();
  const early = timed(history, stretch);
  const ratio = bareToEverythingOn(history);
  history.advance(hour);
  const late = timed(history, stretch);
  const ratioAfterHour = bareToEverythingOn(history);
  const [seekMsP50, seekMsP95] = timeSeeks(history);
  return {
    simSecondsPerSecond: round(early.simSeconds / early.seconds),
    simSecondsPerSecondAfterHour: round(late.simSeconds / late.seconds),
    messagesPerSecond: round(early.messages / early.seconds),
    eventsPerSecond: round(early.events / early.seconds),
    seekMsP50,
    seekMsP95,
    heapMBAfterHour: heapMB(),
    checkpoints: history.current.checkpoints.length,
    checksShare: checksShare(),
    fuzzSchedulesPerMinute: fuzzRate(),
    bare3One: benchBare(3, 1, bareSeconds),
    bare5One: benchBare(5, 1, bareSeconds),
    bare5Batch256: benchBare(5, 256, bareSeconds),
    bareToEverythingOn: ratio,
    bareToEverythingOnAfterHour: ratioAfterHour,
  };
}

/**
 * What the bar is about: bare commits per second to one simulated second per second, everything on. By turns, in the
 * process's own time: what else the machine does at that moment concerns neither. The median of the ratios.
 */
function bareToEverythingOn(history: History): number {
  const ratios: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const { cpuSeconds, simSeconds } = timed(history, stretch / 3);
    ratios.push((benchBare(5, 1, bareSeconds / turns).committedPerCpuSecond * cpuSeconds) / simSeconds);
  }
  return round(median(ratios));
}

/**
 * The share of the time above that the checks take, what they remember and the marks that are read off that included:
 * short stretches with and without by turns, the median of the ratios.
 */
function checksShare(): number {
  const checked = loaded();
  const unchecked = loaded(false);
  const shares: number[] = [];
  for (let turn = 0; turn < 40; turn++) {
    const without = timed(unchecked, stretch / 10).cpuSeconds;
    shares.push(1 - without / timed(checked, stretch / 10).cpuSeconds);
  }
  return round(median(shares));
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;

/** Schedules of faults in a minute, all checks on. */
function fuzzRate(): number {
  const schedules = 80;
  const start = performance.now();
  for (let seed = 1; seed <= schedules; seed++) runSchedule(setupFor(seed), seed);
  return Math.round((schedules / (performance.now() - start)) * 60_000);
}

function timed(history: History, span: Micros) {
  const { world } = history;
  const before = { events: world.events, messages: messagesSent(world) };
  const took = stopwatch();
  history.advance(world.now + span);
  const { seconds, cpuSeconds } = took();
  const simSeconds = span / microsPerSecond;
  const [events, messages] = [world.events - before.events, messagesSent(world) - before.messages];
  return { seconds, cpuSeconds, simSeconds, events, messages };
}

const messagesSent = (world: World): number => world.links.flat().reduce((sum, { sent }) => sum + sent, 0);

/** Milliseconds for the median and the 95th percentile of seeks anywhere in the hour. */
function timeSeeks(history: History): readonly [number, number] {
  const times: number[] = [];
  for (let i = 0; i < seeks; i++) {
    const to = draw(1, 1, i) % hour;
    const start = performance.now();
    history.seek(to);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return [round(times[seeks / 2]!), round(times[Math.floor(seeks * 0.95)]!)];
}

function heapMB(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return round(process.memoryUsage().heapUsed / 1e6);
}

const round = (value: number): number => Math.round(value * 100) / 100;
