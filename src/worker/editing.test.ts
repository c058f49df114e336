import { expect, test } from "vitest";
import { crowdedSetup, explore, here, livelySetup, operatedSetup, replayed } from "../history/fixtures.ts";
import { History } from "../history/history.ts";
import { finish } from "../history/work.ts";
import type { Act } from "../world/acts.ts";
import { ms } from "../world/fixtures.ts";
import { actsOf, editing } from "./editing.ts";
import { file, lively, opened, startView } from "./fixtures.ts";
import { timelineOf } from "./timeline.ts";

const crash: Act = { do: "crash", server: 1 };
const restart: Act = { do: "restart", server: 1 };

/** S1 goes down at 100 ms and comes back at 300 ms; seen from 500 ms. */
function downAndUp(): History {
  const history = new History(livelySetup(1), [
    { at: 100 * ms, act: crash },
    { at: 300 * ms, act: restart },
  ]);
  history.advance(500 * ms);
  return history;
}

test("without any one of its acts, or with it at another time, a run is what its remaining acts make of it", () => {
  const setups = [livelySetup, crowdedSetup, operatedSetup];
  let edited = 0;
  for (let seed = 0; seed < 12; seed++) {
    const history = new History(setups[seed % 3]!(seed));
    explore(history, seed, 20);
    history.seek(history.current.reach);
    if (history.world.stopped !== null || history.current.actions.length === 0) continue;
    const { current, place } = history;
    const before = here(history);
    const number = seed % current.actions.length;
    const { at, act } = current.actions[number]!;
    const instead = seed % 2 === 0 ? null : { at: Math.max(0, at - 7 * ms), act };
    const { refused } = finish(editing(history, { place: number, instead }));
    if (refused !== null) continue;
    edited++;
    expect(history.place.at).toBe(instead?.at ?? at);
    history.seek(current.reach);
    expect(here(replayed(history)), `seed ${seed}`).toEqual(here(history));
    expect(history.current).toMatchObject({ parent: current.id, reach: current.reach });
    history.switchTo(current.id);
    history.visit(place.event);
    history.seek(place.at);
    expect(here(history), "the old future").toEqual(before);
  }
  expect(edited).toBeGreaterThan(6);
});

test("an act that needed the one taken out is said to be impossible, with the reason; the branch says what it lacks", () => {
  const history = downAndUp();
  expect(actsOf(history).map(({ text, refused }) => [text, refused])).toEqual([
    ["crash S1", null],
    ["restart S1", null],
  ]);
  expect(finish(editing(history, { place: 0, instead: null }))).toEqual({
    refused: null,
    impossible: [{ at: 300 * ms, text: "restart S1", why: "S1 is not down" }],
  });
  expect(history.place.at).toBe(100 * ms);
  expect(history.world.machines[1]!.status).toBe("up");
  expect(actsOf(history)).toMatchObject([{ text: "restart S1", refused: "S1 is not down" }]);
  const { branches, marks } = timelineOf(history);
  expect(branches.map(({ label }) => label)).toEqual(["first run", "without crash S1"]);
  expect(marks.some(({ act }) => act !== undefined)).toBe(false);
});

test("a changed act stands in the place of the old one, and marks say which act they are", () => {
  const history = downAndUp();
  const act: Act = { do: "crash", server: 2 };
  expect(finish(editing(history, { place: 0, instead: { at: 400 * ms, act } })).impossible).toHaveLength(1);
  expect(history.current.actions).toEqual([
    { at: 300 * ms, act: restart },
    { at: 400 * ms, act },
  ]);
  expect(history.place.at).toBe(400 * ms);
  expect(timelineOf(history).marks.find(({ kind }) => kind === "crash")).toMatchObject({ act: 1, at: 400 * ms });
  expect(timelineOf(history).branches[1]).toMatchObject({ label: "crash S2, changed", from: 100 * ms - 1 });
});

test("an act moved to the very beginning, and one moved beyond the end", () => {
  const history = downAndUp();
  finish(editing(history, { place: 0, instead: { at: 0, act: crash } }));
  expect([history.place.at, history.world.machines[1]!.status]).toEqual([0, "down"]);
  finish(editing(history, { place: 1, instead: { at: 900 * ms, act: restart } }));
  expect([history.place.at, history.current.reach, history.world.machines[1]!.status]).toEqual([
    900 * ms,
    900 * ms,
    "up",
  ]);
  expect(here(replayed(history))).toEqual(here(history));
});

test("between the events of its instant a changed act stays where it was", () => {
  const history = new History(crowdedSetup(3, 5));
  explore(history, 3, 30);
  const place = history.current.actions.findIndex(({ order }) => order !== undefined);
  const { at, order } = history.current.actions[place]!;
  const act: Act = { do: "network", mode: "automatic" };
  expect(finish(editing(history, { place, instead: { at, act } })).refused).toBeNull();
  expect(history.current.actions[place]).toEqual({ at, order, act });
});

test("what cannot be leaves the run exactly as it was", async () => {
  const laboratory = await opened(file(lively(livelySetup(2), 2)));
  const before = await laboratory.seek(200 * ms);
  const rows = await laboratory.acts();
  const { at, act } = rows[0]!;
  const same = await laboratory.edit({ place: 0, instead: { at, act } });
  expect(same.refused).toBe("nothing is changed");
  expect((await laboratory.edit({ place: rows.length, instead: null })).refused).toContain("no such act");
  const stranger: Act = { do: "crash", server: 9 };
  expect((await laboratory.edit({ place: 0, instead: { at, act: stranger } })).refused).toContain("there is no S9");
  const up: Act = { do: "restart", server: 1 };
  const impossible = await laboratory.edit({ place: 0, instead: { at: 0, act: up } });
  expect(impossible.refused).toBe("not possible then: S1 is not down");
  expect(impossible.frame).toEqual(before.frame);
  expect((await laboratory.seek(200 * ms)).frame).toEqual(before.frame);
});

test("a saved file brings the branch back, as the one that is shown", async () => {
  const laboratory = await opened(file(lively(livelySetup(4), 4)));
  const rows = await laboratory.acts();
  const edited = await laboratory.edit({ place: Math.floor(rows.length / 2), instead: null });
  expect(edited.refused).toBeNull();
  const left = await laboratory.acts();
  expect(left).toHaveLength(rows.length - 1);
  const saved = await laboratory.share({ as: "save", view: { ...startView, at: edited.frame.position.at } });
  if (!saved.ok) throw new Error(saved.problem.message);
  const again = await opened(file(saved.value.text));
  expect((await again.acts()).map(({ at, text }) => [at, text])).toEqual(left.map(({ at, text }) => [at, text]));
  const { end } = edited.frame;
  expect((await again.seek(end.at)).frame.hash).toBe((await laboratory.seek(end.at)).frame.hash);
});
