import { formatVersion } from "./version.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * From each version of the file to the next one. A link that says only how a run differs from a scenario lays its old
 * parts over the scenario as it is now: what an upgrader finds in the new form already, it leaves as it is.
 */
export const upgraders: Readonly<Record<number, (json: Json) => Json>> = {
  // 2: a bookmark may say that it is of the run before (`before`), which nothing from version 1 does.
  1: (json) => json,
  // 3: a bookmark may name a condition (`when`) besides its time or in its place, which nothing from version 2 does.
  2: (json) => json,
};

/** Brings what an earlier version wrote to this one. What is not a file of an earlier version comes back as it is. */
export function upgraded(json: unknown): unknown {
  let [current, version] = [json, versionOf(json)];
  while (version < formatVersion) {
    const upgrade = upgraders[version];
    if (upgrade === undefined) return current;
    current = { ...upgrade(current as Json), version: ++version };
  }
  return current;
}

/** Not a number: there is none. */
export function versionOf(json: unknown): number {
  if (typeof json !== "object" || json === null || !("version" in json)) return Number.NaN;
  return typeof json.version === "number" ? json.version : Number.NaN;
}
