import { formatTime } from "../kit/words/time.ts";
import type { Ground, Hit, Part } from "./ground.ts";
import { yOf } from "./lanes.ts";
import { paths, type Shape, textWidth } from "./shapes.ts";

const chipText = 34;

/**
 * What led to the event along lanes: what a server had stored or done before. A cause that lies before the stretch stands as a
 * chip at its lane's left edge. The event itself has a blue ring.
 */
export function tieShapes(ground: Ground): Part {
  const { view, rows, x, known } = ground;
  const shapes: Shape[] = [];
  const hits: Hit[] = [];
  if (view.lit === null || view.density === "all") return { shapes, hits };
  const { past, about } = view.lit;
  /** The newest of each lane that lies before the stretch. */
  const before = new Map<number, number>();
  const ends: number[] = [];
  for (const { at, server, causes } of past.values()) {
    if (server === 0 || at < view.from || at > Math.min(view.to, known)) continue;
    for (const { event } of causes) {
      const cause = past.get(event);
      if (cause === undefined || cause.server !== server) continue;
      const y = yOf(rows, server);
      ends.push(Math.max(rows.left, x(cause.at)), y, x(at), y);
      if (cause.at < view.from) before.set(server, Math.max(event, before.get(server) ?? 0));
    }
  }
  shapes.push({ kind: "lines", ends, stroke: "ink", width: 1.8 });
  for (const { at, server, event, sentence } of past.values()) {
    if (at < view.from || at > Math.min(view.to, known)) continue;
    const [cx, cy] = [x(at), eventY(ground, server)];
    if (event === about)
      shapes.push({ kind: "path", d: paths.ring, x: cx, y: cy, scale: 1, stroke: "select", width: 2.2 });
    else
      shapes.push({ kind: "path", d: paths.dot, x: cx, y: cy, scale: 0.9, fill: "panel", stroke: "ink", width: 1.5 });
    hits.push({ of: "event", event, ends: [cx, cy], words: `${formatTime(at)} ${sentence}` });
  }
  for (const [server, event] of before) {
    const cause = past.get(event);
    if (cause === undefined) continue;
    const y = yOf(rows, server);
    const text = cause.sentence.length > chipText ? `${cause.sentence.slice(0, chipText - 1)}…` : cause.sentence;
    const time = formatTime(cause.at).replace(" s", "");
    const [timeWidth, width] = [textWidth(time, 10.5, true), textWidth(text, 10.5)];
    const left = rows.left + 3;
    const says = rows.wordy && !rows.down;
    if (says) {
      shapes.push(
        {
          kind: "box",
          x: left,
          y: y - 9,
          width: timeWidth + width + 28,
          height: 18,
          radius: 6,
          fill: "panel",
          stroke: "line-strong",
        },
        { kind: "path", d: paths.earlier, x: left + 9, y, scale: 1, stroke: "ink", width: 1.5 },
        { kind: "text", x: left + 16, y: y + 3.8, size: 10.5, text: time, fill: "muted", mono: true },
        { kind: "text", x: left + 21 + timeWidth, y: y + 3.8, size: 10.5, text, fill: "ink" },
      );
    } else shapes.push({ kind: "path", d: paths.earlier, x: left + 4, y, scale: 1, stroke: "ink", width: 1.8 });
    const reach = says ? timeWidth + width + 20 : 8;
    hits.push({
      of: "event",
      event,
      ends: [left + 6, y, left + reach, y],
      words: `${formatTime(cause.at)} ${cause.sentence}`,
    });
  }
  return { shapes, hits };
}

/** Where an event is on its lane; an event without a server stands above. */
const eventY = ({ rows }: Pick<Ground, "rows">, server: number): number =>
  rows.ids.includes(server) && server > 0 ? yOf(rows, server) : rows.top;
