import { expect, test } from "vitest";
import { runSchedule } from "../../../check/fuzz/schedule.ts";
import { setupFor } from "../../../check/fuzz/setups.ts";
import { History } from "../../../history/history.ts";
import { type Moment, unobserved } from "../../../history/moment.ts";
import { Rerun } from "../../../history/rerun.ts";
import { finish } from "../../../history/work.ts";
import { Diagrams } from "../../../worker/diagram.ts";
import type { Diagram } from "../../../worker/protocol/diagram.ts";
import type { Mark } from "../../../worker/protocol/run.ts";
import { timelineOf } from "../../../worker/timeline.ts";
import type { Machine } from "../../../world/state/machine.ts";
import type { MessageRef } from "../../../world/state/messages.ts";
import type { World } from "../../../world/types.ts";
import { flightFate, flightName, signWords } from "../../diagram/words.ts";
import { clock, Reader, type Reading, same } from "./fixtures.ts";

/** What the diagram and the timeline say of a moment, held against the world just after it. */

interface After {
  readonly world: World;
}
const one = ({ world }: After, id: string | undefined): Machine => world.machines[Number(id)] as Machine;
/** Whether that server has just given the other such an answer: it is on its way, or lost, or its disk has to write first. */
const answered = ({ world }: After, from: string | undefined, to: string | undefined, yes: boolean): boolean =>
  [...world.packets, ...world.lost.map(({ packet }) => packet)].some(
    ({ ref, payload }) =>
      ref.from === Number(from) &&
      ref.to === Number(to) &&
      (("granted" in payload && payload.granted === yes) || ("success" in payload && payload.success === yes)),
  ) || one({ world }, from).disk.pending.length > 0;

const signs: readonly Reading<After>[] = [
  [
    /^S(\d) campaigns in term (\d+)$/,
    (after, id, term) => {
      const { raft } = one(after, id);
      return raft.term === Number(term) && raft.votedFor === Number(id) && raft.role !== "preCandidate";
    },
  ],
  [/^S(\d) asks who would vote for it$/, (after, id) => one(after, id).raft.role !== "follower"],
  [
    /^S(\d) is elected in term (\d+)$/,
    (after, id, term) => one(after, id).raft.role === "leader" && one(after, id).raft.term === Number(term),
  ],
  [
    /^S(\d) steps down at a message of term (\d+) from S(\d)$/,
    (after, id, term) => one(after, id).raft.role === "follower" && one(after, id).raft.term >= Number(term),
  ],
  [/^S(\d) votes for S(\d)$/, (after, id, to) => one(after, id).raft.votedFor === Number(to)],
  [/^S(\d) would vote for S(\d)$/, (after, id, to) => answered(after, id, to, true)],
  [/^S(\d) refuses S(\d)$/, (after, id, to) => answered(after, id, to, false)],
  [/^S(\d) commits entry (\d+)$/, (after, id, index) => one(after, id).raft.commitIndex >= Number(index)],
  [
    /^S(\d) (?:makes|installs) a snapshot up to entry (\d+)$/,
    (after, id, index) => {
      const { raft } = one(after, id);
      return raft.log.base >= Number(index) || raft.incoming?.snapshot.index === Number(index);
    },
  ],
  [/^S(\d) crashes$/, (after, id) => one(after, id).status === "down"],
  [/^S(\d) starts again$/, (after, id) => one(after, id).status === "up"],
];

const marks: readonly Reading<After>[] = [
  [
    /^S(\d) leads term (\d+)$/,
    (after, id, term) => one(after, id).raft.role === "leader" && one(after, id).raft.term === Number(term),
  ],
  [
    /^entry (\d+) committed$/,
    ({ world }, index) => world.machines.some((machine) => (machine?.raft.commitIndex ?? 0) >= Number(index)),
  ],
];

/** When a message came or vanished, by what is under way. */
class Under {
  private here = new Map<string, true>();
  readonly ended = new Map<string, { readonly at: number; readonly lost: boolean }>();
  look({ packets, lost, now }: World): void {
    const next = new Map<string, true>();
    for (const { ref } of packets) next.set(nameOf(ref), true);
    const gone = new Set(lost.map(({ packet }) => nameOf(packet.ref)));
    for (const name of this.here.keys()) if (!next.has(name)) this.ended.set(name, { at: now, lost: gone.has(name) });
    this.here = next;
  }
  fate(name: string): string {
    const end = this.ended.get(name);
    if (end === undefined) return "under way";
    return `${end.lost ? "lost" : "arrived"} at ${clock(end.at)}`;
  }
}
const nameOf = ({ from, to, ordinal, copy }: MessageRef): string => `${from}>${to}#${ordinal}.${copy}`;

function pictured(seed: number) {
  const setup = setupFor(seed);
  const { actions, end } = runSchedule(setup, seed);
  const history = new History(setup, actions, end);
  history.advance(end);
  const diagrams = new Diagrams(history);
  const drawn: Diagram[] = [];
  for (let from = 0; from < end; from += 250_000)
    drawn.push(finish(diagrams.of({ from, to: Math.min(end, from + 249_999), group: 1, width: 1000, disks: false })));
  return { history, drawn, marks: timelineOf(history).marks };
}

const byEvent = <Each extends { readonly event: number }>(
  list: readonly Each[],
): ReadonlyMap<number, readonly Each[]> => {
  const found = new Map<number, Each[]>();
  for (const each of list) found.set(each.event, [...(found.get(each.event) ?? []), each]);
  return found;
};

test("what the diagram and the timeline say is so", () => {
  const sign = new Reader(signs);
  const mark = new Reader(marks);
  const fates: string[] = [];
  for (const seed of [3, 32, 65, 105]) {
    const { history, drawn, marks: told } = pictured(seed);
    const under = new Under();
    const signsAt = byEvent(drawn.flatMap((each) => each.signs.filter(({ count }) => count === 1)));
    const marksAt = byEvent(told.filter(({ kind }: Mark) => kind === "election" || kind === "commit"));
    const after = ({ world }: Moment): void => {
      under.look(world);
      const where = `seed ${seed}, event ${world.events}`;
      for (const each of signsAt.get(world.events) ?? []) sign.hold(signWords(each), { world }, where);
      for (const each of marksAt.get(world.events) ?? []) mark.hold(each.label, { world }, where);
    };
    finish(new Rerun(history).known({ ...unobserved, after, forget: () => {} }));
    const shown = history.world.now;
    for (const { messages, kinds } of drawn)
      for (const flight of messages) {
        const [, , , , from, to, ordinal, copy] = flight;
        const fate = flightFate(flight, shown);
        const real = under.fate(nameOf({ from, to, ordinal, copy }));
        if (!same(fate, real)) fates.push(`seed ${seed}: ${flightName(kinds, flight)}: ${fate}, not ${real}`);
      }
  }
  expect([...sign.wrong].slice(0, 8)).toEqual([]);
  expect([...mark.wrong].slice(0, 8)).toEqual([]);
  expect(fates.slice(0, 8)).toEqual([]);
  expect([...sign.missed, ...mark.missed]).toEqual([]);
});
