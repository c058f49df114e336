import { type Micros, microsPerMilli } from "../base/units.ts";
import { History } from "../history/history.ts";
import { comingTrue } from "../history/until.ts";
import { finish } from "../history/work.ts";
import type { Condition } from "../scenario/condition/condition.ts";
import { holds, needsFacts } from "../scenario/condition/holds.ts";
import { parseCondition } from "../scenario/condition/parse.ts";
import { whenTrue } from "../scenario/condition/until.ts";
import type { Recording } from "../scenario/recording.ts";
import { entryHashes } from "./hashes.ts";
import type { CounterExample, Doing, Lesson, LessonQuestion, LessonStep } from "./lesson.ts";
import { performed } from "./performed.ts";
import { knownSection } from "./sections.ts";

/**
 * What every lesson must keep, tried in the real engine: its tasks can be done, alone and in any order, and not by doing
 * nothing; its questions are answered by the run; every wrong answer's run shows what it says; what the texts say holds.
 */

const group = 1;
/** How long a run is left to itself to see that nothing comes of that. */
const longWhile = 3000 * microsPerMilli;

/** What is wrong with a lesson, a line each; empty: nothing. */
export const problemsOf = (lesson: Lesson): readonly string[] => [
  ...lesson.sections
    .filter((section) => !knownSection(section))
    .map((section) => `${lesson.id}: there is no section ${section}`),
  ...(lesson.steps.some(needsAnAct) ? [] : [`${lesson.id}: all its tasks are done by letting time go on`]),
  ...lesson.steps.flatMap((step, place) =>
    [...ofEntry(step, entryHashes[lesson.id]?.[place]), ...ofTasks(step), ...ofQuestion(step)].map(
      (problem) => `${lesson.id}, step ${place + 1} (${step.id}): ${problem}`,
    ),
  ),
];

const needsAnAct = ({ tasks }: LessonStep): boolean => tasks.some(({ show }) => show.acts.length > 0);

/** The state in which a step is entered, as the engine hashes it. */
export const hashAtEntry = ({ recording }: LessonStep): string => entered(recording).hash();

function entered(recording: Recording): History {
  const { setup, actions, end, view } = recording;
  const history = new History(setup, actions, end);
  history.seek(view?.at ?? 0);
  return history;
}

// ---- entering ----

function* ofEntry(step: LessonStep, stored: string | undefined): Iterable<string> {
  const history = entered(step.recording);
  const hash = history.hash();
  if (hash !== hashAtEntry(step)) yield "entered twice it is not the same";
  if (hash !== stored) yield `it is entered at ${hash}, not at ${stored}`;
  yield* refusedIn(step.recording);
  yield* notHolding(history, step.holds, "as it is entered");
  for (const { id, when } of step.tasks) {
    if (holdsNow(history, parsed(when))) yield `task ${id} is done as the step is entered`;
  }
}

/** Conditions of texts are about a moment, and tell of nothing that happens in it. */
function* notHolding(history: History, conditions: readonly string[], when: string): Iterable<string> {
  for (const text of conditions) {
    const condition = parsed(text);
    if (needsFacts(condition)) yield `“${text}” is about what happens, not about a moment`;
    else if (!holdsNow(history, condition)) yield `${when}, “${text}” does not hold`;
  }
}

const holdsNow = ({ world }: History, condition: Condition): boolean => holds(condition, { world, group, facts: [] });

function parsed(text: string): Condition {
  const read = parseCondition(text);
  if (!read.ok) throw new Error(`${text}: ${read.problem.message}`);
  return read.value;
}

// ---- tasks ----

function* ofTasks({ recording, tasks }: LessonStep): Iterable<string> {
  if (tasks.length === 0) return;
  const conditions = tasks.map(({ when }) => when);
  const idle = ticks(entered(recording), conditions, (recording.view?.at ?? 0) + longWhile);
  for (const [place, { id, show }] of tasks.entries()) {
    const { history, refused } = played(recording, [show]);
    yield* refused.map((why) => `task ${id}: ${why}`);
    if (!ticks(history, conditions, untilOf(recording, [show])).includes(place))
      yield `task ${id} is not done by what is shown`;
    if (idle.includes(place) && show.acts.length > 0) yield `task ${id} is done by letting time go on`;
  }
  if (tasks.length < 2) return;
  for (const [order, shows] of [
    ["in order", tasks.map(({ show }) => show)],
    ["in reverse", tasks.map(({ show }) => show).toReversed()],
  ] as const) {
    const done = ticks(played(recording, shows).history, conditions, untilOf(recording, shows));
    yield* tasks.filter((_, place) => !done.includes(place)).map(({ id }) => `task ${id} is lost ${order}`);
  }
}

const untilOf = (recording: Recording, shows: readonly Doing[]): Micros =>
  (recording.view?.at ?? 0) + shows.reduce((sum, { untilMs }) => sum + untilMs, 0) * microsPerMilli;

/** A step's run in which all of this is done, one after the other, at the step's beginning. */
function played(recording: Recording, shows: readonly Doing[], off: readonly string[] = []) {
  let untilMs = 0;
  const acts = shows.flatMap((show) => {
    const from = untilMs;
    untilMs += show.untilMs;
    return show.acts.map(({ afterMs, ...act }) => ({ afterMs: from + afterMs, ...act }));
  });
  const run = performed(recording, { acts, untilMs }, off);
  // The step is entered before the first of them, though that may come at the same instant.
  const before = performed(recording, { acts: [], untilMs: 0 }, off);
  const history = entered(before);
  history.current.actions.push(...run.actions.slice(before.actions.length));
  return { history, refused: shows.length === 1 ? refusedIn(run) : [] };
}

/** Acts of a run that could not be done. */
function refusedIn(run: Recording): readonly string[] {
  const history = new History(run.setup, run.actions, run.end);
  history.advance(run.end);
  return history
    .facts(1, history.place.event)
    .flatMap((fact) => (fact.kind === "acted" && fact.ignored !== null ? [`${fact.act.do}: ${fact.ignored}`] : []));
}

/** Which conditions come true after the present place, by `until`: places in the list. */
function ticks(history: History, texts: readonly string[], until: Micros): readonly number[] {
  const conditions = texts.map(parsed);
  const looked = (world: History["world"], facts: Parameters<typeof holds>[1]["facts"]): boolean[] =>
    conditions.map((condition) => holds(condition, { world, group, facts }));
  let before = looked(history.world, []);
  const done = new Set<number>();
  finish(
    comingTrue(history, {
      any: [
        (world, facts) => {
          const now = looked(world, facts);
          now.forEach((holding, place) => void (holding && !before[place] && done.add(place)));
          before = now;
          return done.size === conditions.length;
        },
      ],
      told: conditions.some(needsFacts),
      until,
    }),
  );
  return [...done];
}

// ---- questions ----

function* ofQuestion(step: LessonStep): Iterable<string> {
  const { recording, question } = step;
  if (question === null) return;
  yield* ofAnswer(recording, question);
  for (const { letter, counter } of question.answers) {
    if (counter === null) continue;
    for (const problem of ofCounter(step, counter)) yield `answer ${letter}: ${problem}`;
  }
}

function* ofAnswer(recording: Recording, { until, withinMs, holds: said }: LessonQuestion): Iterable<string> {
  const history = entered(recording);
  const event = firstTrue(history, until, history.world.now + withinMs * microsPerMilli);
  if (event === null) return yield `“${until}” does not come true within ${withinMs} ms`;
  history.visit(event);
  yield* notHolding(history, said, "when the run has answered");
}

const firstTrue = (history: History, text: string, until: Micros): number | null =>
  finish(whenTrue(history, parsed(text), group, until));

function* ofCounter({ recording, holds: said }: LessonStep, counter: CounterExample): Iterable<string> {
  const { history, refused } = played(recording, [counter], counter.off);
  yield* refused;
  if (counter.off.length > 0) yield* notHolding(history, said, "without its rules, as it is entered");
  if (history.world.setup.bugs.map(({ name }) => name).join() !== counter.off.join()) yield "other rules are off";
  const until = untilOf(recording, [counter]);
  if (firstTrue(history, counter.shows, until) === null) yield `“${counter.shows}” does not come true`;
  history.advance(until);
  yield* notHolding(history, counter.holds, "at its end");
}
