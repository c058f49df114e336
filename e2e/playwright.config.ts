import { defineConfig, devices } from "playwright/test";
import { chromiumArgs } from "./browser.ts";

const port = 4406;
const executablePath = process.env["CHROMIUM_PATH"];

/** Tests of the built page, as anybody gets it: with its policy, its worker, its fonts. `npm run e2e` builds it first. */
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "../artefacts/failures",
  fullyParallel: true,
  workers: 2,
  // A shared machine may stall for seconds; a test that fails twice has failed, and what needed a second run is listed.
  retries: process.env["CI"] ? 2 : 0,
  forbidOnly: process.env["CI"] !== undefined,
  timeout: 45_000,
  expect: { timeout: 8000 },
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    trace: "off",
    screenshot: "only-on-failure",
    actionTimeout: 8000,
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
    timeout: 30_000,
  },
});
