import { expect, firstVisit, type Lab, test } from "./lab.ts";
import { steady } from "./scenario.ts";

const lecture = ["first-election", "write-step-by-step", "two-leaders", "figure-8"] as const;
const list = `play=${lecture.join(",")}`;

/** Where the lecture stands: the story, its step (from 1), and how many it has; once time has come to rest. */
async function place(lab: Lab) {
  await lab.page.waitForFunction(() => !window.driftwoodTest.state().playing);
  const { info, frame } = await lab.state();
  const steps = info?.bookmarks.map(({ at }) => at) ?? [];
  return { story: info?.preset, step: steps.indexOf(frame?.position.at ?? -1) + 1, of: steps.length };
}

/** One press plays to the next step. The first step is watched; in the others a second press goes to where the first is bound. */
async function goOn(lab: Lab, to: number, watched: boolean): Promise<void> {
  if (watched) return lab.press("PageDown");
  await lab.hasten("PageDown", async () => {
    expect(await lab.page.evaluate(() => window.driftwoodTest.state().until)).toBe(to);
  });
}

firstVisit(
  "a lecture of four stories is told with a remote's two buttons, and comes back wherever it is left",
  async ({ lab, page }) => {
    await page.clock.install();
    await lab.open({ fragment: list });
    const strip = page.getByRole("region", { name: "Story" });
    let keys = 0;
    for (const [at, story] of lecture.entries()) {
      let { step, of } = await place(lab);
      expect([step, (await place(lab)).story], "each begins at its first step").toEqual([1, story]);
      await expect(strip).toContainText(`Story ${at + 1} of 4, step 1 of ${of}`);
      for (; step < of; step++) {
        await goOn(lab, (await lab.state()).info!.bookmarks[step]!.at, keys === 0);
        keys += 1;
        expect(await place(lab)).toEqual({ story, step: step + 1, of });
      }
      if (at === lecture.length - 1) break;
      await lab.press("PageDown");
      keys += 1;
      await expect.poll(async () => (await place(lab)).story).toBe(lecture[at + 1]);
    }
    expect(keys).toBeLessThanOrEqual(25);
    await expect(strip.getByRole("button", { name: "The end" })).toBeDisabled();

    await page.waitForURL(new RegExp(`#figure-8@0\\.670&${list}$`));
    const there = await lab.moment();
    await page.reload();
    await lab.ready();
    expect(await lab.moment()).toEqual(there);
    await expect(strip).toContainText("Story 4 of 4, step 6 of 6");
    await lab.press("PageUp", "PageUp", "PageUp", "PageUp", "PageUp");
    expect(await place(lab)).toMatchObject({ story: "figure-8", step: 1 });
    await lab.press("PageUp");
    await expect.poll(() => place(lab)).toMatchObject({ story: "two-leaders", step: 6, of: 6 });
    await page.waitForURL(new RegExp(`#two-leaders@0\\.680&${list}$`));
    await page.goBack();
    await expect.poll(() => place(lab)).toMatchObject({ story: "figure-8", step: 1 });
  },
);

test("in a lecture a remote makes the screen black, and its next key brings the page back", async ({ lab, page }) => {
  const dark = page.getByRole("button", { name: /^Black screen/ });
  await lab.open({ fragment: `figure-8&${list}` });
  const there = await place(lab);
  for (const [on, off] of [
    ["b", "PageDown"],
    [".", "b"],
    ["b", "."],
  ] as const) {
    await lab.press(on);
    await expect(dark).toBeVisible();
    expect(await dark.evaluate((veil) => document.elementFromPoint(200, 200) === veil)).toBe(true);
    await lab.press(off);
    await expect(dark).toBeHidden();
    expect(await place(lab), "the key does nothing else").toEqual(there);
  }
  await lab.open({ scenario: steady() });
  await lab.press("b");
  await expect(lab.dialog.getByRole("heading", { name: "Break Raft" })).toBeVisible();
});

test("a name that is none is refused with the nearest one; the path of the list is played and linked", async ({
  lab,
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await lab.open({ fragment: "play=first-election,two-leeders" });
  await expect(page.getByText('there is no scenario "two-leeders": did you mean two-leaders?')).toBeVisible();
  await lab.press("n");
  const start = lab.dialog.getByRole("region", { name: "Start here" });
  await start.getByRole("button", { name: "Copy link" }).click();
  await expect(start.getByRole("status")).toHaveText("Copied.");
  const url = await page.evaluate(() => navigator.clipboard.readText());
  await start.getByRole("button", { name: "Play these" }).click();
  await lab.idle();
  await expect(page.getByRole("region", { name: "Story" })).toContainText("Story 1 of 7, step 1 of 6");
  expect(url.split("#")[1]?.split(",")).toEqual(
    (await lab.state()).info?.play.map((id, at) => (at ? id : `play=${id}`)),
  );
});
