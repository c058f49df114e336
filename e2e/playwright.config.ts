import { defineConfig, devices } from "playwright/test";
import { chromiumArgs } from "./browser.ts";

const port = 4406;
/** Milliseconds. */
const hang = 120_000;
const executablePath = process.env["CHROMIUM_PATH"];

/** Tests of the built page, as anybody gets it: with its policy, its worker, its fonts. `npm run e2e` builds it first. */
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "../artefacts/failures",
  fullyParallel: true,
  workers: 2,
  // What fails once has failed. No test waits by the clock: these limits only end what hangs, on any machine.
  retries: 0,
  forbidOnly: process.env["CI"] !== undefined,
  timeout: 10 * hang,
  expect: { timeout: hang },
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    trace: "off",
    screenshot: "only-on-failure",
    actionTimeout: hang,
    navigationTimeout: hang,
    colorScheme: "light",
    locale: "en-GB",
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
  webServer: {
    command: `npx vite preview --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: "..",
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
    timeout: hang,
  },
});
