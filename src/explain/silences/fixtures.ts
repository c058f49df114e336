import { configurationText, votersOnly } from "../../raft/configuration.ts";
import type { DecisionKind, DecisionOf } from "../../raft/decisions.ts";

/** Without the parts that every decision of an example has. */
type Bare<Item> = Omit<Item, "kind" | "server">;
export type Examples<Kind extends DecisionKind> = readonly (readonly [item: Bare<DecisionOf<Kind>>, text: string])[];
type ExamplesOf<Kind extends DecisionKind> = { readonly [Each in Kind]: Examples<Each> };

/** Who of so many voters agrees. */
export const of = (voters: number, agree: readonly number[]) => [
  { voters: Array.from({ length: voters }, (_, i) => i + 1), agree, quorum: (voters >> 1) + 1 },
];
/** Who of S1, S3, S4 (the new half) and of S1, S2, S3 (the old one) agrees. */
export const joint = (next: readonly number[], old: readonly number[]) => [
  { voters: [1, 3, 4], agree: next, quorum: 2 },
  { voters: [1, 2, 3], agree: old, quorum: 2 },
];

/** What does not happen, and why; and what is given up, taken back, or heard of again. */
export const silences: ExamplesOf<
  | "campaignRefused"
  | "neverCampaigns"
  | "notCommittedOldTerm"
  | "notCommittedHalf"
  | "notApplied"
  | "notSent"
  | "snapshotWithheld"
  | "transferAborted"
  | "configurationRolledBack"
  | "followerHeard"
> = {
  campaignRefused: [
    [{ reason: "leads" }, "S3 starts no election: it leads already"],
    [{ reason: "learner" }, "S3 starts no election: it is a learner and has no vote"],
    [{ reason: "not a voter" }, "S3 starts no election: it has no vote in its configuration"],
    [{ reason: "snapshot" }, "S3 starts no election: it has a snapshot still to store"],
    [{ reason: "unapplied change" }, "S3 starts no election: a committed change of membership is not applied yet"],
  ],
  neverCampaigns: [
    [{ reason: "learner" }, "S3 starts no election, whatever its timer says: it is a learner and has no vote"],
    [{ reason: "not a voter" }, "S3 starts no election, whatever its timer says: it has no vote in its configuration"],
    [{ reason: "snapshot" }, "S3 starts no election, whatever its timer says: it has a snapshot still to store"],
  ],
  notCommittedOldTerm: [
    [
      { index: 2, entryTerm: 2, term: 4, on: [1, 2, 3], counts: of(5, [1, 2, 3]), writing: true },
      "S3 does not commit entry 2 although S1 and S2 have stored it and S3 counts itself, before it knows whether its own disk has it: it is of term 2, not of S3's own term 4",
    ],
    [
      { index: 2, entryTerm: 2, term: 4, on: [1, 2, 3], counts: of(5, [1, 2, 3]) },
      "S3 does not commit entry 2 although S1, S2 and S3 have stored it: it is of term 2, not of S3's own term 4",
    ],
    [
      { index: 2, entryTerm: 2, term: 4, on: [1, 2, 3], counts: joint([1, 3], [1, 2, 3]) },
      "S3 does not commit entry 2 although S1, S2 and S3 have stored it (3 of 3 in the old configuration and 2 of 3 in the new): it is of term 2, not of S3's own term 4",
    ],
  ],
  notCommittedHalf: [
    [
      { index: 2, lacking: "old", on: [1, 3, 4], counts: joint([1, 3, 4], [1]), writing: true },
      "S3 does not commit entry 2 yet: it is stored on 1 of 3 in the old configuration, 3 of 3 in the new; both majorities are needed (S3 counts itself, before it knows whether its own disk has it)",
    ],
    [
      { index: 2, lacking: "old", on: [1, 3, 4], counts: joint([1, 3, 4], [1]) },
      "S3 does not commit entry 2 yet: it is stored on 1 of 3 in the old configuration, 3 of 3 in the new; both majorities are needed",
    ],
  ],
  notApplied: [
    [
      { first: 2, last: 2, reason: "disk", leads: true },
      "S3 does not apply entry 2 yet, which is committed: it is not known to be on its own disk",
    ],
    [
      { first: 2, last: 4, reason: "disk", leads: true },
      "S3 does not apply entries 2–4 yet, which are committed: they are not known to be on its own disk",
    ],
    [
      { first: 2, last: 2, reason: "write", leads: true },
      "S3 does not apply entry 2 yet, which is committed: the write under way must be finished first",
    ],
    [
      { first: 1, last: 4, reason: "snapshot", leads: false },
      "S3 does not apply entries 1–4 yet, which are committed: a snapshot must be on its disk first",
    ],
    [
      { first: 3, last: 4, reason: "page", leads: false },
      "S3 does not apply entries 3–4 yet, which are committed: its state machine is given a page of entries at a time",
    ],
  ],
  notSent: [
    [
      { to: 1, first: 8, last: 9, reason: "window", waitsFor: 7 },
      "S3 does not send S1 entries 8–9 yet: as much is under way as may be, up to entry 7",
    ],
    [
      { to: 1, first: 8, last: 8, reason: "answer", waitsFor: 7 },
      "S3 does not send S1 entry 8 yet: S1 has not answered what was sent up to entry 7",
    ],
    [
      { to: 1, first: 8, last: 8, reason: "answer", waitsFor: 0 },
      "S3 does not send S1 entry 8 yet: S1 must answer something first",
    ],
    [
      { to: 1, first: 8, last: 8, reason: "snapshot", waitsFor: 7 },
      "S3 does not send S1 entry 8 yet: the snapshot up to entry 7 is under way",
    ],
  ],
  snapshotWithheld: [
    [{ to: 1 }, "S3 sends S1 no snapshot yet: S1 has not answered since S3 began to lead or last looked"],
  ],
  transferAborted: [
    [
      { to: 1, reason: "timeout", match: 3, last: 5 },
      "S3 gave up handing leadership to S1, and goes on leading: an election timeout has passed, and S1 has not acknowledged entries 4–5",
    ],
    [
      { to: 1, reason: "timeout", match: 5, last: 5 },
      "S3 gave up handing leadership to S1, and goes on leading: an election timeout has passed, and it has heard nothing of the election that S1 was told to start",
    ],
    [
      { to: 1, reason: "no voter", match: 0, last: 5 },
      "S3 gave up handing leadership to S1, and goes on leading: S1 has no vote in the new configuration",
    ],
    [
      { to: 1, reason: "another", match: 3, last: 5 },
      "S3 gave up handing leadership to S1, and goes on leading: it was asked to hand it to another server",
    ],
  ],
  configurationRolledBack: [
    [
      { text: configurationText(votersOnly([1, 2, 3])), joint: false, gone: 4 },
      "S3 goes back to the configuration S1, S2, S3: entry 4, which had brought another, is deleted",
    ],
    [
      { text: configurationText({ ...votersOnly([1, 2]), outgoing: [1, 2, 3] }), joint: true, gone: 4 },
      "S3 goes back to the joint configuration S1, S2 with S1, S2, S3: entry 4, which had brought another, is deleted",
    ],
  ],
  followerHeard: [
    [{ follower: 1, silent: 340_000, least: 150_000 }, "S3 hears from S1, after 340 ms without an answer"],
    [{ follower: 1, silent: 40_000, least: 150_000 }, "S3 counts S1 as active: it has answered"],
  ],
};
