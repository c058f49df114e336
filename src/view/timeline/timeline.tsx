import { type ReactElement, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import type { Micros } from "../../base/units.ts";
import { useLit } from "../../store/lit.ts";
import { openedRun, shownUntil, useStory } from "../../store/story.ts";
import { clock, lab, labState, useLab, usePanelLab } from "../../store/use-lab.ts";
import { showWindow, useShownWindow, type Window } from "../../store/window.ts";
import type { Bookmark, Timeline as TimelineState } from "../../worker/protocol/run.ts";
import { Late, lazyPart } from "../kit/lazy.tsx";
import { followed, type Scale, timeAt, xOf, zoomed } from "../kit/scale.ts";
import { useSize } from "../kit/use-size.ts";
import { useTick } from "../kit/use-tick.ts";
import { useAxisLength, useWindow } from "../kit/use-window.ts";
import { formatTime } from "../kit/words/time.ts";
import { bandsOf } from "./bands.ts";
import {
  actNear,
  branchesOf,
  laneHeight,
  type PlacedBranch,
  type Rows,
  rowsOf,
  seenOf,
  type Target,
} from "./layout.ts";
import { keepWordsClear, Moving, useMoving } from "./moving.tsx";
import { steer } from "./steer.ts";
import { Strip } from "./strip.tsx";
import { type Hover, type Picked, usePointer, useWheel } from "./use-pointer.ts";

const noBookmarks: readonly Bookmark[] = [];
const noTimeline: TimelineState = { terms: [], marks: [], branches: [], current: 0, end: 0 };

/** Pixels that "what comes stays blank until you have seen it" takes. */
const wordsOfBlank = 300;

const ActMenu = lazyPart("menu of an act", async () => (await import("./act-menu.tsx")).ActMenu);
const Bracket = lazyPart("mark for what is followed", async () => (await import("./bracket.tsx")).Bracket);

/** The run as a slider in virtual time: drag to scrub, click a mark to go there, wheel to zoom. */
export function Timeline({ home }: { readonly home: HTMLElement | null }): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  useStory();
  const until = usePanelLab("timeline", (state) => shownUntil(state));
  const whole = usePanelLab("timeline", (state) => state.timeline) ?? noTimeline;
  const timeline = useMemo(() => seenOf(whole, until), [whole, until]);
  const steps = useLab((state) => state.info?.bookmarks) ?? noBookmarks;
  const bookmarks = useMemo(() => steps.filter(({ at }) => at <= until), [steps, until]);
  const group = useLab((state) => state.frame?.group) ?? 1;
  const length = useAxisLength();
  const { scale, isZoomed, zoom, showWhole } = useZoom(box, length, size.width);
  const rows = useMemo(() => rowsOf(size.height), [size.height]);
  const bands = useMemo(() => bandsOf(timeline.terms, scale, timeline.end), [timeline.terms, timeline.end, scale]);
  const branches = useMemo(() => branchesOf(timeline, scale, rows.lanes), [timeline, scale, rows]);
  const lit = useLit();
  const [hover, setHover] = useState<Hover | null>(null);
  const scrubbed = useRef<Micros | null>(null);
  const { handles, show } = useMoving();
  useFollowing({ scale, zoom: isZoomed ? zoom : null, length, scrubbed, slider, box, show });
  const draw = (at: Micros, end: Micros) => show(scale, at, end, 0);
  const { picked, pick, close } = usePick();
  const pointer = usePointer({ timeline, bookmarks, scale, scrubbed, setHover, draw, onPick: pick });
  const pickNear = (): boolean => {
    const target = actNear(timeline.marks, clock());
    if (target !== null) pick(target);
    return target !== null;
  };

  return (
    <div className="timeline" ref={box}>
      <Strip {...{ bands, timeline, group, bookmarks, scale, rows, branches, lit }} height={size.height} />
      <Moving
        rows={rows}
        bands={bands}
        handles={handles}
        hides={until < whole.end && size.width - xOf(scale, until) > wordsOfBlank}
      />
      <div
        ref={slider}
        className="timeline-slider"
        style={{ height: rows.laneTop - 4 }}
        role="slider"
        tabIndex={0}
        aria-label="Time"
        aria-valuemin={0}
        aria-valuemax={0}
        aria-valuenow={0}
        onKeyDown={(event) => steer(event, pickNear)}
        {...pointer}
      />
      <BranchNames branches={branches} rows={rows} />
      {lit?.span !== undefined && (
        <Late>
          <Bracket {...{ lit, scale, rows, until }} height={size.height} />
        </Late>
      )}
      {picked !== null && (
        <Late>
          <ActMenu
            pick={picked}
            placeOfMark={() => placeOfMark(picked.at, slider.current, scale, rows)}
            home={home}
            slider={slider.current}
            onClose={close}
          />
        </Late>
      )}
      {hover === null || picked !== null ? null : <Tip hover={hover} width={scale.width} top={rows.bandTop} />}
      {isZoomed && (
        <button type="button" className="timeline-whole" onClick={showWhole}>
          Whole run
        </button>
      )}
    </div>
  );
}

/** The act whose menu is open. */
function usePick() {
  const [picked, setPicked] = useState<Picked | null>(null);
  const pick = (target: Target): void => {
    const { act } = target;
    if (act !== undefined) setPicked({ ...target, act });
  };
  return { picked, pick, close: () => setPicked(null) };
}

/** In the window; of what the strip does not show, the end that is nearest to it. */
function placeOfMark(at: Micros, slider: HTMLElement | null, scale: Scale, rows: Rows): DOMRect {
  const { left, top } = slider?.getBoundingClientRect() ?? new DOMRect();
  const x = Math.min(scale.width, Math.max(0, xOf(scale, at)));
  return new DOMRect(left + x, top + rows.bandTop - 14, 1, 14);
}

/** The part of the run that the strip shows: all of it, or a window that the wheel has made. */
function useZoom(box: RefObject<HTMLElement | null>, length: Micros, width: number) {
  const isZoomed = useShownWindow(({ window }) => window !== null);
  const scale = useWindow(length, width);
  const run = useLab(openedRun);
  // Another run begins as a whole.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the run that is another
  useEffect(() => showWindow(null), [run]);
  useWheel(box, (x, factor) => {
    const next = zoomed(scale, timeAt(scale, x), factor, length);
    showWindow(next.to - next.from >= length ? null : { from: next.from, to: next.to });
  });
  const zoom = ({ from, to }: Window): void => showWindow({ from, to });
  return { scale, isZoomed, zoom, showWhole: () => showWindow(null) };
}

interface Following {
  readonly scale: Scale;
  /** Shows another window; null while all of the run is shown. */
  readonly zoom: ((window: Window) => void) | null;
  readonly length: Micros;
  readonly scrubbed: RefObject<Micros | null>;
  readonly slider: RefObject<HTMLElement | null>;
  readonly box: RefObject<HTMLElement | null>;
  readonly show: ReturnType<typeof useMoving>["show"];
}

/** Keeps what moves, and what the slider says, at the time that is shown. */
function useFollowing({ scale, zoom, length, scrubbed, slider, box, show }: Following): void {
  const drawnAt = useRef<Micros>(0);
  const say = useSaying(slider);
  useTick((now) => {
    const { playing, speed, frame } = labState();
    const at = scrubbed.current ?? now;
    // A window follows the playhead when that moves; while it rests the reader may look elsewhere.
    const moved = at === drawnAt.current ? scale : followed(scale, at, length);
    drawnAt.current = at;
    if (moved !== scale) zoom?.(moved);
    const end = Math.max(now, Math.min(frame?.end.at ?? 0, shownUntil(labState())));
    show(scale, at, end, playing ? speed : 0);
    keepWordsClear(box.current, xOf(scale, at), !playing);
    say(at, end);
  });
}

const sayPause = 250;

/** Tells the slider's value, while the run plays only where the run has changed and not too often. */
function useSaying(slider: RefObject<HTMLElement | null>) {
  const said = useRef({ at: 0, frame: labState().frame });
  return (at: Micros, end: Micros): void => {
    const { playing, frame } = labState();
    const now = performance.now();
    if (playing && (frame === said.current.frame || now - said.current.at < sayPause)) return;
    said.current = { at: now, frame };
    slider.current?.setAttribute("aria-valuemax", String(Math.round(Math.max(at, end) / 1000)));
    slider.current?.setAttribute("aria-valuenow", String(Math.round(at / 1000)));
    slider.current?.setAttribute("aria-valuetext", formatTime(at));
  };
}

interface BranchNamesProps {
  readonly branches: readonly PlacedBranch[];
  readonly rows: Rows;
}
function BranchNames({ branches, rows }: BranchNamesProps): ReactElement {
  return (
    <>
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
    </>
  );
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
