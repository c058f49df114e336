import type { Micros, Term } from "../../base/units.ts";
import { haveNames } from "../../store/server-names.ts";
import type { Timeline } from "../../worker/protocol/run.ts";
import { type Scale, timeAt, xOf } from "../kit/scale.ts";
import { formatSpan } from "../kit/words/time.ts";

export interface Band {
  readonly x: number;
  readonly width: number;
  /** The last of them, where it stands for many. */
  readonly term: Term;
  /** "term 3", "3" where it is narrow, "49 terms in 12.0 s", "" where there is no room. */
  readonly label: string;
  /** Pixels for it, as far as the run is explored. */
  readonly room: number;
  /** Where terms begin for which alone there was no room; null: it is one term. */
  readonly starts: readonly number[] | null;
  /** A newer term has its colour. */
  readonly old: boolean;
}
/** Where a band's words begin in it. */
export const termFrom = 7;
const narrowestBand = 0.5;
/** So many in a row that are too narrow for their numbers are told as one. */
const crowdLeast = 6;
const colours = 6;

/**
 * Term bands up to the right edge: they are covered after `end`, where the explored run ends, and labels fit before
 * that. Slivers join the band after them.
 */
export function bandsOf(terms: Timeline["terms"], scale: Scale, end: Micros): readonly Band[] {
  const bands: Band[] = [];
  const edge = xOf(scale, end);
  const newest = terms.at(-1)?.term ?? 0;
  let open = 0;
  // Before the first election it is term 0, which nobody has to say.
  const all = terms[0] !== undefined && terms[0].from > 0 ? [{ from: 0, term: 0 }, ...terms] : terms;
  all.forEach(({ term }, place) => {
    const until = all[place + 1]?.from ?? scale.to;
    const right = Math.min(scale.width, xOf(scale, until));
    if (right - open < narrowestBand) return;
    const seen = Math.min(edge, right) - open;
    const old = term > 0 && newest - term >= colours;
    const label = bandLabel(term, seen);
    bands.push({ x: open, width: right - open, term, label, room: seen - termFrom, starts: null, old });
    open = right;
  });
  return gathered(bands, (band) => crowdOf(band, all, scale, edge));
}

function bandLabel(term: Term, width: number): string {
  if (term === 0 && haveNames()) return width >= 100 ? "term not told" : "";
  if (width >= 62) return `term ${term}`;
  return width >= 10 + 8 * String(term).length ? String(term) : "";
}

/** Runs of bands without a label, if they are long, become one each. */
function gathered(bands: readonly Band[], join: (run: readonly Band[]) => Band): readonly Band[] {
  const out: Band[] = [];
  let run: Band[] = [];
  const close = (): void => {
    out.push(...(run.length < crowdLeast ? run : [join(run)]));
    run = [];
  };
  for (const band of bands) {
    if (band.label === "") run.push(band);
    else {
      close();
      out.push(band);
    }
  }
  close();
  return out;
}

function crowdOf(run: readonly Band[], terms: Timeline["terms"], scale: Scale, edge: number): Band {
  const [first, last] = [run[0]!, run.at(-1)!];
  const [x, right] = [first.x, last.x + last.width];
  const [from, to] = [timeAt(scale, x), timeAt(scale, Math.min(edge, right))];
  const slack = (scale.to - scale.from) / scale.width;
  const count = terms.filter((one) => one.term > 0 && one.from > from - slack && one.from < to - slack / 2).length;
  const long = `${count} terms in ${formatSpan(to - from)}`;
  const room = Math.min(edge, right) - x - termFrom;
  const label = [long, `${count} terms`].find((words) => words.length * 7 <= room - 7) ?? "";
  return { x, width: right - x, term: last.term, label, room, starts: run.slice(1).map((band) => band.x), old: false };
}
