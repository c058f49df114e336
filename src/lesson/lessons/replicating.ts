import { linksBetween, type RunFile } from "../../scenario/presets/preset.ts";
import { lesson } from "../draft.ts";

type LessonRunAct = NonNullable<RunFile["actions"]>[number];

const plain = { seed: 11, servers: 5, latencyMs: [10, 14], writeMs: [1, 2] } as const;
const lead: LessonRunAct = { atMs: 0, do: "timer", server: "S1", leftMs: 10 };
const write: LessonRunAct = { atMs: 100, do: "request", put: ["x", "1"], server: "S1" };
/** What S1 sends to these takes long. */
const farFrom = (servers: readonly number[]): LessonRunAct => ({
  ...{ atMs: 60, do: "network", latencyMs: [60, 60], loss: 0, duplicate: 0 },
  links: linksBetween([1], servers),
});
const cutFrom = (servers: readonly number[]) => ({ do: "cut", links: linksBetween([1], servers) }) as const;

const behind = {
  seed: 12,
  servers: [1, 2, 3, 4, 5].map((id) => ({
    ...{ id: `S${id}`, term: 1, votedFor: null },
    ...(id === 5 ? { log: [1, 1], commit: 2 } : { log: [1, 1, 1], commit: 3 }),
  })),
  latencyMs: [10, 14],
  writeMs: [1, 2],
  actions: [{ atMs: 0, do: "timer", server: "S2", leftMs: 10 }],
} satisfies RunFile;

const apart = [
  ["S1", "S2", "S3"],
  ["S4", "S5"],
];

export const replicating = lesson(
  {
    id: "replicating",
    group: "one-log",
    minutes: 6,
    sections: ["§5.3"],
    steps: [
      {
        id: "write",
        run: { ...plain, actions: [lead] },
        atMs: 80,
        holds: ["S1 leads and term = 1", "log = 0", "S2 obeys S1 and S3 obeys S1 and S4 obeys S1 and S5 obeys S1"],
        tasks: [
          {
            id: "stored",
            when: "S1 log >= 1",
            show: { acts: [{ afterMs: 0, do: "request", put: ["x", "1"], server: "S1" }], untilMs: 20 },
          },
          {
            id: "applied",
            when: "S1 applied >= 1 and S2 applied >= 1 and S3 applied >= 1 and S4 applied >= 1 and S5 applied >= 1",
            show: { acts: [{ afterMs: 0, do: "request", put: ["x", "1"], server: "S1" }], untilMs: 200 },
          },
        ],
      },
      {
        id: "stored-on-two",
        run: { ...plain, actions: [lead, farFrom([3, 4, 5]), write] },
        atMs: 132,
        holds: [
          "S1 leads",
          "S1 entry 1 = 1 and S2 entry 1 = 1",
          "S3 log = 0 and S4 log = 0 and S5 log = 0",
          "S2 sending = 1",
          "answered = 0 and unanswered = 1",
        ],
        question: {
          id: "client",
          right: "B",
          until: "answered = 1",
          withinMs: 200,
          holds: ["S1 commit = 1 and S1 applied = 1", "S3 log = 1 or S4 log = 1 or S5 log = 1"],
          wrong: {
            A: {
              misconception: "stored-is-applied",
              counter: {
                off: ["commit-minority"],
                acts: [
                  { afterMs: 0, ...cutFrom([3, 4, 5]) },
                  { afterMs: 40, do: "crash", server: "S1" },
                  { afterMs: 40, do: "crash", server: "S2" },
                  { afterMs: 41, do: "timer", server: "S3", leftMs: 10 },
                ],
                untilMs: 120,
                shows: "violation",
                holds: ["answered = 1", "S3 leads and S3 log = 0", "S1 down and S2 down"],
              },
            },
            C: {
              misconception: "unanswered-is-lost",
              counter: { off: [], acts: [], untilMs: 120, shows: "answered = 1", holds: ["unanswered = 0"] },
            },
          },
        },
      },
      {
        id: "stored-on-three",
        run: { ...plain, actions: [lead, farFrom([4, 5]), write] },
        atMs: 132,
        holds: [
          "S1 entry 1 = 1 and S2 entry 1 = 1 and S3 entry 1 = 1",
          "S4 log = 0 and S5 log = 0",
          "S2 sending = 1 and S3 sending = 1",
          "applied = 0",
        ],
        question: {
          id: "where",
          right: "C",
          until: "S1 applied = 1",
          withinMs: 100,
          holds: ["S1 commit = 1", "S2 applied = 0 and S3 applied = 0 and S4 applied = 0 and S5 applied = 0"],
          wrong: {
            A: {
              misconception: "stored-is-applied",
              counter: {
                off: [],
                acts: [],
                untilMs: 14,
                shows: "S1 applied = 1",
                holds: ["S1 applied = 1", "S2 applied = 0 and S3 applied = 0", "S4 log = 0 and S5 log = 0"],
              },
            },
            B: {
              misconception: "stored-is-applied",
              counter: {
                off: [],
                acts: [{ afterMs: 11, do: "crash", server: "S1" }],
                untilMs: 14,
                shows: "S1 applied = 1",
                holds: ["S1 down", "S2 log = 1 and S3 log = 1", "S2 commit = 0 and S3 commit = 0"],
              },
            },
          },
        },
      },
      {
        id: "without-two",
        run: { ...plain, actions: [lead, write] },
        atMs: 300,
        holds: ["S1 leads", "S1 x = 1 and S2 x = 1 and S3 x = 1 and S4 x = 1 and S5 x = 1", "commit = 1"],
        tasks: [
          {
            id: "three",
            when: "S1 commit >= 2 and S4 commit = 1 and S5 commit = 1 and not S1 reaches S4 and not S1 reaches S5",
            show: {
              acts: [
                { afterMs: 0, do: "partition", groups: apart },
                { afterMs: 5, do: "request", put: ["x", "2"], server: "S1" },
              ],
              untilMs: 100,
            },
          },
          {
            id: "five",
            when: "S4 commit >= 2 and S5 commit >= 2 and S1 reaches S4 and S1 reaches S5 and alike",
            show: {
              acts: [
                { afterMs: 0, do: "partition", groups: apart },
                { afterMs: 5, do: "request", put: ["x", "2"], server: "S1" },
                { afterMs: 100, do: "heal" },
              ],
              untilMs: 500,
            },
          },
        ],
      },
      {
        id: "heartbeat",
        run: behind,
        atMs: 40,
        holds: ["S2 leads and S2 term = 2", "S2 log = 3 and S5 log = 2", "S2 sending = 4"],
        question: {
          id: "check",
          right: "B",
          until: "S5 rejects",
          withinMs: 60,
          holds: ["S5 log = 2", "S5 sending = 1"],
          wrong: {
            A: {
              misconception: "heartbeats-are-special",
              counter: { off: [], acts: [], untilMs: 150, shows: "S5 rejects", holds: ["S5 entry 3 = 1"] },
            },
            C: {
              misconception: "heartbeats-are-special",
              counter: {
                off: [],
                acts: [{ afterMs: 0, do: "cut", links: [["S5", "S2"]] }],
                untilMs: 200,
                shows: "S5 rejects",
                holds: ["S5 log = 2", "S2 leads"],
              },
            },
          },
        },
      },
    ],
  },
  {
    title: "One log on five servers",
    asks: "When is a client’s write done, and who knows it?",
    steps: {
      write: {
        title: "A write",
        text: "S1 leads, and all five **logs** are empty: a log is a server’s numbered list of commands, its **entries**. A client wants to store a value, such as x=1. Send that as a write to S1, and follow what becomes of it.",
        tasks: {
          stored: "Send a write to S1, and let time go on until S1 has it in its log.",
          applied: "Let time go on until all five servers have carried it out.",
        },
      },
      "stored-on-two": {
        title: "Stored on two",
        text: "S1 has taken the write x=1 as entry 1 and sent it to the others. S2 has stored it and says so, but its answer is still on the way; to S3, S4 and S5 messages take longer, and they have nothing yet.",
        tasks: {},
        question: {
          asks: "What does the client know at this moment?",
          answers: {
            A: {
              says: "That its write is done: the leader has stored it, and a copy exists.",
              sees: "The client has its answer before a third server has the entry.",
              follows:
                "Here two copies are enough, and the client has been told that its write is done. Then S1 and S2 crash, and the other three, which have never seen the entry, elect S3: the write is gone from the cluster that goes on.",
            },
            B: {
              says: "Nothing yet.",
              sees: "The client gets its answer only after a third server has stored the entry.",
            },
            C: {
              says: "That something went wrong: there is no answer yet.",
              sees: "The client is told of an error.",
              follows:
                "The answer has come, only later. Without an answer a client knows nothing: the write may be done, may be under way, or may be lost.",
            },
          },
          happened:
            "The answer came only when a third server had stored the entry. A majority has it now, so it is **committed**: no later leader can be without it. S1 has carried it out, **applied** it, and answered.",
        },
      },
      "stored-on-three": {
        title: "Stored on three",
        text: "The same write once more, and this time S1, S2 and S3 have stored entry 1. The answers of S2 and S3 are on their way to S1. Nobody has applied the entry yet.",
        tasks: {},
        question: {
          asks: "At the moment when S1 knows that a majority has stored the entry: who has applied it?",
          answers: {
            A: {
              says: "All five servers.",
              sees: "x has the value 1 everywhere.",
              follows: "Only S1 has applied it. S4 and S5 do not even have the entry.",
            },
            B: {
              says: "S1, S2 and S3: they have stored it.",
              sees: "x has the value 1 on these three.",
              follows:
                "S1 had applied it, and has crashed right after. S2 and S3 have the entry and do not know that it is committed; they wait until a leader tells them so, and it may well be another leader.",
            },
            C: { says: "S1 alone.", sees: "x has the value 1 on S1 only." },
          },
          happened:
            "S1 alone has applied it. Storing is not applying: a follower applies an entry when its leader has told it that the entry is committed, and that is what S1’s next messages say.",
        },
      },
      "without-two": {
        title: "Three are enough",
        text: "x=1 is applied on all five servers. Now take two followers away, and see whether the cluster still works. Then let them come back.",
        tasks: {
          three: "Isolate S4 and S5, send another write to S1, and see it committed without them.",
          five: "Heal all links, and let time go on until all logs are the same and S4 and S5 know that the write is committed.",
        },
      },
      heartbeat: {
        title: "A heartbeat for somebody who is behind",
        text: "S2 leads term 2 and has three entries; S5 has only two. S2’s first heartbeats are on their way. A heartbeat is an AppendEntries, the message by which a leader sends entries, with none in it; like all of them it names the entry that has to stand before, here entry 3.",
        tasks: {},
        question: {
          asks: "What does S5 do with the heartbeat?",
          answers: {
            A: {
              says: "It accepts: it is only a heartbeat.",
              sees: "S5 answers that all is well.",
              follows:
                "S5 has refused the heartbeat, and now it has entry 3. Only by the refusal S2 knew that something was missing there; if S5 had accepted, S2 would believe that S5 has all three.",
            },
            B: {
              says: "It refuses: it has no entry 3.",
              sees: "S5 answers that it does not have what should stand before.",
            },
            C: {
              says: "It ignores it.",
              sees: "S5 sends no answer.",
              follows:
                "S5’s refusals do not get through here, which is the same as if it were silent. S2 goes on sending heartbeats, and S5 still lacks entry 3.",
            },
          },
          happened:
            "S5 refuses, and its answer is on the way. A heartbeat is checked like any other AppendEntries: whoever accepts it says that its log agrees with the leader’s up to the entry that is named.",
        },
      },
    },
    card: "A client’s command becomes an entry of the leader’s log, and the leader sends it to the others. Once a majority has stored it, it is committed: the leader applies it, answers the client, and tells the followers with its next messages, and then they apply it too. So a stored entry is not yet a committed one, and a committed one is not yet applied everywhere. A follower that was away is brought up to date, because every message of the leader, heartbeats included, is checked against the follower’s log.",
  },
);
