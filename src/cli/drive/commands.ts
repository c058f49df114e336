import * as v from "valibot";
import type { LogIndex, ServerId } from "../../base/units.ts";
import { Cluster } from "../../exchange/ticks/cluster.ts";
import { messageNames } from "../../exchange/ticks/names.ts";
import {
  appendNode,
  applyNode,
  emptySaved,
  type Node,
  readyNode,
  stepNode,
  textCommand,
} from "../../exchange/ticks/node.ts";
import { type Defaults, type NodeSetup, newNode } from "../../exchange/ticks/setup.ts";
import { membershipChange, votersOnly } from "../../raft/configuration.ts";
import type { Entry } from "../../raft/entry.ts";
import type { RaftMessage, Snapshot } from "../../raft/types.ts";

const id = v.pipe(v.number(), v.integer(), v.minValue(0));
const count = v.pipe(v.number(), v.integer());
const ids = v.array(id);
const flag = v.optional(v.boolean());
const kinds = Object.values(messageNames);
const kind = v.picklist(kinds);

const cfgSchema = v.strictObject({
  electionTick: v.optional(count),
  heartbeatTick: v.optional(count),
  preVote: flag,
  checkQuorum: flag,
  readOnly: v.optional(v.picklist(["safe", "lease"])),
  maxSizePerMsg: v.optional(count),
  maxCommittedSizePerReady: v.optional(count),
  maxUncommittedEntriesSize: v.optional(count),
  maxInflightMsgs: v.optional(count),
  maxInflightBytes: v.optional(count),
  async: flag,
  disableProposalForwarding: flag,
  disableConfChangeValidation: flag,
  stepDownOnRemoval: flag,
});

const nodeSchema = v.strictObject({
  id,
  voters: v.optional(ids),
  outgoing: v.optional(ids),
  learners: v.optional(ids),
  snapIndex: v.optional(count),
  snapTerm: v.optional(count),
  log: v.optional(v.array(v.strictObject({ term: count, data: v.optional(v.string()) }))),
  term: v.optional(count),
  vote: v.optional(id),
  commit: v.optional(count),
  applied: v.optional(count),
  cfg: v.optional(cfgSchema),
});

const choice = {
  id: v.optional(count),
  ids: v.optional(v.array(count)),
  from: v.optional(id),
  to: v.optional(id),
  type: v.optional(kind),
  n: v.optional(count),
};
const op = <Name extends string, Fields extends v.ObjectEntries>(name: Name, fields: Fields) =>
  v.strictObject({ op: v.literal(name), ...fields });
const atNode = { node: id };

const changeType = v.picklist(["add", "remove", "learner", "update"]);

const commandSchema = v.variant("op", [
  op("init", {
    nodes: v.array(nodeSchema),
    cfg: v.optional(cfgSchema),
    timeouts: v.optional(v.record(v.string(), count)),
    auto: flag,
    oldSnap: flag,
  }),
  op("tick", { node: v.optional(id), n: v.optional(count) }),
  op("settimeout", { node: id, n: count }),
  op("campaign", atNode),
  op("propose", { node: id, data: v.optional(v.string()), batch: v.optional(v.array(v.string())) }),
  op("confchange", {
    node: id,
    changes: v.optional(v.array(v.strictObject({ t: changeType, id }))),
    transition: v.optional(v.picklist(["auto", "implicit", "explicit"])),
    v1: flag,
  }),
  op("transfer", { node: id, to: id }),
  op("forget", atNode),
  op("readindex", { node: id, data: v.string() }),
  op("unreachable", { node: id, to: id }),
  op("reportsnap", { node: id, to: id, ok: flag }),
  op("compact", atNode),
  op("snapshot", atNode),
  op("deliver", choice),
  op("drop", choice),
  op("dup", choice),
  op("cut", { links: v.array(v.tuple([id, id])) }),
  op("partition", { groups: v.array(ids) }),
  op("heal", {}),
  op("stabilize", { only: v.optional(ids) }),
  op("crash", atNode),
  op("restart", atNode),
  op("addnode", { nodes: v.array(nodeSchema) }),
  op("inject", {
    msg: v.strictObject({
      type: kind,
      from: id,
      to: id,
      term: count,
      logTerm: v.optional(count),
      index: v.optional(count),
      commit: v.optional(count),
      terms: v.optional(v.array(count)),
      reject: flag,
      hint: v.optional(count),
      snapIndex: v.optional(count),
      snapTerm: v.optional(count),
      voters: v.optional(ids),
      learners: v.optional(ids),
    }),
  }),
  op("ready", atNode),
  op("append", atNode),
  op("apply", atNode),
  op("settle", atNode),
  op("print", {}),
]);
export type Command = v.InferOutput<typeof commandSchema>;
type Injected = Extract<Command, { op: "inject" }>["msg"];

/** The command, or what is wrong with it. */
export function readCommand(json: unknown): { readonly command: Command } | { readonly problem: string } {
  const read = v.safeParse(commandSchema, json);
  if (read.success) return { command: read.output };
  const issue = read.issues[0];
  return { problem: `${v.getDotPath(issue) ?? "command"}: ${issue.message}` };
}

/** A run of the protocol: `init` starts over. */
export class Session {
  cluster = new Cluster();
  private defaults: Defaults = { cfg: {}, timeouts: {}, oldSnapshots: false };

  /** Carries a command out; a sentence that says why it cannot be, or null. */
  perform(command: Command): string | null {
    const { cluster } = this;
    switch (command.op) {
      case "init":
        return this.init(command);
      case "addnode":
        return this.addNodes(command.nodes);
      case "tick":
        return cluster.tick(command.node, command.n ?? 1);
      case "settimeout":
        return cluster.at(command.node, (node) => setTimeoutOf(node, command.n));
      case "campaign":
        return cluster.at(command.node, (node) => stepNode(node, { kind: "campaign" }));
      case "propose":
        return cluster.propose(command.node, command.batch ?? [command.data ?? ""]);
      case "confchange": {
        const changes = (command.changes ?? []).map(({ t: type, id: server }) => ({ type, server }));
        return cluster.changeMembers(command.node, membershipChange(changes, command.transition ?? "auto"));
      }
      case "transfer":
        return cluster.at(command.node, (node) => stepNode(node, { kind: "transfer", to: command.to }));
      case "forget":
        return cluster.at(command.node, (node) => stepNode(node, { kind: "forgetLeader" }));
      case "readindex":
        return cluster.at(command.node, (node) => stepNode(node, { kind: "readIndex", context: command.data }));
      case "unreachable":
        return cluster.at(command.node, (node) => stepNode(node, { kind: "unreachable", peer: command.to }));
      case "reportsnap":
        return cluster.at(command.node, (node) =>
          stepNode(node, { kind: "snapshotSent", peer: command.to, ok: command.ok ?? true }),
        );
      case "compact":
      case "snapshot":
        return cluster.compact(command.node, command.op === "compact");
      case "deliver":
        return cluster.deliver(chosen(command));
      case "drop":
        return cluster.drop(chosen(command));
      case "dup":
        return cluster.duplicate(chosen(command));
      case "cut":
        return cluster.cut(command.links);
      case "partition":
        return cluster.partition(command.groups);
      case "heal":
        return cluster.heal();
      case "stabilize":
        return cluster.stabilize(command.only);
      case "crash":
        return cluster.crash(command.node);
      case "restart":
        return cluster.restart(command.node);
      case "inject":
        return cluster.at(command.msg.to, (node) =>
          stepNode(node, { kind: "message", message: injected(command.msg) }),
        );
      case "ready":
        return cluster.at(command.node, (node) => unless(readyNode(node, cluster.send), "nothing is ready"));
      case "append":
        return cluster.at(command.node, (node) => unless(appendNode(node, cluster.send), "no write is queued"));
      case "apply":
        return cluster.at(command.node, (node) => unless(applyNode(node), "nothing is queued to be applied"));
      case "settle":
        return cluster.at(command.node, (node) => {
          cluster.settle(node);
          return null;
        });
      case "print":
        return null;
    }
  }

  private init(command: Extract<Command, { op: "init" }>): string | null {
    this.cluster = new Cluster();
    const { cfg = {}, timeouts = {}, oldSnap = false } = command;
    this.defaults = { cfg, timeouts, oldSnapshots: oldSnap };
    this.cluster.auto = command.auto ?? true;
    return this.addNodes(command.nodes);
  }

  private addNodes(setups: readonly NodeSetup[]): string | null {
    const { cluster } = this;
    const twice = setups.find((setup) => cluster.nodes.has(setup.id));
    if (twice !== undefined) return `server ${twice.id} exists already`;
    for (const setup of setups) cluster.nodes.set(setup.id, newNode(this.defaults, setup));
    if (cluster.auto) for (const { id: each } of setups) cluster.at(each, () => null);
    return null;
  }
}

const unless = (done: boolean, problem: string): string | null => (done ? null : problem);

function setTimeoutOf(node: Node, n: number): null {
  node.timeout = n;
  node.server.timeout = n;
  return null;
}

// ---- messages by name ---------------------------------------------------------------------------------------

type Choosing = Extract<Command, { op: "deliver" | "drop" | "dup" }>;
const typeNamed = (name: (typeof kinds)[number]): RaftMessage["type"] =>
  (Object.keys(messageNames) as RaftMessage["type"][]).find((type) => messageNames[type] === name)!;

function chosen({ op: _, type, ...rest }: Choosing) {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return type === undefined ? given : { ...given, type: typeNamed(type) };
}

/** A hand-made message; fields that are not given are 0. */
function injected(m: Injected): RaftMessage {
  const base = { from: m.from, to: m.to, term: m.term };
  const index = m.index ?? 0;
  const logTerm = m.logTerm ?? 0;
  const granted = !(m.reject ?? false);
  const type = typeNamed(m.type);
  switch (type) {
    case "RequestVote":
      return { ...base, type, lastLogIndex: index, lastLogTerm: logTerm, transfer: false };
    case "PreVote":
      return { ...base, type, lastLogIndex: index, lastLogTerm: logTerm };
    case "RequestVoteReply":
    case "PreVoteReply":
      return { ...base, type, granted };
    case "AppendEntries":
      return {
        ...base,
        type,
        prevLogIndex: index,
        prevLogTerm: logTerm,
        entries: madeUp(index, m.terms ?? []),
        leaderCommit: m.commit ?? 0,
      };
    case "AppendEntriesReply":
      return {
        ...base,
        type,
        success: granted,
        prevLogIndex: granted ? 0 : index,
        matchIndex: granted ? index : 0,
        hintIndex: m.hint ?? 0,
        hintTerm: logTerm,
      };
    case "Heartbeat":
      return { ...base, type, commit: m.commit ?? 0, round: 0 };
    case "HeartbeatReply":
      return { ...base, type, round: 0 };
    case "InstallSnapshot":
      return { ...base, type, snapshot: madeUpSnapshot(m) };
    case "TimeoutNow":
    case "TransferLeader":
      return { ...base, type };
    case "Propose":
      return { ...base, type, proposals: [] };
    case "ReadIndex":
      return { ...base, type, context: "" };
    case "ReadIndexReply":
      return { ...base, type, context: "", index };
  }
}

const madeUp = (after: LogIndex, terms: readonly number[]): Entry[] =>
  terms.map((term, i) => ({ index: after + i + 1, term, command: textCommand(`i${after + i + 1}`), change: null }));

function madeUpSnapshot({ snapIndex, snapTerm, voters, learners }: Injected): Snapshot {
  const configuration = { ...votersOnly(voters ?? ([] as ServerId[])), learners: learners ?? [] };
  return { ...emptySaved().snapshot, index: snapIndex ?? 0, term: snapTerm ?? 0, configuration };
}
