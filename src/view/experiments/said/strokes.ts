import type { BandSpan, RunView } from "../../../worker/protocol/experiment.ts";

/** What is drawn of a server's spans: one that can be seen by itself, or many together that cannot. */
export type Stroke = { readonly x: number; readonly width: number } & (
  | { readonly is: "span"; readonly span: BandSpan }
  | { readonly is: "many"; readonly terms: number }
);

/** Narrower than this, a span has no edge and no colour that could be told from those beside it. */
const narrow = 3;

/** Of spans from `from` to `to`, both times of the run; `x` leads to pixels. */
export function strokesOf(
  spans: RunView["bands"][number]["spans"],
  { x, from, to }: { readonly x: (time: number) => number; readonly from: number; readonly to: number },
): readonly Stroke[] {
  const strokes: Stroke[] = [];
  let first = 0;
  for (const [i, span] of spans.entries()) {
    const until = Math.min(spans[i + 1]?.at ?? to, to);
    if (until <= from) continue;
    const start = x(Math.max(span.at, from));
    const width = x(until) - start;
    const before = strokes.at(-1);
    if (width >= narrow) strokes.push({ is: "span", span, x: start, width });
    else if (before?.is === "many") {
      const terms = 1 + span.term - first;
      strokes[strokes.length - 1] = { ...before, width: start + width - before.x, terms };
    } else if (width > 0) {
      first = span.term;
      strokes.push({ is: "many", x: start, width, terms: 1 });
    }
  }
  return strokes;
}
