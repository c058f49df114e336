import { linksBetween, type RunFile } from "../../scenario/presets/preset.ts";
import { lesson } from "../draft.ts";

type Acts = NonNullable<RunFile["actions"]>;

const plain = {
  seed: 95,
  servers: 5,
  latencyMs: [10, 14],
  writeMs: [1, 2],
  options: { stickyLeader: "always" },
} as const;
const lead: Acts[number] = { atMs: 0, do: "timer", server: "S1", leftMs: 10 };
const write = (atMs: number, value: number): Acts[number] => ({
  ...{ atMs, do: "request", server: "S1" },
  put: ["x", `${value}`],
});
const handOver = { do: "transfer", server: "S1", to: "S3" } as const;

/** S3 has not got the newest entry: what S1 sends it takes long. */
const behind: Acts = [
  lead,
  write(60, 1),
  { atMs: 180, do: "network", latencyMs: [60, 60], loss: 0, duplicate: 0, links: linksBetween([1], [3]) },
  write(190, 2),
];

export const handingOver = lesson(
  {
    id: "handing-over",
    group: "in-production",
    minutes: 5,
    sections: ["D 3.10"],
    steps: [
      {
        id: "try",
        run: { ...plain, actions: [lead, write(60, 1)] },
        atMs: 200,
        holds: ["S1 leads and term = 1", "alike and commit = 1", "running = 5"],
        tasks: [
          {
            id: "over",
            when: "S3 leads and S3 term >= 2 and S1 follows",
            show: { acts: [{ afterMs: 0, ...handOver }], untilMs: 120 },
          },
        ],
      },
      {
        id: "told",
        run: { ...plain, actions: [lead, write(60, 1), { atMs: 202, ...handOver }] },
        atMs: 200,
        holds: ["S1 leads and term = 1", "S2 obeys S1 and S3 obeys S1 and S4 obeys S1 and S5 obeys S1"],
        question: {
          id: "vote",
          right: "B",
          until: "S3 leads",
          withinMs: 120,
          holds: ["S3 term = 2 and S1 term = 2"],
          wrong: {
            A: {
              misconception: "heard-leader-no-vote",
              counter: {
                off: [],
                acts: [{ afterMs: 2, do: "timeout", server: "S3" }],
                untilMs: 60,
                shows: "S2 refuses for S3",
                holds: ["S3 campaigns and S3 tally = 1 and S3 term = 2", "S1 leads and S1 term = 1"],
              },
            },
            C: {
              misconception: "timeout-first",
              counter: {
                off: [],
                acts: [{ afterMs: 2, ...handOver }],
                untilMs: 100,
                shows: "S3 leads",
                holds: ["S3 leads and S3 term = 2", "S1 follows"],
              },
            },
          },
        },
      },
      {
        id: "before",
        run: { ...plain, actions: [...behind, { atMs: 236, ...handOver }] },
        atMs: 235,
        holds: ["S1 leads and term = 1", "S1 log = 2 and S2 log = 2 and S3 log = 1", "S1 commit = 2"],
        question: {
          id: "first",
          right: "B",
          until: "S3 leads",
          withinMs: 300,
          holds: ["S3 log >= 2 and S3 entry 2 = 1", "S3 term = 2"],
          wrong: {
            A: {
              misconception: "steps-down-to-hand-over",
              counter: {
                off: ["transfer-no-catchup"],
                acts: [
                  { afterMs: 0, do: "network", latencyMs: [10, 14], links: linksBetween([1], [3]) },
                  { afterMs: 1, ...handOver },
                ],
                untilMs: 55,
                shows: "S2 refuses for S3",
                holds: ["not leader", "S3 campaigns and S3 term = 2 and S3 log = 1"],
              },
            },
          },
        },
      },
      {
        id: "dead",
        run: { ...plain, actions: [lead, write(60, 1)] },
        atMs: 200,
        holds: ["S1 leads and term = 1", "S4 up", "commit = 1"],
        tasks: [
          {
            id: "goes-on",
            when: "S1 leads and S1 term = 1 and S4 down and S1 commit >= 2",
            show: {
              acts: [
                { afterMs: 0, do: "transfer", server: "S1", to: "S4" },
                { afterMs: 1, do: "crash", server: "S4" },
                { afterMs: 400, do: "request", put: ["x", "2"], server: "S1" },
              ],
              untilMs: 600,
            },
          },
        ],
      },
    ],
  },
  {
    title: "Handing over leadership",
    asks: "How does a leader leave without a gap?",
    steps: {
      try: {
        title: "Hand it over",
        text: "S1 leads, and all five servers have the same log. Before S1’s machine is shut down for an update, another server should lead. Make S3 the leader: its menu has “Let S3 lead instead of S1”.",
        tasks: { over: "Let S3 lead instead of S1, and let time go on until it does." },
      },
      told: {
        title: "Told to stand at once",
        text: "S1 leads, and the others hear it well; as long as they do, they ignore requests for votes. In a moment S1 hands leadership over to S3: by the message TimeoutNow it tells S3 to stand at once.",
        tasks: {},
        question: {
          asks: "Will the others vote for S3?",
          answers: {
            A: {
              says: "No: they hear a leader, and ignore whoever asks.",
              sees: "S3 stays a candidate.",
              follows:
                "Here S3 has stood without being told, and the others have ignored it; S1 leads on. S3’s request in the lesson’s run says that the leader itself wants this, and that makes the difference.",
            },
            B: {
              says: "Yes: S3’s request says that the leader wants it.",
              sees: "S3 leads term 2 right away.",
            },
            C: {
              says: "Only after their own election timeouts have run out.",
              sees: "S3 leads after 150 ms or more.",
              follows:
                "S3 leads, less than 100 ms after the order. A handover takes about as long as an election takes without the waiting.",
            },
          },
          happened:
            "S3 leads term 2, a moment after S1’s message. Its requests for votes said that the leader wanted it to stand, and the others answered although they heard S1.",
        },
      },
      before: {
        title: "One entry behind",
        text: "S1 leads and has committed entry 2, but S3 does not have it yet: what S1 sends to S3 takes 60 ms. In a moment S1 is told to hand leadership over to S3.",
        tasks: {},
        question: {
          asks: "What must S1 do before it sends TimeoutNow?",
          answers: {
            A: {
              says: "Nothing: it tells S3 to stand, and steps down.",
              sees: "S3 stands without entry 2.",
              follows:
                "Here S1 has told S3 at once. S3 stood without entry 2, the others refused it, and by its term it has deposed S1: nobody leads.",
            },
            B: {
              says: "Bring S3’s log up to its own, and take no new commands meanwhile.",
              sees: "S3 gets entry 2 first, then it stands.",
            },
          },
          happened:
            "S3 leads term 2, and it has entry 2. S1 waited until S3 had all of its log before it told S3 to stand; while it waited it would have taken no new command, so that there was an end to it.",
        },
      },
      dead: {
        title: "The chosen one is dead",
        text: "S1 leads again. Tell it to hand leadership over to S4, and crash S4 before it gets word. A leader that waited for ever for a dead server would be of no use to anybody.",
        tasks: {
          "goes-on":
            "Let S4 lead instead of S1, crash S4 at once, let an election timeout pass, and see S1 commit a new write.",
        },
      },
    },
    card: "A leader that wants to go brings another server’s log up to its own, takes no commands meanwhile, and then tells that server to stand at once. The request for votes says that the leader wants it, so even those who hear the leader vote. Nothing new is needed for safety: it is an ordinary election, only begun early. And if the chosen server does not answer within an election timeout, the leader goes on.",
  },
);
