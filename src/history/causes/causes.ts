import type { RaftOptions } from "../../raft/options.ts";
import { reloads } from "../../raft/reload.ts";
import { serverOf, slotOf } from "../../world/replicas.ts";
import type { Branch, History } from "../history.ts";
import type { Mark } from "../marks.ts";
import { lastCheckpoint } from "../moment.ts";
import type { Work } from "../work.ts";
import { aspectOf, type Key, keptBetween, loadKey, optionOf } from "./aspects.ts";
import { type EventRow, Stretch } from "./stretch.ts";

/** `as`: what set the event off, or whose state it used. */
export interface Cause {
  readonly key: Key;
  readonly event: number;
  readonly as: "trigger" | "state";
}
export interface Caused {
  readonly row: EventRow;
  /** Each earlier event once, newest first. */
  readonly causes: readonly Cause[];
  /** What was set longer ago than is looked, or at the start: keys. */
  readonly earlier: readonly Key[];
}
export interface Past {
  /** Newest first; the first is the event that was asked about. */
  readonly events: readonly Caused[];
  /** There is more that was not followed. */
  readonly more: boolean;
}
export interface Depth {
  /** Events that are followed. */
  readonly most: number;
  /** Events before the one that is asked about: older causes are neither looked for nor followed. */
  readonly back: number;
}

/** Rows that are kept, and so many events back a setter is looked for. */
const rowsKept = 12_000;
const lookedBack = 4_000;

/**
 * Where every event of a run comes from. Found by executing stretches between checkpoints once more, when somebody asks;
 * the last few are kept. Nothing of it costs the run anything, nor is it kept for the whole of it.
 */
export class Causes {
  /** Most recently used last. */
  private stretches: { readonly branch: Branch; readonly stretch: Stretch }[] = [];

  constructor(private readonly history: History) {}

  /** Null where the branch has no such event, or has not been run so far. */
  *row(event: number): Work<EventRow | null> {
    const { current } = this.history;
    if (event < 1 || event > current.end.event) return null;
    const stretch = this.stretchWith(event);
    yield* stretch.reaching(event, current.actions);
    this.forget();
    return stretch.row(event) ?? null;
  }

  /** The rows of that many events, ascending, as far as they exist. */
  *rows(first: number, last: number): Work<EventRow[]> {
    const rows: EventRow[] = [];
    for (let event = Math.max(1, first); event <= last; event++) {
      const row = yield* this.row(event);
      if (row === null) break;
      rows.push(row);
    }
    return rows;
  }

  *of(event: number, back = lookedBack): Work<Caused | null> {
    const row = yield* this.row(event);
    if (row === null) return null;
    const causes = new Map<number, Cause>();
    const earlier: Key[] = [];
    for (const [keys, as] of [[row.offBy, "trigger"] as const, [row.used, "state"] as const]) {
      for (const key of keys) {
        const setter = yield* this.setter(key, event, back);
        if (setter === 0 && optionOf(key) !== null) continue;
        if (setter === 0) earlier.push(key);
        else if (!causes.has(setter)) causes.set(setter, { key, event: setter, as });
      }
    }
    return { row, causes: [...causes.values()].sort((a, b) => b.event - a.event), earlier };
  }

  /** The last event before that one that set the key, at most `back` events before; 0: longer ago, or never. */
  *setter(key: Key, before: number, back = lookedBack): Work<number> {
    if (key === loadKey || optionOf(key) !== null) return this.marked(key, before);
    let last = before - 1;
    const least = Math.max(0, before - back);
    while (last > least) {
      const stretch = this.stretchWith(last);
      yield* stretch.reaching(last, this.history.current.actions);
      this.forget();
      const found = stretch.setterOf(key, before);
      if (found > 0) return found;
      if (this.isKept(key, stretch.from, least)) break;
      last = stretch.from;
    }
    return this.marked(key, before);
  }

  /** The causes, their causes and so on: the newest first, as many as `most`. Nothing is looked for further back than `back`. */
  *past(event: number, { most, back }: Depth): Work<Past> {
    const events: Caused[] = [];
    const open = new Set([event]);
    while (open.size > 0 && events.length < most) {
      const next = Math.max(...open);
      open.delete(next);
      if (next < event - back) return { events, more: true };
      const caused = yield* this.of(next, back - (event - next));
      if (caused === null) continue;
      events.push(caused);
      for (const cause of caused.causes) open.add(cause.event);
    }
    return { events, more: open.size > 0 };
  }

  /** True if two checkpoints alone show that nobody set the key between them: nothing need be executed there. */
  private isKept(key: Key, from: number, least: number): boolean {
    const about = aspectOf(key);
    if (about === null) return false;
    const worldAt = (event: number) =>
      lastCheckpoint(this.history.current.checkpoints, ({ world }) => world.events <= event).world;
    const [before, after] = [worldAt(least), worldAt(from)];
    const [old, now] = [before.machines[about.slot], after.machines[about.slot]];
    return after.events === from && old !== undefined && now !== undefined && keptBetween(about.aspect, old, now);
  }

  /** Who leads, what load clients were given, and what somebody changed of the options is known for the whole run. */
  private marked(key: Key, before: number): number {
    const { rare } = this.history.current.index;
    if (key === loadKey) return rare.findLast(({ act, event }) => event < before && act?.do === "load")?.event ?? 0;
    const option = optionOf(key);
    if (option !== null) return this.changedAt(option, before);
    const about = aspectOf(key);
    if (about?.aspect !== "role") return 0;
    const group = this.history.world.machines[about.slot]?.group;
    const won = rare.findLast((mark) => mark.event < before && mark.kind === "election" && mark.group === group);
    return won !== undefined && slotOf(won.server, won.group) === about.slot ? won.event : 0;
  }

  /** When a server last took another value of an option: with the act, or when it started again after it. 0: never. */
  private changedAt(
    { slot, option }: { readonly slot: number; readonly option: keyof RaftOptions },
    before: number,
  ): number {
    const { rare } = this.history.current.index;
    const server = serverOf(slot);
    const changes = ({ act }: Mark): boolean =>
      act?.do === "options" && option in act.options && (act.server ?? server) === server;
    const act = rare.findLast((mark) => mark.event < before && changes(mark));
    if (act === undefined || reloads[option].takes === "atOnce") return act?.event ?? 0;
    const starts = (mark: Mark): boolean => mark.kind === "restart" && mark.server === server;
    return rare.find((mark) => mark.event > act.event && mark.event < before && starts(mark))?.event ?? 0;
  }

  private stretchWith(event: number): Stretch {
    const { current: branch } = this.history;
    const latest = this.stretches.at(-1);
    if (latest?.branch === branch && latest.stretch.row(event) !== undefined) return latest.stretch;
    const checkpoint = lastCheckpoint(branch.checkpoints, ({ world }) => world.events < event);
    const from = checkpoint.world.events;
    const known = this.stretches.find((each) => each.branch === branch && covers(each.stretch, event, from));
    const kept = known ?? { branch, stretch: new Stretch(checkpoint) };
    this.stretches = [...this.stretches.filter((each) => each !== kept), kept];
    return kept.stretch;
  }

  private forget(): void {
    let rows = this.stretches.reduce((sum, { stretch }) => sum + stretch.rows.length, 0);
    while (rows > rowsKept && this.stretches.length > 1) rows -= this.stretches.shift()!.stretch.rows.length;
  }
}

/** It has the event, or is the one to go on from. */
const covers = (stretch: Stretch, event: number, from: number): boolean =>
  stretch.from < event && (stretch.from === from || event <= stretch.to);
