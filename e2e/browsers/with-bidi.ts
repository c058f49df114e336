import { type KeyInput, launch } from "puppeteer-core";
import { chordParts, type Driver, usualSize } from "./driver.ts";

/** A Firefox of the system, without a window, over WebDriver BiDi. Such a Firefox has no focus: nothing of that can be tried in it. */
export async function withBidi(executablePath: string): Promise<Driver> {
  const browser = await launch({ browser: "firefox", executablePath, headless: true, protocolTimeout: 120_000 });
  const [page = await browser.newPage()] = await browser.pages();
  await page.setViewport(usualSize);
  const told: string[] = [];
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) told.push(message.text());
  });
  page.on("pageerror", (error) => told.push(String(error)));
  return {
    engine: (await browser.version()).replace("/", " "),
    async open(address) {
      await page.goto("about:blank");
      await page.goto(address);
    },
    evaluate: (expression) => page.evaluate(expression),
    async press(chord) {
      const { held, key } = chordParts(chord);
      for (const modifier of held) await page.keyboard.down(modifier as KeyInput);
      await page.keyboard.press((key === "Space" ? " " : key) as KeyInput);
      for (const modifier of held.toReversed()) await page.keyboard.up(modifier as KeyInput);
    },
    clickAt: ({ x, y }) => page.mouse.click(x, y),
    resize: (size) => page.setViewport(size),
    picture: async () => Buffer.from(await page.screenshot()),
    complaints: () => told.splice(0),
    async close() {
      const child = browser.process();
      await browser.close().catch(() => undefined);
      child?.kill("SIGKILL");
    },
  };
}
