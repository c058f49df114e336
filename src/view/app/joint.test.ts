import fc from "fast-check";
import { expect, test } from "vitest";
import { agreeing, needed, tally } from "../../explain/counts.ts";
import { tellDecision } from "../../explain/decisions.ts";
import { History } from "../../history/history.ts";
import { type Configuration, isVoter, votersOnly } from "../../raft/configuration.ts";
import type { DecisionOf } from "../../raft/decisions.ts";
import { append, emptyLog } from "../../raft/log.ts";
import { newProgress } from "../../raft/progress.ts";
import { countsOf } from "../../raft/quorum.ts";
import { doing } from "../../worker/doing.ts";
import { calm, frameOf } from "../../worker/frame.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { setupOf } from "../../world/fixtures.ts";
import type { Machine } from "../../world/state/machine.ts";
import { rowParts } from "../kit/log/sentence.ts";
import { countOf } from "../kit/words/membership.ts";
import { nowSentence } from "../kit/words/now.ts";
import { configurationFacts, readWaits } from "../kit/words/words.ts";

/**
 * §6: "agreement requires separate majorities from both the old and new configurations". Every place that counts names
 * both, the old one first, with the numbers of the configuration.
 */

const half = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }).map((ids) => ids.sort());
const joint = fc
  .record({ voters: half, outgoing: half, agree: fc.subarray([1, 2, 3, 4, 5, 6, 7]) })
  .map(({ voters, outgoing, agree }) => ({ configuration: { ...votersOnly(voters), outgoing }, agree }));

interface Told {
  /** How many agree, how many are needed, how many vote: of the old half, then of the new one. */
  readonly agree: readonly [number, number];
  readonly quorum: readonly [number, number];
  readonly voters: readonly [number, number];
}
function rightly(configuration: Configuration, agree: readonly number[]): Told {
  const [next, old] = countsOf(configuration, (id) => agree.includes(id));
  return {
    agree: [old!.agree.length, next!.agree.length],
    quorum: [old!.quorum, next!.quorum],
    voters: [old!.voters.length, next!.voters.length],
  };
}

/** Both halves' numbers in a text, the old one first: "1 of 2 old, 2 of 3 new" as [[1, 2], [2, 3]]. */
function pairs(text: string): readonly (readonly [number, number])[] {
  const [, first, outOf, second, inAll] =
    /(\d+) of (?:the )?(\d+)(?: votes that it needs)?(?: old| in the old configuration)(?:,| and) (\d+) of (?:the )?(\d+)(?: votes that it needs)?(?: new| in the new)(?:\W|$)/.exec(
      text,
    ) ?? [];
  return [
    [Number(first), Number(outOf)],
    [Number(second), Number(inAll)],
  ];
}
const paired = (a: readonly [number, number], b: readonly [number, number]) => [
  [a[0], b[0]],
  [a[1], b[1]],
];

/** S1 of seven, in that configuration, as the page gets it. */
function shown(role: "candidate" | "leader", configuration: Configuration, agree: readonly number[]) {
  const history = new History(setupOf({ servers: 7 }));
  const machine = history.world.machines[1] as Machine;
  const { raft, disk } = machine;
  raft.term = 2;
  raft.configuration = configuration;
  raft.role = role;
  if (role === "candidate") for (const id of agree) raft.votes[id] = true;
  else {
    const entry = { index: 1, term: 2, command: null, change: null };
    append(raft.log, entry);
    disk.log = emptyLog();
    if (agree.includes(1)) append(disk.log, entry);
    for (let id = 1; id <= 7; id++) raft.progress[id] = newProgress(agree.includes(id) ? 1 : 0, 2, true, 0);
  }
  const frame = frameOf(history, { logFrom: 1, logCount: 4 }, calm);
  return { frame, machine, server: frame.servers[0] as ServerView };
}

test("§6 a candidate's votes: on the stage, in the strip, in what it does", () => {
  fc.assert(
    fc.property(joint, ({ configuration, agree }) => {
      const { frame, machine, server } = shown("candidate", configuration, agree);
      const { agree: yes, quorum } = rightly(configuration, agree);
      const words = countOf(server)!.words;
      for (const fuller of words.slice(0, -1)) expect(pairs(fuller)).toEqual(paired(yes, quorum));
      expect(words.at(-1)).toBe(`${yes[0]}/${quorum[0]} and ${yes[1]}/${quorum[1]}`);
      expect(pairs(nowSentence(frame))).toEqual(paired(yes, quorum));
      expect(pairs(doing(machine))).toEqual(paired(yes, quorum));
    }),
  );
});

test("§6 a leader's entry: in the row of its log, in the strip; its quorum and its reads in the inspector", () => {
  fc.assert(
    fc.property(joint, ({ configuration, agree }) => {
      const { frame, server } = shown("leader", configuration, agree);
      const { agree: stored, quorum, voters } = rightly(configuration, agree);
      const row = rowParts(server, frame.servers).find(({ text }) => text.startsWith("entry 1"));
      const waitsForDisk = !agree.includes(1) && server.disk.pending > 0;
      if (!waitsForDisk) expect(pairs(row!.text)).toEqual(paired(stored, voters));
      const isLacking = stored.some((count, i) => count < quorum[i]!);
      expect(row!.text.endsWith(", needs both")).toBe(isLacking);
      expect(pairs(nowSentence(frame))).toEqual(paired(stored, voters));
      expect(
        nowSentence(frame).includes(`needs ${quorum[0]} in the old configuration and ${quorum[1]} in the new`),
      ).toBe(isLacking);
      const facts = new Map(configurationFacts(server));
      expect(pairs(facts.get("quorum")!)).toEqual(paired(quorum, voters));
      const confirmedBy = agree.filter((id) => isVoter(configuration, id));
      const read = { request: 1, from: 0, waitsFor: "quorum", index: 1, round: 1, confirmedBy } as const;
      expect(pairs(readWaits(server, read))).toEqual(paired(stored, quorum));
    }),
  );
});

test("§6 every record that counts: in the feed, and among the values beside it", () => {
  const servers = { server: 1, votes: [], heard: [1], on: [1], joined: [], from: 2 } as const;
  fc.assert(
    fc.property(joint, ({ configuration, agree }) => {
      const counts = countsOf(configuration, (id) => agree.includes(id));
      const { agree: yes, quorum, voters } = rightly(configuration, agree);
      expect(pairs(tally(counts))).toEqual(paired(yes, voters));
      expect(pairs(agreeing(counts))).toEqual(paired(yes, voters));
      expect(pairs(needed(counts))).toEqual(paired(quorum, voters));
      const made = { ...servers, counts, term: 2, entryTerm: 1, index: 3, last: 3, pre: false, granted: true };
      const told: readonly string[] = [
        tellDecision("voteCounted", { kind: "voteCounted", ...made }).text,
        tellDecision("electionWon", { kind: "electionWon", ...made }).text,
        tellDecision("preVoteWon", { kind: "preVoteWon", ...made }).text,
        tellDecision("electionLost", { kind: "electionLost", ...made }).text,
        tellDecision("committed", { kind: "committed", ...made }).text,
        tellDecision("notCommittedOldTerm", { kind: "notCommittedOldTerm", ...made }).text,
        tellDecision("notCommittedHalf", { kind: "notCommittedHalf", lacking: "old", ...made }).text,
        tellDecision("quorumHeld", { kind: "quorumHeld", by: "perPeer", ...made }).text,
        tellDecision("quorumLost", { kind: "quorumLost", by: "flags", ...made }).text,
        tellDecision("readConfirmed", { kind: "readConfirmed", context: "1", by: "round", ...made }).text,
      ];
      for (const text of told) expect(pairs(text), text).toEqual(paired(yes, voters));
      const appended: DecisionOf<"proposalAppended"> = { kind: "proposalAppended", ...made };
      expect(pairs(tellDecision("proposalAppended", appended).text)).toEqual(paired(quorum, voters));
    }),
  );
});
