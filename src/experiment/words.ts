import { grouped } from "../base/grouped.ts";
import type { Quantile } from "./estimate.ts";
import type { Measure } from "./measures/index.ts";
import { isMoreBetter, type Unit } from "./measures/measure.ts";
import type { Summary } from "./summary.ts";

/** Figures in words, the same on the page and in a terminal. */

/** "177 ms", "2.3 s", "99.2 %", "8,412 /s", "1.4"; "–" where there is none. */
export function valueText(value: number | null, unit: Unit): string {
  if (value === null) return "–";
  switch (unit) {
    case "time":
      return timeText(value);
    case "share":
    case "chance":
      return `${rounded(value * 100)} %`;
    case "perSecond":
      return `${rounded(value)} /s`;
    case "count":
      return rounded(value);
  }
}

/** Three digits that count, and no more than the engine's microsecond. */
function timeText(micros: number): string {
  if (micros < 1000) return `${micros} µs`;
  if (micros < 1_000_000) return `${rounded(micros / 1000)} ms`;
  return `${rounded(micros / 1_000_000)} s`;
}

const rounded = (value: number): string => {
  if (Number.isInteger(value)) return grouped(value);
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return grouped(Number(value.toFixed(digits)));
};

export interface Figure {
  readonly title: string;
  readonly text: string;
  /** "172 to 303 ms": between what it lies with 95 % confidence; "" where it is no estimate. */
  readonly between: string;
}

/** What a table says of a setting. */
export function figuresOf(
  { n, chance, half, ninetyNine, least, most, none, elections, again, broke }: Summary,
  { unit, what }: Pick<Measure, "unit" | "what">,
): readonly Figure[] {
  const plain = (title: string, text: string): Figure => ({ title, text, between: "" });
  const runs = plain("runs", grouped(n));
  const bad = broke === 0 ? [] : [plain("ended early", grouped(broke))];
  if (unit === "chance") {
    const share = chance === null ? null : chance.share;
    const between = chance === null ? "" : `${valueText(chance.low, unit)} to ${valueText(chance.high, unit)}`;
    return [
      runs,
      plain("yes", chance === null ? "–" : grouped(chance.yes)),
      { title: "share", text: valueText(share, unit), between },
      plain("at least", chance === null ? "–" : valueText(chance.low, unit)),
      plain("at most", chance === null ? "–" : valueText(chance.high, unit)),
      ...bad,
    ];
  }
  const { within, worst } = unit === "time" ? byTime : isMoreBetter(unit) ? more : less;
  return [
    runs,
    estimate(`half ${within}`, half, unit),
    estimate(`99 % ${within}`, ninetyNine, unit),
    plain(worst, valueText(isMoreBetter(unit) ? least : most, unit)),
    plain("none", grouped(none)),
    ...(what === "time" ? [plain("more than one term", n === 0 ? "–" : valueText(again / n, "share"))] : []),
    ...(isAtWork(what) && elections > 0 ? [plain("with an election", grouped(elections))] : []),
    ...bad,
  ];
}

const atWork = ["commitLatency", "latency", "throughput", "commitRate", "availability", "messagesPerCommit"];
/** It is measured of a cluster at work: an election meanwhile has a part in the figure. */
export const isAtWork = (what: string): boolean => atWork.includes(what);

/** How runs stay within a value, and what the worst of them is called. */
const byTime = { within: "within", worst: "longest" } as const;
const more = { within: "at least", worst: "least" } as const;
const less = { within: "at most", worst: "most" } as const;

const estimate = (title: string, quantile: Quantile | null, unit: Unit): Figure => ({
  title,
  text: valueText(quantile?.value ?? null, unit),
  between:
    quantile === null || quantile.value === null
      ? ""
      : `${quantile.low === null ? "unknown" : valueText(quantile.low, unit)} to ${quantile.high === null ? "unknown" : valueText(quantile.high, unit)}`,
});
