import type { RunFile } from "../../scenario/presets/preset.ts";
import { lesson } from "../draft.ts";

/** Entry 3 was committed in term 2; timeouts are so long that nobody stands unasked. */
const waiting = {
  seed: 31,
  servers: [[1, 1, 1, 1, 1], [1, 1, 2], [1, 1, 2], [1, 1, 2], [1]].map((log, at) => ({
    ...{ id: `S${at + 1}`, term: 2, votedFor: null, log },
    commit: at === 0 ? 2 : at === 4 ? 1 : 3,
  })),
  latencyMs: [10, 14],
  writeMs: [1, 2],
  options: { electionTimeoutMs: [20_000, 40_000] },
} satisfies RunFile;
const stand = (atMs: number, server: string) => ({ atMs, do: "timer", server, leftMs: 0 }) as const;
const standNow = (server: string, afterMs = 0) => ({ afterMs, do: "timeout", server }) as const;

/** S5, which lacks entry 2, stands again and again. */
const restless = {
  seed: 32,
  servers: [1, 2, 3, 4, 5].map((id) => ({
    ...{ id: `S${id}`, term: 1, votedFor: null },
    ...(id === 5 ? { log: [1], commit: 1 } : { log: [1, 1], commit: 2 }),
  })),
  latencyMs: [10, 14],
  writeMs: [1, 2],
} satisfies RunFile;
const again = (times: readonly number[]) => times.map((atMs) => stand(atMs, "S5"));
const againAfter = (times: readonly number[]) => times.map((after) => standNow("S5", after));

const asIs = "S1 log = 5 and S1 entry 5 = 1 and S5 log = 1";
const newer = "S2 log = 3 and S2 entry 3 = 2 and S3 log = 3 and S3 entry 3 = 2 and S4 log = 3 and S4 entry 3 = 2";
const wins = "S2 leads or S3 leads or S4 leads";

export const whoMayLead = lesson(
  {
    id: "who-may-lead",
    group: "safe",
    minutes: 6,
    sections: ["§5.4.1"],
    steps: [
      {
        id: "longest",
        run: { ...waiting, actions: [stand(50, "S1")] },
        atMs: 55,
        holds: [asIs, newer, "S2 commit = 3", "S1 campaigns and S1 term = 3 and S1 sending = 4", "not leader"],
        question: {
          id: "votes",
          right: "B",
          until: "S2 refuses for S1",
          withinMs: 60,
          holds: ["S2 term = 3 and not S2 voted", "S1 campaigns"],
          wrong: {
            A: {
              misconception: "longer-is-newer",
              counter: {
                off: ["log-length-only"],
                acts: [],
                untilMs: 60,
                shows: "violation",
                holds: ["S1 leads and S1 term = 3", "S1 entry 3 = 1", "S2 entry 3 = 2"],
              },
            },
            C: {
              misconception: "first-gets-the-vote",
              counter: {
                off: ["no-log-check"],
                acts: [],
                untilMs: 60,
                shows: "violation",
                holds: ["S1 leads and S1 term = 3", "S1 entry 3 = 1", "S2 entry 3 = 2"],
              },
            },
          },
        },
      },
      {
        id: "try",
        run: { ...waiting, actions: [] },
        atMs: 50,
        holds: [asIs, newer, "not leader", "term = 2"],
        tasks: [
          {
            id: "in-vain",
            when: "S1 tally = 2 and not S2 voted for S1 and not S3 voted for S1 and not S4 voted for S1",
            show: { acts: [standNow("S1")], untilMs: 60 },
          },
          { id: "win", when: wins, show: { acts: [standNow("S3")], untilMs: 60 } },
        ],
      },
      {
        id: "who",
        run: { ...waiting, actions: [stand(50, "S5"), stand(150, "S1"), stand(250, "S4")] },
        atMs: 49,
        holds: [asIs, newer, "not leader", "term = 2", "S1 follows and S5 follows and S4 follows"],
        question: {
          id: "can-win",
          right: "B",
          until: "leader",
          withinMs: 400,
          holds: ["S4 leads and S4 term = 5", "S1 voted for S4 and S5 voted for S4"],
          wrong: {
            A: {
              misconception: "longer-is-newer",
              counter: {
                off: [],
                acts: [standNow("S1", 1)],
                untilMs: 100,
                shows: "S1 tally = 2",
                holds: [
                  "S1 campaigns and S1 tally = 2 and S5 voted for S1",
                  "not S2 voted and not S3 voted and not S4 voted",
                ],
              },
            },
            C: {
              misconception: "first-gets-the-vote",
              counter: {
                off: [],
                acts: [standNow("S5", 1)],
                untilMs: 100,
                shows: "S5 tally = 1",
                holds: [
                  "S5 campaigns and S5 tally = 1",
                  "not S1 voted and not S2 voted and not S3 voted and not S4 voted",
                ],
              },
            },
          },
        },
      },
      {
        id: "restless",
        run: { ...restless, actions: again([30, 110, 190, 270, 350, 430, 510]) },
        atMs: 35,
        holds: [
          "not leader",
          "S1 log = 2 and S2 log = 2 and S3 log = 2 and S4 log = 2 and S5 log = 1",
          "S5 campaigns and S5 sending = 4",
        ],
        question: {
          id: "timers",
          right: "B",
          until: "leader",
          withinMs: 1000,
          holds: ["not S5 leads", "S5 log <= 2"],
          wrong: {
            A: {
              misconception: "any-message-resets",
              counter: {
                off: ["timer-reset-any"],
                acts: againAfter([75, 155, 235, 315, 395, 475, 555, 635, 715, 795]),
                untilMs: 830,
                shows: "S5 term >= 10",
                holds: ["not leader", "S1 follows and S2 follows and S3 follows and S4 follows"],
              },
            },
          },
        },
      },
      {
        id: "without",
        run: { ...waiting, bugs: ["log-length-only"], actions: [] },
        atMs: 50,
        holds: [asIs, newer, "not leader", "term = 2"],
        tasks: [{ id: "break", when: "violation", show: { acts: [standNow("S1")], untilMs: 60 } }],
      },
    ],
  },
  {
    title: "Who may lead?",
    asks: "Which servers can win an election, and which cannot?",
    steps: {
      longest: {
        title: "The longest log asks",
        text: "Nobody leads. S2, S3 and S4 have entries of the terms 1 1 2, and their entry 3 is committed; S5 has one entry; S1 was away while term 2 had a leader, and its log, 1 1 1 1 1, is the longest. S1 is a candidate in term 3 and asks all for their votes.",
        tasks: {},
        question: {
          asks: "Will S2 vote for S1?",
          answers: {
            A: {
              says: "Yes: S1’s log is longer, so it has everything that S2 has.",
              sees: "S1 gets S2’s vote and leads.",
              follows:
                "Here only the lengths are compared, and S1 leads term 3. It lacks entry 3 of term 2, which is committed, and would overwrite it everywhere: what was promised would be lost.",
            },
            B: {
              says: "No: S2’s last entry is of a later term.",
              sees: "S2 refuses.",
            },
            C: {
              says: "Yes: S1 is the first that asks, and S2 has not voted in term 3.",
              sees: "S1 gets S2’s vote and leads.",
              follows:
                "Here a vote goes to whoever asks first, and S1 leads term 3 without entry 3 of term 2, which is committed. To vote for somebody is to let its log stand.",
            },
          },
          happened:
            "S2 has refused, though it has not voted in term 3. It compares the last entries: its own is of term 2, S1’s of term 1, and the later term counts; only if the terms are equal the length does.",
        },
      },
      try: {
        title: "Try it",
        text: "The same five logs, and nobody stands. Let the servers ask for votes by hand: fire a server’s election timer. Select a server to read why it votes or refuses.",
        tasks: {
          "in-vain": "Fire S1’s election timer, and let time go on until it has all the votes that it can get: two.",
          win: "Make one of S2, S3 and S4 win an election.",
        },
      },
      who: {
        title: "Who can win?",
        text: "Once more the same logs: S1 has 1 1 1 1 1, S2, S3 and S4 have 1 1 2, S5 has 1. Nobody leads, and three votes are needed. In a moment S5 will stand, then S1, then S4.",
        tasks: {},
        question: {
          asks: "Which servers can win an election at all?",
          answers: {
            A: {
              says: "S1 can: its log is the longest.",
              sees: "S1 leads when it has stood.",
              follows:
                "S1 has two votes, its own and S5’s. S2, S3 and S4 have refused, and so they will every time, for they keep an entry of a later term.",
            },
            B: { says: "S2, S3 and S4, and nobody else.", sees: "S5 and S1 stand in vain, and S4 leads." },
            C: {
              says: "Any of them: whoever stands first.",
              sees: "S5 leads, for it stands first.",
              follows:
                "S5 has its own vote only. Everybody else has a longer log, and the last entry of each is of the same term or a later one.",
            },
          },
          happened:
            "S4 leads, and even S1 and S5 have voted for it. S5 and S1 stood before and could not win: entry 3 is committed, so three of the five have it, and among any three voters there is one of them.",
        },
      },
      restless: {
        title: "A restless server",
        text: "Another cluster without a leader: S5 lacks entry 2, which all others have, so it cannot win. All the same it stands again and again, sooner than the others’ election timers run out. Its requests for votes are on their way.",
        tasks: {},
        question: {
          asks: "Whoever refuses S5, does it start its own election timer anew?",
          answers: {
            A: {
              says: "Yes: a message shows that somebody is there.",
              sees: "S5 keeps all others from standing.",
              follows:
                "Here every message starts the timers anew. S5 cannot win and comes back before anybody else’s timer has run out, so four good servers wait, and nobody leads.",
            },
            B: {
              says: "No: only a leader’s message, or giving one’s vote, does that.",
              sees: "Soon another server stands, and wins.",
            },
          },
          happened:
            "Another server’s timer has run out in spite of S5’s requests, and that server leads. A timer starts anew when the leader of the term is heard, when a vote is given, and when one stands oneself; a request that is refused does not count.",
        },
      },
      without: {
        title: "Without the rule",
        text: "The same logs again, but here a rule is broken on purpose: voters compare the lengths of the logs and nothing else. See what that does.",
        tasks: { break: "Make an election that breaks a property of Raft." },
      },
    },
    card: "A voter refuses a candidate whose log is less up to date than its own: first the terms of the last entries are compared, and only if they are equal the lengths. A committed entry is on a majority, and a candidate needs the votes of a majority, so at least one voter has the entry and refuses whoever lacks it. That is why a leader never has to be sent what it lacks: whoever can win has everything that is committed already.",
  },
);
