import { microsPerSecond, type ServerId } from "../../base/units.ts";
import type { MembershipChange } from "../../raft/configuration.ts";
import { slice } from "../../raft/log.ts";
import type { OwnPromise, RaftMessage, Role, Server } from "../../raft/types.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { World } from "../../world/types.ts";
import type { Exporter } from "./exporter.ts";
import { charactersMost, cutAt, Lines } from "./lines.ts";
import { walk } from "./walk.ts";

/**
 * What etcd/raft would have traced of a run (state_trace.go, built with `with_tla`), for its own TLA+ trace spec
 * (tla/Traceetcdraft.tla): one event a line, in the order in which etcd does things within a step. Of several groups,
 * the first.
 */
export const etcdTrace: Exporter = {
  name: "etcd-trace",
  title: "etcd/raft trace",
  purpose: "Every step with the server's state, for etcd's own TLA+ trace spec to judge.",
  group: "judges",
  ending: ".ndjson",
  type: "application/x-ndjson",
  *write(run, range) {
    const lines = new Lines();
    const tracer = new Tracer(lines);
    const { to, whole, world } = yield* walk(run, range, {
      begin: (world) => tracer.begin(world),
      fact: (fact, world) => {
        if ((fact.group ?? 1) !== 1) return;
        if (fact.kind === "received") tracer.received(fact.payload as RaftMessage, world);
        else if (fact.kind === "sent") tracer.leaves(fact.payload as RaftMessage, world);
        else if (fact.kind === "diskWritten") tracer.ready(fact.server, world);
        else if (fact.kind === "restarted") tracer.started(world.machines[fact.server]!, world);
      },
      stepped: (machine, world) => {
        if (machine.group === 1) tracer.stepped(machine, world);
      },
      full: () => lines.full,
    });
    const parts = [
      ...(whole
        ? []
        : [cutAt(to, `A trace of more than ${charactersMost / 1_000_000} million characters is too much`)]),
      ...(range.from > 0 ? ["What happened before is left out: the spec only judges a trace from the start."] : []),
      ...(world.setup.groups > 1 ? ["Only the first group is traced."] : []),
      ...(untraced(world) ? ["Pre-votes, reads and handed-over leadership are not traced, as in etcd."] : []),
    ];
    return { text: lines.text(), cut: parts.join(" ") };
  },
};

const untraced = ({ machines }: World): boolean => machines.some((machine) => machine?.options.preVote);

const roleNames: Readonly<Record<Role, string>> = {
  follower: "StateFollower",
  preCandidate: "StatePreCandidate",
  candidate: "StateCandidate",
  leader: "StateLeader",
};

interface State {
  term: number;
  vote: ServerId;
  commit: number;
  role: Role;
  last: number;
  conf: readonly [voters: readonly ServerId[], outgoing: readonly ServerId[]];
}
const stateOf = ({ term, votedFor, commitIndex, role, log, configuration }: Server): State => ({
  term,
  vote: votedFor,
  commit: commitIndex,
  role,
  last: log.last,
  conf: [configuration.voters, configuration.outgoing],
});

/** What is remembered of a server between its steps. */
interface Known {
  state: State;
  /** Messages that it wants sent or has sent, so that each is traced once. */
  readonly seen: WeakSet<RaftMessage>;
  promises: ReadonlySet<OwnPromise>;
  /** Something of it waits to be written or sent. */
  waits: boolean;
  /** The message that its next step is about. */
  input: RaftMessage | null;
}

class Tracer {
  private readonly known: Known[] = [];

  constructor(private readonly lines: Lines) {}

  begin(world: World): void {
    for (const machine of world.machines) {
      if (machine === undefined || machine.status === "down") continue;
      this.starts(machine, world);
      const { state } = this.known[machine.id]!;
      this.put(world, "ApplyConfChange", machine.id, state, { prop: { cc: { newconf: state.conf[0].map(String) } } });
      this.put(world, "BecomeFollower", machine.id, state);
    }
  }

  /** After a crash. */
  started(machine: Machine, world: World): void {
    this.starts(machine, world);
  }

  private starts({ id, raft }: Machine, world: World): void {
    const state = stateOf(raft);
    const seen = new WeakSet([...raft.outbox, ...raft.afterWrite]);
    this.known[id] = { state, seen, promises: promisesOf(raft), waits: false, input: null };
    this.put(world, "InitState", id, state);
  }

  received(message: RaftMessage, world: World): void {
    const known = this.known[message.to];
    const traced = tracedOf(message);
    if (known === undefined) return;
    known.input = message;
    if (traced !== null) this.put(world, `Receive${traced.event}`, message.to, known.state, { msg: traced.msg });
  }

  /** What is ready is written and sent at once in etcd: the first that shows of it stands for all. */
  leaves(message: RaftMessage, world: World): void {
    if (tracedOf(message) !== null) this.ready(message.from, world);
  }
  ready(server: ServerId, world: World): void {
    const known = this.known[server];
    if (known?.waits !== true) return;
    known.waits = false;
    this.put(world, "Ready", server, known.state);
  }

  stepped({ id, raft }: Machine, world: World): void {
    const known = this.known[id];
    if (known === undefined) return;
    const { input } = known;
    const fresh = [...raft.outbox, ...raft.afterWrite].filter((message) => !known.seen.has(message));
    const promises = promisesOf(raft);
    const made = [...promises].filter((promise) => !known.promises.has(promise));
    for (const promise of known.promises)
      if (!promises.has(promise)) this.toItself(world, "Receive", id, known.state, promise);
    known.input = null;
    known.promises = promises;
    for (const message of fresh) known.seen.add(message);
    const state = { ...known.state };
    const put = (event: string, more?: object) => this.put(world, event, id, state, more);
    const send = (of: (message: RaftMessage) => boolean): void => {
      for (const message of fresh) {
        const traced = of(message) ? tracedOf(message) : null;
        if (traced !== null) put(`Send${traced.event}`, { msg: traced.msg });
      }
    };
    const promise = (kind: OwnPromise["kind"]): void => {
      for (const each of made) if (each.kind === kind) this.toItself(world, "Send", id, state, each);
    };

    // A leader that is no member any more commits its removal, then steps down.
    if (state.role === "leader" && raft.term === state.term && raft.commitIndex > state.commit) {
      state.commit = raft.commitIndex;
      put("Commit");
    }
    this.changesRole(state, raft, input, put, () => {
      send(({ type, to }) => type === "RequestVote" && to < id);
      promise("vote");
      send(({ type, to }) => type === "RequestVote" && to > id);
    });
    const { last } = state;
    state.role = raft.role;
    state.vote = raft.votedFor;
    if (raft.role === "leader") {
      for (const { change } of slice(raft.log, Math.max(last, raft.log.base) + 1, raft.log.last)) {
        if (change === null) put("Replicate");
        else put("ChangeConf", { prop: { cc: changeOf(change) } });
        state.last++;
      }
      promise("append");
    }
    state.last = raft.log.last;
    const commits = raft.commitIndex > state.commit;
    state.commit = raft.commitIndex;
    // Who has just become leader, and is alone.
    if (commits && raft.role === "leader") put("Commit");
    const { voters, outgoing } = raft.configuration;
    const isNew = String([voters, outgoing].map(String).join(";")) !== state.conf.map(String).join(";");
    state.conf = [voters, outgoing];
    if (isNew) put("ApplyConfChange", { prop: { cc: { newconf: voters.map(String) } } });
    send(({ type }) => type !== "RequestVote");
    known.waits ||= fresh.length > 0 || made.length > 0 || differs(known.state, state);
    known.state = state;
  }

  /** Follower, candidate, leader: in the order in which one step goes through them. */
  private changesRole(
    state: State,
    raft: Server,
    input: RaftMessage | null,
    put: (event: string) => void,
    campaign: () => void,
  ): void {
    const adopts = raft.term > state.term && input !== null && input.term === raft.term;
    const stepsDown = raft.role === "follower" && state.role !== "follower" && raft.term === state.term;
    if (adopts || stepsDown) {
      if (raft.term > state.term) state.vote = 0;
      state.term = raft.term;
      state.role = "follower";
      put("BecomeFollower");
    }
    const campaigns = raft.term > state.term;
    state.term = raft.term;
    if (campaigns) {
      state.role = "candidate";
      state.vote = raft.votedFor;
      put("BecomeCandidate");
      campaign();
    }
    if (raft.role === "leader" && state.role !== "leader") {
      state.role = "leader";
      put("BecomeLeader");
    }
  }

  /** In etcd a server's own vote, and its own copy of entries, are messages to itself. */
  private toItself(world: World, way: "Send" | "Receive", id: ServerId, state: State, promise: OwnPromise): void {
    if (promise.kind === "preVote") return;
    const isVote = promise.kind === "vote";
    const msg = messageOf(isVote ? "MsgVoteResp" : "MsgAppResp", id, id, promise.term, { index: promise.index });
    this.put(world, `${way}${isVote ? "RequestVote" : "AppendEntries"}Response`, id, state, { msg });
  }

  private put({ now }: World, name: string, id: ServerId, state: State, more: object = {}): void {
    const { term, vote, commit, role, last, conf } = state;
    const event = {
      name,
      nid: String(id),
      state: { term, vote: String(vote), commit },
      role: roleNames[role],
      log: last,
      conf: conf.map((half) => half.map(String)),
      ...more,
    };
    this.lines.add(JSON.stringify({ level: "debug", ts: now / microsPerSecond, msg: "trace", tag: "trace", event }));
  }
}

const differs = (a: State, b: State): boolean =>
  a.term !== b.term || a.vote !== b.vote || a.commit !== b.commit || a.last !== b.last;

const promisesOf = ({ ownPromises, writes }: Server): ReadonlySet<OwnPromise> =>
  new Set([...writes.flatMap(({ own }) => own), ...ownPromises]);

const actions = { add: "AddNewServer", remove: "RemoveServer", learner: "AddLearner", update: "" } as const;
const changeOf = ({ changes }: MembershipChange) => ({
  changes: changes.flatMap(({ type, server }) =>
    actions[type] === "" ? [] : [{ nid: String(server), action: actions[type] }],
  ),
});

interface Fields {
  readonly entries?: number;
  readonly logTerm?: number;
  readonly index?: number;
  readonly commit?: number;
  readonly reject?: boolean;
  readonly rejectHint?: number;
}
const messageOf = (type: string, from: ServerId, to: ServerId, term: number, fields: Fields) => ({
  type,
  term,
  from: String(from),
  to: String(to),
  entries: fields.entries ?? 0,
  logTerm: fields.logTerm ?? 0,
  index: fields.index ?? 0,
  commit: fields.commit ?? 0,
  vote: "0",
  reject: fields.reject ?? false,
  rejectHint: fields.rejectHint ?? 0,
});

/** Which event a message is traced as, after "Send" or "Receive", and its fields; null: etcd does not trace it. */
function tracedOf(message: RaftMessage): { readonly event: string; readonly msg: object } | null {
  const { from, to, term } = message;
  const traced = (event: string, type: string, fields: Fields) => ({
    event,
    msg: messageOf(type, from, to, term, fields),
  });
  switch (message.type) {
    case "RequestVote":
      return traced("RequestVoteRequest", "MsgVote", { logTerm: message.lastLogTerm, index: message.lastLogIndex });
    case "RequestVoteReply":
      return traced("RequestVoteResponse", "MsgVoteResp", { reject: !message.granted });
    case "AppendEntries":
      return traced("AppendEntriesRequest", "MsgApp", {
        entries: message.entries.length,
        logTerm: message.prevLogTerm,
        index: message.prevLogIndex,
        commit: message.leaderCommit,
      });
    case "AppendEntriesReply":
      return traced(
        "AppendEntriesResponse",
        "MsgAppResp",
        message.success
          ? { index: message.matchIndex }
          : { logTerm: message.hintTerm, index: message.prevLogIndex, reject: true, rejectHint: message.hintIndex },
      );
    case "Heartbeat":
      return traced("AppendEntriesRequest", "MsgHeartbeat", { commit: message.commit });
    case "HeartbeatReply":
      return traced("AppendEntriesResponse", "MsgHeartbeatResp", {});
    case "InstallSnapshot":
      // The place of the number of entries holds the snapshot's index.
      return traced("AppendEntriesRequest", "MsgSnap", { entries: message.snapshot.index });
    default:
      return null;
  }
}
