import type { FaultView, NemesisView } from "../../worker/protocol/faults.ts";
import type { NemesisAct } from "../../world/acts.ts";
import type { Scene } from "../kit/faults/scene.ts";
import { type FieldValues, givenOf } from "../kit/faults/values.ts";

/** A nemesis as the form has it: times in milliseconds. */
export interface NemesisWish {
  readonly fault: FaultView["name"];
  readonly every: readonly [number, number];
  readonly for: readonly [number, number];
  /** It hits whoever leads. */
  readonly leader: boolean;
  /** What is not left to chance. */
  readonly given: FieldValues;
}
export interface NemesisPreset extends NemesisWish {
  readonly title: string;
}

const often = [2000, 5000] as const;
const usual = { every: often, leader: false, given: {} } as const;
export const nemesisPresets: readonly NemesisPreset[] = [
  { ...usual, title: "Crashes", fault: "crash", for: [1000, 1000] },
  { ...usual, title: "Long pauses", fault: "pause", for: [300, 1500] },
  { ...usual, title: "Partitions", fault: "partition", every: [3000, 6000], for: [1000, 2500] },
  { ...usual, title: "Flapping links", fault: "flap", for: [1000, 2000] },
  { ...usual, title: "Loss", fault: "lose", for: [500, 2000] },
  { ...usual, title: "Slow disks", fault: "slowDisk", for: [500, 2000] },
  { ...usual, title: "Wrong clocks", fault: "clock", for: [1000, 3000] },
];

/** The least numbers that no nemesis has. */
export function freeNumbers(nemeses: readonly Pick<NemesisView, "id">[], count: number): readonly number[] {
  const free: number[] = [];
  for (let id = 1; free.length < count; id++) if (nemeses.every((nemesis) => nemesis.id !== id)) free.push(id);
  return free;
}

const micros = ([least, most]: readonly [number, number]) =>
  [Math.round(least * 1000), Math.round(most * 1000)] as const;

type Made = { readonly act: NemesisAct } | { readonly problem: string };

/** The act that the form asks for, or why it is none yet. */
export function nemesisAct(wish: NemesisWish, fault: FaultView, scene: Scene, id: number): Made {
  const problem = timesProblem(wish);
  if (problem !== null) return { problem };
  const made = givenOf(fault, wish.given, scene);
  if ("problem" in made) return made;
  const act: NemesisAct = {
    do: "nemesis",
    id,
    fault: fault.name,
    every: micros(wish.every),
    ...("for" in fault.parameters ? { for: micros(wish.for) } : {}),
    ...(wish.leader && fault.aims !== null ? { aim: "leader" } : {}),
    given: made.given,
  };
  return { act };
}

function timesProblem({ every, for: span }: NemesisWish): string | null {
  if (every[0] > every[1] || span[0] > span[1]) return "The first time of a range may not be longer than the second.";
  return every[0] < 10 ? "At least 10 ms lie between two strikes." : null;
}
