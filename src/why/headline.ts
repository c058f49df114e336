import type { GroupId, ServerId } from "../base/units.ts";
import { sentence } from "../explain/sentence.ts";
import type { EventRow } from "../history/causes/stretch.ts";
import type { DecisionKind } from "../raft/decisions.ts";
import type { Fact } from "../world/facts.ts";
import type { Told } from "./types.ts";

/** Of several things that happen in one event, which one tells what it was about. */

/** Decisions that say more than others of the same event, the most telling first. */
const telling: readonly DecisionKind[] = [
  "electionWon",
  "quorumLost",
  "committed",
  "entriesDeleted",
  "voteGranted",
  "voteRefusedOldTerm",
  "voteRefusedVoted",
  "voteRefusedLogTerm",
  "voteRefusedLogLength",
  "voteIgnoredLease",
  "electionStarted",
  "preVoteStarted",
  "electionLost",
  "proposalAppended",
  "changeAppended",
  "snapshotInstalled",
  "notCommittedOldTerm",
  "appendRefusedMissing",
  "appendRefusedConflict",
  "appendRefusedOldLeader",
  "appendAccepted",
  "followerCommitted",
  "candidateConceded",
  "matchAdvanced",
  "voteCounted",
  "termAdopted",
  "noOpAppended",
];

function weight(fact: Fact): number {
  switch (fact.kind) {
    case "violated":
      return 1000;
    case "acted":
      if (fact.act.do === "timer") return 75;
      return sentence(fact).routine ? 70 : 175;
    case "crashed":
    case "restarted":
    case "diskTrouble":
      return 200;
    case "decided": {
      const place = telling.indexOf(fact.decision.kind);
      if (place >= 0) return 190 - place;
      return sentence(fact).routine ? 40 : 150;
    }
    case "requestAsked":
    case "requestRepeated":
    case "requestAnswered":
    case "requestGivenUp":
    case "requestRefused":
    case "requestRedirected":
      return 120;
    case "stateApplied":
      return 100;
    case "lost":
      return 90;
    case "diskWritten":
      return 80;
    case "received":
      return 30;
    default:
      return 20;
  }
}

/** The most telling of them, null if there are none. `of`: what that server did or underwent, if it did anything. */
export function headline(facts: readonly Fact[], of: ServerId = 0): Fact | null {
  const own = of === 0 ? facts : facts.filter((fact) => sentence(fact).server === of);
  let best: Fact | null = null;
  for (const fact of own) if (best === null || weight(fact) > weight(best)) best = fact;
  return best ?? (of === 0 ? null : headline(facts));
}

/** How much an event tells. */
export const weightOf = (facts: readonly Fact[]): number =>
  facts.reduce((most, fact) => Math.max(most, weight(fact)), 0);

/** Whether an event would be missed in a story. */
export const isTelling = (facts: readonly Fact[]): boolean => facts.some((fact) => weight(fact) >= 100);

/** In a sentence; where the reader looks at one group, its name need not be said. */
export const said = ({ group: _, ...fact }: Fact): string => sentence(fact as Fact).text;

export function toldOf({ at, event, facts }: Pick<EventRow, "at" | "event" | "facts">, of: ServerId = 0): Told {
  const fact = headline(facts, of);
  if (fact === null) return { at, event, server: 0, sentence: "Nothing that changes anything" };
  return { at, event, server: sentence(fact).server, sentence: said(fact) };
}

export const isOf = ({ group = 1 }: Fact, of: GroupId): boolean => group === of;
