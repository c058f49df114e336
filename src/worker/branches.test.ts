import { expect, test } from "vitest";
import { entered } from "./fixtures.ts";
import { Laboratory } from "./laboratory.ts";
import type { BranchView } from "./protocol/run.ts";

const ms = 1000;

/** A run with a branch at 300 ms, one that left that at 400 ms, and one that left the first run at 350 ms. */
async function branched() {
  const lab = new Laboratory();
  await entered(lab, { from: "preset", id: "two-leaders" });
  const crash = async (at: number, server: number) => {
    await lab.seek(at * ms);
    return (await lab.act({ at: at * ms, act: { do: "crash", server } })).frame.branch;
  };
  const own = await crash(300, 4);
  await lab.seek(500 * ms);
  const child = await crash(400, 5);
  await lab.branch(0);
  const other = await crash(350, 5);
  return { lab, own, child, other };
}
const rows = (branches: readonly BranchView[]) => branches.map(({ id, parent, from }) => [id, parent, from / ms]);
const saved = async (lab: Laboratory) => {
  const view = { at: 0, select: "", speed: 1 };
  const shared = await lab.share({ as: "save", view });
  return shared.ok ? shared.value.text : expect.fail();
};

test("a name is kept with the run; without one the branch is called after what was done", async () => {
  const { lab, own } = await branched();
  const labels = async (label: string) =>
    (await lab.amend({ branch: own, label })).timeline!.branches.map((branch) => branch.label);
  expect((await labels("  S4 \n dies "))[own]).toBe("S4 dies");
  const again = new Laboratory();
  const entering = await entered(again, { from: "file", text: await saved(lab) });
  expect(entering.ok && entering.value.timeline!.branches[own]!.label).toBe("S4 dies");
  expect((await labels(""))[own]).toBe("crash S4");
});

test("what is shared with the run that it left, at the very same time, gives a branch no name", async () => {
  const lab = new Laboratory();
  await entered(lab, { from: "preset", id: "two-leaders" });
  await lab.seek(300 * ms);
  await lab.seek(0);
  const { timeline } = await lab.act({ at: 0, act: { do: "crash", server: 3 } });
  expect(timeline!.branches.map(({ label }) => label)).toEqual(["first run", "crash S3"]);
});

test("a branch that is deleted is gone from the saved run, and what left it hangs on its parent", async () => {
  const { lab, own, child, other } = await branched();
  expect([own, child, other]).toEqual([1, 2, 3]);
  const { timeline, frame } = await lab.amend({ branch: own, label: null });
  expect(frame.branch).toBe(2);
  expect(rows(timeline!.branches)).toEqual([
    [0, -1, 0],
    [1, 0, 300],
    [2, 0, 350],
  ]);
  const again = new Laboratory();
  const entering = await entered(again, { from: "file", text: await saved(lab) });
  expect(entering.ok && rows(entering.value.timeline!.branches)).toEqual(rows(timeline!.branches));
  await again.branch(1);
  expect((await again.seek(450 * ms)).frame.servers.map(({ status }) => status)).toEqual([
    "up",
    "up",
    "up",
    "down",
    "down",
  ]);
});

test("the one that is shown goes over to its parent first, and the first stays whatever is asked", async () => {
  const { lab, child } = await branched();
  await lab.branch(child);
  expect((await lab.amend({ branch: child, label: null })).frame.branch).toBe(1);
  const { timeline, frame } = await lab.amend({ branch: 0, label: null });
  expect(timeline!.branches).toHaveLength(3);
  expect(frame.branch).toBe(1);
});
