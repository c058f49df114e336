import { actionText } from "../next.ts";
import type { Judge } from "./judge.ts";
import type { Refusal } from "./refusal.ts";

/** What the judge says of a run, line by line. */
export function verdictLines(judge: Judge, lastActions = 10): readonly string[] {
  const { verdict } = judge;
  switch (verdict.is) {
    case "accepted":
      return [`accepted: ${soFar(judge)}`];
    case "outside":
      return [`outside: ${verdict.why}`, `before that: ${soFar(judge)}`];
    case "refused":
      return [...refusalLines(verdict.refusal), ...prefixLines(judge, lastActions)];
  }
}

const soFar = ({ judged, accepted, wider }: Judge): string =>
  `${judged} steps of servers are ${accepted.length} actions of raft.tla, ${wider} of them wider, as Figure 2 has them`;

function refusalLines({ step, what, nearest, differences, excluded }: Refusal): string[] {
  return [
    `refused: step ${step.number}, at ${step.at / 1000} ms, event ${step.event}: ${what}`,
    ...differences.map((each) => `  ${each}`),
    ...(nearest.length === 0 ? [] : ["the nearest that the specification does:"]),
    ...nearest.map((action) => `  ${actionText(action)}`),
    "what could come next, and why it does not help:",
    ...excluded.map(({ action, why }) => `  ${action}: ${why}`),
  ];
}

function prefixLines({ accepted, judged }: Judge, most: number): string[] {
  return [
    `accepted before it: ${accepted.length} actions, ${judged - 1} steps of servers; the last of them:`,
    ...accepted
      .slice(-most)
      .map(({ action, step }) => `  ${step === 0 ? "network" : `step ${step}`}: ${actionText(action)}`),
  ];
}
