import { actionRows } from "../src/store/actions/table.ts";
import { expect, keepPage, type Lab, test } from "./lab.ts";
import { steady } from "./scenario.ts";

/** No test in here touches the mouse. */
keepPage();

test.beforeEach(({ lab }) => lab.open({ scenario: steady() }));

/** The name by which the stage picks what has the focus: "S3", "S1>S2#10". */
const focused = (lab: Lab) => lab.page.evaluate(() => document.activeElement?.getAttribute("data-pick") ?? null);

test("digits select servers and letters act on them", async ({ lab }) => {
  await lab.press("3", "c");
  expect((await lab.serverView(3)).status).toBe("down");
  await lab.press("c");
  expect((await lab.serverView(3)).status).toBe("up");
  await lab.press("2", "p");
  expect((await lab.serverView(2)).status).toBe("paused");
  await lab.press("p", "i");
  expect((await lab.frame()).groups).toEqual([[1, 3, 4, 5], [2]]);
  await lab.press("Shift+H");
  expect((await lab.frame()).cuts).toEqual([]);
  await lab.press("Shift+P");
  expect((await lab.frame()).groups).toHaveLength(2);
  await lab.press("Shift+H", "4", "t");
  expect((await lab.serverView(4)).role).toBe("candidate");
  await lab.press("r", "Shift+R");
  expect((await lab.frame()).requests.map((r) => r.server).at(-1)).toBe(4);
});

test("a key that cannot do anything now says why", async ({ lab, page }) => {
  await lab.press("c");
  await expect(page.getByText("Select a server first: press its digit.")).toBeVisible();
  await lab.press("2", "h");
  await expect(page.getByText(/only a leader sends heartbeats/)).toBeVisible();
});

test("the stage is one stop of Tab; arrows walk through servers and messages, Enter opens their menu", async ({
  lab,
}) => {
  await lab.server(1).focus();
  for (const name of ["S2", "S3", "S4", "S5"]) {
    await lab.press("ArrowRight");
    expect(await focused(lab)).toBe(name);
  }
  await lab.press("ArrowRight");
  const id = await focused(lab);
  expect(id).toMatch(/^S\d>S\d#\d+$/);
  await lab.press("Enter");
  await expect(lab.menuItem("Deliver now")).toBeVisible();
  await chooseByArrows(lab, "Drop");
  const { messages, lost } = await lab.frame();
  expect(messages.map((m) => m.id)).not.toContain(id);
  expect(lost.map(({ message }) => message.id)).toContain(id);
  // The message is gone: whoever went there is not thrown out of the picture.
  expect(await focused(lab)).not.toBeNull();
});

test("the menu gives the focus back to what it was opened for", async ({ lab }) => {
  await lab.server(2).focus();
  await lab.press("Enter");
  await chooseByArrows(lab, "Crash S2");
  expect((await lab.serverView(2)).status).toBe("down");
  expect(await focused(lab)).toBe("S2");
  await lab.press("Enter");
  await expect(lab.menuItem("Restart S2")).toBeVisible();
  await lab.press("Escape");
  await expect(lab.menu).toBeHidden();
  expect(await focused(lab)).toBe("S2");
});

test("the palette finds an action by its name and does it", async ({ lab, page }) => {
  await openPalette(lab);
  await page.keyboard.type("crash s4");
  await lab.press("Enter");
  await expect(lab.dialog).toBeHidden();
  expect((await lab.serverView(4)).status).toBe("down");
  await openPalette(lab);
  await page.keyboard.type("no such thing");
  await expect(page.getByText("Nothing here is called that.")).toBeVisible();
  await lab.press("Escape");
  await expect(lab.dialog).toBeHidden();
});

test("any link can be cut and mended, one direction or both", async ({ lab, page }) => {
  const find = async (words: string) => {
    await openPalette(lab);
    await page.keyboard.type(words);
    await lab.press("Enter");
    return (await lab.frame()).cuts;
  };
  expect(await find("cut only s3 to s2")).toEqual([[3, 2]]);
  expect(await find("mend only s3 to s2")).toEqual([]);
  expect(await find("cut s2 – s3 in both")).toEqual([
    [2, 3],
    [3, 2],
  ]);
});

test("the key sheet names every action that has a key", async ({ lab }) => {
  await lab.press("?");
  await expect(lab.dialog).toHaveAccessibleName("Keys and words");
  const text = (await lab.dialog.textContent()) ?? "";
  const rows = actionRows.filter((row) => row.hotkey !== undefined && row.group !== "Select" && row.id !== "palette");
  expect(rows.length).toBeGreaterThan(30);
  for (const { about, label } of rows) {
    const words = about ?? (typeof label === "string" ? label.replace(" …", "") : "");
    expect(words.length).toBeGreaterThan(0);
    expect(text).toContain(words);
  }
  await lab.press("Escape");
  await expect(lab.dialog).toBeHidden();
});

test("Tab reaches every part of the page and shows where it is", async ({ page }) => {
  const parts = new Set<string>();
  for (let stop = 0; stop < 60; stop++) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const here = document.activeElement;
      if (here === null || here === document.body) return null;
      const part = here.closest("header, .stage, .bar-strip, .sheet-root, .side, .transport, .app-handle");
      // A ring of its own, one over the panel that holds it, or that of the mark on the stage.
      const { outlineStyle, boxShadow } = getComputedStyle(here);
      const over = [here.parentElement, here.closest("section")].map((e) => e && getComputedStyle(e, "::after"));
      const mark = here.querySelector(".stage-outline");
      const ring =
        outlineStyle !== "none" ||
        boxShadow !== "none" ||
        over.some((style) => style?.borderTopStyle === "solid") ||
        (mark !== null && getComputedStyle(mark).opacity === "1");
      return { part: part?.classList[0] ?? part?.tagName ?? "?", ring, what: here.outerHTML.slice(0, 120) };
    });
    if (seen === null) continue;
    parts.add(seen.part);
    expect(seen.ring, `the focus is seen on ${seen.what}`).toBe(true);
  }
  for (const part of ["header-bar", "stage", "bar-strip", "sheet-root", "side", "transport"])
    expect([...parts]).toContain(part);
});

test("dialogs keep the focus in, and give it back", async ({ lab, page }) => {
  const share = lab.button("Share");
  await share.focus();
  await lab.press("Enter");
  await expect(lab.dialog).toBeVisible();
  const inside = () =>
    page.evaluate(
      () =>
        document.activeElement?.closest("[role=dialog]") !== null ||
        document.activeElement?.hasAttribute("data-base-ui-focus-guard") === true,
    );
  // The focus arrives a frame after the dialog, and is handed on by what guards its ends a frame later.
  await expect.poll(inside).toBe(true);
  for (let stop = 0; stop < 12; stop++) {
    await page.keyboard.press("Tab");
    await expect.poll(inside).toBe(true);
  }
  await lab.press("Escape");
  await expect(share).toBeFocused();
});

test("typing into a field is not taken for keys", async ({ lab, page }) => {
  const before = await lab.hash();
  await lab.press("q");
  await lab.dialog.getByLabel("Key").fill("");
  await page.keyboard.type("crsp 1");
  await lab.press("Escape");
  expect(await lab.hash()).toBe(before);
  expect((await lab.state()).playing).toBe(false);
});

/** It is loaded when it is first wanted. */
async function openPalette(lab: Lab): Promise<void> {
  await lab.press("Control+k");
  await expect(lab.dialog.getByLabel("Find an action")).toBeFocused();
}

/** Walks down the open menu to an item and presses it. */
async function chooseByArrows(lab: Lab, name: string): Promise<void> {
  await expect(lab.page.locator('[role="menu"]:focus, [role="menu"] :focus')).toBeVisible();
  const item = lab.menuItem(name);
  for (let tries = 0; tries < 8; tries++) {
    if (await item.evaluate((element) => element === document.activeElement)) break;
    await lab.press("ArrowDown");
  }
  await expect(item).toBeFocused();
  await lab.press("Enter");
}

test.describe("with a page of its own", () => {
  // A dialog gives the focus back to what had it, and here Space is pressed after it.
  test.use({ keepsPage: false });

  test("§6 several members change at once: planned, proposed, and the joint configuration left", async ({
    lab,
    page,
  }) => {
    const choose = async (server: string, downs: number) => {
      await page
        .getByRole("radiogroup", { name: `${server} shall be` })
        .getByRole("radio", { checked: true })
        .focus();
      for (let i = 0; i < downs; i++) await page.keyboard.press("ArrowDown");
    };
    await lab.press("j");
    await choose("S2", 2);
    await choose("S3", 1);
    await expect(lab.dialog.getByRole("row", { name: /^joint, new half/ })).toContainText("S1 S4 S5");
    await page.getByRole("radio", { name: "explicit" }).focus();
    await page.keyboard.press("Space");
    await lab.dialog.getByRole("button", { name: "Propose", exact: true }).press("Enter");
    await lab.playUntil(700);
    expect(await lab.serverView(1)).toMatchObject({ outgoing: [1, 2, 3, 4, 5], learnersNext: [3] });
    await lab.press("j");
    await lab.dialog.getByRole("button", { name: "Leave the joint configuration" }).press("Enter");
    await lab.playUntil(1000);
    expect(await lab.serverView(1)).toMatchObject({ outgoing: [], configuration: "1,4,5 learners 3" });
  });
});
