import { linksBetween, type RunFile } from "../../scenario/presets/preset.ts";
import { lesson } from "../draft.ts";

/** S1 leads term 2 and has its entry 2 on S2 only; nothing happens unasked. */
const start = {
  seed: 51,
  servers: [1, 2, 3, 4, 5].map((id) => ({ id: `S${id}`, term: 1, votedFor: null, log: [1], commit: 1 })),
  latencyMs: [10, 12],
  writeMs: [1, 2],
  options: { electionTimeoutMs: [20_000, 40_000] },
} satisfies RunFile;
const write: NonNullable<RunFile["actions"]> = [
  { atMs: 0, do: "timeout", server: "S1" },
  { atMs: 60, do: "cut", links: linksBetween([1], [3, 4, 5]) },
  { atMs: 70, do: "request", put: ["x", "1"], server: "S1" },
];

/** S2 wins term 3 with S4 and S5; neither S1 nor S3 hears of it, and S2 sends nobody its entries yet. */
const deposed: RunFile = {
  ...start,
  actions: [
    ...write,
    { atMs: 120, do: "cut", links: linksBetween([2], [1, 3]) },
    { atMs: 130, do: "timeout", server: "S2" },
    { atMs: 155, do: "cut", links: linksBetween([2], [4, 5]) },
    { atMs: 165, do: "mend", links: [["S1", "S3"]] },
    { atMs: 290, do: "heal" },
    { atMs: 300, do: "request", put: ["y", "2"], server: "S2", client: "C2" },
  ],
};
/** S1 hears nobody but S3, and nobody but S2 hears S1. */
const unheard: RunFile = {
  ...start,
  actions: [...write, { atMs: 120, do: "cut", links: linksBetween([2, 4, 5], [1]) }],
};
const settles = (afterMs: number) =>
  [
    { afterMs, do: "heal" },
    { afterMs: afterMs + 10, do: "request", put: ["y", "2"], server: "S2", client: "C2" },
  ] as const;

const twoLead = "S1 leads and S1 term = 2 and S2 leads and S2 term = 3";

export const deposedLeader = lesson(
  {
    id: "deposed-leader",
    group: "safe",
    minutes: 6,
    sections: ["§5.4.3", "Figure 9"],
    steps: [
      {
        id: "late",
        run: deposed,
        atMs: 228,
        holds: [
          twoLead,
          "S1 entry 2 = 2 and S2 entry 2 = 2 and S3 log = 1 and S4 log = 1 and S5 log = 1",
          "S4 voted for S2 and S5 voted for S2 and S4 term = 3 and S5 term = 3",
          "S3 term = 2 and S3 obeys S1",
          "S1 reaches S3 and not S2 reaches S3",
        ],
        question: {
          id: "accepts",
          right: "B",
          until: "S3 entry 2 = 2",
          withinMs: 60,
          holds: [twoLead, "S3 term = 2 and S3 obeys S1", "S1 entry 2 = 2 and S2 entry 2 = 2"],
          wrong: {
            A: {
              misconception: "deposed-can-nothing",
              counter: {
                off: [],
                acts: [
                  { afterMs: 0, do: "mend", links: [["S2", "S3"]] },
                  { afterMs: 0, do: "delay", message: "S1>S3#7", byMs: 80 },
                ],
                untilMs: 110,
                shows: "S3 rejects",
                holds: ["S3 term = 3 and S3 obeys S2"],
              },
            },
            C: {
              misconception: "never-two-leaders",
              counter: { off: [], acts: [], untilMs: 20, shows: "S3 accepts", holds: [twoLead, "S3 obeys S1"] },
            },
          },
        },
      },
      {
        id: "problem",
        run: deposed,
        atMs: 245,
        holds: [
          twoLead,
          "S1 entry 2 = 2 and S2 entry 2 = 2 and S3 entry 2 = 2",
          "S4 log = 1 and S5 log = 1",
          "S3 sending = 1",
          "S1 commit = 1",
        ],
        question: {
          id: "harm",
          right: "B",
          until: "S1 follows and S2 commit = 3 and alike",
          withinMs: 300,
          holds: ["S4 entry 2 = 2 and S5 entry 2 = 2", "S1 applied >= 2 and answered >= 1", "not violation"],
          wrong: {
            A: {
              misconception: "deposed-can-nothing",
              counter: {
                off: [],
                acts: settles(45),
                untilMs: 200,
                shows: "S1 commit = 2",
                holds: ["alike and log = 3", "S4 entry 2 = 2 and S5 entry 2 = 2", "S1 follows and not violation"],
              },
            },
            C: {
              misconception: "deposed-can-nothing",
              counter: {
                off: [],
                acts: [{ afterMs: 20, do: "crash", server: "S3" }, ...settles(45)],
                untilMs: 200,
                shows: "S2 commit = 3",
                holds: ["S3 down", "S4 entry 2 = 2 and S5 entry 2 = 2", "not violation"],
              },
            },
          },
        },
      },
      {
        id: "first",
        run: unheard,
        atMs: 150,
        holds: [
          "S1 leads and term = 2 and leaders = 1",
          "S1 entry 2 = 2 and S2 entry 2 = 2 and S3 log = 1 and S4 log = 1 and S5 log = 1",
          "not S1 reaches S3 and not S1 reaches S4 and not S1 reaches S5",
          "S1 commit = 1",
        ],
        tasks: [
          {
            id: "stored-first",
            when: "S3 entry 2 = 2 and S3 refuses for S4",
            show: {
              acts: [
                { afterMs: 0, do: "mend", links: [["S1", "S3"]] },
                { afterMs: 150, do: "timeout", server: "S4" },
              ],
              untilMs: 200,
            },
          },
        ],
      },
      {
        id: "second",
        run: unheard,
        atMs: 150,
        holds: [
          "S1 leads and term = 2 and leaders = 1",
          "S1 entry 2 = 2 and S2 entry 2 = 2 and S3 log = 1 and S4 log = 1 and S5 log = 1",
          "not S1 reaches S3 and not S4 reaches S1",
        ],
        tasks: [
          {
            id: "voted-first",
            when: "S3 voted for S4 and S3 log = 1 and S3 rejects",
            show: {
              acts: [
                { afterMs: 0, do: "timeout", server: "S4" },
                { afterMs: 60, do: "mend", links: [["S1", "S3"]] },
              ],
              untilMs: 200,
            },
          },
        ],
      },
    ],
  },
  {
    title: "The deposed leader’s last success",
    asks: "Can a leader still commit something after another one was elected?",
    steps: {
      late: {
        title: "S3 has not heard",
        text: "S1 leads term 2 and has its entry 2, x=1, on S2. Meanwhile S2 has won term 3 with the votes of S4 and S5; neither S1 nor S3 has heard of that. Only now a message of S1 with entry 2 gets through to S3.",
        tasks: {},
        question: {
          asks: "What does S3 do with it?",
          answers: {
            A: {
              says: "It refuses: S1 is not the leader any more.",
              sees: "S3’s log stays as it is.",
              follows:
                "Here S3 has heard of term 3 from S2 before S1’s message came, and then it refused. To refuse it has to know; without a message of term 3, S1 is the leader for S3.",
            },
            B: {
              says: "It accepts: for S3, S1 is the leader.",
              sees: "Entry 2 is on three servers.",
            },
            C: {
              says: "It asks the others first who leads.",
              sees: "S3 stores nothing before it has their answers.",
              follows:
                "S3 has accepted and asked nobody. Two servers lead at this moment, in two terms, and S3 knows of one of them; that has to be safe without a question, and it is.",
            },
          },
          happened:
            "S3 has accepted, and entry 2 is now on S1, S2 and S3. Of these three only S2 knows that S1 has been replaced.",
        },
      },
      problem: {
        title: "Is that a problem?",
        text: "Entry 2 is on S1, S2 and S3, and S3’s answer is on its way to S1. When it arrives, S1 will commit the entry: it is of S1’s own term and on a majority. And S2 leads term 3.",
        tasks: {},
        question: {
          asks: "A deposed leader commits an entry. Is that a problem?",
          answers: {
            A: {
              says: "Yes: now two leaders decide about one log.",
              sees: "The logs disagree about entry 2.",
              follows:
                "All logs are the same, with S1’s entry 2 in all of them. S2 has it, too: it could not have won otherwise.",
            },
            B: {
              says: "No: S2, which won, has entry 2 itself and keeps it.",
              sees: "S2 brings entry 2 to S4 and S5, too.",
            },
            C: {
              says: "Only if S3 crashes now.",
              sees: "Entry 2 is lost with S3.",
              follows: "S3 is down, and entry 2 is on S4 and S5 all the same: S2 has sent it to them.",
            },
          },
          happened:
            "All five logs are the same, and entry 2 is in them: S2 had it when it was elected, and has sent it to S4 and S5. S1 has committed it and answered its client, and that was right. Then it has heard of term 3 and follows.",
        },
      },
      first: {
        title: "Try to break it: stored first",
        text: "Try to get a leader that lacks an entry which S1 then commits. S1 leads term 2, entry 2 is on S1 and S2, S1’s messages do not get to S3, S4 and S5, and nothing gets from S2, S4 and S5 to S1. Let S3 store entry 2 first, and then let S4 stand.",
        tasks: {
          "stored-first":
            "Mend the link from S1 to S3, let time go on until S3 has entry 2, then fire S4’s election timer: see who refuses.",
        },
      },
      second: {
        title: "Try to break it: voted first",
        text: "The same moment, and now the other way round. Let S3 vote for S4 first, and only then let S1’s messages through to it. Will S1 commit entry 2 with S3’s help, although the new leader lacks it?",
        tasks: {
          "voted-first":
            "Fire S4’s election timer, let S3 vote for it, then mend the link from S1 to S3: see what S3 does with what S1 sends.",
        },
      },
    },
    card: "To commit an entry takes a majority, and to be elected takes a majority, so some server is in both. If it stored the entry first, it votes only for somebody whose log has it, too. If it voted first, it knows the later term and refuses the old leader. Either way no leader is without a committed entry; that is why a deposed leader may finish an old entry, and why nobody has to be told at once that it is deposed.",
  },
);
