import { expect, test } from "vitest";
import { runSchedule } from "../../check/fuzz/schedule.ts";
import { setupFor } from "../../check/fuzz/setups.ts";
import { shownIn } from "../../raft/decisions/fixtures.ts";
import type { Decision, DecisionKind } from "../../raft/decisions.ts";
import type { Setup } from "../../world/state/setup.ts";
import { judge } from "./decisions.ts";
import { ClaimWatch } from "./watcher.ts";

/**
 * The test of the claims: of records that runs made each value that is told is falsified in turn, and the claim must
 * object. A claim that holds whatever the record says would hold any sentence.
 */

/** What is not falsified, and why. */
const notTold: Readonly<Record<string, string>> = {
  server: "whose sentence it is: the scene is that server's",
  kind: "which sentence it is",
  replacedRules: "the rules of the run",
  "entriesSent.again": "to leave it out is to say less",
  "configurationSwitched.joint": "told by the text as well, which is falsified",
  "messageIgnored.reason": "falsified below, where another would be false",
  "notApplied.reason": "several may hold at once",
  "campaignRefused.reason": "several may hold at once",
  "transferAborted.reason": "another's words may hold as well",
  "readConfirmed.by": "falsified by what each of them claims",
  "change.digest": "of a change its changes are told",
  "change.bytes": "of a change its changes are told",
};
/** Kinds that random schedules do not bring about: a message that no transport of the world reports. */
const notReached: readonly DecisionKind[] = ["peerUnreachable"];

type Path = readonly (string | number)[];
const isSkipped = (kind: DecisionKind, path: Path): boolean => {
  const names = path.filter((part) => typeof part === "string");
  return names.some((_, i) => {
    const name = names.slice(0, i + 1).join(".");
    return name in notTold || `${kind}.${name}` in notTold;
  });
};

/** Other values in a value's place. */
function otherwise(value: unknown): readonly unknown[] {
  if (typeof value === "number") return [value > 2 ** 50 ? 0 : value + 1];
  if (typeof value === "boolean") return [!value];
  if (typeof value === "string" && /^\d/.test(value)) return [`${value}9`];
  if (Array.isArray(value) && value.every((each) => typeof each === "number"))
    return [[...value, 99], ...(value.length === 0 ? [] : [value.slice(1)])];
  return [];
}

/** Every value of a record that is told, with what may stand in its place. */
function falsified(kind: DecisionKind, value: unknown, path: Path = []): (readonly [Path, unknown])[] {
  if (isSkipped(kind, path)) return [];
  const own = path.length === 0 ? [] : otherwise(value).map((other) => [path, other] as const);
  if (typeof value !== "object" || value === null || own.length > 0) return own;
  return Object.entries(value).flatMap(([name, part]) =>
    falsified(kind, part, [...path, Array.isArray(value) ? Number(name) : name]),
  );
}

function put(value: unknown, [first, ...rest]: Path, other: unknown): unknown {
  if (first === undefined) return other;
  const copy = (Array.isArray(value) ? value.slice() : { ...(value as object) }) as Record<string | number, unknown>;
  copy[first] = put(copy[first], rest, other);
  return copy;
}

const nameOf = (path: Path): string => path.map((part) => (typeof part === "number" ? "#" : part)).join(".");
/** So many records of a kind are falsified. */
const enough = 12;

test("a record with one value falsified is caught, whatever kind it is and whichever value", () => {
  const tried = new Map<DecisionKind, number>();
  const believed = new Map<string, string>();
  const run = (setup: Setup, seed: number): void => {
    const watch = new ClaimWatch(
      () => {},
      ({ decision, scene }) => {
        const { kind } = decision;
        const times = tried.get(kind) ?? 0;
        if (times >= enough || decision.replacedRules !== undefined || judge(kind, decision, scene) !== null) return;
        tried.set(kind, times + 1);
        for (const [path, other] of falsified(kind, decision)) {
          const lie = put(decision, path, other) as Decision;
          const told = scene.told.map((each) => (each === decision ? lie : each));
          if (judge(kind, lie, { ...scene, told }) === null)
            believed.set(`${kind}: ${nameOf(path)}`, JSON.stringify(lie));
        }
      },
    );
    const { tell, begins, stepped } = watch;
    runSchedule(setup, seed, { ears: { tell, begins, stepped } });
  };
  for (const seed of [1, 2, 3, 4, 5, 8, 10, 16, 32, 54, 55, 75, 94]) run(setupFor(seed), seed);
  expect([...believed]).toEqual([]);
  const never = (Object.keys(shownIn) as DecisionKind[]).filter((kind) => !tried.has(kind));
  expect(never.sort()).toEqual([...notReached].sort());
});
