import type { GroupId, Micros, ServerId } from "../../base/units.ts";
import type { Bookmark, BranchView, Mark, MarkKind, Timeline } from "../../worker/protocol/run.ts";
import { type Scale, xOf } from "../kit/scale.ts";

// ---- vertical places ----------------------------------------------------------------------------------------

export interface Rows {
  /** Baselines of the two rows of marks above the band; the lower one is used first. */
  readonly marks: readonly [lower: number, upper: number];
  readonly bandTop: number;
  readonly bandBottom: number;
  /** Top of the first lane for branches, and how many lanes there are. */
  readonly laneTop: number;
  readonly lanes: number;
}
export const laneHeight = 15;
const belowBand = 14;
export function rowsOf(height: number): Rows {
  if (height < thinBelow) return thinRows;
  const bandTop = 24;
  const bandBottom = bandTop + 18;
  const laneTop = bandBottom + belowBand;
  return { marks: [bandTop - 8, bandTop - 19], bandTop, bandBottom, laneTop, lanes: lanesIn(height - laneTop) };
}
/** Where there is no height: one row of marks, a thinner band, and branches are in the menu. */
const thinBelow = 60;
const thinRows: Rows = { marks: [8, -40], bandTop: 16, bandBottom: 31, laneTop: 44, lanes: 0 };
const lanesIn = (space: number): number => Math.max(0, Math.min(3, Math.floor(space / laneHeight)));

// ---- what may be shown ------------------------------------------------------------------------------------------

/** The run as far as it has been seen, in microseconds: what comes is in it no more. */
export function seenOf(timeline: Timeline, until: Micros): Timeline {
  if (until >= timeline.end) return timeline;
  return {
    ...timeline,
    terms: timeline.terms.filter(({ from }) => from <= until),
    marks: timeline.marks.filter(({ at }) => at <= until),
    end: until,
  };
}

// ---- marks ----------------------------------------------------------------------------------------------------

export interface PlacedMark {
  readonly x: number;
  /** 0: next to the band, 1: above that. */
  readonly row: 0 | 1;
  readonly kind: MarkKind;
  readonly server: ServerId;
  readonly label: string;
  /** Whether there is room to print the label beside it. */
  readonly labelled: boolean;
  /** Pixels for its words, up to the next mark. */
  readonly room: number;
  /** It belongs to another group than the one that is shown. */
  readonly elsewhere: boolean;
  readonly event: number;
  readonly key: string;
}
const below: ReadonlySet<MarkKind> = new Set(["commit", "request"]);
const worthWords: ReadonlySet<MarkKind> = new Set(["cut", "heal", "crash", "restart", "violation"]);
const markRoom = 13;
const letterWidth = 6.6;

/** The marks above the band, without overlaps: two rows, and what finds no room in either is left to the pointer. */
export function marksAbove(marks: readonly Mark[], scale: Scale, group: GroupId = 1): readonly PlacedMark[] {
  const seen = inView(marks, scale).filter((mark) => !below.has(mark.kind));
  const free: [number, number] = [-markRoom, -markRoom];
  const placed: PlacedMark[] = [];
  seen.forEach((mark, place) => {
    const x = xOf(scale, mark.at);
    const row = x - free[0] >= markRoom ? 0 : 1;
    if (row === 1 && x - free[1] < markRoom && mark.kind !== "violation") return;
    const room = nextX(seen, place, scale) - x - markRoom;
    const elsewhere = isElsewhere(mark, group);
    const labelled = row === 0 && !elsewhere && worthWords.has(mark.kind) && room > mark.label.length * letterWidth;
    free[row] = x + (labelled ? mark.label.length * letterWidth : 0);
    placed.push({
      x,
      row,
      kind: mark.kind,
      server: mark.server,
      label: mark.label,
      labelled,
      room,
      elsewhere,
      event: mark.event,
      key: `${mark.event}.${place}`,
    });
  });
  return placed;
}

/** Where the words of a mark begin, from its own place. */
export const wordsFrom = 8;
/** Half of the playhead with the air around it: of its line, and of its dot, which is where the marks are. */
const lineHalf = 3;
const dotHalf = 8;

/** Words on the timeline, from `from` on, which may take `room` pixels. */
export interface Words {
  readonly from: number;
  readonly room: number;
  readonly text: string;
  /** They are in the band, where the playhead is a line. */
  readonly inBand: boolean;
}

/**
 * By how many pixels they move on so that the playhead, at `head`, does not stand on them; null: there is no room after it,
 * or it only passes.
 */
export function wordsShift({ from, room, text, inBand }: Words, head: number, stands: boolean): number | null {
  const width = text.length * letterWidth;
  const half = inBand ? lineHalf : dotHalf;
  if (head < from - half || head > from + width + half) return 0;
  const shift = Math.round(head + half - from);
  return stands && shift + width <= room ? shift : null;
}

/** 0: it concerns no group, or all. */
const isElsewhere = (mark: Mark, group: GroupId): boolean => mark.group !== 0 && mark.group !== group;
function nextX(marks: readonly Mark[], place: number, scale: Scale): number {
  const next = marks[place + 1];
  return next === undefined ? scale.width : xOf(scale, next.at);
}
const inView = (marks: readonly Mark[], scale: Scale): readonly Mark[] =>
  marks.filter((mark) => mark.at >= scale.from && mark.at <= scale.to);

const tickRoom = 4;
/** Places of the ticks under the band, whole pixels; of those that would touch only the first is drawn. */
export function ticksOf(
  marks: readonly Mark[],
  kind: "commit" | "request",
  scale: Scale,
  group: GroupId = 1,
): readonly number[] {
  const places: number[] = [];
  for (const mark of inView(marks, scale)) {
    if (isElsewhere(mark, group)) continue;
    const x = Math.round(xOf(scale, mark.at));
    if (mark.kind === kind && x - (places.at(-1) ?? -tickRoom) >= tickRoom) places.push(x);
  }
  return places;
}

export interface Flag {
  readonly x: number;
  /** A flag with the next one close behind it is a bare pole. */
  readonly waves: boolean;
}
const flagRoom = 9;
/** Places of the bookmarks under the band, whole pixels, one per place. */
export function flagsOf(bookmarks: readonly Bookmark[], scale: Scale): readonly Flag[] {
  const seen = bookmarks.filter(({ at }) => at >= scale.from && at <= scale.to);
  const places = [...new Set(seen.map(({ at }) => Math.round(xOf(scale, at))))];
  return places.map((x, i) => ({ x, waves: (places[i + 1] ?? Number.POSITIVE_INFINITY) - x >= flagRoom }));
}

// ---- what the pointer meets -----------------------------------------------------------------------------------

export interface Target {
  readonly at: Micros;
  readonly label: string;
  /** Event to visit; null: a bookmark, which is a time. */
  readonly event: number | null;
  /** Which act of the run it is, where it is one. */
  readonly act?: number;
}
const weight: Record<MarkKind | "bookmark", number> = {
  violation: 0,
  election: 2,
  crash: 2,
  restart: 2,
  cut: 2,
  heal: 2,
  bookmark: 2,
  act: 3,
  commit: 4,
  request: 5,
};
const targetOf = ({ at, label, event, act }: Mark): Target =>
  act === undefined ? { at, label, event } : { at, label, event, act };

/** The mark of an act that is nearest to a time. */
export function actNear(marks: readonly Mark[], at: Micros): Target | null {
  const acts = marks.filter(({ act }) => act !== undefined);
  const [first, ...others] = acts;
  if (first === undefined) return null;
  const off = (mark: Mark): number => Math.abs(mark.at - at);
  return targetOf(others.reduce((best, mark) => (off(mark) < off(best) ? mark : best), first));
}

/** The mark or bookmark nearest to `x` within `reach` pixels; rarer kinds win where several are near. */
export function targetAt(
  marks: readonly Mark[],
  bookmarks: readonly Bookmark[],
  scale: Scale,
  x: number,
  reach: number,
): Target | null {
  let best: Target | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  const offer = (kind: MarkKind | "bookmark", target: Target): void => {
    const distance = Math.abs(xOf(scale, target.at) - x);
    const cost = distance + weight[kind];
    if (distance > reach || cost >= bestCost) return;
    best = target;
    bestCost = cost;
  };
  for (const mark of marks) offer(mark.kind, targetOf(mark));
  for (const bookmark of bookmarks) offer("bookmark", { at: bookmark.at, label: bookmark.label, event: null });
  return best;
}

// ---- branches ---------------------------------------------------------------------------------------------------

export interface PlacedBranch {
  readonly id: number;
  readonly label: string;
  /** Where it leaves, and where it ends. */
  readonly x: number;
  readonly end: number;
  readonly lane: number;
  /** The lane of the branch that it leaves; null: it leaves the band. */
  readonly leavesLane: number | null;
  /** Left edge of its label. */
  readonly labelX: number;
}

type ById = ReadonlyMap<number, BranchView>;
/** A branch and its forebears, the first of them last. */
function lineage(branches: ById, id: number): readonly BranchView[] {
  const line: BranchView[] = [];
  for (let next = branches.get(id); next !== undefined && !line.includes(next); next = branches.get(next.parent))
    line.push(next);
  return line;
}

/** Until when branch `a` and branch `b` are the same run. */
export function partingTime(branches: readonly BranchView[], a: number, b: number): Micros {
  const known: ById = new Map(branches.map((branch) => [branch.id, branch]));
  const lineA = lineage(known, a);
  const lineB = lineage(known, b);
  const common = lineA.find((branch) => lineB.includes(branch));
  if (common === undefined) return 0;
  const leaves = (line: readonly BranchView[]): Micros => line[line.indexOf(common) - 1]?.from ?? common.end;
  return Math.min(leaves(lineA), leaves(lineB));
}

interface Leaving {
  readonly at: Micros;
  /** The branch that it leaves; null: what is painted as the band. */
  readonly parent: number | null;
}

/** The band is the current branch and, before that began, those it comes from. */
function leavingOf({ branches, current }: Timeline, branch: BranchView): Leaving {
  const known: ById = new Map(branches.map((one) => [one.id, one]));
  const shown = lineage(known, current);
  const parent = known.get(branch.parent);
  if (parent === undefined || shown.includes(branch)) {
    return { at: partingTime(branches, branch.id, current), parent: null };
  }
  const onBand = shown.includes(parent) && branch.from <= partingTime(branches, parent.id, current);
  return { at: branch.from, parent: onBand ? null : parent.id };
}

/** The branches beside the current one, in lanes without overlaps. Those that find no lane stay in the menu. */
export function branchesOf(timeline: Timeline, scale: Scale, lanes: number): readonly PlacedBranch[] {
  const free = new Array<number>(lanes).fill(Number.NEGATIVE_INFINITY);
  const placed: PlacedBranch[] = [];
  for (const branch of timeline.branches) {
    if (branch.id === timeline.current) continue;
    const leaving = leavingOf(timeline, branch);
    const x = xOf(scale, leaving.at);
    const end = Math.max(x + 24, Math.min(scale.width, xOf(scale, branch.end)));
    if (x < 0 || x > scale.width) continue;
    const labelWidth = branch.label.length * letterWidth + 12;
    const labelX = Math.max(0, Math.min(end + 6, scale.width - labelWidth));
    const lane = free.findIndex((edge) => Math.min(x, labelX) > edge);
    if (lane < 0) continue;
    free[lane] = Math.max(end, labelX + labelWidth);
    const leavesLane = placed.find(({ id }) => id === leaving.parent)?.lane ?? null;
    placed.push({ id: branch.id, label: branch.label, x, end: Math.min(end, labelX - 4), lane, leavesLane, labelX });
  }
  return placed;
}
