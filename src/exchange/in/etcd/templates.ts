import type { LogIndex, Term } from "../../../base/units.ts";
import type { NamedSays, Post } from "../merge.ts";
import type { ToldEvent } from "../told.ts";
import { configurationOf, kindOfMessage } from "./names.ts";

/**
 * The lines that etcd/raft logs: raft.go, log.go, log_unstable.go, storage.go, node.go, rawnode.go at the commit of
 * 2026-08-20, and what releases since 3.2 wrote otherwise. One row a line.
 */

/** What a line tells. */
export interface Telling {
  readonly says?: NamedSays;
  readonly sends?: readonly Post[];
  readonly receives?: Post;
  /** Its next lines may tell more of the same receipt. */
  readonly opens?: true;
}
/** The values of a pattern's places, by name. */
export interface Values {
  /** The text at a place: an id, a word, the rest. */
  text(name: string): string;
  number(name: string): number;
}
export interface Template {
  /**
   * As in the source, with named places: `{who:x}` an id, `{term:d}` a number, `{type:s}` a word, `{why:t}` any text.
   * `who` is the server that logs it.
   */
  readonly pattern: string;
  readonly kind: ToldEvent["kind"];
  readonly routine?: true;
  readonly tells?: (values: Values) => Telling;
}

const says = (of: (v: Values) => NamedSays) => (v: Values) => ({ says: of(v) });
const termOnly = says((v) => ({ term: v.number("term") }));

interface Posted {
  readonly term?: Term;
  readonly yes?: boolean;
  readonly fields?: readonly (readonly [name: string, value: string])[];
}
const post = (name: string, from: string, to: string, { term, yes, fields }: Posted = {}): Post => ({
  ...{ name, kind: kindOfMessage(name), from, to },
  ...{ term: term ?? null, yes: yes ?? null, entryCount: 0, fields: fields ?? [] },
});
const field = (name: string, value: number): readonly [string, string] => [name, String(value)];

/** The end of the candidate's log, as both sides of a vote print it. */
const candidateLog = (term: Term, index: LogIndex) => [field("logTerm", term), field("index", index)];
const ownLog = (v: Values) => ({ last: v.number("index"), lastTerm: v.number("logterm") });

/** A vote that is asked for is of the term at which it is told, one before an election of the next. */
const termOfVote = (type: string, term: Term): Term => (type === "MsgPreVote" ? term + 1 : term);

const sentRequest = (v: Values): Telling => {
  const type = v.text("type") || "MsgVote";
  const log = candidateLog(v.number("logterm"), v.number("index"));
  const term = termOfVote(type, v.number("term"));
  return {
    says: { term: v.number("term"), ...ownLog(v) },
    sends: [post(type, v.text("who"), v.text("to"), { term, fields: log })],
  };
};
const request = (v: Values, term?: Term): Post =>
  post(v.text("type") || "MsgVote", v.text("from"), v.text("who"), {
    ...(term === undefined ? {} : { term }),
    fields: candidateLog(v.number("itsLogterm"), v.number("itsIndex")),
  });

/** A vote that is cast or refused: what was asked, what the voter has, and its answer. */
const answered = (granted: boolean) => (v: Values) => {
  const type = v.text("type") || "MsgVote";
  const isVote = type === "MsgVote";
  const term = v.number("term");
  const vote = isVote && granted ? v.text("from") : v.text("vote");
  return {
    says: { term, vote, ...ownLog(v) },
    receives: request(v, isVote ? term : undefined),
    sends: [
      post(`${type}Resp`, v.text("who"), v.text("from"), {
        ...(isVote || !granted ? { term } : {}),
        yes: granted,
      }),
    ],
  };
};
const gotVote = (granted: boolean) => (v: Values) => {
  const type = v.text("type") || "MsgVoteResp";
  const term = v.number("term");
  const ofTerm = type === "MsgVoteResp" ? { term } : {};
  return { says: { term }, receives: post(type, v.text("from"), v.text("who"), { ...ofTerm, yes: granted }) };
};
const received = (type?: string, of: (v: Values) => Posted = () => ({})) => {
  return (v: Values) => ({ receives: post(type ?? v.text("type"), v.text("from"), v.text("who"), of(v)) });
};
const fromOtherTerm = (v: Values): Telling => ({
  says: { term: v.number("term") },
  ...received(undefined, () => ({ term: v.number("itsTerm") }))(v),
});
const sendsTo = (type: string, of: (v: Values) => Posted = () => ({})) => {
  return (v: Values) => ({ sends: [post(type, v.text("who"), v.text("to"), of(v))] });
};
const snapshotFields = (v: Values) => ({
  fields: [field("index", v.number("index")), field("term", v.number("sterm"))],
});
/** Voters, in hexadecimal; a server that has none yet prints an empty list. */
const peersIn = (list: string): NamedSays => {
  const voters = list.split(",").filter((id) => /^[0-9a-f]{1,20}$/.test(id));
  return voters.length === 0 ? {} : { configuration: { voters, outgoing: [], learners: [] } };
};

/** The line does not tell who sent it. */
const snapshotCame = (v: Values) => ({ receives: post("MsgSnap", "", v.text("who"), snapshotFields(v)) });
const refusal = { yes: false } as const;
const refusedAt = (v: Values): Posted => ({ ...refusal, fields: [field("index", v.number("index"))] });

export const templates: readonly Template[] = [
  // ---- who leads ----
  {
    pattern: "{who:x} became follower at term {term:d}",
    kind: "election",
    tells: says((v) => ({ role: "follower", term: v.number("term"), leader: null })),
  },
  {
    pattern: "{who:x} became pre-candidate at term {term:d}",
    kind: "election",
    tells: says((v) => ({ role: "preCandidate", term: v.number("term"), leader: "" })),
  },
  {
    pattern: "{who:x} became candidate at term {term:d}",
    kind: "election",
    tells: says((v) => ({ role: "candidate", term: v.number("term"), vote: v.text("who"), leader: "" })),
  },
  {
    // It has appended an entry of its own, of which the line does not tell.
    pattern: "{who:x} became leader at term {term:d}",
    kind: "election",
    tells: says((v) => ({
      ...{ role: "leader", term: v.number("term"), leader: v.text("who") },
      ...{ last: null, lastTerm: null },
    })),
  },
  { pattern: "{who:x} is starting a new election at term {term:d}", kind: "election", tells: termOnly },
  { pattern: "{who:x} ignoring MsgHup because already leader", kind: "election", routine: true },
  { pattern: "{who:x} is unpromotable and can not campaign", kind: "election" },
  { pattern: "{who:x} is unpromotable; campaign() should have been called", kind: "election" },
  {
    pattern: "{who:x} cannot campaign at term {term:d} since there are still {count:t}pending configuration changes",
    kind: "election",
    tells: termOnly,
  },
  {
    pattern: "{who:x} [logterm: {logterm:d}, index: {index:d}] sent {type:s} request to {to:x} at term {term:d}",
    kind: "election",
    tells: sentRequest,
  },
  { pattern: "{who:x} received {type:s} from {from:x} at term {term:d}", kind: "election", tells: gotVote(true) },
  {
    pattern: "{who:x} received {type:s} rejection from {from:x} at term {term:d}",
    kind: "election",
    tells: gotVote(false),
  },
  {
    pattern:
      "{who:x} [logterm: {logterm:d}, index: {index:d}, vote: {vote:x}] cast {type:s} for {from:x} [logterm: {itsLogterm:d}, index: {itsIndex:d}] at term {term:d}",
    kind: "election",
    tells: answered(true),
  },
  {
    pattern:
      "{who:x} [logterm: {logterm:d}, index: {index:d}, vote: {vote:x}] rejected {type:s} from {from:x} [logterm: {itsLogterm:d}, index: {itsIndex:d}] at term {term:d}",
    kind: "election",
    tells: answered(false),
  },
  {
    pattern:
      "{who:x} [logterm: {logterm:d}, index: {index:d}, vote: {vote:x}] ignored {type:s} from {from:x} [logterm: {itsLogterm:d}, index: {itsIndex:d}] at term {term:d}: lease is not expired (remaining ticks: {ticks:d})",
    kind: "election",
    tells: (v) => ({
      says: { term: v.number("term"), vote: v.text("vote"), ...ownLog(v) },
      receives: request(v),
    }),
  },
  // Before 3.2 lines about votes do not name the message.
  {
    pattern: "{who:x} [logterm: {logterm:d}, index: {index:d}] sent vote request to {to:x} at term {term:d}",
    kind: "election",
    tells: sentRequest,
  },
  {
    pattern:
      "{who:x} [logterm: {logterm:d}, index: {index:d}, vote: {vote:x}] voted for {from:x} [logterm: {itsLogterm:d}, index: {itsIndex:d}] at term {term:d}",
    kind: "election",
    tells: answered(true),
  },
  {
    pattern:
      "{who:x} [logterm: {logterm:d}, index: {index:d}, vote: {vote:x}] rejected vote from {from:x} [logterm: {itsLogterm:d}, index: {itsIndex:d}] at term {term:d}",
    kind: "election",
    tells: answered(false),
  },
  { pattern: "{who:x} received vote from {from:x} at term {term:d}", kind: "election", tells: gotVote(true) },
  {
    pattern: "{who:x} received vote rejection from {from:x} at term {term:d}",
    kind: "election",
    tells: gotVote(false),
  },
  { pattern: "{who:x} [q:{quorum:d}] has received {votes:d} votes and {no:d} vote rejections", kind: "election" },
  {
    pattern: "{who:x} has received {votes:d} {type:s} votes and {no:d} vote rejections",
    kind: "election",
  },
  {
    pattern: "{who:x} [quorum:{quorum:d}] has received {votes:d} {type:s} votes and {no:d} vote rejections",
    kind: "election",
  },
  {
    pattern: "{who:x} [term: {term:d}] received a {type:s} message with higher term from {from:x} [term: {itsTerm:d}]",
    kind: "election",
    tells: (v) => ({ ...fromOtherTerm(v), opens: true }),
  },
  {
    pattern: "{who:x} [term: {term:d}] ignored a {type:s} message with lower term from {from:x} [term: {itsTerm:d}]",
    kind: "message",
    tells: fromOtherTerm,
  },
  {
    pattern:
      "{who:x} [term: {term:d}] ignored entry appends from a {type:s} message with lower term [term: {itsTerm:d}]",
    kind: "disk",
    tells: termOnly,
  },
  { pattern: "{who:x} stepped down to follower since quorum is not active", kind: "election" },
  {
    pattern: "raft.node: {who:x} elected leader {leader:x} at term {term:d}",
    kind: "election",
    tells: says((v) => ({ term: v.number("term"), leader: v.text("leader") })),
  },
  {
    pattern: "raft.node: {who:x} changed leader from {from:x} to {leader:x} at term {term:d}",
    kind: "election",
    tells: says((v) => ({ term: v.number("term"), leader: v.text("leader") })),
  },
  {
    pattern: "raft.node: {who:x} lost leader {from:x} at term {term:d}",
    kind: "election",
    tells: says((v) => ({ term: v.number("term"), leader: "" })),
  },
  {
    pattern: "{who:x} forgetting leader {from:x} at term {term:d}",
    kind: "election",
    tells: says((v) => ({ term: v.number("term"), leader: "" })),
  },
  { pattern: "ignoring MsgForgetLeader due to ReadOnlyLeaseBased", kind: "election" },
  { pattern: "error occurred during election: {why:t}", kind: "election" },

  // ---- leadership is handed over ----
  {
    pattern: "{who:x} [term {term:d}] starts to transfer leadership to {to:x}",
    kind: "election",
    tells: termOnly,
  },
  {
    pattern: "{who:x} [term {term:d}] abort previous transferring leadership to {to:x}",
    kind: "election",
    tells: termOnly,
  },
  {
    pattern:
      "{who:x} [term {term:d}] transfer leadership to {to:x} is in progress, ignores request to same node {same:x}",
    kind: "election",
    tells: termOnly,
  },
  {
    pattern: "{who:x} [term {term:d}] transfer leadership to {to:x} is in progress; dropping proposal",
    kind: "client",
    tells: termOnly,
  },
  {
    pattern: "{who:x} sends MsgTimeoutNow to {to:x} immediately as {same:x} already has up-to-date log",
    kind: "election",
    tells: sendsTo("MsgTimeoutNow"),
  },
  {
    pattern: "{who:x} sent MsgTimeoutNow to {to:x} after received MsgAppResp",
    kind: "election",
    tells: sendsTo("MsgTimeoutNow"),
  },
  {
    pattern: "{who:x} [term {term:d}] received MsgTimeoutNow from {from:x} and starts an election to get leadership.",
    kind: "election",
    tells: (v) => ({ says: { term: v.number("term") }, ...received("MsgTimeoutNow")(v) }),
  },
  {
    pattern: "{who:x} [term {term:d} state {state:s}] ignored MsgTimeoutNow from {from:x}",
    kind: "election",
    tells: (v) => ({ says: { term: v.number("term") }, ...received("MsgTimeoutNow")(v) }),
  },
  {
    pattern: "{who:x} received MsgTimeoutNow from {from:x} but is not promotable",
    kind: "election",
    tells: received("MsgTimeoutNow"),
  },
  { pattern: "{who:x} is learner. Ignored transferring leadership", kind: "election" },
  { pattern: "{who:x} is already leader. Ignored transferring leadership to self", kind: "election" },
  {
    pattern: "{who:x} no leader at term {term:d}; dropping leader transfer msg",
    kind: "election",
    tells: says((v) => ({ term: v.number("term"), leader: "" })),
  },

  // ---- a server starts ----
  {
    pattern:
      "newRaft {who:x} [peers: [{peers:t}], term: {term:d}, commit: {commit:d}, applied: {applied:d}, lastindex: {last:d}, lastterm: {lastTerm:d}]",
    kind: "other",
    tells: says((v) => ({
      ...{ status: "up", role: "follower", term: v.number("term"), vote: null, leader: "" },
      ...{ commit: v.number("commit"), applied: v.number("applied") },
      ...{ last: v.number("last"), lastTerm: v.number("lastTerm") },
      ...peersIn(v.text("peers")),
    })),
  },
  { pattern: "error occurred during starting a new node: {why:t}", kind: "other" },
  { pattern: "{who:x} A tick missed to fire. Node blocks too long!", kind: "fault" },

  // ---- entries ----
  {
    pattern:
      "{who:x} received MsgAppResp(rejected, hint: (index {hint:d}, term {hintTerm:d})) from {from:x} for index {index:d}",
    kind: "log",
    tells: received("MsgAppResp", refusedAt),
  },
  {
    pattern: "{who:x} received MsgAppResp(MsgApp was rejected, lastindex: {hint:d}) from {from:x} for index {index:d}",
    kind: "log",
    tells: received("MsgAppResp", refusedAt),
  },
  {
    pattern:
      "{who:x} [logterm: {itsTerm:d}, index: {index:d}] rejected MsgApp [logterm: {logterm:d}, index: {same:d}] from {from:x}",
    kind: "log",
    tells: (v) => ({
      ...received("MsgApp", () => ({ fields: candidateLog(v.number("logterm"), v.number("index")) }))(v),
      sends: [post("MsgAppResp", v.text("who"), v.text("from"), refusedAt(v))],
    }),
  },
  { pattern: "{who:x} decreased progress of {to:x} to [{progress:t}]", kind: "log" },
  { pattern: "{who:x} paused sending replication messages to {to:x} [{progress:t}]", kind: "log", routine: true },
  { pattern: "{who:x} no progress available for {to:x}", kind: "log" },
  { pattern: "{who:x} failed to send message to {to:x} because it is unreachable [{progress:t}]", kind: "fault" },
  { pattern: "found conflict at index {index:d} [existing term: {term:d}, conflicting term: {other:d}]", kind: "log" },
  { pattern: "replace the unstable entries from index {index:d}", kind: "log", routine: true },
  { pattern: "truncate the unstable entries before index {index:d}", kind: "log", routine: true },
  { pattern: "entry at index {index:d} missing from unstable log; ignoring", kind: "disk" },
  { pattern: "entry at index {index:d} matched unstable snapshot; ignoring", kind: "disk" },
  {
    pattern:
      "entry at (index,term)=({index:d},{term:d}) mismatched with entry at ({same:d},{other:d}) in unstable log; ignoring",
    kind: "disk",
  },
  { pattern: "error occurred during checking sending heartbeat: {why:t}", kind: "log" },

  // ---- snapshots ----
  {
    pattern:
      "{who:x} [firstindex: {first:d}, commit: {commit:d}] sent snapshot[index: {index:d}, term: {sterm:d}] to {to:x} [{progress:t}]",
    kind: "log",
    tells: (v) => ({ says: { commit: v.number("commit") }, ...sendsTo("MsgSnap", snapshotFields)(v) }),
  },
  {
    // The first of the two lines about it: what it has from here on.
    pattern:
      "{who:x} [commit: {commit:d}, lastindex: {last:d}, lastterm: {lastTerm:d}] restored snapshot [index: {index:d}, term: {sterm:d}]",
    kind: "log",
    tells: (v) => ({
      says: {
        ...{ commit: v.number("commit"), last: v.number("last"), lastTerm: v.number("lastTerm") },
        ...{ base: v.number("index"), baseTerm: v.number("sterm") },
      },
      ...snapshotCame(v),
      opens: true,
    }),
  },
  {
    pattern: "{who:x} [commit: {commit:d}] restored snapshot [index: {index:d}, term: {sterm:d}]",
    kind: "log",
    tells: (v) => ({
      says: { commit: v.number("commit"), base: v.number("index"), baseTerm: v.number("sterm") },
      ...snapshotCame(v),
    }),
  },
  {
    pattern: "{who:x} [commit: {commit:d}] ignored snapshot [index: {index:d}, term: {sterm:d}]",
    kind: "log",
    tells: (v) => ({
      says: { commit: v.number("commit") },
      ...snapshotCame(v),
    }),
  },
  {
    pattern:
      "{who:x} [commit: {commit:d}, lastindex: {last:d}, lastterm: {lastTerm:d}] fast-forwarded commit to snapshot [index: {index:d}, term: {sterm:d}]",
    kind: "log",
    tells: (v) => ({
      says: { commit: v.number("index"), last: v.number("last"), lastTerm: v.number("lastTerm") },
      ...snapshotCame(v),
      opens: true,
    }),
  },
  {
    pattern:
      "{who:x} [commit: {commit:d}, lastindex: {last:d}, lastterm: {lastTerm:d}] starts to restore snapshot [index: {index:d}, term: {sterm:d}]",
    kind: "log",
    tells: says((v) => ({
      ...{ commit: v.number("commit"), last: v.number("last"), lastTerm: v.number("lastTerm") },
    })),
  },
  { pattern: "log [{log:t}] starts to restore snapshot [index: {index:d}, term: {sterm:d}]", kind: "log" },
  { pattern: "{who:x} attempted to restore snapshot as leader; should never happen", kind: "fault" },
  {
    pattern: "{who:x} attempted to restore snapshot but it is not in the ConfState {state:t}; should never happen",
    kind: "fault",
  },
  { pattern: "ignore sending snapshot to {to:x} since it is not recently active", kind: "log" },
  {
    pattern: "{who:x} failed to send snapshot to {to:x} because snapshot is temporarily unavailable",
    kind: "log",
  },
  { pattern: "{who:x} snapshot succeeded, resumed sending replication messages to {to:x} [{progress:t}]", kind: "log" },
  { pattern: "{who:x} snapshot failed, resumed sending replication messages to {to:x} [{progress:t}]", kind: "log" },
  { pattern: "{who:x} snapshot aborted, resumed sending replication messages to {to:x} [{progress:t}]", kind: "log" },
  {
    pattern: "{who:x} recovered from needing snapshot, resumed sending replication messages to {to:x} [{progress:t}]",
    kind: "log",
  },

  // ---- members ----
  {
    pattern: "{who:x} switched to configuration {configuration:t}",
    kind: "log",
    tells: (v) => {
      const configuration = configurationOf(v.text("configuration"));
      return configuration === null ? {} : { says: { configuration } };
    },
  },
  { pattern: "initiating automatic transition out of joint configuration {configuration:t}", kind: "log" },
  { pattern: "not initiating automatic transition out of joint configuration {configuration:t}", kind: "log" },
  { pattern: "{who:x} ignoring conf change {change:t} at config {configuration:t}: {why:t}", kind: "log" },

  // ---- clients ----
  {
    pattern: "{who:x} no leader at term {term:d}; dropping proposal",
    kind: "client",
    tells: says((v) => ({ term: v.number("term"), leader: "" })),
  },
  {
    pattern: "{who:x} not forwarding to leader {leader:x} at term {term:d}; dropping proposal",
    kind: "client",
    tells: says((v) => ({ term: v.number("term"), leader: v.text("leader") })),
  },
  {
    pattern: "{who:x} no leader at term {term:d}; dropping index reading msg",
    kind: "client",
    tells: says((v) => ({ term: v.number("term"), leader: "" })),
  },
  {
    pattern: "{who:x} appending new entries to log would exceed uncommitted entry size limit; dropping proposal",
    kind: "client",
  },
  { pattern: "{who:x} invalid format of MsgReadIndexResp from {from:x}, entries count: {count:d}", kind: "client" },
  { pattern: "pending MsgReadIndex should be released only after first commit in current term", kind: "client" },

  // ---- what must never be ----
  { pattern: "{who:x} stepped empty MsgProp", kind: "fault" },
  { pattern: "{who:x} state.commit {commit:d} is out of range [{from:d}, {to:d}]", kind: "fault" },
  { pattern: "tocommit({commit:d}) is out of range [lastIndex({last:d})].", kind: "fault" },
  { pattern: "applied({applied:d}) is out of range [prevApplied({before:d}), committed({commit:d})]", kind: "fault" },
  { pattern: "entry {index:d} conflict with committed entry [committed({commit:d})]", kind: "fault" },
  { pattern: "missing log entry [last: {last:d}, append at: {index:d}]", kind: "fault" },
  { pattern: "empty entry was dropped", kind: "fault" },
  { pattern: "term should be set when sending {type:s}", kind: "fault" },
  { pattern: "term should not be set when sending {type:s} (was {term:d})", kind: "fault" },
  { pattern: "message should not be self-addressed when sending {type:s}", kind: "fault" },
];
