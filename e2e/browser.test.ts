import { describe, expect, it } from "vitest";
import { findBrowser, getBrowser, type Machine } from "./browser.ts";

const pathOf = (command: string) => (command.startsWith("/") ? command : `/usr/bin/${command}`);

/** A machine on which `there` start; what is run besides looking is written to `done`, and `gets` may add a browser. */
function machineWith(there: string[], options: Partial<Machine> = {}, gets: Record<string, string> = {}) {
  const done: string[] = [];
  const machine: Machine = {
    env: {},
    own: "/own/chrome",
    isRoot: false,
    locate: (command) => (there.includes(command) ? pathOf(command) : null),
    run(command, args, quiet) {
      if (quiet) return there.some((name) => name === command || pathOf(name) === command);
      const line = [command, ...args].join(" ");
      done.push(line);
      const got = Object.entries(gets).find(([part]) => line.includes(part));
      if (got !== undefined) there.push(got[1]);
      return got !== undefined;
    },
    ...options,
  };
  return { machine, done };
}

describe("findBrowser", () => {
  it("takes CHROMIUM_PATH before any other, and no other in its place", () => {
    const env = { CHROMIUM_PATH: "/my/chrome" };
    const all = ["/my/chrome", "/own/chrome", "chromium"];
    expect(findBrowser(machineWith(all, { env }).machine)).toBe("/my/chrome");
    expect(findBrowser(machineWith(["chromium"], { env }).machine)).toBeNull();
  });

  it("prefers Playwright's own to the system's, if it starts", () => {
    expect(findBrowser(machineWith(["chromium", "/own/chrome"]).machine)).toBe("/own/chrome");
    expect(findBrowser(machineWith(["google-chrome", "chromium"]).machine)).toBe("/usr/bin/chromium");
    expect(findBrowser(machineWith([]).machine)).toBeNull();
  });

  it("prefers the one without windows, which is quicker", () => {
    expect(findBrowser(machineWith(["chromium", "chromium-headless-shell"]).machine)).toBe(
      "/usr/bin/chromium-headless-shell",
    );
  });
});

describe("getBrowser", () => {
  it("installs nothing where a browser is found", () => {
    const { machine, done } = machineWith(["google-chrome"], { isRoot: true });
    expect(getBrowser(machine)).toBe("/usr/bin/google-chrome");
    expect(done).toEqual([]);
  });

  it("lets Playwright install one, with its libraries only as root", () => {
    const user = machineWith([], {}, { "playwright install": "/own/chrome" });
    expect(getBrowser(user.machine)).toBe("/own/chrome");
    expect(user.done).toEqual(["npx playwright install chromium"]);
    const root = machineWith([], { isRoot: true }, { "playwright install": "/own/chrome" });
    expect(getBrowser(root.machine)).toBe("/own/chrome");
    expect(root.done).toEqual(["npx playwright install --with-deps chromium"]);
  });

  it("asks apt first as root: it needs nothing but the system's own mirror", () => {
    const shell = "chromium-headless-shell";
    const { machine, done } = machineWith(["apt-get"], { isRoot: true }, { [shell]: shell });
    expect(getBrowser(machine)).toBe(`/usr/bin/${shell}`);
    expect(done.at(-1)).toBe(`apt-get install -y --no-install-recommends ${shell} fonts-liberation`);
    const older = machineWith(["apt-get"], { isRoot: true }, { "recommends chromium ": "chromium" });
    expect(getBrowser(older.machine)).toBe("/usr/bin/chromium");
    expect(older.done.at(-1)).toBe("apt-get install -y --no-install-recommends chromium fonts-liberation");
  });

  it("says how to get one where nothing helps", () => {
    expect(() => getBrowser(machineWith(["apt-get"]).machine)).toThrow("CHROMIUM_PATH=/path/to/chromium npm test");
    const chosen = machineWith([], { env: { CHROMIUM_PATH: "/gone" } });
    expect(() => getBrowser(chosen.machine)).toThrow("CHROMIUM_PATH=/gone");
    expect(chosen.done).toEqual([]);
  });
});
