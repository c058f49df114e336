import {
  CloudLightning,
  Link2,
  ListTree,
  MousePointerClick,
  Repeat,
  Server,
  Split,
  UsersRound,
  Wrench,
} from "lucide-react";
import type { ServerId } from "../../base/units.ts";
import { limits } from "../../scenario/limits.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { LabState } from "../lab.ts";
import { leaderNow } from "../membership.ts";
import { page } from "../page.ts";
import { fetchPart } from "../parts.ts";
import { lab, session } from "../use-lab.ts";
import { noRun, rowsOn } from "./row.ts";

/** Every step in the user's hands, with the list of what they may be; or all by itself again. */
export function setByHand(byHand: boolean): void {
  lab.act({ do: "network", mode: byHand ? "manual" : "automatic" });
  if (byHand) page.showPane("hand");
}

/** Why there can be no machine more; null if there can. */
function noSpare(_: unknown, state: LabState): string | null {
  const count = state.frame?.servers.length ?? 0;
  return noRun(null, state) ?? (count >= limits.servers ? `there are ${count} servers, as many as there can be` : null);
}

function addServer(): void {
  fetchPart("spare server", () => import("../spare.ts")).then(
    ({ addSpare }) => addSpare(),
    (error: Error) => session.notify(error.message, "error"),
  );
}

/**
 * The leader (of the highest term) and the neighbours before it in the smaller half: the most telling way to cut a cluster
 * in two. Clients that get no answer ask the server after it next, which is on the other side.
 */
export function twoGroups(frame: Frame): ServerId[][] {
  const ids = frame.servers.map((s) => s.id);
  const first = leaderNow(frame)?.id ?? ids[0] ?? 0;
  const small = Math.max(1, Math.floor(ids.length / 2));
  const after = ids.indexOf(first) + 1;
  const inRing = [...ids.slice(0, after).reverse(), ...ids.slice(after).reverse()];
  return [inRing.slice(0, small), inRing.slice(small)].map((side) => side.sort((a, b) => a - b));
}

export const clusterRows = rowsOn<null>("page", [
  {
    id: "partition",
    label: "Partition in two",
    group: "Cluster",
    hotkey: "Shift+P",
    icon: Split,
    refuse: (_, s) =>
      noRun(null, s) ?? (s.frame !== null && s.frame.servers.length < 2 ? "there is only one server" : null),
    run: (_, s) => s.frame !== null && lab.act({ do: "partition", groups: twoGroups(s.frame) }),
  },
  {
    id: "heal",
    label: "Heal all links",
    group: "Cluster",
    hotkey: "Shift+H",
    icon: Link2,
    refuse: (_, s) => (s.frame !== null && s.frame.cuts.length > 0 ? null : "no link is cut"),
    run: () => lab.act({ do: "heal" }),
  },
  {
    id: "fault",
    label: "Inject a fault …",
    group: "Cluster",
    hotkey: "f",
    icon: CloudLightning,
    refuse: noRun,
    run: () => page.openFault("", null),
  },
  {
    id: "nemesis",
    label: "Let faults come by themselves …",
    group: "Cluster",
    hotkey: "Shift+F",
    icon: Repeat,
    refuse: noRun,
    run: () => page.openDialog("nemesis"),
  },
  {
    id: "repair",
    label: "Repair everything",
    group: "Cluster",
    hotkey: "Shift+Y",
    icon: Wrench,
    refuse: (_, s) =>
      noRun(null, s) ??
      (s.frame !== null && s.frame.faults.length + s.frame.nemeses.length > 0 ? null : "nothing is wrong"),
    run: () => lab.act({ do: "repair" }),
  },
  {
    id: "members-form",
    label: "Change the cluster’s members …",
    about: "Add or remove servers, as voters or learners",
    group: "Cluster",
    hotkey: "j",
    icon: UsersRound,
    refuse: noRun,
    run: () => page.openDialog("members"),
  },
  {
    id: "change-option",
    label: "Change an option …",
    group: "Cluster",
    icon: Wrench,
    refuse: noRun,
    run: () => page.openDialog("options"),
  },
  {
    id: "add-server",
    label: "Add a spare server, a new machine that can join",
    about: "Another machine stands ready, with an empty disk",
    group: "Cluster",
    icon: Server,
    refuse: noSpare,
    run: addServer,
  },
  {
    id: "network-mode",
    label: (_, s) => (s.frame?.mode === "manual" ? "Network: deliver by itself" : "Network: I deliver every message"),
    about: "Manual or automatic network",
    group: "Cluster",
    hotkey: "m",
    icon: MousePointerClick,
    refuse: noRun,
    run: (_, s) => setByHand(s.frame?.mode !== "manual"),
  },
  {
    id: "by-hand",
    label: "Show what may happen next",
    group: "Cluster",
    hotkey: "a",
    icon: ListTree,
    refuse: noRun,
    run: () => page.showPane("hand"),
  },
]);
