import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, expect, test } from "vitest";
import { readmeBesidePage } from "./readme.ts";

const folder = await mkdtemp(join(tmpdir(), "driftwood-"));
afterAll(() => rm(folder, { recursive: true }));

test("the README stands beside the built page under the address that the help links to", async () => {
  await writeFile(join(folder, "index.html"), "<p>A page</p>");
  await build({ root: folder, logLevel: "silent", configFile: false, plugins: [readmeBesidePage()] });
  const help = await readFile(new URL("../view/help/help.tsx", import.meta.url), "utf8");
  const [, address = ""] = /href="([^"]+)"/.exec(help) ?? [];
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  expect(await readFile(join(folder, "dist", address), "utf8")).toBe(readme);
});
