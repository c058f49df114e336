import { withMessage, withoutMessage } from "../bag.ts";
import { name } from "../entry.ts";
import type { AppendEntriesRequest, AppendEntriesResponse } from "../messages.ts";
import {
  no,
  type SpecServer,
  type SpecState,
  serverIn,
  type Taken,
  withAt,
  withMessages,
  withServer,
} from "../state.ts";

/** Figure 2 has commitIndex and matchIndex grow only; raft.tla lets an old message lower them. */
export type Keeping = "as raft.tla" | "never lower";

/** Server i receives a request of a term that is not above its own. What is not answered yet stays to be read again. */
export function handleAppendEntriesRequest(state: SpecState, m: AppendEntriesRequest, keeping: Keeping): Taken {
  const { mdest: i, msource: j, mterm } = m;
  const server = serverIn(state, i);
  if (mterm < server.currentTerm)
    return answer(state, m, false, `${name(i)} refuses: term ${mterm} is over, it is in term ${server.currentTerm}`);
  if (server.state === "Leader") return no(`${name(i)} leads term ${mterm} itself`);
  if (server.state === "Candidate")
    return {
      ok: true,
      state: withServer(state, i, { state: "Follower" }),
      did: `${name(i)} returns to being a follower: ${name(j)} leads term ${mterm}`,
    };
  const mismatch = whyNoMatch(server, m);
  if (mismatch !== null) return answer(state, m, false, `${name(i)} refuses: ${mismatch}`);
  return accept(state, server, m, keeping);
}

/** null: the log matches before the entry. */
function whyNoMatch({ log }: SpecServer, { mprevLogIndex: prev, mprevLogTerm }: AppendEntriesRequest): string | null {
  if (prev === 0) return null;
  if (prev > log.length) return `its log ends at ${log.length}, before ${prev}`;
  const { term } = log[prev - 1]!;
  return term === mprevLogTerm ? null : `its entry ${prev} is of term ${term}, not of term ${mprevLogTerm}`;
}

function accept(state: SpecState, server: SpecServer, m: AppendEntriesRequest, keeping: Keeping): Taken {
  const { mdest: i, mprevLogIndex: prev, mentries, mcommitIndex } = m;
  const { log, commitIndex } = server;
  const [entry] = mentries;
  const own = log[prev];
  if (entry !== undefined && own === undefined)
    return {
      ok: true,
      state: withServer(state, i, { log: [...log, entry] }),
      did: `${name(i)} appends entry ${prev + 1} of term ${entry.term}`,
    };
  if (entry !== undefined && own!.term !== entry.term)
    return {
      ok: true,
      state: withServer(state, i, { log: log.slice(0, -1) }),
      did: `${name(i)} removes its last entry, ${log.length}: entry ${prev + 1} is of term ${own!.term}, the leader's of term ${entry.term}`,
    };
  const after = keeping === "never lower" ? Math.max(commitIndex, mcommitIndex) : mcommitIndex;
  const done = after === commitIndex ? state : withServer(state, i, { commitIndex: after });
  const commits = after === commitIndex ? "" : ` and sets its commit index to ${after}`;
  return answer(done, m, true, `${name(i)} has everything up to ${prev + mentries.length}${commits}`);
}

function answer(state: SpecState, m: AppendEntriesRequest, msuccess: boolean, did: string): Taken {
  const { mdest: i, msource: j, mprevLogIndex, mentries } = m;
  const response: AppendEntriesResponse = {
    mtype: "AppendEntriesResponse",
    mterm: serverIn(state, i).currentTerm,
    msuccess,
    mmatchIndex: msuccess ? mprevLogIndex + mentries.length : 0,
    msource: i,
    mdest: j,
  };
  const next = withMessages(state, withoutMessage(withMessage(state.messages, response), m));
  return { ok: true, state: next, did, sends: response };
}

/** Server i receives an answer of its own term. */
export function handleAppendEntriesResponse(state: SpecState, m: AppendEntriesResponse, keeping: Keeping): Taken {
  const { mdest: i, msource: j, msuccess, mmatchIndex } = m;
  const { nextIndex, matchIndex } = serverIn(state, i);
  const match = keeping === "never lower" ? Math.max(matchIndex[j]!, mmatchIndex) : mmatchIndex;
  const next = msuccess ? mmatchIndex + 1 : Math.max(nextIndex[j]! - 1, 1);
  const heard = withServer(state, i, {
    nextIndex: withAt(nextIndex, j, next),
    ...(msuccess ? { matchIndex: withAt(matchIndex, j, match) } : {}),
  });
  const did = msuccess
    ? `${name(i)} hears that ${name(j)} has everything up to ${mmatchIndex}`
    : `${name(i)} goes back to ${next} for ${name(j)}`;
  return { ok: true, state: withMessages(heard, withoutMessage(state.messages, m)), did };
}
