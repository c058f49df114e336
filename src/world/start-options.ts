import type { ServerId } from "../base/units.ts";
import type { RaftOptions } from "../raft/options.ts";
import type { Setup } from "./state/setup.ts";

const known = new WeakMap<Setup, readonly (RaftOptions | undefined)[]>();

/** What a server follows when the run begins: the run's options, but for those that it has for itself. The same object each time. */
export function startOptions(setup: Setup, server: ServerId): RaftOptions {
  let all = known.get(setup);
  if (all === undefined) {
    const list: (RaftOptions | undefined)[] = [];
    for (const { id, options } of setup.servers)
      list[id] = options === undefined ? setup.raft : { ...setup.raft, ...options };
    all = list;
    known.set(setup, all);
  }
  return all[server]!;
}

const namesOf = (options: RaftOptions): (keyof RaftOptions)[] => Object.keys(options) as (keyof RaftOptions)[];

/** In which options two sets differ, in the order of their names. */
export function optionsThatDiffer(one: RaftOptions, other: RaftOptions): readonly (keyof RaftOptions)[] {
  if (one === other) return [];
  return namesOf(one)
    .filter((name) => one[name] !== other[name])
    .sort();
}

/** They differ in none: a set is often held against many. */
export function sameOptions(one: RaftOptions, other: RaftOptions): boolean {
  return one === other || namesOf(one).every((name) => one[name] === other[name]);
}

/** Of a range both ends. */
export function pickOptions(options: RaftOptions, names: readonly (keyof RaftOptions)[]): Partial<RaftOptions> {
  const ranged = names.some((name) => timeouts.includes(name)) ? timeouts : [];
  return Object.fromEntries([...new Set([...ranged, ...names])].map((name) => [name, options[name]]));
}
const timeouts: readonly (keyof RaftOptions)[] = ["electionTimeoutMin", "electionTimeoutMax"];
