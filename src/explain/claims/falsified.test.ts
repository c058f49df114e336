import { expect, test } from "vitest";
import { runSchedule } from "../../check/fuzz/schedule.ts";
import { setupFor } from "../../check/fuzz/setups.ts";
import { shownIn } from "../../raft/decisions/fixtures.ts";
import type { Decision, DecisionKind } from "../../raft/decisions.ts";
import { rulesWith } from "../../raft/rules/broken.ts";
import { dispatch } from "../../world/machine.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { Setup } from "../../world/state/setup.ts";
import { createWorld, executeNext } from "../../world/world.ts";
import { judge } from "./decisions.ts";
import { judgeHappening } from "./happenings.ts";
import { ClaimWatch, type Unasked } from "./watcher.ts";

/**
 * The test of the claims: of records that runs made each value that is told is falsified in turn, and the claim must
 * object. A claim that holds whatever the record says would hold any sentence.
 */

type Kind = DecisionKind | Unasked["kind"];
/** What is not falsified, and why. */
const notTold: Readonly<Record<string, string>> = {
  server: "whose sentence it is: the scene is that server's",
  kind: "which sentence it is",
  replacedRules: "the rules of the run",
  "entriesSent.again": "to leave it out is to say less",
  "configurationSwitched.joint": "told by the text as well, which is falsified",
  "notApplied.reason": "several may hold at once",
  "campaignRefused.reason": "several may hold at once",
  "transferAborted.reason": "another's words may hold as well",
  "readConfirmed.by": "falsified by what each of them claims",
  "sent.payload": "told before it is on its link: it is what is received or lost later",
  "sent.ref.copy": "what is sent is no copy",
  "acted.act": "an order: whether it could be given is held, and what came of it is told",
  "stateApplied.value": "told of reads alone, whose answers are falsified",
  "crashPoint.kept": "of a write that is gone when it is told",
  "crashPoint.of": "of a write that is gone when it is told",
  "timerReset.cause": "several may hold at once",
  "changeRefused.reason": "several may hold at once",
  "change.digest": "of a change its changes are told",
  "change.bytes": "of a change its changes are told",
};
/** What another shape of record would follow from: the compiler holds those. */
const shapes: ReadonlySet<string> = new Set(["type", "do", "kind", "op"]);

type Path = readonly (string | number)[];
const isSkipped = (kind: Kind, path: Path): boolean => {
  const names = path.filter((part) => typeof part === "string");
  if (shapes.has(names.at(-1) ?? "")) return true;
  return names.some((_, i) => {
    const name = names.slice(0, i + 1).join(".");
    return name in notTold || `${kind}.${name}` in notTold;
  });
};

/** The words that records have had so far, by where they stand: "timerReset.cause". */
const words = new Map<string, Set<string>>();
function noteWords(name: string, value: unknown): void {
  if (typeof value === "string") words.set(name, (words.get(name) ?? new Set()).add(value));
  else if (typeof value === "object" && value !== null && !Array.isArray(value))
    for (const [part, each] of Object.entries(value)) noteWords(`${name}.${part}`, each);
}

/** Other values in a value's place: other numbers, and other words that stand there at times. */
function otherwise(value: unknown, name: string): readonly unknown[] {
  if (typeof value === "number") return [value > 2 ** 50 ? 0 : value + 1];
  if (typeof value === "boolean") return [!value];
  if (typeof value === "string" && /^\d/.test(value)) return [`${value}9`];
  if (typeof value === "string") return [...(words.get(name) ?? [])].filter((word) => word !== value);
  if (Array.isArray(value) && value.every((each) => typeof each === "number"))
    return [[...value, 99], ...(value.length === 0 ? [] : [value.slice(1)])];
  return [];
}

/** Every value of a record that is told, with what may stand in its place. */
function falsified(kind: Kind, value: unknown, path: Path = []): (readonly [Path, unknown])[] {
  if (isSkipped(kind, path)) return [];
  const name = [kind, ...path.filter((part) => typeof part === "string")].join(".");
  const own = path.length === 0 ? [] : otherwise(value, name).map((other) => [path, other] as const);
  if (typeof value !== "object" || value === null || own.length > 0) return own;
  return Object.entries(value).flatMap(([at, part]) =>
    falsified(kind, part, [...path, Array.isArray(value) ? Number(at) : at]),
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
  const tried = new Map<Kind, number>();
  const believed = new Map<string, string>();
  const watching = (): ClaimWatch =>
    new ClaimWatch(
      () => {},
      ({ decision, scene }) => {
        const { kind } = decision;
        noteWords(kind, decision);
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
      (happening, world, ledger) => {
        const { kind } = happening;
        noteWords(kind, happening);
        const times = tried.get(kind) ?? 0;
        if (times >= enough || judgeHappening(kind, happening, world, ledger) !== null) return;
        tried.set(kind, times + 1);
        for (const [path, other] of falsified(kind, happening)) {
          const lie = put(happening, path, other) as Unasked;
          if (judgeHappening(kind, lie, world, ledger) === null)
            believed.set(`${kind}: ${nameOf(path)}`, JSON.stringify(lie));
        }
      },
    );
  const run = (setup: Setup, seed: number): void => {
    const { tell, begins, stepped } = watching();
    runSchedule(setup, seed, { ears: { tell, begins, stepped } });
  };
  for (const seed of [1, 2, 3, 4, 5, 8, 10, 16, 32, 54, 55, 75, 94]) run(setupFor(seed), seed);
  expect([...believed]).toEqual([]);
  tellUnreachable(watching());
  const never = (Object.keys(shownIn) as DecisionKind[]).filter((kind) => !tried.has(kind));
  expect(never).toEqual([]);
  expect(tried.get("optionsFollowed")).toBeGreaterThan(1);
});

/** What no transport of the world reports, and an etcd/raft server may be told: a follower cannot be reached. */
function tellUnreachable({ tell, begins, stepped }: ClaimWatch): void {
  const setup = setupFor(6);
  const onlookers = { tell, begins, watch: stepped, audit: null, rules: rulesWith([]) };
  const world = createWorld(setup);
  const follower = ({ id, raft }: Machine): number =>
    raft.progress.findIndex((progress, other) => other !== id && progress?.state === "replicate");
  const leads = (machine: Machine | undefined): boolean => machine?.raft.role === "leader" && follower(machine) > 0;
  while (!world.machines.some(leads)) executeNext(world, onlookers);
  const leader = world.machines.find(leads)!;
  dispatch(world, leader, { kind: "unreachable", peer: follower(leader) }, onlookers);
}
