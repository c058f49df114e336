import { readFileSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import type { Page } from "playwright/test";
import { buildKept, serviceWorker } from "../src/build/offline.ts";
import { readBuilds } from "../src/build/old-parts.ts";
import { expect, firstVisit, Lab } from "./lab.ts";
import { encodeScenario, steady } from "./scenario.ts";

/** The page without a network, and the page while a new version comes: with a site of its own, which can go away. */

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

interface Site {
  readonly folder: string;
  readonly url: string;
  /** No request is answered, as without a network. */
  away: boolean;
}

const test = firstVisit.extend<{ readonly site: Site }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
  site: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "driftwood-"));
    await cp("dist", folder, { recursive: true });
    const site = { folder, url: "", away: false };
    const server = createServer(async (request, response) => {
      if (site.away) return void request.socket.destroy();
      const path = new URL(request.url ?? "", "http://site").pathname.replace(/^\/lab\/$/, "/lab/index.html");
      const text = await readFile(join(folder, path.replace("/lab/", ""))).catch(() => null);
      if (text === null) return void response.writeHead(404).end();
      response.writeHead(200, { "Content-Type": types[extname(path)] ?? "application/octet-stream" }).end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    site.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/lab/`;
    await use(site);
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  },
  baseURL: ({ site }, use) => use(site.url),
});
test.use({ serviceWorkers: "allow" });

/** What a browser says of addresses that cannot be reached. */
test.afterEach(({ watched }) => {
  const others = watched.complaints.filter(
    (complaint) => !/Failed to load resource|ERR_|Failed to fetch/.test(complaint),
  );
  watched.complaints.splice(0, watched.complaints.length, ...others);
});

/** Until all of a version is kept, and this page is served from there. */
const served = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (navigator.serviceWorker.controller === null) {
      await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
    }
  });

test("after a first visit the page opens, runs and shows its parts without a network", async ({ lab, page, site }) => {
  await lab.open();
  await served(page);
  site.away = true;
  await page.reload();
  await lab.ready();
  await lab.button("Scenarios").click();
  await lab.dialog.getByText("Figure 8", { exact: false }).first().click();
  await lab.idle();
  expect((await lab.state()).info?.title).toContain("Figure 8");
  await lab.press("s");
  await expect(lab.dialog.getByRole("textbox", { name: "Link to this moment" })).toHaveValue(/#figure-8/);

  const other = new Lab(await page.context().newPage());
  await other.page.goto(`${site.url}#${await encodeScenario(steady())}`);
  await other.ready();
  await other.playFor(50);
  await other.openPane("Checks");
  await expect(other.page.getByText(/after every step/).first()).toBeVisible();
  // Nobody has kept the README.
  expect(await other.page.evaluate(() => caches.match("readme.txt").then((found) => found ?? null))).toBeNull();
  await expect(other.page.evaluate(() => fetch("readme.txt").then(() => "there"))).rejects.toThrow();
});

test("a new version leaves an open page its own parts, says that it is there, and comes when the page is loaded again", async ({
  lab,
  page,
  site,
}) => {
  await lab.open({ scenario: steady() });
  await served(page);
  const own = await scriptOf(page);
  await putUpAnother(site.folder);
  const told = page.getByRole("status").filter({ hasText: "A new version is here: reload when you like." });
  await expect(told).toHaveCount(0);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(told).toBeVisible();
  // Its parts are no longer on the site.
  await page.keyboard.press("Control+k");
  await expect(lab.dialog).toBeVisible();
  await page.keyboard.press("Escape");
  expect(await scriptOf(page)).toBe(own);
  const { at, hash } = await lab.moment();

  const loaded = page.waitForEvent("load");
  await told.getByRole("button", { name: "Reload the page" }).click();
  await loaded;
  await lab.ready();
  expect(await scriptOf(page)).not.toBe(own);
  expect(await lab.moment()).toMatchObject({ at, hash });
  await expect(told).toHaveCount(0);
  // Without a network it is the new one, too.
  site.away = true;
  await page.reload();
  await lab.ready();
  expect(await scriptOf(page)).not.toBe(own);
  await page.keyboard.press("Control+k");
  await expect(lab.dialog).toBeVisible();
});

const scriptOf = (page: Page) => page.locator('script[type="module"]').getAttribute("src");

/** The same page under other names of its scripts; those before are gone. */
async function putUpAnother(folder: string): Promise<void> {
  const at = (file: string) => join(folder, file);
  const [parts = []] = readBuilds(await readFile(at("builds.json"), "utf8"));
  const scripts = new Set(parts.filter((part) => part.endsWith(".js")).map((part) => basename(part)));
  const another = (text: string) =>
    text.replace(/[\w-]+\.js/g, (name) => (scripts.has(name) ? name.replace(".js", "2.js") : name));
  for (const file of ["index.html", ...[...scripts].map((script) => `assets/${script}`)]) {
    const text = await readFile(at(file), "utf8");
    await rm(at(file));
    await writeFile(at(another(file)), another(text));
  }
  const kept = buildKept(parts.map(another), (file) => readFileSync(at(file)));
  await writeFile(at("sw.js"), serviceWorker(kept));
}
