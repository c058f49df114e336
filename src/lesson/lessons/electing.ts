import { lesson } from "../draft.ts";

const calm = { seed: 3, servers: 5, latencyMs: [10, 15], writeMs: [1, 2] } as const;
const first = { atMs: 0, do: "timer", server: "S1", leftMs: 60 } as const;
const twoDown = [
  first,
  { atMs: 200, do: "crash", server: "S1" },
  { atMs: 260, do: "crash", server: "S2" },
  { atMs: 260, do: "timer", server: "S3", leftMs: 10 },
] as const;

export const electing = lesson(
  {
    id: "electing",
    group: "one-log",
    minutes: 6,
    sections: ["§5.1", "§5.2"],
    steps: [
      {
        id: "start",
        run: { ...calm, actions: [first] },
        atMs: 0,
        holds: ["not leader", "S1 follows and S2 follows and S3 follows and S4 follows and S5 follows", "term = 0"],
        tasks: [{ id: "timer", when: "candidate", show: { acts: [], untilMs: 62 } }],
      },
      {
        id: "votes",
        run: { ...calm, actions: [first] },
        atMs: 63,
        holds: ["S1 campaigns", "term = 1", "S1 voted for S1", "S1 tally = 1", "S1 sending = 4"],
        question: {
          id: "enough",
          right: "B",
          until: "S1 leads",
          withinMs: 100,
          holds: ["S1 term = 1", "S1 sending = 4", "sending = 6"],
          wrong: {
            A: {
              misconception: "waits-for-all",
              counter: {
                off: [],
                acts: [
                  { afterMs: 0, do: "crash", server: "S4" },
                  { afterMs: 0, do: "crash", server: "S5" },
                ],
                untilMs: 60,
                shows: "S1 leads",
                holds: ["S1 leads and S4 down and S5 down"],
              },
            },
            C: {
              misconception: "one-vote-suffices",
              counter: {
                off: [],
                acts: [
                  { afterMs: 0, do: "delay", message: "S1>S4#1", byMs: 30 },
                  { afterMs: 0, do: "delay", message: "S1>S5#1", byMs: 30 },
                  { afterMs: 0, do: "timer", server: "S2", leftMs: 1 },
                ],
                untilMs: 35,
                shows: "S2 leads",
                holds: [
                  "S1 campaigns and S1 tally = 2 and S1 term = 1",
                  "S3 voted for S1 and S4 voted for S2 and S5 voted for S2",
                  "S2 leads and S2 term = 1 and leaders = 1",
                ],
              },
            },
          },
        },
      },
      {
        id: "leading",
        run: { ...calm, actions: [first] },
        atMs: 150,
        holds: ["S1 leads", "leaders = 1", "term = 1", "S2 obeys S1 and S3 obeys S1 and S4 obeys S1 and S5 obeys S1"],
        tasks: [
          { id: "crash", when: "S1 down", show: { acts: [{ afterMs: 0, do: "crash", server: "S1" }], untilMs: 40 } },
          {
            id: "next",
            when: "leader and term >= 2",
            show: { acts: [{ afterMs: 0, do: "crash", server: "S1" }], untilMs: 500 },
          },
        ],
      },
      {
        id: "living",
        run: { ...calm, actions: [...twoDown] },
        atMs: 273,
        holds: ["S1 down and S2 down", "running = 3", "S3 campaigns", "S3 term = 2", "S3 tally = 1", "S3 sending = 4"],
        question: {
          id: "needed",
          right: "B",
          until: "S3 leads",
          withinMs: 100,
          holds: ["S3 term = 2", "S4 voted for S3", "S5 voted for S3", "running = 3"],
          wrong: {
            A: {
              misconception: "majority-of-the-living",
              counter: {
                off: [],
                acts: [
                  {
                    afterMs: 0,
                    do: "partition",
                    groups: [
                      ["S1", "S2"],
                      ["S3", "S4", "S5"],
                    ],
                  },
                  { afterMs: 0, do: "restart", server: "S1" },
                  { afterMs: 0, do: "restart", server: "S2" },
                  { afterMs: 1, do: "timer", server: "S1", leftMs: 1 },
                ],
                untilMs: 100,
                shows: "S3 leads",
                holds: [
                  "S1 campaigns and S1 tally = 2 and S1 term = 2",
                  "S3 leads and S3 term = 2",
                  "not S1 reaches S3",
                ],
              },
            },
            C: {
              misconception: "waits-for-all",
              counter: {
                off: [],
                acts: [],
                untilMs: 60,
                shows: "S3 leads",
                holds: ["S3 leads and S1 down and S2 down"],
              },
            },
          },
        },
      },
      {
        id: "too-few",
        run: { ...calm, actions: [...twoDown] },
        atMs: 400,
        holds: ["S3 leads", "S1 down and S2 down", "S4 obeys S3 and S5 obeys S3", "term = 2"],
        tasks: [
          {
            id: "none",
            when: "running = 2 and not leader and term >= 5",
            show: { acts: [{ afterMs: 0, do: "crash", server: "S3" }], untilMs: 1500 },
          },
          {
            id: "back",
            when: "leader and running >= 3 and term >= 3",
            show: {
              acts: [
                { afterMs: 0, do: "crash", server: "S3" },
                { afterMs: 1500, do: "restart", server: "S1" },
              ],
              untilMs: 3000,
            },
          },
        ],
      },
    ],
  },
  {
    title: "Electing a leader",
    asks: "How do five equal servers agree on one of them to lead?",
    steps: {
      start: {
        title: "Nobody leads",
        text: "Five servers are to keep the same list of commands, the **log**, and one of them, the **leader**, decides what goes into it. Nobody leads yet: all five are **followers**, and each waits until its election timer, the ring around it, runs out. Press Play, and watch what the first one does whose timer runs out.",
        tasks: { timer: "Let time go on until a server asks for votes." },
      },
      votes: {
        title: "S1 asks for votes",
        text: "S1’s timer has run out, so S1 is a **candidate**: it has begun **term** 1 and voted for itself. A term is a stretch of time with at most one leader, and in each term a server gives at most one **vote**. S1’s requests for votes are on their way to the four others.",
        tasks: {},
        question: {
          asks: "When does S1 become the leader?",
          answers: {
            A: {
              says: "When all four others have answered.",
              sees: "S1 stays a candidate until the last answer has come.",
              follows:
                "S4 and S5 have crashed and never answer, and S1 leads all the same. If it had to wait for everybody, one broken server would leave the cluster without a leader.",
            },
            B: {
              says: "When two others have voted for it: with its own vote, three of five.",
              sees: "S1 leads while two answers are still missing.",
            },
            C: {
              says: "When one other server has voted for it.",
              sees: "S1 leads as soon as the first answer has come.",
              follows:
                "S2 has asked for votes in term 1, too: S3 has voted for S1, S4 and S5 for S2. S1 has one other vote and does not lead; S2 has three votes and does. If two were enough, both would lead the same term and could decide differently about the same place in the log.",
            },
          },
          happened:
            "S1 leads: two others have voted for it, and with its own vote these are three of five, a **majority**. It has not waited for the last two answers, which are still on their way.",
        },
      },
      leading: {
        title: "S1 leads",
        text: "S1 leads term 1, and all the others know it. Again and again it sends them **heartbeats**, short messages that say “I am here”, and whoever gets one starts its election timer anew. Take the leader away, and see what the others do.",
        tasks: { crash: "Crash S1.", next: "Let time go on until there is a leader of a later term." },
      },
      living: {
        title: "Two of five are down",
        text: "S1 and S2 have crashed, three of the five servers still run. S3’s timer has run out: it is a candidate in term 2, it has its own vote, and its requests are on their way.",
        tasks: {},
        question: {
          asks: "How many votes does S3 need now, its own included?",
          answers: {
            A: {
              says: "Two: a majority of the three that run.",
              sees: "S3 leads as soon as S4 or S5 has voted for it.",
              follows:
                "S1 and S2 run again and are cut off from the others. S1 has two votes, its own and S2’s, and does not lead; S3 leads the same term with three. If two were enough for whoever sees only two others, term 2 would have two leaders.",
            },
            B: {
              says: "Three, as before: a majority of all five.",
              sees: "S3 leads once both S4 and S5 have voted for it.",
            },
            C: {
              says: "More than it can get: nobody leads before S1 or S2 is back.",
              sees: "S3 stays a candidate although S4 and S5 vote for it.",
              follows: "S3 leads with three votes, and S1 and S2 are still down.",
            },
          },
          happened:
            "S3 leads term 2 with three votes: its own, S4’s and S5’s. A majority is always one of all five servers, for nobody can know whether a silent server has crashed or is only out of reach.",
        },
      },
      "too-few": {
        title: "One less",
        text: "S3 leads term 2, and S4 and S5 follow it; S1 and S2 are still down. Three servers are just enough. Take away one more.",
        tasks: {
          none: "Crash S3, and let time go on until the two that are left have tried in vain three times.",
          back: "Restart one of the crashed servers, and let the cluster find a leader.",
        },
      },
    },
    card: "Time is divided into terms, and a term has at most one leader. A follower that hears nothing until its election timer runs out becomes a candidate, begins the next term and asks for votes. Each server gives one vote in a term, and a candidate needs a majority of all servers, so two can never win the same term: any two majorities share a server, and that server has only one vote. A leader keeps the others quiet by heartbeats. As long as a majority runs, a crash costs a moment without a leader, and nothing else.",
  },
);
