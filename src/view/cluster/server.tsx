import { memo, type ReactElement, useLayoutEffect, useRef } from "react";
import type { GroupId, Micros } from "../../base/units.ts";
import { timeLeft } from "../../paint/motion.ts";
import { useOpenQuestion } from "../../store/open-question.ts";
import { nameOf } from "../../store/server-names.ts";
import type { ClockView, ServerView } from "../../worker/protocol/server.ts";
import { CrownPath } from "../kit/crown.tsx";
import { termColour, termFill } from "../kit/term-fill.ts";
import { clockWords } from "../kit/words/clock-words.ts";
import { leaseWords } from "../kit/words/lease-words.ts";
import { standsBy } from "../kit/words/membership.ts";
import { arcs, isSmall, isSquare, roleUntold, type ServerSizes, timerOf } from "./rings.ts";
import type { Scene } from "./scene.ts";
import { arcWords, diskWords, does, serverName } from "./words.ts";

interface Props {
  readonly server: ServerView;
  /** The group in which it is shown. */
  readonly group: GroupId;
  readonly x: number;
  readonly y: number;
  readonly sizes: ServerSizes;
  /** The election timeout for which the whole ring stands. */
  readonly longest: Micros;
  readonly scene: Scene;
  readonly still: boolean;
  /** What lies under its disc, and its timer, are painted elsewhere. */
  readonly painted: boolean;
  readonly selected: boolean;
  readonly tabbable: boolean;
  /** It has broken an invariant. */
  readonly violated: boolean;
  /** A rule is switched off: it is no server of Raft. */
  readonly broken: boolean;
  /** Inside the loop that the user is drawing. */
  readonly caught: boolean;
  /** It is no part of what is lit. */
  readonly faded?: boolean;
}

const touchRadius = 22;

/** A server: its disc with the term, its role by form, its timer as an arc, and what its disk is doing. */
export const ServerMark = memo(function ServerMark(props: Props): ReactElement {
  const { server, group, x, y, sizes, longest, scene, still, painted, selected, tabbable, violated, broken, caught } =
    props;
  const { radius, ring, reach } = sizes;
  const asked = useOpenQuestion();
  const onGround = painted && server.status !== "down";
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no button element in SVG
    <g
      className="stage-server"
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
      role="button"
      aria-haspopup="menu"
      aria-label={serverName(server, group, violated, asked)}
      aria-current={selected}
      tabIndex={tabbable ? 0 : -1}
      data-pick={`S${server.id}`}
      data-tip={does(server)}
      data-keep="in sight"
      data-caught={caught}
      data-faded={props.faded || undefined}
    >
      <circle className="stage-hit" r={Math.max(touchRadius, ring + 3)} />
      <Outline server={server} reach={reach} selected={selected} />
      {violated && <circle className="stage-violated" r={reach + 2} />}
      {!onGround && <circle className="stage-backing" r={ring} />}
      <Ring server={server} sizes={sizes} painted={onGround} />
      {!onGround && <TimerArc server={server} sizes={sizes} longest={longest} scene={scene} still={still} />}
      <Disc server={server} radius={radius} />
      {broken && <path className="stage-crack" d={crack(radius)} />}
      {server.status === "paused" && <PausedBadge at={radius * 0.72} />}
      {server.clock !== null && server.status === "up" && <ClockBadge clock={server.clock} at={radius * 0.72} />}
      {server.disk.pending > 0 && server.status !== "down" && <DiskBadge at={radius * 0.72} />}
      <LeadsBadge groups={server.leads.filter((led) => led !== group)} x={sizes.crown / 2 + 2} y={-ring - 2} />
      {server.role === "leader" && server.status !== "down" && (
        <g
          className="stage-crown"
          data-tip={`${nameOf(server.id)} leads term ${server.term}.`}
          transform={`translate(0 ${-ring - 2}) scale(${sizes.crown / 26})`}
        >
          <CrownPath />
        </g>
      )}
    </g>
  );
});

/** A crack through the ring and the edge of the disc, at the lower left. */
const crack = (radius: number): string => {
  const at = (out: number, aside: number): string =>
    `${(-radius * (out + aside) * 0.7).toFixed(1)} ${(radius * (out - aside) * 0.7).toFixed(1)}`;
  return `M${at(1.2, 0)}L${at(1.02, 0.12)}L${at(0.9, -0.06)}L${at(0.68, 0.04)}`;
};

function Disc({ server, radius }: { readonly server: ServerView; readonly radius: number }): ReactElement {
  if (server.status === "down") {
    const arm = radius * 0.42;
    return (
      <>
        <circle className="stage-down" r={radius - 1} fill="url(#stage-hatch-down)" />
        <path className="stage-down-cross" d={`M${-arm} ${-arm} ${arm} ${arm}M${arm} ${-arm} ${-arm} ${arm}`} />
      </>
    );
  }
  const size = Math.max(13, Math.round(radius * 0.68));
  const aside = standsBy(server);
  return (
    <>
      {!aside && <Body server={server} radius={radius} />}
      <text
        className={aside ? "stage-term stage-term-aside" : "stage-term"}
        y={size * 0.36}
        fontSize={server.term > 99 ? size * 0.75 : size}
      >
        {server.told?.unknown.includes("term") ? "?" : server.term}
      </text>
    </>
  );
}

/** Half the side of a learner's square, for the room that a disc of this radius takes. */
const squareHalf = (radius: number): number => radius * 0.87;

interface OutlineProps {
  readonly server: ServerView;
  readonly reach: number;
  readonly selected: boolean;
}
function Outline({ server, reach, selected }: OutlineProps): ReactElement {
  if (!isSquare(server)) return <circle className="stage-outline" r={reach - 2} data-selected={selected} />;
  const half = squareHalf(reach);
  return <rect className="stage-outline" {...square(half)} rx={half * 0.18} data-selected={selected} />;
}

/** A voter's disc; a learner is a square. */
function Body({ server, radius }: { readonly server: ServerView; readonly radius: number }): ReactElement {
  const fill = termFill(server.term);
  if (!isSquare(server)) return <circle className="stage-disc" r={radius} fill={fill} />;
  return <rect className="stage-disc" {...square(squareHalf(radius))} rx={radius * 0.14} fill={fill} />;
}

const square = (half: number) => ({ x: -half, y: -half, width: 2 * half, height: 2 * half });

interface RingProps {
  readonly server: ServerView;
  readonly sizes: ServerSizes;
  /** Its thin line is painted elsewhere. */
  readonly painted: boolean;
}

/**
 * Thick and whole: leader. Dashed: candidate. Dotted: asks first. Thin: follower, with the time left until its next
 * election as an arc; a learner has a thin square and no elections. Thin and dashed: not a member.
 */
function Ring({ server, sizes, painted }: RingProps): ReactElement | null {
  const { ring } = sizes;
  if (server.status === "down") return <circle className="stage-ring" r={ring} />;
  if (server.role === "leader") return <LeaderRing server={server} sizes={sizes} />;
  if (standsBy(server) || roleUntold(server)) return <circle className="stage-ring stage-ring-aside" r={ring} />;
  if (isSquare(server)) return <SquareRing half={squareHalf(ring)} />;
  switch (server.role) {
    case "candidate":
      return <circle className="stage-ring-candidate" r={ring} />;
    case "preCandidate":
      return <circle className="stage-ring-pre-candidate" r={ring} />;
    case "follower":
      return painted ? null : <circle className="stage-ring" r={ring} />;
  }
}

/** Thick and whole; where the leader has a lease, its words. */
function LeaderRing({ server, sizes }: Pick<RingProps, "server" | "sizes">): ReactElement {
  const { lease } = server;
  return (
    <g data-tip={lease === null ? undefined : leaseWords(lease)}>
      <circle className="stage-ring-leader" r={sizes.ring} strokeWidth={isSmall(sizes) ? 3.5 : 5} />
    </g>
  );
}

function SquareRing({ half }: { readonly half: number }): ReactElement {
  return <rect className="stage-ring" x={-half} y={-half} width={2 * half} height={2 * half} rx={half * 0.16} />;
}

type ArcProps = Pick<Props, "server" | "sizes" | "longest" | "scene" | "still">;

/** The part of a timer that is left, from the top clockwise: of elections, or of a leader's lease. */
function TimerArc({ server, sizes, longest, scene, still }: ArcProps): ReactElement | null {
  const node = useRef<SVGCircleElement>(null);
  const timer = timerOf(server, sizes, longest);
  const [due, length] = [timer?.due ?? null, timer?.length ?? 0];
  useLayoutEffect(() => {
    if (due === null) return;
    let written = "";
    return scene.add((t) => {
      const left = timeLeft(due, length, t);
      const drawn = `${(still ? Math.ceil(left * 8) / 8 : left).toFixed(3)} 2`;
      if (drawn !== written) node.current?.setAttribute("stroke-dasharray", drawn);
      written = drawn;
      return false;
    }, true);
  }, [scene, due, length, still]);
  if (timer === null || due === null) return null;
  const { radius, width, colour } = arcs[timer.kind];
  return (
    <circle
      ref={node}
      className="stage-arc"
      data-tip={arcWords(server)}
      r={radius(sizes)}
      stroke={`var(--${colour})`}
      strokeWidth={width}
      pathLength={1}
      transform="rotate(-90)"
    />
  );
}

function DiskBadge({ at }: { readonly at: number }): ReactElement {
  return (
    <g className="stage-badge" transform={`translate(${at} ${at})`} data-tip={diskWords}>
      <rect x={-9} y={-9} width={18} height={18} rx={4} />
      <path d="M-4 -2H4M-4 2H1" />
    </g>
  );
}

interface LeadsProps {
  readonly groups: readonly GroupId[];
  readonly x: number;
  readonly y: number;
}

/** A small crown with the numbers of the other groups that it leads, beside the place of its own crown: over the ring, off the term. */
function LeadsBadge({ groups, x, y }: LeadsProps): ReactElement | null {
  if (groups.length === 0) return null;
  const numbers = groups.join(",");
  const width = 22 + 7 * numbers.length;
  return (
    <g
      className="stage-badge stage-leads"
      transform={`translate(${x} ${y})`}
      data-tip={`It leads group ${numbers} too.`}
    >
      <rect y={-9} width={width} height={18} rx={4} />
      <g transform={`translate(10 4.5) scale(0.5)`}>
        <CrownPath />
      </g>
      <text x={18.5} y={4.3}>
        {numbers}
      </text>
    </g>
  );
}

/** A clock that is not true: a dial whose hand stands aside. It has the place of a paused process, which has no clock to go by. */
function ClockBadge({ clock, at }: { readonly clock: ClockView; readonly at: number }): ReactElement {
  return (
    <g className="stage-badge" transform={`translate(${-at} ${at})`} data-tip={`Its clock: ${clockWords(clock)}.`}>
      <rect x={-9} y={-9} width={18} height={18} rx={9} />
      <path d={clock.ahead < 0 || clock.drift < 0 ? "M0 0V-5M0 0L-3.5 2" : "M0 0V-5M0 0L3.5 2"} />
    </g>
  );
}

function PausedBadge({ at }: { readonly at: number }): ReactElement {
  return (
    <g
      className="stage-badge"
      transform={`translate(${-at} ${at})`}
      data-tip="Paused: it does nothing, and messages wait for it."
    >
      <rect x={-9} y={-9} width={18} height={18} rx={4} />
      <path d="M-2.8 -4V4M2.8 -4V4" />
    </g>
  );
}

/** Hatches of uncommitted entries, one per term colour, and of servers that are down. */
export const Hatches = memo(function Hatches(): ReactElement {
  return (
    <>
      {[0, 1, 2, 3, 4, 5, 6].map((n) => (
        <Hatch key={n} id={`stage-hatch-${n}`} colour={`var(--term-${n})`} gap={4} />
      ))}
      <Hatch id="stage-hatch-down" colour="var(--down)" gap={6} />
    </>
  );
});

function Hatch({
  id,
  colour,
  gap,
}: {
  readonly id: string;
  readonly colour: string;
  readonly gap: number;
}): ReactElement {
  return (
    <pattern id={id} width={gap} height={gap} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <line y2={gap} stroke={colour} strokeWidth={1.6} opacity={0.55} />
    </pattern>
  );
}

export function hatchFill(term: number): string {
  return `url(#stage-hatch-${termColour(term)})`;
}
