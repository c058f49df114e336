import { defineConfig, devices } from "playwright/test";
import { chromiumArgs } from "./browser.ts";

/** Milliseconds. */
const hang = 120_000;
const { CHROMIUM_PATH: executablePath, PAGE_URL: baseURL } = process.env;

/** Tests of the built page, as anybody gets it: with its policy, its worker, its fonts. `npm run e2e` builds and serves it. */
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "../artefacts/failures",
  fullyParallel: true,
  // One more than there are processors, on most machines that build: now and then a test waits for what the page does by the clock.
  workers: 3,
  // What fails once has failed. No test waits by the clock: these limits only end what hangs, on any machine.
  retries: 0,
  forbidOnly: process.env["CI"] !== undefined,
  timeout: 10 * hang,
  expect: { timeout: hang },
  reporter: [["list"]],
  use: {
    ...(baseURL === undefined ? {} : { baseURL }),
    trace: "off",
    screenshot: "only-on-failure",
    actionTimeout: hang,
    navigationTimeout: hang,
    colorScheme: "light",
    locale: "en-GB",
    // What it answers no route sees. `offline.spec.ts` is about it.
    serviceWorkers: "block",
    launchOptions: {
      args: [...chromiumArgs],
      ...(executablePath === undefined ? {} : { executablePath }),
    },
  },
  projects: [
    { name: "desktop", testIgnore: "**/*.phone.spec.ts", use: { viewport: { width: 1440, height: 900 } } },
    {
      name: "phone",
      testMatch: "**/*.phone.spec.ts",
      use: {
        viewport: { width: 360, height: 800 },
        hasTouch: true,
        isMobile: true,
        deviceScaleFactor: 2,
        userAgent: devices["Pixel 7"].userAgent,
      },
    },
  ],
});
