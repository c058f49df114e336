import type { ServerId, Term } from "../../base/units.ts";

export interface SpecEntry {
  readonly term: Term;
  /** What the client wanted, as a number: equal for equal wishes. */
  readonly value: number;
}

export const name = (server: ServerId): string => `S${server}`;
