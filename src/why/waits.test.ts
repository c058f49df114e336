import { expect, test } from "vitest";
import type { ServerId } from "../base/units.ts";
import { runSchedule } from "../check/fuzz/schedule.ts";
import { setupFor } from "../check/fuzz/setups.ts";
import { lastIndex, termAt } from "../raft/log.ts";
import { trueTime } from "../world/clock.ts";
import type { Machine } from "../world/state/machine.ts";
import type { World } from "../world/types.ts";
import { serverWaits } from "./waits.ts";

/** What is said to be waited for, held against the state in which it is said, of fuzzed runs. */

const idsIn = (list: string): number[] => [...list.matchAll(/S(\d+)/g)].map(([, id]) => Number(id));
const clock = (at: number): string => `${(Math.floor(at / 1000) / 1000).toFixed(3)} s`;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Of each half that there is, the old one first: who agrees, and how many it has. */
function halves({ raft }: Machine, agrees: (id: ServerId) => boolean): [number, number][] {
  const { voters, outgoing } = raft.configuration;
  const lists = outgoing.length > 0 ? [outgoing, voters] : [voters];
  return lists.map((list) => [list.filter(agrees).length, list.length]);
}
const all = ({ raft }: Machine): number[] =>
  [...new Set([...raft.configuration.voters, ...raft.configuration.outgoing])].sort((a, b) => a - b);

/** "(1 of 3, 2 are needed)", "(1 of 3 in the old configuration, 2 of 2 in the new; both majorities are needed)". */
function tallied(text: string, counts: [number, number][], lacking: number | null): boolean {
  const told = [...text.matchAll(/(\d+) of (\d+)/g)].map(([, some, of]) => [Number(some), Number(of)]);
  if (!same(told, counts)) return false;
  const needed = /(\d+) (?:is|are) needed/.exec(text)?.[1];
  if (counts.length > 1) return needed === undefined && text.includes("both majorities are needed");
  const [[some, of]] = counts as [[number, number]];
  const most = Math.floor(of / 2) + 1;
  return Number(needed) === most && lacking === Math.max(0, most - some);
}

const messagesFor = ({ disk, held, raft }: Machine): number =>
  disk.pending[0]!.after.length +
  (held === null ? 0 : held.messages.length + held.messagesAfterWrite.length) +
  raft.afterWrite.length;
const matchOf = ({ raft }: Machine, of: ServerId, index: number): boolean => (raft.progress[of]?.match ?? 0) >= index;

/** When its process is freed by itself: by the end of a crash or pause, which the world has in its list. */
function freedAt({ appointments }: World, id: ServerId): string | undefined {
  for (const { at, targets } of appointments)
    if (targets.some((target) => target.on === "process" && target.server === id)) return clock(at);
  return undefined;
}

type Check = (world: World, machine: Machine, ...found: (string | undefined)[]) => boolean;
/** Every sentence is one of these; silences are the feed's, and are claimed there. */
const claims: readonly [RegExp, Check][] = [
  [
    /^S\d+ waits (?:for somebody to start it|to be started at (.+))$/,
    (world, { id, status }, at) => status === "down" && at === freedAt(world, id),
  ],
  [
    /^S\d+ waits (?:for somebody to let it run|to go on at (.+?)): (\d+) messages? waits? for it$/,
    (world, { id, status, inbox }, at, waiting) =>
      status === "paused" && at === freedAt(world, id) && Number(waiting) === inbox.length,
  ],
  [
    /^S\d+ waits for its disk, (?:which stands still|done at (.+?))(?:; (\d+) messages? waits? for it)?$/,
    (_, machine, at, waiting) => {
      const { disk } = machine;
      const stands = disk.trouble?.kind === "stalled";
      return (
        stands === (at === undefined) &&
        (stands || at === clock(disk.pending[0]!.doneAt)) &&
        Number(waiting ?? 0) === messagesFor(machine)
      );
    },
  ],
  [
    /^S\d+ waits to hear from (?:a leader|S(\d+))(?:; if it does not, its timer fires at (.+))?$/,
    (_, { raft, clock: own }, leader, at) =>
      raft.role === "follower" &&
      Number(leader ?? 0) === raft.leader &&
      (at === undefined || at === clock(trueTime(own, raft.timerSince + raft.timeout))),
  ],
  [
    /^S\d+ waits for (?:(\d+) more )?(votes?|promises? of a vote) (\(.+?\)): (.+?); otherwise its timer fires at (.+)$/,
    (_, machine, lacks, what, tally, who, at) => {
      const { raft } = machine;
      const silent = all(machine).filter((id) => raft.votes[id] === undefined);
      const counts = halves(machine, (id) => raft.votes[id] === true);
      return (
        raft.role === (what!.startsWith("vote") ? "candidate" : "preCandidate") &&
        tallied(tally!, counts, lacks === undefined ? null : Number(lacks)) &&
        same(who === "everybody has answered" ? [] : idsIn(who!), silent) &&
        at === clock(trueTime(machine.clock, raft.timerSince + raft.timeout))
      );
    },
  ],
  [
    /^entr(?:y|ies) (\d+)(?:–(\d+))? waits? for (?:(\d+) more )?disks? (\(.+?\)): (.+) ha(?:s|ve) not acknowledged (?:it|them)$/,
    (_, machine, from, to, lacks, tally, who) => {
      const first = Number(from);
      const has = (id: ServerId): boolean => matchOf(machine, id, first);
      return (
        machine.raft.role === "leader" &&
        first === machine.raft.commitIndex + 1 &&
        Number(to ?? from) === lastIndex(machine.raft.log) &&
        tallied(tally!, halves(machine, has), lacks === undefined ? null : Number(lacks)) &&
        same(
          idsIn(who!),
          all(machine).filter((id) => !has(id)),
        )
      );
    },
  ],
  [
    /^entr(?:y|ies) (\d+)(?:–\d+)? waits? for an entry of the leader's own term (\d+): there is none yet$/,
    (_, { raft }, first, term) =>
      Number(first) === raft.commitIndex + 1 &&
      Number(term) === raft.term &&
      (lastIndex(raft.log) === raft.log.base || termAt(raft.log, lastIndex(raft.log)) !== raft.term),
  ],
  [
    /^entr(?:y|ies) (\d+)(?:–\d+)? waits? for entry (\d+), the first of the leader's own term (\d+), and that for (?:(\d+) more )?disks? (\(.+?\))$/,
    (_, machine, first, index, term, lacks, tally) => {
      const { raft } = machine;
      const at = Number(index);
      return (
        Number(first) === raft.commitIndex + 1 &&
        Number(term) === raft.term &&
        termAt(raft.log, at) === raft.term &&
        (at - 1 <= raft.log.base || termAt(raft.log, at - 1) !== raft.term) &&
        tallied(
          tally!,
          halves(machine, (id) => matchOf(machine, id, at)),
          lacks === undefined ? null : Number(lacks),
        )
      );
    },
  ],
];
const silence = /sends? S\d+|does not apply|does not send|starts no election|has not applied|no snapshot/;

test("what a server is said to wait for, it waits for", () => {
  const wrong = new Set<string>();
  const reached = new Set<RegExp>();
  for (const seed of [2, 3, 5, 6, 18, 29]) {
    const hold = (world: World, machine: Machine): void => {
      for (const text of serverWaits(world, machine)) {
        const found = claims.find(([pattern]) => pattern.test(text));
        if (found === undefined) {
          if (!silence.test(text)) wrong.add(`seed ${seed}: nothing claims “${text}”`);
          continue;
        }
        reached.add(found[0]);
        const [, ...parts] = found[0].exec(text)!;
        if (!found[1](world, machine, ...parts)) wrong.add(`seed ${seed}, event ${world.events}: ${text}`);
      }
    };
    const stepped = (world: World): void => {
      for (const machine of world.machines) if (machine !== undefined) hold(world, machine);
    };
    runSchedule(setupFor(seed), seed, { ears: { stepped } });
  }
  expect([...wrong].slice(0, 5)).toEqual([]);
  expect(reached.size).toBe(claims.length);
});
