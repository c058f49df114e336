import { type KeyboardEvent, type PointerEvent, type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import type { Micros } from "../../base/units.ts";
import { clock, lab, labState, useLab, usePanelLab } from "../../store/use-lab.ts";
import type { Bookmark, Timeline as TimelineState } from "../../worker/protocol/run.ts";
import { axisLength, followed, type Scale, timeAt, xOf, zoomed } from "../kit/scale.ts";
import { useSize } from "../kit/use-size.ts";
import { useTick } from "../kit/use-tick.ts";
import { formatTime } from "../kit/words/time.ts";
import { branchesOf, laneHeight, rowsOf, type Target, targetAt } from "./layout.ts";
import { Strip } from "./strip.tsx";

const hoverReach = 8;
const noBookmarks: readonly Bookmark[] = [];
const noTimeline: TimelineState = { terms: [], marks: [], branches: [], current: 0, end: 0 };

/** The run as a slider in virtual time: drag to scrub, click a mark to go there, wheel to zoom. */
export function Timeline(): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const timeline = usePanelLab("timeline", (state) => state.timeline) ?? noTimeline;
  const bookmarks = useLab((state) => state.info?.bookmarks) ?? noBookmarks;
  const group = useLab((state) => state.frame?.group) ?? 1;
  const length = useAxisLength(bookmarks);
  const [zoom, setZoom] = useState<Pick<Scale, "from" | "to"> | null>(null);
  const scale = useMemo(
    () => ({ from: zoom?.from ?? 0, to: zoom?.to ?? length, width: Math.max(1, size.width) }),
    [zoom, length, size.width],
  );
  const rows = useMemo(() => rowsOf(size.height), [size.height]);
  const branches = useMemo(() => branchesOf(timeline, scale, rows.lanes), [timeline, scale, rows]);
  const [hover, setHover] = useState<Hover | null>(null);
  const scrubbed = useRef<Micros | null>(null);
  const parts = useParts();

  const drawnAt = useRef<Micros>(0);
  useTick((now) => {
    const at = scrubbed.current ?? now;
    // A window follows the playhead when that moves; while it rests the reader may look elsewhere.
    const moved = at === drawnAt.current ? scale : followed(scale, at, length);
    drawnAt.current = at;
    if (zoom !== null && moved !== scale) setZoom({ from: moved.from, to: moved.to });
    parts.draw(scale, at, Math.max(now, labState().frame?.end.at ?? 0));
  });
  useWheel(box, (x, factor) => {
    const next = zoomed(scale, timeAt(scale, x), factor, length);
    setZoom(next.to - next.from >= length ? null : { from: next.from, to: next.to });
  });
  const pointer = usePointer({ timeline, bookmarks, scale, scrubbed, setHover, draw: parts.draw });

  return (
    <div className="timeline" ref={box}>
      <Strip {...{ timeline, group, bookmarks, scale, rows, branches }} height={size.height} handles={parts.handles} />
      <div
        ref={parts.slider}
        className="timeline-slider"
        style={{ height: rows.laneTop - 4 }}
        role="slider"
        tabIndex={0}
        aria-label="Time"
        aria-valuemin={0}
        aria-valuemax={0}
        aria-valuenow={0}
        onKeyDown={(event) => steer(event, length)}
        {...pointer}
      />
      {branches.map((branch) => (
        <button
          key={branch.id}
          type="button"
          className="timeline-branch-name"
          style={{ left: branch.labelX, top: rows.laneTop + branch.lane * laneHeight }}
          title={`Go to the branch “${branch.label}”`}
          onClick={() => lab.switchBranch(branch.id)}
        >
          {branch.label}
        </button>
      ))}
      {hover === null ? null : <Tip hover={hover} width={scale.width} top={rows.bandTop} />}
      {zoom === null ? null : (
        <button type="button" className="timeline-whole" onClick={() => setZoom(null)}>
          Whole run
        </button>
      )}
    </div>
  );
}

/** Length of the axis; changes in steps only, so that playing does not render. */
function useAxisLength(bookmarks: readonly Bookmark[]): Micros {
  const lastBookmark = bookmarks.reduce((latest, bookmark) => Math.max(latest, bookmark.at), 0);
  return useLab((state) => axisLength(Math.max(lastBookmark, state.frame?.end.at ?? 0, state.frame?.position.at ?? 0)));
}

// ---- what moves per animation frame ---------------------------------------------------------------------------

const sayPause = 250;
function useParts() {
  const playhead = useRef<SVGGElement>(null);
  const explored = useRef<SVGRectElement>(null);
  const later = useRef<SVGRectElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const saidAt = useRef(0);
  return useMemo(() => {
    function say(at: Micros, end: Micros): void {
      const now = performance.now();
      if (labState().playing && now - saidAt.current < sayPause) return;
      saidAt.current = now;
      slider.current?.setAttribute("aria-valuemax", String(Math.round(Math.max(at, end) / 1000)));
      slider.current?.setAttribute("aria-valuenow", String(Math.round(at / 1000)));
      slider.current?.setAttribute("aria-valuetext", formatTime(at));
    }
    function draw(scale: Scale, at: Micros, end: Micros): void {
      const x = Math.min(scale.width, Math.max(0, xOf(scale, at)));
      const right = Math.min(scale.width, Math.max(0, xOf(scale, Math.max(at, end))));
      playhead.current?.setAttribute("transform", `translate(${x.toFixed(2)} 0)`);
      explored.current?.setAttribute("width", right.toFixed(2));
      later.current?.setAttribute("x", x.toFixed(2));
      later.current?.setAttribute("width", (right - x).toFixed(2));
      say(at, end);
    }
    return { handles: { playhead, explored, later }, slider, draw };
  }, []);
}

// ---- pointer ----------------------------------------------------------------------------------------------------

interface Hover {
  readonly x: number;
  readonly at: Micros;
  readonly label: string;
}
interface PointerInput {
  readonly timeline: TimelineState;
  readonly bookmarks: readonly Bookmark[];
  readonly scale: Scale;
  readonly scrubbed: { current: Micros | null };
  readonly setHover: (hover: Hover | null) => void;
  readonly draw: (scale: Scale, at: Micros, end: Micros) => void;
}
interface Drag {
  readonly startX: number;
  readonly target: Target | null;
  readonly resume: boolean;
  moved: boolean;
}
const clickReach = 6;
const dragStart = 4;

function usePointer(input: PointerInput) {
  const { timeline, bookmarks, scale, scrubbed, setHover, draw } = input;
  const drag = useRef<Drag | null>(null);
  const endNow = (): Micros => labState().frame?.end.at ?? 0;
  const localX = (event: PointerEvent): number => event.clientX - event.currentTarget.getBoundingClientRect().left;
  const near = (x: number, reach: number): Target | null => targetAt(timeline.marks, bookmarks, scale, x, reach);

  function scrubTo(x: number): void {
    const at = Math.min(endNow(), Math.max(0, timeAt(scale, x)));
    scrubbed.current = at;
    draw(scale, at, endNow());
    lab.seek(at);
  }
  function show(x: number): void {
    const target = near(x, hoverReach);
    const at = target?.at ?? Math.max(0, timeAt(scale, x));
    setHover({ x: target === null ? x : xOf(scale, at), at, label: target?.label ?? "" });
  }
  function finish(): void {
    if (drag.current?.resume === true) lab.play();
    drag.current = null;
    scrubbed.current = null;
  }
  return {
    onPointerDown(event: PointerEvent): void {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const x = localX(event);
      const target = near(x, clickReach);
      drag.current = { startX: x, target, resume: labState().playing, moved: false };
      lab.pause();
      if (target === null) scrubTo(x);
    },
    onPointerMove(event: PointerEvent): void {
      const x = localX(event);
      const now = drag.current;
      if (now !== null && Math.abs(x - now.startX) >= dragStart) now.moved = true;
      if (now?.moved === true) scrubTo(x);
      show(x);
    },
    onPointerUp(): void {
      const now = drag.current;
      if (now === null) return;
      const clicked = now.moved ? null : now.target;
      finish();
      if (clicked !== null) goTo(clicked);
    },
    onPointerCancel: finish,
    onPointerLeave: () => setHover(null),
  };
}

function goTo(target: Target): void {
  if (target.event === null) lab.seek(target.at);
  else lab.visit(target.event);
}

/** Wheel listeners of React are passive; this one has to keep the page from scrolling. */
function useWheel(box: { readonly current: HTMLElement | null }, onZoom: (x: number, factor: number) => void): void {
  const latest = useRef(onZoom);
  useEffect(() => {
    latest.current = onZoom;
  });
  useEffect(() => {
    const element = box.current;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      const x = event.clientX - (element?.getBoundingClientRect().left ?? 0);
      latest.current(x, 1.0015 ** event.deltaY);
    };
    element?.addEventListener("wheel", turn, { passive: false });
    return () => element?.removeEventListener("wheel", turn);
  }, [box]);
}

function Tip({
  hover,
  width,
  top,
}: {
  readonly hover: Hover;
  readonly width: number;
  readonly top: number;
}): ReactElement {
  const side = hover.x > width - 180 ? "timeline-tip timeline-tip-left" : "timeline-tip";
  return (
    <div className={side} style={{ left: hover.x, top: top - 2 }}>
      <span className="timeline-tip-time">{formatTime(hover.at)}</span>
      {hover.label}
    </div>
  );
}

// ---- keys -------------------------------------------------------------------------------------------------------

const pages = 10;
function steer(event: KeyboardEvent, length: Micros): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !moveBy(event.key, length)) return;
  event.preventDefault();
  event.stopPropagation();
}
/** Arrows step by event as they do everywhere; pages, Home and End are those of a slider. False: not a key of its own. */
function moveBy(key: string, length: Micros): boolean {
  if (key === "ArrowLeft" || key === "ArrowDown") lab.step(-1);
  else if (key === "ArrowRight" || key === "ArrowUp") lab.step(1);
  else if (key === "PageDown") seekWithin(clock() - length / pages);
  else if (key === "PageUp") seekWithin(clock() + length / pages);
  else if (key === "Home") lab.seek(0);
  else if (key === "End") lab.live();
  else return false;
  return true;
}
function seekWithin(at: Micros): void {
  lab.seek(Math.min(labState().frame?.end.at ?? 0, Math.max(0, at)));
}
