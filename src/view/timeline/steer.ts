import type { KeyboardEvent } from "react";
import type { Micros } from "../../base/units.ts";
import { clock, lab, labState } from "../../store/use-lab.ts";

const pages = 10;
/** A key that is pressed on the slider, whose whole way is `length`; Enter asks for the act near which it stands. */
export function steer(event: KeyboardEvent, length: Micros, onEnter: () => boolean): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (!(event.key === "Enter" ? onEnter() : moveBy(event.key, length))) return;
  event.preventDefault();
  event.stopPropagation();
}
/** Arrows step by event as they do everywhere; pages, Home and End are those of a slider. False: not a key of its own. */
function moveBy(key: string, length: Micros): boolean {
  if (key === "ArrowLeft" || key === "ArrowDown") lab.step(-1);
  else if (key === "ArrowRight" || key === "ArrowUp") lab.step(1);
  else if (key === "PageDown") seekWithin(clock() - length / pages);
  else if (key === "PageUp") seekWithin(clock() + length / pages);
  else if (key === "Home") lab.seek(0);
  else if (key === "End") lab.live();
  else return false;
  return true;
}
function seekWithin(at: Micros): void {
  lab.seek(Math.min(labState().frame?.end.at ?? 0, Math.max(0, at)));
}
