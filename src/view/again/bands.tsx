import { scaleLinear } from "d3";
import type { ReactElement } from "react";
import { type Micros, microsPerSecond } from "../../base/units.ts";
import type { Again, RunOutcome } from "../../worker/protocol/again.ts";
import { CrownPath } from "../kit/crown.tsx";
import { termFill } from "../kit/term-fill.ts";
import { formatTime } from "../kit/words/time.ts";

const width = 960;
const left = 110;
const right = width - 12;
const bandHeight = 20;
const rowHeight = 66;
const top = 30;
const height = top + 2 * rowHeight + 22;
/** More than so many marks a row cannot be told apart. */
const marksMost = 600;
/** Pixels: a term's name, and an act's words, need so many. */
const nameRoom = 52;
const wordsRoom = 150;

type X = (at: Micros) => number;

interface Props {
  readonly again: Again;
  readonly titles: readonly [here: string, there: string];
}

/** Both runs under each other on one scale of time, with the acts through both. */
export function Bands({ again: { here, there, acts }, titles }: Props): ReactElement {
  const end = Math.max(here.end, there.end, 1);
  const scale = scaleLinear([0, end], [left, right]);
  const x: X = (at) => scale(at);
  return (
    <svg className="again-bands" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={saidOf(here, there, titles)}>
      <defs>
        <pattern id="again-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line className="again-hatch" x1="0" y1="0" x2="0" y2="6" />
        </pattern>
      </defs>
      <Axis x={x} ticks={scale.ticks(5)} />
      <Acts acts={acts} x={x} />
      <Band run={here} title={titles[0]} y={top + 18} x={x} />
      <Band run={there} title={titles[1]} y={top + rowHeight + 18} x={x} />
    </svg>
  );
}

function saidOf(here: RunOutcome, there: RunOutcome, [a, b]: Props["titles"]): string {
  const said = (name: string, { elections, end }: RunOutcome): string =>
    `${name}: ${elections.length} elected by ${formatTime(end)}`;
  return `${said(a, here)}; ${said(b, there)}`;
}

function Axis({ x, ticks }: { readonly x: X; readonly ticks: readonly number[] }): ReactElement {
  return (
    <g className="again-axis">
      {ticks.map((at) => (
        <g key={at} transform={`translate(${x(at)} 0)`}>
          <line y1={top} y2={height - 18} />
          <text y={height - 4} textAnchor="middle">
            {(at / microsPerSecond).toFixed(1)} s
          </text>
        </g>
      ))}
    </g>
  );
}

/** Every act is a line; its words stand where there is room for them. */
function Acts({ acts, x }: { readonly acts: Again["acts"]; readonly x: X }): ReactElement {
  let free = 0;
  return (
    <g className="again-acts">
      {acts.slice(0, marksMost).map(({ at, text }, place) => {
        const fits = x(at) >= free;
        if (fits) free = x(at) + wordsRoom;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: acts have no other name, and never move
          <g key={place} transform={`translate(${x(at)} 0)`}>
            <line y1={top - 8} y2={height - 18} />
            {fits && (
              <text y={top - 14} textAnchor={x(at) > right - wordsRoom ? "end" : "start"}>
                {text.length > 24 ? `${text.slice(0, 23)}…` : text}
              </text>
            )}
            <title>{`${formatTime(at)}: ${text}`}</title>
          </g>
        );
      })}
    </g>
  );
}

interface BandProps {
  readonly run: RunOutcome;
  readonly title: string;
  readonly y: number;
  readonly x: X;
}

function Band({ run, title, y, x }: BandProps): ReactElement {
  const { terms, elections, commits, leaderless, end, stopped } = run;
  const parts = [{ from: 0, term: 0 }, ...terms].map((part, at, all) => ({ ...part, to: all[at + 1]?.from ?? end }));
  return (
    <g transform={`translate(0 ${y})`}>
      <text className="again-name" x={left - 10} y={14} textAnchor="end">
        {title}
      </text>
      {parts.map(({ from, to, term }) => (
        <g key={term}>
          <rect x={x(from)} y={0} width={Math.max(0, x(to) - x(from) - 1)} height={bandHeight} fill={termFill(term)} />
          {term > 0 && x(to) - x(from) > nameRoom && (
            <text className="again-term" x={x(from) + 6} y={14}>
              term {term}
            </text>
          )}
        </g>
      ))}
      {elections.slice(0, marksMost).map(({ at, term }) => (
        <g key={term} className="again-crown" transform={`translate(${x(at)} -2) scale(.45)`}>
          <CrownPath />
        </g>
      ))}
      {leaderless.map(({ from, to }) => (
        <rect
          key={from}
          className="again-leaderless"
          x={x(from)}
          y={bandHeight + 3}
          width={Math.max(1, x(to) - x(from))}
          height={8}
        />
      ))}
      {commits.slice(-marksMost).map(({ at, index }) => (
        <line key={index} className="again-commit" x1={x(at)} x2={x(at)} y1={bandHeight + 3} y2={bandHeight + 11} />
      ))}
      {stopped !== null && (
        <text className="again-stopped" x={Math.min(x(end), right - wordsRoom)} y={bandHeight + 24}>
          stops: {stopped}
        </text>
      )}
    </g>
  );
}
