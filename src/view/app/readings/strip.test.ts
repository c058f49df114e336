import { expect, test } from "vitest";
import type { ServerId } from "../../../base/units.ts";
import { entryAt, lastIndex, sameUpTo } from "../../../raft/log.ts";
import { deeds } from "../../../store/deeds.ts";
import { hintFor } from "../../../store/hints.ts";
import type { RunInfo } from "../../../worker/protocol/run.ts";
import { trueTime } from "../../../world/clock.ts";
import { linkOf } from "../../../world/network.ts";
import type { Machine } from "../../../world/state/machine.ts";
import { nowSentence } from "../../kit/words/now.ts";
import { partedSentence } from "../../kit/words/parted.ts";
import { leaderSentence } from "../../kit/words/words.ts";
import { clock, eachMoment, idsIn, Reader, type Reading, type Seen, same } from "./fixtures.ts";

/** The voice of the page, its hints, and who hears whom. */

const one = ({ machines }: Seen, id: string | number | undefined): Machine =>
  machines.find((machine) => machine.id === Number(id))!;
const ids = (machines: readonly Machine[]): readonly ServerId[] => machines.map(({ id }) => id);
const leaders = ({ machines }: Seen) =>
  machines.filter(({ status, raft }) => status !== "down" && raft.role === "leader");
const inRole = ({ machines }: Seen, role: Machine["raft"]["role"]) =>
  machines.filter(({ status, raft }) => status === "up" && raft.role === role);
const leads = (seen: Seen, id: string | undefined, term: string | undefined): boolean => {
  const { status, raft } = one(seen, id);
  return status !== "down" && raft.role === "leader" && raft.term === Number(term);
};

/** Of each half, the old one first: how many agree, and how many it has. */
function halves({ raft: { configuration } }: Machine, agrees: (id: ServerId) => boolean): [number, number][] {
  const { voters, outgoing } = configuration;
  const lists = outgoing.length > 0 ? [outgoing, voters] : [voters];
  return lists.map((list) => [list.filter(agrees).length, list.length]);
}
const numbers = (text: string): [number, number][] =>
  [...text.matchAll(/(\d+) of (?:the )?(\d+)/g)].map(([, some, all]) => [Number(some), Number(all)]);

/** It is on its own disk, or the others have said so to the leader. */
const stored =
  ({ id, raft, disk }: Machine, index: number) =>
  (other: ServerId): boolean =>
    other === id
      ? lastIndex(disk.log) >= index && sameUpTo(disk.log, raft.log, index)
      : (raft.progress[other]?.match ?? 0) >= index;

/** What the newest leader is said to know. */
function knows(machine: Machine, text: string): boolean {
  const { log, commitIndex, term } = machine.raft;
  const all = /^has committed (?:entry (1)|(both) entries|all (\d+) entries)$/.exec(text);
  if (text === "has no entries yet") return lastIndex(log) === 0;
  if (all !== null)
    return commitIndex === lastIndex(log) && commitIndex === (all[2] === undefined ? Number(all[1] ?? all[3]) : 2);
  const [, first, on, needs, older] =
    /^knows entry (\d+) on (.+?)(?:; it needs (.+?))?(, but the entry is of an older term)?$/.exec(text) ?? [];
  const index = Number(first);
  const counts = halves(machine, stored(machine, index));
  const quorums = counts.map(([, voters]) => Math.floor(voters / 2) + 1);
  const lacks = counts.some(([some], half) => some < quorums[half]!);
  return (
    index === commitIndex + 1 &&
    same(numbers(on ?? ""), counts) &&
    lacks === (needs !== undefined) &&
    (needs === undefined || same([...needs.matchAll(/\d+/g)].map(Number), quorums)) &&
    (lacks || (older !== undefined) === entryAt(log, index).term < term)
  );
}

const strip: readonly Reading<Seen>[] = [
  [/^Violated: (.+)\.$/, ({ world }, property) => world.violation?.property === property],
  [/^The run stops here(?:: (.+))?\.$/, ({ world }) => world.violation !== null || world.stopped !== null],
  [
    /^S(\d) leads term (\d+), and its process is paused\.$/,
    (seen, id, term) => leads(seen, id, term) && one(seen, id).status === "paused" && leaders(seen).length === 1,
  ],
  [
    /^S(\d) leads term (\d+) and (.+)\.$/,
    (seen, id, term, known) => leads(seen, id, term) && leaders(seen).length === 1 && knows(one(seen, id), known ?? ""),
  ],
  [
    /^(?:Two|\d) leaders: (.+)\.$/,
    (seen, list) =>
      same(
        [...(list ?? "").matchAll(/S(\d) of term (\d+)/g)].map(([, id, term]) => [Number(id), Number(term)]).sort(),
        leaders(seen)
          .map(({ id, raft }) => [id, raft.term])
          .sort(),
      ),
  ],
  [/^S(\d) ((?:has|knows) .+)\.$/, (seen, id, known) => knows(one(seen, id), known ?? "")],
  [
    /^(S.+) (?:is|are) down\.$/,
    ({ machines }, list) => same(idsIn(list ?? ""), ids(machines.filter(({ status }) => status === "down"))),
  ],
  [/^Nobody leads\.$/, (seen) => leaders(seen).length === 0],
  [/^(S.+) asks? who would vote\.$/, (seen, list) => same(idsIn(list ?? ""), ids(inRole(seen, "preCandidate")))],
  [
    /^S(\d)’s election timer runs out next, at (.+)\.$/,
    ({ machines }, id, at) => {
      const due = ({ clock: own, raft }: Machine) => trueTime(own, raft.timerSince + raft.timeout);
      const running = machines.filter(
        ({ id: each, status, raft: { configuration } }) =>
          status === "up" && (configuration.voters.includes(each) || configuration.outgoing.includes(each)),
      );
      const first = running.toSorted((a, b) => due(a) - due(b))[0]!;
      return first.id === Number(id) && clock(due(first)) === at && first.raft.incoming === null;
    },
  ],
  [
    /^S(\d) stands in term (\d+) with (.+)\.$/,
    (seen, id, term, votes) => {
      const { raft } = one(seen, id);
      const counts = halves(one(seen, id), (voter) => raft.votes[voter] === true);
      const told = counts.map(([some, all]) => [some, Math.floor(all / 2) + 1]);
      return (
        same(ids(inRole(seen, "candidate")), [Number(id)]) &&
        leaders(seen).length === 0 &&
        raft.term === Number(term) &&
        same(numbers(votes ?? ""), told)
      );
    },
  ],
  [
    /^Candidates are (.+)\.$/,
    (seen, list) =>
      same(
        [...(list ?? "").matchAll(/S(\d) in term (\d+)/g)].map(([, id, term]) => [Number(id), Number(term)]),
        inRole(seen, "candidate").map(({ id, raft }) => [id, raft.term]),
      ),
  ],
];

const isCut = ({ world }: Seen, from: number, to: number): boolean => !linkOf(world, from, to).up;
const others = ({ machines }: Seen, group: readonly number[]): readonly number[] =>
  ids(machines).filter((id) => !group.includes(id));
const none = (seen: Seen, from: readonly number[], to: readonly number[]): boolean =>
  from.every((a) => to.every((b) => isCut(seen, a, b)));
/** Cuts that are told of, of all that there are. */
const cutsOf = (seen: Seen): number =>
  ids(seen.machines).flatMap((a) => others(seen, [a]).filter((b) => isCut(seen, a, b))).length;

const hearing: readonly Reading<Seen>[] = [
  [/^All links are up\.$/, (seen) => cutsOf(seen) === 0],
  [/^(\d+) directed links are cut\.$/, (seen, count) => cutsOf(seen) === Number(count)],
  [
    /^Separated: (.+)$/,
    (seen, list) => {
      const sides = (list ?? "").split(" | ").map(idsIn);
      return (
        same(
          sides.flat().toSorted((a, b) => a - b),
          ids(seen.machines),
        ) && sides.every((side) => none(seen, side, others(seen, side)) && none(seen, others(seen, side), side))
      );
    },
  ],
  [
    /^(S.+) (?:is|are) cut off, both ways\.$/,
    (seen, list) => {
      const side = idsIn(list ?? "");
      return none(seen, side, others(seen, side)) && none(seen, others(seen, side), side);
    },
  ],
  [
    /^(S.+) (?:hears nobody|hear none of the others)\.$/,
    (seen, list) => none(seen, others(seen, idsIn(list ?? "")), idsIn(list ?? "")),
  ],
  [
    /^(?:Nobody hears|None of the others hears) (S.+)\.$/,
    (seen, list) => none(seen, idsIn(list ?? ""), others(seen, idsIn(list ?? ""))),
  ],
  [
    /^S(\d) and S(\d) do not hear each other\.$/,
    (seen, a, b) => isCut(seen, Number(a), Number(b)) && isCut(seen, Number(b), Number(a)),
  ],
  [
    /^S(\d) does not hear (S.+)\.$/,
    (seen, to, list) =>
      idsIn(list ?? "").every((from) => isCut(seen, from, Number(to)) && !isCut(seen, Number(to), from)),
  ],
];

const upLeader = (seen: Seen) => leaders(seen).filter(({ status }) => status === "up");
const newest = (seen: Seen) => upLeader(seen).toSorted((a, b) => b.raft.term - a.raft.term)[0];
const hints: readonly Reading<Seen>[] = [
  [/^$/, () => true],
  [/^Crash the leader, S(\d): who leads next\?$/, (seen, id) => newest(seen)?.id === Number(id)],
  [/^Play until a server leads\. Then crash it\.$/, (seen) => newest(seen) === undefined],
  [/^Write, and watch how far the entry gets\.$/, (seen) => newest(seen) !== undefined],
  [/^Cut two servers off: draw a loop around them\.$/, (seen) => cutsOf(seen) === 0 && seen.machines.length > 2],
  [/^Heal the cut, and play: who has to give way\?$/, (seen) => cutsOf(seen) > 0],
  [/^Go back in time, and do something else there\.$/, ({ world }) => world.now > 0],
  [/^Open another scenario\.$/, () => true],
];

const who: readonly Reading<Seen>[] = [
  [/^No leader$/, (seen) => leaders(seen).length === 0],
  [/^S(\d) leads term (\d+)$/, (seen, id, term) => leads(seen, id, term) && leaders(seen).length === 1],
  [/^(?:Two|\d) leaders: (.+)$/, (seen, list) => same([...idsIn(list ?? "")].sort(), [...ids(leaders(seen))].sort())],
];

test("what the page says of a moment is so", () => {
  const readers = [strip, hearing, hints, who].map((readings) => new Reader(readings));
  const [now, parted, hint, leader] = readers as [Reader<Seen>, Reader<Seen>, Reader<Seen>, Reader<Seen>];
  const sentences = (text: string): readonly string[] => text.split(/(?<=\.) (?=[A-Z])/);
  eachMoment((seen, where) => {
    const { frame } = seen;
    for (const each of sentences(nowSentence(frame))) now.hold(each, seen, where);
    for (const each of sentences(partedSentence(frame))) parted.hold(each, seen, where);
    leader.hold(leaderSentence(frame.servers), seen, where);
    const run = { frame, info: { preset: "first-election" } as RunInfo };
    for (const deed of deeds)
      hint.hold(hintFor(run, { done: deeds.filter((other) => other !== deed), theirs: false }), seen, where);
  });
  expect(readers.flatMap(({ wrong }) => [...wrong].slice(0, 8))).toEqual([]);
  expect(readers.flatMap(({ missed }) => missed)).toEqual([]);
});
