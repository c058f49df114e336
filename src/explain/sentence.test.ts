import { describe, expect, test } from "vitest";
import type { Happening } from "../world/facts.ts";
import { sentence } from "./sentence.ts";
import { joint, of } from "./silences/fixtures.ts";

type Examples<Item> = readonly (readonly [item: Item, text: string])[];
type HappeningOf<Kind extends Happening["kind"]> = Extract<Happening, { readonly kind: Kind }>;

const put = { op: "put", key: "x", value: "1" } as const;
const get = { op: "get", key: "x" } as const;
const ref = { from: 1, to: 3, ordinal: 4, copy: 0 } as const;
const back = { from: 3, to: 1, ordinal: 4, copy: 0 } as const;
const requestVote = {
  type: "RequestVote",
  from: 1,
  to: 3,
  term: 2,
  lastLogIndex: 3,
  lastLogTerm: 1,
  transfer: false,
} as const;
const heartbeat = {
  type: "AppendEntries",
  from: 1,
  to: 3,
  term: 2,
  prevLogIndex: 0,
  prevLogTerm: 0,
  entries: [],
  leaderCommit: 0,
} as const;
const reply = { type: "RequestVoteReply", from: 3, to: 1, term: 2, granted: true } as const;

const happenings: {
  readonly [Kind in Exclude<Happening["kind"], "decided">]: Examples<Omit<HappeningOf<Kind>, "kind">>;
} = {
  sent: [
    [{ ref, payload: requestVote }, "S1 sent S3 RequestVote: elect S1 in term 2; its log ends at entry 3 of term 1"],
    [{ ref: back, payload: reply }, "S3 sent S1 an answer, vote granted in term 2"],
  ],
  received: [
    [
      { ref, payload: heartbeat },
      "S3 received from S1 AppendEntries: no entries (heartbeat) after the start of the log",
    ],
  ],
  lost: [
    [
      { ref: back, payload: reply, reason: "cut" },
      "A message from S3 to S1 was lost at a cut link (vote granted in term 2)",
    ],
    [
      { ref: back, payload: reply, reason: "down" },
      "A message from S3 to S1 was lost because S1 is down (vote granted in term 2)",
    ],
  ],
  duplicated: [[{ ref, copy: { ...ref, copy: 1 } }, "The network doubled message S1>S3#4: the copy is S1>S3#4.1"]],
  held: [[{ ref, server: 3 }, "S3 is paused: message S1>S3#4 from S1 waits for it"]],
  optionsFollowed: [
    [
      { server: 2, options: { heartbeatInterval: 20_000 }, later: {}, started: false },
      "S2 follows from now on: heartbeat interval 20 ms",
    ],
    [
      { server: 2, options: { preVote: true }, later: { asyncDisk: true }, started: false },
      "S2 follows from now on: pre-vote on; and when it starts again: asynchronous disk on",
    ],
    [
      { server: 2, options: {}, later: { flow: "window" }, started: false },
      "S2 will follow when it starts again: flow: a window of requests",
    ],
    [
      { server: 2, options: { flow: "window" }, later: {}, started: true },
      "S2 has read other options as it started: flow: a window of requests",
    ],
  ],
  diskWritten: [
    [
      { server: 3, term: 2, votedFor: 1, lastIndex: 5 },
      "S3's disk now has term 2, the vote for S1 and a log up to entry 5",
    ],
    [{ server: 3, term: 2, votedFor: 0, lastIndex: 0 }, "S3's disk now has term 2, no vote and an empty log"],
    [{ server: 3, term: 2, votedFor: 0, lastIndex: 5, commitIndex: 4 }, "S3's disk now has commit index 4"],
  ],
  noMajority: [
    [{ members: [1, 2], counts: of(5, [1, 2]) }, "No majority is in reach of S1 and S2: 2 of 5, 3 are needed"],
    [
      { members: [3], counts: joint([3], [3]) },
      "No majority is in reach of S3: 1 of 3 in the old configuration, 1 of 3 in the new; both majorities are needed",
    ],
  ],
  entryLost: [
    [
      { index: 2, term: 1, operation: { op: "put", key: "y", value: "9" }, on: [1, 2], counts: of(5, [1, 2]), by: 2 },
      "Entry 2 of term 1 (put y=9) will never be committed: it is on S1 and S2 (2 of 5, 3 are needed), and one of term 2 is committed in its place",
    ],
    [
      { index: 2, term: 1, operation: { op: "put", key: "y", value: "9" }, on: [], counts: [], by: 0 },
      "Entry 2 of term 1 (put y=9) is lost: its last copy is gone, and it was never committed",
    ],
  ],
  crashed: [
    [{ server: 3, lostFrom: 6, lostTo: 5, unwrittenWrites: 0 }, "S3 crashed"],
    [{ server: 3, lostFrom: 5, lostTo: 5, unwrittenWrites: 1 }, "S3 crashed: entry 5 was not on its disk and is gone"],
    [
      { server: 3, lostFrom: 4, lostTo: 5, unwrittenWrites: 2 },
      "S3 crashed: entries 4–5 were not on its disk and are gone",
    ],
    [{ server: 3, lostFrom: 6, lostTo: 5, unwrittenWrites: 1 }, "S3 crashed: a write was not finished and is gone"],
  ],
  restarted: [
    [
      { server: 3, term: 2, votedFor: 1, lastIndex: 5 },
      "S3 restarted with what its disk has: term 2 and a log up to entry 5",
    ],
  ],
  stateApplied: [
    [{ server: 3, index: 4, operation: put, change: null, value: null }, "S3 applied entry 4: put x=1"],
    [{ server: 3, index: 4, operation: get, change: null, value: "7" }, "S3 applied entry 4: x is 7"],
    [{ server: 3, index: 4, operation: null, change: null, value: null }, "S3 applied entry 4, a no-op"],
    [
      { server: 3, index: 4, operation: put, change: null, value: null, unexecuted: "repeated" },
      "S3 came to entry 4, put x=1, and did not execute it: its session says that it was executed before",
    ],
    [
      { server: 3, index: 4, operation: put, change: null, value: null, unexecuted: "no session" },
      "S3 came to entry 4, put x=1, and did not execute it: its session is not known here any more",
    ],
  ],
  compacted: [[{ server: 3, index: 8 }, "S3 made a snapshot up to entry 8 and discarded its log up to there"]],
  requestAsked: [
    [{ request: 1, operation: put, server: 3 }, "The client asked S3: put x=1"],
    [{ request: 1, client: 2, operation: put, server: 3 }, "C2 asked S3: put x=1"],
  ],
  requestRepeated: [
    [{ request: 1, operation: put, server: 3 }, "The client had no answer and asked S3 again: put x=1"],
  ],
  requestRefused: [
    [
      { request: 1, client: 2, operation: put, server: 3, why: "answer forgotten" },
      "S3 refused put x=1 of C2: the session has moved on, and the answer is forgotten",
    ],
  ],
  requestAnswered: [
    [{ request: 1, operation: put, value: null, server: 3 }, "S3 answered the client: put x=1 is done"],
    [{ request: 1, operation: get, value: null, server: 3 }, "S3 answered the client: x has no value"],
  ],
  requestRedirected: [[{ request: 1, from: 3, to: 1 }, "The client went from S3 to S1, the leader that S3 named"]],
  requestGivenUp: [
    [
      { request: 1, operation: put, server: 3 },
      "The client gave up on put x=1 at S3: whether it was executed is unknown",
    ],
    [{ request: 1, operation: put, server: 3, untaken: true }, "The client gave up on put x=1: no server took it"],
  ],
  acted: [
    [{ act: { do: "timeout", server: 3 }, ignored: null }, "Action: fire the election timer of S3"],
    [
      { act: { do: "crash", server: 3 }, ignored: "S3 is down already" },
      "Nothing was done (crash S3): S3 is down already",
    ],
  ],
  violated: [
    [
      { property: "Election Safety", section: "§5.2", server: 3, detail: "S1 and S3 both lead term 2" },
      "Election Safety is broken at S3: S1 and S3 both lead term 2",
    ],
  ],
  ended: [
    [{ act: { do: "pause", server: 2, for: 500_000 }, by: 0 }, "Over: pause S2 for 500 ms"],
    [{ act: { do: "lose", loss: 100_000 }, by: 3 }, "Over: lose 10 % of the messages (nemesis 3)"],
  ],
  crashPoint: [
    [{ server: 2, point: "beforeWrite", kept: 0, of: 3 }, "S2 crashes before its write is on disk"],
    [
      { server: 2, point: "tornWrite", kept: 1, of: 3 },
      "S2 crashes in the middle of a write: 1 of 3 entries are on disk",
    ],
    [{ server: 2, point: "afterWrite", kept: 3, of: 3 }, "S2 crashes after its write, before it sends anything"],
    [{ server: 2, point: "betweenSends", kept: 3, of: 3 }, "S2 crashes after its write and one message"],
  ],
  diskTrouble: [
    [{ server: 2, what: "full", index: 4 }, "S2 has no room for entry 4 and stops"],
    [{ server: 2, what: "full", index: 0 }, "S2 has no room for a snapshot and stops"],
    [
      { server: 2, what: "vanished", index: 3 },
      "S2 had acknowledged more than its disk has: what was stored from entry 3 on is gone",
    ],
    [{ server: 2, what: "notStarted", index: 3 }, "S2 does not start: entry 3 on its disk does not fit its checksum"],
    [
      { server: 2, what: "discarded", index: 3 },
      "S2 finds that entry 3 does not fit its checksum, and discards its log from there on",
    ],
  ],
};

const happeningRows = Object.entries(happenings).flatMap(([kind, examples]) =>
  examples.map(([values, text]) => ({ text, happening: { kind, ...values } as Happening })),
);

describe("a happening", () => {
  test.each(happeningRows)("$text", ({ text, happening }) => {
    expect(sentence({ ...happening, at: 5, event: 1 }).text).toBe(text);
  });
});

test("a nemesis is named", () => {
  const told = { kind: "acted", act: { do: "crash", server: 3, for: 1_200_000 }, ignored: null, by: 1 } as const;
  const { text, routine } = sentence({ ...told, at: 0, event: 1 });
  expect([text, routine]).toEqual(["Nemesis 1: crash S3 for 1.2 s", false]);
});

test("routine is what happens all the time", () => {
  const routine = (happening: Happening): boolean => sentence({ ...happening, at: 0, event: 1 }).routine;
  expect(routine({ kind: "sent", ref, payload: heartbeat })).toBe(true);
  expect(routine({ kind: "lost", ref, payload: heartbeat, reason: "cut" })).toBe(true);
  expect(routine({ kind: "lost", ref, payload: requestVote, reason: "cut" })).toBe(false);
  expect(routine({ kind: "acted", act: { do: "crash", server: 1 }, ignored: null })).toBe(true);
  expect(routine({ kind: "acted", act: { do: "crash", server: 1 }, ignored: "S1 is down already" })).toBe(false);
});
