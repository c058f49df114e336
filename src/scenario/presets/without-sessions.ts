import {
  committed,
  every,
  historyIs,
  holds,
  isDown,
  leads,
  logIs,
  requestIs,
  sessionsAre,
  triedTimes,
  underWay,
  wasLost,
} from "./claims.ts";
import { preset } from "./preset.ts";
import { retry } from "./retry.ts";

export const withoutSessions = preset({
  id: "without-sessions",
  title: "A retry that is executed twice",
  group: "Clients",
  notes:
    "The story of the retry that is executed once, but the client has no session. It asks S1 to add 1 to n; the answer is lost, S1 crashes, and the client asks S2 again. To the state machine these are two commands: it adds twice, and answers 2 to a client that asked for 1 once. No order of what was asked explains that answer: the history is not linearizable. Raft did nothing wrong: exactly-once is the business of clients and state machine.",
  file: retry(false, { atMs: 100, message: "S1>C#1" }),
  bookmarks: [
    {
      atMs: 101,
      label: "S1 has executed the command, n is 1 there, and the answer is lost; there are no sessions.",
      claim: every(
        committed(1, 1),
        holds(1, "n", "1"),
        sessionsAre(1),
        wasLost(1, 0, ({ payload }) => payload.type === "ClientReply"),
        requestIs(1, "increment", "asking"),
      ),
    },
    {
      atMs: 365,
      label: "S1 is down, S2 leads term 2, n is 1 there, and the client asks it again.",
      claim: every(isDown(1), leads(2, 2), holds(2, "n", "1"), underWay(0, 2, "ClientRequest"), triedTimes(1, 2)),
    },
    {
      atMs: 400,
      label: "Both copies of the command were executed on S2: n is 2.",
      claim: every(logIs(2, 1, 2), committed(2, 2), holds(2, "n", "2")),
    },
    {
      atMs: 560,
      label: "The client asked once for 1 more and is told 2: no order explains that.",
      claim: every(requestIs(1, "increment", "done", "2"), requestIs(2, "get", "done", "2"), historyIs("illegal")),
    },
  ],
});
