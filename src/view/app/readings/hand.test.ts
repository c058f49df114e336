import { expect, test } from "vitest";
import { dice } from "../../../check/fuzz/acts.ts";
import { newGhosts } from "../../../check/ghost.ts";
import { choiceText } from "../../../explain/choices.ts";
import { copyMoment, executeOne, type Moment, onlookersFor, unobserved } from "../../../history/moment.ts";
import { lastIndex } from "../../../raft/log.ts";
import {
  configurationOf,
  latecomers,
  type Plan,
  planOf,
  type Standing,
  type Transition,
} from "../../../store/change.ts";
import type { Act } from "../../../world/acts.ts";
import { type Enabled, enabledActs } from "../../../world/enabled.ts";
import { findPacket } from "../../../world/network.ts";
import type { Machine } from "../../../world/state/machine.ts";
import type { MessageRef, Payload } from "../../../world/state/messages.ts";
import type { World } from "../../../world/types.ts";
import { copyWorld, nextEventAt } from "../../../world/world.ts";
import { latecomersHint, type StageRow, stagesOf, transitionText } from "../../members/words.ts";
import { eachMoment, idsIn, Reader, type Reading, same } from "./fixtures.ts";

/** What may be done by hand, and what a change of members is said to lead to: held against what comes of it. */

const momentOf = (world: World): Moment => ({
  world: copyWorld(world),
  ghosts: newGhosts(world.setup.groups),
  cursor: 0,
  checked: false,
});

/** The world after the act; it stays as it is itself. */
function after(moment: Moment, act: Act): World {
  const own = copyMoment(moment);
  const { world } = own;
  own.cursor = 0;
  const order = nextEventAt(world) === world.now ? { order: world.eventsAtNow } : {};
  executeOne(own, [{ at: world.now, ...order, act }], onlookersFor(own, unobserved), unobserved);
  return world;
}

interface OfChoice {
  readonly before: World;
  readonly after: World;
  /** Of the message that is meant. */
  readonly payload: Payload | null;
  readonly ref: MessageRef | null;
}
const machineOf = ({ machines }: World, id: string | undefined): Machine =>
  machines.find((each) => each?.id === Number(id))!;
const end = (id: number): string => (id === 0 ? "C" : `S${id}`);
const range = ({ prevLogIndex, entries }: Extract<Payload, { type: "AppendEntries" }>): string =>
  entries.length === 1 ? String(prevLogIndex + 1) : `${prevLogIndex + 1}–${prevLogIndex + entries.length}`;

/** The words that there are for a message, and that it is such a one. */
function names(payload: Payload, words: string | undefined): boolean {
  switch (payload.type) {
    case "AppendEntries":
      return words === (payload.entries.length === 0 ? "heartbeat" : `AppendEntries ${range(payload)}`);
    case "Heartbeat":
      return words === "heartbeat";
    case "AppendEntriesReply":
      return words === (payload.success ? `success up to ${payload.matchIndex}` : "refusal");
    case "RequestVoteReply":
      return words === `vote ${payload.granted ? "granted" : "refused"}`;
    case "PreVoteReply":
      return words === `pre-vote ${payload.granted ? "granted" : "refused"}`;
    case "ClientRequest":
      return words?.startsWith(payload.operation.op === "session" ? "open a session" : payload.operation.op) ?? false;
    case "ClientReply":
      return words === (payload.outcome.kind === "redirect" ? "redirect" : "answer");
    case "HeartbeatReply":
      return words === "heartbeat heard";
    case "InstallSnapshot":
      return words === `InstallSnapshot ${payload.snapshot.index}`;
    default:
      return words === payload.type;
  }
}
const among = (text: string, { from, to }: Payload): boolean => text === `${end(from)}→${end(to)}`;
const hasVote = ({ id, raft: { configuration } }: Machine): boolean =>
  configuration.voters.includes(id) || configuration.outgoing.includes(id);
const statusAfter = ({ after: world }: OfChoice, id: string | undefined): string => machineOf(world, id).status;

const choices: readonly Reading<OfChoice>[] = [
  [
    /^(deliver|drop|duplicate) (.+) (\S+→\S+)$/,
    ({ before, after: world, payload, ref }, kind, words, ends) => {
      const more = world.packets.length - before.packets.length;
      return (
        payload !== null &&
        names(payload, words) &&
        among(ends!, payload) &&
        more === (kind === "duplicate" ? 1 : kind === "drop" ? -1 : more) &&
        (kind === "duplicate" || findPacket(world, ref!) === undefined)
      );
    },
  ],
  [
    /^S(\d) times out$/,
    ({ before, after: world }, id) =>
      machineOf(before, id).raft.role !== "leader" &&
      // Who has no vote does nothing then.
      (!hasVote(machineOf(before, id)) ||
        world.packets.length > before.packets.length ||
        machineOf(world, id).raft.timerSince !== machineOf(before, id).raft.timerSince ||
        machineOf(world, id).raft.role !== machineOf(before, id).raft.role ||
        machineOf(world, id).raft.timeout !== machineOf(before, id).raft.timeout),
  ],
  [/^S(\d) sends heartbeats$/, ({ before }, id) => machineOf(before, id).raft.role === "leader"],
  [
    /^S(\d) makes a snapshot$/,
    ({ before, after: world }, id) => machineOf(world, id).raft.log.base > machineOf(before, id).raft.log.base,
  ],
  [
    /^client writes at S(\d)$/,
    ({ before, after: { clients } }, id) =>
      clients.asked > before.clients.asked &&
      [...clients.open, ...clients.ended].some(
        ({ number, server, operation }) =>
          number > before.clients.asked && server === Number(id) && operation.op === "put",
      ),
  ],
  [/^crash S(\d)$/, (of, id) => statusAfter(of, id) === "down"],
  [/^restart S(\d)$/, (of, id) => statusAfter(of, id) === "up"],
  [/^pause S(\d)$/, (of, id) => statusAfter(of, id) === "paused"],
  [/^resume S(\d)$/, (of, id) => statusAfter(of, id) === "up"],
];

test("what may be done by hand does what it says", () => {
  const reader = new Reader(choices);
  let turn = 0;
  eachMoment(({ world }, where) => {
    if (turn++ % 15 > 0 || world.violation !== null || world.stopped !== null) return;
    const moment = momentOf(world);
    const inHand = { ...moment, world: after(moment, { do: "network", mode: "manual" }) };
    // Some of each kind: a list may hold hundreds.
    const offered = enabledActs(inHand.world);
    const of = (kind: Enabled["kind"]) => offered.filter((each) => each.kind === kind).slice(0, 7);
    const kinds = ["deliver", "drop", "duplicate", "timer", "process", "client"] as const;
    for (const { act } of kinds.flatMap(of)) {
      const { payload, ref } = ("message" in act && findPacket(inHand.world, act.message)) || {
        payload: null,
        ref: null,
      };
      const told = choiceText(inHand.world, act);
      reader.hold(told, { before: inHand.world, after: after(inHand, act), payload, ref }, where);
    }
  });
  expect([...reader.wrong].slice(0, 8)).toEqual([]);
  expect(reader.missed).toEqual([]);
});

interface OfPlan {
  readonly plan: Plan;
  readonly transition: Transition;
  readonly machine: Machine;
  readonly machines: readonly Machine[];
  /** The same server after the change was proposed to it. */
  readonly proposed: Machine;
}
const spoken = ({ when, voters, learners, quorum }: StageRow): string =>
  `${when}: ${voters}; ${learners}; ${quorum} must agree`;
const told = (list: readonly number[], ids: string | undefined, quorum: string | undefined): boolean =>
  same(idsIn(ids ?? ""), list) &&
  quorum === (list.length === 0 ? "nobody" : `${Math.floor(list.length / 2) + 1} of ${list.length}`);
const took = ({ plan, machine, proposed }: OfPlan): boolean =>
  plan.problem === null && proposed.raft.configurationIndex > machine.raft.configurationIndex;
const configurations = ({ machine, proposed }: OfPlan) =>
  [machine.raft.configuration, proposed.raft.configuration] as const;

const plans: readonly Reading<OfPlan>[] = [
  [
    /^now: (.*); (?:and (.+) learns?)?; (.+) must agree$/,
    (of, voters, learners, quorum) => {
      const [now] = configurations(of);
      return now.outgoing.length === 0 && told(now.voters, voters, quorum) && same(idsIn(learners ?? ""), now.learners);
    },
  ],
  [
    /^now, (old|new) half: (.*); (?:and .+ learns?)?; (.+) must agree$/,
    (of, half, voters, quorum) => {
      const [now] = configurations(of);
      return now.outgoing.length > 0 && told(half === "old" ? now.outgoing : now.voters, voters, quorum);
    },
  ],
  [
    /^joint, (old|new) half: (.*); (?:and .+ learns?)?; (.+) must agree$/,
    (of, half, voters, quorum) => {
      const [, next] = configurations(of);
      return !took(of) || told(half === "old" ? next.outgoing : next.voters, voters, quorum);
    },
  ],
  [
    /^(?:after it|once it is left): (.*); (?:and .+ learns?)?; (.+) must agree$/,
    (of, voters, quorum) => {
      const [now, next] = configurations(of);
      return told(took(of) ? next.voters : of.plan.problem !== null ? now.voters : idsIn(voters ?? ""), voters, quorum);
    },
  ],
  [
    /^The configuration is joint; the leader leaves it by itself /,
    (of) => configurations(of)[0].outgoing.length > 0 && configurations(of)[0].autoLeave,
  ],
  [
    /^The configuration is joint and stays so until you ask /,
    (of) => configurations(of)[0].outgoing.length > 0 && !configurations(of)[0].autoLeave,
  ],
  [
    /^Always joint, and left only when you ask for it/,
    (of) => !took(of) || (configurations(of)[1].outgoing.length > 0 && !configurations(of)[1].autoLeave),
  ],
  [
    /^Always joint, and left by itself|^Several servers change: joint on the way, and left by itself/,
    (of) => !took(of) || (configurations(of)[1].outgoing.length > 0 && configurations(of)[1].autoLeave),
  ],
  [
    /^One voter at a time needs no joint configuration/,
    (of) => !took(of) || configurations(of)[1].outgoing.length === 0,
  ],
  [
    /^(S.+) still lacks? committed entries: added as (?:a learner|learners) first, nobody waits/,
    ({ machine, machines }, list) =>
      idsIn(list ?? "").every((id) => {
        const late = machines.find((each) => each.id === id)!;
        const { log } = late.status === "down" ? late.disk : late.raft;
        return lastIndex(log) < machine.raft.commitIndex;
      }),
  ],
];

test("what a change of members is said to lead to comes of it", () => {
  const reader = new Reader(plans);
  const roll = dice(7);
  let turn = 0;
  eachMoment(({ world, frame, machines }, where) => {
    if (world.violation !== null || world.stopped !== null) return;
    const leader = machines.find(({ status, raft }) => status === "up" && raft.role === "leader");
    const machine = leader ?? machines.find(({ status }) => status === "up");
    if (machine === undefined) return;
    // Joint configurations are rare.
    if (turn++ % 4 > 0 && machine.raft.configuration.outgoing.length === 0) return;
    const before = configurationOf(frame.servers.find(({ id }) => id === machine.id)!);
    const standings: readonly Standing[] = ["voter", "learner", "none"];
    const transition = (["auto", "implicit", "explicit"] as const)[roll(3)]!;
    const wishes = new Map(
      Array.from({ length: roll(3) }, () => [machines[roll(machines.length)]!.id, standings[roll(3)]!] as const),
    );
    const plan = planOf(before, wishes, transition);
    const asked = before.outgoing.length > 0 ? "auto" : transition;
    const act: Act = { do: "members", server: machine.id, changes: plan.changes, transition: asked };
    const proposed = plan.problem === null ? after(momentOf(world), act) : world;
    const of = { plan, transition, machine, machines, proposed: machineOf(proposed, String(machine.id)) };
    for (const row of stagesOf(plan, transition)) reader.hold(spoken(row), of, where);
    reader.hold(transitionText(plan, transition), of, where);
    const hint = latecomersHint(latecomers(plan, frame.servers, machine.raft.commitIndex));
    if (hint !== null) reader.hold(hint, of, where);
  });
  expect([...reader.wrong].slice(0, 8)).toEqual([]);
  // Joint configurations that the leader leaves by itself do not last.
  expect(reader.missed.length).toBeLessThan(2);
});
