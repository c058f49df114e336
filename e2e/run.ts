import { spawnSync } from "node:child_process";
import { getBrowser, thisMachine } from "./browser.ts";

/** `npm run e2e`: gets a browser if there is none, then runs Playwright with the arguments that were given. */
const args = ["playwright", "test", "-c", "e2e/playwright.config.ts", ...process.argv.slice(2)];
try {
  const browser = getBrowser(thisMachine);
  console.log(`Browser: ${browser}`);
  const { status } = spawnSync("npx", args, { stdio: "inherit", env: { ...process.env, CHROMIUM_PATH: browser } });
  process.exitCode = status ?? 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
