import type { DecisionKind, DecisionOf, Replacement } from "../raft/decisions.ts";
import { rules } from "../raft/rules/index.ts";
import { clientRows } from "./clients.ts";
import { electionRows } from "./elections.ts";
import { membershipRows } from "./membership.ts";
import type { Reason } from "./reason.ts";
import { replicationRows } from "./replication.ts";
import type { DecisionRow, DecisionRows } from "./row.ts";
import { storageRows } from "./storage.ts";

const rows: DecisionRows = { ...electionRows, ...replicationRows, ...storageRows, ...membershipRows, ...clientRows };

/** How a decision is told. `kind` is the decision's own: it ties the row to it for the compiler. */
export function tellDecision<Kind extends DecisionKind>(kind: Kind, decision: DecisionOf<Kind>) {
  const row: DecisionRow<Kind> = rows[kind];
  const { replacedRules = [] } = decision;
  const rule = ruleOf(kind, decision);
  const named = replacedRules.filter(({ bug }) => bug !== "");
  return {
    text: textOf(row, decision, replacedRules),
    ...(replacedRules.length === 0 ? { section: rule.section, rule: rule.text } : switchedOff(named)),
    values: [...row.values(decision), ...named.map(({ bug }) => ["switched off by", bug] as const)],
    kind: row.kind,
    routine: typeof row.routine === "function" ? row.routine(decision) : row.routine,
    server: decision.server,
    term: row.term(decision),
  };
}

/** The rule that was followed, where none is switched off. */
export function ruleOf<Kind extends DecisionKind>(kind: Kind, decision: DecisionOf<Kind>): Reason {
  const { rule }: DecisionRow<Kind> = rows[kind];
  return typeof rule === "function" ? rule(decision) : rule;
}

function textOf<Kind extends DecisionKind>(
  row: DecisionRow<Kind>,
  decision: DecisionOf<Kind>,
  replaced: readonly Replacement[],
): string {
  if (replaced.length === 0 || row.unruled === undefined) return row.text(decision);
  return [row.unruled(decision), ...replaced.filter(({ bug }) => bug !== "").map(offWords)].join("; ");
}

/** "“One vote per term” is switched off: a vote is granted although …" */
const offWords = ({ rule, changed }: Replacement): string =>
  `“${rules[rule].title}” is switched off: ${changed.replace(/^[A-Z](?=[a-z]*[ -])/, (first) => first.toLowerCase()).replace(/\.$/, "")}`;

const switchedOff = (replaced: readonly Replacement[]) => ({
  section: [...new Set(replaced.map(({ rule }) => rules[rule].section))].join(", "),
  rule: replaced.map(({ rule }) => `Switched off: ${rules[rule].text}`).join(" "),
});
