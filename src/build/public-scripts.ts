import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minifySync, type Plugin } from "vite";

/** Scripts of `public` that the page waits for: the bundler only copies them; here they lose comments and long names. */
export function smallPublicScripts(names: readonly string[]): Plugin {
  return {
    name: "small-public-scripts",
    apply: "build",
    writeBundle({ dir }) {
      for (const name of names) {
        const file = join(dir ?? "dist", name);
        writeFileSync(file, minifySync(name, readFileSync(file, "utf8")).code);
      }
    },
  };
}
