import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Usage } from "./usage.ts";

/** `bench [--json]`: the engine's figures. */
export async function bench(args: readonly string[]): Promise<number> {
  if (args.some((arg) => arg !== "--json")) throw new Usage("bench takes only --json");
  const { measure } = await bundled();
  const figures = measure();
  if (args.includes("--json")) console.log(JSON.stringify(figures));
  else
    for (const [name, value] of Object.entries(figures))
      console.log(`${name.padEnd(30)} ${typeof value === "number" ? value : JSON.stringify(value)}`);
  return 0;
}

/**
 * One file, put together as the page's is: from one module to the next the compiler sees less, and all of it runs at
 * about half the pace.
 */
async function bundled(): Promise<typeof import("./figures.ts")> {
  // Not above: no other command needs it.
  const { build } = await import("vite");
  const ssr = fileURLToPath(new URL("./figures.ts", import.meta.url));
  const built = await build({ configFile: false, logLevel: "warn", build: { ssr, write: false, minify: true } });
  if (!("output" in built)) throw new Error("the engine was built into one output");
  const folder = mkdtempSync(join(tmpdir(), "driftwood-"));
  try {
    const file = join(folder, "figures.mjs");
    writeFileSync(file, built.output[0].code);
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
