import { applied, each, every, historyIs, holds, leads, requestIs, sessionsAre } from "./claims.ts";
import { preset } from "./preset.ts";

export const sessionExpired = preset({
  id: "session-expired",
  title: "A session expires",
  group: "Clients",
  notes:
    "The state machine cannot keep every session for ever. Here it keeps one: when C2 opens its session, that of C1 goes, at the same entry on every server, since nothing but the log decides. The next command of C1 is in the log, but belongs to no session any more: it is not executed, and C1 is told so. It opens another session, and its next command counts.",
  file: {
    seed: 2,
    servers: 3,
    latencyMs: [10, 12],
    writeMs: [1, 2],
    clients: { sessions: true, repeatMs: 400, giveUpMs: 2000, sessionsMost: 1 },
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 60, do: "request", increment: ["n", 1], client: "C1" },
      { atMs: 250, do: "request", increment: ["n", 1], client: "C2" },
      { atMs: 420, do: "request", increment: ["n", 1], client: "C1" },
      { atMs: 600, do: "request", increment: ["n", 1], client: "C1" },
    ],
    speed: 0.025,
    endMs: 800,
  },
  bookmarks: [
    {
      atMs: 200,
      label: "The session of C1, opened by entry 1, is known to every server, and n is 1.",
      claim: every(
        leads(1, 1),
        each([1, 2, 3], (id) => every(sessionsAre(id, 1), holds(id, "n", "1"))),
      ),
    },
    {
      atMs: 290,
      label: "S1 has applied entry 3, which opened a session for C2: that of C1 is gone there.",
      claim: every(applied(1, 3), sessionsAre(1, 3)),
    },
    {
      atMs: 470,
      label: "C1's command is entry 5 and was not executed: n is 2, and C1 knows that it failed.",
      claim: every(applied(1, 5), holds(1, "n", "2"), requestIs(5, "increment", "failed")),
    },
    {
      atMs: 780,
      label: "C1 has opened session 6, and its next command made 3 of n, on every server.",
      claim: every(
        each([1, 2, 3], (id) => every(sessionsAre(id, 6), holds(id, "n", "3"))),
        requestIs(6, "increment", "done", "3"),
        historyIs("ok"),
      ),
    },
  ],
});
