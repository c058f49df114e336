import type { Locator } from "playwright/test";
import { expect, type Lab, test } from "./lab.ts";
import { fileJson, hashAt, historyOf, recordingOf, type Scenario, steady } from "./scenario.ts";

/** S1 leads, crashes at 600 ms, and is back at 1300 ms. */
const eventful: Scenario = steady({
  title: "A leader that comes and goes",
  actions: [
    { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
    { atMs: 600, do: "crash", server: "S1" },
    { atMs: 1300, do: "restart", server: "S1" },
  ],
  bookmarks: [{ atMs: 600, label: "S1 has crashed." }],
  view: { atMs: 2000, select: "", speed: 0.1, play: false },
  endMs: 2000,
});

const slider = (lab: Lab) => lab.page.getByRole("slider", { name: "Time" });

/** Clicks the sign of a mark of that kind; its words may stand beside it. */
async function clickMark(lab: Lab, kind: string): Promise<void> {
  const box = (await lab.page.locator(`.timeline-mark-${kind}`).boundingBox())!;
  const strip = (await slider(lab).boundingBox())!;
  await slider(lab).click({ position: { x: box.x + 6 - strip.x, y: box.y + box.height / 2 - strip.y } });
  await lab.idle();
}

/** Right above it, and over it. */
async function standsAbove(menu: Locator, mark: Locator): Promise<boolean> {
  const [over, under] = [(await menu.boundingBox())!, (await mark.boundingBox())!];
  const middle = under.x + under.width / 2;
  const gap = under.y - (over.y + over.height);
  return over.x < middle && middle < over.x + over.width && Math.abs(gap) < 24;
}

async function branches(lab: Lab): Promise<readonly string[]> {
  return (await lab.state()).timeline!.branches.map(({ label }) => label);
}

test.beforeEach(({ lab }) => lab.open({ scenario: eventful }));

test("an act is taken out by its mark: the run without it, what is refused is said, the old future stays", async ({
  lab,
  page,
}) => {
  const before = await lab.hash();
  await clickMark(lab, "crash");
  await expect(lab.menu).toContainText("crash S1");
  await lab.menuItem("Take it out").click();
  await lab.idle();
  await expect(page.getByText("Not possible any more: restart S1 (S1 is not down).")).toBeVisible();
  expect(await branches(lab)).toEqual(["first run", "without crash S1"]);
  expect((await lab.serverView(1)).status).toBe("up");
  await lab.press("End");
  const without = { ...eventful, actions: eventful.actions!.filter((act) => act.do !== "crash") };
  expect(await lab.hash()).toBe(hashAt(historyOf(recordingOf(without)), 2_000_000));
  await page.getByRole("button", { name: "first run" }).click();
  await lab.press("End");
  expect(await lab.hash()).toBe(before);
});

test("by keyboard: Enter at a mark, another server and another moment; what cannot be is said in the form", async ({
  lab,
  page,
}) => {
  await slider(lab).focus();
  await lab.press("Enter");
  await expect(lab.menu).toContainText("restart S1");
  expect(await standsAbove(lab.menu, page.locator(".timeline-mark-restart"))).toBe(true);
  // The window takes another size.
  await page.setViewportSize({ width: 1000, height: 700 });
  await expect.poll(() => standsAbove(lab.menu, page.locator(".timeline-mark-restart"))).toBe(true);
  await lab.press("Escape");
  await expect(slider(lab)).toBeFocused();
  await lab.press("Home", "Control+k");
  await page.keyboard.type("edit an act");
  await lab.press("Enter");
  await lab.dialog.getByRole("button", { name: /restart S1/ }).click();
  await lab.dialog.getByRole("spinbutton", { name: "At" }).fill("0.5");
  await lab.dialog.getByRole("button", { name: "Change it" }).click();
  await expect(lab.dialog.getByRole("alert")).toContainText("S1 is not down");
  expect(await branches(lab)).toEqual(["first run"]);
  await lab.dialog.getByRole("button", { name: "All acts" }).click();
  await lab.dialog.getByRole("button", { name: /crash S1/ }).click();
  await lab.dialog.getByRole("combobox", { name: "Server" }).selectOption("S2");
  await lab.dialog.getByRole("spinbutton", { name: "At" }).fill("0.7");
  await lab.dialog.getByRole("button", { name: "Change it" }).click();
  await expect(lab.dialog).toBeHidden();
  expect(await branches(lab)).toEqual(["first run", "crash S2, changed"]);
  expect((await lab.frame()).position.at).toBe(700_000);
  expect((await lab.serverView(2)).status).toBe("down");
});

test("what is pasted on the page opens: a recording, a link; what is neither is refused as a file is", async ({
  lab,
  page,
}) => {
  const paste = async (text: string): Promise<void> => {
    await page.evaluate((words) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", words);
      document.activeElement?.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
      );
    }, text);
    await lab.idle();
  };
  await paste(`// a note\n${JSON.stringify(fileJson({ title: "Pasted", servers: 3 }))}`);
  await expect.poll(async () => (await lab.moment()).title).toBe("Pasted");
  await paste(" figure-8@0.390\n");
  await expect.poll(async () => (await lab.state()).info?.preset).toBe("figure-8");
  await paste('{ "format": "driftwood", ');
  await expect(page.getByRole("alert")).toBeVisible();
  expect((await lab.state()).info?.preset).toBe("figure-8");
});

test("steps of one's own: added at the moment that is shown, walked, put in other words, taken out, carried by the link", async ({
  lab,
  page,
}) => {
  const words = (time: string) => lab.dialog.getByRole("textbox", { name: `Step at ${time}` });
  await lab.press("Home", "Control+k");
  await page.keyboard.type("add a step");
  await lab.press("Enter");
  await expect(words("0.000 s")).toBeFocused();
  await page.keyboard.type("Nobody leads yet.");
  await page.keyboard.press("Enter");
  await expect(lab.dialog).toBeHidden();
  await lab.press("PageDown", "PageDown");
  await expect(page.getByRole("region", { name: "Story" })).toContainText("S1 has crashed.");
  await lab.press("PageUp");
  await expect(page.getByRole("region", { name: "Story" })).toContainText("Nobody leads yet.");
  const url = await lab.sharedUrl();
  await page.goto("about:blank");
  await page.goto(url);
  await lab.ready();
  expect((await lab.moment()).bookmarks).toEqual([
    { at: 0, label: "Nobody leads yet." },
    { at: 600_000, label: "S1 has crashed." },
  ]);
  await page.getByRole("button", { name: "Add steps of your own, or change these" }).click();
  await words("0.000 s").fill("All wait.");
  await lab.dialog.getByRole("button", { name: "Take out the step at 0.600 s" }).click();
  await lab.dialog.getByRole("button", { name: "Save the steps" }).click();
  await expect(lab.dialog).toBeHidden();
  expect((await lab.moment()).bookmarks).toEqual([{ at: 0, label: "All wait." }]);
});

test("a spare server: the run is what it was, at the same moment, and the machine can be asked to join", async ({
  lab,
  page,
}) => {
  await lab.press("Home", "Shift+PageDown");
  const before = await lab.frame();
  await lab.press("Control+k");
  await page.keyboard.type("new server");
  await lab.press("Enter");
  await expect.poll(async () => (await lab.frame()).servers.length).toBe(6);
  await expect(page.getByText("S6 stands ready, with an empty disk. All else is as it was.")).toBeVisible();
  const { servers, position, end } = await lab.frame();
  expect(servers.slice(0, 5)).toEqual(before.servers);
  expect({ position, end }).toEqual({ position: before.position, end: before.end });
  expect((await lab.moment()).bookmarks).toEqual([{ at: 600_000, label: "S1 has crashed." }]);
  expect(servers[5]).toMatchObject({ member: "none", status: "up", term: 0 });
  // The paper's leader changes the members once it has committed an entry of its own term.
  await lab.press("End", "r");
  await lab.playFor(300);
  await lab.press("j");
  await lab.dialog.getByRole("button", { name: "Spare server S7" }).click();
  await expect(lab.dialog.getByRole("button", { name: "Spare server S8" })).toBeVisible();
  await lab.dialog.getByRole("radiogroup", { name: "S6 shall be" }).getByText("learner").click();
  await lab.dialog.getByRole("button", { name: "Propose" }).click();
  await lab.playFor(300);
  expect((await lab.leader()).learners).toEqual([6]);
});
