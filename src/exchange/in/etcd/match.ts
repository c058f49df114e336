import { type Template, templates, type Values } from "./templates.ts";

/** Which template a text is of, and what stands at its places. */
export interface Match {
  readonly template: Template;
  readonly values: Values;
  /** Where the template's text begins. */
  readonly from: number;
}
interface Compiled {
  readonly template: Template;
  /** The piece that fewest templates share: a text that lacks it need not be tried. */
  readonly literal: string;
  readonly length: number;
  readonly pattern: RegExp;
}

const places: Readonly<Record<string, string>> = {
  x: "[0-9a-f]{1,20}",
  d: "\\d{1,15}",
  s: "\\w{1,40}",
  t: ".{0,400}?",
};
const place = /\{(\w+):([xdst])\}/g;

function compiled(template: Template): Compiled {
  const pieces = template.pattern.split(place);
  const literals = pieces.filter((_, i) => i % 3 === 0);
  const source = pieces.map((piece, i) => {
    if (i % 3 === 0) return piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    if (i % 3 === 1) return `(?<${piece}>`;
    // Any text at the end goes on to the end.
    return `${piece === "t" && i === pieces.length - 2 && pieces.at(-1) === "" ? ".{0,400}" : places[piece]})`;
  });
  const end = /:[xds]\}$/.test(template.pattern) ? "(?!\\w)" : "";
  return {
    template,
    literal: literals.reduce((best, each) => (rank(each) < rank(best) ? each : best)),
    length: literals.join("").length,
    pattern: new RegExp(`(?<![\\w.])${source.join("")}${end}`),
  };
}

/** How many templates have a piece; of equals, the longer ones come first. */
const rank = (piece: string): number =>
  templates.filter(({ pattern }) => pattern.includes(piece)).length - piece.length / 1000;

/** More exact ones first: a text may be of two. */
const all = templates.map(compiled).sort((a, b) => b.length - a.length);

export function matchIn(text: string): Match | null {
  const within = text.length > 4000 ? text.slice(0, 4000) : text;
  for (const { template, literal, pattern } of all) {
    if (!within.includes(literal)) continue;
    const found = pattern.exec(within);
    if (found === null) continue;
    const groups = found.groups ?? {};
    const values: Values = { text: (name) => groups[name] ?? "", number: (name) => Number(groups[name] ?? 0) };
    return { template, values, from: found.index };
  }
  return null;
}
