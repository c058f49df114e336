import type { FaultView, NemesisView } from "../../worker/protocol.ts";
import type { NemesisAct } from "../../world/types.ts";

/** A nemesis as the form has it: times in milliseconds. */
export interface NemesisWish {
  readonly fault: FaultView["name"];
  readonly every: readonly [number, number];
  readonly for: readonly [number, number];
  /** Which server it hits; 0: any, by chance. */
  readonly server: number;
}
export interface NemesisPreset extends NemesisWish {
  readonly title: string;
}

const often = [2000, 5000] as const;
export const nemesisPresets: readonly NemesisPreset[] = [
  { title: "Crashes", fault: "crash", every: often, for: [1000, 1000], server: 0 },
  { title: "Long pauses", fault: "pause", every: often, for: [300, 1500], server: 0 },
  { title: "Partitions", fault: "partition", every: [3000, 6000], for: [1000, 2500], server: 0 },
  { title: "Flapping links", fault: "flap", every: often, for: [1000, 2000], server: 0 },
  { title: "Loss", fault: "lose", every: often, for: [500, 2000], server: 0 },
  { title: "Slow disks", fault: "slowDisk", every: often, for: [500, 2000], server: 0 },
  { title: "Wrong clocks", fault: "clock", every: often, for: [1000, 3000], server: 0 },
];

/** The least number that no nemesis has. */
export function freeNumber(nemeses: readonly Pick<NemesisView, "id">[]): number {
  let id = 1;
  while (nemeses.some((nemesis) => nemesis.id === id)) id++;
  return id;
}

const micros = ([least, most]: readonly [number, number]) =>
  [Math.round(least * 1000), Math.round(most * 1000)] as const;

export function nemesisAct(
  wish: NemesisWish,
  fault: Pick<FaultView, "parameters"> | undefined,
  id: number,
): NemesisAct {
  const ends = fault === undefined || "for" in fault.parameters;
  const hits = wish.server !== 0 && fault !== undefined && "server" in fault.parameters;
  return {
    do: "nemesis",
    id,
    fault: wish.fault,
    every: micros(wish.every),
    ...(ends ? { for: micros(wish.for) } : {}),
    given: hits ? { server: wish.server } : {},
  };
}

/** What is wrong with it, in a sentence; null if nothing is. */
export function nemesisProblem({ every, for: span }: NemesisWish): string | null {
  if (every[0] > every[1] || span[0] > span[1]) return "The first time of a range may not be longer than the second.";
  return every[0] < 10 ? "At least 10 ms lie between two strikes." : null;
}
