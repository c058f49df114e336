import type { Micros, Ppm, ServerId, Term } from "../../base/units.ts";
import type { DirectedLink } from "../../world/state/messages.ts";
import { joinStretch, newStretch, type Scene, type Stretch } from "./evidence.ts";

/** So many elections started, or won, within so many of the longest election timeouts are too many. */
const tooMany = { started: 5, won: 4, timeouts: 10 } as const;
/** Of more, only their number is kept. */
const alarmsMost = 200;
/** Of one alarm: what it names beyond numbers. */
const namedMost = 100;
const termsKept = 16;

/** A server has started an election, or won one. */
export interface Turn {
  readonly at: Micros;
  readonly event: number;
  readonly server: ServerId;
  readonly term: Term;
  readonly won: boolean;
}

/** Elections that follow each other too closely: what happened from the event of the first one to that of the last one. */
export interface Alarm extends Stretch {
  from: Micros;
  fromEvent: number;
  to: Micros;
  toEvent: number;
  started: number;
  won: number;
  /** The terms of the first and of the last. */
  firstTerm: Term;
  lastTerm: Term;
  /** Terms for which more than one server asked for votes. */
  splits: number;
  /** How many asked for those of the newest terms. */
  readonly candidates: Map<Term, number>;
  /** It may go on: nothing is known that ends it. */
  open: boolean;
  /** How many each server started. */
  readonly starters: Map<ServerId, number>;
  /** The lowest `least` and the highest `most` of the scenes. */
  least: Micros;
  most: Micros;
  /** Links that carried nothing when one of these began: by "from>to". */
  readonly cuts: Map<string, DirectedLink>;
  /** Whose clocks went wrong when they started one, and how much. */
  readonly drifts: Map<ServerId, Ppm>;
  /** Who started one without a vote in the leader's configuration, and how many. */
  readonly outsiders: Map<ServerId, number>;
}

interface Row {
  readonly turn: Turn;
  readonly scene: Scene;
  /** Since the row before. */
  readonly since: Stretch;
}

/** Looks for elections of one group that follow each other too closely, as they come. */
export class Alarms {
  readonly found: Alarm[] = [];
  /** So many more were found and are not told of. */
  leftOut = 0;
  /** Since the last election. */
  stretch: Stretch = newStretch();
  private recent: Row[] = [];
  private current: Alarm | null = null;
  /** The one before, or the same. */
  private latest: Alarm | null = null;

  note(turn: Turn, scene: Scene): void {
    const row: Row = { turn, scene, since: this.stretch };
    this.stretch = newStretch();
    const window = tooMany.timeouts * scene.most;
    this.recent = [...this.recent.filter(({ turn: { at } }) => turn.at - at <= window), row];
    const from = this.begin();
    if (this.current !== null && from === null) this.end();
    else if (this.current !== null) addTo(this.current, row);
    else if (from !== null) this.raise(from);
    // What has been added up need not be kept but for whether it goes on.
    if (this.recent.length > 64) this.recent = this.recent.slice(-64);
  }

  /** From which of the recent ones on there are too many; null: there are not. */
  private begin(): number | null {
    const places = (won: boolean): number[] =>
      this.recent.flatMap(({ turn }, place) => (turn.won === won ? [place] : []));
    const [started, won] = [places(false), places(true)];
    const firsts = [started.at(-tooMany.started), won.at(-tooMany.won)].filter((place) => place !== undefined);
    return firsts.length === 0 ? null : Math.min(...firsts);
  }

  private end(): void {
    this.current!.open = false;
    this.current = null;
  }

  private raise(from: number): void {
    const { latest } = this;
    const rows = this.recent.slice(from);
    const goesOn = latest !== null && latest.toEvent >= rows[0]!.turn.event;
    const alarm = goesOn ? latest : newAlarm(rows.shift()!);
    for (const row of goesOn ? this.recent.filter(({ turn }) => turn.event > latest.toEvent) : rows) addTo(alarm, row);
    alarm.open = true;
    this.current = this.latest = alarm;
    if (goesOn) return;
    if (this.found.length < alarmsMost) this.found.push(alarm);
    else this.leftOut++;
  }
}

function newAlarm(row: Row): Alarm {
  const { at, event, term } = row.turn;
  const alarm: Alarm = {
    ...newStretch(),
    ...{ from: at, fromEvent: event, to: at, toEvent: event, firstTerm: term, lastTerm: term, open: true },
    ...{ started: 0, won: 0, splits: 0, least: row.scene.least, most: row.scene.most },
    ...{ candidates: new Map(), starters: new Map(), cuts: new Map(), drifts: new Map(), outsiders: new Map() },
  };
  // What led to the first one came before it.
  addTo(alarm, { ...row, since: newStretch() });
  return alarm;
}

function addTo(alarm: Alarm, { turn, scene, since }: Row): void {
  joinStretch(alarm, since);
  alarm.to = turn.at;
  alarm.toEvent = turn.event;
  alarm.least = Math.min(alarm.least, scene.least);
  alarm.most = Math.max(alarm.most, scene.most);
  if (turn.won) alarm.won++;
  else start(alarm, turn, scene);
  for (const link of scene.cuts) if (alarm.cuts.size < namedMost) alarm.cuts.set(link.join(">"), link);
}

function start(alarm: Alarm, { server, term }: Turn, { drift, outside }: Scene): void {
  const once = (counts: Map<ServerId, number>): void => void counts.set(server, (counts.get(server) ?? 0) + 1);
  alarm.started++;
  once(alarm.starters);
  alarm.lastTerm = Math.max(alarm.lastTerm, term);
  const { candidates } = alarm;
  candidates.set(term, (candidates.get(term) ?? 0) + 1);
  if (candidates.get(term) === 2) alarm.splits++;
  if (candidates.size > termsKept) candidates.delete(Math.min(...candidates.keys()));
  if (drift !== 0) alarm.drifts.set(server, drift);
  if (outside) once(alarm.outsiders);
}
