import type { ServerView } from "../../worker/protocol/server.ts";
import { cellState, commandIn } from "../kit/log/cells.ts";
import { restWords, windowOf } from "../kit/log/window.ts";
import { termColour } from "../kit/term-fill.ts";

/** Pictures of the moment that is shown, as SVGs that stand alone: nothing in them is fetched, and text stays text. */

export const pictured = ["both", "stage", "logs"] as const;
export type Pictured = (typeof pictured)[number];

interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly markup: string;
}

/** What style sheets say of the stage's elements, and SVG has attributes for. */
const properties = [
  ..."fill fill-opacity stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity opacity".split(
    " ",
  ),
  ..."font-family font-size font-weight text-anchor dominant-baseline paint-order visibility".split(" "),
];

/** Null: the stage is not there. */
export function pictureOf(what: Pictured, servers: readonly ServerView[]): string | null {
  const stage = what === "logs" ? null : drawnStage();
  if (what !== "logs" && stage === null) return null;
  const logs = what === "stage" ? null : drawnLogs(servers);
  const parts = [stage, logs].filter((part) => part !== null);
  const width = Math.max(...parts.map((part) => part.width));
  const height = parts.reduce((sum, part) => sum + part.height, 0);
  let top = 0;
  const placed = parts.map((part) => {
    const y = top;
    top += part.height;
    return `<svg x="${(width - part.width) / 2}" y="${y}" width="${part.width}" height="${part.height}">${part.markup}</svg>`;
  });
  const ground = `<rect width="${width}" height="${height}" fill="${colour("--paper")}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${ground}${placed.join("")}</svg>`;
}

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function drawnStage(): Drawn | null {
  const seen = document.querySelector<SVGSVGElement>("section.stage svg.stage-picture");
  if (seen === null) return null;
  const { width, height } = seen.getBoundingClientRect();
  const copy = seen.cloneNode(true) as SVGSVGElement;
  const copies = [...copy.querySelectorAll("*")];
  for (const [at, element] of seen.querySelectorAll("*").entries()) {
    const style = getComputedStyle(element);
    const own = copies[at]!;
    if (style.display === "none") {
      own.remove();
      continue;
    }
    for (const property of properties) {
      const value = style.getPropertyValue(property);
      if (value !== "") own.setAttribute(property, value);
    }
    for (const name of own.getAttributeNames())
      if (/^(class|style|role|tabindex|aria-|data-)/.test(name)) own.removeAttribute(name);
  }
  return { width, height, markup: new XMLSerializer().serializeToString(copy).replace(/^<svg[^>]*>|<\/svg>$/g, "") };
}

const cell = { width: 66, height: 28, gap: 5, name: 56, head: 24, margin: 16 };

/** Filled: its server knows that it is committed; dashed: it is not on its disk yet; the first figure is the term. */
function drawnLogs(servers: readonly ServerView[]): Drawn {
  const shown = windowOf(servers);
  const { rows, indices } = shown;
  const text = (x: number, y: number, words: string, more = "") =>
    `<text x="${x}" y="${y}" font-family="Inter, system-ui, sans-serif" font-size="13" fill="${colour("--ink")}" ${more}>${escaped(words)}</text>`;
  const left = (at: number) => cell.margin + cell.name + at * (cell.width + cell.gap);
  const head = indices.map((index, at) =>
    text(left(at) + cell.width / 2, cell.head - 8, String(index), 'text-anchor="middle"'),
  );
  const body = rows.map((server, row) => {
    const y = cell.head + row * (cell.height + cell.gap);
    const name = text(cell.margin, y + 19, `S${server.id}`, 'font-weight="600"');
    const cells = indices.map((index, at) => {
      const state = cellState(server, index);
      const kept = index <= server.base;
      const full = kept || state?.committed === true;
      const term = state?.term ?? server.baseTerm;
      const ink = colour(`--term-${termColour(term)}`);
      const line = state === null && !kept ? colour("--line") : ink;
      const dash = state !== null && !state.durable ? ' stroke-dasharray="4 3"' : "";
      const box = `<rect x="${left(at)}" y="${y}" width="${cell.width}" height="${cell.height}" rx="5" fill="${full ? ink : "none"}" stroke="${line}" stroke-width="1.5"${dash}/>`;
      const words = state === null ? "" : `${state.term} ${commandIn(state.text, 6)}`;
      const on = full ? `fill="${colour("--on-term")}"` : `fill="${colour("--ink")}"`;
      const written = `<text x="${left(at) + cell.width / 2}" y="${y + 19}" font-family="JetBrains Mono, monospace" font-size="12" text-anchor="middle" ${on}>${escaped(words)}</text>`;
      return words === "" ? box : box + written;
    });
    return name + cells.join("");
  });
  const bottom = cell.head + rows.length * (cell.height + cell.gap);
  const words = restWords(shown);
  const rest = words === "" ? "" : text(cell.margin, bottom + 14, words);
  return {
    width: left(indices.length) + cell.margin,
    height: bottom + cell.margin + (words === "" ? 0 : cell.head),
    markup: head.join("") + body.join("") + rest,
  };
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** As points, twice as fine; null: the browser cannot draw it. */
export async function asPng(svg: string): Promise<Blob | null> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * 2;
    canvas.height = image.naturalHeight * 2;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}
