import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/** The files of one build, with their hashes in their names; the newest build comes first. */
export type Builds = readonly (readonly string[])[];

/** Builds whose parts stay: who has had the page open since the one before goes on with the parts of that one. */
export const buildsKept = 5;
const listName = "builds.json";

/** The builds that are kept when `parts` are built; a build of the same files is the same build. */
export function withBuild(builds: Builds, parts: readonly string[]): Builds {
  const sorted = [...parts].sort();
  const others = builds.filter((build) => build.join() !== sorted.join());
  return [sorted, ...others].slice(0, buildsKept);
}

/** What an earlier build wrote; none if it is not there or is something else. */
export function readBuilds(text: string): Builds {
  try {
    const builds: unknown = JSON.parse(text);
    const isBuild = (build: unknown) => Array.isArray(build) && build.every((part) => typeof part === "string");
    return Array.isArray(builds) && builds.every(isBuild) ? (builds as Builds) : [];
  } catch {
    return [];
  }
}

/**
 * Leaves the hashed parts of the builds before in `assets`, and lists them in `builds.json` beside the page. Everything
 * else that is in the folder, as a file that no listed build has, goes.
 */
export function keepOldParts(): Plugin {
  return {
    name: "keep-old-parts",
    apply: "build",
    config: () => ({ build: { emptyOutDir: false } }),
    writeBundle({ dir }, bundle) {
      const folder = dir ?? "dist";
      const list = join(folder, listName);
      const before = existsSync(list) ? readBuilds(readFileSync(list, "utf8")) : [];
      const parts = Object.keys(bundle).filter((file) => file.startsWith("assets/"));
      const builds = withBuild(before, parts);
      const kept = new Set(builds.flat());
      mkdirSync(join(folder, "assets"), { recursive: true });
      for (const file of readdirSync(join(folder, "assets"))) {
        if (!kept.has(`assets/${file}`)) rmSync(join(folder, "assets", file));
      }
      writeFileSync(list, `${JSON.stringify(builds)}\n`);
    },
  };
}
