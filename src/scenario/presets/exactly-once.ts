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

export const exactlyOnce = preset({
  id: "exactly-once",
  title: "A retry that is executed once",
  group: "Clients",
  notes:
    "The client opens a session and asks S1 to add 1 to n. S1 commits that and answers; the answer is lost, and S1 crashes. The client hears nothing and asks S2, which leads now, again. The log then holds the command twice, but the state machine remembers the answer under the session and the command's number: it does not add again, and answers 1. See the same story without sessions.",
  file: {
    seed: 2,
    servers: 3,
    network: { mode: "automatic", latencyMs: [10, 12], loss: 0, duplicate: 0 },
    disk: { writeMs: [1, 2] },
    clients: { sessions: true, repeatMs: 300, giveUpMs: 2000, sessionsMost: 16 },
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 60, do: "request", increment: ["n", 1], server: "S1" },
      { atMs: 148, do: "drop", message: "S1>C#2" },
      { atMs: 180, do: "crash", server: "S1" },
      { atMs: 190, do: "timer", server: "S2", leftMs: 20 },
      { atMs: 500, do: "request", get: "n", server: "S2" },
    ],
    view: { atMs: 58, select: "", speed: 0.03, play: true },
    endMs: 700,
  },
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
