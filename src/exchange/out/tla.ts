import { Runner } from "../../check/runner.ts";
import { Judge } from "../../check/spec/judge/judge.ts";
import { refusedState } from "../../check/spec/judge/refusal.ts";
import { isInit } from "../../check/spec/judge/start.ts";
import { actionText, isWider, take } from "../../check/spec/next.ts";
import type { SpecState } from "../../check/spec/state.ts";
import type { History } from "../../history/history.ts";
import type { Work } from "../../history/work.ts";
import type { Exporter, Range } from "./exporter.ts";
import { TlaText } from "./tla-text.ts";

/**
 * A TLA+ module with the run as a sequence of states, one after each action of raft.tla that the run has taken. With
 * DriftwoodTrace.tla (in the folder tla) TLC says whether raft.tla accepts it.
 */

/** TLC takes some minutes for so many. */
const statesMost = 2000;
/** Microseconds that are run between two rests. */
const slice = 200_000;

export const tla: Exporter = {
  name: "tla",
  title: "TLA+ trace",
  purpose: "The run as states of the published TLA+ specification of Raft, for TLC, which says whether they follow.",
  group: "judges",
  ending: ".tla",
  type: "text/plain",
  *write(run, range) {
    const judge = yield* judged(run, range);
    const { states, comments, cut } = statesIn(judge, range);
    return { text: moduleOf(judge, run, states, comments), cut };
  },
};

function* judged({ setup, current: { actions, end } }: History, range: Range): Work<Judge> {
  const to = Math.min(range.to, end.at);
  const judge = new Judge(setup, true);
  if (judge.over) return judge;
  const runner = Runner.start(setup, judge.ears);
  for (let from = 0; from <= to && !judge.over && !runner.over; from += slice) {
    const until = Math.min(to, from + slice - 1);
    runner.replay(actions.filter(({ at }) => at >= from && at <= until));
    runner.runTo(until);
    yield { done: from, of: Math.max(1, to) };
  }
  judge.conclude();
  return judge;
}

interface Chosen {
  readonly states: readonly SpecState[];
  /** What led to each state after the first. */
  readonly comments: readonly string[];
  readonly cut: string;
}

function statesIn(judge: Judge, { from }: Range): Chosen {
  const { verdict, accepted, start, state } = judge;
  const before = accepted.findLastIndex(({ at }) => at < from);
  const first = accepted[before]?.state ?? start;
  const taken = accepted.slice(before + 1);
  const states = [first, ...taken.map((each) => each.state)];
  const comments = taken.map(({ action, step }) => {
    const whose = step === 0 ? "network" : `step ${step}`;
    return `${whose}: ${actionText(action)}${isWider(action) ? ", wider" : ""}`;
  });
  if (verdict.is === "refused") {
    const { refusal } = verdict;
    let reached = state;
    for (const action of refusal.nearest) {
      const next = take(reached, action);
      if (!next.ok) break;
      reached = next.state;
      states.push(reached);
      comments.push(`step ${refusal.step.number}: ${actionText(action)}`);
    }
    states.push(refusedState(reached, refusal));
    comments.push(`step ${refusal.step.number}, which the specification refuses: ${refusal.what}`);
  }
  const outside = verdict.is === "outside" ? `What comes then lies outside of raft.tla: ${verdict.why}.` : "";
  if (states.length <= statesMost) return { states, comments, cut: outside };
  const cut = `Only the first ${statesMost} of ${states.length} states: TLC would take long.`;
  return { states: states.slice(0, statesMost), comments: comments.slice(0, statesMost - 1), cut };
}

function moduleOf(
  { start, verdict }: Judge,
  { setup }: History,
  states: readonly SpecState[],
  comments: readonly string[],
): string {
  const text = new TlaText(start.servers);
  const trace = states.map((state, k) => {
    const led = comments[k - 1];
    return `    \\* ${k + 1}${led === undefined ? "" : `: ${led}`}\n    ${text.state(state)}`;
  });
  const init = isInit(setup) ? "It begins as raft.tla does" : "It begins with logs, which have to be taken on trust";
  return [
    "---------------------------------- MODULE Run ----------------------------------",
    `\\* A run of Driftwood: ${states.length} states, for DriftwoodTrace.tla. ${init}.`,
    ...(verdict.is === "refused"
      ? ["\\* The last state follows from no action: TLC is to report a deadlock before it."]
      : []),
    "EXTENDS Integers, TLC",
    "",
    `RunServer == ${text.set(start.servers)}`,
    `RunValue == ${text.values()}`,
    "",
    ...text.definitions,
    "",
    "Trace == <<",
    trace.join(",\n"),
    ">>",
    "================================================================================",
    "",
  ].join("\n");
}
