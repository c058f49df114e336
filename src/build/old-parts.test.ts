import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { expect, test } from "vitest";
import { buildsKept, keepOldParts, readBuilds, withBuild } from "./old-parts.ts";

test("the newest builds are kept, and one that changes nothing counts once", () => {
  expect(withBuild([["assets/a-1.js"]], ["assets/b-1.js", "assets/a-1.js"])).toEqual([
    ["assets/a-1.js", "assets/b-1.js"],
    ["assets/a-1.js"],
  ]);
  expect(withBuild([["x"], ["y"]], ["y"])).toEqual([["y"], ["x"]]);
  const many = Array.from({ length: 9 }, (_, i) => [`assets/${i}.js`]);
  expect(withBuild(many, ["assets/new.js"])).toEqual([["assets/new.js"], ...many.slice(0, buildsKept - 1)]);
});

test("a list that is none counts as no builds", () => {
  for (const text of ["", "{", "3", '{"a":1}', "[[1]]", '["a"]']) expect(readBuilds(text)).toEqual([]);
  expect(readBuilds('[["a"],["b","c"]]')).toEqual([["a"], ["b", "c"]]);
});

test("what a page of the version before still needs stays beside the new parts; what nobody needs goes", async () => {
  const root = mkdtempSync(join(tmpdir(), "driftwood-"));
  const parts = () => readdirSync(join(root, "dist/assets")).sort();
  const version = async (text: string) => {
    writeFileSync(join(root, "page.js"), `console.log(${JSON.stringify(text)});`);
    const input = join(root, "page.js");
    await build({
      configFile: false,
      root,
      logLevel: "silent",
      plugins: [keepOldParts()],
      build: { rolldownOptions: { input } },
    });
  };
  await version("one");
  const [first] = parts();
  writeFileSync(join(root, "dist/assets/stray.js"), "");
  await version("two");
  expect(parts()).toHaveLength(2);
  expect(parts()).toContain(first);
  expect(readFileSync(join(root, "dist/assets", first!), "utf8")).toContain("one");
  for (const text of ["3", "4", "5", "6"]) await version(text);
  expect(parts()).toHaveLength(buildsKept);
  expect(parts()).not.toContain(first);
});
