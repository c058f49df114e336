import { expect, keepPage, type Lab, test } from "./lab.ts";
import type { Scenario } from "./scenario.ts";

/** S3 lacks entry 2, which is committed, and is elected by a voter that does not compare logs. */
const elected: Scenario = {
  title: "Elected without a committed entry",
  seed: 3,
  bugs: ["no-log-check"],
  servers: [
    { id: "S1", term: 2, log: [1, 1, 2], votedFor: null, commit: 2 },
    { id: "S2", term: 2, log: [1, 1, 2], votedFor: null, commit: 2 },
    { id: "S3", term: 2, log: [1], votedFor: null, commit: 1 },
  ],
  network: { mode: "manual", latencyMs: [10, 15], loss: 0, duplicate: 0 },
  actions: [
    { atMs: 10, do: "timeout", server: "S3" },
    { atMs: 20, do: "deliver", message: "S3>S1#1" },
    { atMs: 30, do: "deliver", message: "S1>S3#1" },
  ],
  view: { atMs: 40, select: "", speed: 0.05, play: false },
  endMs: 40,
};

keepPage();

test("a violation says what broke, on which values, since when; with the rule on nothing breaks", async ({ lab }) => {
  await lab.open({ scenario: elected });
  const told = lab.inspector.getByRole("region", { name: "Violation" });
  await expect(told.getByRole("heading", { name: "Leader Completeness is violated" })).toBeVisible();
  await expect(told).toContainText("S3 leads term 3 without entry 2, which is committed");
  const rows = told.getByRole("table", { name: "What is compared" }).getByRole("row");
  await expect(rows.filter({ hasText: "leader of term 3" })).toContainText("nothing");
  await expect(told).toContainText("Only an up-to-date candidate gets a vote");

  await told.getByRole("button", { name: "Back to where it began" }).click();
  const before = await lab.frame();
  expect(before.violation).toBeNull();
  expect(before.servers[0]?.votedFor).toBe(0);

  await lab.press("End");
  await told.getByRole("button", { name: "Try with the rule on" }).click();
  await expect.poll(async () => (await lab.state()).info?.bugs).toEqual([]);
  const { frame } = await lab.state();
  expect(frame?.violation).toBeNull();
  expect(frame?.servers[2]?.role).toBe("candidate");
});

test("a link to a broken run says that this is not Raft, and nothing takes the words away", async ({ lab, page }) => {
  await lab.open({ scenario: elected });
  const banner = page.getByRole("status").filter({ hasText: "This is not Raft any more" });
  await expect(banner).toContainText("logs are not compared when voting");
  await expect(banner.getByRole("button", { name: "Dismiss" })).toHaveCount(0);
  await expect(lab.stage).toHaveAccessibleName(/do not follow Raft/);
});

test("a rule is found by its words and switched off: the same acts again, with the banner", async ({ lab, page }) => {
  await lab.open({ scenario: { ...elected, bugs: [] } });
  await lab.press("b");
  await lab.dialog.getByLabel("Find a rule").fill("logs compared voting");
  await lab.dialog.getByRole("checkbox", { name: "Logs are not compared when voting" }).check();
  await lab.dialog.getByRole("button", { name: "Run these acts again" }).click();
  // First what differs and what comes of it, then the run itself.
  await expect(lab.dialog.getByText(/the run stops at .*: Leader Completeness/)).toBeVisible();
  await lab.dialog.getByRole("button", { name: "Open the new run" }).click();
  await expect(page.getByText("This is not Raft any more:")).toBeVisible();
  await lab.press("End");
  expect((await lab.frame()).violation?.property).toBe("Leader Completeness");
});

test("all that is watched is listed with what it says", async ({ lab }) => {
  await lab.open({ scenario: { ...elected, bugs: [] } });
  await lab.inspector.getByRole("tab", { name: "Checks" }).click();
  await expect(lab.inspector.getByRole("heading", { name: "Everything that is promised holds" })).toBeVisible();
  await expect(lab.inspector.getByText("At most one leader can be elected in a given term.")).toBeVisible();
  await expect(lab.inspector.getByText("Check-quorum is off: a leader that nobody answers leads on.")).toBeVisible();
});

test("a counterexample is found, shrunk, opened at its first step, walked to the violation, and shared", async ({
  lab,
  page,
}) => {
  await lab.open({ scenario: { ...elected, bugs: [] } });
  await lab.press("b");
  await lab.dialog.getByRole("checkbox", { name: "Logs are not compared when voting" }).check();
  await lab.dialog.getByRole("button", { name: "Find a counterexample" }).click();
  await expect(lab.dialog.getByText("Leader Completeness is violated.")).toBeVisible();
  const steps = await lab.dialog.locator(".search-steps li").count();
  expect(steps).toBeGreaterThan(1);
  await lab.dialog.getByRole("button", { name: "Open it" }).click();
  await expect.poll(async () => (await lab.state()).info?.bookmarks.length).toBe(steps);
  const opened = await lab.state();
  expect(opened.frame?.position.at).toBe(opened.info?.bookmarks[0]?.at);
  expect(opened.info?.bugs.map(({ name }) => name)).toEqual(["no-log-check"]);

  for (let step = 1; step < steps; step++) await lab.press("Shift+PageDown");
  await lab.press("End");
  expect((await lab.frame()).violation?.property).toBe("Leader Completeness");
  const { hash, position } = await lab.frame();

  await page.goto(await lab.sharedUrl());
  await page.reload();
  await lab.ready();
  await expect(page.getByText("This is not Raft any more:")).toBeVisible();
  expect(await lab.frame()).toMatchObject({ hash, position, violation: { property: "Leader Completeness" } });
});

test("a search can be paused, goes on, and says what it has covered where nothing breaks", async ({ lab }) => {
  await lab.open({ scenario: { ...elected, bugs: [] } });
  await lab.press("Shift+B");
  await lab.dialog.getByLabel("Rule off").selectOption("");
  await lab.dialog.getByRole("button", { name: "Search" }).click();
  await expect(lab.dialog.getByRole("status").getByText("near ones first")).toBeVisible();
  await lab.dialog.getByRole("button", { name: "Pause" }).click();
  const states = lab.dialog.locator("dd").first();
  // What was under way when the search was paused is still told.
  await heardOut(lab);
  const before = await states.textContent();
  await heardOut(lab);
  expect(await states.textContent()).toBe(before);
  await lab.dialog.getByRole("button", { name: "Go on" }).click();
  await expect.poll(() => states.textContent()).not.toBe(before);
  await lab.dialog.getByRole("button", { name: "Stop" }).click();
  await expect(lab.dialog.getByText(/Nothing found: .* states .* 3 servers/)).toBeVisible();
});

/** Until the search's thread has read its mail, and the page what the thread then wrote. */
async function heardOut(lab: Lab): Promise<void> {
  const thread = lab.page.workers().find((worker) => worker.url().includes("search"));
  await thread?.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  await lab.idle();
}
