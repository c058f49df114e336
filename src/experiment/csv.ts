import type { Unit } from "./measures/measure.ts";
import { outcomeOf, type Results } from "./results.ts";

const cell = (value: string | number | null): string => {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A line for each run (RFC 4180). Times are milliseconds; an empty value: none before the run was given up. */
export function csvOf(
  settings: readonly { readonly values: readonly number[] }[],
  unit: Unit,
  { experiment, outcomes }: Results,
): string {
  const factors = (experiment.vary ?? []).map(({ title }) => title);
  const isTime = unit === "time";
  const head = [...factors, "seed", isTime ? "valueMs" : "value", "atMs", "begunMs", "terms", "broke"];
  const rows = outcomes.map(outcomeOf).map(({ setting, seed, value, at, begun, terms, broke }) => {
    const values = settings[setting]!.values.map((place, factor) => experiment.vary![factor]!.labels[place]!);
    return [...values, seed, value === null || !isTime ? value : value / 1000, at / 1000, begun / 1000, terms, broke];
  });
  return `${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
