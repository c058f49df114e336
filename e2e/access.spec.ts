import { violations } from "./axe.ts";
import { expect, type Lab, test } from "./lab.ts";
import { steady } from "./scenario.ts";

type Views = Readonly<Record<string, (lab: Lab) => Promise<void>>>;

/** What of the page axe looks at, and how one gets there from the one before. */
const groups: Readonly<Record<string, Views>> = {
  "the page": {
    "at first": async () => {},
    "the events": async (lab) => {
      await lab.openPane("Events");
      await lab.page.locator(".events-line").first().click();
    },
    "a message's fields": async (lab) => {
      await lab.press("End");
      await lab.openMenu(lab.message({ id: "S1>S2#10" }));
      await lab.press("Escape");
      await lab.openPane("Message");
    },
    "a leader's state": async (lab) => {
      await lab.press("1");
      await lab.openPane("Server S1");
    },
    "why it is so": async (lab) => {
      await lab.openPane("Server S1");
      await lab.page.locator(".why-row").first().waitFor();
    },
    "an entry that is followed": async (lab) => {
      await lab.openPane("Logs");
      await lab.page.locator(".logs-cell").first().click();
      await lab.page.locator(".life-step").first().waitFor();
      await lab.page.locator(".timeline-bracket").waitFor();
    },
    "a partition with losses and a crashed server": async (lab) => {
      await lab.page.locator(".lit-chip button").click();
      await lab.press("Shift+P", "3", "c", "Escape");
    },
    "an error": async (lab) => {
      await lab.page.evaluate(() => {
        location.hash = "1.1.broken";
      });
      await expect(lab.page.getByRole("alert")).toBeVisible();
    },
  },
  "what may happen": {
    "every step by hand": async (lab) => {
      await lab.press("m", "a");
      await expect(lab.page.locator(".hand-row").first()).toBeVisible();
    },
    "what is checked": (lab) => lab.openPane("Checks"),
    "what the rules are": async (lab) => {
      await lab.openPane("Rules");
      await lab.page.locator("[data-line=vote]").click();
    },
    "space and time": async (lab) => {
      await lab.openPane("Diagram");
      await lab.page.locator(".diagram-item").first().dispatchEvent("click");
    },
  },
  "what instead": {
    "a condition": async (lab) => {
      await openDialog(lab, "Shift+U");
      await lab.page.keyboard.type("S3 leds and ");
      await expect(lab.dialog.locator("mark")).toBeVisible();
    },
    "a branch and a stop": async (lab) => {
      await lab.dialog.getByRole("button", { name: "Write leads" }).click();
      await lab.page.keyboard.press("End");
      await lab.page.keyboard.type("leader");
      await lab.dialog.getByRole("button", { name: "Stop every time" }).click();
      await lab.press("Home", "3", "c");
      await openDialog(lab, "Shift+T");
    },
    "what can happen next": async (lab) => {
      await lab.press("Escape");
      await openDialog(lab, "Shift+W");
      await expect(lab.dialog.getByRole("listitem").first()).toBeVisible();
      await lab.press("Escape");
      await openDialog(lab, "Shift+T");
    },
    "two runs compared": async (lab) => {
      await lab.dialog.getByRole("button", { name: "Compare first run with the one that is shown" }).click();
      await expect(lab.page.getByRole("dialog", { name: "Two runs compared" }).getByRole("slider")).toBeVisible();
    },
    "a side of a comparison that is acted on": async (lab) => {
      await lab.page
        .getByRole("button", { name: /^Act here/ })
        .first()
        .click();
      await expect(lab.page.getByText("sets what comes of it beside the other side")).toBeVisible();
    },
  },
  "breaking Raft": {
    "rules to switch off": (lab) => openDialog(lab, "b"),
    "a broken run": async (lab) => {
      await lab.dialog.getByRole("checkbox").first().check();
      await lab.dialog.getByRole("button", { name: "Run these acts again" }).click();
      await lab.dialog.getByRole("button", { name: "Open the new run" }).click();
      await expect(lab.page.getByText("This is not Raft any more:")).toBeVisible();
    },
  },
  "a search": {
    "a search to begin": (lab) => openDialog(lab, "Shift+B"),
    "a search under way": async (lab) => {
      await lab.dialog.getByLabel("Rule off").selectOption("");
      await lab.dialog.getByRole("button", { name: "Search" }).click();
      await lab.dialog.getByRole("button", { name: "Pause" }).click();
      await expect(lab.dialog.getByRole("button", { name: "Go on" })).toBeVisible();
    },
    "a counterexample": async (lab) => {
      await lab.dialog.getByRole("button", { name: "Cancel" }).click();
      await lab.dialog.getByLabel("Rule off").selectOption("double-vote");
      await lab.dialog.getByRole("button", { name: "Search" }).click();
      await expect(lab.dialog.getByRole("button", { name: "Open it" })).toBeVisible();
    },
  },
  "clients and faults": {
    "the console and the bars": async (lab) => {
      await lab.openPane("Clients");
      await expect(lab.page.getByRole("textbox", { name: "Command" })).toBeVisible();
    },
    "a load": async (lab) => {
      await lab.click("Start a load");
      await expect(lab.dialog).toBeVisible();
    },
    "the order of operations": async (lab) => {
      await lab.press("Escape");
      await lab.page.getByRole("button", { name: "Linearizability" }).click();
      await expect(lab.page.locator(".lin")).toBeVisible();
    },
    "what is wrong": async (lab) => {
      await lab.press("3", "p");
      await lab.openPane("Faults");
      await expect(lab.page.locator(".faults-row").first()).toBeVisible();
    },
    "a fault": (lab) => openDialog(lab, "f"),
    "faults that come by themselves": (lab) => openDialog(lab, "Shift+F"),
  },
  menus: {
    "a server's": (lab) => lab.openMenu(lab.server(1)),
    "the speed": async (lab) => {
      await lab.press("Escape");
      await lab.page.getByRole("button", { name: /^Speed/ }).click();
    },
    "jumps and branches": async (lab) => {
      await lab.press("Escape", "Home", "2", "c");
      await lab.click("Jump to");
    },
    "an act's": async (lab) => {
      await lab.press("Escape");
      await lab.page.getByRole("slider", { name: "Time" }).focus();
      await lab.press("Enter");
      await expect(lab.menu).toContainText("Take it out");
    },
  },
  dialogs: {
    scenarios: (lab) => openDialog(lab, "n"),
    share: (lab) => openDialog(lab, "s"),
    keys: (lab) => openDialog(lab, "?"),
    "the palette": (lab) => openDialog(lab, "Control+k"),
  },
  forms: {
    settings: (lab) => openDialog(lab, "g"),
    "a client's request": (lab) => openDialog(lab, "q"),
    "a change of members": (lab) => openDialog(lab, "j"),
    "a clock": async (lab) => {
      await lab.press("Escape", "Control+k");
      await lab.page.getByRole("combobox").fill("S1’s clock");
      await lab.page.getByRole("option", { name: "Set S1’s clock" }).click();
      await expect(lab.dialog).toContainText("Set a clock");
    },
    "an option": (lab) => byName(lab, "change an option", "Change an option"),
    "the acts": (lab) => byName(lab, "edit an act", "Acts of this run"),
    "one of them": async (lab) => {
      await lab.dialog.getByRole("button", { name: /election timer of S1/ }).click();
      await expect(lab.dialog).toContainText("Change it");
    },
    "the steps": (lab) => byName(lab, "add a step", "Save the steps"),
  },
};

/** What has no key of its own is found by its name. */
async function byName(lab: Lab, name: string, shown: string): Promise<void> {
  await lab.press("Escape", "Control+k");
  await lab.page.getByRole("combobox").fill(name);
  await lab.press("Enter");
  await expect(lab.dialog).toContainText(shown);
}

const desktop = { name: "desktop", width: 1440, height: 900 };
const phone = { name: "phone", width: 360, height: 800 };

/** What is reached on one screen is looked at on the other, too; the next is reached there. */
async function look(lab: Lab, group: string, views: Views, screens: readonly (typeof desktop)[]): Promise<void> {
  let order = screens;
  for (const [view, arrive] of Object.entries(views)) {
    await arrive(lab);
    for (const screen of order) {
      await lab.page.setViewportSize(screen);
      await lab.ready();
      // A phone has the colours of a desktop.
      const dark = screen === desktop || group === "the page";
      expect.soft(await violations(lab.page, { dark }), `${view} on a ${screen.name}`).toEqual([]);
    }
    order = [...order].reverse();
  }
}

test.describe("axe finds nothing in", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });
  test.describe.configure({ mode: "default" });
  for (const [group, views] of Object.entries(groups)) {
    test.describe(() => {
      // Of the page itself axe sees what it is at first; the others are about what they open.
      test.use({ keepsPage: group !== "the page" });
      test(group, async ({ lab }) => {
        await lab.open({ scenario: steady({ bookmarks: [{ atMs: 150, label: "The client asks." }] }) });
        // A menu goes when the window changes.
        if (group !== "menus") return look(lab, group, views, [desktop, phone]);
        await look(lab, group, views, [desktop]);
        await lab.press("Escape");
        await look(lab, group, views, [phone]);
      });
    });
  }
});

async function openDialog(lab: Lab, key: string): Promise<void> {
  await lab.press("Escape", key);
  await expect(lab.dialog).toBeVisible();
}
