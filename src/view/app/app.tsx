import { CSPProvider } from "@base-ui/react/csp-provider";
import { lazy, type ReactNode, useEffect } from "react";
import { Group, Panel, Separator, useDefaultLayout } from "react-resizable-panels";
import { type PaneName, pageStorage } from "../../store/page.ts";
import { useLab } from "../../store/use-lab.ts";
import { Stage } from "../cluster/stage.tsx";
import { Dialogs } from "../dialogs/dialogs.tsx";
import { Transport } from "../timeline/transport.tsx";
import { ActionBar } from "./action-bar.tsx";
import { Banners } from "./banner.tsx";
import { FileDrop } from "./file-drop.tsx";
import { Header } from "./header.tsx";
import { installKeys, releaseClickedButtons } from "./keys.ts";
import { Pane } from "./pane.tsx";
import { type Arrangement, useArrangement } from "./use-media.ts";
import "./app.css";

// The picture comes first: what stands beside it is fetched once there is something to show in it.
const Inspector = lazy(async () => ({ default: (await import("../inspector/inspector.tsx")).Inspector }));
const Sheet = lazy(async () => ({ default: (await import("./sheet.tsx")).Sheet }));

const desktopPanes = ["logs", "events", "clients", "faults", "hand"] as const;
const inspectorPane = ["server"] as const;
const phonePanes = ["server", "logs", "events", "clients", "faults", "hand"] as const;

function Beside({ panes }: { readonly panes: readonly PaneName[] }) {
  const running = useLab((state) => state.frame !== null);
  if (!running) return <div className="app-beside" />;
  return (
    <Pane name={panes.length === 1 ? "inspector" : "panes"}>
      {panes.length === 1 ? <Inspector /> : <Sheet panes={panes} />}
    </Pane>
  );
}

/** The whole page. Base UI must write no <style> elements: the page's policy forbids them. */
export function App() {
  useEffect(installKeys, []);
  useEffect(releaseClickedButtons, []);
  const arrangement = useArrangement();
  return (
    <CSPProvider disableStyleElements>
      <div className="app-page" data-arrangement={arrangement}>
        <Header narrow={arrangement !== "wide"} />
        <Banners hint={arrangement === "tall"} />
        <main className="app-main">{arrange(arrangement)}</main>
        <footer className="app-transport">
          <Pane name="timeline">
            <Transport />
          </Pane>
        </footer>
      </div>
      <Dialogs />
      <FileDrop />
    </CSPProvider>
  );
}

function arrange(arrangement: Arrangement): ReactNode {
  if (arrangement === "wide") return <WideMain />;
  return arrangement === "tall" ? <TallMain /> : <FlatMain />;
}

function Picture({ hint }: { readonly hint: boolean }) {
  return (
    <div className="app-picture">
      <div className="app-stage">
        <Pane name="cluster">
          <Stage />
        </Pane>
      </div>
      <ActionBar hint={hint} />
    </div>
  );
}

/** The sizes that the reader last gave the panels of a group. */
const useRemembered = (id: string) =>
  useDefaultLayout({ id: `driftwood-${id}`, storage: pageStorage, onlySaveAfterUserInteractions: true });

/** Picture and inspector side by side, logs and events below the picture. */
function WideMain() {
  const columns = useRemembered("columns");
  const rows = useRemembered("rows");
  return (
    <Group orientation="horizontal" disableCursor {...columns}>
      <Panel id="left" defaultSize="72%" minSize="420px">
        <Group orientation="vertical" disableCursor {...rows}>
          <Panel id="picture" minSize="200px">
            <Picture hint />
          </Panel>
          <Separator className="app-handle app-handle-row" aria-label="Height of the logs" />
          <Panel id="panes" defaultSize="242px" minSize="90px" groupResizeBehavior="preserve-pixel-size">
            <Beside panes={desktopPanes} />
          </Panel>
        </Group>
      </Panel>
      <Separator className="app-handle app-handle-column" aria-label="Width of the inspector" />
      <Panel id="inspector" defaultSize="28%" minSize="260px" maxSize="50%">
        <aside className="app-inspector" aria-label="Inspector">
          <Beside panes={inspectorPane} />
        </aside>
      </Panel>
    </Group>
  );
}

/** A phone held upright: the picture, then a sheet whose height can be dragged. */
function TallMain() {
  const rows = useRemembered("tall");
  return (
    <Group orientation="vertical" disableCursor {...rows}>
      <Panel id="picture" minSize="180px">
        <Picture hint={false} />
      </Panel>
      <Separator className="app-handle app-handle-sheet" aria-label="Height of the sheet" />
      <Panel id="panes" defaultSize="38%" minSize="56px">
        <Beside panes={phonePanes} />
      </Panel>
    </Group>
  );
}

/** Little height: the picture left, the sheet right. */
function FlatMain() {
  const columns = useRemembered("flat");
  return (
    <Group orientation="horizontal" disableCursor {...columns}>
      <Panel id="picture" minSize="240px">
        <Picture hint={false} />
      </Panel>
      <Separator className="app-handle app-handle-column" aria-label="Width of the sheet" />
      <Panel id="panes" defaultSize="42%" minSize="200px">
        <Beside panes={phonePanes} />
      </Panel>
    </Group>
  );
}
