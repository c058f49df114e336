import { describe, expect, test } from "vitest";
import { type Configuration, membershipChange, votersOnly } from "../configuration.ts";
import type { Decision } from "../decisions.ts";
import {
  appendEntries,
  appended,
  applied,
  entries,
  finishWrites,
  heartbeat,
  heartbeatReply,
  installSnapshot,
  production,
  propose,
  receive,
  server,
  take,
  ticks,
} from "../fixtures.ts";
import { compact } from "../log.ts";
import { becomeSnapshot } from "../progress.ts";
import { rules } from "../rules/index.ts";
import { silencesOf } from "../silences.ts";
import type { Server } from "../types.ts";
import { after2, change, changeOf, compacted, how, leader, notShown, type Row, replicating } from "./fixtures.ts";

const joint: Configuration = { ...votersOnly([1, 4, 5]), outgoing: [1, 2, 3] };
const jointLeader = (term = 4) => server({ term, log: [1, 4], role: "leader", configuration: joint });
const acknowledged = (from: number, matchIndex = 2, term = 4) => appended({ ...after2, term, from, matchIndex });
const asynchronous = how({ asyncDisk: true, maxInflightMessages: 1 });

const rows: readonly Row[] = [
  // ---- not committed ----
  [
    "§5.4.2 an entry of an older term on a majority",
    () => {
      const made = server({ term: 5, log: [1, 4], role: "leader", servers: 3 });
      return receive(made, acknowledged(2, 2, 5)).kinds;
    },
    ["matchAdvanced", "notCommittedOldTerm"],
  ],
  [
    "§5.4.2 the same entry on one more",
    () => {
      const made = server({ term: 5, log: [1, 4], role: "leader" });
      for (const from of [2, 3]) receive(made, acknowledged(from, 2, 5));
      return receive(made, acknowledged(4, 2, 5)).kinds;
    },
    ["matchAdvanced"],
  ],
  [
    "§6 an entry on a majority of the new half alone",
    () => receive(jointLeader(), acknowledged(4)).kinds,
    ["matchAdvanced", "notCommittedHalf"],
  ],
  [
    "§6 the same entry on one more of that half",
    () => {
      const made = jointLeader();
      receive(made, acknowledged(4));
      return receive(made, acknowledged(5)).kinds;
    },
    ["matchAdvanced"],
  ],
  [
    "§6 the other half, too",
    () => {
      const made = jointLeader();
      receive(made, acknowledged(4));
      return receive(made, acknowledged(2)).kinds;
    },
    ["matchAdvanced", "committed"],
  ],

  // ---- not applied ----
  [
    "D 10.2.1 an entry that two others have, and the own disk has not",
    () => {
      const made = server({ term: 4, role: "leader", servers: 3, options: asynchronous.options });
      take(made, propose(1), asynchronous);
      for (const from of [2, 3]) receive(made, acknowledged(from, 1), asynchronous);
      return silencesOf(made, { options: asynchronous.options, rules }).map(({ kind }) => kind);
    },
    ["notApplied"],
  ],
  [
    "D 10.2.1 the answer that commits it",
    () => {
      const made = server({ term: 4, role: "leader", servers: 3, options: asynchronous.options });
      take(made, propose(1), asynchronous);
      receive(made, acknowledged(2, 1), asynchronous);
      return receive(made, acknowledged(3, 1), asynchronous).kinds;
    },
    ["followerHeard", "matchAdvanced", "replicationBegun", "committed", "notApplied"],
  ],
  [
    "a commit while a synchronous write is under way",
    () => {
      const made = server({ term: 4, log: [4], servers: 3 });
      receive(made, appendEntries({ term: 4, prevLogIndex: 1, prevLogTerm: 4, entries: entries(2, 4) }));
      return receive(made, heartbeat({ term: 4, commit: 1 })).kinds;
    },
    ["timerReset", "followerCommitted", "notApplied"],
  ],
  [
    "a page of entries at a time",
    () => {
      const made = server({ term: 4, log: [4, 4], servers: 3 });
      return receive(made, heartbeat({ term: 4, commit: 2 }), { options: { ...ticks, maxApplyBytes: 1 } }).kinds;
    },
    ["timerReset", "followerCommitted", "notApplied"],
  ],
  [
    "§7 a snapshot that is still to be stored",
    () => receive(server({ log: [1], servers: 3 }), installSnapshot({ index: 4, at: 1 })).kinds,
    ["timerReset", "snapshotInstalled", "neverCampaigns", "notApplied", "wroteFirst"],
  ],

  // ---- not sent ----
  [
    "one request at a time",
    () => {
      const made = server({ term: 4, log: [4], role: "leader", servers: 2 });
      take(made, propose(1));
      return take(made, propose(2)).kinds;
    },
    ["proposalAppended", "notSent"],
  ],
  [
    "one request at a time: a third entry",
    () => {
      const made = server({ term: 4, log: [4], role: "leader", servers: 2 });
      for (const digest of [1, 2]) take(made, propose(digest));
      return take(made, propose(3)).kinds;
    },
    ["proposalAppended"],
  ],
  [
    "D 10.2.2 a full window",
    () => {
      const limited = how({ maxInflightMessages: 1 });
      const made = replicating();
      take(made, propose(1), limited);
      return take(made, propose(2), limited).kinds;
    },
    ["proposalAppended", "notSent", "notSent"],
  ],
  [
    "§7 entries after a snapshot that is under way",
    () => {
      const made = replicating();
      becomeSnapshot(made.progress[2]!, 2);
      return take(made, propose(1), how()).kinds;
    },
    ["proposalAppended", "entriesSent", "notSent", "wroteFirst"],
  ],
  [
    "§7 no snapshot for who does not answer",
    () => {
      const made = compacted();
      made.progress[2]!.active = true;
      return take(made, { kind: "quorumTimeout" }, how({ checkQuorum: true, quorumCheck: "flags" })).kinds;
    },
    ["quorumHeld", "snapshotWithheld"],
  ],

  // ---- no election ----
  [
    "D 4.2.1 a voter becomes a learner",
    () => {
      const demoted = membershipChange([{ type: "learner", server: 1 }]);
      return take(server({ term: 4, log: [4] }), { kind: "changeApplied", change: demoted }, how()).kinds;
    },
    ["configurationSwitched", "neverCampaigns"],
  ],
  [
    "D 4.2.2 a server is removed",
    () => take(server({ term: 4 }), { kind: "changeApplied", change: change("remove", 1) }, how()).kinds,
    ["configurationSwitched", "neverCampaigns"],
  ],

  // ---- given up, taken back, heard of again ----
  [
    "D 4.1 a configuration that was never committed is taken back",
    () => {
      const made = server({ term: 4, log: [4], role: "leader", servers: 3, commit: 1 });
      take(made, changeOf("add", 4));
      finishWrites(made);
      return receive(made, appendEntries({ term: 5, prevLogIndex: 1, prevLogTerm: 4, entries: entries(2, 5) })).kinds;
    },
    [
      "termAdopted",
      "timerReset",
      "timerReset",
      "appendAccepted",
      "entriesDeleted",
      "configurationRolledBack",
      "wroteFirst",
    ],
  ],
];

describe("decisions: what does not happen has a reason, once", () => {
  test.each(rows)("%s", (_, run, kinds) => {
    expect(run()).toEqual(kinds);
  });
});

test("every kind that belongs here is shown", () => {
  expect(notShown("silences", rows)).toEqual([]);
});

const last = ({ decisions }: { readonly decisions: readonly Decision[] }): Decision | undefined => decisions.at(-1);

describe("the values of what does not happen", () => {
  test("§6 both halves, and which of them lacks a majority", () => {
    expect(last(receive(jointLeader(), acknowledged(2)))).toEqual({
      kind: "notCommittedHalf",
      server: 1,
      index: 2,
      lacking: "new",
      on: [1, 2],
      counts: [
        { voters: [1, 4, 5], agree: [1], quorum: 2 },
        { voters: [1, 2, 3], agree: [1, 2], quorum: 2 },
      ],
    });
  });

  test("which entries wait for the own disk", () => {
    const made = server({ term: 4, log: [4], role: "leader", servers: 3, options: asynchronous.options });
    for (const digest of [1, 2]) take(made, propose(digest), asynchronous);
    for (const from of [2, 3]) receive(made, acknowledged(from, 3), asynchronous);
    expect(silencesOf(made, { options: asynchronous.options, rules })).toContainEqual({
      kind: "notApplied",
      server: 1,
      first: 2,
      last: 3,
      reason: "disk",
      leads: true,
    });
  });

  test("D 3.10 why a transfer is given up", () => {
    const behind = leader();
    take(behind, { kind: "transfer", to: 2 }, how());
    expect(last(take(behind, { kind: "transfer", to: 3 }, how()))).toMatchObject({ kind: "transferStarted", to: 3 });
    const given = take(behind, { kind: "quorumTimeout" }, how()).decisions[0];
    expect(given).toEqual({ kind: "transferAborted", server: 1, to: 3, reason: "timeout", match: 0, last: 2 });

    const replaced = leader();
    take(replaced, { kind: "transfer", to: 2 }, how());
    expect(take(replaced, { kind: "transfer", to: 3 }, how()).decisions[0]).toMatchObject({ to: 2, reason: "another" });

    const removed = replicating();
    take(removed, { kind: "transfer", to: 2 }, how());
    const { decisions } = take(removed, { kind: "changeApplied", change: change("remove", 2) }, how());
    expect(decisions).toContainEqual(expect.objectContaining({ kind: "transferAborted", reason: "no voter" }));
  });

  test("why a server starts no election", () => {
    const campaigns = (made: Server) => last(take(made, { kind: "campaign" }, how()));
    const refused = { kind: "campaignRefused", server: 1 };
    expect(campaigns(leader())).toEqual({ ...refused, reason: "leads" });
    const learner = server({ configuration: { ...votersOnly([2, 3]), learners: [1] } });
    expect(campaigns(learner)).toEqual({ ...refused, reason: "learner" });
    expect(campaigns(server({ configuration: votersOnly([2, 3]) }))).toEqual({ ...refused, reason: "not a voter" });
    const storing = server({ log: [1], servers: 3 });
    receive(storing, installSnapshot({ index: 4, at: 1 }));
    expect(campaigns(storing)).toEqual({ ...refused, reason: "snapshot" });
  });
});

describe("nothing is told that did not happen", () => {
  test("D 6.2 how long a follower was silent: less than an election timeout is none", () => {
    const made = replicating();
    const least = production.electionTimeoutMin;
    take(made, { kind: "quorumTimeout" }, how({ checkQuorum: true, quorumCheck: "flags" }));
    const heard = { kind: "followerHeard", server: 1, least };
    const [soon] = receive(made, heartbeatReply({ term: 4 }), how({ checkQuorum: true })).decisions;
    expect(soon).toEqual({ ...heard, follower: 2, silent: 5 });
    const [late] = receive(made, heartbeatReply({ term: 4, from: 3 }), { ...how(), now: least }).decisions;
    expect(late).toEqual({ ...heard, follower: 3, silent: least });
  });

  test("§7 a snapshot with the configuration that is used already switches nothing", () => {
    const kinds = receive(server({ log: [1], servers: 3 }), installSnapshot({ index: 4, at: 1 })).kinds;
    expect(kinds).not.toContain("configurationSwitched");
    const other = installSnapshot({ index: 4, at: 1, of: votersOnly([1, 2]) });
    expect(receive(server({ log: [1], servers: 3 }), other).kinds).toContain("configurationSwitched");
  });

  test("what is told and no more so is not told while it stands, and is told when it begins anew", () => {
    const made = server({ term: 4, log: [4], role: "leader", servers: 2 });
    const told = (out: { readonly kinds: readonly string[] }) => out.kinds.filter((kind) => kind === "notSent").length;
    take(made, propose(1));
    expect([2, 3, 4].map((digest) => told(take(made, propose(digest))))).toEqual([1, 0, 0]);
    expect(told(receive(made, appended({ term: 4, matchIndex: 2 })))).toBe(0);
    expect(told(take(made, propose(5)))).toBe(1);
  });

  test("applying everything ends it", () => {
    const made = server({ term: 4, log: [4], servers: 3 });
    made.commitIndex = 1;
    take(made, applied(made, 1));
    expect(silencesOf(made, { options: ticks, rules })).toEqual([]);
    compact(made.log, 1);
    expect(silencesOf(made, { options: ticks, rules })).toEqual([]);
  });
});
