import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const readme = new URL("../../README.md", import.meta.url);
/** As text, every browser shows it. */
const name = "readme.txt";

/** Puts the README beside the page, which links to it from its help. */
export function readmeBesidePage(): Plugin {
  return {
    name: "readme",
    configureServer({ middlewares }) {
      middlewares.use(`/${name}`, (_, response) => {
        response.setHeader("Content-Type", "text/plain; charset=utf-8").end(readFileSync(readme));
      });
    },
    generateBundle() {
      this.emitFile({ type: "asset", fileName: name, source: readFileSync(readme) });
    },
  };
}
