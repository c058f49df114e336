import { type Completion, completeCondition } from "../scenario/condition/complete.ts";
import type { ConditionProblem } from "../scenario/condition/condition.ts";
import { parseCondition } from "../scenario/condition/parse.ts";
import type { LabState } from "./lab.ts";

/** What is wrong with a condition's text; null: nothing. */
export function problemOf(condition: string): ConditionProblem | null {
  const read = parseCondition(condition);
  return read.ok ? null : read.problem;
}

/** What may stand at the caret, with the servers and keys of the run that is shown. */
export function completionsAt(text: string, caret: number, { frame }: Pick<LabState, "frame">): Completion {
  const servers = frame?.servers ?? [];
  const keys = new Set(servers.flatMap(({ store }) => store.map(([key]) => key)));
  return completeCondition(text, caret, { servers: servers.map(({ id }) => `S${id}`), keys: [...keys].sort() });
}

/** The text with a candidate in its place, and where the caret stands then. */
export function withCandidate(text: string, { from, to }: Completion, candidate: string) {
  const rest = text.slice(to);
  const before = `${text.slice(0, from)}${candidate}${rest.startsWith(" ") ? "" : " "}`;
  return { text: before + rest, caret: before.length };
}
