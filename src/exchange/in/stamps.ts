import type { Micros } from "../../base/units.ts";

/** A line without what a logger has put around it. */
export interface Unwrapped {
  /** What was logged; or the whole line, where nothing says where that begins. */
  readonly text: string;
  /** Since 1970, or since some other beginning that is the same for the whole file; null: not told. */
  readonly at: Micros | null;
}

const textKeys = ["msg", "message", "M", "log", "MESSAGE"] as const;
const timeKeys = ["ts", "time", "timestamp", "@timestamp", "T", "t"] as const;

/** What a JSON line of a logger says; null where it is none. Loggers wrap each other: two deep are looked into. */
export function unwrapJson(line: string, depth = 2): Unwrapped | null {
  const from = line.indexOf("{");
  const to = line.lastIndexOf("}");
  if (from < 0 || to < from) return null;
  const record = parsed(line.slice(from, to + 1));
  if (record === null) return null;
  const text = textKeys.map((key) => record[key]).find((value) => typeof value === "string");
  if (typeof text !== "string") return null;
  const own = timeKeys.map((key) => timeOf(record[key])).find((at) => at !== null) ?? null;
  const inner = depth > 1 ? unwrapJson(text, depth - 1) : null;
  return inner === null ? { text, at: own ?? timeIn(line.slice(0, from)) } : { ...inner, at: inner.at ?? own };
}

/** The JSON object that a text is, or null. */
export function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null && !Array.isArray(json) ? { ...json } : null;
  } catch {
    return null;
  }
}

/** A moment as loggers write it into JSON: seconds (or less) since 1970 as a number, or a date. */
export function timeOf(value: unknown): Micros | null {
  if (typeof value === "number") return epoch(value);
  if (typeof value !== "string") return null;
  return /^\d+(\.\d+)?$/.test(value) ? epoch(Number(value)) : timeIn(value);
}

/** Seconds, milliseconds, microseconds or nanoseconds: these never take each other's place between 1973 and 5138. */
function epoch(value: number): Micros | null {
  if (!(value >= 0 && value < 1e20)) return null;
  const scale = value < 1e11 ? 1e6 : value < 1e14 ? 1e3 : value < 1e17 ? 1 : 1e-3;
  return safe(Math.round(value * scale));
}

const date =
  /(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?|(?:^|\D)(\d\d)(\d\d)(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{1,9})/;
const clockTime = /(?:^|[^\d:])(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?![\d:])/;
const monthDay = /\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +(\d{1,2}) $/;
const klogDay = /[IWEFD](\d\d)(\d\d) $/;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The first moment that a text tells; one without a date is of 1970's first day, one without a zone in UTC. */
export function timeIn(text: string): Micros | null {
  const found = date.exec(text);
  if (found !== null) {
    const [, year, month, day, h, min, s, part, zone, yy, mm, dd, h2, min2, s2, part2] = found;
    if (year === undefined) return moment(2000 + Number(yy), Number(mm), Number(dd), [h2, min2, s2], part2, undefined);
    return moment(Number(year), Number(month), Number(day), [h, min, s], part, zone);
  }
  const time = clockTime.exec(text);
  if (time === null) return null;
  const [whole, h, min, s, part] = time;
  const before = text.slice(0, time.index + (/^\d/.test(whole) ? 0 : 1));
  const syslog = monthDay.exec(before);
  const klog = klogDay.exec(before);
  const month = syslog ? months.indexOf(syslog[1]!) + 1 : klog ? Number(klog[1]) : 1;
  const day = syslog ? Number(syslog[2]) : klog ? Number(klog[2]) : 1;
  return moment(1970, month, day, [h, min, s], part, undefined);
}

function moment(
  year: number,
  month: number,
  day: number,
  [h, min, s]: readonly (string | undefined)[],
  part: string | undefined,
  zone: string | undefined,
): Micros | null {
  if (month < 1 || month > 12 || day < 1 || day > 31 || Number(h) > 24 || Number(min) > 59 || Number(s) > 60)
    return null;
  const seconds = ((daysBefore(year, month, day) * 24 + Number(h)) * 60 + Number(min)) * 60 + Number(s);
  const micros = Number((part ?? "").padEnd(6, "0").slice(0, 6));
  return safe((seconds - ahead(zone)) * 1_000_000 + micros);
}

/** Microseconds are exact until the year 2255. */
const safe = (at: number): Micros | null => (Number.isSafeInteger(at) ? at : null);

/** By how many seconds a zone is ahead of UTC. */
function ahead(zone: string | undefined): number {
  if (zone === undefined || zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60;
}

/** Days from 1970-01-01 in the Gregorian calendar; the year is counted from March, so that the leap day is its last. */
function daysBefore(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const leaps = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  const inYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return y * 365 + leaps + inYear - 719_468;
}
