import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join, sep } from "node:path";
import { chromium } from "playwright";

/** What finding and getting a browser needs from the machine; a test brings its own. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where Playwright keeps the browser that it installs. */
  readonly own: string;
  readonly isRoot: boolean;
  /** Where a command of that name is, or the path itself if there is such a file; null if there is none. */
  locate(command: string): string | null;
  /** True if the command ends well. `quiet`: it may only look, and its words are not shown. */
  run(command: string, args: readonly string[], quiet: boolean): boolean;
}

/** The same Chromium in two forms: without windows it does a page's work in half of the time, so that it comes first. */
const packages = ["chromium-headless-shell", "chromium"];
const systemNames = [...packages, "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

/** A browser may be there and not start: libraries that it needs may be missing. */
const works = (machine: Machine, browser: string): boolean => machine.run(browser, ["--version"], true);

/** `CHROMIUM_PATH`, then Playwright's own browser, then the system's: the first that starts, as a path. */
export function findBrowser(machine: Machine): string | null {
  const chosen = machine.env["CHROMIUM_PATH"] ?? "";
  const candidates = chosen === "" ? [machine.own, ...systemNames] : [chosen];
  const there = candidates.map((browser) => machine.locate(browser)).filter((path) => path !== null);
  return there.find((path) => works(machine, path)) ?? null;
}

const help = `No Chromium was found, and none could be installed. Any one of these helps:
  - install one:          npx playwright install --with-deps chromium
  - on Debian or Ubuntu:  sudo apt-get install chromium-headless-shell fonts-liberation
  - say where one is:     CHROMIUM_PATH=/path/to/chromium npm test`;

/** As `findBrowser`; where none is found one is installed, as root by apt, or else by Playwright. Throws with advice. */
export function getBrowser(machine: Machine): string {
  const found = findBrowser(machine);
  if (found !== null) return found;
  const chosen = machine.env["CHROMIUM_PATH"] ?? "";
  if (chosen !== "") throw new Error(`CHROMIUM_PATH=${chosen}: this browser does not start`);
  for (const install of [installWithApt, installWithPlaywright]) {
    install(machine);
    const installed = findBrowser(machine);
    if (installed !== null) return installed;
  }
  throw new Error(help);
}

function installWithPlaywright({ isRoot, run }: Machine): void {
  run("npx", ["playwright", "install", ...(isRoot ? ["--with-deps"] : []), "chromium"], false);
}

function installWithApt(machine: Machine): void {
  const { isRoot, run } = machine;
  if (!isRoot || !run("apt-get", ["--version"], true)) return;
  run("apt-get", ["update"], false);
  for (const name of packages) {
    run("apt-get", ["install", "-y", "--no-install-recommends", name, "fonts-liberation"], false);
    if (findBrowser(machine) !== null) return;
  }
}

const isRoot = process.getuid?.() === 0;
const lookTimeout = 30_000;
const installTimeout = 180_000;

export const thisMachine: Machine = {
  env: process.env,
  own: chromium.executablePath(),
  isRoot,
  locate(command) {
    const folders = command.includes(sep) ? [""] : (process.env["PATH"] ?? "").split(delimiter);
    return folders.map((folder) => join(folder, command)).find((path) => existsSync(path)) ?? null;
  },
  run(command, args, quiet) {
    const { status } = spawnSync(command, args, {
      stdio: quiet ? "ignore" : ["ignore", "inherit", "inherit"],
      timeout: quiet ? lookTimeout : installTimeout,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    return status === 0;
  },
};

/** Only root needs to go without Chromium's sandbox. */
export const chromiumArgs: readonly string[] = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(isRoot ? ["--no-sandbox"] : []),
];
