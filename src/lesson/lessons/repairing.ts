import type { RunFile } from "../../scenario/presets/preset.ts";
import { lesson } from "../draft.ts";

const times = { latencyMs: [10, 14], writeMs: [1, 2] } as const;
const serversWith = (term: number, commit: number, logs: readonly (readonly number[])[]) =>
  logs.map((log, at) => ({ id: `S${at + 1}`, term, votedFor: null, log, commit }));

/** S2 has two entries of term 2 that nobody else has. */
const conflict: RunFile = {
  ...times,
  seed: 21,
  servers: serversWith(3, 2, [
    [1, 1, 3, 3],
    [1, 1, 2, 2],
    [1, 1, 3, 3],
    [1, 1, 3, 3],
    [1, 1, 3, 3],
  ]),
  options: { noOpOnElection: true },
  actions: [{ atMs: 0, do: "timer", server: "S1", leftMs: 10 }],
};

/** S4 and S5 are possible followers (c) and (e) of the user study's third question. */
const quiz: RunFile = {
  ...times,
  seed: 23,
  servers: serversWith(6, 2, [
    [1, 1, 3, 3, 3, 5],
    [1, 1, 3, 3, 3, 5],
    [1, 1, 3, 3, 3, 5],
    [1, 1, 6, 6, 6, 6, 6],
    [1, 1, 1, 1, 1, 1],
  ]),
  actions: [
    { atMs: 0, do: "crash", server: "S4" },
    { atMs: 0, do: "crash", server: "S5" },
    { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
  ],
};

/** A second copy of the message that brought S2 entry 1 comes after entry 2. */
const twice: RunFile = {
  ...times,
  seed: 22,
  servers: 5,
  actions: [
    { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
    { atMs: 100, do: "request", put: ["x", "1"], server: "S1" },
    { atMs: 115, do: "duplicate", message: "S1>S2#4" },
    { atMs: 116, do: "delay", message: "S1>S2#4.1", byMs: 200 },
    { atMs: 200, do: "request", put: ["x", "2"], server: "S1" },
  ],
};

export const repairing = lesson(
  {
    id: "repairing",
    group: "one-log",
    minutes: 7,
    sections: ["§5.3", "Figure 7"],
    steps: [
      {
        id: "check",
        run: conflict,
        atMs: 40,
        holds: [
          "S1 leads and S1 term = 4",
          "S1 log = 5 and S2 log = 4",
          "S1 entry 2 = 1 and S1 entry 3 = 3 and S1 entry 4 = 3 and S1 entry 5 = 4",
          "S2 entry 2 = 1 and S2 entry 3 = 2 and S2 entry 4 = 2",
          "S3 entry 3 = 3 and S4 entry 3 = 3 and S5 entry 3 = 3",
          "S1 sending = 4",
        ],
        question: {
          id: "fits",
          right: "B",
          until: "S2 rejects",
          withinMs: 60,
          holds: ["S2 log = 4", "S2 entry 4 = 2", "S2 sending = 1"],
          wrong: {
            A: {
              misconception: "any-log-possible",
              counter: {
                off: ["prev-index-only"],
                acts: [],
                untilMs: 60,
                shows: "violation",
                holds: ["S2 entry 4 = 2 and S2 entry 5 = 4", "S1 entry 4 = 3 and S1 entry 5 = 4"],
              },
            },
            C: {
              misconception: "always-truncates",
              counter: {
                off: [],
                acts: [],
                untilMs: 20,
                shows: "S2 rejects",
                holds: ["S2 log = 4 and S2 entry 3 = 2 and S2 entry 4 = 2"],
              },
            },
          },
        },
      },
      {
        id: "guess",
        run: conflict,
        atMs: 55,
        holds: ["S1 leads", "S1 log = 5", "S2 log = 4 and S2 entry 4 = 2", "S2 sending = 1"],
        question: {
          id: "harm",
          right: "B",
          until: "alike",
          withinMs: 200,
          holds: ["S2 entry 3 = 3 and S2 entry 4 = 3 and S2 entry 5 = 4", "not violation"],
          wrong: {
            A: {
              misconception: "next-is-safety",
              counter: {
                off: [],
                acts: [],
                untilMs: 80,
                shows: "S2 deletes",
                holds: ["alike and log = 5", "not violation"],
              },
            },
            C: {
              misconception: "next-is-safety",
              counter: { off: [], acts: [], untilMs: 80, shows: "S2 accepts", holds: ["S2 log = 5", "alike"] },
            },
          },
        },
      },
      {
        id: "two-more",
        run: quiz,
        atMs: 100,
        holds: [
          "S1 leads and S1 term = 7",
          "S1 log = 6 and S1 entry 3 = 3 and S1 entry 5 = 3 and S1 entry 6 = 5",
          "S4 down and S4 log = 7 and S4 entry 2 = 1 and S4 entry 3 = 6 and S4 entry 7 = 6",
          "S5 down and S5 log = 6 and S5 entry 6 = 1",
        ],
        tasks: [
          {
            id: "longer",
            when: "S4 log = 6 and S4 entry 3 = 3 and S4 entry 5 = 3 and S4 entry 6 = 5",
            show: { acts: [{ afterMs: 0, do: "restart", server: "S4" }], untilMs: 600 },
          },
          {
            id: "same-length",
            when: "S5 log = 6 and S5 entry 3 = 3 and S5 entry 5 = 3 and S5 entry 6 = 5",
            show: { acts: [{ afterMs: 0, do: "restart", server: "S5" }], untilMs: 600 },
          },
        ],
      },
      {
        id: "late",
        run: twice,
        atMs: 322,
        holds: ["S1 leads", "S1 log = 2 and S2 log = 2", "S1 commit = 2 and S2 commit = 2", "S1 sending = 1"],
        question: {
          id: "copy",
          right: "B",
          until: "S2 keeps",
          withinMs: 60,
          holds: ["S2 log = 2", "alike"],
          wrong: {
            A: {
              misconception: "always-truncates",
              counter: {
                off: ["always-truncate"],
                acts: [],
                untilMs: 60,
                shows: "violation",
                holds: ["S1 commit = 2"],
              },
            },
            C: {
              misconception: "late-is-refused",
              counter: { off: [], acts: [], untilMs: 30, shows: "S2 accepts", holds: ["S2 log = 2"] },
            },
          },
        },
      },
    ],
  },
  {
    title: "Repairing logs",
    asks: "How does a follower with a wrong or an old log get the right one?",
    steps: {
      check: {
        title: "Does it fit?",
        text: "S1 has just become leader of term 4 and has written an empty entry, a **no-op**, so its log has entries of the terms 1 1 3 3 4. S2 was away: its log is 1 1 2 2, and the two entries of term 2 are on no other server. S1’s message to S2 brings entry 5 and says that the entry before it, entry 4, is of term 3.",
        tasks: {},
        question: {
          asks: "What does S2 do?",
          answers: {
            A: {
              says: "It appends entry 5: it has four entries, and this is the fifth.",
              sees: "S2’s log becomes 1 1 2 2 4.",
              follows:
                "Here only the number of the entry before is looked at, and S2’s log has become 1 1 2 2 4. Its entry 5 is S1’s, and what stands before it is not: Raft promises that logs with the same entry are the same up to there, and that is broken.",
            },
            B: {
              says: "It refuses: its entry 4 is of another term.",
              sees: "S2’s log stays as it is, and a refusal goes back to S1.",
            },
            C: {
              says: "It deletes its entries 3 and 4, which cannot be right.",
              sees: "S2’s log becomes 1 1.",
              follows:
                "S2 has refused, and its log is still 1 1 2 2. It deletes nothing before it has something to put there; this message brought entry 5 only.",
            },
          },
          happened:
            "S2 has refused and kept its log. The rule is called the consistency check: a follower takes entries only if it has the entry before them, with the same index and the same term.",
        },
      },
      guess: {
        title: "A wrong guess",
        text: "A new leader knows nothing of the other logs, so it assumes that all are like its own. S1 keeps a number for each follower, **nextIndex**, the entry to send it next, and began with 5 for all. For S2 that is wrong, and S2’s refusal is on its way to S1.",
        tasks: {},
        question: {
          asks: "Can such a wrong number do harm?",
          answers: {
            A: {
              says: "Yes: entries may get to a wrong place.",
              sees: "S2’s log gets mixed up.",
              follows:
                "S2’s log is the same as S1’s, and no property has broken. A wrong nextIndex leads to a message that the follower refuses, and to nothing else.",
            },
            B: {
              says: "No. S1 goes back, entry by entry, until S2 agrees.",
              sees: "S2 refuses some more messages, then its log becomes like S1’s.",
            },
            C: {
              says: "Not to the logs, but S2 is never reached again.",
              sees: "S2 refuses every message.",
              follows:
                "S2 has accepted, and its log is the same as S1’s. By every refusal S1 lowers the number by one, and entry 2 is the same on both.",
            },
          },
          happened:
            "S1 has gone back until S2 agreed: entry 2 is the same on both. S2 has deleted its entries 3 and 4, which were in conflict with S1’s, and taken S1’s entries 3 to 5. A wrong nextIndex costs messages, never safety.",
        },
      },
      "two-more": {
        title: "Two more logs",
        text: "Another cluster: S1 leads term 7, with entries of the terms 1 1 3 3 3 5. S4 and S5 are down; S4’s disk has the log 1 1 6 6 6 6 6, which is longer than S1’s, and S5’s has 1 1 1 1 1 1. Restart them, and watch how far back S1 has to go.",
        tasks: {
          longer: "Restart S4, and let time go on until its log is the same as S1’s.",
          "same-length": "Restart S5, and let time go on until its log is the same as S1’s.",
        },
      },
      late: {
        title: "A late copy",
        text: "S1 leads, and entries 1 and 2 are committed; S1 and S2 both know it. The network has made a second copy of the message that brought S2 entry 1, and that copy arrives only now. It names what stands before entry 1, which is the beginning of the log, and brings entry 1 once more.",
        tasks: {},
        question: {
          asks: "What does S2 do with the copy?",
          answers: {
            A: {
              says: "It takes entry 1 and deletes what follows: the message does not have it.",
              sees: "S2’s log ends with entry 1.",
              follows:
                "Here a follower deletes whatever follows, and S2 has lost entry 2, which it had stored, promised and known as committed. What is committed must stay, and that is broken.",
            },
            B: {
              says: "It keeps everything: entry 1 is the one that it has, and nothing is in conflict.",
              sees: "S2’s log still has two entries.",
            },
            C: {
              says: "It refuses: the message is late.",
              sees: "S2 answers with a refusal.",
              follows:
                "S2 has accepted, and nothing has changed. Nobody can see from a message how late it is, and it need not be seen: entry 1 is entry 1.",
            },
          },
          happened:
            "S2 has both entries as before. A follower deletes entries only where one of them is in conflict with the leader’s: same index, another term.",
        },
      },
    },
    card: "Every message of a leader names the entry that stands before what it brings, and a follower accepts only if it has that very entry, with the same index and term. So two logs that share one entry share everything before it. A new leader guesses where each follower stands and goes back where it is refused; from the last common entry on, the follower’s conflicting entries make way for the leader’s. Entries that are not in conflict stay, and a leader never deletes entries of its own log in this way.",
  },
);
