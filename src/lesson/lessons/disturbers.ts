import { bothWays, type RunFile } from "../../scenario/presets/preset.ts";
import { lesson } from "../draft.ts";

type Acts = NonNullable<RunFile["actions"]>;

const plain = { seed: 91, servers: 5, latencyMs: [10, 14], writeMs: [1, 2] } as const;
const lead: Acts[number] = { atMs: 0, do: "timer", server: "S1", leftMs: 10 };
/** S5 hears nobody, and everybody hears S5. */
const deaf: Acts = [lead, { atMs: 100, do: "isolate", servers: ["S5"], way: "in" }];
/** Only the link between the leader and S5 is cut. */
const oneLink: Acts = [lead, { atMs: 100, do: "cut", links: bothWays([1], [5]) }];
const later: Acts[number] = { atMs: 1500, do: "request", put: ["x", "1"], server: "S1" };
const laterAfter = (afterMs: number) => ({ afterMs, do: "request", put: ["x", "1"], server: "S1" }) as const;

const isDeaf = [
  "S1 leads and term = 1",
  "S5 follows and S5 reaches S1 and S5 reaches S2",
  "not S1 reaches S5 and not S2 reaches S5",
];
const isApart = [
  "S1 leads and term = 1",
  "not S1 reaches S5 and not S5 reaches S1",
  "S2 reaches S5 and S3 reaches S5 and S4 reaches S5 and S5 reaches S2",
];

export const disturbers = lesson(
  {
    id: "disturbers",
    group: "in-production",
    minutes: 7,
    sections: ["D 9.6", "D 4.2.3", "D 6.2"],
    steps: [
      {
        id: "deaf",
        run: { ...plain, actions: deaf },
        atMs: 110,
        holds: isDeaf,
        question: {
          id: "then",
          right: "B",
          until: "term >= 4",
          withinMs: 1500,
          holds: ["not S1 leads and not S5 leads"],
          wrong: {
            A: {
              misconception: "deaf-is-harmless",
              counter: {
                off: [],
                acts: [],
                untilMs: 2600,
                shows: "term >= 8",
                holds: ["not S5 leads", "S5 term >= 8"],
              },
            },
            C: {
              misconception: "highest-term-leads",
              counter: {
                off: [],
                acts: [],
                untilMs: 400,
                shows: "S5 tally = 1",
                holds: ["S5 campaigns and S5 tally = 1"],
              },
            },
          },
        },
      },
      {
        id: "asks-first",
        run: { ...plain, options: { preVote: true }, actions: [...deaf, later] },
        atMs: 110,
        holds: isDeaf,
        question: {
          id: "quiet",
          right: "B",
          until: "S1 commit >= 1",
          withinMs: 1600,
          holds: ["S1 leads and term = 1 and leaders = 1", "S5 asks and S5 term = 1"],
          wrong: {
            A: {
              misconception: "asking-disturbs",
              counter: {
                off: [],
                acts: [laterAfter(1900)],
                untilMs: 2000,
                shows: "S1 commit >= 1",
                holds: ["S1 leads and term = 1 and S5 asks"],
              },
            },
          },
        },
      },
      {
        id: "one-link",
        run: { ...plain, options: { preVote: true }, actions: oneLink },
        atMs: 110,
        holds: isApart,
        question: {
          id: "still-quiet",
          right: "B",
          until: "S5 leads",
          withinMs: 800,
          holds: ["S5 term = 2"],
          wrong: {
            A: {
              misconception: "pre-vote-cures-all",
              counter: { off: [], acts: [], untilMs: 1800, shows: "term >= 5", holds: ["term >= 6"] },
            },
          },
        },
      },
      {
        id: "sticky",
        run: { ...plain, options: { preVote: true, stickyLeader: "always" }, actions: [...oneLink, later] },
        atMs: 110,
        holds: isApart,
        question: {
          id: "ignored",
          right: "B",
          until: "S1 commit >= 1",
          withinMs: 1600,
          holds: ["S1 leads and term = 1 and leaders = 1", "S5 asks and S5 term = 1"],
          wrong: {
            A: {
              misconception: "asking-disturbs",
              counter: {
                off: [],
                acts: [laterAfter(1900)],
                untilMs: 2000,
                shows: "S1 commit >= 1",
                holds: ["S1 leads and term = 1 and S5 asks"],
              },
            },
          },
        },
      },
      {
        id: "cut-off",
        run: { ...plain, options: { checkQuorum: true }, actions: [lead] },
        atMs: 200,
        holds: ["S1 leads and term = 1", "running = 5 and S1 reaches S2"],
        tasks: [
          {
            id: "alone",
            when: "S1 follows and not S1 reaches S2 and not S1 reaches S3",
            show: { acts: [{ afterMs: 0, do: "isolate", servers: ["S1"], way: "both" }], untilMs: 500 },
          },
          {
            id: "next",
            when: "leader and not S1 leads and term >= 2",
            show: { acts: [{ afterMs: 0, do: "isolate", servers: ["S1"], way: "both" }], untilMs: 900 },
          },
        ],
      },
    ],
  },
  {
    title: "Disturbers",
    asks: "Can one bad connection keep a healthy cluster from working?",
    steps: {
      deaf: {
        title: "A deaf server",
        text: "S1 leads five servers. S5 has become deaf: it hears nobody, but all others hear S5.",
        tasks: {},
        question: {
          asks: "What comes of it?",
          answers: {
            A: {
              says: "Nothing: the other four are fine.",
              sees: "S1 goes on leading term 1.",
              follows:
                "Term has followed term: S5 has driven the others from one to the next. Nobody can tell it to stop, for it hears nobody.",
            },
            B: {
              says: "Elections, again and again.",
              sees: "S1 is deposed, and so is whoever comes after it.",
            },
            C: {
              says: "S5 becomes the leader: it has the highest term.",
              sees: "S5 leads term 2.",
              follows:
                "S5 has its own vote only: the votes of the others do not get to it. A high term deposes, but it does not win.",
            },
          },
          happened:
            "S1 does not lead any more. S5 hears no heartbeats, so it stands again and again, each time in a later term, and whoever leads hears of that term and steps down.",
        },
      },
      "asks-first": {
        title: "Ask before you stand",
        text: "The same, but now all servers use **pre-vote**: a server whose timer has run out first asks the others whether they would vote for it. Only if a majority says yes it begins a new term. S5 is deaf as before.",
        tasks: {},
        question: {
          asks: "Does that help?",
          answers: {
            A: {
              says: "No: S5 asks again and again, and that disturbs as much.",
              sees: "S1 is deposed.",
              follows:
                "Two seconds have gone by, S1 still leads term 1, and it has just committed a write. A question whether one could win names no new term for the others to take over.",
            },
            B: {
              says: "Yes: S5 never hears a yes, so it never begins a new term.",
              sees: "S1 goes on leading term 1, and S5 goes on asking.",
            },
          },
          happened:
            "S1 leads term 1 and has just committed a write. S5 asks in vain: the answers do not get to it, so its term is still 1, and nobody has to step down.",
        },
      },
      "one-link": {
        title: "One broken link",
        text: "Pre-vote still, and S5 is not deaf. Only the link between the leader S1 and S5 is cut: the two cannot reach each other, and everybody else reaches everybody.",
        tasks: {},
        question: {
          asks: "Does pre-vote keep S5 quiet here, too?",
          answers: {
            A: {
              says: "Yes: pre-vote ends every disturbance.",
              sees: "S1 goes on leading term 1.",
              follows:
                "At least five terms have gone by. S1 and S5 depose each other in turn, for whoever of the two does not lead hears no leader.",
            },
            B: {
              says: "No: S5 hears no leader, the others say yes, and S5 stands.",
              sees: "S5 leads term 2, and S1 is deposed.",
            },
          },
          happened:
            "S5 leads term 2. Its log is as good as any, so S2, S3 and S4 said that they would vote for it, although they heard a leader well. Now it is S1 that hears no leader.",
        },
      },
      sticky: {
        title: "Stay with the leader you hear",
        text: "One more rule is on: whoever has heard from a leader within the shortest election timeout ignores requests for votes and for pre-votes. The same link is cut, between S1 and S5.",
        tasks: {},
        question: {
          asks: "And now?",
          answers: {
            A: {
              says: "It is as before: S5 deposes S1.",
              sees: "S5 leads term 2.",
              follows:
                "Two seconds have gone by, and S1 still leads term 1. S2, S3 and S4 hear S1, and as long as they do, nobody gets a yes from them.",
            },
            B: {
              says: "S5 asks in vain: the others hear S1.",
              sees: "S1 goes on leading term 1.",
            },
          },
          happened:
            "S1 leads term 1 and has just committed a write. S5 lacks a link to the leader and nothing else; the others hear S1 and do not listen to S5’s questions.",
        },
      },
      "cut-off": {
        title: "A leader that is cut off",
        text: "Now the other way round: let it be the leader that loses the others. Here **check-quorum** is on: a leader that has not heard from a majority for an election timeout steps down by itself. Its clients then know sooner that they have to ask somebody else.",
        tasks: {
          alone: "Isolate S1, and let time go on until it has stepped down.",
          next: "Let time go on until another server leads.",
        },
      },
    },
    card: "A server with a bad connection hears no leader, stands again and again, and by its high terms deposes leaders that work well. Pre-vote lets it ask first, so that whoever cannot win begins no term. That does not help where it could win; then the others must stay with the leader that they hear. And a leader that has lost its majority should notice that itself. None of these is needed for safety: they keep a safe cluster at work.",
  },
);
