import type { GroupId, ServerId } from "../base/units.ts";
import { sentence } from "../explain/sentence.ts";
import { names, who } from "../explain/words.ts";
import type { Causes } from "../history/causes/causes.ts";
import type { EventRow } from "../history/causes/stretch.ts";
import type { History } from "../history/history.ts";
import { momentAfter } from "../history/moment-after.ts";
import type { Work } from "../history/work.ts";
import { bugsAgainst } from "../raft/bugs/index.ts";
import type { Decision } from "../raft/decisions.ts";
import { rules } from "../raft/rules/index.ts";
import type { RaftMessage } from "../raft/types.ts";
import type { Fact } from "../world/facts.ts";
import { replicaOf, serverOf } from "../world/replicas.ts";
import { comparedFor } from "./compare.ts";
import { isOf, said, toldOf } from "./headline.ts";
import type { CauseTold, Why } from "./types.ts";
import { type Asked, whatIf } from "./what-if.ts";

/** What is said of something that happened, and where it is looked for. */

/** So many events back something is looked for. */
export const lookedBack = 4000;

/** Where there is nothing more to say. */
export const nothing = { rule: null, compared: [], counterfactual: null, causes: [], earlier: false, waitsFor: [] };

/** The newest event up to `last` (the present place) that fits, and after `least`. */
export function* lastRow(
  history: History,
  causes: Causes,
  fits: (row: EventRow) => boolean,
  last = history.place.event,
  least = last - lookedBack,
): Work<EventRow | null> {
  for (let event = last; event > Math.max(0, least); event--) {
    const row = yield* causes.row(event);
    if (row !== null && fits(row)) return row;
  }
  return null;
}

interface Explained {
  readonly row: EventRow;
  readonly fact: Fact;
  readonly about: string;
  readonly waits: readonly string[];
}

export function* explained(history: History, causes: Causes, { row, fact, about, waits }: Explained): Work<Why> {
  const decision = fact.kind === "decided" ? fact.decision : null;
  const asked = decision === null ? null : yield* askedFor(history, row, decision, fact.group ?? 1);
  return {
    at: row.at,
    event: row.event,
    about,
    sentence: said(fact),
    rule: ruleOf(fact),
    compared: decision === null ? [] : comparedFor(decision, asked),
    counterfactual: decision === null ? null : ((asked && whatIf(asked, decision)) ?? counted(decision)),
    ...(yield* causesTold(causes, row)),
    waitsFor: waits,
  };
}

/** The server before it took the message that the decision answers; null: no message did, or others came first in the event. */
function* askedFor(history: History, row: EventRow, decision: Decision, group: GroupId): Work<Asked | null> {
  const received = row.facts.filter(
    (fact) => fact.kind === "received" && isOf(fact, group) && fact.ref.to === decision.server,
  );
  const [only] = received;
  if (received.length !== 1 || only?.kind !== "received") return null;
  const { payload } = only;
  if (payload.type === "ClientRequest" || payload.type === "ClientReply") return null;
  const { world } = yield* momentAfter(history, row.event - 1);
  const machine = replicaOf(world, decision.server, group);
  return machine === undefined || machine.status !== "up"
    ? null
    : { world, machine, message: payload satisfies RaftMessage, at: row.at };
}

function ruleOf(fact: Fact): Why["rule"] {
  const { section, rule: text } = sentence(fact);
  if (text === "" && section === "") return null;
  const [key, rule] = Object.entries(rules).find(([, each]) => each.text === text) ?? ["", null];
  const breaks = bugsAgainst(key).map(({ name: bug, title }) => ({ bug, title }));
  return { name: rule?.title ?? "", section, text, breaks };
}

/** What the numbers of the record alone say of another outcome. */
function counted(decision: Decision): string | null {
  switch (decision.kind) {
    case "electionStarted":
    case "preVoteStarted": {
      if (decision.waited < decision.timeout || (decision.kind === "electionStarted" && decision.cause !== "timer"))
        return null;
      return `${who(decision.server)} would have waited on if a leader had reached it, or it had voted, within those ${decision.timeout / 1000} ms.`;
    }
    case "electionWon":
    case "preVoteWon": {
      const short = decision.counts.find(({ agree, quorum }) => agree.length === quorum);
      return short === undefined
        ? null
        : `With one vote less it would not have won: ${short.agree.length - 1} of ${short.voters.length}, ${short.quorum} are needed.`;
    }
    case "voteCounted":
    case "electionLost": {
      const short = decision.counts.find(({ agree, quorum }) => agree.length < quorum);
      if (short === undefined) return null;
      const lacks = short.quorum - short.agree.length;
      return `${who(decision.server)} would have won with ${lacks} more ${lacks === 1 ? "vote" : "votes"}.`;
    }
    case "committed": {
      const short = decision.counts.find(({ agree, quorum }) => agree.length === quorum);
      return short === undefined
        ? null
        : `Without any one of ${names(short.agree)} entry ${decision.index} would not be committed yet.`;
    }
    case "notCommittedOldTerm":
      return `${who(decision.server)} would have committed entry ${decision.index} if it were of term ${decision.term}.`;
    case "quorumLost": {
      const short = decision.counts.find(({ agree, quorum }) => agree.length < quorum);
      return short === undefined ? null : `It would lead on if ${short.quorum - short.agree.length} more had answered.`;
    }
    default:
      return null;
  }
}

function* causesTold(causes: Causes, row: EventRow): Work<Pick<Why, "causes" | "earlier">> {
  const found = yield* causes.of(row.event);
  const told: CauseTold[] = [];
  for (const { event, as } of found?.causes ?? []) {
    const cause = yield* causes.row(event);
    if (cause !== null) told.push({ ...toldOf(cause, sharedServer(cause, row, as)), as, by: cause.trigger });
  }
  return { causes: told, earlier: (found?.earlier.length ?? 0) > 0 };
}

/** Of an event in which several servers did something: what the one did whose state is used. */
const sharedServer = (cause: EventRow, row: EventRow, as: CauseTold["as"]): ServerId =>
  as === "state" ? serverOf(cause.steps.find((slot) => row.steps.includes(slot)) ?? 0) : 0;
