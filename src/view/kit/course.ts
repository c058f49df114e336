import type { RefObject } from "react";
import { type Micros, microsPerMilli } from "../../base/units.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import { type Scale, xOf } from "./scale.ts";

/** A movement that the compositor was told of: where it began, and how it goes on. */
export interface Course {
  readonly scale: Scale;
  readonly at: Micros;
  readonly end: Micros;
  readonly speed: number;
  readonly since: number;
  /** What the page knew of the run when it was told. */
  readonly frame: Frame | null;
}

/** Pixels by which the playhead may stand beside the truth, and milliseconds by which it may be early: the clock waits where the next frame is late. */
const driftMax = 2;
const earlyMax = 50;

/** Whether what moves on that course is where the next one would have it. */
export function goesOn(course: Course, next: Course): boolean {
  const { scale, speed } = course;
  if (scale !== next.scale || speed !== next.speed) return false;
  if (speed > 0 && course.frame === next.frame) return true;
  const span = (millis: number): Micros => millis * microsPerMilli * speed;
  const off = (from: Micros, to: Micros): number => Math.abs(xOf(scale, from) - xOf(scale, to));
  const at = course.at + span(next.since - course.since);
  const most = Math.max(driftMax, off(0, span(earlyMax)));
  return off(at, next.at) < most && off(Math.max(at, course.end), Math.max(next.at, next.end)) < most;
}

/**
 * Stands at `from` until the playhead comes there, and goes along with it to the end of the strip; with `sign` -1 the
 * other way. Returns what moves it.
 */
export function move(
  { current }: RefObject<HTMLElement | null>,
  { scale, at, speed }: Course,
  from: Micros,
  sign: 1 | -1 = 1,
): Animation[] {
  if (current === null) return [];
  const x = Math.min(scale.width, Math.max(0, xOf(scale, from)));
  current.style.transform = shifted(sign * x);
  if (speed === 0 || x >= scale.width) return [];
  const millis = (span: Micros): number => Math.max(0, span) / (microsPerMilli * speed);
  const begins = Math.max(from, scale.from);
  const way = [{ transform: shifted(sign * x) }, { transform: shifted(sign * scale.width) }];
  const [delay, duration] = [millis(begins - at), millis(scale.to - begins)];
  return [current.animate(way, { delay, duration, fill: "forwards" })];
}

const shifted = (x: number): string => `translateX(${x.toFixed(2)}px)`;
