import { bothWays, type RunFile } from "../../scenario/presets/preset.ts";
import { lesson } from "../draft.ts";

type Acts = NonNullable<RunFile["actions"]>;

/** Nobody's timer runs out by itself; what is fired is fired by hand. */
const calm = { latencyMs: [10, 12], writeMs: [1, 2], options: { electionTimeoutMs: [20_000, 40_000] } } as const;
const forgetting = { bugs: ["vote-reset-same-term"] as string[] };

/** S1 leads term 1 by S2's and S3's votes. S4 and S5, cut off from them, stand in it, too; S5's request to S4 is slow. */
const five = { ...calm, ...forgetting, seed: 5891, servers: 5 } as const;
const twoCandidates: Acts = [
  { atMs: 0, do: "cut", links: [...bothWays([1], [4, 5]), ...bothWays([2], [4, 5]), ...bothWays([3], [4, 5])] },
  { atMs: 0, do: "network", latencyMs: [400, 400], links: [["S5", "S4"]] },
  { atMs: 0, do: "timeout", server: "S1" },
  { atMs: 2, do: "timeout", server: "S4" },
  { atMs: 4, do: "timeout", server: "S5" },
];
const reachS4 = { do: "mend", links: [["S1", "S4"]] as [string, string][] } as const;

/** S1 leads term 1 by S2's vote. S3 stands in it, too, and its request to S2 is slow. S2 hears both and is not heard. */
const three = { ...calm, seed: 8091, servers: 3 } as const;
const asking = { ...calm, seed: 8091, servers: 3, options: { ...calm.options, preVote: true } } as const;
/** Its requests wait for the disk, so `fromMs` may be the moment at which it stands. */
const slowRequest = (fromMs: number): Acts => [
  { atMs: 0, do: "cut", links: bothWays([1], [3]) },
  { atMs: 0, do: "timeout", server: "S1" },
  { atMs: 2, do: "timeout", server: "S3" },
  { atMs: fromMs, do: "network", latencyMs: [400, 400], links: [["S3", "S2"]] },
  {
    atMs: 80,
    do: "cut",
    links: [
      ["S2", "S1"],
      ["S2", "S3"],
    ],
  },
];
const fireS2 = { do: "timeout", server: "S2" } as const;
const hearS2 = { do: "mend", links: [["S2", "S3"]] as [string, string][] } as const;
const again = [
  { afterMs: 0, ...fireS2 },
  { afterMs: 70, ...hearS2 },
] as const;
const heard = [
  "S1 leads and S1 term = 1 and S2 follows and S2 voted for S1 and S2 term = 1",
  "S3 campaigns and S3 term = 1 and S3 tally = 1 and S3 sending = 1",
  "S1 reaches S2 and S3 reaches S2 and not S2 reaches S1 and not S2 reaches S3",
];

/** S1 leads term 1 by S2's vote and is cut off; S3 stands in term 1, too, and its request to S1 is slow. */
const checked = { seed: 99, servers: 3, latencyMs: [10, 12], writeMs: [1, 2], options: { checkQuorum: true } } as const;
const cutOff: Acts = [
  {
    atMs: 0,
    do: "cut",
    links: [
      ["S1", "S3"],
      ["S2", "S3"],
      ["S3", "S2"],
    ],
  },
  { atMs: 0, do: "network", latencyMs: [360, 360], links: [["S3", "S1"]] },
  { atMs: 0, do: "timeout", server: "S1" },
  { atMs: 10, do: "timeout", server: "S3" },
  { atMs: 12, do: "timer", server: "S3", leftMs: 5000 },
  { atMs: 60, do: "cut", links: bothWays([1], [2]) },
  { atMs: 61, do: "timer", server: "S2", leftMs: 5000 },
];
const reachS3 = { do: "mend", links: [["S1", "S3"]] as [string, string][] } as const;

export const wholeTerm = lesson(
  {
    id: "whole-term",
    group: "in-production",
    minutes: 7,
    sections: ["§5.2", "Figure 2", "D 6.2", "D 9.6"],
    steps: [
      {
        id: "harmless",
        run: { ...five, actions: [...twoCandidates, { atMs: 310, ...reachS4 }] },
        atMs: 300,
        holds: [
          "S1 leads and S1 term = 1 and S2 voted for S1 and S3 voted for S1",
          "S4 campaigns and S4 term = 1 and S4 voted for S4 and S5 campaigns and S5 term = 1 and S5 tally = 1",
          "not S1 reaches S4 and S5 reaches S4 and S5 sending >= 1",
        ],
        question: {
          id: "votes-again",
          right: "B",
          until: "S5 tally = 2",
          withinMs: 200,
          holds: ["S4 follows and S4 term = 1 and S4 voted for S5", "S5 campaigns", "leaders = 1 and S1 leads"],
          wrong: {
            A: {
              misconception: "one-vote-suffices",
              counter: {
                off: forgetting.bugs,
                acts: [{ afterMs: 10, ...reachS4 }],
                untilMs: 400,
                shows: "S5 tally = 2",
                holds: ["S5 campaigns and S5 tally = 2", "leaders = 1 and S1 leads"],
              },
            },
            C: {
              misconception: "asking-disturbs",
              counter: {
                off: forgetting.bugs,
                acts: [{ afterMs: 10, ...reachS4 }],
                untilMs: 150,
                shows: "S4 votes for S5",
                holds: ["S1 leads and S1 term = 1", "S5 campaigns and S5 term = 1"],
              },
            },
          },
        },
      },
      {
        id: "try",
        run: { ...three, ...forgetting, actions: slowRequest(2) },
        atMs: 300,
        holds: heard,
        tasks: [
          {
            id: "refused",
            when: "S2 term = 2 and S2 refuses for S3",
            show: { acts: again, untilMs: 150 },
          },
        ],
      },
      {
        id: "pre-vote",
        run: { ...asking, actions: [...slowRequest(20), { atMs: 301, ...fireS2 }, { atMs: 370, ...hearS2 }] },
        atMs: 300,
        holds: heard,
        question: {
          id: "falls-back",
          right: "B",
          until: "S2 refuses for S3",
          withinMs: 200,
          holds: ["S2 follows and S2 term = 1 and S2 voted for S1", "leaders = 1 and S1 leads"],
          wrong: {
            A: {
              misconception: "vote-may-be-forgotten",
              counter: {
                off: forgetting.bugs,
                acts: again,
                untilMs: 160,
                shows: "violation",
                holds: ["S1 leads and S1 term = 1 and S3 leads and S3 term = 1", "S2 voted for S3 and S2 term = 1"],
              },
            },
            C: {
              misconception: "asking-begins-a-term",
              counter: {
                off: [],
                acts: again,
                untilMs: 160,
                shows: "S2 refuses for S3",
                holds: ["S2 term = 1 and S2 voted for S1"],
              },
            },
          },
        },
      },
      {
        id: "without",
        run: { ...asking, ...forgetting, actions: slowRequest(20) },
        atMs: 300,
        holds: heard,
        tasks: [{ id: "break", when: "violation", show: { acts: again, untilMs: 160 } }],
      },
      {
        id: "stepped-down",
        run: { ...checked, actions: [...cutOff, { atMs: 340, ...reachS3 }] },
        atMs: 300,
        holds: [
          "S1 leads and S1 term = 1 and S1 voted for S1 and S2 voted for S1",
          "S3 campaigns and S3 term = 1 and S3 tally = 1 and S3 sending = 1",
          "not S1 reaches S2 and not S1 reaches S3 and S3 reaches S1",
        ],
        question: {
          id: "again",
          right: "B",
          until: "S1 refuses for S3",
          withinMs: 150,
          holds: ["S1 follows and S1 term = 1 and S1 voted for S1", "S3 term = 1"],
          wrong: {
            A: {
              misconception: "vote-may-be-forgotten",
              counter: {
                off: forgetting.bugs,
                acts: [{ afterMs: 40, ...reachS3 }],
                untilMs: 110,
                shows: "violation",
                holds: ["S3 leads and S3 term = 1", "S1 voted for S3 and S2 voted for S1 and S2 term = 1"],
              },
            },
            C: {
              misconception: "majority-of-the-living",
              counter: {
                off: [],
                acts: [{ afterMs: 40, ...reachS3 }],
                untilMs: 110,
                shows: "S1 refuses for S3",
                holds: ["S3 campaigns and S3 tally = 1", "S1 follows"],
              },
            },
          },
        },
      },
    ],
  },
  {
    title: "Experts thought it harmless",
    asks: "When may a server forget for whom it voted?",
    steps: {
      harmless: {
        title: "A small mistake",
        text: "Here a rule is broken on purpose: whoever becomes a follower again forgets its vote, though the term is the same. S1 leads term 1 by S2’s and S3’s votes; S4 and S5 stand in term 1, too, each with its own vote alone. In a moment S4 hears of S1 and falls back, and then S5’s slow request for its vote arrives.",
        tasks: {},
        question: {
          asks: "What comes of it?",
          answers: {
            A: {
              says: "Two leaders of term 1: S4 votes again, and S5 wins.",
              sees: "S5 leads term 1 beside S1.",
              follows:
                "S4 has voted a second time in term 1, for S5, and S5 has 2 votes of 5. That is no majority: S1 has the votes of S1, S2 and S3, and none of these has fallen back.",
            },
            B: {
              says: "S4 votes again, and nothing comes of it.",
              sees: "S5 has two votes, and S1 is the only leader.",
            },
            C: {
              says: "S1 steps down, for another asks for votes in its term.",
              sees: "S1 becomes a follower.",
              follows:
                "S1 leads on. S5 asks in term 1, which is S1’s own term: only a higher one makes a leader step down.",
            },
          },
          happened:
            "S4 has voted twice in term 1, and S1 is still its only leader. Who falls back so had voted for itself and not for the leader; the leader’s majority has not changed.",
        },
      },
      try: {
        title: "Try to break it",
        text: "Three servers with the same mistake. S1 leads term 1 by S2’s vote, S3 stands in term 1, too, and its request for S2’s vote is slow. S2 hears both and is not heard; if it could be made to fall back, it would forget that it voted for S1.",
        tasks: {
          refused:
            "Fire S2’s election timer, let time go on for 70 ms, mend the link from S2 to S3, and wait for S3’s request: S2 refuses it, for it is in term 2.",
        },
      },
      "pre-vote": {
        title: "Together with pre-vote",
        text: "The same three servers, now with **pre-vote** and without the mistake. In a moment S2’s election timer runs out, and S2 asks whether it could win; then S1’s heartbeat arrives, and S2 follows S1 again. After that S3’s slow request arrives at S2, for its vote in term 1.",
        tasks: {},
        question: {
          asks: "May S2 vote for S3?",
          answers: {
            A: {
              says: "Yes: it has fallen back to follower, and we saw that a vote forgotten so does no harm.",
              sees: "S2 votes for S3.",
              follows:
                "Here S2 has forgotten its vote when it fell back, and it has voted again. S1 and S3 both lead term 1: this time the vote that was forgotten was one of the leader’s.",
            },
            B: {
              says: "No: it has voted for S1 in term 1, and it is still term 1.",
              sees: "S2 refuses.",
            },
            C: {
              says: "No: by asking, it has begun term 2, and the request is for term 1.",
              sees: "S2 is in term 2 and refuses.",
              follows: "S2 has refused, but in term 1: to ask for pre-votes begins no new term, and changes no vote.",
            },
          },
          happened:
            "S2 is in term 1, as before, and it has refused: it has voted for S1. With pre-vote a server that has voted for another can fall back to follower in the same term; without pre-vote, whoever stood for election had voted for itself.",
        },
      },
      without: {
        title: "What the experts had not thought of",
        text: "The same with the mistake. It is a true story, of CCF: candidates that fell back forgot their vote, and in 2024 this was judged harmless. In 2026 it was found that with pre-vote three servers are enough for two leaders of one term.",
        tasks: {
          break:
            "Fire S2’s election timer, let S1’s heartbeat make it a follower again, and mend the link from S2 to S3 before S3’s request arrives: a property of Raft breaks.",
        },
      },
      "stepped-down": {
        title: "And a leader that steps down?",
        text: "No pre-vote and no mistake, but check-quorum: S1 has won term 1 with its own vote and S2’s, is cut off from S2, and will step down in a moment. S3 has heard of none of this: it is a candidate in term 1, too. Its slow request for S1’s vote will arrive when S1 is a follower again, still in term 1.",
        tasks: {},
        question: {
          asks: "May S1 vote for S3 then?",
          answers: {
            A: {
              says: "Yes: S1 leads no more, and its vote for itself is of no use to anybody.",
              sees: "S3 leads term 1.",
              follows:
                "Here S1 has forgotten its vote when it stepped down, and it has voted again in term 1. S3 leads term 1 as S1 did before: one term has had two leaders, and each may have written entries under the same number and term.",
            },
            B: {
              says: "No: it has voted in term 1, for itself.",
              sees: "S1 refuses.",
            },
            C: {
              says: "Yes: S3 is the only one left who wants to lead.",
              sees: "S3 gets S1’s vote.",
              follows:
                "S1 has refused. That nobody else stands is no reason: somebody led term 1 already, and its entries carry that term.",
            },
          },
          happened:
            "S1 has refused: it is a follower in term 1, and in term 1 it has voted for itself. A vote is for the whole term, whatever becomes of whom it was given to; only a later term begins afresh.",
        },
      },
    },
    card: "A term has at most one leader because each server gives at most one vote in it, from its beginning to its end. To fall back, to step down or to restart begins no new term, so the vote stays. To forget it when a candidate falls back is harmless only as long as nobody can fall back who has voted for another: pre-vote, or a leader that steps down, takes that reason away, and nothing in the code that was judged has changed. Raft’s rules hold each other up; a rule that is “not needed here” is needed by one that comes later.",
  },
);
