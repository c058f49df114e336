import { actText } from "../../explain/acts.ts";
import { endName } from "../../scenario/names.ts";
import type { Fact } from "../../world/facts.ts";
import { groupMark } from "./labels.ts";

/** What a picture of messages wants beside them: elections, commits, crashes and acts, each a few words. */
export interface Note {
  /** 0: it concerns all. */
  readonly server: number;
  readonly text: string;
}

/** Null: not worth a note. */
export function noteOf(fact: Fact): Note | null {
  const told = noted(fact);
  return told && { ...told, text: `${groupMark(fact.group)}${told.text}` };
}

function noted(fact: Fact): Note | null {
  switch (fact.kind) {
    case "crashed":
      return { server: fact.server, text: "crashed" };
    case "restarted":
      return { server: fact.server, text: `restarted with term ${fact.term}` };
    case "compacted":
      return { server: fact.server, text: `snapshot up to entry ${fact.index}` };
    case "violated":
      return { server: fact.server, text: `${fact.property} is broken: ${fact.detail}` };
    case "acted": {
      if (fact.ignored !== null || toldElsewhere.has(fact.act.do)) return null;
      const by = fact.by === undefined ? "act" : `nemesis ${fact.by}`;
      return { server: 0, text: `${by}: ${actText(fact.act)}` };
    }
    case "ended":
      return { server: 0, text: `over: ${actText(fact.act)}` };
    case "decided":
      return decided(fact.decision);
    default:
      return null;
  }
}

/** Their effect has a note, or a message, of its own. */
const toldElsewhere: ReadonlySet<string> = new Set(["crash", "restart", "request"]);

function decided(decision: (Fact & { readonly kind: "decided" })["decision"]): Note | null {
  const { server } = decision;
  switch (decision.kind) {
    case "electionStarted":
      return { server, text: `candidate of term ${decision.term}` };
    case "preVoteStarted":
      return { server, text: `asks for pre-votes for term ${decision.term}` };
    case "electionWon":
      return { server, text: `leader of term ${decision.term}` };
    case "electionLost":
      return { server, text: `lost the election of term ${decision.term}` };
    case "candidateConceded":
      return { server, text: `gives way to ${endName(decision.to)}` };
    case "termAdopted":
      return decision.steppedDown ? { server, text: `steps down for term ${decision.term}` } : null;
    case "quorumLost":
      return { server, text: "steps down: no majority answers" };
    case "committed":
      return { server, text: `commits up to entry ${decision.index}` };
    case "snapshotInstalled":
      return { server, text: `installs the snapshot up to entry ${decision.index}` };
    case "entriesDeleted":
      return { server, text: `deletes entries from ${decision.first} on` };
    default:
      return null;
  }
}
