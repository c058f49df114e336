import type { GroupId } from "../base/units.ts";
import { actText } from "../explain/acts.ts";
import type { Branch, History } from "../history/history.ts";
import type { Mark } from "../history/marks.ts";
import type { Act } from "../world/acts.ts";
import { faultOf, isFault } from "../world/faults/index.ts";
import type { BranchView, Mark as MarkView, Timeline } from "./protocol/run.ts";

const marksMost = 600;
export const rareMost = 2000;

/** The whole run as the page paints it: bounded in size, however long the run. Terms are those of one group. */
export function timelineOf(history: History, shown: GroupId = 1): Timeline {
  const { current, branches } = history;
  return {
    terms: termsOf(current, shown),
    marks: marksOf(history),
    branches: branches.map(branchView),
    current: current.id,
    end: Math.max(current.end.at, current.reach),
  };
}

/** Changes exactly if the timeline does; cheap. */
export function timelineKey({ current, branches }: History, shown: GroupId = 1): string {
  const { marks, terms } = current.index;
  const end = Math.max(current.end.at, current.reach);
  return [current.id, branches.length, marks.length, terms.length, end, shown].join();
}

/** Of so many as there are, evenly, and the last one. */
export function evenly<Item>(list: readonly Item[], most: number): readonly Item[] {
  const stride = Math.ceil(list.length / most);
  return stride <= 1 ? list : list.filter((_, i) => (list.length - 1 - i) % stride === 0);
}

/** Commits and requests thin out where there are too many, everything else where there are far too many. */
export function thinned<Each extends Pick<Mark, "kind" | "event">>(marks: readonly Each[]): readonly Each[] {
  if (marks.length <= marksMost) return marks;
  const rare = marks.filter(({ kind }) => kind !== "commit" && kind !== "request");
  const common = marks.filter(({ kind }) => kind === "commit" || kind === "request");
  return [...evenly(rare, rareMost), ...evenly(common, marksMost)].sort((a, b) => a.event - b.event);
}

/** In a storm of elections the highest term of each stretch stands for those before it. */
function termsOf({ index }: Branch, shown: GroupId): Timeline["terms"] {
  const own = index.terms.filter(({ group }) => group === shown);
  return evenly(own, rareMost).map(({ from, term }) => ({ from, term }));
}

function marksOf(history: History): readonly MarkView[] {
  const { actions, index } = history.current;
  const places = new Map<Act, number[]>();
  for (const [place, { act }] of actions.entries()) places.set(act, [...(places.get(act) ?? []), place]);
  return thinned(index.marks).map((mark) => {
    const { at, event, kind, server, group, act } = mark;
    const view = { at, event, kind, server, group, label: label(history, mark) };
    const place = act === null ? undefined : places.get(act)?.find((each) => actions[each]?.at === at);
    return place === undefined ? view : { ...view, act: place };
  });
}

function label({ world, setup }: History, { kind, server, group, value, act }: Mark): string {
  if (act !== null) return shortText(act);
  const where = setup.groups > 1 ? `, group ${group}` : "";
  if (kind === "election") return `S${server} leads term ${value}${where}`;
  if (kind === "commit") return `entry ${value} committed${where}`;
  return world.violation?.property ?? "violation";
}

/** A place on the timeline has no room for every link of a fault. */
const textMost = 48;
export function shortText(act: Act): string {
  const text = actText(act);
  return text.length > textMost && isFault(act) ? faultOf(act.do).title.toLowerCase() : text;
}

/** A branch without a name is called after what was done first on it: at the instant where it left it may share acts with its parent. */
function branchView(
  { id, label, parent, from, reach, actions }: Branch,
  _: number,
  branches: readonly Branch[],
): BranchView {
  const shared = branches[parent]?.actions ?? [];
  const own = actions.find((action, i) => action.at >= from.at && JSON.stringify(action) !== JSON.stringify(shared[i]));
  const name = label || (parent === -1 ? "first run" : own ? shortText(own.act) : "nothing done");
  return { id, label: name, parent, from: from.at, end: reach };
}
