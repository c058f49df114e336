import type { GroupId, LogIndex, Micros, Ppm, ServerId, Term } from "../../base/units.ts";
import type { RaftOptions } from "../../raft/options.ts";
import type { Role } from "../../raft/types.ts";
import type { ToldServerView } from "./told.ts";

export interface LogCell {
  readonly term: Term;
  /** "put x=1", "get x", "delete x", "no-op". */
  readonly text: string;
  /** Nobody tells its term. */
  readonly untold?: true;
}
export interface ProgressView {
  readonly server: ServerId;
  readonly next: LogIndex;
  readonly match: LogIndex;
  /** Last index that is under way to it, 0 if nothing is. */
  readonly outstanding: LogIndex;
  /** `probe`: not known where the logs agree. `replicate`: entries are sent ahead of the answers. `snapshot`: one is under way. */
  readonly state: "probe" | "replicate" | "snapshot";
  /** Messages with entries under way, at most the window. */
  readonly inflight: number;
  /** Index of the snapshot under way, 0 if none. */
  readonly pendingSnapshot: LogIndex;
  /** How much of its way that has behind it, 0 … 100; null where none is on the link. */
  readonly snapshotPercent: number | null;
}
/** A read by ReadIndex that waits at a server (D §6.4). */
export interface ReadView {
  /** The client's request. */
  readonly request: number;
  /** The follower that passed it on, 0: it was asked here. */
  readonly from: ServerId;
  /** What it waits for next: a commit in the leader's own term, a majority that confirms, or its entry being applied. */
  readonly waitsFor: "ownCommit" | "quorum" | "apply";
  /** The commit index when it was taken up: what must be applied before it is answered. 0 before that. */
  readonly index: LogIndex;
  /** `quorum`: its number, which heartbeats carry; 0 otherwise. */
  readonly round: number;
  /** `quorum`: the voters that have answered that round or a later one, the leader included. */
  readonly confirmedBy: readonly ServerId[];
}
/** How long a leader goes on by itself if it hears from nobody any more. */
export interface LeaseView {
  readonly until: Micros;
  /** The most that can be left of it. */
  readonly longest: Micros;
  /** `reads`: it answers reads alone until then. `leadership`: it only leads on until then. */
  readonly gives: "reads" | "leadership";
  /** By how much one clock may run faster than another, in percent, for it to be safe; null: it does not say. */
  readonly clocksWithin: number | null;
}
/** A machine's own clock where it is not true: how far it is ahead now, and by how much it goes too fast. */
export interface ClockView {
  readonly ahead: Micros;
  readonly drift: Ppm;
}
export interface ServerView {
  readonly id: ServerId;
  /** All its timers go by it; null: true time. */
  readonly clock: ClockView | null;
  /** Groups that it leads, ascending; `role` is its role in the group that is shown (`Frame.group`). */
  readonly leads: readonly GroupId[];
  readonly status: "up" | "down" | "paused";
  readonly role: Role;
  readonly term: Term;
  readonly votedFor: ServerId;
  readonly leader: ServerId;
  readonly commitIndex: LogIndex;
  readonly lastApplied: LogIndex;
  readonly lastIndex: LogIndex;
  /** Entries up to here are gone: a snapshot whose last entry has this term stands for them. 0: none. */
  readonly base: LogIndex;
  readonly baseTerm: Term;
  /** What it is in the configuration that it uses itself. */
  readonly member: "voter" | "learner" | "none";
  /** The configuration that it uses: "1,2,3", joint "1,2,3&3,4,5", "1,2 learners 3". */
  readonly configuration: string;
  readonly outgoing: readonly ServerId[];
  readonly learners: readonly ServerId[];
  /** Voters of the outgoing half that become learners when the joint configuration is left. */
  readonly learnersNext: readonly ServerId[];
  /** A joint configuration that is left by itself. */
  readonly autoLeave: boolean;
  /** Leaders: whom leadership is being handed to, 0 = nobody. */
  readonly transferee: ServerId;
  /** When the election timer fires and how long it was set for; null for leaders, for servers that are down, and where timers stand still. */
  readonly electionDueAt: Micros | null;
  readonly electionTimeout: Micros;
  /** Leaders: when the next heartbeat is due. */
  readonly heartbeatDueAt: Micros | null;
  /** Candidates: who has answered and how, itself included; null otherwise. */
  readonly votes: readonly { readonly server: ServerId; readonly granted: boolean }[] | null;
  readonly voters: readonly ServerId[];
  /** Leaders: one row per follower; null otherwise. */
  readonly progress: readonly ProgressView[] | null;
  /** Reads that wait here, oldest first; at most 20. */
  readonly reads: readonly ReadView[];
  /** Leaders with check-quorum, where timers run; null otherwise. */
  readonly lease: LeaseView | null;
  /** What it follows otherwise than when the run began, and what it reads only when it starts again; null: neither. */
  readonly changed: { readonly options: Partial<RaftOptions>; readonly later: Partial<RaftOptions> } | null;
  readonly disk: {
    readonly term: Term;
    readonly votedFor: ServerId;
    readonly lastIndex: LogIndex;
    /** Up to where it has the log that the server has: beyond, it may still have what the server has deleted. */
    readonly durable: LogIndex;
    /** Writes under way, and when the first of them is done (null: none). */
    readonly pending: number;
    readonly doneAt: Micros | null;
    /** Messages that wait for the disk. */
    readonly waiting: number;
  };
  /** What it is doing right now: present tense, a few words: "leader of term 3", "writing entry 5". */
  readonly doing: string;
  /** The last few entries, for the strip under the server: cells of index lastIndex - tail.length + 1 … lastIndex. */
  readonly tail: readonly LogCell[];
  /** The entries that the page asked for (`Viewport`): cells[0] has index `cellsFrom`. */
  readonly cellsFrom: LogIndex;
  readonly cells: readonly LogCell[];
  /** The replicated state machine, sorted by key, at most 50 pairs. */
  readonly store: readonly (readonly [key: string, value: string])[];
  /** Another program told of it; left out: it is a server of ours. */
  readonly told?: ToldServerView;
}
