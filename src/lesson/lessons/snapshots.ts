import type { RunFile } from "../../scenario/presets/preset.ts";
import { lesson } from "../draft.ts";

const start = {
  seed: 71,
  servers: 3,
  latencyMs: [10, 12],
  writeMs: [1, 2],
} satisfies RunFile;
const patient = { electionTimeoutMs: [20_000, 40_000] } as const;

type Acts = NonNullable<RunFile["actions"]>;
const put = (atMs: number, key: string, value: number): Acts[number] => ({
  ...{ atMs, do: "request", server: "S1" },
  put: [key, `${value}`],
});
const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const keyOf = (number: number): string => ["x", "y", "z"][number % 3]!;

/** Twelve writes, a snapshot after every five; S3 is there for the first three only. */
const away: RunFile = {
  ...start,
  options: { ...patient, snapshotAfter: 5 },
  actions: [
    { atMs: 0, do: "timeout", server: "S1" },
    ...numbers.slice(0, 3).map((number) => put(20 + 45 * number, keyOf(number), number)),
    { atMs: 195, do: "crash", server: "S3" },
    ...numbers.slice(3).map((number) => put(20 + 45 * number, keyOf(number), number)),
    { atMs: 640, do: "restart", server: "S3" },
  ],
};
/** A second copy of the snapshot comes when S3 has two entries more. */
const twice: RunFile = {
  ...away,
  actions: [
    ...(away.actions ?? []),
    { atMs: 676, do: "duplicate", message: "S1>S3#19" },
    { atMs: 676, do: "delay", message: "S1>S3#19.1", byMs: 150 },
    put(700, "x", 13),
    put(760, "y", 14),
  ],
};
const short: RunFile = {
  ...start,
  options: { ...patient },
  actions: [
    { atMs: 0, do: "timeout", server: "S1" },
    put(50, "x", 1),
    { atMs: 140, do: "crash", server: "S3" },
    put(150, "y", 2),
    put(200, "z", 3),
  ],
};

export const snapshots = lesson(
  {
    id: "snapshots",
    group: "disks-and-members",
    minutes: 6,
    sections: ["§7", "Figure 12", "Figure 13", "D 5.1"],
    steps: [
      {
        id: "by-hand",
        run: short,
        atMs: 300,
        holds: [
          "S1 leads and S1 log = 3 and S1 applied = 3 and S1 entry 1 = 1",
          "S2 log = 3 and S2 applied = 3",
          "S3 down and S3 log = 1",
        ],
        tasks: [
          {
            id: "make",
            when: "S1 log >= 3 and S1 entry 1 = 0",
            show: { acts: [{ afterMs: 0, do: "compact", server: "S1" }], untilMs: 20 },
          },
          {
            id: "send",
            when: "S3 up and S3 log >= 3 and S3 entry 1 = 0 and S3 applied >= 3",
            show: {
              acts: [
                { afterMs: 0, do: "compact", server: "S1" },
                { afterMs: 20, do: "restart", server: "S3" },
              ],
              untilMs: 400,
            },
          },
        ],
      },
      {
        id: "away",
        run: away,
        atMs: 650,
        holds: [
          "S1 leads and S1 log = 12 and S1 entry 9 = 0 and S1 entry 11 = 1",
          "S2 log = 12 and S2 entry 9 = 0",
          "S3 up and S3 log = 3 and S3 entry 1 = 1",
        ],
        question: {
          id: "gets",
          right: "B",
          until: "S3 applied = 12",
          withinMs: 100,
          holds: ["S3 log = 12 and S3 entry 4 = 0 and S3 entry 11 = 0", "S3 x = 12 and S3 y = 10 and S3 z = 11"],
          wrong: {
            A: {
              misconception: "log-is-kept",
              counter: {
                off: [],
                acts: [],
                untilMs: 60,
                shows: "S3 installs",
                holds: ["S1 entry 4 = 0 and S2 entry 4 = 0 and S3 entry 4 = 0", "S3 log = 12"],
              },
            },
            C: {
              misconception: "gone-is-lost",
              counter: {
                off: [],
                acts: [],
                untilMs: 60,
                shows: "S3 applied = 12",
                holds: ["S1 x = 12 and S1 y = 10 and S1 z = 11", "S3 x = 12 and S3 y = 10 and S3 z = 11"],
              },
            },
          },
        },
      },
      {
        id: "copy",
        run: twice,
        atMs: 820,
        holds: ["S3 log = 14 and S3 commit >= 13 and S3 entry 14 = 1", "S1 commit = 14", "S1 sending = 1"],
        question: {
          id: "again",
          right: "B",
          until: "S3 commit = 14",
          withinMs: 60,
          holds: ["S3 log = 14 and S3 entry 13 = 1 and S3 entry 14 = 1"],
          wrong: {
            A: {
              misconception: "snapshot-wipes",
              counter: {
                off: ["snapshot-accept-stale", "snapshot-always-discards-log"],
                acts: [],
                untilMs: 60,
                shows: "violation",
                holds: ["S3 log = 12"],
              },
            },
          },
        },
      },
    ],
  },
  {
    title: "Snapshots",
    asks: "Must a log grow for ever?",
    steps: {
      "by-hand": {
        title: "Make a snapshot",
        text: "S1 leads; S1 and S2 have applied three writes, and S3 is down with only the first on its disk. A **snapshot** is the state after some applied entry, here the values of x, y and z; once a server has it, it discards the log up to there. Make one on S1, then bring S3 back.",
        tasks: {
          make: "Make a snapshot on S1.",
          send: "Restart S3, and let time go on until it has caught up without having had entries 2 and 3.",
        },
      },
      away: {
        title: "Away for long",
        text: "Each server makes a snapshot after every five entries. S1 and S2 have twelve entries and keep only 11 and 12 in their logs. S3 was away and is back with three entries, so entry 4 is the next that it needs.",
        tasks: {},
        question: {
          asks: "What does S1 send it?",
          answers: {
            A: {
              says: "Entries 4 to 12.",
              sees: "S3’s log grows entry by entry.",
              follows:
                "S3 has got a snapshot. Entry 4 is in no log any more, neither in S1’s nor in S2’s: they discarded it with their snapshots.",
            },
            B: { says: "A snapshot.", sees: "S3’s log is replaced, and its state is S1’s at once." },
            C: {
              says: "Nothing that helps: entries 4 to 10 are gone, and S3 is left behind for ever.",
              sees: "S3 keeps its three entries.",
              follows:
                "S3 has the same values as S1. The entries are gone, but what they led to is not: that is what a snapshot holds.",
            },
          },
          happened:
            "S1 has sent a snapshot of its state after entry 12, and S3 has put it in the place of its log. Its values are S1’s, and from here on it is sent entries again.",
        },
      },
      copy: {
        title: "The snapshot comes twice",
        text: "S3 has caught up and has got entries 13 and 14 since. The network had made a second copy of the snapshot, which ends with entry 12; it has been slow, and it is about to arrive.",
        tasks: {},
        question: {
          asks: "What does S3 do with it?",
          answers: {
            A: {
              says: "A snapshot replaces the log: it starts from entry 12 again.",
              sees: "Entries 13 and 14 disappear from S3’s log.",
              follows:
                "Here a server takes every snapshot and drops its log for it, and entries 13 and 14 are gone from S3, though it knew that 13 is committed. What is committed must stay, and that is broken.",
            },
            B: {
              says: "It ignores it: it has all of that already, and more.",
              sees: "S3 keeps entries 13 and 14.",
            },
          },
          happened:
            "S3 has kept its entries and let the old snapshot pass. A snapshot replaces only what a server does not have yet; nothing that is known as committed goes back.",
        },
      },
    },
    card: "A log that only grows fills every disk, so each server now and then stores the state after an entry that it has applied, together with that entry’s index and term, and discards the log up to there. Only applied entries go into a snapshot, so everything in it is committed. A follower that needs entries which are gone is sent the snapshot instead, and entries from there on. An old snapshot changes nothing.",
  },
);
