import { figure8Actions, figure8Start } from "../../scenario/presets/figure-8-story.ts";
import type { RunFile } from "../../scenario/presets/preset.ts";
import { lesson } from "../draft.ts";

/** The cluster of the user study's second question; its leader, S1, has just crashed. */
const quiz = {
  seed: 41,
  servers: [[1, 1, 2, 2, 2, 2, 4], [1, 1, 1, 3], [1, 1, 2, 2, 2], [1], [1, 1, 2, 2, 2, 2]].map((log, at) => ({
    ...{ id: `S${at + 1}`, term: 4, votedFor: null, log, commit: 1 },
  })),
  latencyMs: [10, 12],
  writeMs: [1, 2],
  options: { electionTimeoutMs: [20_000, 40_000] },
  actions: [
    { atMs: 0, do: "crash", server: "S1" },
    { atMs: 30, do: "timeout", server: "S2" },
  ],
} satisfies RunFile;

/** S1 crashes, and S5 wins with its second try: in the first one the others find that they have voted in term 4. */
const after = (atMs: number) =>
  [
    { at: atMs, do: "crash", server: "S1" },
    { at: atMs + 5, do: "restart", server: "S5" },
    { at: atMs + 15, do: "timeout", server: "S5" },
    { at: atMs + 60, do: "timeout", server: "S5" },
  ] as const;
const recorded = (atMs: number) => after(atMs).map(({ at, ...act }) => ({ atMs: at, ...act }));
const done = (afterMs: number) => after(afterMs).map(({ at, ...act }) => ({ afterMs: at, ...act }));

const write = { afterMs: 0, do: "request", put: ["z", "4"], server: "S1" } as const;

export const figure8 = lesson(
  {
    id: "figure-8",
    group: "safe",
    minutes: 9,
    sections: ["§5.4.2", "Figure 8"],
    steps: [
      {
        id: "which",
        run: quiz,
        atMs: 20,
        holds: [
          "S1 down and not leader",
          "S1 log = 7 and S1 entry 2 = 1 and S1 entry 3 = 2 and S1 entry 6 = 2 and S1 entry 7 = 4",
          "S2 log = 4 and S2 entry 3 = 1 and S2 entry 4 = 3",
          "S3 log = 5 and S3 entry 2 = 1 and S3 entry 3 = 2 and S3 entry 5 = 2",
          "S4 log = 1",
          "S5 log = 6 and S5 entry 2 = 1 and S5 entry 3 = 2 and S5 entry 6 = 2",
        ],
        question: {
          id: "safe",
          right: "B",
          until: "S3 entry 3 = 1 and S5 entry 3 = 1",
          withinMs: 400,
          holds: [
            "S2 leads and S2 term = 5",
            "S3 voted for S2 and S4 voted for S2",
            "S3 entry 2 = 1 and S5 entry 2 = 1",
          ],
          wrong: {
            A: {
              misconception: "majority-is-committed",
              counter: {
                off: [],
                acts: [{ afterMs: 5, do: "timeout", server: "S2" }],
                untilMs: 250,
                shows: "S3 entry 3 = 1 and S5 entry 3 = 1",
                holds: ["S2 leads and S2 term = 5", "S3 log = 4 and S5 log = 4"],
              },
            },
            C: {
              misconception: "election-denies-old",
              counter: {
                off: [],
                acts: [{ afterMs: 5, do: "timeout", server: "S4" }],
                untilMs: 60,
                shows: "S4 tally = 1",
                holds: ["S4 campaigns and S4 tally = 1", "not S2 voted and not S3 voted and not S5 voted"],
              },
            },
          },
        },
      },
      {
        id: "on-three",
        run: { ...figure8Start, actions: [...figure8Actions, ...recorded(380)] },
        atMs: 355,
        holds: [
          "S1 leads and S1 term = 4",
          "S1 entry 2 = 2 and S2 entry 2 = 2 and S3 entry 2 = 2",
          "S5 down and S5 entry 2 = 3 and S5 log = 2",
          "S4 log = 1",
          "S3 sending = 1",
          "S1 commit <= 1",
        ],
        question: {
          id: "committed",
          right: "B",
          until: "S2 entry 2 = 3 and S3 entry 2 = 3",
          withinMs: 400,
          holds: ["S1 down", "S5 leads and S5 term = 5", "commit <= 1"],
          wrong: {
            A: {
              misconception: "majority-is-committed",
              counter: {
                off: ["commit-old-term"],
                acts: done(25),
                untilMs: 200,
                shows: "violation",
                holds: ["S5 leads and S5 term = 5 and S5 entry 2 = 3", "S2 entry 2 = 2 and S3 entry 2 = 2"],
              },
            },
            C: {
              misconception: "election-denies-old",
              counter: {
                off: [],
                acts: [{ ...write, afterMs: 8 }],
                untilMs: 120,
                shows: "S1 commit = 3",
                holds: ["S1 leads and S1 entry 2 = 2 and S1 entry 3 = 4", "S1 applied = 3"],
              },
            },
          },
        },
      },
      {
        id: "own-term",
        run: { ...figure8Start, actions: [...figure8Actions] },
        atMs: 363,
        holds: [
          "S1 leads and S1 term = 4 and S1 commit <= 1",
          "S1 entry 2 = 2 and S2 entry 2 = 2 and S3 entry 2 = 2",
          "S5 down and not S1 reaches S4",
        ],
        tasks: [
          { id: "own", when: "S1 commit >= 3", show: { acts: [write], untilMs: 80 } },
          {
            id: "in-vain",
            when: "S1 down and S5 term >= 5 and S2 entry 3 = 4 and S3 entry 3 = 4 and (S2 refuses for S5 or S3 refuses for S5)",
            show: { acts: [write, ...done(60)], untilMs: 200 },
          },
        ],
      },
      {
        id: "without",
        run: { ...figure8Start, bugs: ["commit-old-term"], actions: [...figure8Actions] },
        atMs: 363,
        holds: [
          "S1 leads and S1 term = 4 and S1 commit = 2",
          "S1 entry 2 = 2 and S2 entry 2 = 2 and S3 entry 2 = 2",
          "S5 down and S5 entry 2 = 3",
        ],
        tasks: [{ id: "break", when: "violation", show: { acts: done(0), untilMs: 150 } }],
      },
    ],
  },
  {
    title: "When is it really committed?",
    asks: "Is an entry safe once a majority has it?",
    steps: {
      which: {
        title: "Which entries are safe?",
        text: "S1 led term 4 and has just crashed, with a log of the terms 1 1 2 2 2 2 4. The others have: S2 1 1 1 3, S3 1 1 2 2 2, S4 only 1, S5 1 1 2 2 2 2.",
        tasks: {},
        question: {
          asks: "Which entries of S1’s log may a server safely apply?",
          answers: {
            A: {
              says: "1 to 5: S1, S3 and S5 have them, which is a majority.",
              sees: "Whoever leads next keeps these five.",
              follows:
                "S2 leads term 5, and S3 and S5 have lost their entries 3 to 5 to it. A majority had them, and they are gone; a server that had applied them could not take that back.",
            },
            B: {
              says: "1 and 2 only.",
              sees: "A next leader may keep 1 and 2 and replace what follows.",
            },
            C: {
              says: "None: the next leader may replace anything that is of earlier terms.",
              sees: "A server without entry 2 can win.",
              follows:
                "S4, the only one without entry 2, has no vote but its own: S2, S3 and S5 have later entries and refuse. So whoever can win has entries 1 and 2, and they stay.",
            },
          },
          happened:
            "S2 leads term 5 with the votes of S3 and S4: its last entry is of term 3, and theirs are older. S3 and S5 have lost their entries 3 to 5 to S2’s log. Entries 1 and 2 are on every server that can win, and stay.",
        },
      },
      "on-three": {
        title: "Figure 8 of the paper",
        text: "S1 leads term 4; its entry 2 is of term 2 and was left over from when S1 led that term. Now S2 and S3 have it too, and S3’s answer is on its way. S5 is down, and on its disk entry 2 is another one, of term 3.",
        tasks: {},
        question: {
          asks: "When S3’s answer arrives, S1 knows that three of five have entry 2. Does S1 commit it?",
          answers: {
            A: {
              says: "Yes: it is stored on a majority.",
              sees: "S1’s commit index becomes 2.",
              follows:
                "Here S1 has committed it by counting, and then it has crashed. S5 leads term 5: its last entry is of term 3, later than the others’. It has another entry 2, and a committed entry is about to be overwritten.",
            },
            B: {
              says: "No: the entry is of term 2, and S1 leads term 4.",
              sees: "S1’s commit index does not move.",
            },
            C: {
              says: "No, and it never will: entries of earlier terms do not count any more.",
              sees: "Entry 2 stays uncommitted whatever S1 does.",
              follows:
                "S1 has written an entry of its own term 4 behind it, and a majority has stored that. With it entry 2 is committed, too: whoever lacks them cannot win any more.",
            },
          },
          happened:
            "S1 has not committed it, and then it has crashed. S5 leads term 5, for its last entry is of a later term than those of S2 and S3, and they have replaced entry 2 by S5’s. Nothing that was committed is lost.",
        },
      },
      "own-term": {
        title: "How it gets safe",
        text: "The same moment, and S3’s answer has arrived: S1 knows that three servers have entry 2, and has not committed it. S5 is down, and S4 cannot hear S1. Make entry 2 safe before S1 crashes.",
        tasks: {
          own: "Send a write to S1, and let time go on until S1 has committed entry 3, and entry 2 with it.",
          "in-vain":
            "Then crash S1, restart S5, and fire S5’s election timer until it is refused in term 5. In term 4 nobody has a vote left to give.",
        },
      },
      without: {
        title: "Without the rule",
        text: "The same once more, but here a rule is broken on purpose: a leader commits whatever a majority has stored, of whatever term. So S1 has committed entry 2. S5 is still down.",
        tasks: {
          break: "Crash S1, restart S5, and fire S5’s election timer until it wins: a property of Raft breaks.",
        },
      },
    },
    card: "That a majority has stored an entry is not yet enough. What counts is whether a server without it can still win an election, and the last entry’s term decides that. So a leader commits by counting only entries of its own term; with one of them, everything before it is committed too. That is why a new leader often writes an empty entry first.",
  },
);
