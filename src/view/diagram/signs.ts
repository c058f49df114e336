import type { Sign } from "../../worker/protocol/diagram.ts";
import type { Ground, Hit, Part } from "./ground.ts";
import { yOf } from "./lanes.ts";
import { paths, type Shape, textWidth } from "./shapes.ts";
import { signLabel } from "./words.ts";

/** So many signs in sight leave room for words beside them. */
const wordsMost = 70;
const labelSize = 10.5;

/** Votes and refusals, elections, commits, crashes: each with its own form on the lane of its server. */
export function signShapes(ground: Ground): Part {
  const { view, rows, x, known, rest } = ground;
  const shapes: Shape[] = [];
  const hits: Hit[] = [];
  const until = Math.min(view.to, known);
  const inSight = view.diagram.signs.reduce((sum, { at }) => sum + (at >= view.from && at <= until ? 1 : 0), 0);
  const scale = rows.bar < 9 ? 0.6 : rows.bar < 13 ? 0.8 : 1;
  /** By server, up to where its words reach. */
  const words = new Map<number, number>();
  for (const [place, sign] of view.diagram.signs.entries()) {
    if (sign.at < view.from || sign.at > until) continue;
    const isLit = view.lit?.event(sign.event) === true;
    if (!isLit && rest === 0) continue;
    // Many together are paler and smaller: they are no one's place.
    const alpha = (isLit ? 1 : rest) * (sign.count > 1 ? 0.6 : 1);
    const [sx, sy] = [x(sign.at), yOf(rows, sign.server)];
    shapes.push(...form(sign, sx, sy, sign.count > 1 ? scale * 0.6 : scale, alpha));
    hits.push({ of: "sign", place, ends: [sx, sy] });
    const text = signLabel(sign);
    if (text === "" || rows.pitch < 29 || rows.down || (inSight > wordsMost && !isLit)) continue;
    const half = textWidth(text, labelSize) / 2;
    const middle = Math.min(rows.right - half, Math.max(rows.left + half, sx));
    if (middle - half < (words.get(sign.server) ?? Number.NEGATIVE_INFINITY)) continue;
    words.set(sign.server, middle + half + 4);
    const fill = sign.kind === "commits" ? "ok" : sign.kind === "violation" ? "bad" : "muted";
    const y = sy + rows.bar / 2 + labelSize;
    shapes.push({
      kind: "text",
      x: middle,
      y,
      size: labelSize,
      text,
      fill,
      anchor: "middle",
      rim: true,
      alpha: Math.max(alpha, 0.5),
    });
  }
  return { shapes, hits };
}

function form({ kind }: Sign, x: number, y: number, scale: number, alpha: number): Shape[] {
  const at = { kind: "path", x, y, scale, alpha } as const;
  switch (kind) {
    case "votes":
      return [
        { ...at, d: paths.disc, fill: "ink", stroke: "panel", width: 1.5 },
        { ...at, d: paths.tick, stroke: "on-ink", width: 1.7 },
      ];
    case "refuses":
      return [
        { ...at, d: paths.disc, fill: "panel", stroke: "ink", width: 1.4 },
        { ...at, d: paths.cross, scale: scale * 0.62, stroke: "ink", width: 1.6 },
      ];
    case "campaign":
      return [{ ...at, d: paths.dot, fill: "ink", stroke: "panel", width: 1.5 }];
    case "stepsDown":
      return [{ ...at, d: paths.dot, fill: "panel", stroke: "ink", width: 1.5 }];
    case "elected":
      return [
        { ...at, d: paths.disc, fill: "ink", stroke: "panel", width: 1.5 },
        { ...at, d: paths.crown, y: y + 2.6 * scale, scale: scale * 0.34, fill: "on-ink" },
      ];
    case "commits":
      return [{ ...at, d: paths.square, fill: "ok", stroke: "panel", width: 1.5 }];
    case "snapshot":
      return [{ ...at, d: paths.stack, fill: "panel", stroke: "ink", width: 1.4 }];
    case "crash":
      return [{ ...at, d: paths.cross, stroke: "ink", width: 2 }];
    case "restart":
      return [{ ...at, d: paths.up, fill: "panel", stroke: "ink", width: 1.5 }];
    case "violation":
      return [{ ...at, d: paths.violation, fill: "panel", stroke: "bad", width: 1.6 }];
  }
}
