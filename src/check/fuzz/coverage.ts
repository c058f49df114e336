import type { DecisionKind } from "../../raft/decisions.ts";
import { rulesWith } from "../../raft/rules/broken.ts";
import type { RuleName, Rules } from "../../raft/rules/index.ts";
import { type FaultName, isFault } from "../../world/faults/index.ts";
import type { Setup } from "../../world/state/setup.ts";
import type { Ears } from "../runner.ts";
import type { Excuse, Outcome } from "./schedule.ts";

/** What schedules came by: a fuzzer that never asks a rule tests nothing about it. */
export interface Coverage {
  readonly rules: Map<RuleName, number>;
  readonly decisions: Map<DecisionKind, number>;
  readonly acts: Map<string, number>;
  /** By whomever: an act, or a nemesis. */
  readonly faults: Map<FaultName, number>;
  /** By the fault that they do. */
  readonly nemeses: Map<FaultName, number>;
  readonly excuses: Map<Excuse, number>;
}

export const newCoverage = (): Coverage => ({
  rules: new Map(),
  decisions: new Map(),
  acts: new Map(),
  faults: new Map(),
  nemeses: new Map(),
  excuses: new Map(),
});

const count = <Key>(map: Map<Key, number>, key: Key): void => void map.set(key, (map.get(key) ?? 0) + 1);

/** Counts what is asked and decided in a run of that set-up. */
export function countingEars({ bugs }: Setup, coverage: Coverage): Ears {
  const counted = Object.entries(rulesWith(bugs)).map(([name, rule]) => {
    const ask = (...asked: never[]) => {
      count(coverage.rules, name as RuleName);
      return (rule.ask as (...asked: never[]) => unknown)(...asked);
    };
    return [name, { ...rule, ask }];
  });
  return {
    rules: Object.fromEntries(counted) as Rules,
    tell(happening) {
      if (happening.kind === "decided") count(coverage.decisions, happening.decision.kind);
    },
  };
}

export function countOutcome({ actions, struck, excuses }: Outcome, coverage: Coverage): void {
  for (const { act } of actions) {
    count(coverage.acts, act.do);
    if (isFault(act)) count(coverage.faults, act.do);
    if (act.do === "nemesis") count(coverage.nemeses, act.fault);
  }
  for (const name of struck) count(coverage.faults, name);
  for (const excuse of excuses) count(coverage.excuses, excuse);
}
