import { Link2Off, Scissors } from "lucide-react";
import type { DirectedLink } from "../../world/state/messages.ts";
import type { LabState } from "../lab.ts";
import { lab } from "../use-lab.ts";
import { isCut } from "./links.ts";
import { rowsOn, serverName } from "./row.ts";

function toggleLinks(links: readonly DirectedLink[], state: LabState): void {
  if (state.frame === null) return;
  const frame = state.frame;
  lab.act({ do: links.every((link) => isCut(frame, link)) ? "mend" : "cut", links });
}
const bothWays = (link: DirectedLink): DirectedLink[] => [link, [link[1], link[0]]];
const linkVerb = (links: readonly DirectedLink[], state: LabState) =>
  state.frame !== null && links.every((link) => isCut(state.frame!, link)) ? "Mend" : "Cut";

export const linkRows = rowsOn<DirectedLink>("link", [
  {
    id: "cut-both",
    label: (l, s) => `${linkVerb(bothWays(l), s)} ${serverName(l[0])} – ${serverName(l[1])} in both directions`,
    about: "Cut or mend both directions",
    group: "Link",
    hotkey: "k",
    icon: Scissors,
    run: (l, s) => toggleLinks(bothWays(l), s),
  },
  {
    id: "cut-forward",
    label: (l, s) => `${linkVerb([l], s)} only ${serverName(l[0])} to ${serverName(l[1])}`,
    about: "Cut or mend one direction",
    group: "Link",
    hotkey: "Shift+K",
    icon: Link2Off,
    run: (l, s) => toggleLinks([l], s),
  },
  {
    id: "cut-backward",
    label: (l, s) => `${linkVerb([[l[1], l[0]]], s)} only ${serverName(l[1])} to ${serverName(l[0])}`,
    about: "Cut or mend the other direction",
    group: "Link",
    icon: Link2Off,
    run: (l, s) => toggleLinks([[l[1], l[0]]], s),
  },
]);
