import type { Locator, Page } from "playwright/test";
import { expect, keepPage, type Lab, test } from "./lab.ts";
import { steady } from "./scenario.ts";

/** The console and the bars: what clients ask, what they are told, and what they never learn. */

async function openClients(lab: Lab): Promise<void> {
  await lab.open({ scenario: steady({ view: { atMs: 420, select: "", speed: 1, play: false } }) });
  await lab.page.getByRole("tab", { name: "Clients" }).click();
  await expect(prompt(lab)).toBeVisible();
}

const prompt = (lab: Lab): Locator => lab.page.getByRole("textbox", { name: "Command" });
const said = (lab: Lab): Locator => lab.page.getByRole("log", { name: "Commands and answers" }).locator("p");

async function type(lab: Lab, line: string): Promise<void> {
  await prompt(lab).fill(line);
  await lab.press("Enter");
}
/** Space belongs to the prompt while it has the keyboard. */
async function playFor(lab: Lab, ms: number): Promise<void> {
  await prompt(lab).blur();
  await lab.playFor(ms);
}

keepPage();

test("a write and a read are asked in the console and answered", async ({ lab }) => {
  await openClients(lab);
  await type(lab, "put colour blue");
  await expect(said(lab).last()).toContainText("put colour=blue");
  await expect(said(lab).last()).toContainText("no answer yet");
  await playFor(lab, 300);
  await expect(said(lab).last()).toContainText("ok");
  await type(lab, "get colour");
  await playFor(lab, 300);
  await expect(said(lab).last()).toContainText("get colour");
  await expect(said(lab).last()).toContainText("blue");
});

test("an operator sets an option in the console, and the nearest name is told for a wrong one", async ({
  lab,
  page,
}) => {
  await openClients(lab);
  await type(lab, "set all prevot on");
  await expect(page.getByRole("alert")).toContainText("There is no option prevot: did you mean preVote?");
  await type(lab, "set all preVote on");
  await expect(page.getByText("All servers follow at once: pre-vote yes.")).toBeVisible();
  await expect(page.getByText('PATCH /cluster/options {"preVote":true}')).toBeVisible();
  expect((await lab.serverView(3)).changed).toEqual({ options: { preVote: true }, later: {} });
});

test("mistakes are told in words, and lines come back", async ({ lab, page }) => {
  await openClients(lab);
  const before = await lab.hash();
  await type(lab, "pt x 1");
  await expect(page.getByRole("alert")).toContainText('"pt" is no command');
  await expect(prompt(lab)).toHaveValue("pt x 1");
  expect(await lab.hash()).toBe(before);
  await type(lab, "S3 del x");
  expect((await lab.frame()).requests.at(-1)).toMatchObject({ server: 3, operation: { op: "delete", key: "x" } });
  await type(lab, "get x");
  await lab.press("ArrowUp", "ArrowUp");
  await expect(prompt(lab)).toHaveValue("S3 del x");
  await lab.press("ArrowDown");
  await expect(prompt(lab)).toHaveValue("get x");
  await prompt(lab).fill("p");
  await lab.press("Tab");
  await expect(prompt(lab)).toHaveValue("put ");
});

test("a request that is never answered stays open, and its bar too", async ({ lab, page }) => {
  await openClients(lab);
  await lab.page.keyboard.press("Escape");
  await lab.press("1", "i");
  await type(lab, "S1 put y 2");
  await playFor(lab, 2200);
  await expect(said(lab).last()).toContainText("unknown");
  await expect(page.locator('.ops-one[data-state="unknown"]')).toHaveCount(1);
  await expect(page.locator('.ops-one[data-state="done"]')).toHaveCount(1);
});

test("a bar tells of its operation, and travels to its call and its answer", async ({ lab, page }) => {
  await openClients(lab);
  const cursor = page.getByRole("button", { name: /^C1 called at 0\.150 s: put x=1\. S\d answered after/ });
  await cursor.focus();
  await lab.press("Enter");
  expect((await lab.frame()).position.at).toBe(150_000);
  await expect(said(lab).last()).toContainText("no answer yet");
  await lab.press("Shift+Enter");
  await expect(said(lab).last()).toContainText("ok");
  await page.getByRole("button", { name: "Go to the call" }).click();
  await lab.idle();
  expect((await lab.frame()).position.at).toBe(150_000);
});

test("compare and swap, increments and several clients are asked as in any store", async ({ lab }) => {
  await openClients(lab);
  await type(lab, "C2 cas x 1 5");
  await type(lab, "C3 incr n 4");
  await playFor(lab, 480);
  await type(lab, "C2 cas x 1 6");
  await type(lab, "get n");
  await playFor(lab, 400);
  await expect(said(lab).last()).toHaveText(/get n GET \/kv\/n\S*\s*4$/);
  const lines = (await said(lab).allTextContents()).map((line) => line.replace(/\s+/g, " "));
  expect(lines.filter((line) => line.startsWith("C2")).map((line) => /ok|no, it is 5/.exec(line)?.[0])).toEqual([
    "ok",
    "no, it is 5",
  ]);
});

test("a load is typed, asked by several clients, and stopped", async ({ lab, page }) => {
  await openClients(lab);
  await type(lab, "load closed 3 reads=50%");
  await playFor(lab, 300);
  await expect(page.locator(".ops-client")).toHaveText(["C1", "C2", "C3"]);
  await type(lab, "load off");
  expect((await lab.frame()).clients.load.perSecond).toBe(0);
});

test("a load is begun by its form, told of, changed and stopped", async ({ lab, page }) => {
  await openClients(lab);
  await lab.click("Start a load");
  const form = lab.dialog;
  await form.getByText("when answered").click();
  await form.getByRole("spinbutton", { name: "Clients" }).fill("4");
  await form.getByRole("combobox", { name: "Reads are served" }).selectOption("stale");
  await form.getByRole("button", { name: "Start", exact: true }).click();
  await lab.idle();
  const load = { mode: "closed", perSecond: 20, clients: 4, reads: 50, keys: 3, read: "stale" };
  expect((await lab.frame()).clients.load).toMatchObject(load);
  await expect(page.getByText("C1 to C4, when answered: up to 20 a second, 50 % reads (stale).")).toBeVisible();
  await lab.click("Change");
  await expect(form.getByRole("spinbutton", { name: "Clients" })).toHaveValue("4");
  await form.getByRole("spinbutton", { name: "Reads" }).fill("0");
  await form.getByRole("button", { name: "Change it" }).click();
  await lab.idle();
  expect((await lab.frame()).clients.load).toMatchObject({ ...load, reads: 0 });
  await lab.click("Stop the load");
  expect((await lab.frame()).clients.load.perSecond).toBe(0);
  await expect(page.getByText("Clients ask nothing by themselves.")).toBeVisible();
});

test("a stale read: no order explains it, and the page says what it could have been told", async ({ lab, page }) => {
  await lab.open();
  await lab.press("n");
  await lab.dialog.getByRole("button", { name: /A stale read under a lease/ }).click();
  await lab.idle();
  await lab.press("Space", "End");
  await lab.inspector.getByRole("tab", { name: "Checks" }).click();
  const headline = "Everything that is promised holds; the clients' history is not linearizable";
  await expect(lab.inspector.getByRole("heading", { name: headline })).toBeVisible();
  await expect(lab.inspector.getByText("Reads are answered from etcd's lease")).toBeVisible();
  await lab.inspector.getByRole("button", { name: "See the history in Clients" }).click();
  const view = page.locator(".lin");
  await expect(view.locator(".lin-bar:focus")).toHaveAccessibleName(/It cannot be placed\.$/);
  await view.locator(".lin-bar:focus").blur();
  await expect(view.getByText("Not linearizable")).toBeVisible();
  await expect(view.getByText(/^It could have been told only 2: put x=2 had been answered at/)).toBeVisible();
  await expect(view.locator(".lin-point")).toHaveCount(2);
  const stuck = view.getByRole("button", { name: /get x\. S\d answered after .* 1\. It cannot be placed\.$/ });
  await stuck.focus();
  await lab.press("Enter");
  const { position, requests } = await lab.frame();
  expect(position.at).toBe(requests.find(({ number }) => number === 3)?.until);
  await expect(view.getByText("Not linearizable")).toBeVisible();
});

/** As when somebody pastes on the page, outside every field. */
const paste = (page: Page, text: string): Promise<void> =>
  page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);

test("an operator asks for the cluster's health, adds a server, and opens a raft.yaml", async ({ lab, page }) => {
  const fresh = { term: 0, votedFor: null, log: [], commit: 0 };
  const members = ["S1", "S2", "S3"].map((id) => ({ id, ...fresh }));
  const servers = [...members, { id: "S4", ...fresh, member: "none" as const }];
  await lab.open({ scenario: { ...steady({ view: { atMs: 420, select: "", speed: 1, play: false } }), servers } });
  await page.getByRole("tab", { name: "Clients" }).click();
  await type(lab, "health");
  await expect(page.getByRole("region", { name: "health" })).toContainText("GET /health");
  const verdict = page.locator(".inspector-health");
  await expect(verdict).toContainText("Healthy: S1 leads with 3 of 3 voters, and 2 must agree.");
  await expect(page.getByRole("region", { name: "health" })).toContainText((await verdict.textContent()) ?? "");
  await type(lab, "add S4");
  await expect(page.getByRole("region", { name: "add S4" })).toContainText('POST /cluster/members {"id":"S4"}');
  await expect(page.getByRole("region", { name: "add S4" })).toContainText("S1 is asked to add S4 as a voter.");
  await playFor(lab, 400);
  await expect(verdict).toContainText("S1 leads with 4 of 4 voters, and 3 must agree.");
  await paste(page, 'election_timeout: "150ms"\npre_vot: true\nservers: 3\n');
  await expect(page.getByRole("alert").first()).toContainText("did you mean pre_vote?");
  await paste(page, 'election_timeout: "150ms"\npre_vote: true\nservers: 3\n');
  await expect.poll(async () => (await lab.frame()).servers.length).toBe(3);
  await lab.press("Escape");
});
