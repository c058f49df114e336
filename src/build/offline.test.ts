import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, expect, test } from "vitest";
import { type BuildKept, worksOffline } from "./offline.ts";

const root = mkdtempSync(join(tmpdir(), "offline-"));
afterAll(() => rmSync(root, { recursive: true }));

async function built(later: string): Promise<BuildKept> {
  mkdirSync(join(root, "public"), { recursive: true });
  writeFileSync(join(root, "public/theme.js"), "1;");
  writeFileSync(join(root, "public/picture.png"), "");
  writeFileSync(
    join(root, "index.html"),
    '<!doctype html><script src="/theme.js"></script><script type="module" src="/main.js"></script>',
  );
  writeFileSync(join(root, "main.js"), 'console.log("here"); void import("./later.js");');
  writeFileSync(join(root, "later.js"), `console.log(${JSON.stringify(later)});`);
  await build({ root, base: "./", configFile: false, logLevel: "silent", plugins: [worksOffline()] });
  const [first = ""] = readFileSync(join(root, "dist/sw.js"), "utf8").split("\n");
  return JSON.parse(first.replace(/^const build = |;$/g, "")) as BuildKept;
}

test("what the page is made of is kept, its script first, and what it does not name is not", async () => {
  const { entry, parts, loose } = await built("one");
  expect(entry).toMatch(/^assets\/index-.*\.js$/);
  expect(parts[0]).toBe(entry);
  expect([...parts].sort()).toEqual(
    readdirSync(join(root, "dist/assets"))
      .map((file) => `assets/${file}`)
      .sort(),
  );
  expect(Object.keys(loose)).toEqual(["", "theme.js"]);
  // printf '1;' | openssl dgst -sha256 -binary | base64
  expect(loose["theme.js"]).toBe("sha256-CImjRDTlhukYQ2AnxOi0wzgPhGQ3Mb3rVwJK24dFz1M=");
});

test("another part makes another version with another script; the same files are the same version", async () => {
  const one = await built("one");
  expect(await built("one")).toEqual(one);
  const two = await built("two");
  expect(two.version).not.toBe(one.version);
  expect(two.entry).not.toBe(one.entry);
});
