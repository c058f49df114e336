import { Link2, PenLine, Power, Split, Unplug } from "lucide-react";
import { useLab } from "../../store/use-lab.ts";
import type { BarItem } from "./bar-face.tsx";

const write: BarItem = { id: "request", icon: PenLine, label: "Write" };
const crash: BarItem = { id: "crash", icon: Power, onSubject: true };
const isolate: BarItem = { id: "isolate", icon: Unplug, onSubject: true };
const heal: BarItem = { id: "heal", icon: Link2, label: "Heal" };
const partition: BarItem = { id: "partition", icon: Split, label: "Partition" };

/** The usual ways to stir the cluster. */
export function useActs(): readonly BarItem[] {
  const cut = useLab((state) => (state.frame?.cuts.length ?? 0) > 0);
  return [write, crash, isolate, cut ? heal : partition];
}
