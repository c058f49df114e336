import { join } from "node:path";
import { type Plugin, runnerImport } from "vite";
import type { First } from "./first.tsx";

const name = "virtual:first-frame";
const root = '<div id="root"></div>';

/**
 * The first frame of the first run is known when the page is built. Its picture stands in the page before any script
 * has run, and `virtual:first-frame` holds the engine's answer, so that the page need not wait for the engine.
 */
export function firstFrame(): Plugin {
  let making: Promise<First> | null = null;
  const make = (): Promise<First> => {
    making ??= runnerImport<typeof import("./first.tsx")>(join(import.meta.dirname, "first.tsx"), {
      configFile: false,
      logLevel: "error",
    }).then(({ module }) => module.first());
    return making;
  };
  return {
    name: "first-frame",
    resolveId: (id) => (id === name ? `\0${name}` : null),
    async load(id) {
      if (id !== `\0${name}`) return null;
      const { answer } = await make();
      return `export const firstAnswer = JSON.parse(${JSON.stringify(JSON.stringify(answer))});`;
    },
    async transformIndexHtml(html) {
      const { markup } = await make();
      return html.replace(root, () => root.replace("></div>", `>${markup}</div>`));
    },
  };
}
