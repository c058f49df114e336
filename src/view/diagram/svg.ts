import { formatTime } from "../kit/words/time.ts";
import { fontOf, headCorners, type Palette } from "./canvas.ts";
import type { View } from "./ground.ts";
import { itemOf } from "./items.ts";
import { sceneOf } from "./layout.ts";
import type { Shape } from "./shapes.ts";

const lineHeight = 17;
const margin = 12;
/** More lines would be no picture any more. */
const linesMost = 200;

/** The stretch as a picture of its own: arrows with numbers, and a list beneath that says what they are. Text stays text. */
export function svgOf(view: View, title: string, palette: Palette): string {
  const numbered: View = { ...view, numbered: true };
  const { shapes, hits } = sceneOf(numbered);
  const arrows = hits.filter(({ of }) => of === "flight").map((hit) => itemOf(view, hit).words);
  const lines = arrows.slice(0, linesMost).map((words, i) => `${i + 1}  ${words}`);
  if (arrows.length > linesMost) lines.push(`and ${arrows.length - linesMost} more`);
  if (view.diagram.bundles.length > 0)
    lines.push(`${view.diagram.total} messages, drawn in bundles: the thicker, the more.`);
  const half = Math.ceil(lines.length / 2);
  const top = 30;
  const [width, height] = [view.width + 2 * margin, top + view.height + 24 + half * lineHeight + margin];
  const drawn = shapes.map((shape, i) => one(shape, palette, i)).join("\n");
  const listed = lines.map((words, i) => {
    const [column, row] = [Math.floor(i / half), i % half];
    const [x, y] = [margin + (column * view.width) / 2, top + view.height + 24 + row * lineHeight];
    return textElement({ kind: "text", x, y, size: 11, text: words, fill: "ink" }, palette);
  });
  const heading = `${title}, ${formatTime(view.from)} to ${formatTime(view.to)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escaped(heading)}</title>`,
    `<rect width="${width}" height="${height}" fill="${palette("panel")}"/>`,
    textElement({ kind: "text", x: margin, y: 19, size: 13, text: heading, fill: "ink", bold: true }, palette),
    `<g transform="translate(${margin} ${top})">`,
    drawn,
    "</g>",
    ...listed,
    "</svg>",
  ].join("\n");
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const short = (value: number): string => String(Math.round(value * 100) / 100);

function one(shape: Shape, palette: Palette, number: number): string {
  const opacity = shape.alpha === undefined || shape.alpha === 1 ? "" : ` opacity="${short(shape.alpha)}"`;
  switch (shape.kind) {
    case "box":
      return boxElement(shape, palette, opacity, number);
    case "lines":
      return shape.ends.length === 0 ? "" : linesElement(shape, palette, opacity);
    case "heads":
      return headsElement(shape, palette, opacity);
    case "path": {
      const { d, x, y, scale, fill, stroke, width = 1 } = shape;
      const line = stroke === undefined ? "" : ` stroke="${palette(stroke)}" stroke-width="${short(width / scale)}"`;
      const place = `translate(${short(x)} ${short(y)}) scale(${short(scale)})`;
      return `<path d="${d}" transform="${place}" fill="${fill === undefined ? "none" : palette(fill)}"${line} stroke-linecap="round"${opacity}/>`;
    }
    case "text":
      return textElement(shape, palette, opacity);
  }
}
type Of<Kind extends Shape["kind"]> = Extract<Shape, { readonly kind: Kind }>;

const dashed = (dash: readonly number[] | undefined): string =>
  dash === undefined ? "" : ` stroke-dasharray="${dash.join(" ")}"`;

function boxElement(shape: Of<"box">, palette: Palette, opacity: string, number: number): string {
  const { x, y, width, height, radius, fill, stroke, dash, hatched } = shape;
  const place = `x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" rx="${radius}"`;
  const line = stroke === undefined ? "" : ` stroke="${palette(stroke)}" stroke-width="1.4"${dashed(dash)}`;
  const ground = `<rect ${place} fill="${fill === undefined ? "none" : palette(fill)}"${line}${opacity}/>`;
  if (!hatched) return ground;
  const name = `hatch-${number}`;
  const hatch = `<path d="M0 6 6 0" stroke="${palette("faint")}" stroke-width="1"/>`;
  const pattern = `<pattern id="${name}" width="6" height="6" patternUnits="userSpaceOnUse">${hatch}</pattern>`;
  return `${ground}${pattern}<rect ${place} fill="url(#${name})"/>`;
}

function linesElement({ ends, stroke, width, dash }: Of<"lines">, palette: Palette, opacity: string): string {
  let d = "";
  for (let i = 0; i < ends.length; i += 4)
    d += `M${short(ends[i]!)} ${short(ends[i + 1]!)}L${short(ends[i + 2]!)} ${short(ends[i + 3]!)}`;
  return `<path d="${d}" fill="none" stroke="${palette(stroke)}" stroke-width="${width}"${dashed(dash)}${opacity}/>`;
}

function headsElement({ places, fill, size }: Of<"heads">, palette: Palette, opacity: string): string {
  let d = "";
  for (let i = 0; i < places.length; i += 3) {
    const [a, b, c, e, f, g] = headCorners(places[i]!, places[i + 1]!, places[i + 2]!, size);
    d += `M${short(a)} ${short(b)}L${short(c)} ${short(e)}L${short(f)} ${short(g)}Z`;
  }
  return `<path d="${d}" fill="${palette(fill)}"${opacity}/>`;
}

function textElement(shape: Of<"text">, palette: Palette, opacity = ""): string {
  const { x, y, text, fill, anchor, rim } = shape;
  const halo = rim ? ` stroke="${palette("panel")}" stroke-width="3" paint-order="stroke"` : "";
  const place = `x="${short(x)}" y="${short(y)}"${anchor === undefined ? "" : ` text-anchor="${anchor}"`}`;
  return `<text ${place} style="font: ${escaped(fontOf(shape)).replaceAll("&quot;", "&#39;")}" fill="${palette(fill)}"${halo}${opacity}>${escaped(text)}</text>`;
}
