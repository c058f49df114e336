import type { ServerId } from "../../base/units.ts";
import { nameOf } from "../../store/server-names.ts";
import type { Lane, Span } from "../../worker/protocol/diagram.ts";
import { termColour } from "../kit/term-fill.ts";
import { paths, type Shape, textWidth } from "./shapes.ts";

/** Where everything stands: the plot's edges and a line for each lane. */
export interface Rows {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** From one lane to the next. */
  readonly pitch: number;
  /** Height of a lane's bar. */
  readonly bar: number;
  /** In their order; 0 is the clients' lane. */
  readonly ids: readonly ServerId[];
  /** Above the lanes there is a line for what was done and what was wrong, in words. */
  readonly said: boolean;
  /** Words stand in lanes and beside signs. */
  readonly wordy: boolean;
  /** Lanes run downwards: what is told of along and across is drawn the other way round, and text stays upright. */
  readonly down: boolean;
  /** Where the times stand, and where they end. */
  readonly axis: number;
  readonly axisEnd: number;
}

/** Along the lanes and across them. */
interface Room {
  readonly width: number;
  readonly height: number;
  readonly down?: boolean;
}

const axisHeight = 21;
const saidHeight = 13;
const gutter = 44;
const narrowGutter = 30;
const wordyPitch = 23;

export function rowsOf(ids: readonly ServerId[], size: Room): Rows {
  if (size.down) return rowsDown(ids, size);
  const names = Math.max(...ids.map((id) => (id === 0 ? 0 : textWidth(nameOf(id), 12, true) + 14)));
  const left = Math.max(size.width < 500 ? narrowGutter : gutter, Math.ceil(names));
  const bottom = size.height - 2;
  const pitchFrom = (from: number): number => (bottom - from) / Math.max(1, ids.length);
  const said = pitchFrom(axisHeight + saidHeight) >= wordyPitch ? saidHeight : 0;
  const top = axisHeight + said;
  const pitch = Math.max(8, pitchFrom(top));
  const bar = Math.round(Math.min(17, Math.max(4, pitch * 0.5)));
  const words = { wordy: pitch >= wordyPitch, said: said > 0, down: false, axis: 13, axisEnd: 19 };
  return { left, right: size.width - 8, top, bottom, pitch, bar, ids, ...words };
}

const axisWidth = 48;
const nameHeight = 22;

/** Lanes are as wide as they have room: their words stand across them. */
function rowsDown(ids: readonly ServerId[], { width, height }: Room): Rows {
  const bottom = height - 4;
  const pitch = (bottom - axisWidth) / Math.max(1, ids.length);
  const bar = Math.round(Math.min(40, Math.max(4, pitch * 0.55)));
  const words = { wordy: bar >= wordyPitch / 2, said: false, down: true, axis: axisWidth / 2, axisEnd: axisWidth - 3 };
  return { left: nameHeight, right: width - 6, top: axisWidth, bottom, pitch, bar, ids, ...words };
}

/** The middle of a lane. */
export const yOf = ({ ids, top, pitch }: Rows, id: ServerId): number => top + (ids.indexOf(id) + 0.5) * pitch;

/** An arrow leaves a bar on the side of the one that it goes to. */
export function edgesOf(rows: Rows, from: ServerId, to: ServerId): readonly [number, number] {
  const [start, end] = [yOf(rows, from), yOf(rows, to)];
  const half = rows.bar / 2 + 1;
  const [startHalf, endHalf] = [from === 0 ? 0 : half, to === 0 ? 0 : half];
  return end > start ? [start + startHalf, end - endHalf] : [start - startHalf, end + endHalf];
}

interface Until {
  /** Pixels of a time, and to where lanes are known. */
  readonly x: (at: number) => number;
  readonly known: number;
  /** Faded: nothing of them is lit. */
  readonly alpha: number;
}

/** Tints and roles of all lanes; `disks`: a thin line under a bar while its disk is at work. */
export function laneShapes(lanes: readonly Lane[], rows: Rows, until: Until, disks: boolean): Shape[] {
  const shapes: Shape[] = [];
  if (rows.ids.includes(0)) {
    const y = yOf(rows, 0);
    shapes.push({ kind: "lines", ends: [rows.left, y, until.known, y], stroke: "line-strong", width: 1.5 });
  }
  for (const { server, spans } of lanes) {
    const y = yOf(rows, server);
    for (const [i, span] of spans.entries()) {
      const from = Math.max(rows.left, until.x(span.at));
      // Spans that differ in nothing but the disk's work look as one.
      let last = i;
      if (i > 0 && alike(spans[i - 1]!, span)) continue;
      while (last + 1 < spans.length && alike(spans[last + 1]!, span)) last++;
      const next = spans[last + 1];
      const to = Math.min(until.known, rows.right, next === undefined ? rows.right : until.x(next.at));
      if (to > from) shapes.push(...spanShapes(span, { from, to, y }, rows, until.alpha));
    }
    if (disks) shapes.push(diskLine(spans, y + rows.bar / 2 + 3, rows, until));
  }
  return shapes;
}

/** Names of lanes, and beneath them nothing of what begins or ends out of sight. */
export function nameShapes(rows: Rows, width: number): Shape[] {
  const size = rows.pitch < 14 ? 10 : 12;
  const height = rows.bottom + 2;
  const edge = { kind: "box", y: 0, height, radius: 0, fill: "panel" } as const;
  return [
    { ...edge, x: 0, width: rows.left - 1 },
    { ...edge, x: rows.right, width: width - rows.right },
    ...rows.ids.map(
      (id): Shape => ({
        ...{
          kind: "text",
          x: rows.left - 8,
          y: yOf(rows, id) + size * 0.36,
          size,
          fill: "ink",
          bold: true,
          anchor: "end",
        },
        text: id === 0 ? (rows.left < gutter ? "C" : "client") : nameOf(id),
      }),
    ),
  ];
}

const alike = (a: Span, b: Span): boolean =>
  a.untold === b.untold &&
  a.term === b.term &&
  a.role === b.role &&
  a.status === b.status &&
  a.many === undefined &&
  b.many === undefined;

function diskLine(spans: readonly Span[], y: number, rows: Rows, { x, known }: Until): Shape {
  const ends: number[] = [];
  for (const [i, span] of spans.entries()) {
    if (!span.writing) continue;
    const next = spans[i + 1];
    const from = Math.max(rows.left, x(span.at));
    const to = Math.min(known, rows.right, next === undefined ? rows.right : x(next.at));
    if (to > from) ends.push(from, y, Math.max(to, from + 1), y);
  }
  return { kind: "lines", ends, stroke: "muted", width: 2.5 };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

/** A leader's bar is full and has a crown, a candidate's edge is dashed, one that is down is hatched, one that waits is empty. */
function spanShapes(span: Span, { from, to, y }: Stretch, rows: Rows, alpha: number): Shape[] {
  const { role, status, term, many } = span;
  const gap = to - from > 3 ? 1 : 0;
  const box = {
    kind: "box",
    ...{ x: from, y: y - rows.bar / 2, width: Math.max(0.6, to - from - gap), height: rows.bar, radius: 2.5 },
  } as const;
  const colour = `term-${termColour(term)}` as const;
  if (span.untold) return [{ ...box, fill: "panel", stroke: "line-strong", dash: [1, 3] }];
  if (many !== undefined) return [{ ...box, fill: "line-strong" }];
  if (status === "down") return [{ ...box, fill: "panel", stroke: "line-strong", hatched: true }];
  const leads = role === "leader";
  const shapes: Shape[] =
    status === "paused"
      ? [{ ...box, fill: "panel", stroke: colour, dash: [1, 3] }]
      : leads
        ? [{ ...box, fill: colour, alpha }]
        : [{ ...box, fill: colour, alpha: 0.17 * alpha }];
  if (role === "candidate" || role === "preCandidate")
    shapes.push({ ...box, stroke: "ink", dash: role === "candidate" ? [3, 2] : [1, 2], alpha });
  if (rows.wordy) shapes.push(...spanWords(span, { from, to, y }, leads, rows));
  return shapes;
}

function spanWords({ term, status }: Span, { from, to, y }: Stretch, leads: boolean, rows: Rows): Shape[] {
  const full = status === "paused" ? "paused" : `term ${term}`;
  const size = 11;
  const shapes: Shape[] = [];
  let x = from + 6;
  const full_ = full === "term 0" ? "" : full;
  if (leads && to - x > 16) {
    shapes.push({ kind: "path", d: paths.crown, x: x + 7, y: y + 4, scale: 0.5, fill: "on-term" });
    x += 18;
  }
  const fits = (words: string, space: number): boolean =>
    rows.down ? textWidth(words, size) <= rows.bar && size + space <= to - x : textWidth(words, size) + space <= to - x;
  const text = fits(full_, 6) ? full_ : fits(String(term), 4) ? String(term) : "";
  if (text !== "" && full_ !== "")
    shapes.push({ kind: "text", x, y: y + 4, size, text, fill: leads && status === "up" ? "on-term" : "ink" });
  return shapes;
}
