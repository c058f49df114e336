import { bothWays, type RunFile } from "../../scenario/presets/preset.ts";
import { lesson } from "../draft.ts";

/** Three servers; nobody stands unasked. */
const start = {
  seed: 61,
  servers: 3,
  latencyMs: [10, 12],
  writeMs: [1, 2],
  options: { electionTimeoutMs: [20_000, 40_000] },
} satisfies RunFile;

/** S2 votes for S1 in term 1, crashes, comes back and is asked by S3, which has heard of nothing. */
const forgetting = (from: number) =>
  [
    { at: from, do: "crash", server: "S2" },
    { at: from, do: "cut", links: [["S1", "S2"]] as [string, string][] },
    { at: from + 19, do: "restart", server: "S2" },
    { at: from + 20, do: "timeout", server: "S3" },
  ] as const;
const vote: NonNullable<RunFile["actions"]> = [
  { atMs: 0, do: "cut", links: bothWays([1], [3]) },
  { atMs: 0, do: "timeout", server: "S1" },
];
const voted: RunFile = {
  ...start,
  actions: [...vote, ...forgetting(26).map(({ at, ...act }) => ({ atMs: at, ...act }))],
};
const forgettingAfter = (ms: number) => forgetting(ms).map(({ at, ...act }) => ({ afterMs: at, ...act }));

/** S3 is cut off, and S2's disk is slow. */
const slowDisk: RunFile = {
  ...start,
  actions: [
    { atMs: 0, do: "timeout", server: "S1" },
    { atMs: 40, do: "cut", links: bothWays([1, 2], [3]) },
    { atMs: 45, do: "disk", writeMs: [60, 60], server: "S2" },
    { atMs: 50, do: "request", put: ["x", "1"], server: "S1" },
  ],
};

const write = (afterMs: number) => ({ afterMs, do: "request", put: ["x", "1"], server: "S1" }) as const;

export const onDisk = lesson(
  {
    id: "on-disk",
    group: "disks-and-members",
    minutes: 7,
    sections: ["Figure 2", "§5.5", "D 3.8"],
    steps: [
      {
        id: "vote",
        run: voted,
        atMs: 20,
        holds: [
          "S1 campaigns and S1 term = 1",
          "S2 voted for S1 and S2 sending = 1",
          "S3 term = 0 and not S1 reaches S3 and not S3 reaches S1",
        ],
        question: {
          id: "asked-again",
          right: "B",
          until: "S2 refuses for S3",
          withinMs: 100,
          holds: ["S2 voted for S1 and S2 term = 1", "S1 leads and S1 term = 1", "S3 campaigns and S3 term = 1"],
          wrong: {
            A: {
              misconception: "leader-resends",
              counter: {
                off: ["vote-not-persisted"],
                acts: forgettingAfter(6),
                untilMs: 100,
                shows: "violation",
                holds: ["S1 leads and S1 term = 1 and S3 leads and S3 term = 1"],
              },
            },
            C: {
              misconception: "restart-waits",
              counter: {
                off: [],
                acts: [...forgettingAfter(6), { afterMs: 60, do: "timeout", server: "S3" }],
                untilMs: 120,
                shows: "S2 voted for S3",
                holds: ["S3 leads and S3 term = 2", "not S1 reaches S2"],
              },
            },
          },
        },
      },
      {
        id: "entry",
        run: slowDisk,
        atMs: 68,
        holds: [
          "S1 leads and S1 log = 1 and S2 log = 0",
          "not S1 reaches S3 and not S2 reaches S3",
          "S1 commit = 0",
          "S1 reaches S2",
        ],
        question: {
          id: "when",
          right: "B",
          until: "S1 commit = 1",
          withinMs: 150,
          holds: ["S2 log = 1 and not S2 writes", "answered = 0"],
          wrong: {
            A: {
              misconception: "leader-resends",
              counter: {
                off: ["ack-before-sync"],
                acts: [
                  { afterMs: 40, do: "crash", server: "S2" },
                  { afterMs: 45, do: "crash", server: "S1" },
                  { afterMs: 46, do: "heal" },
                  { afterMs: 47, do: "restart", server: "S2" },
                  { afterMs: 48, do: "disk", writeMs: [1, 2], server: "S2" },
                  { afterMs: 50, do: "timeout", server: "S3" },
                ],
                untilMs: 120,
                shows: "violation",
                holds: ["answered = 1", "S3 leads and S3 log = 0 and S2 log = 0", "S1 down"],
              },
            },
          },
        },
      },
      {
        id: "points",
        run: { ...start, actions: [{ atMs: 0, do: "timeout", server: "S1" }] },
        atMs: 60,
        holds: ["S1 leads and leaders = 1 and running = 3", "log = 0"],
        tasks: [
          {
            id: "before",
            when: "S2 down and S1 log >= 1 and S2 log = 0",
            show: { acts: [{ afterMs: 0, do: "crash", server: "S2", at: "beforeWrite" }, write(1)], untilMs: 60 },
          },
          {
            id: "after",
            when: "S3 down and S1 log >= 1 and S3 log >= 1",
            show: { acts: [{ afterMs: 0, do: "crash", server: "S3", at: "afterWrite" }, write(1)], untilMs: 60 },
          },
          {
            id: "again",
            when: "running = 3 and S1 commit >= 1 and S2 commit >= 1 and S3 commit >= 1 and alike",
            show: {
              acts: [
                { afterMs: 0, do: "crash", server: "S2", at: "beforeWrite" },
                { afterMs: 0, do: "crash", server: "S3", at: "afterWrite" },
                write(1),
                { afterMs: 100, do: "restart", server: "S2" },
                { afterMs: 100, do: "restart", server: "S3" },
              ],
              untilMs: 500,
            },
          },
        ],
      },
      {
        id: "without",
        run: { ...start, bugs: ["vote-not-persisted"], actions: vote },
        atMs: 20,
        holds: [
          "S1 campaigns and S1 term = 1",
          "S2 voted for S1 and S2 sending = 1",
          "not S1 reaches S3 and not S3 reaches S1",
        ],
        tasks: [
          {
            id: "break",
            when: "violation",
            show: {
              acts: [
                { afterMs: 6, do: "crash", server: "S2" },
                { afterMs: 10, do: "restart", server: "S2" },
                { afterMs: 12, do: "timeout", server: "S3" },
              ],
              untilMs: 80,
            },
          },
        ],
      },
    ],
  },
  {
    title: "What must be on disk",
    asks: "What may a server forget in a crash?",
    steps: {
      vote: {
        title: "A vote, and a crash",
        text: "Three servers; S1 and S3 cannot reach each other. S2 has voted for S1 in term 1, and its answer is on the way. S2 is about to crash and to come back, and then S3, which has heard of nothing, will ask it for its vote in term 1, too.",
        tasks: {},
        question: {
          asks: "What will S2 answer to S3?",
          answers: {
            A: {
              says: "Yes: it has forgotten that it voted, and that does no harm.",
              sees: "S3 gets S2’s vote.",
              follows:
                "Here votes are not written to disk, and S2 has voted twice in one term. S1 and S3 both lead term 1.",
            },
            B: {
              says: "No: its vote is on its disk, and it has voted in term 1.",
              sees: "S2 refuses.",
            },
            C: {
              says: "Nothing: it waits until a leader has told it what it missed.",
              sees: "S2 votes for nobody before it has heard a leader.",
              follows:
                "S2 has heard no leader since it came back, and in term 2 it has voted for S3. What is on its disk is all that it needs to go on at once.",
            },
          },
          happened:
            "S2 has refused: its term and its vote were on its disk before its answer to S1 left. So a server keeps its word even if it crashes right after it.",
        },
      },
      entry: {
        title: "An entry on a slow disk",
        text: "S1 leads, S3 is cut off, and a write needs S1 and S2. S1’s message with entry 1 is on its way to S2, whose disk takes 60 ms for a write.",
        tasks: {},
        question: {
          asks: "When may S2 answer that it has entry 1?",
          answers: {
            A: {
              says: "At once: if it crashes, the leader sends the entry again.",
              sees: "S1 commits entry 1 while S2’s disk is still writing.",
              follows:
                "Here S2 has answered at once, S1 has committed entry 1, and the client has its answer. Then S2 has crashed in the middle of the write, and S1 too; S2 is back without the entry, and with its vote S3 leads, which never had it.",
            },
            B: {
              says: "When the entry is on its disk.",
              sees: "S1 commits entry 1 only after S2’s disk has finished.",
            },
          },
          happened:
            "S1 has committed entry 1, and S2’s disk had finished before: S2’s answer waited for it. The leader counts answers as copies that survive a crash, for the leader itself may be gone when they are needed.",
        },
      },
      points: {
        title: "Crash where you like",
        text: "S1 leads three servers, and the logs are empty. A server can crash before a write is on its disk, or after that and before it has answered anybody. Try both, and see whether it does harm: “Inject a fault” has a crash that waits for the next write.",
        tasks: {
          before: "Let S2 crash before its next write is on disk, and send a write to S1.",
          after: "Let S3 crash after its next write, before it sends anything, and send a write to S1.",
          again:
            "Restart whoever is down, and let time go on until all three have the same entries and know them committed.",
        },
      },
      without: {
        title: "Without the rule",
        text: "The first moment again, but here a rule is broken on purpose: a server does not write its vote to disk. S2 has voted for S1, and its answer is on the way.",
        tasks: {
          break:
            "Let the answer arrive, crash S2, restart it, and fire S3’s election timer: a property of Raft breaks.",
        },
      },
    },
    card: "A server may be gone at any moment, and what it has told others must stay true. So its term, its vote and its log are on disk before it answers; everything else, such as who leads or what is committed, it learns anew. A crash before the write is harmless, for nobody has counted on it; a crash after the write is harmless, for the disk has it. Only an answer that runs ahead of the disk is dangerous.",
  },
);
