import { expect, test } from "vitest";
import { Job } from "./job.ts";
import { Laboratory } from "./laboratory.ts";
import type { OwnSource } from "./protocol/requests.ts";

async function enter(laboratory: Laboratory, source: OwnSource, kept?: string) {
  const ready = await laboratory.open(source, new Job(), kept);
  if (!ready.ok) throw new Error(ready.problem.message);
  return { ...laboratory.enter(ready.value.run), kept: ready.value.kept };
}

test("a page that is loaded again has every branch, on the one and at the moment that its address names", async () => {
  const before = new Laboratory();
  await enter(before, { from: "preset", id: "leader-crash" });
  for (const [at, server] of [
    [100_000, 2],
    [60_000, 3],
  ] as const) {
    await before.seek(at);
    await before.act({ at, act: { do: "crash", server } });
  }
  const view = { at: 60_000, select: "", speed: 0.05 };
  const text = async (as: "save" | "address"): Promise<string> => {
    const shared = await before.share({ as, view });
    return shared.ok ? shared.value.text : "";
  };
  const [save, fragment] = [await text("save"), await text("address")];
  const shown = before.look({ logFrom: 1, logCount: 0 }).frame;
  const after = await enter(new Laboratory(), { from: "link", fragment }, save);
  expect(after.kept).toBe(true);
  expect(after.frame.hash).toBe(shown.hash);
  expect(after.frame.branch).toBe(shown.branch);
  expect(after.timeline?.branches.length).toBeGreaterThan(1);
  expect(after.info.mismatch).toBeNull();
  const other = await enter(new Laboratory(), { from: "link", fragment: "figure-8@0.390" }, save);
  expect([other.kept, other.timeline?.branches.length, other.info.preset]).toEqual([false, 1, "figure-8"]);
});
