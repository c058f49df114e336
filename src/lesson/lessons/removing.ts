import { bothWays, type RunFile } from "../../scenario/presets/preset.ts";
import { lesson } from "../draft.ts";

type Acts = NonNullable<RunFile["actions"]>;

/** Three servers; S1 is told to remove itself. */
const three = { seed: 19, servers: 3, latencyMs: [10, 13], writeMs: [1, 2] } as const;
const led: Acts = [
  { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
  { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
];
const leave = { do: "members", server: "S1", changes: [["remove", "S1"]] as [string, string][] } as const;

/** Two servers. S1, told to remove itself, is taken away before S2 has heard of it. */
const two = { seed: 9, servers: 2, latencyMs: [10, 13], writeMs: [1, 2], options: { noOpOnElection: true } } as const;
const ledTwo: Acts = [
  { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
  { atMs: 160, ...leave },
];
const takeAway = { do: "isolate", servers: ["S1"] as string[], way: "both" } as const;

/**
 * Four servers. S1, cut off, has removed S2 in term 1, in its own log only; S2 leads term 2 by S3's and S4's votes and
 * reaches S4 alone.
 */
const four = {
  seed: 83,
  servers: 4,
  latencyMs: [10, 12],
  writeMs: [1, 2],
  options: { electionTimeoutMs: [20_000, 40_000] },
} as const;
const twoChanges: Acts = [
  { atMs: 0, do: "timeout", server: "S1" },
  { atMs: 50, do: "request", put: ["x", "1"], server: "S1" },
  { atMs: 200, do: "cut", links: bothWays([1], [2, 3, 4]) },
  { atMs: 205, do: "members", server: "S1", changes: [["remove", "S2"]] },
  { atMs: 220, do: "timeout", server: "S2" },
  { atMs: 260, do: "cut", links: bothWays([2], [3]) },
];
const removeS1 = { do: "members", server: "S2", changes: [["remove", "S1"]] as [string, string][] } as const;
const harm = [
  { afterMs: 2, ...removeS1 },
  { afterMs: 60, do: "mend", links: bothWays([1], [3]) },
  { afterMs: 160, do: "timeout", server: "S1" },
] as const;

const apart = [
  "S1 leads and S1 term = 1 and S1 log = 2 and S1 voters = 3",
  "S2 leads and S2 term = 2 and S2 log = 1 and S2 voters = 4",
  "S3 voted for S2 and S4 voted for S2 and S3 term = 2 and S4 term = 2",
  "S2 reaches S4 and not S2 reaches S3 and not S1 reaches S3",
];

export const removing = lesson(
  {
    id: "removing",
    group: "disks-and-members",
    minutes: 9,
    sections: ["§6", "D 4.1", "D 4.2.2"],
    steps: [
      {
        id: "by-hand",
        run: { ...three, actions: led },
        atMs: 155,
        holds: [
          "S1 leads and term = 1",
          "S1 voters = 3 and S2 voters = 3 and S3 voters = 3",
          "S1 x = 1 and S2 x = 1 and S3 x = 1",
        ],
        tasks: [
          {
            id: "left",
            when: "S2 voters = 2 and S3 voters = 2 and not S1 leads and (S2 leads or S3 leads)",
            show: { acts: [{ afterMs: 0, ...leave }], untilMs: 1200 },
          },
        ],
      },
      {
        id: "when",
        run: { ...three, actions: [...led, { atMs: 160, ...leave }] },
        atMs: 170,
        holds: [
          "S1 leads and S1 log = 2 and S1 voters = 2 and S1 commit = 1",
          "S2 log = 1 and S3 log = 1 and S2 voters = 3 and S3 voters = 3",
        ],
        question: {
          id: "steps-down",
          right: "B",
          until: "not S1 leads",
          withinMs: 100,
          holds: ["S1 commit = 2", "S2 log = 2 and S3 log = 2", "S2 voters = 2 and S3 voters = 2"],
          wrong: {
            A: {
              misconception: "steps-down-when-stored",
              counter: {
                off: [],
                acts: [{ afterMs: 0, do: "isolate", servers: ["S1"], way: "both" }],
                untilMs: 700,
                shows: "S2 leads or S3 leads",
                holds: ["S2 voters = 3 and S3 voters = 3", "S2 log = 1 and S3 log = 1"],
              },
            },
          },
        },
      },
      {
        id: "of-two",
        run: { ...two, actions: [...ledTwo, { atMs: 171, ...takeAway }] },
        atMs: 170,
        holds: [
          "S1 leads and S1 log = 2 and S1 voters = 1 and S1 commit = 1",
          "S2 follows and S2 log = 1 and S2 voters = 2",
        ],
        tasks: [
          {
            id: "finish",
            when: "S2 leads and S2 voters = 1 and S1 follows",
            show: {
              acts: [
                { afterMs: 1, ...takeAway },
                { afterMs: 600, do: "heal" },
              ],
              untilMs: 2500,
            },
          },
        ],
        question: {
          id: "alone",
          right: "B",
          until: "S2 tally = 1 and S2 term >= 4",
          withinMs: 2500,
          holds: ["S2 voters = 2 and S2 log = 1 and S2 campaigns and S2 commit <= 1", "S1 log = 2 and S1 commit = 1"],
          wrong: {
            A: {
              misconception: "steps-down-when-stored",
              counter: {
                off: [],
                acts: [],
                untilMs: 700,
                shows: "S2 leads",
                holds: ["S2 leads and S2 voters = 1 and S2 entry 2 = 1", "S1 follows and S1 commit = 2"],
              },
            },
            C: {
              misconception: "half-is-enough",
              counter: {
                off: ["vote-half"],
                acts: [{ afterMs: 1, ...takeAway }],
                untilMs: 700,
                shows: "S2 leads",
                holds: ["S2 leads and S2 voters = 2 and S1 leads and S1 log = 2"],
              },
            },
          },
        },
      },
      {
        id: "own-entry-first",
        run: { ...four, actions: [...twoChanges, { atMs: 282, ...removeS1 }] },
        atMs: 280,
        holds: apart,
        question: {
          id: "takes-it",
          right: "B",
          until: "S2 log >= 2",
          withinMs: 50,
          holds: ["S2 voters = 4", "S2 entry 2 = 2", "S2 commit = 1"],
          wrong: {
            A: {
              misconception: "one-at-a-time-suffices",
              counter: {
                off: ["single-server-bug"],
                acts: harm,
                untilMs: 260,
                shows: "violation",
                holds: ["S2 commit = 2 and S2 voters = 3", "S1 leads and S1 term = 3 and S1 entry 2 = 1"],
              },
            },
          },
        },
      },
      {
        id: "without",
        run: { ...four, bugs: ["single-server-bug"], actions: twoChanges },
        atMs: 280,
        holds: apart,
        tasks: [{ id: "break", when: "violation", show: { acts: harm, untilMs: 260 } }],
      },
    ],
  },
  {
    title: "Removing the leader",
    asks: "Can a leader remove itself, and is one change at a time always safe?",
    steps: {
      "by-hand": {
        title: "Remove the leader",
        text: "S1 leads three servers, and x=1 is applied on all of them. S1’s machine is to be taken away for good. Remove S1 from the cluster, and see who leads then.",
        tasks: {
          left: "Remove S1 from the cluster, and let time go on until another server leads the two that are left.",
        },
      },
      when: {
        title: "When may it go?",
        text: "S1 has been told to remove itself. The change is entry 2 of its log, and it goes by the new configuration already: it leads S2 and S3 and does not count itself. S2 and S3 do not have the entry yet.",
        tasks: {},
        question: {
          asks: "When does S1 step down?",
          answers: {
            A: {
              says: "Now: it has stored the change, so it does not belong to the cluster any more.",
              sees: "S1 steps down before S2 and S3 have the entry.",
              follows:
                "Here S1 is cut off as soon as it has stored the change, which is as if it had gone. Another server leads, no one else has the entry, and S1 still belongs to the cluster: nothing is unsafe, and nothing has changed.",
            },
            B: {
              says: "When the change is committed.",
              sees: "S1 leads until S2 and S3 have the entry.",
            },
          },
          happened:
            "S1 has committed the change with the copies of S2 and S3, not counting its own, and then it has stepped down. Before that nobody else could be sure to carry the change through.",
        },
      },
      "of-two": {
        title: "With two servers",
        text: "S1 and S2 are the whole cluster. S1 leads, has been told to remove itself and has stored the change: it goes by a cluster of S2 alone. S2 has not got the entry, and in a moment S1’s machine is taken away.",
        tasks: {
          finish: "Bring S1 back, by healing the network, and let time go on until S2 leads alone.",
        },
        question: {
          asks: "What becomes of S2?",
          answers: {
            A: {
              says: "It leads alone: S1 does not belong to the cluster any more.",
              sees: "S2 leads, and its cluster has one voter.",
              follows:
                "Here S1 has stayed until its removal was committed, by S2’s copy. Only then did it step down, and S2, which now had the change in its log, has elected itself.",
            },
            B: {
              says: "It stands for election again and again, and cannot win.",
              sees: "S2 campaigns in one term after the other.",
            },
            C: {
              says: "It leads: of two servers one is enough.",
              sees: "S2 leads, and its cluster still has two voters.",
              follows:
                "Here half of the votes is enough, and S2 leads; but S1, cut off, leads as well, and both would go on to write entries of their own.",
            },
          },
          happened:
            "S2 knows of no change: its cluster has two servers, so it needs S1’s vote, and that never comes. Nothing that was committed is lost, but nothing goes on either.",
        },
      },
      "own-entry-first": {
        title: "One at a time",
        text: "S1 leads four servers in term 1 and has removed S2, but only in its own log, for it is cut off. The others have elected S2 in term 2, which knows nothing of that; it reaches only S4. In a moment S2 is told to remove S1.",
        tasks: {},
        question: {
          asks: "Does S2 do it at once?",
          answers: {
            A: {
              says: "Yes: one server at a time is always safe.",
              sees: "S2 counts with three servers.",
              follows:
                "Here S2 has removed S1 at once and committed that with S4, 2 of its 3. But S1 goes by its own change, S1, S3 and S4, and with S3’s vote, 2 of its 3, it leads term 3 without what S2 has committed.",
            },
            B: {
              says: "No: first it must have committed an entry of its own term.",
              sees: "S2 still counts with four servers.",
            },
          },
          happened:
            "S2 has refused the change and has put an empty entry of its term in its place; it still counts with four servers. Once such an entry is committed, a majority has heard of term 2, and S1’s old change cannot win any more.",
        },
      },
      without: {
        title: "A mistake in the dissertation",
        text: "The same moment without that rule; this is how the rule for one change at a time was first published. S1 goes by S1, S3 and S4, S2 by all four. Bring two majorities about that do not share a server.",
        tasks: {
          break:
            "Remove S1 at S2 and let S2 commit that, mend the link between S1 and S3, let S1 step down, and fire its election timer: a property of Raft breaks.",
        },
      },
    },
    card: "A leader may manage a cluster to which it does not belong any more: it carries its own removal through, without counting itself, and steps down when that is committed. Changes of one server at a time are safe because an old and a new majority share a server, but only if no older change lies about uncommitted somewhere. So a new leader first commits an entry of its own term; that condition was found missing in 2015.",
  },
);
