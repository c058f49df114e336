import { Tabs } from "@base-ui/react/tabs";
import { type ComponentType, createElement, type RefObject, useEffect, useRef } from "react";
import { type PaneName, page, usePage } from "../../store/page.ts";
import { useLab } from "../../store/use-lab.ts";
import { Inspector } from "../inspector/inspector.tsx";
import { lazyPart } from "../kit/lazy.tsx";
import { useSize } from "../kit/use-size.ts";
import { Logs } from "../logs/logs.tsx";
import { Pane } from "./pane.tsx";
import "./sheet.css";

const Events = lazyPart("events", async () => (await import("../events/events.tsx")).Events);

const ByHand = lazyPart("choices by hand", async () => (await import("../hand/hand.tsx")).ByHand);
const Faults = lazyPart("faults", async () => (await import("../faults/faults.tsx")).Faults);
const Clients = lazyPart("clients", async () => (await import("../clients/clients.tsx")).Clients);

const titles: Readonly<Record<PaneName, string>> = {
  server: "Story",
  logs: "Logs",
  events: "Events",
  clients: "Clients",
  faults: "Faults",
  hand: "By hand",
};

const contents: Readonly<Record<PaneName, ComponentType>> = {
  server: Inspector,
  logs: Logs,
  events: Events,
  clients: Clients,
  faults: Faults,
  hand: ByHand,
};

/** Panes that share one place, one at a time. */
export function Sheet({ panes }: { readonly panes: readonly PaneName[] }) {
  const chosen = usePage((state) => state.pane);
  const broken = useLab((state) => state.frame?.violation != null);
  const inspects = panes.includes("server");
  useEffect(() => {
    if (broken && inspects) page.showPane("server");
  }, [broken, inspects]);
  const shown = panes.includes(chosen) ? chosen : (panes[0] ?? "logs");
  const tabs = useRef<HTMLDivElement>(null);
  useInSight(tabs, shown);
  return (
    <Tabs.Root className="sheet-root" value={shown} onValueChange={(pane) => page.showPane(pane as PaneName)}>
      <Tabs.List className="sheet-tabs" ref={tabs}>
        {panes.map((pane) => (
          <Tabs.Tab key={pane} value={pane} className="sheet-tab">
            {titles[pane]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {panes.map((pane) => (
        <Tabs.Panel key={pane} value={pane} className="sheet-panel" tabIndex={-1}>
          <Pane name={titles[pane].toLowerCase()}>{createElement(contents[pane])}</Pane>
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}

/** Where the tabs are wider than their place, the chosen one is in sight. */
function useInSight(tabs: RefObject<HTMLDivElement | null>, shown: PaneName): void {
  const { width } = useSize(tabs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice or another width is the reason to scroll
  useEffect(() => {
    tabs.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [tabs, shown, width]);
}
