import { bugOf, gameRun } from "../src/lesson/game/runs.ts";
import { rules } from "../src/raft/rules/index.ts";
import { writeAddress } from "../src/scenario/address.ts";
import type { GameName } from "../src/scenario/game-name.ts";
import type { Recording } from "../src/scenario/recording.ts";
import type { Action } from "../src/world/acts.ts";
import { violations } from "./axe.ts";
import { expect, type Lab, test } from "./lab.ts";

/** The address of a run of the game in which a player has done this, at that time. */
function played(name: GameName, actions: readonly Action[], at: number): Promise<string> {
  const begun = gameRun(name)!;
  const recording: Recording = { ...begun, actions: [...begun.actions, ...actions], end: at };
  const told = { scenario: begun, seen: false, hash: async () => "" };
  return writeAddress(recording, { ...begun.view!, at }, told);
}
const pane = (lab: Lab) => lab.page.locator(".game");

test("with every rule on the page tells which rule stood in the way, and leads there", async ({ lab, page }) => {
  const acts: Action[] = [
    { at: 300_000, act: { do: "isolate", servers: [5], way: "both" } },
    { at: 310_000, act: { do: "request", operation: { op: "put", key: "x", value: "2" }, server: 1 } },
    { at: 400_000, act: { do: "heal" } },
    { at: 401_000, act: { do: "timeout", server: 5 } },
  ];
  await lab.open({ fragment: await played({ round: 0, as: "play" }, acts, 500_000) });
  await expect(pane(lab).getByRole("region", { name: "Score" })).toContainText("Acts4of them faults2");
  const rule = pane(lab).getByRole("listitem").filter({ hasText: rules.logUpToDate.title });
  await rule.locator("summary").click();
  const stop = rule.getByRole("button").last();
  await expect(stop).toContainText("refused its vote to S5");
  expect(await violations(page)).toEqual([]);
  await stop.click();
  await expect.poll(async () => (await lab.frame()).position.at).toBeLessThan(500_000);
  await expect(pane(lab)).toContainText("no search has found a way");
});

test("a round is beaten by hand: nothing names the rule, then the player does, and the shortest way is shown", async ({
  lab,
  page,
}) => {
  const round = 3;
  const bug = bugOf(round);
  const shortest = gameRun({ round, as: "shortest" })!;
  const own = gameRun({ round, as: "play" })!.actions.length;
  const acts: Action[] = [{ at: 301_000, act: { do: "heartbeat", server: 1 } }, ...shortest.actions.slice(own)];
  await lab.open({ fragment: await played({ round, as: "play" }, acts, shortest.end) });
  await page.reload();
  await lab.ready();
  const naming = pane(lab).getByRole("region", { name: "Name the rule" });
  await expect(naming).toContainText("with 4 acts");
  await expect(page.getByText(bug.title)).toHaveCount(1);
  await expect(page.getByText("This is not Raft any more")).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  const wrong = naming.getByRole("button").filter({ hasNotText: bug.title }).first();
  await wrong.click();
  await expect(naming).toContainText("No, it is not this one.");
  await naming.getByRole("button", { name: bug.title }).click();
  await expect(page.getByText("This is not Raft any more")).toBeVisible();
  await expect(pane(lab).getByRole("heading", { name: bug.title })).toBeVisible();
  await expect(pane(lab)).toContainText("Your best in this round: 9 points of 15, for 4 acts");
  await pane(lab).getByRole("button", { name: "Go to where the rule was first broken" }).click();
  await lab.idle();
  expect(await violations(page)).toEqual([]);
  await pane(lab).getByRole("button", { name: "See the shortest way" }).click();
  await expect(pane(lab).getByRole("region", { name: "Acts" })).toContainText("The fewest acts that are known");
  await page.waitForURL(new RegExp(`#beat=${round}-shortest$`));
  await page.getByRole("button", { name: "Learn", exact: true }).click();
  await expect(page.getByRole("dialog").getByRole("region", { name: "Beat Raft" })).toContainText(
    "1 of 12 rules beaten, best in 4 acts",
  );
});
