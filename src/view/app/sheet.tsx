import { Menu } from "@base-ui/react/menu";
import { Tabs } from "@base-ui/react/tabs";
import { ChevronDown } from "lucide-react";
import { createElement, type ReactElement, type RefObject, useEffect, useRef, useState } from "react";
import { type PaneName, page, paneNames, toldPanes, usePage } from "../../store/page.ts";
import { useLab } from "../../store/use-lab.ts";
import { TabLine } from "../kit/tab-line.ts";
import { useEdges } from "../kit/use-edges.ts";
import { useActsBesideTabs } from "../kit/use-media.ts";
import { useSize } from "../kit/use-size.ts";
import { hasStory } from "../story/story.tsx";
import { Pane } from "./pane.tsx";
import { contents, usePaneTitles } from "./panes.tsx";
import { tabsIn } from "./tabs.ts";
import "./sheet.css";

/** In pixels: beside the tabs a pane's tools have room. */
const roomForTools = 940;

/** Panes that share one place, one at a time; `whole`: the inspector's too, which has no place of its own then. */
export function Sheet({ whole }: { readonly whole: boolean }): ReactElement {
  const chosen = usePage((state) => state.pane);
  const tells = useLab((state) => hasStory(state.info));
  const broken = useLab((state) => state.frame?.violation != null);
  // A lesson says itself what broke, and so does the game.
  const teaches = useLab(({ info }) => info?.lesson !== undefined || info?.game !== undefined);
  useEffect(() => {
    if (broken && whole && !teaches) page.showPane("checks");
  }, [broken, whole, teaches]);
  const calls = usePage((state) => state.storyCalls);
  useEffect(() => {
    if (calls > 0 && whole) page.showPane("story");
  }, [calls, whole]);
  const line = useRef<HTMLDivElement>(null);
  const { width } = useSize(line);
  const told = useLab(({ info }) => info?.told !== undefined);
  const panes = told ? toldPanes : paneNames;
  const { shown, seen, more } = tabsIn(panes, { chosen, whole, tells, width });
  const actsBeside = useActsBesideTabs();
  const [tools, setTools] = useState<HTMLElement | null>(null);
  const titles = usePaneTitles();
  const tabs = useRef<HTMLDivElement>(null);
  useInSight(tabs, shown);
  useEdges(tabs);
  return (
    <Tabs.Root className="sheet-root" value={shown} onValueChange={(pane) => page.showPane(pane as PaneName)}>
      <div className="sheet-line" ref={line}>
        <Tabs.List className="sheet-tabs ui-edges" ref={tabs}>
          {seen.map((pane) => (
            <Tabs.Tab key={pane} value={pane} className="sheet-tab">
              {titles[pane]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {more.length > 0 && <More panes={more} titles={titles} />}
        <div className="sheet-tools" ref={setTools} />
      </div>
      <TabLine value={actsBeside || width < roomForTools ? null : tools}>
        {[...seen, ...more].map((pane) => (
          <Tabs.Panel key={pane} value={pane} className="sheet-panel" tabIndex={-1}>
            <Pane name={titles[pane].toLowerCase()}>{createElement(contents[pane])}</Pane>
          </Tabs.Panel>
        ))}
      </TabLine>
    </Tabs.Root>
  );
}

interface MoreProps {
  readonly panes: readonly PaneName[];
  readonly titles: Readonly<Record<PaneName, string>>;
}
/** The panes for whose tabs there is no room. */
function More({ panes, titles }: MoreProps): ReactElement {
  return (
    <Menu.Root>
      <Menu.Trigger className="sheet-more" aria-label="More panes">
        More
        <ChevronDown size={14} strokeWidth={1.8} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="main-menu-place" align="end" sideOffset={4} collisionPadding={8}>
          <Menu.Popup className="main-menu-list">
            {panes.map((pane) => (
              <Menu.Item key={pane} className="main-menu-item" onClick={() => page.showPane(pane)}>
                {titles[pane]}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
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
