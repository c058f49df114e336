import type { Micros } from "../../../base/units.ts";
import { microsPerMilli, microsPerSecond } from "../../../base/units.ts";

const secondsPerMinute = 60;
const minutesPerHour = 60;
const pad = (value: number, digits: number): string => String(value).padStart(digits, "0");

/** A moment as the page prints it: "1.642 s", from a minute on "1:05.642", from an hour on "1:01:05.642". */
export function formatTime(at: Micros): string {
  const millis = Math.floor(at / microsPerMilli);
  const fraction = pad(millis % 1000, 3);
  const seconds = Math.floor(millis / 1000);
  if (seconds < secondsPerMinute) return `${seconds}.${fraction} s`;
  const minutes = Math.floor(seconds / secondsPerMinute);
  const tail = `${pad(seconds % secondsPerMinute, 2)}.${fraction}`;
  if (minutes < minutesPerHour) return `${minutes}:${tail}`;
  return `${Math.floor(minutes / minutesPerHour)}:${pad(minutes % minutesPerHour, 2)}:${tail}`;
}

/** A length of time in the unit that reads best: "112 ms", "3.4 ms", "0.42 ms", "2.1 s". */
export function formatSpan(length: Micros): string {
  const millis = Math.max(0, length) / microsPerMilli;
  if (millis >= 1000) return `${(length / microsPerSecond).toFixed(1)} s`;
  if (millis >= 10) return `${Math.round(millis)} ms`;
  return `${millis.toFixed(millis < 1 && millis > 0 ? 2 : 1)} ms`;
}
