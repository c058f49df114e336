import {
  committed,
  every,
  holds,
  isDown,
  leads,
  logIs,
  remembers,
  requestIs,
  sessionsAre,
  triedTimes,
  underWay,
  wasLost,
} from "./claims.ts";
import { preset } from "./preset.ts";
import { retry } from "./retry.ts";

export const exactlyOnce = preset({
  id: "exactly-once",
  title: "A retry that is executed once",
  group: "Clients",
  notes:
    "The client opens a session and asks S1 to add 1 to n. S1 commits that and answers; the answer is lost, and S1 crashes. The client hears nothing and asks S2, which leads now, again. The log then holds the command twice, but the state machine remembers the answer under the session and the command's number: it does not add again, and answers 1. See the same story without sessions.",
  file: retry(true, { atMs: 148, message: "S1>C#2" }),
  bookmarks: [
    {
      atMs: 65,
      label: "The client waits with its command until it has a session, which it has asked S1 for.",
      claim: every(leads(1, 1), underWay(0, 1, "ClientRequest"), triedTimes(1, 0), requestIs(2, "session", "asking")),
    },
    {
      atMs: 110,
      label: "Session 1 is open on S1, and the command is on its way.",
      claim: every(sessionsAre(1, 1), underWay(0, 1, "ClientRequest"), triedTimes(1, 1)),
    },
    {
      atMs: 149,
      label: "S1 has executed the command, n is 1 there, and the answer is lost.",
      claim: every(
        committed(1, 2),
        holds(1, "n", "1"),
        remembers(1, 1, 1, "1"),
        wasLost(1, 0, ({ payload }) => payload.type === "ClientReply"),
        requestIs(1, "increment", "asking"),
      ),
    },
    {
      atMs: 410,
      label: "S1 is down, S2 leads term 2, and the client asks it again.",
      claim: every(isDown(1), leads(2, 2), underWay(0, 2, "ClientRequest"), triedTimes(1, 2)),
    },
    {
      atMs: 450,
      label: "The command is in S2's log twice, as entries 2 and 3, and n is 1 all the same.",
      claim: every(logIs(2, 1, 1, 2), committed(2, 3), holds(2, "n", "1"), remembers(2, 1, 1, "1")),
    },
    {
      atMs: 560,
      label: "The client has the answer 1, and a read says so too.",
      claim: every(requestIs(1, "increment", "done", "1"), requestIs(3, "get", "done", "1")),
    },
  ],
});
