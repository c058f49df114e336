import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, expect, test } from "vitest";
import { firstLoadOf, lightFirstLoad, waitedFor } from "./first-load.ts";

const root = mkdtempSync(join(tmpdir(), "first-load-"));
afterAll(() => rmSync(root, { recursive: true }));

test("a page waits for the scripts and style sheets that it names, preloaded ones too", () => {
  const html = `
    <link rel="icon" href="./favicon.svg" type="image/svg+xml" />
    <script async src="./early.js"></script>
    <script type="module" crossorigin src="./assets/index-1.js"></script>
    <link rel="modulepreload" crossorigin href="./assets/part-1.js">
    <link rel="stylesheet" crossorigin href="./assets/index-1.css">`;
  expect(waitedFor(html)).toEqual(["./early.js", "./assets/index-1.js", "./assets/part-1.js", "./assets/index-1.css"]);
});

test("the build fails where the first load is over the bar, by no more than a byte", async () => {
  writeFileSync(join(root, "index.html"), '<!doctype html><script type="module" src="/main.js"></script>');
  writeFileSync(join(root, "main.js"), 'console.log("here"); void import("./later.js");');
  writeFileSync(join(root, "later.js"), `console.log(${JSON.stringify("later".repeat(1000))});`);
  const built = (bar: number) =>
    build({ root, base: "./", configFile: false, logLevel: "silent", plugins: [lightFirstLoad(bar)] });
  await built(1e6);
  const bytes = firstLoadOf(join(root, "dist"));
  expect(bytes).toBeGreaterThan(100);
  await expect(built(bytes)).resolves.toBeDefined();
  await expect(built(bytes - 1)).rejects.toThrow(`The first load is ${bytes} bytes gzipped, and may be ${bytes - 1}`);
});
