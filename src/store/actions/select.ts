import { Boxes, MousePointerClick } from "lucide-react";
import type { LabState } from "../lab.ts";
import { litNow, unlight } from "../lit.ts";
import { loopNow, setLoop } from "../looped.ts";
import { lab, labState } from "../use-lab.ts";
import { noRun, type Row, rowsOn } from "./row.ts";

const unselect = rowsOn<null>("page", [
  {
    id: "unselect",
    label: () => (loopNow() === null ? "Select nothing" : "End the loop"),
    about: "Select nothing; first what else is on ends: a loop, what is lit",
    group: "Select",
    hotkey: "Escape",
    icon: MousePointerClick,
    refuse: (_, s) => ((loopNow() ?? s.selection ?? litNow()) === null ? "nothing is selected" : null),
    run: () => {
      if (loopNow() !== null) return setLoop(null);
      // First what lies over everything else; with an entry that is followed its light ends by itself.
      const { selection } = labState();
      if (litNow() !== null && (selection?.kind === "server" || selection?.kind === "message")) unlight();
      else {
        unlight();
        lab.select(null);
      }
    },
  },
]);

/** One after the other, and round again. */
function showNextGroup({ frame }: LabState, by: 1 | -1): void {
  if (frame !== null) lab.showGroup(((frame.group - 1 + by + frame.groupCount) % frame.groupCount) + 1);
}
const onlyGroup = (_: unknown, state: LabState) =>
  noRun(null, state) ?? (state.frame?.groupCount === 1 ? "this run has one group" : null);

const otherGroups = rowsOn<null>("page", [
  {
    id: "next-group",
    label: "Show the next Raft group",
    group: "Select",
    hotkey: "]",
    icon: Boxes,
    refuse: onlyGroup,
    run: (_, s) => showNextGroup(s, 1),
  },
  {
    id: "previous-group",
    label: "Show the previous Raft group",
    group: "Select",
    hotkey: "[",
    icon: Boxes,
    refuse: onlyGroup,
    run: (_, s) => showNextGroup(s, -1),
  },
]);

const servers = rowsOn<null>(
  "page",
  [1, 2, 3, 4, 5, 6, 7, 8, 9].map(
    (id): Row<null> => ({
      id: `select-${id}`,
      label: `Select S${id}`,
      group: "Select",
      hotkey: String(id),
      icon: MousePointerClick,
      refuse: (_, s) => (s.frame?.servers.some((server) => server.id === id) ? null : `there is no S${id}`),
      run: () => lab.select({ kind: "server", id }),
    }),
  ),
);

export const selectRows = [...unselect, ...otherGroups, ...servers];
