import { type KeyboardEvent, type ReactElement, useMemo, useRef, useState } from "react";
import { lightPast, litMost } from "../../../store/light-past.ts";
import { litNow, unlight, useLit } from "../../../store/lit.ts";
import { causesOf, lab } from "../../../store/use-lab.ts";
import type { PastEvent } from "../../../worker/protocol/why.ts";
import { walk } from "../../kit/walk.ts";
import { formatTime } from "../../kit/words/time.ts";
import { inShort, type PastRow, pastRows, type Stroke } from "./rows.ts";

const rowsMost = 7;
/** How many events the engine is asked for. */
export const askedMost = 60;

export interface Past {
  readonly events: readonly PastEvent[];
  readonly more: boolean;
}
interface Props {
  readonly event: number;
  readonly past: Past | null;
  readonly head: string;
}
/** What led to an event, as a graph of a few rows; Up goes to the cause, Down to the effect, Enter there. */
export function WhatLedHere({ event, past, head }: Props): ReactElement | null {
  const events = past?.events ?? null;
  const rows = useMemo(() => (events === null ? [] : pastRows(events, rowsMost)), [events]);
  if (events === null || rows.length < 2) return null;
  const left = events.length - rows.length;
  return (
    <section className="why-past" aria-label="What led here">
      <header className="why-line">
        <h3 className="ui-heading">What led here</h3>
        <Keys />
      </header>
      <Rows rows={rows} />
      <p className="why-more">
        {left > 0 && (
          <span>
            {past?.more ? `More than ${left} others` : `${left} ${left === 1 ? "other" : "others"}`} led to these.{" "}
          </span>
        )}
        <Light event={event} head={head} />
      </p>
    </section>
  );
}

const Keys = (): ReactElement => (
  <span className="why-keys ui-desk" aria-hidden="true">
    <kbd className="ui-key">Up</kbd> cause <kbd className="ui-key">Down</kbd> effect <kbd className="ui-key">Enter</kbd>{" "}
    go
  </span>
);

function Rows({ rows }: { readonly rows: readonly PastRow[] }): ReactElement {
  const list = useRef<HTMLOListElement>(null);
  const [stop, setStop] = useState<number | null>(null);
  const tabStop = rows.some(({ event }) => event.event === stop) ? stop : rows.at(-1)!.event.event;
  const onKeyDown = (press: KeyboardEvent<HTMLElement>): void =>
    walk(press, (step) => {
      const at = rows.findIndex(({ event }) => event.event === tabStop);
      const { causes, effects } = rows[at]!;
      const near = step < 0 ? Math.max(...causes) : Math.min(...effects);
      const to = Number.isFinite(near) ? near : rows[at + step]?.event.event;
      return list.current?.querySelector<HTMLElement>(`[data-event="${to}"]`);
    });
  return (
    <ol className="why-rows" ref={list}>
      {rows.map((row, place) => (
        <Row
          key={row.event.event}
          row={row}
          here={place === rows.length - 1}
          tabStop={tabStop === row.event.event}
          onFocus={setStop}
          onKeyDown={onKeyDown}
        />
      ))}
    </ol>
  );
}

interface RowProps {
  readonly row: PastRow;
  readonly here: boolean;
  readonly tabStop: boolean;
  readonly onFocus: (event: number) => void;
  readonly onKeyDown: (press: KeyboardEvent<HTMLElement>) => void;
}
function Row({ row, here, tabStop, onFocus, onKeyDown }: RowProps): ReactElement {
  const { event, at, sentence } = row.event;
  return (
    <li>
      <button
        type="button"
        className="ui-moment why-row"
        data-event={event}
        data-here={here}
        tabIndex={tabStop ? 0 : -1}
        title={sentence}
        onFocus={() => onFocus(event)}
        onKeyDown={onKeyDown}
        onClick={() => lab.visit(event)}
      >
        <Strokes row={row} here={here} />
        <span className="ui-time">{formatTime(at)}</span>
        <span className="why-text">{inShort(sentence)}</span>
      </button>
    </li>
  );
}

const paths: Readonly<Record<Stroke, string>> = {
  "own top": "M6 0V50",
  "own bottom": "M6 50V100",
  own: "M6 0V100",
  "beside top": "M18 0V50",
  "beside bottom": "M18 50V100",
  beside: "M18 0V100",
  enter: "M18 0Q18 50 6 50",
  leave: "M6 50Q18 50 18 100",
};

function Strokes({ row: { strokes, beside }, here }: { readonly row: PastRow; readonly here: boolean }): ReactElement {
  return (
    <span className="why-strokes" aria-hidden="true">
      <svg viewBox="0 0 24 100" preserveAspectRatio="none" focusable="false" aria-hidden="true">
        {strokes.map((stroke) => (
          <path key={stroke} d={paths[stroke]} />
        ))}
      </svg>
      <span className="why-dot" data-beside={beside} data-here={here} />
    </span>
  );
}

/** Lights everything that led to the event, wherever it is drawn. */
function Light({ event, head }: { readonly event: number; readonly head: string }): ReactElement {
  const lit = useLit();
  const words = `Lit is what led to this: ${head}`;
  const on = lit?.words === words;
  async function toggle(): Promise<void> {
    if (on) return unlight();
    const before = litNow();
    const answer = await causesOf({ event, most: litMost });
    if (answer !== null && litNow() === before) lightPast(words, answer.events);
  }
  return (
    <button type="button" className="ui-link" aria-pressed={on} onClick={() => void toggle()}>
      {on ? "Fade nothing" : "Show them in every picture"}
    </button>
  );
}
