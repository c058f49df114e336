import type { DecisionKind } from "../raft/decisions.ts";
import { clientRows } from "./clients.ts";
import { electionRows } from "./elections.ts";
import { membershipRows } from "./membership.ts";
import { replicationRows } from "./replication.ts";
import type { DecisionOf, DecisionRow, DecisionRows } from "./row.ts";
import { storageRows } from "./storage.ts";

const rows: DecisionRows = { ...electionRows, ...replicationRows, ...storageRows, ...membershipRows, ...clientRows };

/** How a decision is told. `kind` is the decision's own: it ties the row to it for the compiler. */
export function tellDecision<Kind extends DecisionKind>(kind: Kind, decision: DecisionOf<Kind>) {
  const row: DecisionRow<Kind> = rows[kind];
  const rule = typeof row.rule === "function" ? row.rule(decision) : row.rule;
  return {
    text: row.text(decision),
    section: rule.section,
    rule: rule.text,
    values: row.values(decision),
    kind: row.kind,
    routine: row.routine,
    server: decision.server,
    term: row.term(decision),
  };
}
