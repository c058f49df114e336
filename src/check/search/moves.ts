import type { Micros, ServerId } from "../../base/units.ts";
import {
  allVoters,
  type Configuration,
  isMember,
  membersOf,
  type SingleChange,
  type Transition,
} from "../../raft/configuration.ts";
import { lastIndex } from "../../raft/log.ts";
import { majorityOf } from "../../raft/quorum.ts";
import type { RaftMessage, Server } from "../../raft/types.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { MessageRef, Packet } from "../../world/state/messages.ts";
import type { World } from "../../world/types.ts";
import { betweenSteps, type Stage } from "./stage.ts";

/** What becomes of the answers: they arrive, are lost, or stay under way for a later step. */
type Answers = "arrive" | "lost" | "late";

/** A coarse step: what one would tell as one thing. */
export type Move =
  /** Campaigns, as often as it takes to get beyond their terms; `hearing` hear it. */
  | {
      readonly kind: "elect";
      readonly server: ServerId;
      readonly hearing: readonly ServerId[];
      /** `held`: the requests themselves stay under way. */
      readonly answers: Answers | "held";
      /** Campaigns in its next term, even if they have come as far. */
      readonly once?: true;
    }
  /** Wins a pre-vote, and nobody hears the election that follows; one more answer to the pre-vote comes late. */
  | { readonly kind: "ask"; readonly server: ServerId; readonly hearing: readonly ServerId[]; readonly late: ServerId }
  | { readonly kind: "write"; readonly server: ServerId }
  /** `held`: the request itself stays under way. `twice`: a copy of it does. */
  | {
      readonly kind: "replicate";
      readonly server: ServerId;
      readonly to: ServerId;
      readonly answers: Answers | "held" | "twice";
    }
  /** Crashes and comes back with what its disk holds. */
  | { readonly kind: "restart"; readonly server: ServerId }
  /** A request reaches the server, which crashes before it has written anything; what it has sent by then arrives. */
  | {
      readonly kind: "torn";
      readonly server: ServerId;
      readonly by: ServerId;
      readonly what: "vote" | "append" | "write";
    }
  | { readonly kind: "arrives"; readonly message: MessageRef }
  | { readonly kind: "compact"; readonly server: ServerId }
  | {
      readonly kind: "transfer";
      readonly server: ServerId;
      readonly to: ServerId;
      readonly hearing: readonly ServerId[];
    }
  | {
      readonly kind: "read";
      readonly server: ServerId;
      readonly confirming: readonly ServerId[];
      readonly answers: Answers;
    }
  | {
      readonly kind: "members";
      readonly server: ServerId;
      readonly changes: readonly SingleChange[];
      readonly transition: Transition;
    };
export type MoveKind = Move["kind"];

const voting: readonly RaftMessage["type"][] = ["PreVote", "PreVoteReply", "RequestVote", "RequestVoteReply"];
const replicating: readonly RaftMessage["type"][] = [
  ...(["AppendEntries", "AppendEntriesReply", "Heartbeat", "HeartbeatReply", "InstallSnapshot"] as const),
  ...(["ReadIndex", "ReadIndexReply", "TimeoutNow"] as const),
];
/** Deliveries within one coarse step. */
const deliveriesMost = 24;

/** Does a coarse step. `keeps`: what was under way before and may still arrive. Gives what may arrive later. */
export function perform(stage: Stage, move: Move, keeps: readonly MessageRef[]): readonly MessageRef[] {
  const { sequence } = stage.world;
  const since = (packet: Packet): boolean => packet.sequence >= sequence;
  stage.step++;
  const late = act(stage, move, since);
  const kept = [...keeps, ...late.map(({ ref }) => ref)].filter((ref) => stage.world.packets.some((p) => same(p, ref)));
  stage.keepOnly((packet) => kept.some((ref) => same(packet, ref)));
  return kept;
}

const same = ({ ref }: Packet, other: MessageRef): boolean =>
  ref.from === other.from && ref.to === other.to && ref.ordinal === other.ordinal && ref.copy === other.copy;

type Fresh = (packet: Packet) => boolean;
const nothing: readonly Packet[] = [];

function act(stage: Stage, move: Move, fresh: Fresh): readonly Packet[] {
  switch (move.kind) {
    case "elect":
      return elect(stage, move, fresh);
    case "ask":
      return ask(stage, move, fresh);
    case "write":
      return write(stage, move.server, fresh);
    case "replicate":
      return replicate(stage, move, fresh);
    case "restart":
      return restart(stage, move.server);
    case "torn":
      return torn(stage, move, fresh);
    case "arrives":
      return arrives(stage, move.message, fresh);
    case "compact":
      stage.done({ do: "compact", server: move.server }, gap(stage));
      return nothing;
    case "transfer":
      return transfer(stage, move, fresh);
    case "read":
      return read(stage, move, fresh);
    case "members":
      stage.done(
        { do: "members", server: move.server, changes: move.changes, transition: move.transition },
        gap(stage),
      );
      return nothing;
  }
}

const gap = ({ world }: Stage): Micros => betweenSteps(world.setup);

function elect(stage: Stage, move: Extract<Move, { kind: "elect" }>, fresh: Fresh): readonly Packet[] {
  const { server, hearing, answers } = move;
  let wait = gap(stage);
  const { role, term } = stage.machine(server).raft;
  if (role === "leader") {
    restart(stage, server);
    wait = 5000;
  }
  const beyond = hearing.reduce((most, id) => Math.max(most, stage.machine(id).raft.term), term);
  const times = stage.machine(server).options.preVote || move.once ? 1 : Math.min(3, Math.max(1, beyond - term + 1));
  for (let i = 0; i < times; i++) {
    stage.done({ do: "timeout", server }, i === 0 ? wait : 5000);
  }
  if (answers !== "held") return talk(stage, server, hearing, answers, fresh, voting);
  return stage.world.packets.filter(
    (each) => fresh(each) && each.ref.from === server && hearing.includes(each.ref.to) && !isOldTry(stage, each),
  );
}

/** Lets the messages of these kinds pass between a server and some others. Gives what is to arrive later. */
function talk(
  stage: Stage,
  server: ServerId,
  others: readonly ServerId[],
  answers: Answers,
  fresh: Fresh,
  types: readonly RaftMessage["type"][],
): readonly Packet[] {
  const between = ({ ref, payload, lost }: Packet): boolean =>
    lost === null &&
    types.includes(payload.type as RaftMessage["type"]) &&
    ((ref.from === server && others.includes(ref.to)) || (ref.to === server && others.includes(ref.from)));
  // The last answers are what gets lost: those that come before, of a pre-vote, arrive.
  const arrives = ({ payload, ref }: Packet): boolean =>
    answers === "arrive" || ref.from === server || payload.type === "PreVoteReply";
  for (let i = 0; i < deliveriesMost && !stage.over; i++) {
    const packet = stage.world.packets.find(
      (each) => fresh(each) && between(each) && arrives(each) && !isOldTry(stage, each),
    );
    if (packet === undefined) break;
    stage.deliver(packet);
    stage.settle();
  }
  return answers === "late"
    ? stage.world.packets.filter((each) => fresh(each) && between(each) && !arrives(each))
    : nothing;
}

/** A request of an earlier try of the same candidate. */
const isOldTry = ({ world }: Stage, { payload, ref }: Packet): boolean =>
  payload.type === "RequestVote" && payload.term < world.machines[ref.from]!.raft.term;

function write(stage: Stage, server: ServerId, fresh: Fresh): readonly Packet[] {
  const value = String(stage.world.clients.asked + 1);
  stage.do({ do: "request", operation: { op: "put", key: "x", value }, server }, gap(stage));
  const asked = stage.world.packets.find((each) => fresh(each) && each.payload.type === "ClientRequest");
  if (asked !== undefined) stage.deliver(asked);
  stage.settle();
  return nothing;
}

function replicate(stage: Stage, move: Extract<Move, { kind: "replicate" }>, fresh: Fresh): readonly Packet[] {
  const { server, to, answers } = move;
  stage.done({ do: "heartbeat", server }, gap(stage));
  const request = ({ ref, payload }: Packet): boolean =>
    ref.from === server && ref.to === to && (payload.type === "AppendEntries" || payload.type === "InstallSnapshot");
  if (answers === "held") return stage.world.packets.filter((each) => fresh(each) && request(each));
  if (answers !== "twice") return talk(stage, server, [to], answers, fresh, replicating);
  const first = stage.world.packets.find((each) => fresh(each) && request(each));
  if (first !== undefined) stage.do({ do: "duplicate", message: first.ref }, 5000, first.payload);
  const copy = stage.world.packets.find((each) => fresh(each) && request(each) && each.ref.copy > 0);
  const original = (each: Packet): boolean => fresh(each) && each !== copy;
  talk(stage, server, [to], "arrive", original, replicating);
  return copy === undefined ? nothing : [copy];
}

function restart(stage: Stage, server: ServerId, wait: Micros = gap(stage)): readonly Packet[] {
  stage.do({ do: "crash", server }, wait);
  stage.done({ do: "restart", server });
  return nothing;
}

function torn(stage: Stage, { server, by, what }: Extract<Move, { kind: "torn" }>, fresh: Fresh): readonly Packet[] {
  if (what === "write") return tornWrite(stage, server, by, fresh);
  if (what === "vote") stage.done({ do: "timeout", server: by }, gap(stage));
  else stage.done({ do: "heartbeat", server: by }, gap(stage));
  const types = what === "vote" ? voting : replicating;
  const reaches = (from: ServerId, to: ServerId): boolean => {
    const packet = stage.world.packets.find(
      (each) =>
        fresh(each) &&
        each.ref.from === from &&
        each.ref.to === to &&
        types.includes(each.payload.type as RaftMessage["type"]),
    );
    return packet !== undefined && stage.deliver(packet, 0);
  };
  if (what === "vote" || what === "append") stage.settle();
  if (!reaches(by, server)) return nothing;
  while (reaches(server, by) && !stage.over);
  restart(stage, server, 0);
  return nothing;
}

/** A leader takes a command, one other gets it, and the leader crashes before its own disk has it. */
function tornWrite(stage: Stage, server: ServerId, by: ServerId, fresh: Fresh): readonly Packet[] {
  const value = String(stage.world.clients.asked + 1);
  stage.do({ do: "request", operation: { op: "put", key: "x", value }, server }, gap(stage));
  const asked = stage.world.packets.find((each) => fresh(each) && each.payload.type === "ClientRequest");
  if (asked !== undefined) stage.deliver(asked);
  const sent = stage.world.packets.find((each) => fresh(each) && each.ref.from === server && each.ref.to === by);
  if (sent !== undefined) stage.deliver(sent, 0);
  restart(stage, server, 0);
  return nothing;
}

/** And so does what it is answered. */
function arrives(stage: Stage, message: MessageRef, fresh: Fresh): readonly Packet[] {
  const packet = stage.world.packets.find((each) => same(each, message));
  if (packet !== undefined) stage.deliver(packet, gap(stage));
  stage.settle();
  const { from, to } = message;
  const answer = (each: Packet): boolean => fresh(each) && each.ref.from === to && each.ref.to === from;
  const answered = stage.world.packets.find((each) => answer(each) && each.payload.type.endsWith("Reply"));
  if (answered !== undefined) stage.deliver(answered);
  stage.settle();
  return nothing;
}

function ask(stage: Stage, { server, hearing, late }: Extract<Move, { kind: "ask" }>, fresh: Fresh): readonly Packet[] {
  stage.done({ do: "timeout", server }, gap(stage));
  talk(stage, server, [late], "late", fresh, ["PreVote"]);
  talk(stage, server, hearing, "arrive", fresh, ["PreVote", "PreVoteReply"]);
  return stage.world.packets.filter(
    (each) => fresh(each) && each.payload.type === "PreVoteReply" && each.ref.from === late,
  );
}

function transfer(stage: Stage, move: Extract<Move, { kind: "transfer" }>, fresh: Fresh): readonly Packet[] {
  const { server, to, hearing } = move;
  stage.done({ do: "transfer", server, to }, gap(stage));
  talk(stage, server, [to], "arrive", fresh, replicating);
  return talk(stage, to, hearing, "arrive", fresh, voting);
}

function read(stage: Stage, move: Extract<Move, { kind: "read" }>, fresh: Fresh): readonly Packet[] {
  const { server, confirming, answers } = move;
  stage.do({ do: "request", operation: { op: "get", key: "x" }, server }, gap(stage));
  const asked = stage.world.packets.find((each) => fresh(each) && each.payload.type === "ClientRequest");
  if (asked !== undefined) stage.deliver(asked);
  stage.settle();
  const late = talk(stage, server, confirming, answers, fresh, replicating);
  const answer = stage.world.packets.find((each) => fresh(each) && each.payload.type === "ClientReply");
  if (answer !== undefined) stage.deliver(answer);
  return late;
}

// ---- what may be done next ----------------------------------------------------------------------------------

/** Which coarse steps a search takes. */
export interface Repertoire {
  readonly kinds: readonly MoveKind[];
  /** Answers that get lost, or come late; requests that are held up or doubled. */
  readonly lost: boolean;
  readonly late: boolean;
  readonly joint: boolean;
}
export interface Bounds {
  readonly terms: number;
  readonly entries: number;
  /** Messages under way that may arrive later. */
  readonly late: number;
}

/** Everything that may be done in this state, in an order that does not depend on chance. */
export function movesFrom(world: World, repertoire: Repertoire, bounds: Bounds, late: readonly MessageRef[]): Move[] {
  const machines = world.machines.filter(Boolean);
  const mayBeLate = repertoire.late && late.length < bounds.late;
  const outcomes: Answers[] = [
    "arrive",
    ...(repertoire.lost ? (["lost"] as const) : []),
    ...(mayBeLate ? (["late"] as const) : []),
  ];
  const all: Move[] = [];
  const has = (kind: MoveKind): boolean => repertoire.kinds.includes(kind);
  for (const machine of machines) {
    const { id: server, raft } = machine;
    const leads = raft.role === "leader";
    const full = lastIndex(raft.log) >= bounds.entries;
    if (has("elect") && raft.term < bounds.terms) all.push(...electionsOf(machines, machine, outcomes, bounds));
    if (has("restart")) all.push({ kind: "restart", server });
    if (has("compact") && raft.lastApplied > raft.log.base) all.push({ kind: "compact", server });
    if (has("read")) all.push(...readsAt(machines, machine, outcomes));
    if (has("torn")) all.push(...tears(machines, machine, full));
    if (!leads) continue;
    if (has("write") && !full) all.push({ kind: "write", server });
    if (has("replicate")) all.push(...replications(machines, machine, outcomes, mayBeLate));
    if (has("members") && !full) all.push(...changesAt(machines, machine, repertoire.joint));
    if (has("transfer")) all.push(...transfers(machine));
  }
  for (const message of late) all.push({ kind: "arrives", message });
  return all;
}

const knownElections = new WeakMap<Configuration, Map<number, readonly Move[]>>();

/** They follow from little, which most states share: the lists are made once for each configuration. */
function electionsOf(
  machines: readonly Machine[],
  { id: server, raft, options }: Machine,
  outcomes: readonly Answers[],
  bounds: Bounds,
): readonly Move[] {
  const { configuration, term } = raft;
  let tooFar = 0;
  let ahead = 0;
  for (const other of machines) {
    if (other.raft.term >= bounds.terms) tooFar |= 1 << other.id;
    else if (other.raft.term > term) ahead |= 1 << other.id;
  }
  const known = knownElections.get(configuration) ?? new Map<number, readonly Move[]>();
  knownElections.set(configuration, known);
  const others = allVoters(configuration).filter((id) => id !== server && ((tooFar >> id) & 1) === 0);
  const behind = others.some((id) => ((ahead >> id) & 1) === 1);
  // Two flags for the outcomes, one each for the rest; no server's number needs more than four bits.
  const flags = (outcomes.includes("lost") ? 1 : 0) + (outcomes.includes("late") ? 2 : 0) + (behind ? 4 : 0);
  const key = (tooFar * 16 + server) * 16 + flags + (options.preVote ? 8 : 0);
  const found = known.get(key) ?? elections(configuration, server, others, outcomes, behind, options.preVote);
  known.set(key, found);
  return found;
}

/** Who hears a candidate: as few as can elect it. Where answers get lost, one is enough to matter. */
function elections(
  configuration: Configuration,
  server: ServerId,
  others: readonly ServerId[],
  outcomes: readonly Answers[],
  behind: boolean,
  preVote: boolean,
): Move[] {
  const elect = (hearing: readonly ServerId[], answers: Answers): Move => ({ kind: "elect", server, hearing, answers });
  const won = electorates(configuration, server, others).map((hearing) => elect(hearing, "arrive"));
  const heard = outcomes.slice(1).flatMap((answers) => others.map((id) => elect([id], answers)));
  if (!outcomes.includes("late")) return [...won, ...heard];
  const held = others.map((id): Move => ({ kind: "elect", server, hearing: [id], answers: "held" }));
  const once = behind ? won.map((move): Move => (move.kind === "elect" ? { ...move, once: true } : move)) : [];
  return [...won, ...heard, ...held, ...once, ...(preVote ? asking(server, others) : [])];
}

/** Pre-votes that one hears in time and one more too late. */
const asking = (server: ServerId, others: readonly ServerId[]): Move[] =>
  others.flatMap((id) =>
    others.flatMap((late): Move[] => (late === id ? [] : [{ kind: "ask", server, hearing: [id], late }])),
  );

/** The smallest groups of others that make a majority with the server, of both halves of a joint configuration or of one. */
function electorates({ voters, outgoing }: Configuration, server: ServerId, others: readonly ServerId[]): ServerId[][] {
  const majority = (half: readonly ServerId[], group: readonly ServerId[]): boolean =>
    half.filter((id) => id === server || group.includes(id)).length >= majorityOf(half.length);
  const both = (group: readonly ServerId[]): boolean =>
    majority(voters, group) && (outgoing.length === 0 || majority(outgoing, group));
  const enough =
    outgoing.length === 0
      ? [both]
      : [both, (g: readonly ServerId[]) => majority(voters, g), (g: readonly ServerId[]) => majority(outgoing, g)];
  const groups = subsets(others).filter((group) =>
    enough.some((wins) => wins(group) && group.every((id) => !wins(group.filter((other) => other !== id)))),
  );
  return voters.length === 2 && !groups.some((group) => group.length === 0) ? [[], ...groups] : groups;
}

function subsets(ids: readonly ServerId[]): ServerId[][] {
  return Array.from({ length: 1 << ids.length }, (_, bits) => ids.filter((_id, i) => (bits >> i) & 1));
}

function replications(
  machines: readonly Machine[],
  { id: server, raft }: Machine,
  outcomes: readonly Answers[],
  mayBeLate: boolean,
): Move[] {
  const modes = [...outcomes, ...(mayBeLate ? (["held", "twice"] as const) : [])];
  const others = membersOf(raft.configuration).filter((id) => id !== server && !upToDate(raft, machines, id));
  return others.flatMap((to) => modes.map((answers): Move => ({ kind: "replicate", server, to, answers })));
}

/** The leader knows that it has everything, and it knows what is committed: another round tells nobody anything. */
function upToDate({ progress, log, term, commitIndex }: Server, machines: readonly Machine[], id: ServerId): boolean {
  const other = machines.find((machine) => machine.id === id)?.raft;
  if (other === undefined) return true;
  return (
    progress[id]?.match === lastIndex(log) &&
    other.term === term &&
    other.commitIndex === commitIndex &&
    other.role === "follower"
  );
}

function readsAt(machines: readonly Machine[], { id: server, raft }: Machine, outcomes: readonly Answers[]): Move[] {
  const others = machines.filter(({ id }) => id !== server && isMember(raft.configuration, id)).map(({ id }) => id);
  const confirming = [[], ...others.map((id) => [id])];
  return confirming.flatMap((those) =>
    (those.length === 0 ? (["arrive"] as const) : outcomes).map(
      (answers): Move => ({ kind: "read", server, confirming: those, answers }),
    ),
  );
}

function tears(machines: readonly Machine[], { id: server, raft }: Machine, full: boolean): Move[] {
  return machines.flatMap(({ id: by, raft: other }): Move[] => {
    if (by === server) return [];
    if (raft.role === "leader") return full ? [] : [{ kind: "torn", server, by, what: "write" }];
    return [{ kind: "torn", server, by, what: other.role === "leader" ? "append" : "vote" }];
  });
}

function transfers({ id: server, raft }: Machine): Move[] {
  const others = membersOf(raft.configuration).filter((id) => id !== server);
  return others.map(
    (to): Move => ({ kind: "transfer", server, to, hearing: [server, ...others.filter((id) => id !== to)] }),
  );
}

function changesAt(machines: readonly Machine[], { id: server, raft }: Machine, joint: boolean): Move[] {
  const { configuration } = raft;
  const single = machines.map(
    ({ id }): SingleChange => ({ type: configuration.voters.includes(id) ? "remove" : "add", server: id }),
  );
  const change = (changes: readonly SingleChange[], transition: Transition): Move => ({
    kind: "members",
    server,
    changes,
    transition,
  });
  if (!joint) return single.map((one) => change([one], "auto"));
  if (configuration.outgoing.length > 0) return [change([], "auto")];
  const pairs = single.flatMap((one, i) => single.slice(i + 1).map((two) => change([one, two], "explicit")));
  return [...single.map((one) => change([one], "explicit")), ...pairs];
}
