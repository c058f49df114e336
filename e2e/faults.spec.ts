import { decodeLink } from "../src/scenario/link.ts";
import { faultNames, faultOf } from "../src/world/faults/index.ts";
import { expect, keepPage, type Lab, test } from "./lab.ts";
import { hashAt, historyOf, steady } from "./scenario.ts";

keepPage();

/** Every fault of the table can be done from the page, is shown while it lasts, and can be ended. */

test.describe("faults", () => {
  test("each of the table is done by its form, and changes the run", async ({ lab, page }) => {
    await lab.open({ scenario: steady() });
    const failed: string[] = [];
    for (const name of faultNames) {
      const { title, group } = faultOf(name);
      if (group === "Repair") continue;
      const before = await lab.hash();
      await lab.press("f");
      await expect(lab.dialog).toHaveAccessibleName("Inject a fault");
      await lab.dialog.getByRole("combobox", { name: "Fault" }).selectOption({ label: title });
      await lab.dialog.getByRole("button", { name: title, exact: true }).click();
      await expect(lab.dialog).toBeHidden();
      if ((await lab.hash()) === before) failed.push(`${name}: ${(await lab.state()).notices.at(-1)?.text ?? ""}`);
      await lab.press("Shift+Y");
      expect((await lab.frame()).faults).toEqual([]);
    }
    expect(failed).toEqual([]);
    await expect(page.getByRole("alert")).toHaveCount(0);
  });

  test("a server's menu has its faults by kind; what is wrong is told on the stage, beside it, and can be ended", async ({
    lab,
    page,
  }) => {
    await lab.open({ scenario: steady() });
    await lab.openMenu(lab.server(3));
    await lab.menuItem("Faults").click();
    await lab.menuItem("Stalled disk …").click();
    await lab.dialog.getByRole("checkbox").uncheck();
    await lab.dialog.getByRole("button", { name: "Stalled disk" }).click();
    const words = "S3's disk is stalled: no write comes to its end";
    await expect(page.locator(".sign title")).toHaveText(words);
    await lab.press("3");
    await expect(lab.inspector.getByText(words)).toBeVisible();
    await page.getByRole("tab", { name: "Faults" }).click();
    await page
      .getByRole("region", { name: "Faults" })
      .getByRole("button", { name: `End it: ${words}` })
      .click();
    await lab.idle();
    expect((await lab.frame()).faults).toEqual([]);
    await expect(page.locator(".sign")).toHaveCount(0);
  });

  test("a form that makes no sense says why", async ({ lab }) => {
    await lab.open({ scenario: steady() });
    const before = await lab.hash();
    await lab.press("f");
    await lab.dialog.getByRole("combobox", { name: "Fault" }).selectOption({ label: faultOf("powerLoss").title });
    await lab.dialog.locator('.fault-chip[aria-pressed="true"]').click();
    await lab.dialog.getByRole("button", { name: faultOf("powerLoss").title }).click();
    await expect(lab.dialog.getByRole("alert")).toHaveText("Servers: choose at least one");
    expect(await lab.hash()).toBe(before);
  });
});

test("what is wrong with all links is one line on the stage, and is ended there", async ({ lab, page }) => {
  await lab.open({ scenario: steady({ actions: [{ atMs: 300, do: "lose", loss: 0.2 }] }) });
  const words = "all links: 20 % of the messages are lost";
  await expect(page.locator(".stage-lines")).toContainText(words);
  await expect(page.locator(".sign")).toHaveCount(0);
  await page
    .locator(".stage-lines")
    .getByRole("button", { name: `End it: ${words}` })
    .click();
  expect((await lab.frame()).faults).toEqual([]);
  await expect(page.locator(".stage-lines")).toHaveCount(0);
});

test("a wall stands while its links flap", async ({ lab, page }) => {
  const links = ["S2", "S3", "S4", "S5"].flatMap((id): [string, string][] => [
    ["S1", id],
    [id, "S1"],
  ]);
  const flap = { atMs: 300, do: "flap", links, downMs: 50, upMs: 50 } as const;
  await lab.open({ scenario: steady({ actions: [flap], view: { atMs: 320, select: "", speed: 1, play: false } }) });
  const wall = page.locator(".stage-picture .stage-area");
  await expect(wall).toHaveAttribute("data-open", "false");
  const path = await wall.getAttribute("d");
  await lab.playUntil(370);
  while ((await lab.frame()).cuts.length > 0) await lab.press("ArrowRight");
  await expect(wall).toHaveAttribute("data-open", "true");
  expect(await wall.getAttribute("d")).toBe(path);
});

test("a nemesis strikes again and again, stops, and its run is the same bits from its link", async ({ lab, page }) => {
  await lab.open({ scenario: steady({ view: { atMs: 420, select: "", speed: 10, play: false } }) });
  await page.getByRole("tab", { name: "Faults" }).click();
  await page.getByRole("button", { name: "Crashes", exact: true }).click();
  await page.getByRole("button", { name: "Loss", exact: true }).click();
  const list = page.getByRole("region", { name: "Faults" });
  await expect(list.getByText(/^crash every 2 s to 5 s, for 1 s, first in/)).toBeVisible();
  await lab.playUntil(9000);
  const { nemeses } = await lab.frame();
  expect(nemeses.map(({ fired }) => fired > 0)).toEqual([true, true]);
  const { timeline } = await lab.state();
  expect(timeline?.marks.filter(({ kind }) => kind === "crash").length).toBeGreaterThan(0);
  await list.getByRole("button", { name: /^Stop: .*crash/ }).click();
  await lab.idle();
  expect((await lab.frame()).nemeses.map(({ id }) => id)).toEqual([2]);
  await sameBits(lab);
});

test("a nemesis is after the leader, has parameters that are given, and a set begins as one", async ({ lab, page }) => {
  await lab.open({ scenario: steady() });
  await lab.press("Shift+F");
  const { dialog } = lab;
  await dialog.getByRole("combobox", { name: "Fault" }).selectOption({ label: faultOf("lose").title });
  await dialog.getByRole("combobox", { name: "Links" }).selectOption("leader");
  await dialog.getByRole("checkbox", { name: "Probability" }).check();
  await dialog.getByRole("spinbutton", { name: "Probability" }).fill("35");
  await dialog.getByRole("button", { name: "Start" }).click();
  await lab.idle();
  expect((await lab.frame()).nemeses[0]?.words).toBe("loss every 2 s to 5 s, for 1 s (the leader; probability 35 %)");
  await lab.press("Shift+F");
  await dialog.getByText("a ready-made set").click();
  await dialog.getByRole("combobox", { name: "Set" }).selectOption("crashes");
  await expect(dialog.getByRole("listitem")).toHaveCount(3);
  await dialog.getByRole("button", { name: "Start all 3" }).click();
  await lab.idle();
  expect((await lab.frame()).nemeses.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

/** The link's own hash, this page, and the engine without a page all say the same. */
async function sameBits(lab: Lab): Promise<void> {
  await lab.press("End");
  const { at, hash } = await lab.moment();
  const fragment = (await lab.sharedUrl()).split("#")[1] ?? "";
  const decoded = await decodeLink(fragment);
  if (!decoded.ok) throw new Error(decoded.problem.message);
  expect(hashAt(historyOf(decoded.value.recording), at ?? 0)).toBe(hash);
  await lab.page.goto("about:blank");
  await lab.open({ fragment });
  expect((await lab.moment()).hash).toBe(hash);
  expect((await lab.state()).info?.mismatch).toBeNull();
}
