import type { Locator } from "playwright/test";
import { expect, keepPage, type Lab, test } from "./lab.ts";
import { steady } from "./scenario.ts";

/** What a person does to the cluster with the mouse. Every act is one of the recording, so it changes the moment's hash. */
keepPage();

test.beforeEach(({ lab }) => lab.open({ scenario: steady() }));

test.describe("a server's menu", () => {
  test("crashes it and restarts it, and tells what it is for", async ({ lab }) => {
    await lab.server(3).click();
    await expect(lab.menu).toHaveAccessibleName("S3");
    await lab.menuItem("Crash S3").click();
    await expect(lab.server(3)).toHaveAccessibleName(/^S3, down, term 1 on disk/);
    expect((await lab.serverView(3)).status).toBe("down");
    await lab.onServer(3, "Restart S3");
    expect((await lab.serverView(3)).status).toBe("up");
    await expect(lab.server(3)).toHaveAccessibleName(/^S3, follower of term 1/);
  });

  test("pauses the process and resumes it", async ({ lab }) => {
    await lab.onServer(2, /^Pause S2/);
    expect((await lab.serverView(2)).status).toBe("paused");
    await expect(lab.server(2)).toHaveAccessibleName(/^S2, paused/);
    await lab.onServer(2, "Resume S2");
    expect((await lab.serverView(2)).status).toBe("up");
  });

  test("fires the election timer: the server stands for election", async ({ lab }) => {
    await lab.onServer(4, /election timer/);
    const { role, term } = await lab.serverView(4);
    expect([role, term]).toEqual(["candidate", 2]);
  });

  test("lets a leader send heartbeats, and says why a follower may not", async ({ lab }) => {
    const before = (await lab.frame()).messages.length;
    await lab.onServer(1, /send heartbeats/);
    expect((await lab.frame()).messages.length).toBeGreaterThan(before);
    await lab.server(2).click();
    await expect(lab.menuItem(/send heartbeats/)).toBeDisabled();
    await expect(lab.menuItem(/send heartbeats/)).toContainText("only a leader sends heartbeats");
  });

  test("isolates it and reconnects it", async ({ lab }) => {
    await lab.onServer(5, "Isolate S5");
    expect((await lab.frame()).groups).toEqual([[1, 2, 3, 4], [5]]);
    await lab.onServer(5, "Reconnect S5");
    expect((await lab.frame()).cuts).toEqual([]);
  });

  test("sends a client's write to that very server", async ({ lab }) => {
    await lab.onServer(2, /client’s write to S2/);
    const request = (await lab.frame()).requests.at(-1);
    expect(request).toMatchObject({ server: 2, state: "asking" });
  });
});

async function changeOption(lab: Lab): Promise<void> {
  await lab.server(2).click();
  await lab.menuItem("Snapshot, options, members").click();
  await lab.page.getByRole("menuitem", { name: "Change an option of S2 …" }).click();
  await expect(lab.dialog).toContainText("Change an option");
}

test("an option is changed from a server's menu, shown by its inspector, said in the events, and changed again as an act", async ({
  lab,
  page,
}) => {
  const before = await lab.hash();
  await changeOption(lab);
  await lab.dialog.getByRole("combobox", { name: "Option", exact: true }).selectOption({ label: "Heartbeat interval" });
  await expect(lab.dialog).toContainText("Now: 50 ms.");
  await expect(lab.dialog).toContainText("Followed at once: the next heartbeat is due");
  await lab.dialog.getByRole("spinbutton", { name: /^Heartbeat interval/ }).fill("20");
  await lab.dialog.getByRole("button", { name: "Change it" }).click();
  await lab.idle();
  await changeOption(lab);
  await lab.dialog
    .getByRole("combobox", { name: "Option", exact: true })
    .selectOption({ label: "Commit index on disk" });
  await expect(lab.dialog).toContainText("Cannot change in a run: a lone voter");
  await expect(lab.dialog.getByRole("button", { name: "Change it" })).toBeDisabled();
  await lab.dialog.getByRole("combobox", { name: "Option", exact: true }).selectOption({ label: "Flow" });
  await lab.dialog.getByRole("combobox", { name: "Flow", exact: true }).selectOption("window");
  await lab.dialog.getByRole("button", { name: "Change it" }).click();
  await lab.idle();
  expect((await lab.serverView(2)).changed).toEqual({
    options: { heartbeatInterval: 20_000 },
    later: { flow: "window" },
  });
  const table = page.getByRole("table", { name: "Options changed in this run" });
  await expect(table.getByRole("row", { name: /Heartbeat interval/ })).toContainText("20 ms");
  await expect(table.getByRole("row", { name: /Flow/ })).toContainText("as beforea window of requests");
  expect(await lab.hash()).not.toBe(before);
  await page.getByRole("tab", { name: "Events" }).click();
  await expect(page.getByText("S2 will follow when it starts again: flow: a window of requests")).toBeVisible();
  await lab.press("Control+k");
  await page.getByRole("combobox").fill("edit an act");
  await lab.press("Enter");
  await lab.dialog.getByRole("button", { name: /set at S2: heartbeat interval 20 ms/ }).click();
  await lab.dialog.getByRole("spinbutton", { name: /Heartbeat interval/ }).fill("30");
  await lab.dialog.getByRole("button", { name: "Change it" }).click();
  await lab.idle();
  await lab.press("End");
  expect((await lab.serverView(2)).changed?.options).toEqual({ heartbeatInterval: 30_000 });
});

test("a click selects the server and the inspector tells all of it", async ({ lab, page }) => {
  await lab.openMenu(lab.server(1));
  await lab.press("Escape");
  await expect(lab.inspector.getByRole("heading", { name: "S1", exact: true })).toBeVisible();
  for (const heading of ["Persistent state", "Volatile state", "Volatile state on leaders"])
    await expect(lab.inspector.getByRole("heading", { name: heading, exact: true })).toBeVisible();
  await expect(page.getByRole("table", { name: "Followers" }).getByRole("row")).toHaveCount(5);
});

test.describe("partitions", () => {
  test("Partition cuts the leader off with a minority; Heal mends every link", async ({ lab }) => {
    await lab.click("Partition");
    const { groups } = await lab.frame();
    expect(groups).toEqual([
      [1, 5],
      [2, 3, 4],
    ]);
    await lab.click("Heal");
    expect((await lab.frame()).cuts).toEqual([]);
  });

  test("a loop drawn around two servers cuts them off", async ({ lab }) => {
    await drawLoop(lab, [2, 3]);
    await lab.idle();
    expect((await lab.frame()).groups).toEqual([
      [1, 4, 5],
      [2, 3],
    ]);
    await expect(lab.inspector.getByText("Separated: S1, S4 and S5 | S2 and S3")).toBeVisible();
  });

  test("Escape takes a loop back", async ({ lab, page }) => {
    const before = await lab.hash();
    await drawLoop(lab, [2, 3], () => page.keyboard.press("Escape"));
    expect(await lab.hash()).toBe(before);
  });

  test("a link's menu cuts one direction, and mends it", async ({ lab, page }) => {
    const [from, to] = [await centre(lab.server(4)), await centre(lab.server(5))];
    await page.mouse.click((from.x + to.x) / 2 + 6, (from.y + to.y) / 2);
    await expect(lab.menu).toHaveAccessibleName(/^S[45] to S[45]$/);
    const title = (await lab.menu.getAttribute("aria-label")) ?? "";
    await lab.menuItem(`Cut only ${title}`).click();
    const [a, b] = title.split(" to ").map((name) => Number(name.slice(1)));
    expect((await lab.frame()).cuts).toEqual([[a, b]]);
    const mark = lab.stage.getByRole("button", { name: `Link from S${a} to S${b}, cut` });
    const { x, y } = await centre(mark.locator(".stage-outline"));
    await page.mouse.click(x, y);
    await lab.menuItem(/^Mend only/).click();
    expect((await lab.frame()).cuts).toEqual([]);
  });
});

test.describe("client requests", () => {
  test("Write sends one, and it is answered", async ({ lab }) => {
    await lab.click("Write");
    const asked = (await lab.frame()).requests.at(-1);
    expect(asked?.state).toBe("asking");
    await lab.playUntil(900);
    expect((await lab.frame()).requests.find((r) => r.number === asked?.number)?.state).toBe("done");
  });

  test("the form sends a key's deletion to a server of one's choice", async ({ lab }) => {
    await lab.press("q");
    await expect(lab.dialog).toHaveAccessibleName("Client request");
    await lab.dialog.getByText("Delete", { exact: true }).click();
    await lab.dialog.getByLabel("Key").fill("colour");
    await lab.dialog.getByLabel("To").selectOption("S3");
    await lab.dialog.getByRole("button", { name: "Send" }).click();
    const request = (await lab.frame()).requests.at(-1);
    expect(request).toMatchObject({ server: 3, operation: { op: "delete", key: "colour" } });
  });
});

test.describe("a message's menu", () => {
  const heartbeat = { id: "S1>S2#10" };

  test("shows every field", async ({ lab }) => {
    await lab.openMenu(lab.message(heartbeat));
    await lab.press("Escape");
    await expect(lab.inspector.getByRole("heading", { name: "AppendEntries", exact: true })).toBeVisible();
    for (const field of ["term", "leaderId", "prevLogIndex", "prevLogTerm", "entries[]", "leaderCommit"])
      await expect(lab.inspector.getByText(field, { exact: true })).toBeVisible();
  });

  test("delivers it now", async ({ lab }) => {
    await pickFor(lab, "Deliver now");
    const { messages } = await lab.frame();
    expect(messages.map((m) => m.id)).not.toContain(heartbeat.id);
    expect((await lab.serverView(2)).disk).toBeDefined();
  });

  test("drops it, and the picture shows that it broke", async ({ lab, page }) => {
    await pickFor(lab, "Drop");
    const { messages, lost } = await lab.frame();
    expect(messages.map((m) => m.id)).not.toContain(heartbeat.id);
    expect(lost.map(({ message }) => [message.id, message.lost])).toEqual([[heartbeat.id, "dropped"]]);
    await expect(page.getByText("dropped", { exact: true })).toBeVisible();
  });

  test("delays it by 50 ms", async ({ lab }) => {
    const before = await arrivalOf(lab, heartbeat.id);
    await pickFor(lab, "Delay by 50 ms");
    expect(await arrivalOf(lab, heartbeat.id)).toBe(before + 50_000);
  });

  test("duplicates it", async ({ lab }) => {
    await pickFor(lab, "Duplicate");
    const ids = (await lab.frame()).messages.map((m) => m.id);
    expect(ids).toContain(heartbeat.id);
    expect(ids).toContain(`${heartbeat.id}.1`);
  });

  async function pickFor(lab: Lab, item: string): Promise<void> {
    await lab.message(heartbeat).click();
    await lab.menuItem(item).click();
    await lab.idle();
  }

  async function arrivalOf(lab: Lab, id: string): Promise<number> {
    return (await lab.frame()).messages.find((m) => m.id === id)?.arrivesAt ?? Number.NaN;
  }
});

test("on the manual network nothing arrives until somebody delivers it", async ({ lab }) => {
  await lab.press("m");
  const before = await lab.frame();
  expect(before.mode).toBe("manual");
  await lab.press("Space");
  await expect(lab.page.getByText(/Nothing will happen by itself here/)).toBeVisible();
  const waiting = before.messages.find((m) => m.to === 2);
  await lab.message({ id: waiting?.id ?? "" }).click();
  await lab.menuItem("Deliver now").click();
  expect((await lab.frame()).messages.map((m) => m.id)).not.toContain(waiting?.id);
});

test("the settings' changes hold from now on and are recorded", async ({ lab }) => {
  await lab.press("g");
  await lab.dialog.getByLabel("Lost, percent of messages").fill("25");
  await lab.dialog.getByRole("button", { name: "Apply from now on" }).click();
  await lab.idle();
  await lab.press("g");
  await expect(lab.dialog.getByLabel("Lost, percent of messages")).toHaveValue("25");
  await lab.dialog.getByLabel("Client writes").selectOption("20");
  expect((await lab.frame()).loadPerSecond).toBe(20);
});

async function centre(mark: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await mark.boundingBox();
  if (box === null) throw new Error(`${mark} is not drawn`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Draws a rectangle around the discs of some servers that stand together. `beforeEnd`: with the button still down. */
async function drawLoop(lab: Lab, ids: readonly number[], beforeEnd?: () => Promise<void>): Promise<void> {
  const centres = await Promise.all(ids.map((id) => centre(lab.server(id).locator(".stage-backing"))));
  const [xs, ys] = [centres.map((c) => c.x), centres.map((c) => c.y)];
  const room = 62;
  const [left, right] = [Math.min(...xs) - room, Math.max(...xs) + room];
  const [top, bottom] = [Math.min(...ys) - room, Math.max(...ys) + room];
  const { mouse } = lab.page;
  await mouse.move(left, top);
  await mouse.down();
  for (const [x, y] of [
    [right, top],
    [right, bottom],
    [left, bottom],
    [left, top + 4],
  ] as const)
    await mouse.move(x, y, { steps: 8 });
  await beforeEnd?.();
  await mouse.up();
}
