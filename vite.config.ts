import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { firstFrame } from "./src/build/first-frame.ts";
import { firstLoadBar, lightFirstLoad } from "./src/build/first-load.ts";
import { worksOffline } from "./src/build/offline.ts";
import { keepOldParts } from "./src/build/old-parts.ts";
import { smallPublicScripts } from "./src/build/public-scripts.ts";
import { readmeBesidePage } from "./src/build/readme.ts";
import { entriesStandAlone } from "./src/build/worker-entries.ts";

/**
 * The built page fetches nothing from elsewhere, runs no inline script or style, and turns no text into markup or
 * into a script's address: Trusted Types allow one policy, which allows our workers (src/store/spawn.ts).
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types driftwood",
].join("; ");

/** Only in the built page: the development server needs inline styles and scripts of its own. */
function policyInBuiltPage(): Plugin {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy },
        injectTo: "head-prepend",
      },
    ],
  };
}

/**
 * What searches and what plays a thousand schedules takes longest, in the smallest of files. A machine that has never run
 * the tests would begin with the largest files, and in the end one processor would wait for the other.
 */
class ChecksFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isCheck = ({ moduleId }: TestSpecification): number => Number(moduleId.includes("/src/check/"));
    return (await super.sort(files)).toSorted((a, b) => isCheck(b) - isCheck(a));
  }
}

export default defineConfig({
  base: "./",
  plugins: [
    react(),
    policyInBuiltPage(),
    firstFrame(),
    keepOldParts(),
    readmeBesidePage(),
    smallPublicScripts(["theme.js", "early.js"]),
    worksOffline(),
    lightFirstLoad(firstLoadBar),
  ],
  build: {
    target: "es2022",
    // Inlined assets would be data: addresses, which the policy does not allow for fonts.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // The page's own script is there when a part of it is asked for; asked for once more, Firefox reports an error. What
      // comes by itself after the first frame needs no list of its scripts in what has to come before: it has its imports.
      resolveDependencies: (_, parts, { hostId, hostType }) => {
        if (hostType === "html") return parts;
        const isFirst = hostId.startsWith("assets/index-");
        return parts.filter((part) => (isFirst ? part.endsWith(".css") : !part.startsWith("assets/index-")));
      },
    },
    // Two pieces: left to itself the bundler puts all that several parts need into pieces of their own, which come in
    // dozens of answers and do not compress together. The first is what the page waits for, the second what comes by itself
    // after that. What comes later still shares little pieces of two libraries: an icon each, a hook each. They come as one, too.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "index", tags: ["$initial"], priority: 2 },
            { name: "after", test: /\/after-first-frame\.ts$/, priority: 1 },
            { name: "widgets", test: /node_modules\/(@base-ui|@floating-ui|lucide-react)\//, minShareCount: 2 },
          ],
        },
      },
    },
  },
  worker: {
    format: "es",
    plugins: () => [entriesStandAlone()],
    // Left to itself the bundler puts into the entry what the lazy parts need too, and they import it back. What reads links and
    // files is wanted at every opening, sooner or later (`warmUp` in worker/main.ts): it comes as one.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "engine", test: /worker\/laboratory\.ts$/ },
            { name: "seeker", test: /check\/search\/search\.ts$/ },
            { name: "reader", test: /(scenario\/(format|address)|worker\/faults|check\/unusual)\.ts$/ },
          ],
        },
      },
    },
  },
  preview: { port: 4173 },
  // Unless told so, one core stays unused: of two that is half of the time.
  // The limits are for what hangs: a shared machine may stall for minutes.
  test: {
    include: ["src/**/*.test.ts", "e2e/**/*.test.ts"],
    environment: "node",
    // No test leaves anything behind in a module: to evaluate the engine anew for each file costs more than most tests.
    pool: "threads",
    isolate: false,
    maxWorkers: "100%",
    sequence: { sequencer: ChecksFirst },
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
