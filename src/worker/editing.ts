import { actText } from "../explain/acts.ts";
import type { History } from "../history/history.ts";
import type { Work } from "../history/work.ts";
import type { Action } from "../world/acts.ts";
import type { ActRow, Edit, Edited } from "./protocol/acts.ts";
import { shortText } from "./timeline.ts";

/** The acts of the branch that is shown, and the branches that have one of them changed or taken out. */

export function actsOf({ current: { actions, index } }: History): readonly ActRow[] {
  const why = new Map(index.refused.map((one) => [one.action, one.why]));
  return actions.map((action, place) => {
    const { at, act } = action;
    return { place, at, text: actText(act), act, refused: why.get(action) ?? null };
  });
}

/**
 * Begins the branch, runs it as far as the one before reaches, and shows it right after the moment of the act. Where the
 * changed act is not possible, or nothing is changed, it says so, and the caller comes back.
 */
export function* editing(history: History, { place, instead }: Edit): Work<Edited> {
  const before = history.current;
  const old = before.actions[place];
  if (old === undefined) return unchanged("there is no such act any more");
  const action = instead === null ? null : changed(old, instead);
  if (action === old) return unchanged("nothing is changed");
  yield* history.seeking(before.reach);
  const refusedBefore = new Set(before.index.refused.map((one) => one.action));
  const from = Math.min(old.at, action?.at ?? old.at);
  yield* history.rewriting(rewritten(before.actions, place, action), from, labelOf(old, action));
  const { current } = history;
  const shown = action?.at ?? old.at;
  yield* history.seeking(shown);
  const own = current.index.refused.find((one) => one.action === action);
  if (own !== undefined) return unchanged(`not possible then: ${own.why}`);
  yield* history.seeking(current.reach);
  yield* history.seeking(shown);
  const impossible = current.index.refused
    .filter((one) => !refusedBefore.has(one.action))
    .map(({ action: { at, act }, why }) => ({ at, text: actText(act), why }));
  return { refused: null, impossible };
}

const unchanged = (refused: string): Edited => ({ refused, impossible: [] });
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Among the events of its instant it stays where it was, unless it is another instant. */
function changed(old: Action, { at, act }: NonNullable<Edit["instead"]>): Action {
  if (old.at === at && same(old.act, act)) return old;
  const { order } = old;
  return old.at === at && order !== undefined ? { at, order, act } : { at, act };
}

/** In another instant it comes after those that are there. */
function rewritten(actions: readonly Action[], place: number, action: Action | null): readonly Action[] {
  if (action === null) return actions.toSpliced(place, 1);
  if (actions[place]?.at === action.at) return actions.with(place, action);
  const others = actions.toSpliced(place, 1);
  const last = others.findLastIndex(({ at }) => at <= action.at);
  return others.toSpliced(last + 1, 0, action);
}

function labelOf(old: Action, action: Action | null): string {
  if (action === null) return `without ${shortText(old.act)}`;
  return `${shortText(action.act)}, ${same(old.act, action.act) ? "moved" : "changed"}`;
}
