import { expect, test } from "./lab.ts";

test("the rules of a server: the line that it follows lights up, and leads to the times before and after", async ({
  lab,
  page,
}) => {
  await lab.open({ fragment: "write-step-by-step@0.170" });
  await page.getByRole("tab", { name: "Rules" }).click();
  const commit = page.getByRole("button", { name: /^commit N that a majority has stored/ });
  await expect(commit).toHaveAccessibleName(/: once$/);
  await commit.click();
  await page.getByRole("button", { name: "Previous time of: commit N" }).click();
  await expect(commit).toHaveAttribute("data-now", "true");
  await expect(page.getByText(/S1 committed entry 1: it is of its own term 1/)).toBeVisible();
  const committed = (await lab.serverView(1)).commitIndex;
  await expect(page.locator(".rules-state")).toContainText(`commitIndex ${committed} was ${committed - 1}`);
  await commit.press("ArrowDown");
  await expect(page.getByRole("button", { name: /only if log\[N\] is of its own term: never/ })).toBeFocused();
  // Another server is chosen on the sheet, and everywhere.
  await page.getByRole("group", { name: "Server", exact: true }).getByRole("button", { name: "S3" }).click();
  expect((await lab.state()).selection).toEqual({ kind: "server", id: 3 });
  await expect(commit).toHaveAccessibleName(/: never so far$/);
  await expect(page.getByRole("tab", { name: "Rules", selected: true })).toBeVisible();
});
