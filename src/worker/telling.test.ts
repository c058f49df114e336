import { describe, expect, test } from "vitest";
import { limits } from "../scenario/limits.ts";
import type { Act } from "../world/acts.ts";
import { ms } from "../world/fixtures.ts";
import { file, opened, startView } from "./fixtures.ts";
import type { Laboratory } from "./laboratory.ts";
import type { Bookmark } from "./protocol/run.ts";

const crash: Act = { do: "crash", server: 1 };
const fresh = () => opened(file(JSON.stringify({ format: "driftwood", version: 1, seed: 3, endMs: 500 })));

async function tell(laboratory: Laboratory, ...steps: readonly (readonly [ms: number, label: string])[]) {
  const answer = await laboratory.steps({ steps: steps.map(([at, label]) => ({ at: at * ms, label })) });
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.value;
}
async function saved(laboratory: Laboratory, as: "link" | "file" | "save" | "address") {
  const answer = await laboratory.share({ as, view: startView });
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.value.text;
}
/** The steps of a run that is opened, and from when on they do not tell of the branch that is shown. */
async function reopened(source: Parameters<typeof opened>[0]) {
  const laboratory = await opened(source);
  const text = await saved(laboratory, "save");
  return { laboratory, bookmarks: JSON.parse(text).bookmarks, strayed: (await laboratory.seek(0)).frame.strayed };
}

describe("steps of one's own", () => {
  test("stand in the order of time, whatever the order in which they were written", async () => {
    const { steps } = await tell(await fresh(), [300, "Later."], [100, "First."]);
    expect(steps).toEqual([
      { at: 100 * ms, label: "First." },
      { at: 300 * ms, label: "Later." },
    ]);
  });

  test("are in the file, in the link and in what is saved", async () => {
    const laboratory = await fresh();
    await tell(laboratory, [100, "S2 asks for votes."]);
    const expected = [{ atMs: 100, label: "S2 asks for votes." }];
    expect((await reopened(file(await saved(laboratory, "file")))).bookmarks).toEqual(expected);
    expect((await reopened({ from: "link", fragment: await saved(laboratory, "link") })).bookmarks).toEqual(expected);
    expect((await reopened(file(await saved(laboratory, "save")))).bookmarks).toEqual(expected);
  });

  test("of a scenario are in its address, as what it has beside the scenario", async () => {
    const laboratory = await opened({ from: "preset", id: "first-election" });
    const own: readonly Bookmark[] = JSON.parse(await saved(laboratory, "file")).bookmarks.map(
      ({ atMs, label }: { atMs: number; label: string }) => ({ at: atMs * ms, label }),
    );
    const answer = await laboratory.steps({ steps: [...own, { at: 123, label: "Mine." }] });
    expect(answer.ok).toBe(true);
    const fragment = await saved(laboratory, "address");
    expect(fragment).toMatch(/^first-election@0\.000.*\//);
    const { bookmarks } = await reopened({ from: "link", fragment });
    expect(bookmarks).toHaveLength(own.length + 1);
    expect(bookmarks).toContainEqual({ atMs: 0.123, label: "Mine." });
  });

  test.each([
    ["an empty sentence", [{ at: 0, label: "" }], "bookmarks"],
    ["a sentence without an end", [{ at: 0, label: "a".repeat(limits.line + 1) }], "200 characters"],
    ["more than a file may hold", Array.from({ length: limits.bookmarks + 1 }, (_, at) => ({ at, label: "x" })), "200"],
  ])("%s is refused, and nothing is changed", async (_name, steps, words) => {
    const laboratory = await fresh();
    await tell(laboratory, [1, "Kept."]);
    const answer = await laboratory.steps({ steps });
    expect(answer.ok).toBe(false);
    expect(JSON.stringify(answer)).toContain(words === "bookmarks" ? "1 to 200" : words);
    expect((await reopened(file(await saved(laboratory, "file")))).bookmarks).toHaveLength(1);
  });

  test("added after an act they tell of what is seen now; what was said of that time was said of the run before", async () => {
    const laboratory = await fresh();
    await tell(laboratory, [100, "Early."], [400, "Late."]);
    await laboratory.seek(200 * ms);
    const { frame } = await laboratory.act({ at: 200 * ms, act: crash });
    expect(frame).toMatchObject({ branch: 1, strayed: 200 * ms });
    const told = await tell(laboratory, [100, "Early."], [300, "S1 is down."], [400, "Late."]);
    expect(told.steps).toEqual([
      { at: 100 * ms, label: "Early." },
      { at: 300 * ms, label: "S1 is down." },
      { at: 400 * ms, label: "Late.", before: "unchecked" },
    ]);
    expect(told.frame.strayed).toBeNull();
    // As it comes back: the branch that is told is not the first one.
    const again = await reopened(file(await saved(laboratory, "save")));
    expect(again.strayed).toBeNull();
    expect((await again.laboratory.branch(0)).frame.strayed).toBe(200 * ms);
    expect((await reopened(file(await saved(laboratory, "file")))).strayed).toBeNull();
    const later = await laboratory.act({ at: 450 * ms, act: { do: "restart", server: 1 } });
    expect(later.frame.strayed).toBe(450 * ms);
  });

  test("whose words alone are changed tell of the same run as before", async () => {
    const laboratory = await fresh();
    await tell(laboratory, [100, "Early."], [400, "Late."]);
    await laboratory.seek(200 * ms);
    await laboratory.act({ at: 200 * ms, act: crash });
    const { steps, frame } = await tell(laboratory, [100, "Early!"], [400, "Late!"]);
    expect(steps.every(({ before }) => before === undefined)).toBe(true);
    expect(frame.strayed).toBe(200 * ms);
  });
});

test("a file that tells of a branch that it does not have is refused", async () => {
  const view = { atMs: 0, told: 1 };
  const laboratory = await fresh();
  expect(await laboratory.open(file(JSON.stringify({ format: "driftwood", version: 1, view })))).toMatchObject({
    ok: false,
    problem: { field: "view.told" },
  });
});
