import type { LogIndex, ServerId } from "../../base/units.ts";
import { becomeLeader, requestVote } from "./actions/elections.ts";
import { advanceCommitIndex, appendEntries, appendEntriesAt, clientRequest } from "./actions/leaders.ts";
import { dropMessage, duplicateMessage } from "./actions/network.ts";
import { receive } from "./actions/receive.ts";
import { restart, timeout } from "./actions/servers.ts";
import { name } from "./entry.ts";
import { messageText, type SpecMessage } from "./messages.ts";
import type { SpecState, Taken } from "./state.ts";

/** The actions of raft.tla; and of each of two of them a wider form, where Figure 2 allows more than raft.tla. */
export type Action =
  | { readonly name: "Restart" | "Timeout" | "BecomeLeader" | "AdvanceCommitIndex"; readonly i: ServerId }
  | { readonly name: "RequestVote" | "AppendEntries"; readonly i: ServerId; readonly j: ServerId }
  | { readonly name: "ClientRequest"; readonly i: ServerId; readonly value: number }
  | { readonly name: "Receive" | "DuplicateMessage" | "DropMessage"; readonly m: SpecMessage }
  | {
      readonly name: "AppendEntriesAt";
      readonly i: ServerId;
      readonly j: ServerId;
      readonly prev: LogIndex;
      readonly count: 0 | 1;
    }
  /** As Receive, but commitIndex and matchIndex are not lowered ("increases monotonically", Figure 2). */
  | { readonly name: "ReceiveKeeping"; readonly m: SpecMessage };

/** raft.tla's Next, action by action: the state after it, or why it cannot be taken now. */
export function take(state: SpecState, action: Action): Taken {
  switch (action.name) {
    case "Restart":
      return restart(state, action.i);
    case "Timeout":
      return timeout(state, action.i);
    case "RequestVote":
      return requestVote(state, action.i, action.j);
    case "BecomeLeader":
      return becomeLeader(state, action.i);
    case "ClientRequest":
      return clientRequest(state, action.i, action.value);
    case "AdvanceCommitIndex":
      return advanceCommitIndex(state, action.i);
    case "AppendEntries":
      return appendEntries(state, action.i, action.j);
    case "AppendEntriesAt":
      return appendEntriesAt(state, action.i, action.j, action.prev, action.count);
    case "Receive":
      return receive(state, action.m, "as raft.tla");
    case "ReceiveKeeping":
      return receive(state, action.m, "never lower");
    case "DuplicateMessage":
      return duplicateMessage(state, action.m);
    case "DropMessage":
      return dropMessage(state, action.m);
  }
}

/** True of what raft.tla itself has no action for. */
export const isWider = ({ name }: Action): boolean => name === "AppendEntriesAt" || name === "ReceiveKeeping";

/** "AdvanceCommitIndex(S1)". */
export function actionText(action: Action): string {
  if ("m" in action) return `${action.name}(${messageText(action.m)})`;
  const to = "j" in action ? `, ${name(action.j)}` : "";
  const what = "prev" in action ? `, ${action.count === 0 ? "nothing" : "one entry"} after ${action.prev}` : "";
  const value = "value" in action ? `, ${action.value}` : "";
  return `${action.name}(${name(action.i)}${to}${what}${value})`;
}
