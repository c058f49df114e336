import type { Micros, ServerId } from "../base/units.ts";
import { duration, names, who } from "../explain/words.ts";
import type { Alarm } from "../history/metrics/alarms.ts";
import { clockTime } from "./waits.ts";

/** Elections that followed each other too closely, in words. */
export interface AlarmWords {
  readonly title: "Election storm" | "Leader flapping";
  /** How many, from when to when, and how long nobody led. */
  readonly figures: string;
  /** What it is likely to come from, the likeliest first, a sentence each; at most `causesMost`. */
  readonly causes: readonly string[];
}

const causesMost = 3;
/** From so much of all messages on losses are told. */
const lossesFrom = 0.05;

/** Every second of them was won: nobody stays leader, and that is not for want of votes. */
const flaps = ({ started, won }: Alarm): boolean => won * 2 >= started && won > 1;

export function alarmWords(alarm: Alarm): AlarmWords {
  const causes = causesOf(alarm);
  return {
    title: flaps(alarm) ? "Leader flapping" : "Election storm",
    figures: figuresOf(alarm),
    causes: causes.length > 0 ? causes.slice(0, causesMost) : [nothingStandsOut(alarm)],
  };
}

function figuresOf({ started, won, from, to, leaderless, firstTerm, lastTerm }: Alarm): string {
  const share = Math.round((100 * leaderless) / Math.max(1, to - from));
  const terms = firstTerm === lastTerm ? `all for term ${firstTerm}` : `terms ${firstTerm} to ${lastTerm}`;
  const when = `from ${clockTime(from)} to ${clockTime(to)}`;
  return `${counted(started, "election")} and ${counted(won, "new leader")} ${when}, ${terms}; no leader for ${share} % of that time.`;
}

/** What could make elections follow each other, where it was there; the likeliest first. */
function causesOf(alarm: Alarm): string[] {
  return [
    byHand(alarm),
    ...clocks(alarm),
    ...outsiders(alarm),
    cutOneWay(alarm),
    slow(alarm),
    losses(alarm),
    disk(alarm),
    cut(alarm),
    stops(alarm),
    splits(alarm),
  ].filter((each) => each !== null);
}

const half = (some: number, all: number): boolean => some * 2 >= all;

const byHand = ({ byHand: times, started }: Alarm): string | null =>
  times > 0 && half(times, started)
    ? `Timers were made to run out, or set, by hand: ${times === 1 ? "once" : `${times} times`}.`
    : null;

/** From a tenth on a wrong clock shortens or lengthens what was drawn by more than chance does. */
function clocks({ drifts, starters, started }: Alarm): string[] {
  return [...drifts].flatMap(([server, drift]) => {
    const own = starters.get(server) ?? 0;
    if (drift < 100_000 || own * 3 < started) return [];
    return [`${who(server)}’s clock goes ${Math.round(drift / 10_000)} % too fast, and it started ${own} of them.`];
  });
}

const outsiders = ({ outsiders: all, started }: Alarm): string[] =>
  [...all].flatMap(([server, own]) =>
    half(own, started) ? [`${who(server)} started ${own} of them without a vote in the leader’s configuration.`] : [],
  );

function cutOneWay({ cuts, starters }: Alarm): string | null {
  const oneWay = [...cuts.values()].filter(([from, to]) => !cuts.has(`${to}>${from}`));
  if (oneWay.length === 0) return null;
  const deaf = [...new Set(oneWay.map(([, to]) => to))].sort((a, b) => (starters.get(b) ?? 0) - (starters.get(a) ?? 0));
  const [worst] = deaf as [ServerId];
  const from = oneWay.filter(([, to]) => to === worst).map(([source]) => source);
  const started = starters.get(worst) ?? 0;
  const rest = started === 0 ? "" : `, which started ${started} of them`;
  return `In one direction only, nothing got from ${names(from)} to ${who(worst)}${rest}.`;
}

function slow({ longest, least, most }: Alarm): string | null {
  if (2 * longest <= least) return null;
  return `A message took up to ${duration(longest)}, so a vote and its answer may take ${duration(2 * longest)}; ${timeouts(least, most)}.`;
}

function losses({ arrived, strayed, otherwise }: Alarm): string | null {
  const all = arrived + strayed + otherwise;
  if (strayed === 0 || strayed < lossesFrom * all) return null;
  return `Of ${counted(all, "message")} between servers, ${strayed} got lost on their way.`;
}

function disk({ write, least, most }: Alarm): string | null {
  if (2 * write <= least) return null;
  return `A disk was at one write for up to ${duration(write)}, and answers wait for it; ${timeouts(least, most)}.`;
}

/** Links that carried nothing either way. */
function cut({ cuts }: Alarm): string | null {
  const pairs = [...cuts.values()].filter(([from, to]) => from < to && cuts.has(`${to}>${from}`));
  if (pairs.length === 0) return null;
  const [[a, b]] = pairs as [[ServerId, ServerId]];
  const more = pairs.length === 1 ? "" : `, nor between ${counted(pairs.length - 1, "other pair")} of servers`;
  return `When elections began, nothing got through between ${who(a)} and ${who(b)}${more}.`;
}

function stops({ crashes, pauses }: Alarm): string | null {
  const told = [
    ...(crashes > 0 ? [`crashed ${times(crashes)}`] : []),
    ...(pauses > 0 ? [`paused ${times(pauses)}`] : []),
  ];
  return told.length === 0 ? null : `Servers ${told.join(" and ")} meanwhile.`;
}

function splits({ splits: several, least, most, candidates }: Alarm): string | null {
  if (several < 2 || several * 2 < candidates.size) return null;
  return `For ${several} terms several servers asked for votes at once; ${timeouts(least, most)}.`;
}

const nothingStandsOut = ({ arrived, strayed, otherwise, longest, write }: Alarm): string =>
  `No cause stands out: a message took at most ${duration(longest)}, a disk’s write ${duration(write)}, and of ${counted(arrived + strayed + otherwise, "message")} ${strayed} got lost on their way.`;

const timeouts = (least: Micros, most: Micros): string =>
  least === most
    ? `election timeouts are ${duration(least)}`
    : `election timeouts are ${duration(least)} to ${duration(most)}`;
const counted = (count: number, of: string): string => `${count} ${of}${count === 1 ? "" : "s"}`;
const times = (count: number): string => (count === 1 ? "once" : `${count} times`);
