import { TriangleAlert } from "lucide-react";
import type { ReactElement } from "react";
import { type Micros, microsPerMilli } from "../../base/units.ts";
import type { Pair, PairLine } from "../../worker/protocol/pair.ts";
import { CrownPath } from "../kit/crown.tsx";
import { termFill } from "../kit/term-fill.ts";
import { formatTime } from "../kit/words/time.ts";

interface Props {
  readonly pair: Pair;
  readonly titles: readonly [left: string, right: string];
  readonly at: Micros;
  onGo(at: Micros): void;
}

/** A term's name needs such a part of the band. */
const nameRoom = 0.08;
const crownsMost = 60;
/** Later on the band there is room for a sign only. */
const latestWords = 0.97;

/** Both runs in time, one under the other, with one playhead and the place where they part. */
export function Bands({ pair: { lines, first }, titles, at, onGo }: Props): ReactElement {
  const length = Math.max(1, ...lines.map(({ end }) => end), first?.at ?? 0);
  const part = (time: Micros): number => Math.min(1, time / length);
  const place = (time: Micros) => ({ left: `${100 * part(time)}%` });
  return (
    <div className="compare-time">
      <div className="compare-names">
        <span>{titles[0]}</span>
        <span>{titles[1]}</span>
      </div>
      <div className="compare-bands">
        <Band line={lines[0]} part={part} />
        <Band line={lines[1]} part={part} />
        {first !== null && (
          <span className="compare-first" style={place(first.at)} data-late={part(first.at) > 0.7 || undefined}>
            <span>first difference {formatTime(first.at)}</span>
          </span>
        )}
        <span className="compare-playhead" style={place(at)} />
        <input
          type="range"
          className="compare-slider"
          aria-label="Time of both"
          aria-valuetext={formatTime(at)}
          min={0}
          max={Math.ceil(length / microsPerMilli)}
          step={1}
          value={Math.round(at / microsPerMilli)}
          onChange={(event) => onGo(Number(event.target.value) * microsPerMilli)}
        />
      </div>
    </div>
  );
}

interface BandProps {
  readonly line: PairLine;
  readonly part: (time: Micros) => number;
}

function Band({ line: { timeline, end, stopped }, part }: BandProps): ReactElement {
  const spans = timeline.terms.map(({ from, term }, place, all) => ({ from, term, to: all[place + 1]?.from ?? end }));
  const crowns = timeline.marks.filter(({ kind }) => kind === "election").slice(0, crownsMost);
  return (
    <div className="compare-band">
      {spans.map(({ from, to, term }) => (
        <span
          key={from}
          className="compare-term"
          style={{
            left: `${100 * part(from)}%`,
            width: `calc(${100 * (part(to) - part(from))}% - 1px)`,
            background: termFill(term),
          }}
        >
          {term > 0 && part(to) - part(from) > nameRoom && `term ${term}`}
        </span>
      ))}
      {crowns.map(({ at, event }) => (
        <svg key={event} className="compare-crown" style={{ left: `${100 * part(at)}%` }} aria-hidden="true">
          <g transform="translate(8 8) scale(.45)">
            <CrownPath />
          </g>
        </svg>
      ))}
      {stopped !== null && (
        <span className="compare-stopped" style={{ left: `${100 * Math.min(part(end), latestWords)}%` }}>
          <TriangleAlert size={13} strokeWidth={2} aria-hidden="true" />
          <span>stops: {stopped}</span>
        </span>
      )}
    </div>
  );
}
