import { spawn } from "node:child_process";
import { once } from "node:events";
import { preview } from "vite";
import { getBrowser, thisMachine } from "./browser.ts";

/**
 * `npm run e2e`: gets a browser if there is none, serves what was built on a port that is free, and runs Playwright with
 * the arguments that were given.
 */
async function run(): Promise<number> {
  const browser = getBrowser(thisMachine);
  console.log(`Browser: ${browser}`);
  // What was built does not change meanwhile. Asked for anew, a script that is the same is compiled anew.
  const headers = { "Cache-Control": "max-age=3600" };
  const server = await preview({ preview: { host: "127.0.0.1", port: 0, headers }, logLevel: "error" });
  const env = { ...process.env, CHROMIUM_PATH: browser, PAGE_URL: server.resolvedUrls!.local[0]! };
  const args = ["playwright", "test", "-c", "e2e/playwright.config.ts", ...process.argv.slice(2)];
  const [status] = await once(spawn("npx", args, { stdio: "inherit", env }), "exit");
  await server.close();
  return status ?? 1;
}

try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
