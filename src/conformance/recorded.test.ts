import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { answersTo, caseShortfalls, comparable, shortfalls } from "./fixtures.ts";

/** What was recorded on etcd/raft holds for the `etcd` profile, state for state and message for message. */

interface Case {
  readonly id: string;
  readonly title: string;
  readonly part: string;
  readonly commands: readonly unknown[];
  /** checks[k]: what is expected after commands[k + 1]. */
  readonly checks: readonly (readonly string[])[];
}
interface Trace {
  readonly id: string;
  readonly commands: readonly unknown[];
  readonly states: readonly unknown[];
}

const read = (name: string): Buffer => readFileSync(join(import.meta.dirname, name));
const cases = (JSON.parse(read("cases.json").toString()) as Case[]).filter(({ commands }) => commands);
const traces = gunzipSync(read("traces.ndjson.gz"))
  .toString()
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Trace);

describe("directed cases", () => {
  for (const { id, title, commands, checks } of cases) {
    test(`${id} ${title}`, () => {
      const [init, ...rest] = commands;
      expect(rest.length).toBe(checks.length);
      const steps = rest.map((command, i) => ({ command, expected: checks[i]! }));
      expect(caseShortfalls(init, steps)).toEqual([]);
    });
  }
});

describe("random schedules", () => {
  for (const { id, commands, states } of traces) {
    test(`${id}: ${commands.length} commands`, () => {
      answersTo(commands).forEach((state, i) => {
        expect(comparable(state), `after command ${i}, ${JSON.stringify(commands[i])}`).toEqual(states[i]);
      });
      expect(states.length).toBe(commands.length);
    });
  }
});

test("there is something to hold the engine to", () => {
  expect([cases.length, traces.length]).toEqual([80, 60]);
});

test("an expectation that does not hold is noticed", () => {
  const [, state] = answersTo([
    { op: "init", nodes: [1, 2].map((id) => ({ id, voters: [1, 2] })) },
    { op: "campaign", node: 1 },
  ]);
  const fails = (expected: string): boolean => shortfalls(expected, state!).length > 0;
  const right = [
    "1 Candidate t1 v1 L0 dterm=1",
    "1/2 log=- sm=- conf=1,2 c0",
    "net: Vote 1>2 t1 last=0/0",
    "net+: Vote",
    "noerr",
  ];
  const wrong = [
    ...["1 Leader", "1 t2", "2 v1", "1/2 t1", "3 t0", "1 log=1", "1 conf=1", "1 dlog=1", "1 pr2=Probe:0:1", "1 down"],
    ...[
      "net0",
      "net: Vote 1>2 t1 last=0/0; Vote 1>3",
      "net+: App",
      "net-: Vote 1>2",
      "err: no",
      "1 auto",
      "1 reads=r@1",
    ],
  ];
  expect([right.filter(fails), wrong.filter((each) => !fails(each))]).toEqual([[], []]);
});
