import type { ServerId } from "../../base/units.ts";
import type { Fact } from "../../world/facts.ts";

/** Which server did it, or whom it befell; 0: a client; null: the network's doing, or somebody's from outside. */
export function whoseIs(fact: Fact): ServerId | null {
  switch (fact.kind) {
    case "sent":
      return fact.ref.from;
    case "received":
      return fact.ref.to;
    case "requestAsked":
    case "requestRepeated":
    case "requestAnswered":
    case "requestRedirected":
    case "requestRefused":
    case "requestGivenUp":
      return 0;
    case "decided":
      return fact.decision.server;
    case "diskWritten":
    case "crashed":
    case "restarted":
    case "stateApplied":
    case "compacted":
    case "optionsFollowed":
    case "crashPoint":
    case "diskTrouble":
      return fact.server;
    case "violated":
      return fact.server === 0 ? null : fact.server;
    case "lost":
    case "duplicated":
    case "held":
    case "acted":
    case "ended":
    case "noMajority":
    case "entryLost":
      return null;
  }
}
