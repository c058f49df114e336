import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { expect, test } from "vitest";
import { smallPublicScripts } from "./public-scripts.ts";

test("the script that is named does the same with fewer bytes; others are copied", async () => {
  const root = mkdtempSync(join(tmpdir(), "driftwood-"));
  const text =
    "// A reason.\n(() => {\n  globalThis.driftwoodDoubled = (number) => {\n    return 2 * number;\n  };\n})();\n";
  writeFileSync(join(root, "index.html"), "<p>A page</p>");
  mkdirSync(join(root, "public"));
  for (const name of ["small.js", "other.js"]) writeFileSync(join(root, "public", name), text);
  await build({ root, logLevel: "silent", configFile: false, plugins: [smallPublicScripts(["small.js"])] });
  const [small, other] = ["small.js", "other.js"].map((name) => readFileSync(join(root, "dist", name), "utf8"));
  expect(other).toBe(text);
  expect(small).not.toContain("reason");
  const made: { driftwoodDoubled?: (number: number) => number } = {};
  new Function("globalThis", small!)(made);
  expect(made.driftwoodDoubled?.(21)).toBe(42);
  rmSync(root, { recursive: true });
});
