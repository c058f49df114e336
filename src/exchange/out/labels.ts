import type { GroupId } from "../../base/units.ts";
import { operationText } from "../../explain/messages.ts";
import { endName } from "../../scenario/names.ts";
import type { ClientReply, LossReason, Payload } from "../../world/state/messages.ts";

/** Short names for pictures that other programs draw: the fields' own names, and no sentences. */

/** "AppendEntries t2 [3–4]", "RequestVoteReply t2 granted". */
export function messageLabel(message: Payload): string {
  const rest = details(message);
  const term = "term" in message && message.term > 0 ? ` t${message.term}` : "";
  return `${message.type}${term}${rest === "" ? "" : ` ${rest}`}`;
}

function details(message: Payload): string {
  switch (message.type) {
    case "RequestVote":
    case "PreVote":
      return `log ${message.lastLogIndex}/t${message.lastLogTerm}`;
    case "RequestVoteReply":
    case "PreVoteReply":
      return message.granted ? "granted" : "refused";
    case "AppendEntries": {
      const { entries } = message;
      const [first] = entries;
      return `[${first === undefined ? "" : numbers(first.index, first.index + entries.length - 1)}]`;
    }
    case "AppendEntriesReply":
      return message.success ? `match ${message.matchIndex}` : `refused at ${message.prevLogIndex}`;
    case "Heartbeat":
      return `commit ${message.commit}`;
    case "InstallSnapshot":
      return `up to ${message.snapshot.index}`;
    case "TransferLeader":
      return `to ${endName(message.from)}`;
    case "Propose":
      return String(message.proposals.length);
    case "ReadIndexReply":
      return `index ${message.index}`;
    case "ClientRequest":
      return operationText(message.operation);
    case "ClientReply":
      return replyText(message.outcome);
    case "HeartbeatReply":
    case "TimeoutNow":
    case "ReadIndex":
      return "";
  }
}

const numbers = (first: number, last: number): string => (first === last ? String(first) : `${first}–${last}`);

function replyText(outcome: ClientReply["outcome"]): string {
  if (outcome.kind === "done") return outcome.value === null ? "done" : `done: ${outcome.value}`;
  if (outcome.kind === "refused") return outcome.why;
  return outcome.leader === 0 ? "not leader" : `ask ${endName(outcome.leader)}`;
}

/** Whether it answers another one. */
export const isReply = ({ type }: Payload): boolean => type.endsWith("Reply");

/** Nobody answers it. */
export const isOneWay = ({ type }: Payload): boolean =>
  type === "TimeoutNow" || type === "TransferLeader" || type === "Propose";

export const lossText: Readonly<Record<LossReason, string>> = {
  cut: "cut link",
  loss: "lost",
  dropped: "dropped",
  down: "receiver down",
  overflow: "receiver paused",
};

/** "group 2: ", where a run has several groups. */
export const groupMark = (group: GroupId | undefined): string => (group === undefined ? "" : `group ${group}: `);
