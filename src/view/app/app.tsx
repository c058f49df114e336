import { CSPProvider } from "@base-ui/react/csp-provider";
import { type ReactNode, useEffect } from "react";
import { createPortal } from "react-dom";
import { hotkeysAreThere } from "../../store/keyboard.ts";
import { useLab } from "../../store/use-lab.ts";
import { Stage } from "../cluster/stage.tsx";
import { Dialogs } from "../dialogs/dialogs.tsx";
import { lazyPart } from "../kit/lazy.tsx";
import { useLater } from "../kit/use-later.ts";
import { type Arrangement, useArrangement, useMedia } from "../kit/use-media.ts";
import { Meanings } from "../kit/worded/worded.tsx";
import { Said, Strip } from "../story/strip.tsx";
import { Transport } from "../timeline/transport.tsx";
import { LeftOut } from "../working/left-out.tsx";
import { Working } from "../working/working.tsx";
import { ActionBar } from "./action-bar.tsx";
import { arrangements, low } from "./arrangements.ts";
import { Banners } from "./banner.tsx";
import { type Boxes, Place, useBoxes } from "./boxes.tsx";
import { FixedSplit } from "./fixed-split.tsx";
import { Header } from "./header.tsx";
import { Pane } from "./pane.tsx";
import "./app.css";

// The picture comes first: what stands beside it is fetched once there is something to show in it.
const Side = lazyPart("inspector", async () => (await import("./side.tsx")).Side);
const Sheet = lazyPart("panes", async () => (await import("./sheet.tsx")).Sheet);
const loadKeys = () => import("../kit/keys.ts");
const loadDrop = () => import("./file-drop.tsx");
const loadDraggable = () => import("./draggable-split.tsx");

/** The whole page. Base UI must write no <style> elements: the page's policy forbids them. */
export function App() {
  useKeys();
  const arrangement = useArrangement();
  const isLow = useMedia("(min-width: 1200px) and (max-height: 700px)");
  const boxes = useBoxes();
  const FileDrop = useLater("place to drop files", loadDrop)?.FileDrop;
  const Split = useLater("handles between the panes", loadDraggable)?.DraggableSplit ?? FixedSplit;
  return (
    <CSPProvider disableStyleElements>
      <div className={isLow ? "app-page app-low" : "app-page"} data-arrangement={arrangement}>
        <Said />
        <Header narrow={arrangement !== "wide"} />
        <Banners hint={arrangement === "tall"} />
        <main className="app-main">
          {arrangement === "frame" ? (
            <Place box={boxes.picture} />
          ) : (
            <Split key={isLow ? "low" : arrangement} split={isLow ? low : arrangements[arrangement]} boxes={boxes} />
          )}
          <Contents arrangement={arrangement} low={isLow} boxes={boxes} />
        </main>
        <footer className="app-transport">
          <Pane name="story">
            <Strip />
          </Pane>
          <Pane name="timeline">
            <Transport />
          </Pane>
        </footer>
      </div>
      <Dialogs />
      <Meanings />
      <Working />
      {FileDrop !== undefined && <FileDrop />}
    </CSPProvider>
  );
}

function useKeys(): void {
  const keys = useLater("keys", loadKeys);
  useEffect(() => {
    const undo = keys?.installKeys();
    if (undo !== undefined) hotkeysAreThere();
    return undo;
  }, [keys]);
  useEffect(() => keys?.releaseClickedButtons(), [keys]);
}

interface ContentsProps {
  readonly arrangement: Arrangement;
  readonly low: boolean;
  readonly boxes: Boxes;
}

/** What is in the boxes of an arrangement. It is drawn apart from it, and so outlives it. */
function Contents({ arrangement, low: isLow, boxes }: ContentsProps): ReactNode {
  const wide = arrangement === "wide";
  const framed = arrangement === "frame";
  return (
    <>
      {createPortal(<Picture hint={wide} acts={!isLow && !framed} />, boxes.picture)}
      {!framed &&
        createPortal(
          <Beside name="panes">
            <Sheet whole={!wide} />
          </Beside>,
          boxes.panes,
        )}
      {isLow &&
        createPortal(
          <div className="app-acts">
            <ActionBar hint={false} />
          </div>,
          boxes.panes,
        )}
      {wide &&
        createPortal(
          <aside className="app-inspector" aria-label="Inspector">
            <Beside name="inspector">
              <Side />
            </Beside>
          </aside>,
          boxes.inspector,
        )}
    </>
  );
}

function Picture({ hint, acts }: { readonly hint: boolean; readonly acts: boolean }) {
  return (
    <div className="app-picture">
      <div className="app-stage" data-keep="rather in sight">
        <Pane name="cluster">
          <Stage />
        </Pane>
        <LeftOut />
      </div>
      {acts && <ActionBar hint={hint} />}
    </div>
  );
}

/** What has nothing to show before the run is there. */
function Beside({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const running = useLab((state) => state.status !== "starting");
  if (!running) return <div className="app-beside" />;
  return <Pane name={name}>{children}</Pane>;
}
