import { CSPProvider } from "@base-ui/react/csp-provider";
import { type ReactNode, useEffect } from "react";
import { createPortal } from "react-dom";
import { type EmbedPart, embed } from "../../store/embed.ts";
import { hotkeysAreThere } from "../../store/keyboard.ts";
import { usePage } from "../../store/page.ts";
import { isFramed } from "../../store/story.ts";
import { useLab } from "../../store/use-lab.ts";
import { Stage } from "../cluster/stage.tsx";
import { Late, lazyPart } from "../kit/lazy.tsx";
import { type Arrangement, useActsBesideTabs, useArrangement, useLow } from "../kit/use-media.ts";
import { Meanings } from "../kit/worded/worded.tsx";
import { Said, Strip } from "../story/strip.tsx";
import { Transport } from "../timeline/transport.tsx";
import { LeftOut } from "../working/left-out.tsx";
import { Working } from "../working/working.tsx";
import { ActFace } from "./act-face.tsx";
import { ActionBar } from "./action-bar.tsx";
import { arrangements, low, type Split } from "./arrangements.ts";
import { Banners } from "./banner.tsx";
import { Beside } from "./beside.tsx";
import { type Boxes, Place, useBoxes } from "./boxes.tsx";
import { FixedSplit } from "./fixed-split.tsx";
import { Header } from "./header.tsx";
import { Pane, PaneWait } from "./pane.tsx";
import { useAfter } from "./use-after.ts";
import "./app.css";

const LessonFoot = lazyPart("steps of the lesson", async () => (await import("../lesson/foot.tsx")).LessonFoot);
const LessonFollowing = lazyPart("lesson", async () => (await import("../lesson/following.tsx")).Following);
const FramedLesson = lazyPart("steps of the lesson", async () => (await import("../lesson/framed.tsx")).FramedLesson);
const WholePage = lazyPart("way to the whole page", async () => (await import("./whole-page.tsx")).WholePage);
const Embedded = lazyPart("frame", async () => (await import("./embedded.tsx")).Embedded);
const Presented = lazyPart("page for a room", async () => (await import("../present/presented.tsx")).Presented);
const Handout = lazyPart("handout", async () => {
  const parts = [import("../handout/handout.tsx"), import("../cluster/still-stage.tsx")] as const;
  const [{ Handout: Sheets }, { StillStage }] = await Promise.all(parts);
  return ({ lesson }: { readonly lesson: string }) => <Sheets lesson={lesson} Stage={StillStage} />;
});
const Experiments = lazyPart("experiment", async () => (await import("../experiments/experiments.tsx")).Experiments);
const Dark = lazyPart("black screen", async () => (await import("./dark.tsx")).Dark);

/** The whole page. Base UI must write no <style> elements: the page's policy forbids them. */
export function App() {
  useKeys();
  const dark = usePage((state) => state.dark);
  const presenting = usePage((state) => state.presenting);
  const handout = usePage((state) => state.handout);
  const experiment = usePage((state) => state.experiment !== null);
  const lesson = useLab((state) => state.info?.lesson !== undefined);
  const { Dialogs, FileDrop } = useAfter() ?? {};
  return (
    <CSPProvider disableStyleElements>
      {handout !== null ? (
        <Late>
          <Handout lesson={handout} />
        </Late>
      ) : presenting ? (
        <Late>
          <Presented>
            <Pane name="cluster">
              <Stage use="room" />
            </Pane>
          </Presented>
        </Late>
      ) : experiment ? (
        <Late>
          <Experiments Header={Header} />
        </Late>
      ) : (
        <Laboratory />
      )}
      {lesson && embed === null && (
        <Late>
          <LessonFollowing />
        </Late>
      )}
      {Dialogs !== undefined && <Dialogs />}
      <Meanings />
      <Working />
      {FileDrop !== undefined && <FileDrop />}
      {dark && (
        <Late>
          <Dark />
        </Late>
      )}
    </CSPProvider>
  );
}

/** The picture, the panes, what can be done, and the time. */
function Laboratory() {
  const room = useArrangement();
  const lesson = useLab((state) => state.info?.lesson !== undefined);
  const plays = useLab((state) => state.info?.game !== undefined);
  // A lesson is read beside the picture, however small the window is; and so is the game.
  const arrangement = (lesson || plays) && embed === null && room === "frame" ? "flat" : room;
  const isLow = useLow();
  const bare = room === "frame" && (embed !== null || isFramed());
  const split = splitFor(arrangement, { low: isLow, lesson });
  const boxes = useBoxes();
  const Divided = useAfter()?.DraggableSplit ?? FixedSplit;
  return (
    <div
      className={isLow ? "app-page app-low" : "app-page"}
      data-arrangement={arrangement}
      data-framed={bare || undefined}
    >
      <Said />
      {!bare && <Header narrow={arrangement !== "wide"} />}
      <Banners />
      <main className="app-main">
        {embed !== null ? (
          <Late>
            <Embedded parts={embed.parts} picture={boxes.picture} />
          </Late>
        ) : split === null ? (
          <Place box={boxes.picture} />
        ) : (
          <Divided key={split.id} split={split} boxes={boxes} />
        )}
        <Contents arrangement={arrangement} low={isLow} bare={bare} boxes={boxes} />
      </main>
      <footer className="app-transport">
        {has("story") && (
          <Pane name="story">
            {lesson && embed !== null ? (
              <Late>
                <FramedLesson />
              </Late>
            ) : lesson && arrangement !== "wide" ? (
              <Late fallback={<div className="app-lesson-foot" />}>
                <LessonFoot bar />
              </Late>
            ) : (
              <Strip />
            )}
          </Pane>
        )}
        {has("controls") && (
          <Pane name="timeline">
            <Transport />
          </Pane>
        )}
      </footer>
    </div>
  );
}

/** In a frame of another page what that page wants, else everything. */
const has = (part: EmbedPart): boolean => embed === null || embed.parts.includes(part);

/** How the page is divided; a frame is not. */
function splitFor(arrangement: Arrangement, { low: isLow, lesson }: { low: boolean; lesson: boolean }): Split | null {
  if (arrangement === "frame") return null;
  if (isLow) return low;
  return arrangements[lesson && arrangement === "tall" ? "taught" : arrangement];
}

function useKeys(): void {
  const keys = useAfter();
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
  readonly bare: boolean;
  readonly boxes: Boxes;
}

/** What is in the boxes of an arrangement. It is drawn apart from it, and so outlives it. */
function Contents({ arrangement, low: isLow, bare, boxes }: ContentsProps): ReactNode {
  const { Sheet, Side } = useAfter() ?? {};
  const wide = arrangement === "wide";
  const actsBeside = useActsBesideTabs();
  const framed = arrangement === "frame";
  const acts = actsBeside || framed ? "none" : wide && !isLow ? "row" : "menu";
  return (
    <>
      {createPortal(<Picture acts={acts} bare={bare} />, boxes.picture)}
      {!framed &&
        createPortal(
          <Beside name="panes">{Sheet === undefined ? <PaneWait name="panes" /> : <Sheet whole={!wide} />}</Beside>,
          boxes.panes,
        )}
      {actsBeside &&
        createPortal(
          <div className="app-acts">
            <ActionBar hint={false} />
          </div>,
          boxes.panes,
        )}
      {wide &&
        createPortal(
          <aside className="app-inspector" aria-label="Inspector">
            <Beside name="inspector">{Side === undefined ? <PaneWait name="inspector" /> : <Side />}</Beside>
          </aside>,
          boxes.inspector,
        )}
    </>
  );
}

interface PictureProps {
  /** How what can be done is offered. */
  readonly acts: "row" | "menu" | "none";
  /** In a frame of another page, nothing stands around it. */
  readonly bare: boolean;
}

function Picture({ acts, bare }: PictureProps) {
  const { ActMenu, LitChip } = useAfter() ?? {};
  return (
    <div className="app-picture">
      <div className="app-stage" data-keep="rather in sight">
        <Pane name="cluster">
          <Stage use={acts === "menu" ? "corner" : "usual"} />
        </Pane>
        {acts === "menu" && (ActMenu === undefined ? <ActFace disabled /> : <ActMenu />)}
        {bare && (
          <Late>
            <WholePage />
          </Late>
        )}
        <LeftOut />
        {LitChip !== undefined && <LitChip />}
      </div>
      {acts === "row" && <ActionBar hint />}
    </div>
  );
}
