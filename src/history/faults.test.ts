import { describe, expect, test } from "vitest";
import { formatRecording, parseRecording } from "../scenario/format.ts";
import { decodeLink, encodeLink } from "../scenario/link.ts";
import { ms, setupOf } from "../world/fixtures.ts";
import { type NemesisSet, nemesesOf, nemesisSets } from "../world/nemeses.ts";
import { goTo, here, replayed, type Seen, unsaid } from "./fixtures.ts";
import { History } from "./history.ts";

/** A run under a set of nemeses, and what it was at some of its moments. */
function lived(name: NemesisSet): { readonly history: History; readonly seen: readonly Seen[] } {
  const link = { latencyMin: 2 * ms, latencyMax: 20 * ms };
  const history = new History(setupOf({ servers: 5, link }));
  history.act({ do: "load", perSecond: 10 });
  for (const act of nemesesOf(name)) history.act(act);
  const seen = [300, 900, 1700, 2500, 3000].map((at) => {
    history.advance(at * ms);
    return here(history);
  });
  return { history, seen };
}

describe("every moment under nemeses can be had again", () => {
  test.each(nemesisSets)("%s: by going back, by running it once more, and from its file and its link", async (name) => {
    const { history, seen } = lived(name);
    const last = seen.at(-1)!;
    for (const place of [...seen].reverse()) {
      goTo(history, place);
      expect(here(history)).toEqual(place);
    }
    const again = replayed(history);
    goTo(again, last);
    expect(here(again)).toEqual(last);
    const { setup, current } = history;
    const view = { ...unsaid.view, at: last.at };
    const recording = { ...unsaid, setup, actions: current.actions, view, end: last.at };
    const file = parseRecording(formatRecording(recording));
    const shared = await decodeLink(await encodeLink(recording, view, last.hash));
    expect([file.ok && file.value.actions, shared.ok && shared.value.recording.actions]).toEqual([
      current.actions,
      current.actions,
    ]);
  });

  test("what a nemesis does is marked once, however often one looks", () => {
    const { history, seen } = lived("crashes");
    const crashes = () => history.current.index.marks.filter(({ kind }) => kind === "crash").length;
    const first = crashes();
    expect(first).toBeGreaterThan(1);
    for (const place of seen) goTo(history, place);
    goTo(history, seen[0]!);
    goTo(history, seen.at(-1)!);
    expect(crashes()).toBe(first);
  });

  test("acting in the past leaves the other future as it was", () => {
    const { history, seen } = lived("everything");
    const [early, last] = [seen[1]!, seen.at(-1)!];
    goTo(history, early);
    expect(history.act({ do: "calm" })).toEqual({ refused: null, branched: true });
    history.advance(last.at);
    expect(history.world.nemeses).toEqual([]);
    history.switchTo(0);
    goTo(history, last);
    expect(here(history)).toEqual(last);
  });
});
