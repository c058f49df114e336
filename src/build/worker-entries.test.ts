import { build } from "vite";
import { expect, test } from "vitest";
import { entriesStandAlone, importsOfEntries } from "./worker-entries.ts";

test("an entry that a chunk imports, at once or later, is named with the chunk", () => {
  const chunk = { isEntry: false, imports: [], dynamicImports: [] };
  const entry = { ...chunk, fileName: "main.js", isEntry: true, imports: ["engine.js"], dynamicImports: ["feed.js"] };
  const engine = { ...chunk, fileName: "engine.js" };
  expect(importsOfEntries([entry, engine, { ...chunk, fileName: "feed.js", imports: ["engine.js"] }])).toEqual([]);
  expect(importsOfEntries([entry, engine, { ...chunk, fileName: "feed.js", imports: ["main.js"] }])).toEqual([
    "feed.js -> main.js",
  ]);
  expect(importsOfEntries([entry, { ...engine, dynamicImports: ["main.js"] }])).toEqual(["engine.js -> main.js"]);
});

/** Builds modules that exist only here. */
const built = (modules: Readonly<Record<string, string>>) =>
  build({
    configFile: false,
    logLevel: "silent",
    plugins: [
      {
        name: "in-memory",
        resolveId: (id) => (id in modules ? id : null),
        load: (id) => modules[id] ?? null,
      },
      entriesStandAlone(),
    ],
    build: { write: false, rolldownOptions: { input: "entry", output: { minifyInternalExports: true } } },
  });

test("the build fails where the bundler leaves what both need in the entry", async () => {
  const shared = "export const shared = { word: Math.random() };";
  const lazy = 'import { shared } from "shared"; console.log(shared.word);';
  const entry = 'import { shared } from "shared"; shared.word = 1; void import("lazy");';
  await expect(built({ entry, lazy, shared })).rejects.toThrow(/imported by nobody: assets\/lazy-.* -> assets\/entry-/);
  await expect(built({ entry: 'void import("lazy");', lazy, shared })).resolves.toBeDefined();
});
