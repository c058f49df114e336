import type { Term } from "../../base/units.ts";

/** 1 … 6: the colours repeat; 0 is the grey of the time before any election. */
export function termColour(term: Term): number {
  return term === 0 ? 0 : ((term - 1) % 6) + 1;
}

export function termFill(term: Term): string {
  return `var(--term-${termColour(term)})`;
}
