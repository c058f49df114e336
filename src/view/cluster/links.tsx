import { memo, type ReactElement, useMemo } from "react";
import type { ServerId } from "../../base/units.ts";
import { type Point, pointOn } from "../../paint/curve.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import { headingOn, type Lane, laneOf, straightBetween } from "./lanes.ts";
import type { StageLayout } from "./places.ts";
import { wayWords } from "./words.ts";

/** The two directions between two servers, and which of them are down. */
export interface Pair {
  readonly a: ServerId;
  readonly b: ServerId;
  readonly forth: Lane;
  readonly back: Lane;
  /** The straight line from a to b, from edge to edge. */
  readonly line: readonly [Point, Point];
  readonly forthCut: boolean;
  readonly backCut: boolean;
  /** The wall of a partition runs between them and says the same. */
  readonly walled: boolean;
}

/** `apart`: what walls stand between. */
export function usePairs(
  layout: StageLayout,
  cuts: Frame["cuts"],
  apart: Pick<Frame, "groups" | "cuts">,
): readonly Pair[] {
  return useMemo(() => {
    const down = new Set(cuts.map(([from, to]) => `${from}>${to}`));
    const walls = new Set(apart.cuts.map(([from, to]) => `${from}>${to}`));
    const group = new Map(apart.groups.flatMap((ids, i) => ids.map((id) => [id, i] as const)));
    if (layout.chips !== null) return [];
    return layout.servers.flatMap(({ id: a }, i) =>
      layout.servers.slice(i + 1).map(({ id: b }) => ({
        a,
        b,
        forth: laneOf(layout, a, b),
        back: laneOf(layout, b, a),
        line: straightBetween(layout, a, b),
        forthCut: down.has(`${a}>${b}`),
        backCut: down.has(`${b}>${a}`),
        walled: group.get(a) !== group.get(b) && walls.has(`${a}>${b}`) && walls.has(`${b}>${a}`),
      })),
    );
  }, [layout, cuts, apart]);
}

/** Cuts that are drawn on their link because no wall tells of them, by the name that picks them: "S1>S3". */
export function cutNames(pairs: readonly Pair[]): string[] {
  return pairs
    .filter((pair) => !pair.walled)
    .flatMap(({ a, b, forthCut, backCut }) => (forthCut ? [`S${a}>S${b}`] : backCut ? [`S${b}>S${a}`] : []));
}

interface Props {
  readonly pairs: readonly Pair[];
  readonly selected: string;
  readonly focusable: string;
}

/** Faint lines between servers, and where a link is down, the place where it ends. */
export const Links = memo(function Links({ pairs, selected, focusable }: Props): ReactElement {
  return (
    <g className="stage-links">
      {pairs.map((pair) => (
        <Link key={`${pair.a}-${pair.b}`} pair={pair} selected={selected} focusable={focusable} />
      ))}
    </g>
  );
});

/** The faint lines alone: of whole links, and of the way that is left where one is cut. */
export const LinkLines = memo(function LinkLines({ pairs }: Pick<Props, "pairs">): ReactElement {
  return (
    <g className="stage-links">
      {pairs.map((pair) => {
        const d = lineOf(pair);
        return d !== null && <path key={`${pair.a}-${pair.b}`} className="stage-link" d={d} />;
      })}
    </g>
  );
});

function lineOf(pair: Pair): string | null {
  const { forth, back, forthCut, backCut, walled } = pair;
  if (!forthCut && !backCut) return straight(pair);
  return walled || (forthCut && backCut) ? null : forthCut ? back.path : forth.path;
}

interface LinkProps extends Omit<Props, "pairs"> {
  readonly pair: Pair;
}

function Link({ pair, selected, focusable }: LinkProps): ReactElement {
  const { a, b, forth, back, forthCut, backCut, walled } = pair;
  const names = [`S${a}>S${b}`, `S${b}>S${a}`] as const;
  const chosen = names.indexOf(selected as never);
  return (
    <g>
      <Way name={names[0]} lane={forth} line={pair.line} cut={forthCut} />
      <Way name={names[1]} lane={back} line={[pair.line[1], pair.line[0]]} cut={backCut} />
      {!forthCut && !backCut && <path className="stage-link" d={straight(pair)} />}
      {chosen >= 0 && <SelectedLane lane={chosen === 0 ? forth : back} />}
      {!walled && (forthCut || backCut) && <CutMark pair={pair} focusable={focusable} />}
    </g>
  );
}

/** Where a press picks one direction: the strip between its lane and the middle of the link. */
function Way({
  name,
  lane,
  line,
  cut,
}: {
  readonly name: string;
  readonly lane: Lane;
  readonly line: Pair["line"];
  readonly cut: boolean;
}): ReactElement {
  return (
    <path
      className="stage-way"
      d={`${lane.path}L${text(line[1])}L${text(line[0])}Z`}
      data-pick={name}
      data-tip={wayWords(name, cut) || undefined}
    />
  );
}

function SelectedLane({ lane }: { readonly lane: Lane }): ReactElement {
  const tip = pointOn(lane, 0.62);
  return (
    <g className="stage-lane-selected">
      <path d={lane.path} />
      <path d="M-5 -5 3 0 -5 5" transform={`translate(${text(tip)}) rotate(${headingOn(lane, 0.62).toFixed(0)})`} />
    </g>
  );
}

/** A link that is down: in one direction its lane runs into a bar; in both, the line has a gap between two bars. */
function CutMark({ pair, focusable }: { readonly pair: Pair; readonly focusable: string }): ReactElement {
  const { a, b, forth, back, forthCut, backCut } = pair;
  const both = forthCut && backCut;
  const [from, to, lane] = forthCut ? [a, b, forth] : [b, a, back];
  const name = `S${from}>S${to}`;
  const words = both ? `Link between S${a} and S${b}, cut both ways` : `Link from S${from} to S${to}, cut`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no button element in SVG
    <g
      className="stage-cut"
      role="button"
      aria-haspopup="menu"
      aria-label={words}
      tabIndex={focusable === name ? 0 : -1}
      data-pick={name}
    >
      {both ? <CutBothWays pair={pair} /> : <CutOneWay lane={lane} other={pair} />}
    </g>
  );
}

function CutBothWays({ pair }: { readonly pair: Pair }): ReactElement {
  const [p, q] = pair.line;
  const at = (where: number) => mix(p, q, where);
  const angle = (Math.atan2(q.y - p.y, q.x - p.x) * 180) / Math.PI;
  const gap = 7 / (pair.forth.length || 1);
  return (
    <>
      <path className="stage-cut-line" d={`M${text(p)}L${text(at(0.5 - gap))}M${text(at(0.5 + gap))}L${text(q)}`} />
      {[0.5 - gap, 0.5 + gap].map((where) => (
        <path
          key={where}
          className="stage-cut-bar"
          d="M0 -9V9"
          transform={`translate(${text(at(where))}) rotate(${angle})`}
        />
      ))}
      <circle className="stage-outline" cx={at(0.5).x} cy={at(0.5).y} r={17} />
    </>
  );
}

function CutOneWay({ lane, other }: { readonly lane: Lane; readonly other: Pair }): ReactElement {
  const where = 0.5;
  const at = pointOn(lane, where);
  const turn = `translate(${text(at)}) rotate(${headingOn(lane, where).toFixed(1)})`;
  const reverse = other.forth === lane ? other.back : other.forth;
  return (
    <>
      <path className="stage-link" d={reverse.path} />
      <path className="stage-cut-line" d={part(lane, 0, where - 0.02)} />
      <path className="stage-cut-rest" d={part(lane, where + 0.08, 1)} />
      <path className="stage-cut-arrow" d="M-11 -4.5 -4.5 0 -11 4.5" transform={turn} />
      <path className="stage-cut-bar" d="M0 -9V9" transform={turn} />
      <circle className="stage-outline" cx={at.x} cy={at.y} r={17} />
    </>
  );
}

function straight({ line }: Pair): string {
  return `M${text(line[0])}L${text(line[1])}`;
}

function part(lane: Lane, from: number, to: number): string {
  const points = [0, 0.25, 0.5, 0.75, 1].map((k) => pointOn(lane, from + (to - from) * k));
  return `M${points.map(text).join("L")}`;
}

const mix = (a: Point, b: Point, where: number): Point => ({
  x: a.x + (b.x - a.x) * where,
  y: a.y + (b.y - a.y) * where,
});
const text = (p: Point) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`;
