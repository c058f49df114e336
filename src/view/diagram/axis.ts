import { type Micros, microsPerMilli, microsPerSecond } from "../../base/units.ts";
import { formatTime } from "../kit/words/time.ts";
import type { Ground } from "./ground.ts";
import { type Shape, textWidth } from "./shapes.ts";

/** Times above, and a hairline for each. */
export function axisShapes({ rows, x, view }: Ground, ticks: readonly Micros[]): Shape[] {
  const step = (ticks[1] ?? view.to) - (ticks[0] ?? view.from);
  const ends = ticks.flatMap((at) => [x(at), rows.axisEnd, x(at), rows.bottom]);
  const size = rows.down ? 10 : 11;
  const texts = ticks.map((at): Shape => {
    const text = tickText(at, step);
    const half = rows.down ? size / 2 : textWidth(text, size, true) / 2;
    const middle = Math.min(rows.right - half, Math.max(rows.left + half, x(at)));
    return { kind: "text", x: middle, y: rows.axis, size, fill: "muted", text, mono: true, anchor: "middle" };
  });
  return [{ kind: "lines", ends, stroke: "line", width: 1 }, ...texts];
}

/** Seconds with as many decimals as the step needs: "0.56", "0.6042"; from a minute on as everywhere. */
export function tickText(at: Micros, step: Micros): string {
  if (at >= 60 * microsPerSecond) return formatTime(at);
  const decimals =
    step >= microsPerSecond
      ? 0
      : step >= 10 * microsPerMilli
        ? 2
        : step >= microsPerMilli
          ? 3
          : step >= 100
            ? 4
            : step >= 10
              ? 5
              : 6;
  return (at / microsPerSecond).toFixed(step >= 100 * microsPerMilli && decimals === 2 ? 1 : decimals);
}

const labelRoom = 6;

/** What somebody did, as a dotted line through all lanes; what was wrong, as a span above them. */
export function eventLines(ground: Ground): Shape[] {
  const { rows, x, view, known } = ground;
  const shapes: Shape[] = [];
  const acts = view.diagram.acts.filter(({ at }) => at >= view.from && at <= Math.min(view.to, known));
  const ends = acts.flatMap(({ at }) => [x(at), rows.axisEnd, x(at), rows.bottom]);
  shapes.push({ kind: "lines", ends, stroke: "ink", width: 1, dash: [1.5, 3] });
  const y = rows.axisEnd + 12;
  const troubled: number[] = [];
  let free = Number.NEGATIVE_INFINITY;
  const say = (text: string, at: number): void => {
    const width = textWidth(text, 11);
    if (!rows.said || at < free || at + width > rows.right) return;
    shapes.push({ kind: "text", x: at, y, size: 11, fill: "muted", text, rim: true });
    free = at + width + labelRoom;
  };
  for (const { from, to } of view.diagram.troubles) {
    const [start, end] = [Math.max(rows.left, x(from)), Math.min(x(known), rows.right, x(to ?? known))];
    if (end > start && from <= known) troubled.push(start, rows.axisEnd, end, rows.axisEnd);
  }
  shapes.push({ kind: "lines", ends: troubled, stroke: "bad", width: 2, alpha: 0.7 });
  const labels = [
    ...acts.map(({ at, label }) => ({ at: x(at) + 4, label })),
    ...view.diagram.troubles
      .filter(({ from, to }) => from <= known && (to ?? known) >= view.from && from <= view.to)
      .map(({ from, words }) => ({ at: Math.max(rows.left, x(from)) + 4, label: words })),
  ].sort((a, b) => a.at - b.at);
  for (const { at, label } of labels) say(label.length > 44 ? `${label.slice(0, 42)} …` : label, at);
  return shapes;
}
