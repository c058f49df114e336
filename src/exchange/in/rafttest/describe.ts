import type { Configuration, MembershipChange } from "../../../raft/configuration.ts";
import type { Entry, Proposal } from "../../../raft/entry.ts";
import { isPaused, type Progress, windowFull } from "../../../raft/progress.ts";
import type { RaftMessage, Ready, Role, Server, Snapshot } from "../../../raft/types.ts";
import { messageNames } from "../../ticks/names.ts";
import type { Node, TextCommand } from "../../ticks/node.ts";

/** States, messages and entries in the words of etcd/raft's util.go, tracker/progress.go and rafttest. */

const roleNames: Readonly<Record<Role, string>> = {
  follower: "StateFollower",
  preCandidate: "StatePreCandidate",
  candidate: "StateCandidate",
  leader: "StateLeader",
};
const changeLetters = { add: "v", remove: "r", learner: "l", update: "u" } as const;

/** `singly`: changes that were proposed as etcd's first kind, one server at a time. */
export type Singly = WeakSet<MembershipChange>;

export function entryText({ index, term, command, change }: Entry, singly: Singly): string {
  if (change === null) return `${term}/${index} EntryNormal ${quoted((command as TextCommand | null)?.text ?? "")}`;
  const changes = change.changes.map(({ type, server }) => `${changeLetters[type]}${server}`).join(" ");
  const type = singly.has(change) ? "EntryConfChange" : "EntryConfChangeV2";
  return `${term}/${index} ${type}${changes === "" ? "" : ` ${changes}`}`;
}
const quoted = (text: string): string => JSON.stringify(text);

const list = (ids: readonly number[]): string => `[${ids.join(" ")}]`;
const configurationText = ({ voters, outgoing, learners, learnersNext, autoLeave }: Configuration): string =>
  `Voters:${list(voters)} VotersOutgoing:${list(outgoing)} Learners:${list(learners)} LearnersNext:${list(learnersNext)} AutoLeave:${autoLeave}`;
const snapshotText = ({ index, term, configuration }: Snapshot): string =>
  `Index:${index} Term:${term} ConfState:${configurationText(configuration)}`;

interface Fields {
  readonly logTerm?: number;
  readonly index?: number;
  readonly hint?: number | undefined;
  readonly commit?: number;
  readonly entries?: readonly Entry[];
  readonly snapshot?: Snapshot;
}
const unplaced = (proposal: Proposal): Entry => ({ ...proposal, index: 0, term: 0 });

function fieldsOf(message: RaftMessage): Fields {
  switch (message.type) {
    case "RequestVote":
    case "PreVote":
      return { logTerm: message.lastLogTerm, index: message.lastLogIndex };
    case "RequestVoteReply":
    case "PreVoteReply":
      return { hint: message.granted ? undefined : 0 };
    case "AppendEntries":
      return {
        logTerm: message.prevLogTerm,
        index: message.prevLogIndex,
        commit: message.leaderCommit,
        entries: message.entries,
      };
    case "AppendEntriesReply":
      return message.success
        ? { index: message.matchIndex }
        : { logTerm: message.hintTerm, index: message.prevLogIndex, hint: message.hintIndex };
    case "Heartbeat":
      return { commit: message.commit };
    case "InstallSnapshot":
      return { snapshot: message.snapshot };
    case "Propose":
      return { entries: message.proposals.map(unplaced) };
    case "ReadIndexReply":
      return { index: message.index };
    case "HeartbeatReply":
    case "TimeoutNow":
    case "TransferLeader":
    case "ReadIndex":
      return {};
  }
}

/** In lines. */
export function messageText(message: RaftMessage, singly: Singly): string[] {
  const { from, to, term, type } = message;
  const { logTerm = 0, index = 0, hint, commit = 0, entries = [], snapshot } = fieldsOf(message);
  const texts = entries.map((entry) => entryText(entry, singly));
  const head = [
    `${from.toString(16)}->${to.toString(16)} Msg${messageNames[type]} Term:${term} Log:${logTerm}/${index}`,
    ...(hint === undefined ? [] : [`Rejected (Hint: ${hint})`]),
    ...(commit === 0 ? [] : [`Commit:${commit}`]),
    ...(texts.length === 0 ? [] : [texts.length === 1 ? `Entries:[${texts[0]}]` : "Entries:["]),
  ].join(" ");
  return [
    head,
    ...(texts.length > 1 ? [...texts.map((text) => `  ${text}`), "]"] : []),
    ...(snapshot === undefined ? [] : [`  Snapshot: ${snapshotText(snapshot)}`]),
  ];
}

/** What a Ready of a server says; `before`: the server when its last one was taken. */
export function readyText(ready: Ready, server: Server, before: Before, singly: Singly): string[] {
  const { write, messages, messagesAfterWrite, apply } = ready;
  const state = write?.state ?? null;
  const entries = write?.entries ?? [];
  const isNewRole = server.role !== before.role || server.leader !== before.leader;
  const mustSync =
    entries.length > 0 || (state !== null && (state.term !== before.term || state.votedFor !== before.votedFor));
  const all = [...messages, ...messagesAfterWrite];
  return [
    `Ready MustSync=${mustSync}:`,
    ...(isNewRole ? [`Lead:${server.leader} State:${roleNames[server.role]}`] : []),
    ...(state === null
      ? []
      : [
          `HardState Term:${state.term}${state.votedFor === 0 ? "" : ` Vote:${state.votedFor}`} Commit:${state.commitIndex}`,
        ]),
    ...headed(
      "Entries:",
      entries.map((entry) => entryText(entry, singly)),
    ),
    ...(write?.snapshot ? [`Snapshot ${snapshotText(write.snapshot)}`] : []),
    ...headed(
      "CommittedEntries:",
      apply.map((entry) => entryText(entry, singly)),
    ),
    ...headed(
      "Messages:",
      all.flatMap((message) => messageText(message, singly)),
    ),
  ];
}
export interface Before {
  readonly role: Role;
  readonly leader: number;
  readonly term: number;
  readonly votedFor: number;
}
export const beforeReady = ({ handedRole, handedLeader, handedState }: Server): Before => ({
  role: handedRole,
  leader: handedLeader,
  term: handedState.term,
  votedFor: handedState.votedFor,
});
const headed = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [title, ...lines];

export function stateText({ id, server }: Node): string {
  const { voters, outgoing } = server.configuration;
  const votes = voters.includes(id) || outgoing.includes(id) ? "Voter" : "Non-Voter";
  return `${id}: ${roleNames[server.role]} (${votes}) Term:${server.term} Lead:${server.leader}`;
}

export function progressTexts({ server, options }: Node): string[] {
  if (server.role !== "leader") return [];
  return server.progress.flatMap((progress, id) =>
    progress === undefined
      ? []
      : [`${id}: ${progressText(progress, server.configuration.learners.includes(id), options)}`],
  );
}
const states = { probe: "StateProbe", replicate: "StateReplicate", snapshot: "StateSnapshot" } as const;

function progressText(progress: Progress, isLearner: boolean, options: Node["options"]): string {
  const { state, match, next, pendingSnapshot, active, inflight } = progress;
  const full = windowFull(progress, options) ? "[full]" : "";
  return [
    `${states[state]} match=${match} next=${next}`,
    ...(isLearner ? ["learner"] : []),
    ...(isPaused(progress) ? ["paused"] : []),
    ...(pendingSnapshot > 0 ? [`pendingSnap=${pendingSnapshot}`] : []),
    ...(active ? [] : ["inactive"]),
    ...(inflight.length > 0 ? [`inflight=${inflight.length}${full}`] : []),
  ].join(" ");
}
