import { describe, expect, test } from "vitest";
import { runSchedule } from "../check/fuzz/schedule.ts";
import { setupFor } from "../check/fuzz/setups.ts";
import { formatRecording, parseRecording } from "../scenario/format.ts";
import { decodeLink, encodeLink } from "../scenario/link.ts";
import { here, replayed, unsaid } from "./fixtures.ts";
import { History } from "./history.ts";

/** Schedules in which an operator changes options, crashes among them. */
const changing = Array.from({ length: 60 }, (_, seed) => seed + 1)
  .map((seed) => runSchedule(setupFor(seed), seed))
  .filter(({ actions }) => actions.filter(({ act }) => act.do === "options").length > 3)
  .slice(0, 8);

test("there are some", () => expect(changing.length).toBeGreaterThan(4));

describe("a run in which options change is the same run", () => {
  for (const { setup, seed, actions, end, hash } of changing) {
    test(`schedule ${seed}: played, sought, stepped, branched, and read from a file and a link`, async () => {
      const history = new History(setup, actions, end);
      history.advance(end);
      expect(history.hash()).toBe(hash);
      const last = here(history);
      const changed = actions.find(({ act }) => act.do === "options")!.at;
      for (const at of [changed, 0, Math.floor(end / 2)]) {
        history.seek(at);
        const once = here(history);
        history.seek(end);
        history.seek(at);
        expect(here(history)).toEqual(once);
      }
      history.seek(end);
      for (let steps = 0; steps < 30; steps++) history.stepBack();
      for (let steps = 0; steps < 30; steps++) history.stepForward();
      history.seek(end);
      expect(here(history)).toEqual(last);

      history.seek(changed);
      history.act({ do: "options", options: { preVote: true, heartbeatInterval: 15_000 } });
      history.advance(end);
      expect(replayed(history).hash()).toBe(history.hash());

      const recording = { ...unsaid, setup, actions, end };
      const read = parseRecording(formatRecording(recording));
      const link = await decodeLink(await encodeLink(recording, unsaid.view, hash));
      for (const again of [read.ok && read.value, link.ok && link.value.recording]) {
        if (again === false) throw new Error("refused");
        const other = new History(again.setup, again.actions, again.end);
        other.advance(end);
        expect(other.hash()).toBe(hash);
      }
    });
  }
});
