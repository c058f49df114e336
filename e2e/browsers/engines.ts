import { chromium, firefox, webkit } from "playwright";
import { chromiumArgs, findBrowser, type Machine } from "../browser.ts";
import type { Driver } from "./driver.ts";
import { withBidi } from "./with-bidi.ts";
import { withPlaywright } from "./with-playwright.ts";
import { withWebDriver } from "./with-webdriver.ts";

/** An engine that is here, and how it is started. */
export interface Engine {
  readonly name: EngineName;
  /** Where it is, and what drives it. */
  readonly found: string;
  start(): Promise<Driver>;
}

export const engineNames = ["chromium", "firefox", "webkit"] as const;
export type EngineName = (typeof engineNames)[number];

/** What to install where one is missing. */
export const advice: Readonly<Record<EngineName, string>> = {
  chromium: "npx playwright install chromium, or apt-get install chromium",
  firefox: "npx playwright install firefox, or apt-get install firefox-esr",
  webkit: "npx playwright install webkit, or apt-get install webkit2gtk-driver xvfb",
};

const webDriverPort = 4416;

/** Playwright's own build where it is installed, else the system's; null if there is none. */
export function findEngine(name: EngineName, machine: Machine): Engine | null {
  switch (name) {
    case "chromium": {
      const path = findBrowser(machine);
      if (path === null) return null;
      return {
        name,
        found: path,
        start: () => withPlaywright(chromium, { executablePath: path, args: [...chromiumArgs] }),
      };
    }
    case "firefox": {
      const own = machine.locate(firefox.executablePath());
      if (own !== null) return { name, found: own, start: () => withPlaywright(firefox, {}) };
      const path = machine.locate("firefox-esr") ?? machine.locate("firefox");
      return path === null ? null : { name, found: path, start: () => withBidi(path) };
    }
    case "webkit": {
      const own = machine.locate(webkit.executablePath());
      if (own !== null) return { name, found: own, start: () => withPlaywright(webkit, {}) };
      const path = machine.locate("WebKitWebDriver");
      if (path === null || machine.locate("Xvfb") === null) return null;
      return { name, found: path, start: () => withWebDriver(path, webDriverPort) };
    }
  }
}
