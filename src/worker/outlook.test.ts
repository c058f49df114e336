import { expect, test } from "vitest";
import { opened } from "./fixtures.ts";

const ms = 1000;

test("what can come of a moment is told in words, and each way is gone on a branch of its own", async () => {
  const lab = await opened({ from: "preset", id: "first-election" });
  const { frame: before } = await lab.seek(5 * ms);
  const { rows, orders, nothing, steps } = await lab.outlook({ steps: 5 });
  expect(steps).toBe(5);
  expect(nothing).toBeLessThan(orders);
  const [first] = rows;
  expect(first!.text).toMatch(/^S\d leads term 1$/);
  const { frame, timeline, refused } = await lab.take({ way: 0 });
  expect(refused).toBeNull();
  expect(timeline!.branches.at(-1)).toMatchObject({ label: first!.text, parent: before.branch, from: 5 * ms });
  expect(frame.mode).toBe("manual");
  const leader = frame.servers.find(({ role }) => role === "leader");
  expect(first!.text).toBe(`S${leader!.id} leads term ${leader!.term}`);
  await lab.branch(before.branch);
  expect((await lab.seek(5 * ms)).frame.hash).toBe(before.hash);
});

test("a way that begins in the midst of an instant leaves the run right there", async () => {
  const lab = await opened({ from: "preset", id: "first-election" });
  const { frame: here } = await lab.visit(3);
  await lab.outlook({ steps: 4 });
  const { timeline, refused } = await lab.take({ way: 0 });
  expect(refused).toBeNull();
  expect(timeline!.branches.at(-1)).toMatchObject({ from: here.position.at });
  await lab.branch(here.branch);
  expect((await lab.visit(here.position.event)).frame.hash).toBe(here.hash);
});
