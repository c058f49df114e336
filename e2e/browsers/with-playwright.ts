import type { BrowserType, LaunchOptions } from "playwright";
import { type Driver, usualSize } from "./driver.ts";

/** An engine that Playwright drives: its own, or a Chromium of the system. */
export async function withPlaywright(type: BrowserType, options: LaunchOptions): Promise<Driver> {
  const browser = await type.launch(options);
  const context = await browser.newContext({ viewport: usualSize });
  if (type.name() === "chromium") await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const told: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) told.push(message.text());
  });
  page.on("pageerror", (error) => told.push(error.message));
  page.on("crash", () => told.push("the page crashed"));
  return {
    engine: `${type.name()} ${browser.version()}`,
    async open(address) {
      await page.goto("about:blank");
      await page.goto(address);
    },
    evaluate: (expression) => page.evaluate(expression),
    press: (chord) => page.keyboard.press(chord),
    clickAt: ({ x, y }) => page.mouse.click(x, y),
    resize: (size) => page.setViewportSize(size),
    picture: () => page.screenshot(),
    complaints: () => told.splice(0),
    close: () => browser.close(),
  };
}
