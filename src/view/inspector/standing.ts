import type { Micros } from "../../base/units.ts";
import type { CheckView, Verdict, WaivedView } from "../../worker/protocol/verdict.ts";
import type { KeyVerdict } from "../kit/history/verdicts.ts";
import { formatTime } from "../kit/words/time.ts";

/** How a run stands with what is watched: each property is in exactly one of the three lists. */
export interface Standing {
  /** The strongest true thing, in two parts: what holds, and what does not; "" where there is nothing to say. */
  readonly headline: string;
  readonly refuted: string;
  readonly broken: readonly BrokenRow[];
  /** Those with something that is not so come first. */
  readonly waived: readonly WaivedGroup[];
  readonly checks: readonly CheckView[];
  readonly guards: readonly CheckView[];
  readonly counts: { readonly hold: number; readonly broken: number; readonly waived: number };
  /** The clients' history was searched, and neither explained nor refuted. */
  readonly undecided: boolean;
}
export interface BrokenRow extends CheckView {
  readonly detail: string;
}
export interface WaivedRow extends CheckView {
  readonly why: string;
  /** What is not so, with its values; "": it is, or nobody can tell. */
  readonly unkept: string;
}
export interface WaivedGroup {
  /** "on a clock that was set" */
  readonly title: string;
  /** The one reason of all its rows; "": each has its own. */
  readonly why: string;
  readonly at: Micros | null;
  readonly rows: readonly WaivedRow[];
}

const linearizability = "Linearizability";
const refutation = "the clients' history is not linearizable";

/** `broken`: the property that ended the run, null if none did. `judged`: what the search says of the clients' history, as far as it is known. */
export function standingOf(
  { checks, guards, waived }: Pick<Verdict, "checks" | "guards" | "waived">,
  broken: { readonly property: string; readonly detail: string } | null,
  judged: readonly KeyVerdict[] | null,
): Standing {
  const stuck = judged?.find(({ verdict }) => verdict === "illegal");
  const excused = new Map(waived.map((one) => [one.property, one]));
  const refutes = stuck !== undefined && !excused.has(linearizability);
  const isBroken = ({ name }: CheckView): boolean => name === broken?.property || (refutes && name === linearizability);
  const isWaived = (one: CheckView): boolean => !isBroken(one) && excused.has(one.name);
  const holds = (one: CheckView): boolean => !isBroken(one) && !isWaived(one);
  const all = [...checks, ...guards];
  const brokenRows = all.filter(isBroken).map((one) => ({ ...one, detail: detailOf(one, broken, stuck) }));
  const waivedRows = all.filter(isWaived).map((one) => [one, excused.get(one.name)!] as const);
  const counts = {
    hold: all.filter(holds).length,
    broken: brokenRows.length,
    waived: waivedRows.length,
  };
  return {
    ...headlineOf(counts, stuck !== undefined),
    broken: brokenRows,
    waived: groupsOf(waivedRows, stuck),
    checks: checks.filter(holds),
    guards: guards.filter(holds),
    counts,
    undecided: stuck === undefined && judged?.some(({ verdict }) => verdict === "unknown") === true,
  };
}

function headlineOf({ broken, waived }: Standing["counts"], refuted: boolean): Pick<Standing, "headline" | "refuted"> {
  const then = refuted ? refutation : "";
  if (broken > 0) return { headline: "", refuted: then.replace(/^t/, "T") };
  return { headline: waived === 0 ? "Everything holds" : "Everything that is promised holds", refuted: then };
}

function detailOf(
  { name }: CheckView,
  broken: { readonly property: string; readonly detail: string } | null,
  stuck: KeyVerdict | undefined,
): string {
  if (name === broken?.property) return `${broken.detail}.`;
  return stuck === undefined ? "" : toldText(stuck);
}

const toldText = ({ told, could }: KeyVerdict): string => [told, ...could].join(" ");

function groupsOf(
  rows: readonly (readonly [CheckView, WaivedView])[],
  stuck: KeyVerdict | undefined,
): readonly WaivedGroup[] {
  const titles = [...new Set(rows.map(([, { title }]) => title))];
  const groups = titles.map((title) => {
    const own = rows.filter(([, one]) => one.title === title);
    const whys = new Set(own.map(([, { why }]) => why));
    const shared = whys.size === 1 ? own[0]![1] : null;
    const shown = own.map(([check, one]): WaivedRow => ({ ...check, why: one.why, unkept: unkeptText(one, stuck) }));
    return { title, why: shared?.why ?? "", at: shared?.at ?? null, rows: firstUnkept(shown) };
  });
  return groups.toSorted((a, b) => Number(anyUnkept(b)) - Number(anyUnkept(a)));
}

function unkeptText({ property, unkept }: WaivedView, stuck: KeyVerdict | undefined): string {
  if (property === linearizability) return stuck === undefined ? "" : toldText(stuck);
  return unkept === null ? "" : `${begun(unkept.detail)}, at ${formatTime(unkept.at)}.`;
}

const begun = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const anyUnkept = ({ rows }: WaivedGroup): boolean => rows.some(({ unkept }) => unkept !== "");
const firstUnkept = (rows: readonly WaivedRow[]): readonly WaivedRow[] =>
  rows.toSorted((a, b) => Number(b.unkept !== "") - Number(a.unkept !== ""));
