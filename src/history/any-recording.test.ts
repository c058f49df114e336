import fc from "fast-check";
import { expect, test } from "vitest";
import { anyRecording } from "../scenario/arbitraries.ts";
import type { Setup } from "../world/state/setup.ts";
import { here } from "./fixtures.ts";
import { History } from "./history.ts";

/** Events that one recording may take here: some ask for storms. */
const budget = 3000;

/** Random logs seldom fit together; without them the run goes beyond its first instant. */
const fresh = (setup: Setup): Setup => ({
  ...setup,
  servers: setup.servers.map((server) => ({ ...server, term: 0, votedFor: 0, log: [], commit: 0 })),
});

test("whatever a file may say, the engine runs it without breaking, and twice the same", () => {
  fc.assert(
    fc.property(anyRecording, fc.boolean(), ({ setup: said, actions, end }, empty) => {
      const setup = empty ? fresh(said) : said;
      const history = new History(setup, actions, end);
      history.advance(end, budget);
      const last = here(history);
      const again = new History(setup, actions, end);
      again.visit(last.event);
      if (last.at > again.world.now) again.seek(last.at);
      expect(here(again)).toEqual(last);
      for (let steps = 0; steps < 5; steps++) history.stepBack();
      history.visit(last.event);
      expect(history.place.event).toBe(last.event);
    }),
    { numRuns: 150 },
  );
});
