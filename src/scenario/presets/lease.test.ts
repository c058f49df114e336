import { expect, test } from "vitest";
import { History } from "../../history/history.ts";
import type { Action } from "../../world/acts.ts";
import { ms } from "../../world/fixtures.ts";
import type { World } from "../../world/types.ts";
import { leaseDriftBound } from "./lease-drift-bound.ts";
import { leaseSlowClock } from "./lease-slow-clock.ts";
import type { Preset } from "./preset.ts";

// A machine that is busy with other things may take its time.
/** Whether a client that asks S1 at that time, after these acts, is told the old value, though x=2 is done. */
function stale({ recording }: Preset, acts: readonly Action[], at: number): boolean {
  const get: Action = { at: at * ms, act: { do: "request", operation: { op: "get", key: "x" }, server: 1 } };
  const history = new History(recording.setup, [...acts, get], 620 * ms);
  history.seek(620 * ms);
  return answers(history.world).includes("1");
}

const answers = ({ clients }: World): (string | null)[] =>
  clients.ended.flatMap(({ operation, state, value }) => (operation.op === "get" && state === "done" ? [value] : []));

/** x=2 is done, and its client knows, at 428 ms. */
const times = Array.from({ length: 16 }, (_, i) => 430 + 10 * i);
const acts = leaseSlowClock.recording.actions.slice(0, -1);

test("D §6.4.1 on a slow clock etcd's lease answers with the old value, for as long as it lasts", () => {
  expect(times.filter((at) => stale(leaseSlowClock, acts, at)).length).toBeGreaterThan(5);
});

test("with a right clock the same story has no stale read, whenever it is asked", () => {
  const right = acts.filter(({ act }) => act.do !== "clock");
  expect(times.filter((at) => stale(leaseSlowClock, right, at))).toEqual([]);
});

test("D §6.4.1 a lease that allows for such a clock has none either", () => {
  expect(times.filter((at) => stale(leaseDriftBound, acts, at))).toEqual([]);
});
