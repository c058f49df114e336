import { Link2, PenLine, Power, Split, Unplug } from "lucide-react";
import { useLab } from "../../store/use-lab.ts";
import type { BarItem } from "./bar-face.tsx";

const write: BarItem = { id: "request", icon: PenLine, label: "Write" };
const crash: BarItem = { id: "crash", icon: Power, onSubject: true };
const isolate: BarItem = { id: "isolate", icon: Unplug, onSubject: true };
const heal: BarItem = { id: "heal", icon: Link2, label: "Heal" };
const partition: BarItem = { id: "partition", icon: Split, label: "Partition" };

const none: readonly BarItem[] = [];

/** The usual ways to stir the cluster; none where another program told of the run. */
export function useActs(): readonly BarItem[] {
  const told = useLab((state) => state.info?.told !== undefined);
  const cut = useLab((state) => (state.frame?.cuts.length ?? 0) > 0);
  return told ? none : [write, crash, isolate, cut ? heal : partition];
}
