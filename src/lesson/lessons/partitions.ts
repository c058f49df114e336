import type { RunFile } from "../../scenario/presets/preset.ts";
import { lesson } from "../draft.ts";

type LessonRunAct = NonNullable<RunFile["actions"]>[number];

const plain = { seed: 7, servers: 5, latencyMs: [10, 15], writeMs: [1, 3] } as const;
const sides = [
  ["S1", "S5"],
  ["S2", "S3", "S4"],
];
const start: readonly LessonRunAct[] = [
  { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
  { atMs: 60, do: "request", put: ["x", "1"], server: "S1" },
];
const cut: readonly LessonRunAct[] = [
  ...start,
  { atMs: 180, do: "partition", groups: sides },
  { atMs: 200, do: "timer", server: "S3", leftMs: 100 },
  { atMs: 400, do: "request", put: ["y", "9"], server: "S1" },
  { atMs: 460, do: "request", put: ["y", "2"], server: "S3", client: "C2" },
];
const healed: readonly LessonRunAct[] = [...cut, { atMs: 561, do: "heal" }];

export const partitions = lesson(
  {
    id: "partitions",
    group: "one-log",
    minutes: 7,
    sections: ["§5.1", "§5.2", "§5.6"],
    steps: [
      {
        id: "cut",
        run: { ...plain, seed: 3, actions: [...start] },
        atMs: 170,
        holds: [
          "S1 leads and term = 1",
          "S1 x = 1 and S2 x = 1 and S3 x = 1 and S4 x = 1 and S5 x = 1",
          "S1 reaches S4",
        ],
        tasks: [
          {
            id: "cut",
            when: "S1 reaches S5 and not S1 reaches S2 and not S1 reaches S3 and not S1 reaches S4",
            show: { acts: [{ afterMs: 0, do: "partition", groups: sides }], untilMs: 20 },
          },
          {
            id: "two",
            when: "leaders = 2",
            show: { acts: [{ afterMs: 0, do: "partition", groups: sides }], untilMs: 400 },
          },
        ],
      },
      {
        id: "write",
        run: { ...plain, actions: [...cut] },
        atMs: 401,
        holds: [
          "S1 leads and S1 term = 1 and S3 leads and S3 term = 2",
          "S1 reaches S5 and not S1 reaches S2 and not S1 reaches S3 and not S1 reaches S4",
          "S2 obeys S3 and S4 obeys S3 and S5 obeys S1",
          "answered = 1 and unanswered = 1",
          "log = 1",
        ],
        question: {
          id: "becomes",
          right: "B",
          until: "S3 commit = 2",
          withinMs: 300,
          holds: [
            "S1 entry 2 = 1 and S5 entry 2 = 1",
            "S1 commit = 1 and S5 commit = 1",
            "S3 entry 2 = 2 and leaders = 2",
            "unanswered = 2",
          ],
          wrong: {
            A: {
              misconception: "majority-of-the-living",
              counter: {
                off: ["commit-minority"],
                acts: [],
                untilMs: 120,
                shows: "violation",
                holds: ["S1 commit = 2 and S1 entry 2 = 1", "S3 leads and S3 log = 1"],
              },
            },
            C: {
              misconception: "never-two-leaders",
              counter: {
                off: [],
                acts: [],
                untilMs: 60,
                shows: "S1 log = 2",
                holds: ["S1 leads and S1 entry 2 = 1 and S5 entry 2 = 1", "leaders = 2"],
              },
            },
          },
        },
      },
      {
        id: "heal",
        run: { ...plain, actions: [...healed] },
        atMs: 555,
        holds: [
          "leaders = 2 and S3 leads and S1 leads",
          "S1 entry 2 = 1 and S5 entry 2 = 1",
          "S2 y = 2 and S3 y = 2 and S4 y = 2",
          "not S1 reaches S3",
          "answered = 2 and unanswered = 1",
        ],
        question: {
          id: "what-of-it",
          right: "C",
          until: "S1 y = 2 and S5 y = 2",
          withinMs: 200,
          holds: [
            "alike and log = 2",
            "S1 entry 2 = 2 and S5 entry 2 = 2",
            "S1 follows and leaders = 1",
            "answered = 2 and unanswered = 1",
          ],
          wrong: {
            A: {
              misconception: "stored-stays",
              counter: {
                off: ["never-truncate"],
                acts: [{ afterMs: 6, do: "heal" }],
                untilMs: 300,
                shows: "violation",
                holds: ["S1 entry 2 = 1 or S5 entry 2 = 1", "S3 entry 2 = 2"],
              },
            },
            B: {
              misconception: "logs-merge",
              counter: {
                off: [],
                acts: [{ afterMs: 6, do: "heal" }],
                untilMs: 200,
                shows: "S1 deletes",
                holds: ["alike and log = 2", "S1 y = 2"],
              },
            },
          },
        },
      },
      {
        id: "higher-term",
        run: { ...plain, actions: [...healed] },
        atMs: 586,
        holds: [
          "S1 leads and S1 term = 1 and S3 leads and S3 term = 2",
          "S1 log = 2 and S3 log = 2",
          "S3 reaches S1",
          "S3 sending = 4",
        ],
        question: {
          id: "first",
          right: "B",
          until: "S1 follows",
          withinMs: 60,
          holds: ["S1 term = 2 and S1 obeys S3", "leaders = 1", "S1 entry 2 = 2"],
          wrong: {
            A: {
              misconception: "request-before-term",
              counter: { off: [], acts: [], untilMs: 20, shows: "S1 obeys S3", holds: ["S1 term = 2 and leaders = 1"] },
            },
            C: {
              misconception: "longer-is-newer",
              counter: {
                off: [],
                acts: [],
                untilMs: 20,
                shows: "S1 deletes",
                holds: ["S1 follows and S1 entry 2 = 2"],
              },
            },
          },
        },
      },
    ],
  },
  {
    title: "Two leaders, one truth",
    asks: "What if the network falls apart, and both parts go on?",
    steps: {
      cut: {
        title: "Cut the network",
        text: "S1 leads term 1, and x=1 is applied on all five servers. Cut the network in two: S1 and S5 on one side, S2, S3 and S4 on the other. That is a **partition**: within a side messages arrive, between the sides none do.",
        tasks: {
          cut: "Cut S1 and S5 off from the other three: “Partition” does that.",
          two: "Let time go on until each side has a leader.",
        },
      },
      write: {
        title: "A write on the small side",
        text: "S1 still leads term 1, for nothing has told it otherwise; the three others have elected S3, and it leads term 2. A client has just asked S1 to write y=9, and soon another will ask S3 to write y=2. Only S5 can hear S1.",
        tasks: {},
        question: {
          asks: "What becomes of y=9 while the network is cut?",
          answers: {
            A: {
              says: "It is committed: both servers on S1’s side have it.",
              sees: "S1 answers the client once S5 has stored it.",
              follows:
                "Here two copies are enough, and S1 has committed y=9 as entry 2. At this moment S3 leads a later term without it and may put something else in the same place: a committed entry is in danger, and the run stops.",
            },
            B: {
              says: "S1 and S5 store it, and it is not committed.",
              sees: "S1’s commit index stays where it is, and the client waits.",
            },
            C: {
              says: "S1 refuses it: it knows that it is not the leader any more.",
              sees: "S1’s log stays as it is.",
              follows:
                "S1 and S5 have stored y=9. Two servers take themselves for the leader at one moment, in different terms, and S1 cannot know it: no message of the other side gets through.",
            },
          },
          happened:
            "S1 and S5 have stored y=9 as entry 2, and S1 cannot commit it: two of five are no majority. S3 has stored y=2 as its entry 2 on three servers and has committed it. Two leaders, and only one of them can decide anything.",
        },
      },
      heal: {
        title: "The cut is about to heal",
        text: "On S1 and S5, entry 2 is y=9, not committed; on the other three it is y=2, committed and applied. The client that wrote y=9 has no answer. In a moment the cut heals.",
        tasks: {},
        question: {
          asks: "What will become of y=9?",
          answers: {
            A: {
              says: "It stays on S1 and S5: a leader has stored it.",
              sees: "The logs differ in entry 2.",
              follows:
                "Here followers delete nothing, so the old entry 2 has stayed where it was. But the cluster has committed another entry 2: two servers would carry out different commands in the same place, and the run stops.",
            },
            B: {
              says: "The two logs are merged: one write becomes entry 2, the other entry 3.",
              sees: "All logs have three entries.",
              follows:
                "All logs have two entries, and y=9 is in none of them. A follower does not merge: it makes its log the same as the leader’s.",
            },
            C: {
              says: "It is overwritten by y=2, and its client never hears that it was done.",
              sees: "All logs become like S3’s.",
            },
          },
          happened:
            "S1 follows S3 now, and S1 and S5 have replaced y=9 by y=2: all five logs are the same. Nothing that was committed is lost, and the client of y=9 was never told that its write was done.",
        },
      },
      "higher-term": {
        title: "The same, looked at closely",
        text: "The cut has just healed, and both servers still lead: S1 term 1, S3 term 2. A message from S3 is on its way to S1, with entry 2 and, like every message between servers, with its sender’s term.",
        tasks: {},
        question: {
          asks: "What does S1 do first with it?",
          answers: {
            A: {
              says: "It answers as the leader that it is, and refuses. Then it looks at the term.",
              sees: "S1 refuses the message, and S3 has to send it again.",
              follows:
                "S1 has taken over term 2 and obeys S3, by this one message. A higher term counts before anything else in a message does.",
            },
            B: {
              says: "It sees the higher term: it takes it over and becomes a follower. Then it handles the message.",
              sees: "S1 becomes a follower in term 2 and takes what S3 sends.",
            },
            C: {
              says: "It compares the logs: its own is as long as S3’s, so it goes on leading.",
              sees: "S1 keeps its entry 2.",
              follows:
                "S1 has replaced its entry 2 by S3’s. Between leaders nothing counts but the term: the later one is right.",
            },
          },
          happened:
            "S1 has gone to term 2 and follows S3, and has handled the message as a follower does. That rule ends every quarrel: whoever meets a higher term takes it over and is a follower from then on.",
        },
      },
    },
    card: "A leader that is cut off does not know it, and goes on. So two servers may lead at one moment, but never in the same term, and only the one that reaches a majority can commit anything. When they meet again, the higher term wins: the old leader steps down, and what it had stored without a majority gives way to the new leader’s entries. No client was ever told that such a write was done.",
  },
);
