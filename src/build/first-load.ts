import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Gzipped bytes that may have to arrive before the page is interactive. */
export const firstLoadBar = 150_000;

/** Addresses of the scripts and style sheets that a page names itself: all that it waits for. */
export const waitedFor = (html: string): string[] =>
  [...html.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, address]) => address!);

/** Gzipped bytes of the page in `folder` and of all that it waits for. */
export function firstLoadOf(folder: string): number {
  const sizeOf = (name: string) => gzipSync(readFileSync(join(folder, name)), { level: 9 }).length;
  const html = readFileSync(join(folder, "index.html"), "utf8");
  return waitedFor(html).reduce((sum, address) => sum + sizeOf(address), sizeOf("index.html"));
}

/** Fails the build of a page whose first load is over `bar` gzipped bytes. */
export function lightFirstLoad(bar: number): Plugin {
  return {
    name: "light-first-load",
    apply: "build",
    writeBundle({ dir }) {
      const bytes = firstLoadOf(dir ?? "dist");
      if (bytes > bar) this.error(`The first load is ${bytes} bytes gzipped, and may be ${bar}: load something later`);
    },
  };
}
