import { nameOf } from "../../store/server-names.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { cellState, commandIn } from "../kit/log/cells.ts";
import { restWords, windowOf } from "../kit/log/window.ts";
import { colour, type Drawn, drawn, standalone } from "../kit/standalone.ts";
import { withFonts } from "../kit/svg-fonts.ts";
import { termColour } from "../kit/term-fill.ts";

/** Pictures of the moment that is shown, as SVGs that stand alone: nothing in them is fetched, text stays text, and its fonts are inside. */

export const pictured = ["both", "stage", "logs"] as const;
export type Pictured = (typeof pictured)[number];

/** Null: the stage is not there. */
export async function pictureOf(what: Pictured, servers: readonly ServerView[]): Promise<string | null> {
  const svg = drawnPicture(what, servers);
  return svg === null ? null : withFonts(svg);
}

function drawnPicture(what: Pictured, servers: readonly ServerView[]): string | null {
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
  return standalone({ width, height, markup: placed.join("") });
}

function drawnStage(): Drawn | null {
  const seen = document.querySelector<SVGSVGElement>("section.stage svg.stage-picture");
  return seen === null ? null : drawn(seen);
}

const cell = { width: 66, height: 28, gap: 5, name: 56, head: 24, margin: 16 };

/** Filled: its server knows that it is committed; hatched: it does not; dotted: nobody tells; dashed: it is not on its disk yet; the first figure is the term. */
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
    const name = text(cell.margin, y + 19, nameOf(server.id), 'font-weight="600"');
    const cells = indices.map((index, at) => {
      const state = cellState(server, index);
      const kept = index <= server.base;
      const full = kept || state?.committed === true;
      const term = state?.term ?? server.baseTerm;
      const ink = colour(`--term-${termColour(term)}`);
      const line = state === null && !kept ? colour("--line") : ink;
      const open = state?.commitUntold ? "1.5 2.5" : "4 3";
      const dash = state !== null && (!state.durable || state.commitUntold) ? ` stroke-dasharray="${open}"` : "";
      const empty = state === null || state.commitUntold;
      const filled = full ? ink : empty ? "none" : `url(#log-hatch-${termColour(term)})`;
      const box = `<rect x="${left(at)}" y="${y}" width="${cell.width}" height="${cell.height}" rx="5" fill="${filled}" stroke="${line}" stroke-width="1.5"${dash}/>`;
      const words = state === null ? "" : `${state.term} ${commandIn(state.text, 6)}`;
      const on = full ? `fill="${colour("--on-term")}"` : `fill="${colour("--ink")}"`;
      const written = `<text x="${left(at) + cell.width / 2}" y="${y + 19}" font-family="JetBrains Mono, monospace" font-size="12" text-anchor="middle" ${on}>${escaped(words)}</text>`;
      return words === "" ? box : box + written;
    });
    return name + cells.join("");
  });
  const terms = rows.flatMap((server) => indices.map((index) => cellState(server, index)?.term ?? server.baseTerm));
  const hatches = [...new Set(terms.map(termColour))].map(hatch);
  const bottom = cell.head + rows.length * (cell.height + cell.gap);
  const words = restWords(shown);
  const rest = words === "" ? "" : text(cell.margin, bottom + 14, words);
  return {
    width: left(indices.length) + cell.margin,
    height: bottom + cell.margin + (words === "" ? 0 : cell.head),
    markup: `<defs>${hatches.join("")}</defs>${head.join("")}${body.join("")}${rest}`,
  };
}

/** Faint enough for the text on it. */
const hatch = (term: number): string =>
  `<pattern id="log-hatch-${term}" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M-1 7 7-1M2 10 10 2M-4 4 4-4" stroke="${colour(`--term-${term}`)}" stroke-opacity="0.28"/></pattern>`;

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** As points, twice as fine; null: the browser cannot draw it. */
export async function asPng(svg: string): Promise<Blob | null> {
  try {
    const image = await imageOf(svg);
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * 2;
    canvas.height = image.naturalHeight * 2;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  } catch {
    return null;
  }
}

/** Rejects where the browser cannot draw it. */
export async function imageOf(svg: string): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}
