import { expect, test } from "vitest";
import { runSchedule } from "../check/fuzz/schedule.ts";
import { setupFor } from "../check/fuzz/setups.ts";
import { bugOf } from "../raft/bugs/index.ts";
import { goTo, here } from "./fixtures.ts";
import { History } from "./history.ts";

/** A follower acknowledges its whole log: what the leader then believes lies beyond its own. */
const broken = { setup: setupFor(27, { bugs: [bugOf("ack-last-log")] }), seed: 27 };
const reason = "the engine gave up: broken: an index inside the log";

test("where a broken rule makes the engine's own assertion fail, the run ends there and says so", () => {
  const { actions, end, hash, problem } = runSchedule(broken.setup, broken.seed);
  expect(problem?.detail).toBe(reason);
  const history = new History(broken.setup, actions, end);
  history.advance(end);
  expect(history.world.stopped).toBe(reason);
  expect(history.hash()).toBe(hash);
  expect(history.act({ do: "crash", server: 1 }).refused).toBe("the run has ended");
  const last = here(history);
  expect(history.facts(last.event - 20, last.event).length).toBeGreaterThan(0);
  history.stepBack();
  expect(history.world.stopped).toBeNull();
  history.stepForward();
  expect(here(history)).toEqual(last);
  history.seek(end / 2);
  goTo(history, last);
  expect(here(history)).toEqual(last);
});

test("where every rule stands, it is thrown", () => {
  const { actions, end } = runSchedule(broken.setup, broken.seed);
  const history = new History({ ...broken.setup, bugs: [] }, actions, end);
  Object.defineProperty(history.world.machines[1]!, "raft", {
    get: () => {
      throw new Error("an engine that is broken");
    },
  });
  expect(() => history.advance(end)).toThrow("an engine that is broken");
});
