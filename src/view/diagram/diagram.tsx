import {
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
  useCallback,
  useContext,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";
import { type Choices, useChoices } from "../../store/diagram.ts";
import { savePicture } from "../../store/handing-over.ts";
import { unlight } from "../../store/lit.ts";
import { usePage } from "../../store/page.ts";
import { shownUntil, useStory } from "../../store/story.ts";
import { clock, labState, useLab, usePanelLab } from "../../store/use-lab.ts";
import { TabLine } from "../kit/tab-line.ts";
import { useArrangement, useMedia } from "../kit/use-media.ts";
import { type Size, useSize } from "../kit/use-size.ts";
import { type Palette, paint, paletteOf } from "./canvas.ts";
import { useFullPage } from "./full-page.ts";
import "./diagram.css";
import { Foot } from "./foot.tsx";
import { go } from "./go.ts";
import type { Hit, View } from "./ground.ts";
import { type Item, itemOf } from "./items.ts";
import { rowsOf } from "./lanes.ts";
import { type Scene, sceneOf } from "./layout.ts";
import { List } from "./list.tsx";
import { Band, type Looping, useLooping } from "./looping.tsx";
import { Moving } from "./moving.tsx";
import { svgOf } from "./svg.ts";
import { Tools } from "./tools.tsx";
import { readingWords, useDiagram, useLitHere, useReading } from "./use-diagram.ts";
import { usePointer } from "./use-pointer.ts";
import { type Steering, useGestures, useStretch } from "./use-stretch.ts";

/** The run in space and time: a lane for each server, an arrow for each message. */
export function Diagram(): ReactElement {
  const { here, box, full, setFull } = useFullPage("diagram-box");
  return (
    <div className="diagram-place" ref={here}>
      {createPortal(<Content full={full} onFull={setFull} />, box)}
    </div>
  );
}

/** Pixels from which on lanes have room beside each other's time, on a page that is held upright. */
const wideFrom = 560;

interface ContentProps {
  readonly full: boolean;
  readonly onFull: (full: boolean) => void;
}

function Content({ full, onFull }: ContentProps): ReactElement {
  const choices = useChoices();
  const area = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(area);
  const down = useArrangement() === "tall" && size.width < wideFrom;
  const room = useMemo(() => (down ? { width: size.height, height: size.width, down } : size), [size, down]);
  const { left, right } = rowsOf([], room);
  const steering = useStretch(Math.max(0, right - left));
  const diagram = useDiagram(steering.scale, Math.max(0, right - left), choices.disks);
  const lit = useLitHere();
  const view = useView({ diagram, steering, room, choices, lit });
  const scene = useMemo(() => (view === null ? null : sceneOf(view)), [view]);
  usePainting(canvas, scene, size, down);
  const latest = useRef<Scene | null>(scene);
  latest.current = scene;
  const [hover, setHover] = useState<Hover | null>(null);
  const [held, setHeld] = useState<Item | null>(null);
  const looping = useLooping(steering.scale, left);
  const pointer = usePointer({
    ...{ scene: latest, left, down, steering, onHover: setHover },
    ...{ brushes: looping.armed, onBrush: looping.setBrush, onBrushed: looping.brushed },
    onPick: (hit) => (hit === null || view === null ? unlight() : go(itemOf(view, hit))),
  });
  useGestures(area, left, down, steering);
  const middle = (right - left) / 2;
  const now = useRef({ view, steering, middle });
  now.current = { view, steering, middle };
  // The tools need not be drawn with every picture.
  const zoom = useCallback((factor: number) => now.current.steering.zoom(now.current.middle, factor), []);
  const save = useCallback(() => {
    const element = area.current;
    if (now.current.view === null || element === null) return;
    const svg = svgFor(now.current.view, element);
    void import("../kit/svg-fonts.ts").then(({ withFonts }) => withFonts(svg)).then(savePicture);
  }, []);
  const fitLit = (): void => {
    const times = lit === null ? [] : [...lit.past.values()].map(({ at }) => at);
    steering.look(times.length < 2 ? null : { from: Math.min(...times), to: Math.max(...times) });
  };
  const line = useContext(TabLine);
  const tools = (
    <Tools
      {...{ full, onFull }}
      looping={looping.on}
      onLoop={looping.toggle}
      length={steering.scale.to - steering.scale.from}
      onZoom={zoom}
      onSave={save}
    />
  );
  return (
    <section className="diagram" aria-label="Diagram" data-full={full || undefined}>
      {line === null || full ? tools : createPortal(tools, line)}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has a size of its own */}
      <div
        ref={area}
        className="diagram-area"
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes keys, as a slider does
        tabIndex={0}
        aria-label="Messages between servers over time. Plus and minus change how much time is in sight, Shift with an arrow moves it, L plays what is in sight over and over, down goes to what happens."
        onKeyDown={(event) => steer(event, steering, middle, looping)}
        onDoubleClick={fitLit}
        data-down={down || undefined}
        data-brushes={looping.armed || undefined}
        data-hit={hover !== null || undefined}
        {...pointer}
      >
        <div className="diagram-picture" aria-hidden="true">
          <canvas ref={canvas} className="diagram-canvas" />
        </div>
        <div
          className="diagram-over"
          style={down ? { top: left, width: right - left, height: size.width } : { left, right: size.width - right }}
        >
          <Band {...{ left, scale: steering.scale, brush: looping.brush }} />
          <Moving scale={steering.scale} />
        </div>
        {view === null || scene === null ? (
          <Waiting />
        ) : (
          <>
            <List {...{ view, scene, area }} onPick={go} onShow={setHeld} />
            <Tip {...{ view, scene, hover, held }} />
          </>
        )}
      </div>
      {view !== null && <Foot diagram={view.diagram} density={view.density} full={full} />}
    </section>
  );
}

interface Hover {
  readonly hit: Hit;
  readonly x: number;
  readonly y: number;
}

/** How far the reading of the run is, the first time. */
function Waiting(): ReactElement {
  return <p className="diagram-wait">{readingWords(useReading())}</p>;
}

interface TipProps {
  readonly view: View;
  readonly scene: Scene;
  readonly hover: Hover | null;
  /** What has the keyboard, in the list. */
  readonly held: Item | null;
}
/** What is under the pointer, or has the keyboard, in words. */
function Tip({ view, scene, hover, held }: TipProps): ReactElement | null {
  const hit =
    hover?.hit ?? (held === null ? undefined : scene.hits.find((each) => itemOf(view, each).key === held.key));
  if (hit === undefined) return null;
  const [x1 = 0, y1 = 0, x2 = x1, y2 = y1] = hit.ends;
  const place = hover === null ? ([(x1 + x2) / 2, (y1 + y2) / 2] as const) : ([hover.x, hover.y] as const);
  const turn = ([along, across]: readonly [number, number]): readonly [number, number] =>
    view.down ? [across, along] : [along, across];
  const [x, y] = turn(place);
  const [width, height] = turn([view.width, view.height]);
  const side = x > width / 2 ? { right: width - x + 10 } : { left: x + 10 };
  return (
    <>
      {hover === null && <span className="diagram-held" style={{ left: x, top: y }} />}
      <span
        className="diagram-tip"
        style={{ ...side, ...(y > height / 2 ? { bottom: height - y + 8 } : { top: y + 12 }) }}
      >
        {itemOf(view, hit).words}
      </span>
    </>
  );
}

interface Looked {
  readonly diagram: View["diagram"] | null;
  readonly steering: Steering;
  readonly room: Size & { readonly down?: boolean };
  readonly choices: Choices;
  readonly lit: View["lit"];
}

/** Everything that the picture depends on, as it is at this panel's turn. */
function useView({ diagram, steering: { scale }, room, choices, lit }: Looked): View | null {
  useStory();
  const frame = usePanelLab("logs", (state) => state.frame);
  const shown = usePanelLab("logs", (state) => shownUntil(state));
  const selected = useLab(({ selection }) => (selection?.kind === "message" ? selection.ref : null));
  const servers = frame?.servers.length ?? 0;
  return useMemo(() => {
    if (diagram === null || room.width < 60 || frame === null || servers === 0) return null;
    const now = labState().playing ? clock() : frame.position.at;
    return { diagram, from: scale.from, to: scale.to, ...room, ...choices, lit, now, shown, selected };
  }, [diagram, scale, room, choices, lit, frame, servers, shown, selected]);
}

/** Shift with an arrow moves the stretch, plus and minus change its size, 0 shows the whole run, L plays it over and over, down goes into the list. */
function steer(
  event: KeyboardEvent<HTMLElement>,
  { zoom, pan, look }: Steering,
  middle: number,
  { toggle }: Pick<Looping, "toggle">,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
  if (event.key === "+" || event.key === "=") zoom(middle, 0.67);
  else if (event.key === "-") zoom(middle, 1.5);
  else if (event.key === "ArrowLeft" && event.shiftKey) pan(middle / 2);
  else if (event.key === "ArrowRight" && event.shiftKey) pan(-middle / 2);
  else if (event.key === "0") look(null);
  else if (event.key === "l" && !event.shiftKey) toggle(true);
  else if (event.key === "ArrowDown") event.currentTarget.querySelector<HTMLElement>(".diagram-item")?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

const saved = { width: 960, height: 260 };

function svgFor(view: View, element: Element): string {
  const { info } = labState();
  // A file has room.
  const own = view.down ? { ...view, ...saved, down: false } : view;
  return svgOf(own, info?.title ?? "A run", paletteOf(element));
}

/** Draws when the picture, its size or the theme has changed. */
function usePainting(
  canvas: RefObject<HTMLCanvasElement | null>,
  scene: Scene | null,
  size: Size,
  down: boolean,
): void {
  const theme = usePage((state) => state.theme);
  const system = useMedia("(prefers-color-scheme: dark)");
  const looks = `${theme} ${system}`;
  const colours = useRef<{ readonly looks: string; readonly palette: Palette } | null>(null);
  useLayoutEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext("2d");
    if (element === null || !pen || scene === null) return;
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    if (element.width !== width) element.width = width;
    if (element.height !== height) element.height = height;
    if (colours.current?.looks !== looks) colours.current = { looks, palette: paletteOf(element) };
    paint(pen, scene.shapes, ratio, colours.current.palette, down);
  }, [canvas, scene, size, down, looks]);
}
