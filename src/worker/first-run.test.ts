import { describe, expect, test } from "vitest";
import { History } from "../history/history.ts";
import { firstRun } from "../scenario/first-run.ts";
import type { Act } from "../world/acts.ts";

const ms = 1000;
const leader = 3;

/** The opening scenario, in which somebody acts at that moment. */
function played(at: number, act: Act, until: number): History {
  const history = new History(firstRun.setup, [...firstRun.actions, { at, act }], until);
  history.advance(until);
  return history;
}

/** Requests that were asked after `at` and answered, and by whom. */
const answered = ({ world }: History, at: number) =>
  world.clients.ended.filter(({ askedAt, state }) => askedAt > at && state === "done");

describe("the opening scenario, where a newcomer acts", () => {
  for (const other of [1, 2, 4, 5]) {
    test(`S${leader} and S${other} are cut off: the clients' writes are soon done on the other side`, () => {
      const small = [leader, other];
      const large = [1, 2, 3, 4, 5].filter((id) => !small.includes(id));
      const done = answered(played(500 * ms, { do: "partition", groups: [small, large] }, 1600 * ms), 500 * ms);
      expect(done.length).toBeGreaterThan(2);
      for (const { server } of done) expect(large).toContain(server);
    });
  }

  test("the leader crashes: no write is given up before the next leader answers", () => {
    for (const at of [170, 300, 500, 700]) {
      const history = played(at * ms, { do: "crash", server: leader }, (at + 900) * ms);
      expect(answered(history, at * ms).length).toBeGreaterThan(2);
      expect(history.world.clients.ended.filter(({ state }) => state !== "done")).toEqual([]);
    }
  });
});
