import { beforeEach, expect, test, vi } from "vitest";
import { notingDeeds, recallDeeds, useDeeds } from "./deeds.ts";
import { hintFor } from "./hints.ts";
import type { LabCommands, LabState } from "./lab.ts";

const server = (id: number, role: string) => ({ id, role, status: "up", term: 1 });
const frameWith = (over: object) => ({
  servers: [server(1, "follower"), server(2, "follower"), server(3, "leader")],
  cuts: [],
  violation: null,
  stopped: null,
  strayed: null,
  position: { at: 0, event: 0 },
  ...over,
});
const run = (over: object = {}, preset = "first-election"): LabState =>
  ({ frame: frameWith(over), info: { preset } }) as unknown as LabState;
const hint = (state: LabState): string => hintFor(state, useDeeds.getState());

let now = run();
const done = vi.fn();
const commands = notingDeeds({ act: done, seek: done, step: done, open: done } as unknown as LabCommands, () => now);

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  recallDeeds(false);
  now = run();
});

test("the first hint leads to the crash of the leader", () => {
  const nobody = run({ servers: [server(1, "follower"), server(2, "follower")] });
  expect(hint(nobody)).toBe("Play until a server leads. Then crash it.");
  expect(hint(run())).toBe("Crash the leader, S3: who leads next?");
});

test("one after the other, and none says what has been done", () => {
  const seen = new Set<string>();
  const next = (state: LabState): string => {
    const text = hint(state);
    expect(seen.has(text), text).toBe(false);
    seen.add(text);
    return text;
  };
  next(now);
  commands.act({ do: "crash", server: 2 });
  expect(hint(now), "a follower is not meant").toContain("Crash the leader");
  commands.act({ do: "crash", server: 3 });
  expect(next(now)).toContain("Write");
  commands.act({ do: "request", operation: { kind: "put", key: "x", value: "1" } } as never);
  expect(next(now)).toContain("Cut");
  commands.act({ do: "partition", groups: [[1], [2, 3]] });
  now = run({ cuts: [[1, 2]], position: { at: 500, event: 9 } });
  expect(next(now)).toContain("Heal");
  commands.act({ do: "heal" });
  expect(next(now)).toContain("Go back");
  commands.seek(900);
  expect(hint(now), "forward is not back").toContain("Go back");
  commands.seek(100);
  expect(next(now)).toBe("Open another scenario.");
  commands.open({ from: "preset", id: "two-leaders" });
  expect(hint(now)).toBe("");
});

test("what was done is remembered on the device", () => {
  commands.act({ do: "crash", server: 3 });
  useDeeds.setState({ done: [] });
  recallDeeds(false);
  expect(useDeeds.getState().done).toEqual(["crash"]);
});

test("a scenario may have something better to try first", () => {
  expect(hint(run({ cuts: [[1, 2]] }, "two-leaders"))).toContain("Heal");
  expect(hint(run({}, "write-step-by-step"))).toContain("Write");
});

test("nobody is disturbed in a moment that somebody shared, before he acts in it; nor where the run has stopped", () => {
  recallDeeds(true);
  expect(hint(run())).toBe("");
  commands.act({ do: "restart", server: 1 });
  expect(hint(run())).not.toBe("");
  expect(hint(run({}, "")), "a run of a file").toBe("");
  expect(hint(run({ violation: { property: "x" } }))).toBe("");
});
