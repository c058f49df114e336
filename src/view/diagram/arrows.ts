import { type Flight, lost, lostSight, outOfNowhere, received, saysYes } from "../../worker/protocol/diagram.ts";
import type { MessageRef } from "../../world/state/messages.ts";
import { termColour } from "../kit/term-fill.ts";
import type { Ground, Hit, Lit, Part } from "./ground.ts";
import { edgesOf } from "./lanes.ts";
import { type Colour, paths, type Shape } from "./shapes.ts";

/** Lines and heads that look the same are one shape: drawn in one go. */
class Pens {
  private readonly lines = new Map<string, { readonly shape: Shape; readonly ends: number[] }>();
  private readonly heads = new Map<string, { readonly shape: Shape; readonly places: number[] }>();

  line(ends: readonly [number, number, number, number], look: Look, dash: readonly number[] = []): void {
    const { stroke, width, alpha } = look;
    const name = `${stroke} ${width} ${alpha} ${dash.join()}`;
    let pen = this.lines.get(name);
    if (pen === undefined) {
      const own: number[] = [];
      pen = { ends: own, shape: { kind: "lines", ends: own, stroke, width, alpha, ...(dash.length > 0 && { dash }) } };
      this.lines.set(name, pen);
    }
    pen.ends.push(...ends);
  }

  head([x1, y1, x2, y2]: readonly [number, number, number, number], { stroke, width, alpha }: Look): void {
    const size = width > 1.5 ? 6 : 4.5;
    const name = `${stroke} ${size} ${alpha}`;
    let pen = this.heads.get(name);
    if (pen === undefined) {
      const own: number[] = [];
      pen = { places: own, shape: { kind: "heads", places: own, fill: stroke, alpha, size } };
      this.heads.set(name, pen);
    }
    pen.places.push(x2, y2, Math.atan2(y2 - y1, x2 - x1));
  }

  /** The faintest first. */
  shapes(): Shape[] {
    const all = [...this.lines.values(), ...this.heads.values()].map(({ shape }) => shape);
    return all.sort((a, b) => (a.alpha ?? 1) - (b.alpha ?? 1));
  }
}
interface Look {
  readonly stroke: Colour;
  readonly width: number;
  readonly alpha: number;
}

const replyDash = [4, 3];
const dotted = [1, 3];
/** How much of a line is drawn of which one end is not told. */
const toldPart = 0.3;

export function arrowShapes(ground: Ground): Part {
  const { view, rest } = ground;
  const { messages } = view.diagram;
  const pens = new Pens();
  const marks: Shape[] = [];
  const hits: Hit[] = [];
  const crowd = messages.length > 500 ? 0.55 : messages.length > 150 ? 0.75 : 1;
  let number = 0;
  for (const [place, flight] of messages.entries()) {
    const ends = placed(ground, flight);
    if (ends === null) continue;
    const isLit = belongs(flight, view.lit);
    const selected = view.selected !== null && isOf(flight, view.selected);
    const strong = selected || (view.lit !== null && isLit);
    if (!strong && rest === 0) continue;
    const quiet = isRoutine(view.diagram.kinds[flight[8]], flight) ? 0.45 : 0.9;
    const alpha = strong ? 1 : quiet * rest * crowd;
    const stroke: Colour = selected ? "select" : colourOf(flight);
    draw(pens, marks, ground, flight, ends, { stroke, width: strong ? 2 : 1.2, alpha });
    if (strong && view.numbered === undefined && messages.length < 700)
      marks.push(...chip(view.diagram.kinds[flight[8]] ?? "", flight, ends));
    if (view.numbered) marks.push(numberAt(++number, ends));
    hits.push({ of: "flight", place, ends });
  }
  bundleShapes(ground, pens, marks, hits);
  return { shapes: [...pens.shapes(), ...marks], hits };
}

/** Heartbeats and their answers: there are many, and they say little. */
const isRoutine = (kind: string | undefined, flight: Flight): boolean =>
  kind === "Heartbeat" ||
  kind === "HeartbeatReply" ||
  (kind === "AppendEntries" && flight[12] === 0) ||
  (kind === "AppendEntriesReply" && flight[10] === saysYes);

const isOf = ([, , , , from, to, ordinal, copy]: Flight, ref: MessageRef): boolean =>
  from === ref.from && to === ref.to && ordinal === ref.ordinal && copy === ref.copy;

/** It led to what is lit, or is what comes of it next. */
function belongs(flight: Flight, lit: Lit | null): boolean {
  if (lit === null) return false;
  const [sentIn, endedIn] = [flight[2], flight[3]];
  if (lit.past.size === 0) return lit.event(sentIn) && lit.event(endedIn);
  if (sentIn === lit.about) return true;
  return endedIn > 0 && lit.past.get(endedIn)?.causes.some(({ event }) => event === sentIn) === true;
}

/** By place, not taken apart: it is asked for each of thousands. */
const colourOf = (flight: Flight): Colour => (flight[11] === 0 ? "ink" : `term-${termColour(flight[11])}`);

/** Both ends, as far as the run may be shown; null: out of sight. Without an end it goes to where the run is known. */
function placed({ view, rows, x, known }: Ground, flight: Flight): readonly [number, number, number, number] | null {
  const [sentAt, endAt, from, to] = [flight[0], flight[1], flight[4], flight[5]];
  if ((from === 0 || to === 0) && !view.clients) return null;
  const until = endAt ?? Math.max(known, sentAt);
  if (sentAt > Math.min(view.to, known) || until < view.from) return null;
  const [y1, y2] = edgesOf(rows, from, to);
  const [x1, x2] = [x(sentAt), x(until)];
  // Of what another program told of, only the end that is told.
  if (flight[9] === outOfNowhere) return [x1, y2 - (y2 - y1) * toldPart, x2, y2];
  const share = flight[9] === lostSight ? toldPart : flight[9] === lost ? flight[13] / 100 : endAt === null ? 0.5 : 1;
  return [x1, y1, x2, y1 + (y2 - y1) * share];
}

function draw(
  pens: Pens,
  marks: Shape[],
  { view, x, known }: Ground,
  flight: Flight,
  ends: readonly [number, number, number, number],
  look: Look,
): void {
  const [sentAt, endAt, , , , , , , kind, fate] = flight;
  const dash = view.diagram.kinds[kind]?.endsWith("Reply") === true ? replyDash : [];
  const until = endAt ?? known;
  const ended = (fate === received || fate === lost) && until <= known;
  // What is under way at the moment that is shown is dotted from there on.
  const now = Math.min(view.now, known);
  const [x1, y1, x2, y2] = ends;
  const cut = sentAt <= now && until > now ? now : until > known ? known : null;
  if (cut === null || cut <= sentAt) pens.line(ends, look, cut === null ? dash : dotted);
  else {
    const share = (cut - sentAt) / (until - sentAt);
    const [mx, my] = [x(cut), y1 + (y2 - y1) * share];
    pens.line([x1, y1, mx, my], look, dash);
    if (view.shown > known || until <= view.shown) pens.line([mx, my, x2, y2], look, dotted);
    else return pens.head([x1, y1, mx, my], look);
  }
  if (ended && fate === lost)
    marks.push({
      kind: "path",
      d: paths.cross,
      x: x2,
      y: y2,
      scale: 0.9,
      stroke: "bad",
      width: 1.8,
      alpha: Math.max(look.alpha, 0.35),
    });
  else if (endAt !== null && fate !== lostSight) pens.head(ends, look);
}

const letters: Readonly<Record<string, string>> = {
  RequestVote: "V",
  PreVote: "v",
  AppendEntries: "A",
  Heartbeat: "h",
  InstallSnapshot: "S",
  TimeoutNow: "T",
  ReadIndex: "R",
  ClientRequest: "C",
  Propose: "C",
};

/** The first letter of what it is, in the middle of its way; a reply says yes or no. */
function chip(kind: string, flight: Flight, [x1, y1, x2, y2]: readonly number[]): Shape[] {
  const [x, y] = [(x1! + x2!) / 2, (y1! + y2!) / 2];
  const [, , , , , , , , , , answer, , entries] = flight;
  const fill = colourOf(flight);
  if (answer > 0)
    return [
      { kind: "path", d: paths.disc, x, y, scale: 1.1, fill: "panel", stroke: fill, width: 1.3 },
      {
        kind: "path",
        d: answer === saysYes ? paths.tick : paths.cross,
        x,
        y,
        scale: answer === saysYes ? 1 : 0.6,
        stroke: fill,
        width: 1.6,
      },
    ];
  const letter = kind === "AppendEntries" && entries === 0 ? "h" : (letters[kind] ?? kind.slice(0, 1));
  return [
    { kind: "box", x: x - 7.5, y: y - 7.5, width: 15, height: 15, radius: letter === "h" ? 7.5 : 3, fill },
    {
      kind: "text",
      x,
      y: y + 3.8,
      size: 10.5,
      text: letter,
      fill: fill === "ink" ? "on-ink" : "on-term",
      bold: true,
      anchor: "middle",
    },
  ];
}

const numberAt = (number: number, [x1, y1, x2, y2]: readonly number[]): Shape => ({
  ...{ kind: "text", x: x1! + (x2! - x1!) * 0.4, y: y1! + (y2! - y1!) * 0.4 + 3.5, size: 10, text: String(number) },
  ...{ fill: "ink", bold: true, anchor: "middle", rim: true },
});

const thickest = 5;

/** A bundle is as thick as many messages are in it, up to a point; how many were lost stands beside it, and the count where there is room. */
function bundleShapes(ground: Ground, pens: Pens, marks: Shape[], hits: Hit[]): void {
  const { view, rows, x, known, rest } = ground;
  for (const [place, bundle] of view.diagram.bundles.entries()) {
    const { from, to, sentAt, endAt, count, lost: gone, reply, term, last } = bundle;
    if ((from === 0 || to === 0) && !view.clients) continue;
    if (sentAt > Math.min(view.to, known) || endAt < view.from) continue;
    const [y1, y2] = edgesOf(rows, from, to);
    const ends = [x(sentAt), y1, x(endAt), y2] as const;
    const width = Math.min(thickest, 1 + Math.log2(count) * 0.55);
    const stroke: Colour = term === 0 ? "ink" : `term-${termColour(term)}`;
    pens.line(
      ends,
      { stroke, width: Math.round(width * 2) / 2, alpha: 0.3 * Math.max(rest, 0.26) },
      reply ? replyDash : [],
    );
    if (gone > 0)
      marks.push({
        kind: "path",
        d: paths.cross,
        x: (ends[0] + ends[2]) / 2,
        y: (y1 + y2) / 2,
        scale: 0.6,
        stroke: "bad",
        width: 1.4,
      });
    if (x(last) - x(bundle.first) > 34 && count > 1 && rows.pitch > 20) {
      const y = y1 + (y2 - y1) * 0.5;
      marks.push({
        kind: "text",
        x: ends[0],
        y: y + 3,
        size: 9.5,
        text: String(count),
        fill: "muted",
        mono: true,
        anchor: "middle",
        rim: true,
      });
    }
    hits.push({ of: "bundle", place, ends });
  }
}
