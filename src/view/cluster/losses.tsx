import { type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import type { Micros } from "../../base/units.ts";
import { type Point, pointOn } from "../../paint/curve.ts";
import { alongPart } from "../../paint/motion.ts";
import { useLab } from "../../store/use-lab.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { LostView } from "../../worker/protocol/message.ts";
import { type Box, boxesOverlap } from "./boxes.ts";
import { Glyph, pillOf } from "./glyphs.tsx";
import { flownPart, laneOf } from "./lanes.ts";
import { type StageLayout, takenBoxes } from "./places.ts";
import { lossWords } from "./words.ts";

const seenMillis = 1500;
const keptMax = 12;

interface Seen {
  readonly loss: LostView;
  /** Wall time, from which on it may go. */
  readonly until: number;
}

/** A step of the story shows what happens at its moment: nothing that was lost before. */
function useShown(frame: Frame, playing: boolean): readonly LostView[] {
  const { at } = frame.position;
  const atStep = useLab(({ info }) => !playing && (info?.bookmarks.some((bookmark) => bookmark.at === at) ?? false));
  return useMemo(
    () => frame.lost.filter((loss) => loss.message.group === frame.group && (!atStep || loss.at === at)),
    [frame, atStep, at],
  );
}

/**
 * The losses to show: those of the frame and, while it plays, each for at least a second and a half of wall time, however
 * fast virtual time runs; those at a cut no longer than that. Going back in time takes them away at once.
 */
function useLosses(frame: Frame, playing: boolean): readonly LostView[] {
  const shown = useShown(frame, playing);
  const kept = useKept(frame, shown);
  return playing ? kept : shown;
}

function useKept(frame: Frame, lost: readonly LostView[]): readonly LostView[] {
  const [seen, setSeen] = useState<readonly Seen[]>([]);
  const last = useRef(frame);
  const known = useRef(0);
  known.current = seen.length;
  useEffect(() => {
    const forward = frame.branch === last.current.branch && frame.position.at >= last.current.position.at;
    last.current = frame;
    const cut = new Set(frame.cuts.map(([from, to]) => `${from}>${to}`));
    const isOver = ({ loss: { message } }: Seen): boolean =>
      message.lost === "cut" && !cut.has(`${message.from}>${message.to}`);
    // Most frames lose nothing, and React would look at all that is drawn here once more.
    if (lost.length > 0 || known.current > 0)
      setSeen((old) => merge(forward ? old.filter((one) => !isOver(one)) : [], lost));
  }, [frame, lost]);
  useEffect(() => {
    if (seen.length === 0) return;
    const timer = setTimeout(() => setSeen((old) => stillSeen(old, lost)), seenMillis);
    return () => clearTimeout(timer);
  }, [seen, lost]);
  return useMemo(() => seen.map((s) => s.loss), [seen]);
}

function merge(old: readonly Seen[], lost: readonly LostView[]): readonly Seen[] {
  const fresh = lost.filter((loss) => !old.some((s) => lossKey(s.loss) === lossKey(loss)));
  const kept = stillSeen(old, lost);
  if (fresh.length === 0 && kept.length === old.length) return kept.every((one, i) => one === old[i]) ? old : kept;
  const until = performance.now() + seenMillis;
  return [...kept, ...fresh.map((loss) => ({ loss, until }))].slice(-keptMax);
}

function stillSeen(old: readonly Seen[], lost: readonly LostView[]): readonly Seen[] {
  const now = performance.now() + 20;
  const inFrame = new Set(lost.map(lossKey));
  return old.filter((s) => s.until > now || inFrame.has(lossKey(s.loss)));
}

function lossKey(loss: LostView): string {
  return `${loss.message.id}@${loss.at}`;
}

interface Props {
  readonly frame: Frame;
  readonly layout: StageLayout;
  readonly crowded: boolean;
  readonly playing: boolean;
}

/** Messages that broke: two halves that drift apart where it happened. The movement is CSS, once, on appearing. */
export function Losses({ frame, layout, crowded, playing }: Props): ReactElement {
  const losses = useLosses(frame, playing);
  const marks = useMemo(() => placeMarks(losses, layout), [losses, layout]);
  return (
    <g>
      <HalfClips />
      {marks.map((mark) => (
        <Broken
          key={lossKey(mark.loss)}
          mark={mark}
          crowded={crowded}
          strength={playing ? 1 : strengthAt(mark.loss, frame.position.at)}
        />
      ))}
    </g>
  );
}

interface Mark {
  readonly loss: LostView;
  readonly at: Point;
  readonly words: string;
  /** Where the words stand, from `at`; undefined if they would cover something. */
  readonly side: (typeof wordsPlaces)[number] | undefined;
}

const wordsPlaces = [
  { x: 6, y: 31, anchor: "start" },
  { x: -6, y: 31, anchor: "end" },
  { x: 6, y: -21, anchor: "start" },
  { x: -6, y: -21, anchor: "end" },
  { x: 30, y: 4, anchor: "start" },
  { x: -30, y: 4, anchor: "end" },
] as const;

/** Several losses so near to each other, for the same reason, share their words. */
const saidOnceWithin = 170;

/** The newest loss of each lane, with words where these cover neither a server nor another loss nor its words. */
function placeMarks(losses: readonly LostView[], layout: StageLayout): readonly Mark[] {
  const newest = [...new Map(losses.map((loss) => [`${loss.message.from}>${loss.message.to}`, loss])).values()];
  const places = newest.map((loss) => {
    const lane = laneOf(layout, loss.message.from, loss.message.to);
    const part = flownPart(lane, pillOf(loss.message, layout.tight, layout.scale));
    return { loss, at: pointOn(lane, alongPart(part, loss.where)) };
  });
  const taken = [
    ...takenBoxes(layout),
    ...places.map(({ at }) => ({ x: at.x - 22, y: at.y - 14, width: 44, height: 28 })),
  ];
  const said: { readonly at: Point; readonly words: string }[] = [];
  return places.map(({ loss, at }) => {
    const words = lossWords(loss);
    const near = said.some(
      (one) => one.words === words && Math.hypot(one.at.x - at.x, one.at.y - at.y) < saidOnceWithin,
    );
    if (near) return { loss, at, words, side: undefined };
    const box = (side: (typeof wordsPlaces)[number]) => wordsBox(at, side, 6.6 * words.length);
    const side = wordsPlaces.find(
      (one) => onStage(box(one), layout) && !taken.some((other) => boxesOverlap(box(one), other)),
    );
    if (side !== undefined) {
      taken.push(box(side));
      said.push({ at, words });
    }
    return { loss, at, words, side };
  });
}

function wordsBox(at: Point, { x, y, anchor }: (typeof wordsPlaces)[number], width: number): Box {
  return { x: at.x + x - (anchor === "end" ? width : 0), y: at.y + y - 13, width, height: 17 };
}

function onStage(box: Box, layout: StageLayout): boolean {
  return box.x > 4 && box.y > 4 && box.x + box.width < layout.width - 4 && box.y + box.height < layout.height - 4;
}

/** What was lost long ago is fainter, down to nothing. */
function strengthAt({ at, until }: LostView, now: Micros): number {
  return until <= at ? 0 : Math.min(1, Math.max(0, (until - now) / (until - at)));
}

interface BrokenProps {
  readonly mark: Mark;
  readonly crowded: boolean;
  /** 1 … 0 */
  readonly strength: number;
}

function Broken({ mark, crowded, strength }: BrokenProps): ReactElement {
  const { loss, at, words, side } = mark;
  return (
    <g
      className="stage-broken"
      transform={`translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`}
      opacity={strength.toFixed(2)}
    >
      <g className="stage-half-left">
        <g clipPath="url(#stage-left-half)">
          <Glyph message={loss.message} crowded={crowded} />
        </g>
      </g>
      <g className="stage-half-right">
        <g clipPath="url(#stage-right-half)">
          <Glyph message={loss.message} crowded={crowded} />
        </g>
      </g>
      <path className="stage-crack" d="M3 -15 -3 -5 3 4 -2 14" />
      {side !== undefined && (
        <text className="stage-lost" x={side.x} y={side.y} textAnchor={side.anchor}>
          {words}
        </text>
      )}
    </g>
  );
}

/** The two sides of a jagged line, to cut glyphs in half. */
function HalfClips(): ReactElement {
  return (
    <>
      <clipPath id="stage-left-half">
        <path d="M-90 -20H4L-3 -6 3 4 -3 20H-90Z" />
      </clipPath>
      <clipPath id="stage-right-half">
        <path d="M90 -20H4L-3 -6 3 4 -3 20H90Z" />
      </clipPath>
    </>
  );
}
