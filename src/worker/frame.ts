import type { GroupId, LogIndex, Micros, ServerId } from "../base/units.ts";
import { isHeartbeat, messageFields, messageSummary, proposalText, requestSummary } from "../explain/messages.ts";
import type { History } from "../history/history.ts";
import { allVoters, configurationText, isLearner, isVoter, membersOf } from "../raft/configuration.ts";
import { entryAt, lastIndex, type RaftLog, sameUpTo } from "../raft/log.ts";
import type { RaftOptions } from "../raft/options.ts";
import type { Progress } from "../raft/progress.ts";
import type { Server } from "../raft/types.ts";
import { refName } from "../scenario/names.ts";
import { localTime, trueTime } from "../world/clock.ts";
import { cutLinks, linkOf, progressOf, serverIds } from "../world/network.ts";
import { readsBy } from "../world/operations.ts";
import { forReplicas, replicaOf } from "../world/replicas.ts";
import { sizeOf } from "../world/sizes.ts";
import { optionsThatDiffer, pickOptions, startOptions } from "../world/start-options.ts";
import type { Request } from "../world/state/clients.ts";
import type { Machine } from "../world/state/machine.ts";
import type { Packet, Payload } from "../world/state/messages.ts";
import type { World } from "../world/types.ts";
import { doing } from "./doing.ts";
import { leaseView } from "./lease.ts";
import type { ClientsView, RequestView } from "./protocol/clients.ts";
import type { Frame, Viewport } from "./protocol/frame.ts";
import type { LostView, MessageView } from "./protocol/message.ts";
import type { ClockView, LogCell, ProgressView, ServerView } from "./protocol/server.ts";
import { readViews } from "./reads.ts";

const tailLength = 8;
const storePairsMost = 50;
const endedRequestsShown = 6;
/** Beyond so many nobody could tell one from another, and the page would choke. */
const messagesMost = 500;
const openRequestsMost = 200;
const entryTermsMost = 8;

/** Who tells what is wrong in a world. */
export type Teller = Pick<typeof import("./faults.ts"), "activeFaults" | "runningNemeses">;
/** For a run in which nothing can be wrong. */
export const calm: Teller = { activeFaults: () => [], runningNemeses: () => [] };

/** The present moment as the page draws it. Costs no more for a long run than for a short one. */
export function frameOf(
  history: History,
  viewport: Viewport,
  { activeFaults, runningNemeses }: Teller,
  strayed: Micros | null = null,
): Frame {
  const { world, place, current } = history;
  const next = history.nextAt();
  const group = groupShown(history, viewport);
  return {
    position: place,
    nextAt: next === Number.POSITIVE_INFINITY ? null : next,
    end: { at: Math.max(current.end.at, current.reach), event: current.end.event },
    mode: world.mode,
    groupCount: world.setup.groups,
    group,
    longestTimeout: longestTimeout(world),
    servers: serverIds(world).map((id) => serverView(world, replicaOf(world, id, group)!, viewport)),
    messages: packetsShown(world, group).map(messageView),
    messagesLeftOut: Math.max(0, world.packets.length - messagesMost),
    lost: lostViews(world),
    cuts: cutLinks(world),
    groups: groupsOf(world),
    requests: requestsShown(world).map(requestView),
    loadPerSecond: world.clients.load.perSecond,
    clients: clientsView(world, group),
    faults: activeFaults(world),
    nemeses: runningNemeses(world),
    outside: world.outside,
    violation: world.violation && { ...world.violation, at: world.now },
    stopped: world.stopped,
    branch: current.id,
    strayed,
    hash: history.hash(),
  };
}

/** A page may still look at a group of the run before this one. */
export const groupShown = ({ setup }: Pick<History, "setup">, { group = 1 }: Viewport): GroupId =>
  Math.min(Math.max(1, group), setup.groups);

const longestTimeout = ({ machines }: World): Micros =>
  machines.reduce((most, machine) => Math.max(most, machine?.options.electionTimeoutMax ?? 0), 0);

// ---- servers ------------------------------------------------------------------------------------------------

function serverView(world: World, machine: Machine, viewport: Viewport): ServerView {
  const { raft, disk, status, clock, options } = machine;
  const running = status === "up" && world.mode === "automatic";
  // A crash leaves what the disk holds.
  const { log, term, votedFor } = status === "down" ? disk : raft;
  const last = lastIndex(log);
  const cellsFrom = Math.max(log.base + 1, viewport.logFrom);
  return {
    id: machine.id,
    clock: clockView(world, machine),
    leads: groupsLed(world, machine.id),
    status,
    role: raft.role,
    term,
    votedFor,
    leader: raft.leader,
    commitIndex: Math.min(raft.commitIndex, last),
    lastApplied: Math.min(raft.lastApplied, last),
    lastIndex: last,
    base: log.base,
    baseTerm: log.baseTerm,
    member: memberKind(raft),
    configuration: configurationText(raft.configuration),
    outgoing: raft.configuration.outgoing,
    learners: raft.configuration.learners,
    learnersNext: raft.configuration.learnersNext,
    autoLeave: raft.configuration.autoLeave,
    transferee: raft.transferee,
    electionDueAt: running && raft.role !== "leader" ? trueTime(clock, raft.timerSince + raft.timeout) : null,
    electionTimeout: raft.timeout,
    heartbeatDueAt:
      running && raft.role === "leader" ? trueTime(clock, raft.heartbeatSince + options.heartbeatInterval) : null,
    votes: raft.role === "candidate" || raft.role === "preCandidate" ? votesOf(raft) : null,
    voters: allVoters(raft.configuration),
    progress: raft.role === "leader" ? progressRows(world, machine) : null,
    reads: readViews(machine),
    lease: leaseView(world, machine),
    changed: changedOptions(world, machine),
    disk: {
      term: disk.term,
      votedFor: disk.votedFor,
      lastIndex: lastIndex(disk.log),
      durable: durableUpTo(log, disk.log),
      pending: disk.pending.length,
      doneAt: disk.pending[0]?.doneAt ?? null,
      waiting: waitingFor(machine),
    },
    doing: doing(machine),
    tail: cells(log, Math.max(log.base + 1, last - tailLength + 1), last),
    cellsFrom,
    cells: cells(log, cellsFrom, Math.min(last, cellsFrom + viewport.logCount - 1)),
    store: [...machine.store.data].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, storePairsMost),
  };
}

/** Where nobody has changed anything, no option is compared. */
function changedOptions({ setup }: World, { id, options, atStart }: Machine): ServerView["changed"] {
  const start = startOptions(setup, id);
  if (options === start && atStart === null) return null;
  const differing = (from: RaftOptions, than: RaftOptions) => pickOptions(from, optionsThatDiffer(from, than));
  return { options: differing(options, start), later: atStart === null ? {} : differing(atStart, options) };
}

function groupsLed(world: World, server: ServerId): GroupId[] {
  const led: GroupId[] = [];
  forReplicas(world, server, ({ group, raft, status }) => {
    if (status !== "down" && raft.role === "leader") led.push(group);
  });
  return led;
}

/** Up to where both are the same: the hashes of prefixes tell. */
function durableUpTo(log: RaftLog, disk: RaftLog): LogIndex {
  const least = Math.max(log.base, disk.base);
  let index = Math.min(lastIndex(log), lastIndex(disk));
  while (index > least && !sameUpTo(log, disk, index)) index--;
  return index;
}

/** Messages that leave once the disk has written what they promise. */
function waitingFor({ held, disk, raft }: Machine): number {
  const behind = disk.pending.reduce((sum, { after }) => sum + after.length, 0);
  const kept = held === null ? 0 : held.messages.length + held.messagesAfterWrite.length;
  return behind + kept + raft.outbox.length + raft.afterWrite.length;
}

const votesOf = (raft: Server): { server: ServerId; granted: boolean }[] =>
  allVoters(raft.configuration).flatMap((server) => {
    const granted = raft.votes[server];
    return granted === undefined ? [] : [{ server, granted }];
  });

const progressRows = (world: World, machine: Machine): ProgressView[] =>
  membersOf(machine.raft.configuration).flatMap((server) => {
    const progress = machine.raft.progress[server];
    return progress === undefined || server === machine.id ? [] : [progressRow(world, machine, server, progress)];
  });

/** With a window, everything that was sent ahead of the answers is under way. */
function progressRow(world: World, machine: Machine, server: ServerId, progress: Progress): ProgressView {
  const { next, match, state, pendingSnapshot, inflight } = progress;
  const outstanding = state === "replicate" ? (inflight.at(-1)?.index ?? 0) : progress.outstanding;
  const snapshotPercent = state === "snapshot" ? percentOnWay(world, machine, server) : null;
  return { server, next, match, outstanding, state, inflight: inflight.length, pendingSnapshot, snapshotPercent };
}

/** Of the snapshot on its way from a leader to a follower. */
function percentOnWay({ packets, now }: World, { id, group }: Machine, to: ServerId): number | null {
  const packet = packets.find(
    (each) =>
      each.payload.type === "InstallSnapshot" && each.ref.from === id && each.ref.to === to && each.group === group,
  );
  return packet === undefined ? null : Math.floor(100 * progressOf(packet, now));
}

/** Null for a clock that is true. */
function clockView({ now }: World, { clock }: Machine): ClockView | null {
  const ahead = localTime(clock, now) - now;
  return ahead === 0 && clock.drift === 0 ? null : { ahead, drift: clock.drift };
}

function memberKind({ id, configuration }: Server): ServerView["member"] {
  if (isVoter(configuration, id)) return "voter";
  return isLearner(configuration, id) ? "learner" : "none";
}

function cells(log: RaftLog, first: LogIndex, last: LogIndex): LogCell[] {
  const row: LogCell[] = [];
  for (let index = first; index <= last; index++) {
    const entry = entryAt(log, index);
    row.push({ term: entry.term, text: proposalText(entry) });
  }
  return row;
}

const requestsShown = ({ clients: { ended, open } }: World): Request[] => [
  ...ended.slice(-endedRequestsShown),
  ...open.slice(-openRequestsMost),
];

// ---- messages -----------------------------------------------------------------------------------------------

/** Where there are too many, those of the group that is shown, and that arrive soonest. */
function packetsShown({ packets }: World, group: GroupId): readonly Packet[] {
  if (packets.length <= messagesMost) return packets;
  const own = packets.filter((packet) => packet.group === group).slice(0, messagesMost);
  const others = packets.filter((packet) => packet.group !== group).slice(0, messagesMost - own.length);
  return [...own, ...others];
}

function messageView({ ref, group, payload, sentAt, arrivesAt, dueAt, lost }: Packet): MessageView {
  const entries = payload.type === "AppendEntries" ? payload.entries : [];
  return {
    id: refName(ref),
    ref,
    kind: payload.type,
    group,
    from: ref.from,
    to: ref.to,
    term: "term" in payload ? payload.term : 0,
    sentAt,
    arrivesAt,
    dueAt,
    lost,
    yes: saysYes(payload),
    bytes: sizeOf(payload),
    entryTerms: entries.slice(0, entryTermsMost).map(({ term }) => term),
    entryCount: entries.length,
    heartbeat: isHeartbeat(payload),
    round: "round" in payload ? payload.round : 0,
    summary: messageSummary(payload),
    fields: messageFields(payload),
  };
}

function saysYes(payload: Payload): boolean | null {
  switch (payload.type) {
    case "RequestVoteReply":
    case "PreVoteReply":
      return payload.granted;
    case "AppendEntriesReply":
      return payload.success;
    case "ClientReply":
      return payload.outcome.kind === "done";
    case "HeartbeatReply":
    case "ReadIndexReply":
      return true;
    default:
      return null;
  }
}

/** A lost message is told of for twice as long as it would have flown, and not beyond the end of the cut that took it. */
const lostViews = (world: World): LostView[] =>
  world.lost
    .map(({ packet, at }) => ({ packet, at, until: at + 2 * (packet.arrivesAt - packet.sentAt) }))
    .filter(({ packet, until }) => until >= world.now && !isHealed(world, packet))
    .map(({ packet, at, until }) => ({ message: messageView(packet), at, until, where: progressOf(packet, at) }));

const isHealed = (world: World, { ref, lost }: Packet): boolean => lost === "cut" && linkOf(world, ref.from, ref.to).up;

/** Servers that reach each other both ways, directly or through others, are one group. */
function groupsOf(world: World): ServerId[][] {
  const groups: ServerId[][] = [];
  const left = new Set(serverIds(world));
  for (const first of left) {
    const group = [first];
    left.delete(first);
    for (const here of group) {
      for (const there of left) {
        if (!linkOf(world, here, there).up || !linkOf(world, there, here).up) continue;
        group.push(there);
        left.delete(there);
      }
    }
    groups.push(group.sort((a, b) => a - b));
  }
  return groups;
}

const requestView = (request: Request): RequestView => {
  const { number, client, group, operation, askedAt, server, state, until, value } = request;
  return { number, client, group, operation, askedAt, server, state, until, value, summary: requestSummary(request) };
};

const clientsView = ({ clients, setup, options }: World, group: GroupId): ClientsView => ({
  settings: setup.clients,
  load: clients.load,
  reads: readsBy(options),
  each: clients.each.filter(Boolean).map(({ id, leaders, sessions }) => ({
    id,
    leader: leaders[group] ?? 0,
    session: sessions[group]?.id ?? 0,
    opening: (sessions[group]?.opening ?? 0) !== 0,
    sequence: sessions[group]?.asked ?? 0,
    open: clients.open.filter(({ client }) => client === id).length,
  })),
  operations: clients.operations.list.length,
});
