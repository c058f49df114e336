import type { GroupId, LogIndex, Micros, Ppm, ServerId, Term } from "../../base/units.ts";
import { linearizable } from "../../check/linearizability/linearizable.ts";
import type { Verdict } from "../../check/linearizability/search.ts";
import { allVoters, configurationText } from "../../raft/configuration.ts";
import type { Command } from "../../raft/entry.ts";
import { entryAt, lastIndex, type RaftLog, termAt } from "../../raft/log.ts";
import type { RaftOptions } from "../../raft/options.ts";
import type { Progress } from "../../raft/progress.ts";
import { majorityOf } from "../../raft/quorum.ts";
import type { Role } from "../../raft/types.ts";
import { localTime } from "../../world/clock.ts";
import { operationsOf } from "../../world/operations.ts";
import { replicaOf } from "../../world/replicas.ts";
import { answerOf } from "../../world/sessions.ts";
import type { RequestState } from "../../world/state/clients.ts";
import type { KvCommand, Operation } from "../../world/state/commands.ts";
import type { CarriedSnapshot, Machine } from "../../world/state/machine.ts";
import type { Packet } from "../../world/state/messages.ts";
import type { World } from "../../world/types.ts";

/** Says what is wrong with a world, null if nothing is. */
export type Claim = (world: World) => string | null;

/** All of them hold. */
export const every =
  (...claims: readonly Claim[]): Claim =>
  (world) => {
    for (const claim of claims) {
      const wrong = claim(world);
      if (wrong !== null) return wrong;
    }
    return null;
  };

/** The same of several servers. */
export const each = (ids: readonly ServerId[], claimOf: (id: ServerId) => Claim): Claim => every(...ids.map(claimOf));

/** Of one of several groups: the claim sees the machines' part in it and its messages, as if there were no other. */
export const inGroup =
  (group: GroupId, claim: Claim): Claim =>
  (world) => {
    const machines: Machine[] = [];
    for (const { id } of world.setup.servers) machines[id] = replicaOf(world, id, group)!;
    const wrong = claim({ ...world, machines, packets: world.packets.filter((packet) => packet.group === group) });
    return wrong && `group ${group}: ${wrong}`;
  };

function machineOf(world: World, id: ServerId): Machine {
  const machine = world.machines[id];
  if (machine === undefined) throw new Error(`there is no S${id}`);
  return machine;
}

/** A claim about one server: what is seen, and what was said. */
const about =
  (id: ServerId, what: string, said: unknown, see: (machine: Machine, world: World) => unknown): Claim =>
  (world) => {
    const seen = JSON.stringify(see(machineOf(world, id), world));
    const expected = JSON.stringify(said);
    return seen === expected ? null : `S${id}: ${what} is ${seen}, not ${expected}`;
  };

const runs = (id: ServerId): Claim => about(id, "status", "up", ({ status }) => status);
const plays = (id: ServerId, role: Role, term: Term): Claim =>
  every(
    runs(id),
    about(id, "role", role, ({ raft }) => raft.role),
    about(id, "term", term, ({ raft }) => raft.term),
  );
export const leads = (id: ServerId, term: Term): Claim => plays(id, "leader", term);
export const stands = (id: ServerId, term: Term): Claim => plays(id, "candidate", term);
/** It asks for pre-votes; its term is still the old one. */
export const asksFirst = (id: ServerId, term: Term): Claim => plays(id, "preCandidate", term);
export const follows = (id: ServerId, term: Term): Claim => plays(id, "follower", term);
/** It knows that leader in its term. */
export const obeys = (id: ServerId, leader: ServerId): Claim => about(id, "leader", leader, ({ raft }) => raft.leader);

/** Exactly these servers that run are leaders. */
export const leadersAre =
  (...ids: readonly ServerId[]): Claim =>
  (world) => {
    const leaders = world.machines.filter((machine) => machine?.status === "up" && machine.raft.role === "leader");
    const seen = leaders.map(({ id }) => id).join();
    return seen === ids.join() ? null : `leaders are [${seen}], not [${ids.join()}]`;
  };

export const inTerm = (id: ServerId, term: Term): Claim => about(id, "term", term, ({ raft }) => raft.term);
export const votedFor = (id: ServerId, candidate: ServerId): Claim =>
  about(id, "votedFor", candidate, ({ raft }) => raft.votedFor);
/** The candidate has counted the votes of exactly these. */
export const hasVotesOf = (id: ServerId, ...voters: readonly ServerId[]): Claim =>
  about(id, "votes", voters, ({ raft }) => allVoters(raft.configuration).filter((voter) => raft.votes[voter] === true));
/** That many votes are a majority of the voters that this server knows of; not for a joint configuration. */
export const quorumIs = (id: ServerId, count: number): Claim =>
  about(id, "majority", count, ({ raft }) => majorityOf(raft.configuration.voters.length));
/** "1,2,3", "1,2,3 learners 4"; joint with "&" between the new voters and the old: "3,4,5&1,2,3". */
export const configurationIs = (id: ServerId, text: string): Claim =>
  about(id, "configuration", text, ({ raft }) => configurationText(raft.configuration));
/** The candidate has counted refusals of exactly these. */
export const isRefusedBy = (id: ServerId, ...voters: readonly ServerId[]): Claim =>
  about(id, "refusals", voters, ({ raft }) =>
    allVoters(raft.configuration).filter((voter) => raft.votes[voter] === false),
  );

export const isDown = (id: ServerId): Claim => about(id, "status", "down", ({ status }) => status);

/** Its election timer fires in that many microseconds. */
export const timerLeft = (id: ServerId, left: Micros): Claim =>
  about(
    id,
    "time to its election",
    left,
    ({ raft, clock }, { now }) => raft.timerSince + raft.timeout - localTime(clock, now),
  );

/** The world makes key-value commands only. */
function commandText(command: Command | null): string {
  if (command === null) return "no-op";
  const { operation } = command as KvCommand;
  if (operation.op === "session") return `session of C${operation.client}`;
  return operation.op === "put" ? `put ${operation.key}=${operation.value}` : `${operation.op} ${operation.key}`;
}

const terms = (log: RaftLog): Term[] => Array.from({ length: lastIndex(log) }, (_, at) => termAt(log, at + 1));
/** Terms of the entries in memory. */
export const logIs = (id: ServerId, ...log: readonly Term[]): Claim =>
  about(id, "log", log, ({ raft }) => terms(raft.log));
/** Terms of the entries on disk. */
export const diskIs = (id: ServerId, ...log: readonly Term[]): Claim =>
  about(id, "log on disk", log, ({ disk }) => terms(disk.log));
export const lastEntry = (id: ServerId, index: LogIndex): Claim =>
  about(id, "last index", index, ({ raft }) => lastIndex(raft.log));
/** What the entry says, "put y=9"; not of one that a snapshot has replaced. */
export const entryIs = (id: ServerId, index: LogIndex, text: string): Claim =>
  about(id, `entry ${index}`, text, ({ raft: { log } }) =>
    index > log.base && index <= lastIndex(log) ? commandText(entryAt(log, index).command) : null,
  );
/** Its log has an entry of that term there. */
export const hasEntry = (id: ServerId, index: LogIndex, term: Term): Claim =>
  about(id, `term of entry ${index}`, term, ({ raft }) =>
    index <= lastIndex(raft.log) ? termAt(raft.log, index) : null,
  );
/** No entry of its log says this. */
export const lacks = (id: ServerId, text: string): Claim =>
  about(id, `an entry ${text} in its log`, false, ({ raft }) =>
    terms(raft.log).some((_, at) => commandText(entryAt(raft.log, at + 1).command) === text),
  );
export const committed = (id: ServerId, index: LogIndex): Claim =>
  about(id, "commit index", index, ({ raft }) => raft.commitIndex);
export const applied = (id: ServerId, index: LogIndex): Claim =>
  about(id, "last applied", index, ({ raft }) => raft.lastApplied);
/** Its state machine has this value, null for none. */
export const holds = (id: ServerId, key: string, value: string | null): Claim =>
  about(id, `value of ${key}`, value, ({ store }) => store.data.get(key) ?? null);
export const isWriting = (id: ServerId, writing: boolean): Claim =>
  about(id, "disk is writing", writing, ({ disk }) => disk.pending.length > 0);

export const knowsMatch = (leader: ServerId, follower: ServerId, match: LogIndex): Claim =>
  about(leader, `matchIndex of S${follower}`, match, ({ raft }) => raft.progress[follower]?.match);

/** Where the leader's sending to that follower stands. */
export const sendsBy = (leader: ServerId, follower: ServerId, state: Progress["state"]): Claim =>
  about(leader, `progress of S${follower}`, state, ({ raft }) => raft.progress[follower]?.state);
/** Everything up to `base` is in its snapshot, in memory and on its disk; its log ends at `last`. */
export const keeps = (id: ServerId, base: LogIndex, last: LogIndex): Claim =>
  about(id, "end of its snapshot and of its log", [base, base, last], ({ raft, disk }) => [
    raft.log.base,
    disk.log.base,
    lastIndex(raft.log),
  ]);
/** The leader is handing leadership over to that server; 0: to nobody. */
export const handsOverTo = (leader: ServerId, to: ServerId): Claim =>
  about(leader, "transfer target", to, ({ raft }) => raft.transferee);
/** These of the client's requests are reads that wait at that server until its leadership is confirmed. */
export const unconfirmedReads = (id: ServerId, ...requests: readonly number[]): Claim =>
  about(id, "unconfirmed reads", requests, ({ raft }) => raft.reads.unconfirmed.map(({ context }) => Number(context)));
/** Exactly these have answered a round of heartbeats as the leader asked in it, itself included. */
export const roundAnsweredBy = (leader: ServerId, round: number, ...ids: readonly ServerId[]): Claim =>
  about(leader, `servers that answered round ${round}`, ids, ({ raft }) =>
    allVoters(raft.configuration).filter((id) => (raft.reads.acks[id] ?? 0) >= round),
  );

/** Its clock goes so much too fast, or (below 0) too slow. */
export const clockGoes = (id: ServerId, drift: Ppm): Claim =>
  about(id, "drift of its clock", drift, ({ clock }) => clock.drift);
/** What it follows, whatever the others do. */
export const hasOption = <Name extends keyof RaftOptions>(id: ServerId, name: Name, value: RaftOptions[Name]): Claim =>
  about(id, `option ${name}`, value, ({ options }) => options[name]);
/** Bytes a second; null: no limit. */
export const bandwidthIs =
  (from: ServerId, to: ServerId, bandwidth: number | null): Claim =>
  (world) => {
    const seen = world.links[from]?.[to]?.settings.bandwidth;
    return seen === bandwidth ? null : `bandwidth from ${from} to ${to} is ${seen}, not ${bandwidth}`;
  };
/** A snapshot up to that entry, of so many bytes, is under way on that link and will arrive. */
export const snapshotIs = (from: ServerId, to: ServerId, index: LogIndex, bytes: number): Claim =>
  underWay(from, to, "InstallSnapshot", ({ payload }) => {
    if (payload.type !== "InstallSnapshot") return false;
    return payload.snapshot.index === index && (payload.snapshot as CarriedSnapshot).bytes === bytes;
  });

/** Exactly these directed links between servers are down. */
export const cutIs =
  (links: readonly (readonly [string, string])[]): Claim =>
  (world) => {
    const said = new Set(links.map(([from, to]) => `${from}>${to}`));
    for (const { id: from } of world.setup.servers) {
      for (const { id: to } of world.setup.servers) {
        if (from === to) continue;
        const name = `S${from}>S${to}`;
        if (world.links[from]?.[to]?.up === said.has(name)) return `link ${name} is ${said.has(name) ? "up" : "down"}`;
      }
    }
    return null;
  };
export const nothingCut: Claim = cutIs([]);

const onItsWay = (packet: Packet, from: ServerId, to: ServerId): boolean =>
  packet.lost === null && packet.ref.from === from && packet.ref.to === to;

/** A message of that kind is under way on that link, and will arrive unless something happens to it. */
export const underWay =
  (
    from: ServerId,
    to: ServerId,
    type: Packet["payload"]["type"],
    fits: (packet: Packet) => boolean = () => true,
  ): Claim =>
  (world) =>
    world.packets.some((packet) => onItsWay(packet, from, to) && packet.payload.type === type && fits(packet))
      ? null
      : `no such ${type} is under way from ${from} to ${to}`;

/** Exactly that many messages of that kind are under way on that link and will arrive. */
export const countUnderWay =
  (
    count: number,
    from: ServerId,
    to: ServerId,
    type: Packet["payload"]["type"],
    fits: (packet: Packet) => boolean = () => true,
  ): Claim =>
  ({ packets }) => {
    const seen = packets.filter(
      (packet) => onItsWay(packet, from, to) && packet.payload.type === type && fits(packet),
    ).length;
    return seen === count ? null : `${seen} such ${type} are under way from ${from} to ${to}, not ${count}`;
  };

/** As `underWay`, for AppendEntries with exactly the entries `first` to `last`. */
export const carries = (from: ServerId, to: ServerId, first: LogIndex, last: LogIndex): Claim =>
  underWay(from, to, "AppendEntries", ({ payload }) => {
    if (payload.type !== "AppendEntries") return false;
    return payload.entries[0]?.index === first && payload.entries.at(-1)?.index === last;
  });

/** No message of that kind that will arrive is under way on that link. */
export const notUnderWay =
  (from: ServerId, to: ServerId, type: Packet["payload"]["type"]): Claim =>
  (world) =>
    world.packets.some((packet) => onItsWay(packet, from, to) && packet.payload.type === type)
      ? `a ${type} is under way from ${from} to ${to}`
      : null;

/** A message of that kind has been lost on that link lately. */
export const wasLost =
  (from: ServerId, to: ServerId, fits: (packet: Packet) => boolean): Claim =>
  ({ lost }) =>
    lost.some(({ packet }) => packet.ref.from === from && packet.ref.to === to && fits(packet))
      ? null
      : `no such message from ${from} to ${to} was lost lately`;

/** The client's n-th request. */
export const requestIs =
  (number: number, operation: Operation["op"], state: RequestState, value: string | null = null): Claim =>
  ({ clients }) => {
    const request = [...clients.open, ...clients.ended].find((candidate) => candidate.number === number);
    const seen = JSON.stringify(request && [request.operation.op, request.state, request.value]);
    const said = JSON.stringify([operation, state, value]);
    return seen === said ? null : `request ${number} is ${seen}, not ${said}`;
  };

/** Exactly these sessions are open in that server's state machine, by the entries that opened them. */
export const sessionsAre = (id: ServerId, ...opened: readonly LogIndex[]): Claim =>
  about(id, "open sessions", opened, ({ store }) => [...store.sessions.keys()].sort((a, b) => a - b));

/** That answer is stored for a command of that session. */
export const remembers = (id: ServerId, session: LogIndex, sequence: number, value: string): Claim =>
  about(id, `answer to command ${sequence} of session ${session}`, value, ({ store }) => {
    const known = store.sessions.get(session);
    return known && answerOf(known, sequence)?.value;
  });

/** The clients' n-th request was sent so often. */
export const triedTimes =
  (number: number, tries: number): Claim =>
  ({ clients }) => {
    const request = [...clients.open, ...clients.ended].find((candidate) => candidate.number === number);
    return request?.tries === tries ? null : `request ${number} was sent ${request?.tries} times, not ${tries}`;
  };

/** What all that clients were told can be put in one order, or cannot. */
export const historyIs =
  (verdict: Verdict): Claim =>
  (world) => {
    const seen = linearizable(operationsOf(world)).verdict;
    return seen === verdict ? null : `the history is ${seen}, not ${verdict}`;
  };

/** The client's n-th request was answered so long after it was asked. */
export const waited =
  (number: number, time: Micros): Claim =>
  ({ clients }) => {
    const request = clients.ended.find((candidate) => candidate.number === number);
    const seen = request && request.until - request.askedAt;
    return seen === time ? null : `request ${number} waited ${seen}, not ${time}`;
  };

/** The opposite; `what` is said if the claim does hold. */
export const not =
  (claim: Claim, what: string): Claim =>
  (world) =>
    claim(world) === null ? what : null;

export const isHeartbeat = ({ payload }: Packet): boolean =>
  payload.type === "AppendEntries" && payload.entries.length === 0;
export const isRefusal = ({ payload }: Packet): boolean => payload.type === "AppendEntriesReply" && !payload.success;
/** An answer that confirms the log up to that index. */
export const confirms = ({ payload }: Packet, index: LogIndex): boolean =>
  payload.type === "AppendEntriesReply" && payload.success && payload.matchIndex === index;
export const ofTerm = ({ payload }: Packet, term: Term): boolean => "term" in payload && payload.term === term;

/** Terms of the entries that the server had before anything happened. */
export const beganWith =
  (id: ServerId, ...log: readonly Term[]): Claim =>
  ({ setup }) =>
    setup.servers[id - 1]?.log.join() === log.join() ? null : `S${id} did not begin with [${log.join()}]`;

/** A majority is that many votes, or copies. */
export const majorityIs =
  (count: number): Claim =>
  ({ setup }) =>
    majorityOf(setup.servers.length) === count ? null : `a majority is not ${count}`;

/** A message of that kind and a copy of it are both under way on that link. */
export const isDoubled =
  (from: ServerId, to: ServerId, fits: (packet: Packet) => boolean): Claim =>
  ({ packets }) => {
    const fitting = packets.filter((packet) => onItsWay(packet, from, to) && fits(packet));
    const copies = fitting.filter(({ ref }) => ref.copy > 0).map(({ ref }) => ref.ordinal);
    return fitting.some(({ ref }) => ref.copy === 0 && copies.includes(ref.ordinal))
      ? null
      : `no message and its copy are under way from ${from} to ${to}`;
  };

export const bringsEntry = ({ payload }: Packet, index: LogIndex): boolean =>
  payload.type === "AppendEntries" && payload.entries.some((entry) => entry.index === index);
