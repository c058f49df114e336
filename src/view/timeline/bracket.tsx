import type { ReactElement } from "react";
import type { Micros } from "../../base/units.ts";
import type { Lit } from "../../store/lit.ts";
import { lab, usePanelLab } from "../../store/use-lab.ts";
import { type Scale, xOf } from "../kit/scale.ts";
import type { Rows } from "./layout.ts";
import "./bracket.css";

interface Props {
  readonly lit: Lit;
  readonly scale: Scale;
  readonly rows: Rows;
  /** Of the timeline, in pixels: where there is little of it the bracket comes nearer. */
  readonly height: number;
  /** What comes later is not shown. */
  readonly until: Micros;
}

/** How high it is, and pixels for a letter of its words. */
const depth = 6;
const letter = 6.6;
const least = 4;
/** Closer ends would be one target for a finger. */
const apart = 24;

/** From when to when what is followed went on, under the band; each end can be visited. */
export function Bracket({ lit, scale, rows, height, until }: Props): ReactElement | null {
  // It grows as the run goes on.
  usePanelLab("timeline", (state) => state.frame);
  const span = lit.span?.() ?? null;
  if (span === null || span.from > until) return null;
  const ends = { from: xOf(scale, span.from), to: xOf(scale, Math.min(span.to, until)) };
  if (ends.to < 0 || ends.from > scale.width) return null;
  const from = Math.max(-least, ends.from);
  const to = Math.min(scale.width + least, Math.max(ends.to, ends.from + least));
  const words = span.words.length * letter;
  const beside = to + 6 + words < scale.width;
  const go = (event: number) => (): void => lab.visit(event);
  return (
    <div
      className="timeline-bracket"
      style={{ top: Math.min(rows.bandBottom + 10, height - depth - 4), left: from, width: to - from, height: depth }}
    >
      <button
        type="button"
        className="timeline-bracket-end"
        aria-label={`To the beginning of ${span.words}`}
        title={`To the beginning of ${span.words}`}
        onClick={go(span.first)}
      />
      {span.to <= until && to - from >= apart && (
        <button
          type="button"
          className="timeline-bracket-end"
          aria-label={`To the end of ${span.words}`}
          title={`To the end of ${span.words}`}
          onClick={go(span.last)}
        />
      )}
      <span className="timeline-bracket-words" data-beside={beside} aria-hidden="true">
        {span.words}
      </span>
    </div>
  );
}
