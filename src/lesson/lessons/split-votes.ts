import { bothWays, linksBetween, type RunFile } from "../../scenario/presets/preset.ts";
import { lesson } from "../draft.ts";

/** S1 and S3 are near each other, and S2 and S4: whoever of S1 and S2 asks, is first heard by its neighbour. */
const near = {
  seed: 5,
  servers: 4,
  latencyMs: [10, 10],
  writeMs: [1, 2],
} as const;
type Acts = NonNullable<RunFile["actions"]>;
const far: Acts[number] = {
  atMs: 0,
  do: "network",
  latencyMs: [30, 30],
  loss: 0,
  duplicate: 0,
  links: [...bothWays([1], [2, 4]), ...bothWays([2], [3])],
};
const soon = (server: string) => ({ atMs: 0, do: "timer", server, leftMs: 60 }) as const;

const slow = { seed: 5, servers: 5, latencyMs: [150, 250], writeMs: [1, 2] } as const;
const patient = { ...slow, options: { electionTimeoutMs: [2000, 4000] } } as const;

export const splitVotes = lesson(
  {
    id: "split-votes",
    group: "one-log",
    minutes: 6,
    sections: ["§5.2", "§5.6", "D 9.2"],
    steps: [
      {
        id: "together",
        run: { ...near, actions: [far] },
        atMs: 0,
        holds: ["not leader", "term = 0", "S1 follows and S2 follows and S3 follows and S4 follows"],
        tasks: [
          {
            id: "split",
            when: "S1 tally = 2 and S2 tally = 2 and term = 1",
            show: {
              acts: [
                { afterMs: 0, do: "timeout", server: "S1" },
                { afterMs: 0, do: "timeout", server: "S2" },
              ],
              untilMs: 100,
            },
          },
        ],
      },
      {
        id: "two-each",
        run: { ...near, actions: [far, soon("S1"), soon("S2")] },
        atMs: 78,
        holds: [
          "S1 campaigns and S2 campaigns and term = 1",
          "S3 voted for S1 and S4 voted for S2",
          "S1 tally = 1 and S2 tally = 1",
          "S3 sending = 1 and S4 sending = 1",
        ],
        question: {
          id: "who",
          right: "C",
          until: "leader",
          withinMs: 600,
          holds: ["S2 leads and term = 2"],
          wrong: {
            A: {
              misconception: "timeouts-are-fixed",
              counter: {
                off: [],
                acts: [],
                untilMs: 400,
                shows: "S2 leads",
                holds: ["S2 leads and term = 2 and leaders = 1"],
              },
            },
            B: {
              misconception: "half-is-enough",
              counter: {
                off: ["vote-half"],
                acts: [],
                untilMs: 60,
                shows: "violation",
                holds: ["S1 leads and S1 term = 1 and S2 leads and S2 term = 1"],
              },
            },
            D: {
              misconception: "timeouts-are-fixed",
              counter: {
                off: ["no-random-timeout"],
                acts: [],
                untilMs: 2000,
                shows: "term >= 8",
                holds: ["not leader"],
              },
            },
          },
        },
      },
      {
        id: "slow",
        run: { ...slow, actions: [{ atMs: 0, do: "timer", server: "S1", leftMs: 60 }] },
        atMs: 70,
        holds: ["S1 campaigns and S1 term = 1 and S1 sending = 4"],
        question: {
          id: "far-apart",
          right: "B",
          until: "term >= 8",
          withinMs: 5000,
          holds: ["not leader", "not violation"],
          wrong: {
            A: {
              misconception: "timing-is-safety",
              counter: {
                off: [],
                acts: [],
                untilMs: 4000,
                shows: "term >= 10",
                holds: ["not leader", "not violation"],
              },
            },
            C: {
              misconception: "timing-is-free",
              counter: { off: [], acts: [], untilMs: 4000, shows: "term >= 10", holds: ["not leader"] },
            },
          },
        },
      },
      {
        id: "repair",
        run: { ...slow, actions: [] },
        atMs: 3000,
        holds: ["not leader", "term >= 4"],
        tasks: [
          {
            id: "fast",
            when: "leader",
            show: { acts: [{ afterMs: 0, do: "network", latencyMs: [10, 15] }], untilMs: 1500 },
          },
        ],
      },
      {
        id: "patient",
        run: { ...patient, actions: [{ atMs: 0, do: "timer", server: "S1", leftMs: 60 }] },
        atMs: 2000,
        holds: ["S1 leads and term = 1 and leaders = 1"],
        tasks: [
          {
            id: "crash",
            when: "leader and term >= 2",
            show: { acts: [{ afterMs: 0, do: "crash", server: "S1" }], untilMs: 6000 },
          },
        ],
      },
      {
        id: "old-votes",
        run: {
          ...patient,
          actions: [
            { atMs: 0, do: "timer", server: "S1", leftMs: 60 },
            { atMs: 200, do: "timer", server: "S1", leftMs: 100 },
          ],
        },
        atMs: 350,
        holds: [
          "S1 campaigns and S1 term = 2 and S1 tally = 1",
          "S2 voted for S1 and S3 voted for S1 and S4 voted for S1 and S5 voted for S1",
          "S2 term = 1 and S3 term = 1 and S4 term = 1 and S5 term = 1",
          "S2 sending = 1 and S3 sending = 1 and S4 sending = 1 and S5 sending = 1",
        ],
        question: {
          id: "count",
          right: "B",
          until: "S1 leads",
          withinMs: 700,
          holds: ["term = 2"],
          wrong: {
            A: {
              misconception: "old-replies-count",
              counter: {
                off: ["stale-vote-resp"],
                acts: [
                  { afterMs: 0, do: "cut", links: linksBetween([1], [2, 3, 4, 5]) },
                  { afterMs: 5, do: "timeout", server: "S5" },
                ],
                untilMs: 700,
                shows: "violation",
                holds: ["S1 leads and S1 term = 2 and S5 leads and S5 term = 2", "S2 voted for S5 or S3 voted for S5"],
              },
            },
          },
        },
      },
    ],
  },
  {
    title: "Split votes and random timeouts",
    asks: "What if two servers want to lead at the same time?",
    steps: {
      together: {
        title: "Two at once",
        text: "Four servers, and nobody leads. Each has its own election timer, and as a rule one runs out well before the others. Make two run out at the same moment: fire the timers of S1 and S2, so that both **stand**, which is to become a candidate, and then let time go on.",
        tasks: { split: "Let S1 and S2 stand in term 1 together, until each has counted two votes." },
      },
      "two-each": {
        title: "Two votes each",
        text: "S1 and S2 are both candidates in term 1, and each has voted for itself. S3 has voted for S1, which asked it first, and S4 for S2; these votes are on their way. So each will have two votes of four.",
        tasks: {},
        question: {
          asks: "What comes of it?",
          answers: {
            A: {
              says: "S1 wins: it has the lower number.",
              sees: "S1 leads term 1.",
              follows:
                "S2 leads, and it leads term 2. Numbers play no part: whose new timeout is the shorter one, that is drawn at random.",
            },
            B: {
              says: "Both win: each has half of the votes.",
              sees: "S1 and S2 both lead term 1.",
              follows:
                "Here half of the votes is enough, and term 1 has two leaders. So Raft asks for more than half: two candidates cannot both have that.",
            },
            C: {
              says: "Nobody wins term 1. One of their timers runs out again, and term 2 begins.",
              sees: "Nobody leads for a while, then one of them leads term 2.",
            },
            D: {
              says: "They are stuck: every new try ends like this one.",
              sees: "Terms go by, and nobody ever leads.",
              follows:
                "Here all timeouts are equally long, and it is as you said: term after term S1 and S2 stand together, and nobody leads. So Raft draws every timeout at random.",
            },
          },
          happened:
            "Nobody has won term 1: that would have taken three votes of four. Then S2’s new timeout, drawn at random, was the first to run out: S2 began term 2 and leads it.",
        },
      },
      slow: {
        title: "Far apart",
        text: "Now the five servers stand on five continents: a message takes 150 to 250 ms. The election timeouts are still drawn between 150 and 300 ms. S1 is a candidate in term 1, and its requests for votes are on their way.",
        tasks: {},
        question: {
          asks: "What will happen?",
          answers: {
            A: {
              says: "Something wrong: with such timeouts two servers may come to lead one term.",
              sees: "A property of Raft breaks.",
              follows:
                "One term after another has come to nothing. Nobody leads, and nothing has broken: votes are counted the same however long they take. Wrong timeouts cost progress, never safety.",
            },
            B: {
              says: "Nothing wrong, and nothing useful: the next candidate stands before the votes for the last one are counted.",
              sees: "Terms go by, and nobody leads.",
            },
            C: {
              says: "The same as ever, only more slowly.",
              sees: "S1 leads after half a second.",
              follows:
                "One term after another has come to nothing, and nobody leads. Question and answer take at least 300 ms here, and by then every candidate’s own timer has run out.",
            },
          },
          happened:
            "Seven terms have come to nothing, and nobody leads. Question and answer take at least 300 ms, and by then a candidate’s timer has run out and begun the next term. Nothing has broken: timing decides when there is a leader, not whether Raft is safe.",
        },
      },
      repair: {
        title: "Make it work",
        text: "Three seconds have passed on the slow network, and nobody leads. Terms come and go. Make the messages fast again, and see what becomes of it.",
        tasks: {
          fast: "In the settings, set the network’s latency to 10 to 15 ms. Then let time go on until somebody leads.",
        },
      },
      patient: {
        title: "Or be patient",
        text: "The slow network again, but now the timeouts are drawn between 2 and 4 seconds, many times what a message takes. S1 leads, though messages take as long as before. All that had to change is the timeouts; only after a crash everybody now waits longer.",
        tasks: { crash: "Crash S1, and let time go on until another server leads." },
      },
      "old-votes": {
        title: "Votes that come late",
        text: "Slow messages and long timeouts still. S1 stood in term 1, and before any answer was back it stood again, so now it is a candidate in term 2. All four others have voted for it in term 1; those votes are on their way, and its requests of term 2 too.",
        tasks: {},
        question: {
          asks: "May S1 count the votes of term 1 now?",
          answers: {
            A: {
              says: "Yes: a vote is a vote.",
              sees: "S1 leads as soon as two of them have come.",
              follows:
                "Here S1 has counted them and leads term 2. But nobody had voted for it in term 2, so the others were free to vote for S5, and S5 leads term 2 as well.",
            },
            B: {
              says: "No: a vote is good for its own term only.",
              sees: "S1’s count stays at one until votes of term 2 come.",
            },
          },
          happened:
            "S1 has let the old votes pass and leads term 2 with votes of term 2. Every message names its sender’s term, so that nobody takes an old answer for a new one.",
        },
      },
    },
    card: "If several servers stand in one term, the votes may be split so that nobody has a majority. Then nobody leads that term, and the next one begins; since every timeout is drawn at random, soon one server is early enough to win. For that the timeout must be much longer than a message takes, and much shorter than the time between two crashes. Bad timeouts can keep a cluster from electing anybody, but they never make two leaders of one term: safety does not rest on time.",
  },
);
