import * as v from "valibot";
import type { Condition } from "../../scenario/condition/condition.ts";
import { holds } from "../../scenario/condition/holds.ts";
import { parseCondition } from "../../scenario/condition/parse.ts";
import { exactly, line } from "../../scenario/leaves.ts";
import { limits } from "../../scenario/limits.ts";
import type { MeasureKind, Watched } from "./measure.ts";

/** A condition as it was written, and as it was understood. */
export interface Written {
  readonly text: string;
  readonly condition: Condition;
}

/** The text of a condition. */
export const conditionSchema: v.GenericSchema<unknown, Written> = v.pipe(
  line(1, limits.line),
  v.rawTransform<string, Written>(({ dataset, addIssue, NEVER }) => {
    const read = parseCondition(dataset.value);
    if (read.ok) return { text: dataset.value, condition: read.value };
    addIssue({ message: `is no condition: ${read.problem.message}` });
    return NEVER;
  }),
);

const plain: Readonly<Record<string, string>> = {
  leader: "a server leads",
  "not leader": "no server leads",
  violation: "a property breaks",
};
/** "a server leads", or the condition itself: “commit >= 5”. */
export const saidOf = ({ text }: Written): string => (Object.hasOwn(plain, text) ? plain[text]! : `“${text}”`);
/** The same as a whole sentence. */
const sentenceOf = (written: Written): string =>
  written.text === "not leader"
    ? "no server leads at some moment"
    : Object.hasOwn(plain, written.text)
      ? saidOf(written)
      : `${saidOf(written)} comes true`;

export const holdsIn = (condition: Condition, { world, facts }: Watched): boolean =>
  holds(condition, { world, group: 1, facts });

/** When a condition first holds. */
export const time: MeasureKind<{ readonly until: Written }> = {
  schema: exactly({ until: conditionSchema }),
  unit: "time",
  title: ({ until }) => `time until ${sentenceOf(until)}`,
  conditions: ({ until }) => [until.condition],
  begin({ until: { condition } }, watched) {
    return {
      over: () => holdsIn(condition, watched),
      value: (over) => (over ? watched.world.now - watched.begun : null),
    };
  },
};

/** Whether a condition ever holds before the run is given up. */
export const chance: MeasureKind<{ readonly that: Written }> = {
  schema: exactly({ that: conditionSchema }),
  unit: "chance",
  title: ({ that }) => `probability that ${sentenceOf(that)}`,
  conditions: ({ that }) => [that.condition],
  begin({ that: { condition } }, watched) {
    return { over: () => holdsIn(condition, watched), value: (over) => (over ? 1 : 0) };
  },
};

/** How many terms begin until a server leads. */
export const elections: MeasureKind<Record<never, never>> = {
  schema: exactly({}),
  unit: "count",
  title: () => "elections until a server leads",
  conditions: () => [],
  begin(_, watched) {
    const leads = { is: "leader" } as const;
    const before = highestTerm(watched);
    return {
      over: () => holdsIn(leads, watched),
      value: (over) => (over ? highestTerm(watched) - before : null),
    };
  },
};

export const highestTerm = ({ world }: Pick<Watched, "world">): number =>
  world.machines.reduce((most, machine) => (machine === undefined ? most : Math.max(most, machine.raft.term)), 0);
