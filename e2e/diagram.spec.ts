import { readFile } from "node:fs/promises";
import { expect, test } from "./lab.ts";

test("the run in space and time: arrows lead to their moments, keys zoom, the picture fills the page and is saved", async ({
  lab,
  page,
}) => {
  await lab.open({ fragment: "two-leaders@0.345" });
  await lab.openPane("Diagram");
  const diagram = page.getByRole("region", { name: "Diagram" });
  const list = diagram.getByRole("list", { name: "In sight" });
  const item = (words: RegExp) => list.getByRole("button", { name: words }).first();
  await expect(item(/RequestVote of term 2 from S4 to S3, arrived at/)).toBeAttached();

  // Keys: zoom, and down into the list, where Enter goes to the moment and selects the message.
  const area = diagram.getByRole("group", { name: /^Messages between servers over time/ });
  await area.focus();
  const size = page.locator(".diagram-size");
  await expect(size).toHaveText("150 ms");
  await lab.press("-");
  await expect(size).toHaveText("225 ms");
  await lab.press("+", "+");
  await expect(size).toHaveText("101 ms");
  await lab.press("ArrowDown", "ArrowDown");
  await expect(list.getByRole("button").nth(1)).toBeFocused();
  await item(/RequestVote of term 2 from S4 to S3, arrived at/).focus();
  await lab.press("Enter");
  const { selection, frame } = await lab.state();
  expect(selection).toMatchObject({ kind: "message", ref: { from: 4, to: 3 } });
  expect(frame?.messages.some(({ kind, from, to }) => kind === "RequestVote" && from === 4 && to === 3)).toBe(true);
  const chip = page.getByRole("status").filter({ hasText: "Lit is what led to this" });
  await expect(chip).toBeVisible();
  await expect(page.locator(".diagram-words")).not.toContainText("Lit is");

  // The same with a pointer: a sign leads to its event.
  const before = frame!.position.event;
  await item(/S3 votes for S4/).dispatchEvent("click");
  expect((await lab.frame()).position.event).toBeGreaterThan(before);
  await expect(chip).toContainText("S3 voted for S4 in term 2");
  await lab.click("Fade nothing");
  await expect(chip).toBeHidden();

  // What is left over of the page is the diagram's, and comes back.
  const height = async () => (await area.boundingBox())!.height;
  const low = await height();
  await lab.click("Fill the page");
  expect(await height()).toBeGreaterThan(2 * low);
  const handed = page.waitForEvent("download");
  await lab.click("Save as SVG");
  const svg = await readFile(await (await handed).path(), "utf8");
  expect(svg).toContain(">1  ");
  expect(svg).toMatch(/RequestVote of term 2 from S4 to S3, arrived at 0\.\d{3} s<\/text>/);
  await lab.press("Escape");
  expect(await height()).toBe(low);

  // A stretch that is brushed is played over and over, from its end at its beginning again; Escape ends it.
  const { x, y, width } = (await area.boundingBox())!;
  await page.mouse.move(x + width * 0.5, y + 60);
  await page.keyboard.down("Shift");
  await page.mouse.down();
  await page.mouse.move(x + width * 0.52, y + 60, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  const where = page.getByRole("list", { name: "Where time stops" });
  await expect(where).toContainText(/plays 0\.\d{3} s to 0\.\d{3} s over and over/);
  await page.waitForFunction(() => {
    const at = Number(document.querySelector(".diagram-time")?.textContent);
    const last = Number(document.body.dataset["lastAt"] ?? 0);
    document.body.dataset["lastAt"] = String(Math.max(at, last));
    return at < last;
  });
  await page.keyboard.press("Escape");
  await expect(where).toBeHidden();
  await expect.poll(async () => (await lab.state()).playing).toBe(false);
  await expect(page.getByRole("tab", { name: "Diagram", selected: true })).toBeVisible();
});
