import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const source = new URL("./offline-worker.js", import.meta.url);

/** What the service worker is told of a build. */
export interface BuildKept {
  readonly version: string;
  /** The page's own script, by which a page knows whether it is of this version. */
  readonly entry: string;
  /** In `assets`, what is waited for first. */
  readonly parts: readonly string[];
  /** Files whose names stay, with their hashes as `integrity` takes them; "" is the page. */
  readonly loose: Readonly<Record<string, string>>;
}

/** Every browser with service workers reads woff2. */
const isNeeded = (file: string): boolean => file.startsWith("assets/") && !file.endsWith(".woff");

/** `files`: all that was built; `read`: one that lies in the folder. The page names its other files itself. */
export function buildKept(files: readonly string[], read: (file: string) => Uint8Array): BuildKept {
  const hash = (file: string): string => `sha256-${createHash("sha256").update(read(file)).digest("base64")}`;
  const html = new TextDecoder().decode(read("index.html"));
  const named = [...html.matchAll(/\b(?:src|href)="\.\/([^"]+)"/g)].map(([, file]) => file!);
  const first = named.filter(isNeeded);
  const parts = [...new Set([...first, ...files.filter(isNeeded)])];
  const others = named.filter((file) => !file.startsWith("assets/"));
  const loose = Object.fromEntries([["", hash("index.html")], ...others.map((file) => [file, hash(file)])]);
  const version = createHash("sha256")
    .update(JSON.stringify([parts, loose]))
    .digest("hex")
    .slice(0, 16);
  return { version, entry: first.find((file) => file.endsWith(".js")) ?? "", parts, loose };
}

/** The text of `sw.js`. */
export const serviceWorker = (kept: BuildKept): string =>
  `const build = ${JSON.stringify(kept)};\n${readFileSync(source, "utf8")}`;

/** Puts `sw.js` beside the page: with it the page opens without a network, in the newest version that was had. */
export function worksOffline(): Plugin {
  return {
    name: "works-offline",
    apply: "build",
    writeBundle({ dir }, bundle) {
      const folder = dir ?? "dist";
      const kept = buildKept(Object.keys(bundle), (file) => readFileSync(join(folder, file)));
      writeFileSync(join(folder, "sw.js"), serviceWorker(kept));
    },
  };
}
