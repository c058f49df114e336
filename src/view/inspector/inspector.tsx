import { Tabs } from "@base-ui/react/tabs";
import { type ReactElement, Suspense, useEffect, useRef, useState } from "react";
import type { Selection } from "../../store/lab.ts";
import { usePanelLab } from "../../store/use-lab.ts";
import type { RunInfo } from "../../worker/protocol/run.ts";
import "./inspector.css";
import { lazyPart } from "../kit/lazy.tsx";
import { endName } from "../kit/words/words.ts";
import { LinkPart } from "./link-part.tsx";
import { MessagePart } from "./message-part.tsx";
import { Overview } from "./overview.tsx";
import { RunPart } from "./run-part.tsx";
import { ServerPart } from "./server-part.tsx";
import { FrameWatch } from "./value.tsx";

const Checks = lazyPart("checks", async () => (await import("./checks.tsx")).Checks);

/** What is selected, in full; else the cluster in short; and beside it what the open scenario shows. */
export function Inspector(): ReactElement {
  const selection = usePanelLab("inspector", (state) => state.selection);
  const info = usePanelLab("inspector", (state) => state.info);
  const hasStory = info !== null && (info.notes !== "" || info.bookmarks.length > 0);
  const [tab, setTab] = useState<"story" | "pick" | "checks">("story");
  const broken = usePanelLab("inspector", (state) => state.frame?.violation != null);
  const opened = useRef<RunInfo | null>(null);
  useEffect(() => {
    // A run that opens with something selected still tells first what it is about.
    if (opened.current !== info) setTab(hasStory ? "story" : "pick");
    else if (selection !== null) setTab("pick");
    opened.current = info;
  }, [info, hasStory, selection]);
  const before = useRef(tab);
  useEffect(() => {
    // A broken property is said before everything else, until one goes elsewhere in time.
    setTab((old) => {
      if (!broken) return old === "checks" ? before.current : old;
      before.current = old;
      return "checks";
    });
  }, [broken]);
  return (
    <section className="inspector" aria-label="Inspector">
      <FrameWatch />
      <Tabs.Root className="inspector-tabs" value={tab} onValueChange={setTab}>
        <Tabs.List className="inspector-list" activateOnFocus>
          {hasStory ? (
            <Tabs.Tab className="inspector-tab" value="story">
              Story
            </Tabs.Tab>
          ) : null}
          <Tabs.Tab className="inspector-tab" value="pick">
            {selectionTitle(selection)}
          </Tabs.Tab>
          <Tabs.Tab className="inspector-tab" value="checks" data-broken={broken || undefined}>
            {broken ? "Violation" : "Checks"}
          </Tabs.Tab>
        </Tabs.List>
        {hasStory ? (
          <Tabs.Panel className="inspector-panel" value="story">
            <RunPart info={info} />
          </Tabs.Panel>
        ) : null}
        <Tabs.Panel className="inspector-panel" value="pick">
          <Picked selection={selection} />
        </Tabs.Panel>
        <Tabs.Panel className="inspector-panel" value="checks">
          <Suspense fallback={<p className="inspector-hint">Looking …</p>}>
            <Checks />
          </Suspense>
        </Tabs.Panel>
      </Tabs.Root>
    </section>
  );
}

function selectionTitle(selection: Selection): string {
  if (selection === null) return "Cluster";
  if (selection.kind === "server") return `Server S${selection.id}`;
  if (selection.kind === "message") return "Message";
  return `Link ${endName(selection.link[0])} – ${endName(selection.link[1])}`;
}

function Picked({ selection }: { readonly selection: Selection }): ReactElement {
  if (selection === null) return <Overview />;
  if (selection.kind === "server") return <ServerPart key={selection.id} id={selection.id} />;
  if (selection.kind === "message") return <MessagePart key={selection.id} id={selection.id} />;
  return <LinkPart key={selection.link.join()} link={selection.link} />;
}
