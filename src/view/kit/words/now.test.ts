import { describe, expect, test } from "vitest";
import { crowdedSetup, explore, goTo, livelySetup, operatedSetup } from "../../../history/fixtures.ts";
import { History } from "../../../history/history.ts";
import { termAt } from "../../../raft/log.ts";
import { countsOf } from "../../../raft/quorum.ts";
import { inOldAndNew } from "../../../scenario/names.ts";
import { calm, frameOf } from "../../../worker/frame.ts";
import { trueTime } from "../../../world/clock.ts";
import type { Machine } from "../../../world/state/machine.ts";
import type { Setup } from "../../../world/state/setup.ts";
import type { World } from "../../../world/types.ts";
import { nowSentence } from "./now.ts";

const said = (history: History): string => nowSentence(frameOf(history, { logFrom: 1, logCount: 0 }, calm));
const machines = (world: World): Machine[] =>
  world.machines.filter((machine) => machine !== undefined && machine.id > 0);
const machine = (world: World, id: string): Machine => {
  const found = machines(world).find((one) => one.id === Number(id));
  if (found === undefined) throw new Error(`there is no S${id}`);
  return found;
};
const lastIndex = ({ log }: Machine["raft"]): number => log.last;
const ids = (list: string): string[] => [...list.matchAll(/S(\d+)/g)].map(([, id]) => id!);
const leaders = (world: World) =>
  machines(world).filter(({ raft, status }) => raft.role === "leader" && status !== "down");

/** What each kind of sentence claims, checked against the engine's own state; every sentence is made of these alone. */
const claims: readonly [pattern: RegExp, holds: (world: World, ...found: string[]) => boolean][] = [
  [
    /^((?:S\d+(?:, | and )?)+) (?:is|are) down\./,
    (world, list) => {
      const down = machines(world).filter(({ status }) => status === "down");
      return String(down.map(({ id }) => String(id))) === String(ids(list!));
    },
  ],
  [
    /^S(\d+) leads term (\d+)(?= and|, and)/,
    (world, id, term) => {
      const [only, ...others] = leaders(world);
      return others.length === 0 && only!.id === Number(id) && only!.raft.term === Number(term);
    },
  ],
  [
    /^(?:Two|\d+) leaders: ((?:S\d+ of term \d+(?:, | and )?)+)\./,
    (world, list) => {
      const told = [...list!.matchAll(/S(\d+) of term (\d+)/g)].map(([, id, term]) => `${id} ${term}`).sort();
      const own = leaders(world)
        .map(({ id, raft }) => `${id} ${raft.term}`)
        .sort();
      return String(told) === String(own);
    },
  ],
  [
    /^(?:,? ?and its process is paused|, and its process is paused)\./,
    (world) => leaders(world)[0]!.status === "paused",
  ],
  [/^(?:and|S\d+) has no entries yet\./, (world) => lastIndex(newest(world).raft) === 0],
  [
    /^(?:and|S\d+) has committed (?:entry (1)|(both) entries|all (\d+) entries)\./,
    (world, one, both, all) => {
      const { raft } = newest(world);
      return raft.commitIndex === Number(both === undefined ? (one ?? all) : 2) && lastIndex(raft) === raft.commitIndex;
    },
  ],
  [
    /^(?:and|S\d+) knows entry (\d+) on ([\d a-z]+?)(?:; it needs ([\d a-z]+)|, but the entry is of an (older) term)?\./,
    entryHolds,
  ],
  [
    /^S(\d+) stands in term (\d+) with ([\da-z ]+)\./,
    (world, id, term, tallies) => {
      const { raft, status } = machine(world, id!);
      const counts = countsOf(raft.configuration, (voter) => raft.votes[voter] === true);
      const [first, second] = counts.toReversed().map(({ agree, quorum }) => `${agree.length} of the ${quorum}`);
      const own = [`${first} votes that it needs`, ...(second === undefined ? [] : [second])];
      return status === "up" && raft.role === "candidate" && raft.term === Number(term) && tallies === inOldAndNew(own);
    },
  ],
  [
    /^Nobody leads(?:, and nothing happens by itself: you deliver every message)?\./,
    (world) => leaders(world).length === 0,
  ],
  [
    /^Candidates are ((?:S\d+ in term \d+(?:, | and )?)+)\./,
    (world, list) =>
      [...list!.matchAll(/S(\d+) in term (\d+)/g)].every(([, id, term]) => {
        const { raft } = machine(world, id!);
        return raft.role === "candidate" && raft.term === Number(term);
      }),
  ],
  [
    /^((?:S\d+(?:, | and )?)+) asks? who would vote\./,
    (world, list) => ids(list!).every((id) => machine(world, id).raft.role === "preCandidate"),
  ],
  [
    /^S(\d+)’s election timer runs out next, at ([\d.]+) s\./,
    (world, id) => {
      const due = ({ clock, raft }: Machine): number => trueTime(clock, raft.timerSince + raft.timeout);
      const voters = machines(world).filter(
        ({ status, raft, id: own }) =>
          status === "up" && [...raft.configuration.voters, ...raft.configuration.outgoing].includes(own),
      );
      return voters.every((other) => due(other) >= due(machine(world, id!)));
    },
  ],
  [/^(?:Violated: |The run stops here)/, (world) => world.violation !== null || world.stopped !== null],
];

function newest(world: World): Machine {
  return leaders(world).sort((a, b) => b.raft.term - a.raft.term)[0]!;
}

function entryHolds(
  world: World,
  entry: string | undefined,
  counts: string | undefined,
  needs: string | undefined,
  older: string | undefined,
): boolean {
  const { raft, disk, id } = newest(world);
  const index = Number(entry);
  const stored = (voter: number): boolean =>
    voter === id ? disk.log.last >= index : (raft.progress[voter]?.match ?? 0) >= index;
  const own = countsOf(raft.configuration, stored).toReversed();
  const right = counts === inOldAndNew(own.map(({ agree, voters }) => `${agree.length} of ${voters.length}`));
  const lacking = own.some(({ agree, quorum }) => agree.length < quorum);
  const needed = inOldAndNew(own.map(({ quorum }) => String(quorum)));
  const term = termAt(raft.log, index);
  return (
    index === raft.commitIndex + 1 &&
    right &&
    lacking === (needs !== undefined) &&
    (needs === undefined || needs === needed) &&
    (older === undefined || (term ?? 0) < raft.term)
  );
}

/** The first word of the sentence that is not true, or not known; null where every one holds. */
function falseWord(sentence: string, world: World): string | null {
  for (let rest = sentence; rest !== ""; ) {
    const found = claims.flatMap(([pattern, holds]) => {
      const match = pattern.exec(rest);
      return match === null ? [] : [{ match, holds }];
    })[0];
    if (found === undefined || !found.holds(world, ...found.match.slice(1))) return rest;
    if (/^(?:Violated|The run)/.test(rest)) return null;
    rest = rest
      .slice(found.match[0].length)
      .trimStart()
      .replace(/^, (?=and its)/, "");
  }
  return null;
}

/** Each takes a few hundred moments. */
const seeds = 10;

const setups: readonly [string, (seed: number) => Setup][] = [
  ["links that lose", (seed) => livelySetup(seed, 3)],
  ["five servers", (seed) => livelySetup(seed, 5)],
  ["much at the same instant", (seed) => crowdedSetup(seed, 3)],
  ["operators and joint configurations", (seed) => operatedSetup(seed, 3)],
];

describe.each(setups)("%s", (_, setup) => {
  test("every word of the sentence is true of the state", () => {
    const kinds = new Set<string>();
    for (let seed = 1; seed <= seeds; seed++) {
      const history = new History(setup(seed));
      for (const place of explore(history, seed, 25)) {
        goTo(history, place);
        const sentence = said(history);
        expect(falseWord(sentence, history.world), `seed ${seed} at ${place.at}: ${sentence}`).toBeNull();
        kinds.add(sentence.replace(/\d+/g, "#"));
      }
    }
    expect(kinds.size).toBeGreaterThan(10);
  });
});
