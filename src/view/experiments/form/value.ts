/** What is typed as a value of a field, in the words in which values are shown. */

const words: Readonly<Record<string, unknown>> = {
  on: true,
  yes: true,
  true: true,
  off: false,
  no: false,
  false: false,
  never: null,
  none: null,
  null: null,
  "no limit": null,
};
const number = String.raw`[-−]?\d[\d,]*(?:\.\d+)?`;
const unit = String.raw`\s*(µs|us|ms|s|%|ppm)?`;
const single = new RegExp(`^(${number})${unit}$`, "i");
const pair = new RegExp(`^(${number})${unit}\\s*(?:–|—|-|to|\\.\\.\\.?|…)\\s*(${number})${unit}$`, "i");

export interface Read {
  readonly value: unknown;
  /** What it is called. */
  readonly label: string;
}

/**
 * "150-300", "0.2 s", "20 %", "off", or JSON; anything else is a word. `field`: its path in the file, by which times are
 * known to be milliseconds, and shares of a hundred to be shares of one. Null: nothing was typed.
 */
function readValue(typed: string, field: string): Read | null {
  const text = typed.trim();
  if (text === "") return null;
  const isTime = /Ms$/.test(field);
  const named = text.toLowerCase();
  if (/\.bugs$/.test(field)) return bugs(text);
  if (Object.hasOwn(words, named)) return { value: words[named], label: labelOf(words[named], text) };
  const both = pair.exec(text);
  if (both !== null) {
    const [, a = "", first, b = "", second] = both;
    const value = [scaled(a, first ?? second, isTime), scaled(b, second ?? first, isTime)];
    return { value, label: `${value.join("–")}${isTime ? " ms" : ""}` };
  }
  const one = single.exec(text);
  if (one !== null) {
    const [, digits = "", of] = one;
    const value = scaled(digits, of, isTime);
    return { value, label: of === "%" || of === "ppm" ? `${digits} ${of}` : `${value}${isTime ? " ms" : ""}` };
  }
  try {
    const value: unknown = JSON.parse(text);
    return { value, label: labelOf(value, text) };
  } catch {
    return { value: text, label: text };
  }
}

const stepped = new RegExp(
  `^(${number})${unit}\\s*(?:–|—|-|to|\\.\\.\\.?|…)\\s*(${number})${unit}\\s*by\\s*(${number})${unit}$`,
  "i",
);
/** More values of one factor than this are no picture; the file says how many there may be. */
const valuesMost = 50;

/** Several at once: "3, 5, 7", or evenly over a range, "100 to 500 ms by 100". */
export function readValues(typed: string, field: string): readonly Read[] {
  const text = typed.trim();
  const isOne = /\.bugs$/.test(field) || /^[[{"]/.test(text);
  const parts = isOne ? [text] : text.split(/;|,\s+/);
  return parts.flatMap((part) => evenly(part.trim(), field) ?? readValue(part, field) ?? []);
}

function evenly(text: string, field: string): readonly Read[] | null {
  const found = stepped.exec(text);
  if (found === null) return null;
  const [, a = "", first, b = "", second, c = "", third] = found;
  const of = second ?? third ?? first;
  const isTime = /Ms$/.test(field);
  const [from, to, by] = [scaled(a, first ?? of, isTime), scaled(b, of, isTime), scaled(c, third ?? of, isTime)];
  if (by <= 0 || to < from) return null;
  const count = Math.min(valuesMost, Math.floor((to - from) / by + 1e-9) + 1);
  const shown = (value: number): string =>
    of === "%" && !isTime ? `${rounded(value * 100)} %` : `${value}${isTime ? " ms" : ""}`;
  return Array.from({ length: count }, (_, i) => rounded(from + i * by)).map((value) => ({
    value,
    label: shown(value),
  }));
}
const rounded = (value: number): number => Number(value.toPrecision(12));

/** Rules that are off, by their names. */
function bugs(text: string): Read {
  const names = text.split(/[\s,]+/).filter((name) => name !== "" && name !== "none");
  return { value: names, label: names.length === 0 ? "none" : names.join(", ") };
}

function scaled(digits: string, of: string | undefined, isTime: boolean): number {
  const value = Number(digits.replaceAll(",", "").replace("−", "-"));
  const by: Readonly<Record<string, number>> = isTime ? { s: 1000, µs: 0.001, us: 0.001 } : { "%": 0.01 };
  // What a person means by 20 % is 0.2, not what binary fractions make of it.
  return rounded(value * (by[of?.toLowerCase() ?? ""] ?? 1));
}

function labelOf(value: unknown, text: string): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  if (Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === "number"))
    return value.join("–");
  return value === null && text === "null" ? "none" : text;
}

/** What all values are counted in, said once; "" where they are not. */
export function unitOf(labels: readonly string[]): string {
  const [first = ""] = labels;
  const unit = /^[^ ]* (ms|s|µs|%|entries|messages|bytes)$/.exec(first)?.[1];
  return unit !== undefined && labels.every((label) => label.endsWith(` ${unit}`)) ? unit : "";
}
