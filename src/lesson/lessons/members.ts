import { bothWays, type RunFile } from "../../scenario/presets/preset.ts";
import { lesson } from "../draft.ts";

type Acts = NonNullable<RunFile["actions"]>;

/** Three voters, and two machines that stand ready; S3 leads and has committed an entry of its term. */
const start = {
  seed: 81,
  servers: [1, 2, 3, 4, 5].map((id) => ({
    ...{ id: `S${id}`, term: 0, votedFor: null, log: [], commit: 0 },
    ...(id > 3 && { member: "none" as const }),
  })),
  latencyMs: [10, 12],
  writeMs: [1, 2],
  options: { electionTimeoutMs: [20_000, 40_000] },
} satisfies RunFile;
const led: Acts = [
  { atMs: 0, do: "timeout", server: "S3" },
  { atMs: 50, do: "request", put: ["x", "1"], server: "S3" },
];
const apart: Acts = [...led, { atMs: 200, do: "cut", links: bothWays([1, 2], [3]) }];
const addBoth = (): { do: "members"; server: string; changes: [string, string][] } => ({
  ...{ do: "members", server: "S3" },
  changes: [
    ["add", "S4"],
    ["add", "S5"],
  ],
});
const change = (how: string) =>
  ({ do: "members", server: "S3", changes: [[how, "S4"]] as [string, string][] }) as const;

const three = "S3 leads and term = 1 and S1 voters = 3 and S2 voters = 3 and S3 voters = 3";
const cut = "not S3 reaches S1 and not S3 reaches S2 and not S1 reaches S3 and not S2 reaches S3";

export const members = lesson(
  {
    id: "members",
    group: "disks-and-members",
    minutes: 8,
    sections: ["§6", "Figure 10", "Figure 11", "D 4.1", "D 4.2.1", "D 4.3"],
    steps: [
      {
        id: "when",
        run: { ...start, actions: [...led, { atMs: 210, ...change("add") }] },
        atMs: 205,
        holds: [three, "S3 log = 1 and S3 commit = 1", "S4 log = 0"],
        question: {
          id: "counts",
          right: "B",
          until: "S3 voters = 4",
          withinMs: 50,
          holds: ["S3 log = 2 and S3 commit = 1", "S1 voters = 3 and S2 voters = 3"],
          wrong: {
            A: {
              misconception: "configuration-when-committed",
              counter: {
                off: [],
                acts: [{ afterMs: 5, ...change("add") }],
                untilMs: 12,
                shows: "S3 voters = 4",
                holds: ["S3 voters = 4 and S3 log = 2 and S3 commit = 1"],
              },
            },
          },
        },
      },
      {
        id: "both-halves",
        run: {
          ...start,
          actions: [...apart, { atMs: 210, ...addBoth() }, { atMs: 300, do: "timeout", server: "S1" }],
        },
        atMs: 252,
        holds: [
          "S3 leads and S3 joint and S3 log = 2 and S3 commit = 1",
          "S4 log = 2 and S5 log = 2 and S4 sending = 1 and S5 sending = 1",
          "S1 log = 1 and S2 log = 1 and S1 voters = 3 and S2 voters = 3",
          cut,
        ],
        question: {
          id: "committed",
          right: "B",
          until: "S1 leads",
          withinMs: 150,
          holds: ["S3 leads and S3 term = 1 and S3 commit = 1", "S1 term = 2 and S2 voted for S1", "not violation"],
          wrong: {
            A: {
              misconception: "new-half-is-enough",
              counter: {
                off: ["joint-commit-new-only"],
                acts: [{ afterMs: 48, do: "timeout", server: "S1" }],
                untilMs: 100,
                shows: "violation",
                holds: ["S3 commit >= 2", "S1 leads and S1 term = 2 and S1 log = 1"],
              },
            },
          },
        },
      },
      {
        id: "five",
        run: { ...start, actions: led },
        atMs: 205,
        holds: [three, "S4 log = 0 and S5 log = 0", "running = 5"],
        tasks: [
          {
            id: "both",
            when: "S1 voters = 5 and S5 voters = 5 and not S3 joint and not S1 joint and not S5 joint and S5 commit >= 2",
            show: { acts: [{ afterMs: 0, ...addBoth() }], untilMs: 600 },
          },
        ],
      },
      {
        id: "learner",
        run: { ...start, actions: led },
        atMs: 205,
        holds: [three, "S4 log = 0"],
        tasks: [
          {
            id: "first",
            when: "S4 log >= 2 and S3 voters = 3",
            show: { acts: [{ afterMs: 0, ...change("learner") }], untilMs: 200 },
          },
          {
            id: "voter",
            when: "S3 voters = 4 and S4 voters = 4 and S4 commit >= 2",
            show: {
              acts: [
                { afterMs: 0, ...change("learner") },
                { afterMs: 200, ...change("add") },
              ],
              untilMs: 500,
            },
          },
        ],
      },
      {
        id: "without",
        run: { ...start, bugs: ["no-joint"], actions: apart },
        atMs: 205,
        holds: [three, cut, "S4 log = 0 and S5 log = 0"],
        tasks: [
          {
            id: "break",
            when: "violation",
            show: {
              acts: [
                { afterMs: 0, ...addBoth() },
                { afterMs: 100, do: "timeout", server: "S1" },
              ],
              untilMs: 200,
            },
          },
        ],
      },
    ],
  },
  {
    title: "Changing the members",
    asks: "How does a running cluster get more servers, or other ones?",
    steps: {
      when: {
        title: "When does it count?",
        text: "S1, S2 and S3 are the cluster; S3 leads. S4 and S5 are machines that stand ready and belong to nothing yet. Who belongs to a cluster, its **configuration**, is changed by an entry in the log, and in a moment S3 is told to add S4.",
        tasks: {},
        question: {
          asks: "From when on does S3 count with four servers?",
          answers: {
            A: {
              says: "When the entry is committed: only then it is sure.",
              sees: "S3 counts with three until a majority has the entry.",
              follows:
                "S3 has the entry since a moment and counts with four servers already, and nothing but entry 1 is committed.",
            },
            B: {
              says: "As soon as the entry is in its log.",
              sees: "S3 counts with four before anybody else has the entry.",
            },
          },
          happened:
            "S3 counts with four servers already; the entry is in its log and not committed, and S1 and S2 still count with three. So for a while the servers do not agree about who belongs to the cluster, and that must be safe.",
        },
      },
      "both-halves": {
        title: "Two majorities",
        text: "S3 has been told to add S4 and S5 at once; it is cut off from S1 and S2, which know nothing of that. S3, S4 and S5 have the change as entry 2, and the answers of S4 and S5 are on their way to S3. Three of the new five: a majority.",
        tasks: {},
        question: {
          asks: "Does S3 commit the change when the answers arrive?",
          answers: {
            A: {
              says: "Yes: a majority of the new five has it.",
              sees: "S3’s commit index becomes 2.",
              follows:
                "Here the new majority alone is enough, and S3 has committed entry 2. S1 and S2, a majority of the old three, know nothing of it and have elected S1, which lacks a committed entry.",
            },
            B: {
              says: "No: a majority of the old three is needed, too.",
              sees: "S3’s commit index stays 1.",
            },
          },
          happened:
            "S3 has not committed it. S1 and S2, a majority of the old three, have elected S1, and that is all right: while a change is on its way the configuration is **joint**, and whatever is decided needs a majority of the old servers and one of the new.",
        },
      },
      five: {
        title: "From three to five",
        text: "A healthy cluster of S1, S2 and S3; S3 leads. Add S4 and S5 in one change. First everybody goes to the joint configuration, and when that is committed, the leader goes on to the new one by itself.",
        tasks: {
          both: "Change several servers at once: add S4 and S5, and let time go on until all count with five and the joint configuration is left.",
        },
      },
      learner: {
        title: "Learn first",
        text: "A new voter with an empty log can hold up a cluster: its copy is needed for a majority, and it has everything still to get. So let a new server be a **learner** first: it gets the log and does not count. S4 stands ready.",
        tasks: {
          first: "Add S4 as a learner, and let time go on until it has the log.",
          voter: "Make S4 a voter, and let time go on until S3 and S4 count with four.",
        },
      },
      without: {
        title: "Without the rule",
        text: "The cut cluster again, but here a rule is broken on purpose: a change of several servers goes to the new configuration at once, without a joint one. S3 leads and cannot reach S1 and S2.",
        tasks: {
          break:
            "Add S4 and S5 in one change, let time go on until S3 has committed it, and fire S1’s election timer: a property of Raft breaks.",
        },
      },
    },
    card: "A configuration counts from when it is in a server’s log, so for a while some servers go by the old one and some by the new. That is safe only if no majority of the old and no majority of the new can decide without each other. To change one server at a time gives that, for such majorities always share a server (if the leader has first committed an entry of its own term); for larger changes there is the joint configuration, in which both majorities are needed. New servers learn first, so that they hold nobody up.",
  },
);
