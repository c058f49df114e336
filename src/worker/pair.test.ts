import { beforeAll, describe, expect, test } from "vitest";
import { withBugs } from "../scenario/bugs.ts";
import { formatRecording } from "../scenario/format.ts";
import { presets } from "../scenario/presets/index.ts";
import { entered } from "./fixtures.ts";
import { Laboratory } from "./laboratory.ts";

const ms = 1000;
const lab = new Laboratory();
beforeAll(async () => {
  await entered(lab, { from: "preset", id: "figure-8" });
});
const momentAt = async (at: number, step: 1 | 0 | -1 = 0) => (await lab.both({ at, step })).moment!;

test("nothing is looked at before somebody asks for two runs", async () => {
  expect(await lab.both({ at: 0, step: 0 })).toEqual({ moment: null });
});

describe("the same acts with a rule on and off", () => {
  test("part where the rule first decides, and one side stops where its property falls", async () => {
    const { recording } = presets.find(({ id }) => id === "figure-8")!;
    const file = formatRecording(withBugs(recording, ["commit-old-term"]));
    const before = await lab.seek(361 * ms);
    const pair = await lab.pair({ left: { branch: 0 }, right: { file }, group: 1 });
    const { first, lines } = pair.ok ? pair.value : expect.fail();
    expect(first).toMatchObject({ here: expect.stringMatching(/^S1 does not commit entry 2/), at: 361_236 });
    expect(first!.there).toMatch(/^S1 committed entries 1–2/);
    expect(lines[0]).toMatchObject({ stopped: null, violation: null });
    expect(lines[1]).toMatchObject({ stopped: "Leader Completeness", violation: { at: lines[1].end } });
    const early = await momentAt(first!.at - 1);
    expect(early).toMatchObject({ rows: [], more: false });
    expect(early.equal).toEqual(["states", "roles", "terms", "votes", "commit indexes", "applied indexes", "logs"]);
    const { rows, equal, frames } = await momentAt(lines[1].end);
    const violation = { whose: "", aspect: "violation", what: "violation", here: "none", there: "Leader Completeness" };
    expect(rows).toContainEqual(violation);
    expect(rows.map(({ aspect }) => aspect)).toContain("commit index");
    expect(equal).not.toContain("commit indexes");
    expect(frames.map(({ violation }) => violation?.property)).toEqual([undefined, "Leader Completeness"]);
    expect((await lab.seek(361 * ms)).frame.hash).toBe(before.frame.hash);
  });
});

describe("two branches", () => {
  test("are stepped through together, forward and back, event by event of either", async () => {
    await lab.seek(300 * ms);
    const { frame } = await lab.act({ at: 300 * ms, act: { do: "crash", server: 4 } });
    const pair = await lab.pair({ left: { branch: 0 }, right: { branch: frame.branch }, group: 1 });
    expect(pair.ok && pair.value.first).toMatchObject({ at: 300 * ms, there: expect.stringMatching(/^S4 crashed/) });
    const at = [300 * ms];
    for (let step = 0; step < 5; step++) at.push((await momentAt(at.at(-1)!, 1)).at);
    expect(at).toEqual([...new Set(at)].sort((a, b) => a - b));
    for (const time of at.slice(0, -1).reverse()) {
      const later = at[at.indexOf(time) + 1]!;
      expect((await momentAt(later, -1)).at).toBe(time);
    }
    expect((await momentAt(310 * ms)).rows[0]).toMatchObject({ what: "S4: state", here: "up", there: "down" });
  });

  test("a file that is none is refused, and the two before it stay", async () => {
    const pair = await lab.pair({ left: { branch: 0 }, right: { file: "{" }, group: 1 });
    expect(pair.ok).toBe(false);
    expect((await momentAt(310 * ms)).rows).not.toEqual([]);
  });
});
