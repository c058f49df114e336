import { expect, keepPage, type Lab, test } from "./lab.ts";
import type { Scenario } from "./scenario.ts";

/** Three servers, nothing has happened, and nothing happens by itself. */
const byHand: Scenario = {
  title: "By hand",
  seed: 3,
  servers: 3,
  network: { mode: "manual", latencyMs: [10, 15], loss: 0, duplicate: 0 },
};

const pane = (lab: Lab) => lab.page.getByRole("region", { name: "By hand" });
const states = (lab: Lab) => lab.page.getByRole("group", { name: "States visited" }).getByRole("button");
const current = (lab: Lab) => states(lab).and(lab.page.locator("[aria-current=step]"));
/** Each choice is made in the list of the state that the one before led to: the pane draws it some time after the stage. */
async function choose(lab: Lab, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const before = await current(lab).getAttribute("aria-label");
    await pane(lab).getByRole("button", { name: text, exact: true }).click();
    await lab.idle();
    await expect(current(lab)).not.toHaveAttribute("aria-label", before ?? "");
  }
}

keepPage();

test.beforeEach(async ({ lab }) => {
  await lab.open({ scenario: byHand });
  await lab.press("a");
});

test("an election by hand: each step is a button, undo goes back, and the states are kept", async ({ lab }) => {
  await choose(lab, "S1 times out", "deliver RequestVote S1→S2", "deliver vote granted S2→S1");
  expect((await lab.leader()).id).toBe(1);
  await expect(states(lab)).toHaveCount(4);
  const elected = await lab.hash();

  await choose(lab, "Undo", "Undo");
  expect((await lab.serverView(1)).role).toBe("candidate");
  await choose(lab, "drop RequestVote S1→S2");
  await expect(states(lab)).toHaveCount(5);
  expect((await lab.frame()).branch).toBe(1);

  await states(lab).nth(3).click();
  await lab.idle();
  expect(await lab.hash(), "a node is a place in a branch").toBe(elected);
});

test("two orders of the same steps meet in one state", async ({ lab }) => {
  await choose(lab, "S1 times out", "deliver RequestVote S1→S2", "deliver RequestVote S1→S3");
  await choose(lab, "Undo", "Undo", "deliver RequestVote S1→S3", "deliver RequestVote S1→S2");
  await expect(states(lab)).toHaveCount(5);
  await expect(current(lab)).toHaveAccessibleName(/^now at step 3/);
});

test("what a button means is outlined on the stage; Enter chooses, arrows move", async ({ lab, page }) => {
  await choose(lab, "S1 times out");
  await pane(lab).getByRole("button", { name: "deliver RequestVote S1→S3" }).hover();
  await expect(lab.stage.locator("[data-pointed]")).toHaveAttribute("data-pick", "S1>S3#1");
  await pane(lab).getByRole("button", { name: "crash S1" }).focus();
  await expect(lab.stage.locator("[data-pointed]")).toHaveAttribute("data-pick", "S1");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await lab.press("Enter");
  expect((await lab.serverView(1)).status).toBe("down");
  await expect(pane(lab).locator("button[data-choice]:focus")).toBeVisible();
});

test("a crowd of messages can be narrowed by words", async ({ lab }) => {
  await choose(lab, "S1 times out");
  const twice = pane(lab).getByRole("button", { name: "duplicate RequestVote S1→S2" }).first();
  for (let i = 0; i < 12; i++) {
    await twice.click();
    await lab.idle();
  }
  await pane(lab).getByLabel("Only what says").fill("deliver S1→S3");
  await expect(pane(lab).locator("button[data-choice]")).toHaveCount(1);
});

test("taking over in the middle of a run leads to the list", async ({ lab }) => {
  await lab.open();
  await lab.press("m");
  await expect(pane(lab).getByRole("button", { name: /^crash S1/ })).toBeVisible();
  await expect(states(lab)).toHaveCount(1);
});
