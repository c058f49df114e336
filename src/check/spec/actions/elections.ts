import type { ServerId } from "../../../base/units.ts";
import { withMessage, withoutMessage } from "../bag.ts";
import { name } from "../entry.ts";
import type { RequestVoteRequest, RequestVoteResponse } from "../messages.ts";
import {
  forAll,
  including,
  isQuorum,
  lastTermOf,
  no,
  type SpecServer,
  type SpecState,
  serverIn,
  type Taken,
  withMessages,
  withServer,
} from "../state.ts";

/** Candidate i sends j a request for its vote; j may be i itself. */
export function requestVote(state: SpecState, i: ServerId, j: ServerId): Taken {
  const server = serverIn(state, i);
  if (server.state !== "Candidate") return no(`${name(i)} is a ${server.state.toLowerCase()}, not a candidate`);
  if (server.votesResponded.includes(j)) return no(`${name(j)} has answered ${name(i)} in this term already`);
  const message: RequestVoteRequest = {
    mtype: "RequestVoteRequest",
    mterm: server.currentTerm,
    mlastLogTerm: lastTermOf(server.log),
    mlastLogIndex: server.log.length,
    msource: i,
    mdest: j,
  };
  return {
    ok: true,
    state: withMessages(state, withMessage(state.messages, message)),
    did: `${name(i)} asks ${name(j)} for its vote in term ${server.currentTerm}`,
    sends: message,
  };
}

/** Candidate i becomes leader. */
export function becomeLeader(state: SpecState, i: ServerId): Taken {
  const server = serverIn(state, i);
  if (server.state !== "Candidate") return no(`${name(i)} is a ${server.state.toLowerCase()}, not a candidate`);
  const { votesGranted } = server;
  if (!isQuorum(state, votesGranted)) {
    const who = votesGranted.length === 0 ? "nobody" : votesGranted.map(name).join(", ");
    return no(`${votesGranted.length} of ${state.servers.length} votes are no majority (${who})`);
  }
  const next = withServer(state, i, {
    state: "Leader",
    nextIndex: forAll(state, server.log.length + 1),
    matchIndex: forAll(state, 0),
  });
  return { ok: true, state: next, did: `${name(i)} leads term ${server.currentTerm}` };
}

/** Server i receives a request for its vote, of a term that is not above its own. */
export function handleRequestVoteRequest(state: SpecState, m: RequestVoteRequest): Taken {
  const { mdest: i, msource: j } = m;
  const server = serverIn(state, i);
  const refused = whyNoVote(server, m);
  const response: RequestVoteResponse = {
    mtype: "RequestVoteResponse",
    mterm: server.currentTerm,
    mvoteGranted: refused === null,
    msource: i,
    mdest: j,
  };
  const voted = refused === null ? withServer(state, i, { votedFor: j }) : state;
  const next = withMessages(voted, withoutMessage(withMessage(state.messages, response), m));
  const did =
    refused === null ? `${name(i)} votes for ${name(j)}` : `${name(i)} refuses ${name(j)} its vote: ${refused}`;
  return { ok: true, state: next, did, sends: response };
}

/** null: it gets the vote. */
function whyNoVote(server: SpecServer, { mterm, mlastLogTerm, mlastLogIndex, msource: j }: RequestVoteRequest) {
  const { currentTerm, votedFor, log } = server;
  if (mterm !== currentTerm) return `term ${mterm} is over, it is in term ${currentTerm}`;
  const lastTerm = lastTermOf(log);
  const logOk = mlastLogTerm > lastTerm || (mlastLogTerm === lastTerm && mlastLogIndex >= log.length);
  if (!logOk)
    return `its own log ends at ${log.length} of term ${lastTerm}, the candidate's at ${mlastLogIndex} of term ${mlastLogTerm}`;
  return votedFor === 0 || votedFor === j ? null : `it has voted for ${name(votedFor)} in this term`;
}

/** Server i receives an answer of its own term. It is counted whatever i is now; only a candidate looks. */
export function handleRequestVoteResponse(state: SpecState, m: RequestVoteResponse): Taken {
  const { mdest: i, msource: j, mvoteGranted } = m;
  const { votesResponded, votesGranted } = serverIn(state, i);
  const counted = withServer(state, i, {
    votesResponded: including(votesResponded, j),
    votesGranted: mvoteGranted ? including(votesGranted, j) : votesGranted,
  });
  const next = withMessages(counted, withoutMessage(state.messages, m));
  return {
    ok: true,
    state: next,
    did: `${name(i)} counts that ${name(j)} ${mvoteGranted ? "votes for it" : "refuses"}`,
  };
}
