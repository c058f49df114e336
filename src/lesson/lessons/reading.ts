import { leaseActions, leaseStart } from "../../scenario/presets/lease-story.ts";
import type { RunFile } from "../../scenario/presets/preset.ts";
import { lesson } from "../draft.ts";

type Acts = NonNullable<RunFile["actions"]>;

/** S1 is cut off with S2 while S4 leads a later term and commits x=2; then somebody reads x at S1. */
const start = { seed: 31, servers: 5, latencyMs: [10, 13], writeMs: [1, 2], profile: "etcd" } as const;
const first: Acts = [
  { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
  { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
];
const deposed: Acts = [
  ...first,
  {
    atMs: 170,
    do: "partition",
    groups: [
      ["S1", "S2"],
      ["S3", "S4", "S5"],
    ],
  },
  { atMs: 200, do: "timer", server: "S4", leftMs: 100 },
  { atMs: 380, do: "request", put: ["x", "2"], server: "S4" },
];

const twoTruths = ["S1 leads and S4 leads and S4 term > 1", "S1 x = 1 and S4 x = 2", "not S1 reaches S4"];
const asked = "answered = 2 and unanswered = 1";

export const reading = lesson(
  {
    id: "reading",
    group: "in-production",
    minutes: 8,
    sections: ["§8", "D 6.4", "D 6.4.1"],
    steps: [
      {
        id: "own-state",
        run: {
          ...start,
          actions: [...deposed, { atMs: 460, do: "request", get: "x", server: "S1", read: "stale", client: "C2" }],
        },
        atMs: 462,
        holds: [...twoTruths, asked],
        question: {
          id: "told",
          right: "B",
          until: "answered = 3",
          withinMs: 80,
          holds: [...twoTruths, "unanswered = 0"],
          wrong: {
            A: {
              misconception: "leader-knows",
              counter: { off: [], acts: [], untilMs: 40, shows: "answered = 3", holds: twoTruths },
            },
            C: {
              misconception: "never-two-leaders",
              counter: { off: [], acts: [], untilMs: 40, shows: "answered = 3", holds: ["leaders = 2"] },
            },
          },
        },
      },
      {
        id: "ask-round",
        run: {
          ...start,
          actions: [
            ...deposed,
            { atMs: 460, do: "request", get: "x", server: "S1", client: "C2" },
            { atMs: 600, do: "heal" },
          ],
        },
        atMs: 462,
        holds: [...twoTruths, asked],
        question: {
          id: "told",
          right: "B",
          until: "S1 follows",
          withinMs: 300,
          holds: ["answered = 2", "leaders = 1 and S1 obeys S4"],
          wrong: {
            A: {
              misconception: "leader-knows",
              counter: {
                off: ["read-no-quorum"],
                acts: [],
                untilMs: 60,
                shows: "answered = 3",
                holds: ["S1 x = 1 and S4 x = 2", "unanswered = 0"],
              },
            },
          },
        },
      },
      {
        id: "lease",
        run: { ...leaseStart, options: { checkQuorum: true, reads: "lease" }, actions: [...leaseActions] },
        atMs: 452,
        holds: ["S1 leads and S4 leads and S4 term > 1", "S1 x = 1 and S4 x = 2", asked],
        question: {
          id: "told",
          right: "B",
          until: "answered = 3",
          withinMs: 80,
          holds: ["S1 leads and S4 leads", "S1 x = 1 and S4 x = 2"],
          wrong: {
            A: {
              misconception: "clocks-agree",
              counter: {
                off: [],
                acts: [],
                untilMs: 40,
                shows: "answered = 3",
                holds: ["S1 leads and S4 leads", "S1 x = 1 and S4 x = 2"],
              },
            },
          },
        },
      },
      {
        id: "try",
        run: { ...start, actions: first },
        atMs: 250,
        holds: ["S1 leads and leaders = 1", "S1 x = 1 and S5 x = 1", "answered = 1 and unanswered = 0"],
        tasks: [
          {
            id: "read",
            when: "answered >= 2",
            show: { acts: [{ afterMs: 0, do: "request", get: "x", server: "S1" }], untilMs: 100 },
          },
          {
            id: "alone",
            when: "S1 leads and unanswered >= 1 and not S1 reaches S2 and not S1 reaches S3",
            show: {
              acts: [
                { afterMs: 0, do: "isolate", servers: ["S1"], way: "both" },
                { afterMs: 5, do: "request", get: "x", server: "S1" },
                { afterMs: 80, do: "heal" },
              ],
              untilMs: 300,
            },
          },
        ],
      },
    ],
  },
  {
    title: "Reading the truth",
    asks: "May a leader simply tell what it knows?",
    steps: {
      "own-state": {
        title: "From its own state",
        text: "S1 and S2 are cut off from the others. Over there S4 leads a later term; x=2 is committed, and the client that wrote it knows. S1 still takes itself for the leader, and a client has asked it for x, and to answer at once, from its own state.",
        tasks: {},
        question: {
          asks: "What is the client told?",
          answers: {
            A: {
              says: "2: a leader has everything that is committed.",
              sees: "The answer is 2.",
              follows:
                "S1 has answered, and x is 1 there. A leader has everything that was committed when it was elected; of what another leader has committed since, it knows nothing.",
            },
            B: { says: "1, which is out of date.", sees: "The answer is 1, although x=2 is done." },
            C: {
              says: "An error: S1 knows that it has been replaced.",
              sees: "S1 does not answer the question.",
              follows: "S1 has answered. Two servers lead at this moment, and S1 has no way to notice.",
            },
          },
          happened:
            "The client has been told 1, although x=2 was done before it asked. That is a **stale read**: the clients together see something that one single copy of the data could never show.",
        },
      },
      "ask-round": {
        title: "Ask the others first",
        text: "The same moment, but reads are done by **ReadIndex** here: before a leader answers, it sends a round of heartbeats and waits until a majority has answered. A client has just asked S1 for x. In a moment the cut heals.",
        tasks: {},
        question: {
          asks: "What is the client told?",
          answers: {
            A: {
              says: "1, as before: S1 leads, and does not know better.",
              sees: "S1 answers while it is cut off.",
              follows:
                "Here S1 does not ask anybody, and its answer is out of date. The rule that is off is the one that makes it wait for a majority.",
            },
            B: {
              says: "Nothing as long as S1 has not heard from a majority.",
              sees: "S1 does not answer, and then it steps down.",
            },
          },
          happened:
            "S1 has not answered: of five servers it has reached only S2. Now it follows S4. If a majority had answered its round, nobody else could have been elected before, and its state would have been the newest.",
        },
      },
      lease: {
        title: "Trust in a clock",
        text: "Asking a majority takes time, so some leaders answer alone while they hold a **lease**: for a short time by their own clock they count on nobody else being elected. S1 does so, and its clock goes at half speed. It is cut off, S4 leads and has committed x=2, and a client has just asked S1 for x.",
        tasks: {},
        question: {
          asks: "What happens?",
          answers: {
            A: {
              says: "S1 does not answer: its lease is over.",
              sees: "The client waits.",
              follows:
                "S1 has answered, and x is 1 there. By the time of the others its lease is long over; by its own clock it is not.",
            },
            B: { says: "S1 answers 1: by its clock the lease still runs.", sees: "The answer is out of date." },
          },
          happened:
            "S1 has answered 1, and x is 2. Everything else in Raft is safe whatever clocks do; a lease is not, it needs clocks that go nearly alike.",
        },
      },
      try: {
        title: "Try it",
        text: "A healthy cluster, with ReadIndex: S1 leads, and x is 1 everywhere. Read x at S1. Then take S1 away from the others, read again, and bring it back.",
        tasks: {
          read: "Read x, and let time go on until the answer has come.",
          alone: "Isolate S1, and ask it for x: it cannot answer before the links are healed.",
        },
      },
    },
    card: "A leader may have been replaced without knowing it, so its own state may be out of date. To read the truth it has to make sure that it still leads: by an entry in the log, by a round of heartbeats that a majority answers, or by a lease. The lease is the quickest and the only thing in Raft that needs good clocks. Also, a new leader first commits an entry of its own term, for before that it does not know how far the log is committed.",
  },
);
