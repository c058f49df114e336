import type { ServerId } from "../../../base/units.ts";
import { name } from "../entry.ts";
import { forAll, no, type SpecState, serverIn, type Taken, withServer } from "../state.ts";

/** Server i restarts from stable storage: it loses everything but currentTerm, votedFor and log. */
export function restart(state: SpecState, i: ServerId): Taken {
  const next = withServer(state, i, {
    state: "Follower",
    votesResponded: [],
    votesGranted: [],
    nextIndex: forAll(state, 1),
    matchIndex: forAll(state, 0),
    commitIndex: 0,
  });
  return { ok: true, state: next, did: `${name(i)} restarts with its term, its vote and its log` };
}

/** Server i times out and starts a new election. Its own vote is a message like the others. */
export function timeout(state: SpecState, i: ServerId): Taken {
  const server = serverIn(state, i);
  if (server.state === "Leader") return no(`${name(i)} is the leader of term ${server.currentTerm}`);
  const currentTerm = server.currentTerm + 1;
  const next = withServer(state, i, {
    state: "Candidate",
    currentTerm,
    votedFor: 0,
    votesResponded: [],
    votesGranted: [],
  });
  return { ok: true, state: next, did: `${name(i)} becomes a candidate of term ${currentTerm}` };
}
