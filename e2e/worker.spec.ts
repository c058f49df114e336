import { expect, type Lab, test } from "./lab.ts";
import { steady } from "./scenario.ts";

/** However the engine dies, the page says so and brings the same moment back. */
const restored = /^Your run is restored\. The engine had stopped: /;

test.beforeEach(async ({ lab }) => {
  await lab.open({ scenario: steady() });
  await lab.onServer(4, "Crash S4");
  await lab.click("Write");
});

test("after a throw and after a hang the run is back at the same moment", async ({ lab, page, watched }) => {
  await lab.playUntil(700);
  await lab.press("3");
  const before = await lab.moment();
  for (const [how, reason] of [
    ["throw", "thrown on purpose"],
    ["hang", "it did not answer"],
  ] as const) {
    await breakWorker(lab, how);
    await expect(page.getByText(restored).and(page.getByText(reason))).toBeVisible();
    expect(await lab.moment(), how).toEqual(before);
  }
  await lab.onServer(4, "Restart S4");
  expect((await lab.serverView(4)).status).toBe("up");
  forgive(watched.complaints);
});

test("branches come back, and an act that is asked for while the engine hangs is not lost", async ({
  lab,
  page,
  watched,
}) => {
  const future = await lab.hash();
  await lab.press("Home", ".", ".", "5", "c");
  expect((await lab.frame()).branch).toBe(1);
  await breakWorker(lab, "throw");
  await expect(page.getByText(restored)).toBeVisible();
  expect((await lab.frame()).branch).toBe(1);
  await lab.click("Jump to");
  await page.getByRole("menuitemradio").first().click();
  await lab.press("Escape", "End");
  expect(await lab.hash()).toBe(future);
  forgive(watched.complaints);

  await page.evaluate(() => window.driftwoodTest.break("hang"));
  await page.keyboard.press("2");
  await page.keyboard.press("c");
  await expect.poll(async () => (await lab.serverView(2)).status).toBe("down");
});

test("an engine that dies again and again is not started for ever", async ({ lab, page, watched }) => {
  const before = await lab.moment();
  for (let death = 1; death <= 4; death++) {
    await page.evaluate(() => window.driftwoodTest.break("throw"));
    await page.waitForFunction((last) => {
      const { status, notices } = window.driftwoodTest.state();
      return last
        ? status === "failed"
        : status === "ready" && notices.some((n) => n.text.startsWith("Your run is restored."));
    }, death === 4);
    if (death < 4) await page.evaluate(() => window.driftwoodIdle());
  }
  await expect(page.getByText(/stopped several times within a minute/)).toBeVisible();
  await lab.click("Try again");
  await expect(page.getByText("Your run is restored.", { exact: true })).toBeVisible();
  expect(await lab.moment()).toEqual(before);
  forgive(watched.complaints);
});

test("after a reload the run that was changed is offered again", async ({ lab, page }) => {
  const before = await lab.moment();
  await page.waitForFunction(async () => {
    const databases = await indexedDB.databases();
    return databases.some((d) => d.name === "driftwood");
  });
  // The crash may be saved before the write that follows it.
  await expect.poll(() => savedTexts(lab)).toContainEqual(expect.stringMatching(/"crash".*"put"/s));
  // Without what the address says of the run.
  await page.goto("about:blank");
  await page.goto("./");
  await lab.ready();
  expect((await lab.state()).info?.preset).toBe("first-election");
  await expect(page.getByText("Your earlier run is still here:")).toBeVisible();
  await lab.click("Restore it");
  expect(await lab.moment()).toEqual(before);
  expect((await lab.serverView(4)).status).toBe("down");
});

async function breakWorker(lab: Lab, how: "throw" | "hang"): Promise<void> {
  await lab.page.evaluate((way) => window.driftwoodTest.break(way), how);
}

/** The browser itself reports what the worker throws; nothing else may be said. */
function forgive(complaints: string[]): void {
  expect(complaints.filter((text) => !text.includes("thrown on purpose"))).toEqual([]);
  complaints.length = 0;
}

/** The runs that the page has put into its storage. */
function savedTexts(lab: Lab): Promise<readonly string[]> {
  return lab.page.evaluate(async () => {
    const open = indexedDB.open("driftwood");
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      open.onsuccess = () => resolve(open.result);
      open.onerror = () => reject(open.error);
    });
    const all = database.transaction("runs").objectStore("runs").getAll();
    return new Promise<string[]>((resolve) => {
      all.onsuccess = () => {
        database.close();
        resolve(all.result.map((saved: { text: string }) => saved.text));
      };
    });
  });
}

/** Four groups of nine servers with heartbeats every millisecond: to look a minute ahead takes any machine long. */
const laborious = steady({
  servers: 9,
  groups: 4,
  options: { heartbeatMs: 1 },
  network: { mode: "automatic", latencyMs: [1, 2], loss: 0, duplicate: 0 },
  actions: [{ atMs: 0, do: "timer", server: "S1", leftMs: 10 }],
});

test("what takes long says how far it is and can be cancelled, and leaves the run as it was", async ({ lab, page }) => {
  await lab.open({ scenario: laborious });
  const before = await lab.moment();
  for (const leave of [
    () => page.getByRole("button", { name: "Cancel" }).click(),
    () => page.keyboard.press("Escape"),
  ]) {
    await page.keyboard.press("x");
    await expect(page.getByRole("progressbar", { name: "Looking ahead" })).toBeVisible();
    await leave();
    await expect(page.getByRole("progressbar")).toHaveCount(0);
    expect(await lab.moment()).toEqual(before);
  }
  await lab.press("3", "c");
  expect((await lab.serverView(3)).status).toBe("down");
});
