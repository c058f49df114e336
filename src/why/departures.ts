import type { Micros } from "../base/units.ts";
import type { History } from "../history/history.ts";
import { copyMoment, executeOne, lastCheckpoint, nextAt, onlookersFor, unobserved } from "../history/moment.ts";
import { eventsAPart, type Work } from "../history/work.ts";
import { rulesWith } from "../raft/rules/broken.ts";
import { type RuleName, type Rules, rules } from "../raft/rules/index.ts";
import type { Setup } from "../world/state/setup.ts";

/** A step at which a rule that is switched off answered otherwise than Raft's would have. */
interface Departure {
  readonly event: number;
  readonly at: Micros;
  /** "One vote per term". */
  readonly rule: string;
  /** "A server votes for anybody who asks". */
  readonly bug: string;
}

/** So many events before the end are looked at, and so many departures are told. */
export const eventsLooked = 20_000;
const departuresMost = 50;

/** The events at which a rule that is switched off answered otherwise than Raft's would have, oldest first; none where nobody shall know which it is. */
export function* departuresOf({ setup, current, world }: History): Work<Departure[]> {
  if (setup.bugs.length === 0 || setup.bugs.some(({ veiled }) => veiled)) return [];
  const { checkpoints, actions } = current;
  const moment = copyMoment(lastCheckpoint(checkpoints, (each) => each.world.events <= world.events - eventsLooked));
  const found: Departure[] = [];
  const watching = comparing(setup, (rule, bug) => {
    const { events: event, now: at } = moment.world;
    if (found.at(-1)?.event !== event && found.length < departuresMost) found.push({ event, at, rule, bug });
  });
  const onlookers = { ...onlookersFor(moment, unobserved), rules: watching };
  const start = moment.world.events;
  while (moment.world.events < world.events && nextAt(moment, actions) < Number.POSITIVE_INFINITY) {
    executeOne(moment, actions, onlookers, unobserved);
    const done = moment.world.events - start;
    if (done % eventsAPart === 0) yield { done, of: world.events - start };
  }
  return found;
}

/** The run's rules; each that is replaced tells when Raft's own would have answered otherwise. */
function comparing({ bugs }: Setup, tell: (rule: string, bug: string) => void): Rules {
  const broken = rulesWith(bugs) as Readonly<Record<RuleName, { ask(...asked: unknown[]): unknown }>>;
  const right = rules as Readonly<Record<RuleName, { title: string; ask(...asked: unknown[]): unknown }>>;
  const replaced = bugs.flatMap(({ replaces, title }) =>
    (Object.keys(replaces) as RuleName[]).map((rule) => ({ rule, title })),
  );
  const watched = replaced.map(({ rule, title }) => {
    const ask = (...asked: unknown[]): unknown => {
      const answer = broken[rule].ask(...asked);
      if (JSON.stringify(answer) !== JSON.stringify(right[rule].ask(...asked))) tell(right[rule].title, title);
      return answer;
    };
    return [rule, { ...broken[rule], ask }] as const;
  });
  return { ...broken, ...Object.fromEntries(watched) } as unknown as Rules;
}
