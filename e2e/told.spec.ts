import { readFileSync } from "node:fs";
import { join } from "node:path";
import { carrying, expect, test } from "./lab.ts";

const sample = (name: string): string =>
  readFileSync(join(import.meta.dirname, "../src/exchange/in/samples", name), "utf8");

/** One log goes through all of it: pasted, travelled in, checked, and with another beside it. */
test("a log of etcd is pasted, travelled in and checked; two files that are dropped are one run", async ({
  lab,
  page,
}) => {
  const log = sample("etcd-log.txt");
  await lab.open();
  const paste = (given: string) =>
    page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, given);
  await paste(log);
  const bar = page.getByRole("status", { name: "What was read" });
  await expect(bar).toContainText("etcd/raft log");
  await expect(bar).toContainText("53 events of 3 servers");

  await test.step("a vote that is refused is found, with its values", async () => {
    await lab.openPane("Events");
    const refused = page.getByRole("button", { name: /rejected MsgVote from fd422379fda50e48/ });
    await lab.press("End");
    await page.getByRole("searchbox", { name: "Only what says" }).fill("rejected MsgVote");
    await refused.click();
    await lab.idle();
    expect((await lab.frame()).servers.map(({ role }) => role)).toEqual(["candidate", "follower", "candidate"]);
    await expect(page.getByLabel("Fields of the message")).toContainText("logTerm1");
    await expect(page.getByRole("table", { name: "What the vote was held against" })).toContainText(
      "votedFor8211…fd42…",
    );
    await expect(lab.stage.getByRole("button", { name: /^91bc…, follower of term 2/ })).toBeVisible();
  });

  await test.step("what the log does not tell is said to be unknown, and nothing can be done", async () => {
    const { servers } = await lab.frame();
    expect(servers[0]?.cells.map(({ term, untold }) => (untold ? null : term))).toEqual([null, null, 1]);
    await lab.openMenu(lab.stage.getByRole("button", { name: /^91bc…,/ }));
    await expect(lab.menuItem("Crash 91bc…")).toBeDisabled();
    await lab.press("Escape");
  });

  await test.step("loaded again, the page is at this moment of it", async () => {
    const { position } = await lab.frame();
    await page.reload();
    await expect(bar).toContainText("53 events of 3 servers");
    await lab.idle();
    expect((await lab.frame()).position).toEqual(position);
  });

  await test.step("its checks", async () => {
    await page.getByRole("tab", { name: "Checks" }).click();
    await expect(page.getByRole("heading", { name: "Nothing in this log breaks a property" })).toBeVisible();
  });

  await test.step("what was skipped, by its line", async () => {
    await bar.getByRole("button", { name: "1 line was skipped" }).click();
    const line = log.split("\n").findIndex((each) => each.includes("serving client traffic")) + 1;
    await expect(lab.dialog.getByRole("row", { name: new RegExp(`^${line} `) })).toContainText(
      "serving client traffic",
    );
    await lab.press("Escape");
  });

  await test.step("two files are merged, and moved against each other", async () => {
    const lines = log.trimEnd().split("\n");
    const of = (id: string): string => lines.filter((each) => each.includes(`"msg": "${id}`)).join("\n");
    const files = { "node-1.log": of("8211f1d0f64f3269"), "node-2.log": of("91bc3c398fb3c146") };
    await page.dispatchEvent("main", "drop", { dataTransfer: await carrying(page, files) });
    await expect(bar).toContainText("2 files");
    const { end } = await lab.frame();
    await bar.getByRole("button", { name: /cannot tell/ }).click();
    await lab.dialog.getByLabel("Offset of node-2.log in milliseconds").fill("60000");
    await lab.dialog.getByRole("button", { name: "Merge with these offsets" }).click();
    await expect.poll(async () => (await lab.frame()).end.at).toBeGreaterThan(end.at + 50_000_000);
    await lab.press("Escape");
  });

  await test.step("it goes out in the formats that need no more than what was told", async () => {
    await lab.press("Shift+G");
    await lab.dialog.getByRole("radio", { name: /^Events as a table/ }).check();
    await expect(lab.dialog.getByRole("radio", { name: /\.\w+/ })).toHaveCount(5);
    const saved = page.waitForEvent("download");
    await lab.dialog.getByRole("button", { name: "Save .csv" }).click();
    expect(readFileSync(await (await saved).path(), "utf8")).toContain(",election,8211f1d0f64f3269,no,");
    await lab.press("Escape");
  });

  await test.step("a script of etcd's tests is carried out, and held against what it expects", async () => {
    const script = sample("rafttest.txt");
    await paste(script.replace("2: StateFollower (Voter) Term:1 Lead:1", "2: StateFollower (Voter) Term:1 Lead:3"));
    await expect(bar).toContainText("The engine of this page has carried its commands out");
    await page.getByRole("tab", { name: "Checks" }).click();
    await expect(page.getByText('"2: StateFollower (Voter) Term:1 Lead:3" is expected')).toBeVisible();
    await lab.press("End");
    await lab.idle();
    expect((await lab.frame()).servers.map(({ role }) => role)).toEqual([
      ...["follower", "leader", "follower", "follower"],
    ]);
  });

  await test.step("the bar has room on a phone", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await lab.idle();
    const { x, width } = (await bar.boundingBox()) ?? { x: -1, width: 0 };
    expect([x, width]).toEqual([0, 390]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});
