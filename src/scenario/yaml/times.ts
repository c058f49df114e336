/** Times as configurations have them: a number with its unit, "150ms", "1.5s", and stretches of them, "150ms-300ms". */

const unitMicros: Readonly<Record<string, number>> = { us: 1, µs: 1, ms: 1000, s: 1_000_000, m: 60_000_000 };
const [number, unit] = ["(\\d{1,12}(?:\\.\\d{1,9})?)", "(us|µs|ms|s|m)"];
const oneTime = new RegExp(`^${number}\\s*${unit}$`);
const twoTimes = new RegExp(`^${number}\\s*${unit}?\\s*(?:-|–|to)\\s*${number}\\s*${unit}$`);

/** Milliseconds with at most three decimals; null if the value is no such time. */
export function millisOf(value: unknown): number | null {
  const [, digits = "", named = ""] = (typeof value === "string" ? oneTime.exec(value.trim()) : null) ?? [];
  const micros = Number(digits) * (unitMicros[named] ?? Number.NaN);
  const whole = Math.round(micros);
  return Math.abs(micros - whole) < 0.001 ? whole / 1000 : null;
}

/** [least, most] in milliseconds, of "150ms-300ms", "150-300ms" or a list of two times; of one time it is `ofOne` of that. */
export function spanOf(
  value: unknown,
  ofOne: (millis: number) => readonly [number, number],
): readonly [number, number] | null {
  const single = millisOf(value);
  if (single !== null) return ofOne(single);
  const [least, most] = (Array.isArray(value) && value.length === 2 ? value : ends(value)).map(millisOf);
  return least == null || most == null ? null : [least, most];
}

function ends(value: unknown): readonly string[] {
  const [, from, fromUnit, to, toUnit] = (typeof value === "string" ? twoTimes.exec(value.trim()) : null) ?? [];
  return from === undefined ? [] : [`${from}${fromUnit ?? toUnit}`, `${to}${toUnit}`];
}

export const timeText = (millis: number): string => `${millis}ms`;
