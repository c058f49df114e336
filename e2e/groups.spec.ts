import { expect, keepPage, test } from "./lab.ts";
import { steady } from "./scenario.ts";

/** S1 leads group 1, S3 groups 2 and 3. */
const three = steady({
  groups: 3,
  actions: [
    { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
    { atMs: 0, do: "timer", server: "S3", leftMs: 20, group: 2 },
    { atMs: 0, do: "timer", server: "S3", leftMs: 30, group: 3 },
  ],
});

keepPage();

test("one group at a time is shown, from the keyboard too; machines tell which others they lead", async ({ lab }) => {
  await lab.open({ scenario: three });
  await expect(lab.server(1)).toHaveAccessibleName(/^S1, leader of term 1/);
  await expect(lab.server(3)).toHaveAccessibleName(/follower of term 1.*leads group 2 and 3$/);
  await lab.click("Group 2");
  await expect(lab.server(3)).toHaveAccessibleName(/^S3, leader of term 1.*leads group 3$/);
  await lab.press("]");
  expect((await lab.frame()).group).toBe(3);
  await lab.press("]", "r");
  const frame = await lab.frame();
  expect([frame.group, frame.requests.at(-1)?.group]).toEqual([1, 1]);
  await lab.press("[", "r");
  expect((await lab.frame()).requests.at(-1)).toMatchObject({ group: 3, operation: { op: "put", key: "z" } });
});

test("an act is done to the group that is shown", async ({ lab }) => {
  await lab.open({ scenario: three });
  await lab.press("]", "2", "t");
  expect(await lab.serverView(2)).toMatchObject({ role: "candidate", term: 2 });
  await lab.press("[");
  expect(await lab.serverView(2)).toMatchObject({ role: "follower", term: 1 });
});

test("a link shows the group that was shown, and the client's newest requests to it", async ({ lab, page }) => {
  await lab.open({ scenario: three });
  await lab.press("r");
  await expect(page.locator(".stage-request")).toHaveCount(1);
  await lab.click("Group 2");
  await expect(page.locator(".stage-request")).toHaveCount(0);
  await lab.press("r");
  const fragment = (await lab.sharedUrl()).split("#")[1] ?? "";
  await lab.page.goto("about:blank");
  await lab.open({ fragment });
  expect((await lab.frame()).group).toBe(2);
  await expect(page.locator(".stage-request")).toHaveText([/^put y=/]);
});
