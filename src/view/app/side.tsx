import { Tabs } from "@base-ui/react/tabs";
import { createElement, type ReactElement, useEffect, useRef, useState } from "react";
import { type InspectorPane, inspectorPanes, toldPanes, usePage } from "../../store/page.ts";
import { usePanelLab } from "../../store/use-lab.ts";
import type { RunInfo } from "../../worker/protocol/run.ts";
import { hasStory } from "../story/story.tsx";
import { Pane } from "./pane.tsx";
import { contents, usePaneTitles } from "./panes.tsx";
import "./side.css";

/** Beside the picture: what the open scenario tells; what is selected, or the cluster in short; the checks. */
export function Side(): ReactElement {
  const selection = usePanelLab("inspector", (state) => state.selection);
  const info = usePanelLab("inspector", (state) => state.info);
  const tells = hasStory(info);
  const [tab, setTab] = useState<InspectorPane>("story");
  const broken = usePanelLab("inspector", (state) => state.frame?.violation != null);
  // A lesson says itself what broke, and so does the game.
  const teaches = info?.lesson !== undefined;
  const plays = info?.game !== undefined;
  const titles = usePaneTitles();
  const opened = useRef<RunInfo | null>(null);
  useEffect(() => {
    // A run that opens with something selected still tells first what it is about.
    if (opened.current !== info) setTab(tells ? "story" : "server");
    // Whoever reads rules goes on reading them, of another server; whoever is in a lesson, the lesson.
    else if (selection !== null && !teaches)
      setTab((old) => (old === "rules" && selection.kind === "server" ? old : "server"));
    opened.current = info;
  }, [info, tells, teaches, selection]);
  const calls = usePage((state) => state.storyCalls);
  useEffect(() => {
    if (calls > 0) setTab("story");
  }, [calls]);
  const before = useRef(tab);
  useEffect(() => {
    // A broken property is said before everything else, until one goes elsewhere in time.
    if (teaches || plays) return;
    setTab((old) => {
      if (!broken) return old === "checks" ? before.current : old;
      before.current = old;
      return "checks";
    });
  }, [broken, teaches, plays]);
  const told = info?.told !== undefined;
  const tabs = inspectorPanes.filter((pane) => (tells || pane !== "story") && (!told || toldPanes.includes(pane)));
  return (
    <section className="side" aria-label="Inspector">
      <Tabs.Root className="side-tabs" value={tab} onValueChange={setTab}>
        <Tabs.List className="side-list" activateOnFocus>
          {tabs.map((each) => (
            <Tabs.Tab
              key={each}
              className="side-tab"
              value={each}
              data-broken={(each === "checks" && broken) || undefined}
            >
              {titles[each]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map((each) => (
          <Tabs.Panel key={each} className="side-panel" value={each}>
            <Pane name={titles[each].toLowerCase()}>{createElement(contents[each])}</Pane>
          </Tabs.Panel>
        ))}
      </Tabs.Root>
    </section>
  );
}
