import { bothWays, type RunFile } from "../../scenario/presets/preset.ts";
import { retry } from "../../scenario/presets/retry.ts";
import { lesson } from "../draft.ts";

/** The answer to an increment is lost, S1 crashes, and the client asks S2 again: without and with a session. */
const without: RunFile = retry(false, { atMs: 100, message: "S1>C#1" });
const withSession: RunFile = retry(true, { atMs: 148, message: "S1>C#2" });
const calm: RunFile = {
  ...without,
  actions: [
    { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
    { atMs: 60, do: "request", increment: ["n", 1], server: "S1" },
  ],
};

/** The servers keep one session: that of C1 goes when C2 opens its own. */
const oneSession = {
  seed: 2,
  servers: 3,
  latencyMs: [10, 12],
  writeMs: [1, 2],
  clients: { sessions: true, repeatMs: 400, giveUpMs: 2000, sessionsMost: 1 },
} as const;
const adds = (client: "C1" | "C2") => ({ do: "request", increment: ["n", 1] as [string, number], client }) as const;

/** S1 and S2 both call a command entry 1; only one of them can keep it. */
const twoNames: RunFile = {
  seed: 97,
  servers: 3,
  latencyMs: [10, 12],
  writeMs: [1, 2],
  options: { electionTimeoutMs: [20_000, 40_000] },
  actions: [
    { atMs: 0, do: "timeout", server: "S1" },
    { atMs: 60, do: "cut", links: bothWays([1], [2, 3]) },
    { atMs: 70, do: "request", put: ["x", "1"], server: "S1" },
    { atMs: 90, do: "timeout", server: "S2" },
    { atMs: 140, do: "request", put: ["x", "2"], server: "S2", client: "C2" },
    { atMs: 160, do: "heal" },
  ],
};

export const exactlyOnce = lesson(
  {
    id: "exactly-once",
    group: "in-production",
    minutes: 7,
    sections: ["§8", "D 6.3"],
    steps: [
      {
        id: "again",
        run: without,
        atMs: 365,
        holds: ["S1 down", "S2 leads and S2 term = 2 and S2 n = 1 and S2 log = 1", "answered = 0 and unanswered = 1"],
        question: {
          id: "count",
          right: "B",
          until: "S2 n = 2",
          withinMs: 150,
          holds: ["S2 entry 1 = 1 and S2 entry 2 = 2"],
          wrong: {
            A: {
              misconception: "unanswered-is-lost",
              counter: { off: [], acts: [], untilMs: 60, shows: "S2 n = 2", holds: ["S2 n = 2 and S2 log = 2"] },
            },
            C: {
              misconception: "twice-is-noticed",
              counter: { off: [], acts: [], untilMs: 80, shows: "answered = 1", holds: ["S2 n = 2"] },
            },
          },
        },
      },
      {
        id: "session",
        run: withSession,
        atMs: 410,
        holds: ["S1 down", "S2 leads and S2 term = 2 and S2 log = 2", "answered = 0 and unanswered = 1"],
        question: {
          id: "count",
          right: "A",
          until: "answered = 1",
          withinMs: 150,
          holds: ["S2 n = 1", "S2 log = 3 and S2 applied = 3"],
          wrong: {
            B: {
              misconception: "twice-in-the-log",
              counter: {
                off: ["session-not-deduplicated"],
                acts: [],
                untilMs: 80,
                shows: "S2 n = 2",
                holds: ["S2 log = 3 and S2 n = 2"],
              },
            },
          },
        },
      },
      {
        id: "by-hand",
        run: calm,
        atMs: 100,
        holds: ["S1 leads and S1 n = 1", "answered = 0 and unanswered = 1", "S1 sending >= 1"],
        tasks: [
          {
            id: "twice",
            when: "S2 n = 2 or S3 n = 2",
            show: {
              acts: [
                { afterMs: 0, do: "drop", message: "S1>C#1" },
                { afterMs: 60, do: "crash", server: "S1" },
              ],
              untilMs: 900,
            },
          },
        ],
      },
      {
        id: "index",
        run: twoNames,
        atMs: 155,
        holds: [
          "S1 leads and S1 term = 1 and S1 entry 1 = 1 and S1 log = 1",
          "S2 leads and S2 term = 2 and S2 entry 1 = 2 and S2 log = 1",
          "not S1 reaches S2",
          "commit = 0",
        ],
        question: {
          id: "whose",
          right: "B",
          until: "alike and S1 x = 2",
          withinMs: 300,
          holds: ["S1 entry 1 = 2 and S2 entry 1 = 2 and S3 entry 1 = 2", "log = 1"],
          wrong: {
            A: {
              misconception: "index-names-command",
              counter: {
                off: [],
                acts: [{ afterMs: 5, do: "heal" }],
                untilMs: 200,
                shows: "S1 deletes",
                holds: ["S1 x = 2 and log = 1"],
              },
            },
          },
        },
      },
      {
        id: "expired",
        run: {
          ...oneSession,
          actions: [
            { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
            { atMs: 60, ...adds("C1") },
            { atMs: 210, ...adds("C2") },
            { atMs: 380, ...adds("C1") },
          ],
        },
        atMs: 200,
        holds: ["S1 leads and S1 n = 1 and S2 n = 1 and S3 n = 1", "log = 2", "failed = 0 and unanswered = 0"],
        tasks: [
          {
            id: "other",
            when: "failed = 2",
            show: {
              acts: [
                { afterMs: 10, ...adds("C2") },
                { afterMs: 180, ...adds("C1") },
                { afterMs: 350, ...adds("C1") },
                { afterMs: 520, ...adds("C2") },
              ],
              untilMs: 700,
            },
          },
        ],
        question: {
          id: "gone",
          right: "B",
          until: "failed = 1",
          withinMs: 400,
          holds: ["S1 n = 2", "S1 log = 5 and S1 applied = 5"],
          wrong: {
            A: {
              misconception: "sessions-last",
              counter: {
                off: [],
                acts: [
                  { afterMs: 10, ...adds("C1") },
                  { afterMs: 180, ...adds("C2") },
                ],
                untilMs: 350,
                shows: "S1 n = 3",
                holds: ["failed = 0 and unanswered = 0"],
              },
            },
          },
        },
      },
    ],
  },
  {
    title: "Exactly once",
    asks: "What if a client does not know whether its command was carried out?",
    steps: {
      again: {
        title: "Ask again",
        text: "A client asked S1 to add 1 to n. S1 did it, but its answer was lost, and S1 has crashed; S2 leads now, and n is 1 there. The client knows nothing of that and asks S2 again to add 1.",
        tasks: {},
        question: {
          asks: "What will n be?",
          answers: {
            A: {
              says: "1: without an answer the first try does not count.",
              sees: "n stays 1.",
              follows:
                "n is 2. That the answer was lost does not mean that the command was: it was committed and carried out.",
            },
            B: { says: "2: it is carried out once more.", sees: "n becomes 2 on S2." },
            C: {
              says: "1: S2 sees that it has this command already, and refuses.",
              sees: "The client gets an error.",
              follows:
                "The client has an answer, and n is 2. To a server two commands that say the same are two commands: somebody might well want to add 1 twice.",
            },
          },
          happened:
            "n is 2, although the client wanted to add 1 once. The log has the command twice, and Raft has done what it promises: both are committed and applied in order.",
        },
      },
      session: {
        title: "With a session",
        text: "The same story, but the client has first opened a **session**: the servers remember its name, and it numbers its commands. S1 carried out its command 1, the answer was lost, S1 is down, and the client has just asked S2 again, with the same number.",
        tasks: {},
        question: {
          asks: "What will n be now?",
          answers: {
            A: { says: "1.", sees: "n stays 1, and the client has its answer." },
            B: {
              says: "2: the log will have the command twice.",
              sees: "n becomes 2.",
              follows:
                "Here the servers do not look at the numbers, and n is 2. The log may have a command twice; what counts is what is done with it.",
            },
          },
          happened:
            "n is 1, and the client has its answer. The command is in the log twice, but a server that has applied it once remembers that command 1 of this session is done, and what came of it; the second time it only answers that again.",
        },
      },
      "by-hand": {
        title: "Do it yourself",
        text: "No sessions here. S1 has just added 1 to n, and its answer is on the way to the client; the client will ask again if it hears nothing for 300 ms. Make it count twice.",
        tasks: {
          twice:
            "Drop S1’s answer to the client, crash S1 before the client asks again, and let time go on until n is 2 somewhere.",
        },
      },
      index: {
        title: "Two commands with one number",
        text: "S1 is cut off and still leads term 1: it has stored x=1 as entry 1. S2 leads term 2 and has stored x=2 as entry 1, too. Neither is committed yet, and in a moment the cut heals.",
        tasks: {},
        question: {
          asks: "S1 told a program “your command is entry 1”. Will it be that command that is applied as entry 1?",
          answers: {
            A: {
              says: "Yes: the number was given to it first.",
              sees: "x becomes 1.",
              follows:
                "x is 2: S1 has deleted its entry 1 and taken S2’s. A program that only waits until “entry 1” is applied would believe that its own command was done.",
            },
            B: {
              says: "Not necessarily: until it is committed, another may take the place.",
              sees: "x becomes 2.",
            },
          },
          happened:
            "Entry 1 is x=2 on all three servers. An index names a place, not a command: whoever waits for an entry must look whether it is still of the same term.",
        },
      },
      expired: {
        title: "A session that is gone",
        text: "No server can remember every client for ever. These have room for one session, so that it is soon seen: it is C1’s, whose command has made 1 of n. In a moment C2 asks to add 1, too, and opens a session; after that C1 asks to add 1 once more.",
        tasks: {
          other: "Make C2’s session expire as well: let C1 add 1 again, then C2, until a second command has failed.",
        },
        question: {
          asks: "What will n be in the end?",
          answers: {
            A: {
              says: "3: every command counts once.",
              sees: "n becomes 3.",
              follows:
                "Here C1 has asked before C2 opened a session, when its own was still known: both commands count, and n is 3.",
            },
            B: {
              says: "2: the servers do not know C1’s session any more.",
              sees: "n stays 2, and C1 is told that its command failed.",
            },
          },
          happened:
            "n is 2. C1’s second command is in the log, but without its session nobody can know whether it was carried out before, so it is not done, and C1 is told so. Which session goes depends on the log alone, so all servers forget the same one.",
        },
      },
    },
    card: "A client that gets no answer cannot know whether its command was carried out. To ask again is safe only if the command may be carried out twice, or if the servers can tell that it is the same one: for that clients have sessions and number their commands, and the servers remember what they have done and answered. That memory is part of what every server applies, so it outlives any leader, and what must be forgotten is forgotten at the same entry everywhere. The log may hold a command twice; it is done once.",
  },
);
