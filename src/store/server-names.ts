import type { ServerId } from "../base/units.ts";

let names: readonly string[] = [];

/** What the servers of the run that is about to be shown are called; empty: S1, S2, …, for they are ours. */
export function callServers(given: readonly string[]): void {
  names = given;
}

/** What the page calls a server of the run that it shows. */
export const nameOf = (id: ServerId): string => names[id - 1] ?? `S${id}`;

/** Another program told of the run that is shown, and has named its servers. */
export const haveNames = (): boolean => names.length > 0;
