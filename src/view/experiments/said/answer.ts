import { grouped } from "../../../base/grouped.ts";
import { isAtWork, valueText } from "../../../experiment/words.ts";
import type { ExperimentView } from "../../../worker/protocol/experiment.ts";
import type { Told } from "../told.ts";

/** What the runs say, in sentences that are true of the figures that there are. */
export interface Answer {
  /** `strong` parts are the figures. */
  readonly parts: readonly { readonly text: string; readonly strong: boolean }[];
  /** Of how many runs, and how sure. */
  readonly more: string;
}

const plain = (text: string) => ({ text, strong: false });
const strong = (text: string) => ({ text, strong: true });
const runsOf = (n: number): string => (n === 1 ? "1 run" : `${grouped(n)} runs`);

export function answerOf(view: ExperimentView, told: readonly Told[], chosen: number): Answer {
  const own = told[chosen];
  if (own === undefined || own.summary.n === 0) return { parts: [plain(view.notes || view.title)], more: "" };
  const { measure } = view;
  const [first, ...rest] = measure.unit === "chance" ? chanceParts(view, own, chosen) : valueParts(view, own, chosen);
  const parts = [{ ...first!, text: sentence(first!.text) }, ...rest];
  return {
    parts,
    more: [sureness(view, own), disturbed(view, own), compared(view, told)].filter((each) => each !== "").join(" "),
  };
}

/** "election timeout 150–300 ms, servers 5"; "" where nothing varies. */
export function settingText({ factors, settings }: ExperimentView, at: number): string {
  const { values } = settings[at]!;
  return factors.map(({ title, labels }, factor) => `${title} ${labels[values[factor]!]}`).join(", ");
}

/** "Election timeout 150–300 ms: " */
function setting(view: ExperimentView, chosen: number): string {
  const text = settingText(view, chosen);
  return text === "" ? "" : `${sentence(text)}: `;
}

/** "half of the runs commit at least 990 entries a second, 99 of 100 at least 971": the words around the figures. */
interface Phrase {
  readonly runs: string;
  readonly before: "within" | "at least" | "at most";
  readonly after: string;
  /** Of runs without a value: "have no leader". */
  readonly none: (n: number) => string;
}
const phrase = (runs: string, before: Phrase["before"], after = "", none = noValue): Phrase => ({
  runs,
  before,
  after,
  none,
});
const noValue = (n: number): string => (n === 1 ? "has no value" : "have no value");
const noLeader = (n: number): string => (n === 1 ? "has no leader" : "have no leader");
const doesNot = (what: string) => (n: number) => `${n === 1 ? "does" : "do"} not ${what}`;

function phraseOf({ json, measure: { what } }: ExperimentView): Phrase {
  const own = (json["measure"] ?? {}) as {
    readonly until?: string;
    readonly percentile?: number;
    readonly withinMs?: number;
    readonly of?: string;
  };
  const asked = own.of === undefined || own.of === "any" ? "requests" : own.of;
  switch (what) {
    case "time":
      return own.until === "leader"
        ? phrase("have a leader", "within", "", noLeader)
        : phrase(`come to “${own.until}”`, "within", "", doesNot(`come to “${own.until}”`));
    case "elections":
      return phrase("need", "at most", " elections until a server leads");
    case "commitLatency":
      return phrase(`commit ${own.percentile} % of the entries`, "within");
    case "latency":
      return phrase(`answer ${own.percentile} % of the ${asked}`, "within");
    case "throughput":
      return phrase("answer", "at least", ` ${asked} a second`);
    case "commitRate":
      return phrase("commit", "at least", " entries a second");
    case "availability":
      return phrase("answer", "at least", ` of the requests within ${own.withinMs} ms`);
    case "messagesPerCommit":
      return phrase("need", "at most", " messages for each committed entry");
    case "catchUp":
      return phrase("have all servers caught up", "within", "", doesNot("catch up"));
    default:
      return phrase("come to", "at most");
  }
}

/** So many runs have a hundredth that can be told from the rest. */
const hundred = 100;

function valueParts(view: ExperimentView, { summary }: Told, chosen: number) {
  const { half, ninetyNine, none, n } = summary;
  const within = valueText(view.giveUp, "time");
  const begin = setting(view, chosen);
  const { runs, before, after, none: without } = phraseOf(view);
  const figure = (value: number) => strong(bareText(value, view.measure.unit));
  // No share is more than all.
  const from = (value: number): string => (view.measure.unit === "share" && value === 1 ? "" : `${before} `);
  if (none === n)
    return [
      plain(`${begin}${n === 1 ? "the one run" : `all ${runsOf(n)}`} `),
      strong(without(n)),
      plain(` within ${within}.`),
    ];
  if (half?.value == null)
    return [
      plain(`${begin}more than half of the runs, ${grouped(none)} of ${grouped(n)}, ${without(none)} within `),
      strong(within),
      plain("."),
    ];
  const first = [plain(`${begin}half of the runs ${runs} ${from(half.value)}`), figure(half.value), plain(after)];
  if (ninetyNine?.value == null)
    return [
      ...first,
      plain(`; ${grouped(none)} of ${grouped(n)} ${without(none)} within `),
      strong(within),
      plain("."),
    ];
  return [
    ...first,
    plain(`, ${n < hundred ? "all" : "99 of 100"} ${from(ninetyNine.value)}`),
    figure(ninetyNine.value),
    plain("."),
  ];
}

/** Without the "/s" that the sentence says in words. */
const bareText = (value: number, unit: ExperimentView["measure"]["unit"]): string =>
  valueText(value, unit).replace(/ \/s$/, "");

function chanceParts(view: ExperimentView, { summary }: Told, chosen: number) {
  const { chance, n } = summary;
  const what = view.measure.title.replace(/^probability that /, "");
  if (chance === null) return [plain(what)];
  return [
    plain(`${setting(view, chosen)}in `),
    strong(`${grouped(chance.yes)} of ${runsOf(n)}`),
    plain(` (${valueText(chance.share, "chance")}) ${what} within ${valueText(view.giveUp, "time")}.`),
  ];
}

function sureness({ measure: { unit } }: ExperimentView, { summary }: Told): string {
  const { chance, half, n } = summary;
  const of = `${runsOf(n)}.`;
  if (chance !== null)
    return `${of} With 95 % confidence the probability is between ${valueText(chance.low, unit)} and ${valueText(chance.high, unit)}.`;
  if (half === null || half.low === null || half.high === null)
    return n > 1 && half?.value != null ? `${of} They are too few to say how sure the median is.` : of;
  const [low, high] = [valueText(half.low, unit), valueText(half.high, unit)];
  return `${of} With 95 % confidence the median is ${low === high ? low : `between ${low} and ${high}`}.`;
}

function disturbed({ measure: { what } }: ExperimentView, { summary: { elections, n } }: Told): string {
  if (elections === 0 || !isAtWork(what)) return "";
  const runs = n === 1 ? "the one run" : elections === n ? `all ${runsOf(n)}` : `${grouped(elections)} of ${runsOf(n)}`;
  const left = what === "commitLatency" ? ", and what a leader left uncommitted does not count" : "";
  return `In ${runs} an election begins while it is measured${left}.`;
}

interface Known {
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

/** What settings differ in, only where their intervals say that they do. */
function compared(view: ExperimentView, told: readonly Told[]): string {
  const { unit } = view.measure;
  const known = told.flatMap(({ summary: { chance, half, n } }, at): Known[] => {
    if (n === 0) return [];
    if (chance !== null) return [{ at, low: chance.low, high: chance.high }];
    return half === null ? [] : [{ at, low: half.low ?? 0, high: half.high ?? Number.POSITIVE_INFINITY }];
  });
  if (known.length < 2 || known.length < told.length) return "";
  if (view.factors.length === 1 && view.factors[0]!.set === "fromMs" && unit === "chance") return risen(view, known);
  const least = lowest(known);
  const highest = lowest(known.map(({ at, low, high }) => ({ at, low: -high, high: -low })));
  const [low, high] = unit === "time" ? ["soonest", "latest"] : ["lowest", "highest"];
  const by = unit === "chance" ? "" : " by half of the runs";
  const ends = [
    least === null ? "" : `${named(view, least)} is clearly ${low}`,
    highest === null ? "" : `${named(view, highest)} is clearly ${high}`,
  ].filter((each) => each !== "");
  if (ends.length > 0) return sentence(`${ends.join(", ")}${by}.`);
  const differs = known.some((a) => known.some((b) => a.high < b.low));
  const isVague = told[0]!.summary.half?.low === null;
  return differs || isVague ? "" : "These runs are too few, or too alike, to tell one setting from another.";
}

const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}`;

/** "150–300 ms", or with what varies where that says little: "pre-vote on". */
function named(view: ExperimentView, at: number): string {
  const { label } = view.settings[at]!;
  return /^\p{L}|^\d+$/u.test(label) && view.factors.length === 1 ? settingText(view, at) : label;
}

/** The one whose interval lies below all others. */
function lowest(known: readonly Known[]): number | null {
  const first = known.toSorted((a, b) => a.high - b.high)[0]!;
  return known.every((other) => other === first || first.high < other.low) ? first.at : null;
}

/** Between which moments a probability rose most, if it surely did. */
function risen({ settings }: ExperimentView, known: readonly Known[]): string {
  let best: { readonly to: number; readonly by: number } | null = null;
  for (const [i, { low }] of known.slice(1).entries()) {
    const by = low - known[i]!.high;
    if (by > (best?.by ?? 0)) best = { to: i + 1, by };
  }
  return best === null
    ? "Between no two moments did it surely rise."
    : `It rose most between ${settings[best.to - 1]!.label} and ${settings[best.to]!.label}.`;
}
