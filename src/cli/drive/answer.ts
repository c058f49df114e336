import type { ServerId } from "../../base/units.ts";
import type { Cluster, Flight } from "../../exchange/ticks/cluster.ts";
import { messageNames } from "../../exchange/ticks/names.ts";
import type { Node, TextCommand } from "../../exchange/ticks/node.ts";
import type { Configuration } from "../../raft/configuration.ts";
import type { Entry } from "../../raft/entry.ts";
import { firstIndex, lastIndex, type RaftLog, slice } from "../../raft/log.ts";
import type { Progress } from "../../raft/progress.ts";
import type { RaftMessage, Snapshot } from "../../raft/types.ts";

const roles = { follower: "Follower", preCandidate: "PreCandidate", candidate: "Candidate", leader: "Leader" } as const;
const states = { probe: "Probe", replicate: "Replicate", snapshot: "Snapshot" } as const;

/** The state of the whole cluster, as PROTOCOL.md has it. */
export function stateOf(cluster: Cluster) {
  const nodes = [...cluster.nodes.values()].sort((a, b) => a.id - b.id);
  return {
    net: cluster.flights.map(flightView),
    nodes: Object.fromEntries(
      nodes.map((node) => [node.id, node.up ? liveView(node) : { down: true, disk: diskView(node) }]),
    ),
  };
}

function flightView({ id, message }: Flight) {
  const { type, from, to, term } = message;
  return { id, type: messageNames[type], from, to, term, ...fieldsOf(message) };
}

function fieldsOf(message: RaftMessage): Record<string, unknown> {
  switch (message.type) {
    case "RequestVote":
      return {
        index: message.lastLogIndex,
        logTerm: message.lastLogTerm,
        ...(message.transfer ? { transfer: true } : {}),
      };
    case "PreVote":
      return { index: message.lastLogIndex, logTerm: message.lastLogTerm };
    case "RequestVoteReply":
    case "PreVoteReply":
      return message.granted ? {} : { reject: true };
    case "AppendEntries":
      return {
        index: message.prevLogIndex,
        logTerm: message.prevLogTerm,
        commit: message.leaderCommit,
        entries: message.entries.map(entryView),
      };
    case "AppendEntriesReply":
      if (message.success) return { index: message.matchIndex };
      return { index: message.prevLogIndex, reject: true, hint: message.hintIndex, logTerm: message.hintTerm };
    case "Heartbeat":
      return { commit: message.commit, ...(message.round > 0 ? { ctx: String(message.round) } : {}) };
    case "HeartbeatReply":
      return message.round > 0 ? { ctx: String(message.round) } : {};
    case "InstallSnapshot":
      return { snapshot: snapshotView(message.snapshot) };
    case "Propose":
      return { entries: message.proposals.map((proposal) => entryView({ index: 0, term: 0, ...proposal })) };
    case "ReadIndex":
      return { ctx: message.context };
    case "ReadIndexReply":
      return { ctx: message.context, index: message.index };
    case "TimeoutNow":
    case "TransferLeader":
      return {};
  }
}

const snapshotView = ({ index, term, configuration }: Snapshot) => ({
  i: index,
  t: term,
  conf: configurationView(configuration),
});

const entryView = ({ index, term, command, change }: Entry) => ({
  i: index,
  t: term,
  ...(command === null ? {} : { d: (command as TextCommand).text }),
  ...(change === null
    ? {}
    : {
        cc: {
          changes: change.changes.map(({ type, server }) => ({ t: type, id: server })),
          transition: change.transition,
        },
      }),
});

const configurationView = ({ voters, outgoing, learners, learnersNext, autoLeave }: Configuration) => ({
  voters,
  outgoing,
  learners,
  learnersNext,
  autoLeave,
});

const logView = (log: RaftLog) => slice(log, firstIndex(log), lastIndex(log)).map(entryView);

const diskView = ({ disk }: Node) => ({ term: disk.term, vote: disk.vote, log: logView(disk.log) });

function liveView(node: Node) {
  const { server, reads } = node;
  const leads = server.role === "leader";
  const votes = Object.fromEntries(server.votes.flatMap((vote, id) => (vote === undefined ? [] : [[id, vote]])));
  return {
    role: roles[server.role],
    term: server.term,
    vote: server.votedFor,
    lead: server.leader,
    commit: server.commitIndex,
    applied: server.lastApplied,
    first: firstIndex(server.log),
    last: lastIndex(server.log),
    log: logView(server.log),
    unstable: server.unstableFrom,
    elapsed: node.now - server.timerSince,
    timeout: server.timeout,
    conf: configurationView(server.configuration),
    sm: node.commands,
    ...(reads.length > 0 ? { reads: reads.map(({ context, index }) => ({ ctx: context, index })) } : {}),
    ...(server.votes.length > 0 ? { votes } : {}),
    ...(leads ? { progress: progressView(node), pendingConf: server.pendingChangeIndex } : {}),
    ...(leads && server.transferee !== 0 ? { transferee: server.transferee } : {}),
    disk: diskView(node),
  };
}

function progressView({ server }: Node): Record<string, unknown> {
  const rows: [ServerId, unknown][] = [];
  server.progress.forEach((progress, id) => {
    if (progress !== undefined) rows.push([id, followerView(progress)]);
  });
  return Object.fromEntries(rows);
}

const followerView = (progress: Progress) => ({
  state: states[progress.state],
  match: progress.match,
  next: progress.next,
  paused: progress.paused,
  active: progress.active,
  inflight: progress.inflight.length,
  ...(progress.pendingSnapshot > 0 ? { pendingSnap: progress.pendingSnapshot } : {}),
});
