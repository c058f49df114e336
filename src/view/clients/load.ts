/** What clients do by themselves: as the console's line and its form both have it. */

/** What the act that starts it says. */
export interface LoadWish {
  /** Open: at this rate, whatever happens. Closed: a client asks once it is answered, and not more often. */
  readonly mode: "open" | "closed";
  readonly perSecond: number;
  readonly clients: number;
  /** Percent of gets. */
  readonly reads: number;
  readonly keys: number;
  /** How gets are served; without it as the run's options say. */
  readonly read?: string;
}

/** What the recording's format allows. */
export const loadMost = { perSecond: 1000, clients: 9, reads: 100, keys: 9 } as const;

/** What a line that only says a rate means. */
export const usualLoad: LoadWish = { mode: "open", perSecond: 20, clients: 1, reads: 0, keys: 3 };
/** A closed loop is not meant to wait for anything but its answers. */
export const closedRate = 200;
/** What the form offers first: every part of it is seen to work. */
export const firstLoad: LoadWish = { mode: "open", perSecond: 20, clients: 3, reads: 50, keys: 3 };

/** In short: "C1 to C3: 20 a second, 50 % reads". */
export function loadText({ mode, perSecond, clients, reads, read }: LoadWish): string {
  const who = clients === 1 ? "C1" : `C1 to C${clients}`;
  const pace = mode === "open" ? `: ${perSecond} a second` : `, when answered: up to ${perSecond} a second`;
  return `${who}${pace}, ${mixText(reads)}${read === undefined || reads === 0 ? "" : ` (${read})`}`;
}

function mixText(reads: number): string {
  if (reads === 0) return "writes only";
  return reads === 100 ? "reads only" : `${reads} % reads`;
}
