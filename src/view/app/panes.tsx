import type { ComponentType, ReactElement } from "react";
import type { PaneName } from "../../store/page.ts";
import { usePanelLab } from "../../store/use-lab.ts";
import { Picked, pickedTitle } from "../inspector/picked.tsx";
import { lazyPart } from "../kit/lazy.tsx";
import { useArrangement } from "../kit/use-media.ts";
import { Logs } from "../logs/logs.tsx";
import { Story } from "../story/story.tsx";

const Checks = lazyPart("checks", async () => (await import("../inspector/checks.tsx")).Checks);
const Diagram = lazyPart("diagram", async () => (await import("../diagram/diagram.tsx")).Diagram);
const Events = lazyPart("events", async () => (await import("../events/events.tsx")).Events);
const Rules = lazyPart("rules", async () => (await import("../rules/rules.tsx")).Rules);
const ByHand = lazyPart("choices by hand", async () => (await import("../hand/hand.tsx")).ByHand);
const Faults = lazyPart("faults", async () => (await import("../faults/faults.tsx")).Faults);
const Metrics = lazyPart("metrics", async () => (await import("../metrics/metrics.tsx")).Metrics);
const Taught = lazyPart("lesson", async () => (await import("./taught.tsx")).Taught);
const Clients = lazyPart("clients", async () => (await import("../clients/clients.tsx")).Clients);

/** What the run has to tell: a story, or the lesson or game to which it belongs. */
function Telling(): ReactElement {
  const taught = usePanelLab("inspector", ({ info }) => info?.lesson !== undefined || info?.game !== undefined);
  const wide = useArrangement() === "wide";
  return taught ? <Taught foot={wide} /> : <Story />;
}

export const contents: Readonly<Record<PaneName, ComponentType>> = {
  story: Telling,
  logs: Logs,
  server: Picked,
  diagram: Diagram,
  events: Events,
  clients: Clients,
  rules: Rules,
  checks: Checks,
  faults: Faults,
  metrics: Metrics,
  hand: ByHand,
};

const titles: Readonly<Record<PaneName, string>> = {
  story: "Story",
  logs: "Logs",
  server: "Cluster",
  diagram: "Diagram",
  events: "Events",
  clients: "Clients",
  rules: "Rules",
  checks: "Checks",
  faults: "Faults",
  metrics: "Metrics",
  hand: "By hand",
};

/** Two of them say what is in them now. */
export function usePaneTitles(): Readonly<Record<PaneName, string>> {
  const server = usePanelLab("inspector", (state) => pickedTitle(state.selection));
  const broken = usePanelLab("inspector", (state) => state.frame?.violation != null);
  return { ...titles, server, ...(broken && { checks: "Violation" }) };
}
