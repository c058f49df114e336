import { holds, withoutMessage } from "../bag.ts";
import { name } from "../entry.ts";
import { messageText, type SpecMessage } from "../messages.ts";
import { no, type SpecState, serverIn, type Taken, withMessages, withServer } from "../state.ts";
import { handleAppendEntriesRequest, handleAppendEntriesResponse, type Keeping } from "./appends.ts";
import { handleRequestVoteRequest, handleRequestVoteResponse } from "./elections.ts";

/** A server receives a message. A newer term is taken over first; then the message is still there, to be received again. */
export function receive(state: SpecState, m: SpecMessage, keeping: Keeping): Taken {
  if (!holds(state.messages, m)) return no(`nobody has sent ${messageText(m)}, or every copy of it is gone`);
  const { currentTerm } = serverIn(state, m.mdest);
  if (m.mterm > currentTerm) return updateTerm(state, m);
  switch (m.mtype) {
    case "RequestVoteRequest":
      return handleRequestVoteRequest(state, m);
    case "AppendEntriesRequest":
      return handleAppendEntriesRequest(state, m, keeping);
    case "RequestVoteResponse":
      return m.mterm < currentTerm ? dropStaleResponse(state, m) : handleRequestVoteResponse(state, m);
    case "AppendEntriesResponse":
      return m.mterm < currentTerm ? dropStaleResponse(state, m) : handleAppendEntriesResponse(state, m, keeping);
  }
}

/** Any message of a newer term. */
function updateTerm(state: SpecState, { mdest: i, mterm }: SpecMessage): Taken {
  const next = withServer(state, i, { currentTerm: mterm, state: "Follower", votedFor: 0 });
  return { ok: true, state: next, did: `${name(i)} takes over term ${mterm}, as a follower without a vote` };
}

/** Answers of older terms are ignored. */
function dropStaleResponse(state: SpecState, m: SpecMessage): Taken {
  const { currentTerm } = serverIn(state, m.mdest);
  const next = withMessages(state, withoutMessage(state.messages, m));
  return {
    ok: true,
    state: next,
    did: `${name(m.mdest)} ignores an answer of term ${m.mterm}: it is in term ${currentTerm}`,
  };
}
