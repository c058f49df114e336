import type { GroupId, Micros, Term } from "../base/units.ts";
import { actText } from "../explain/acts.ts";
import { emptyIndex, indexAction, indexStep, type RunIndex } from "../history/marks.ts";
import { executeBy, type Moment, type Observer, onlookersFor, startMoment } from "../history/moment.ts";
import { eventsAPart, type Work } from "../history/work.ts";
import { countsOf } from "../raft/quorum.ts";
import type { Recording } from "../scenario/recording.ts";
import type { Action } from "../world/acts.ts";
import { operationsOf } from "../world/operations.ts";
import type { World } from "../world/types.ts";
import { moveClock } from "../world/world.ts";
import type { Again, RunOutcome } from "./protocol/again.ts";

/** Two runs of the same acts, both executed from their start, and what came of each. */

type Claim = (world: World) => string | null;
/** What is claimed of a moment of the scenario, null where nothing can be checked. */
export type Claims = (at: Micros, label: string) => Claim | null;

interface Asked {
  readonly group: GroupId;
  readonly until: Micros;
}

export function* againOf(here: Recording, there: Recording, asked: Asked, claims: Claims): Work<Again> {
  const own = yield* outcomeOf(here, asked, []);
  const said = there.bookmarks
    .toSorted((a, b) => a.at - b.at)
    .map((bookmark) => ({ ...bookmark, claim: claims(bookmark.at, bookmark.label) }));
  const looks = said.map(({ at, claim }) => ({ at, claim }));
  const other = yield* outcomeOf(there, asked, looks);
  return {
    here: own.outcome,
    there: other.outcome,
    acts: there.actions.filter(({ at }) => at <= asked.until).map(({ at, act }) => ({ at, text: actText(act) })),
    bookmarks: said.map(({ at, label }, place) => ({ at, label, ...other.seen[place] })),
  };
}

interface Look {
  readonly at: Micros;
  readonly claim: Claim | null;
}
type Seen = { readonly before?: "unchecked" | "false" };

/** One run to `until`, or to where it stops; at each of `looks` (ascending) it is seen whether the claim holds. */
function* outcomeOf(
  { setup, actions }: Recording,
  { until, group }: Asked,
  looks: readonly Look[],
): Work<{ readonly outcome: RunOutcome; readonly seen: readonly Seen[] }> {
  const moment = startMoment(setup);
  const index = emptyIndex();
  const leaders = watchLeaders(moment.world, group);
  const observer = observing(index);
  const seen: Seen[] = [];
  for (const { at, claim } of looks) {
    yield* running(Math.min(at, until), moment, actions, observer, leaders.look);
    seen.push(seenAt(moment, at, at > until ? null : claim));
  }
  yield* running(until, moment, actions, observer, leaders.look);
  const impossible = index.refused.map(({ action: { at, act } }) => ({ at, text: actText(act) }));
  return { outcome: { ...toldOf(moment, index, group), leaderless: leaders.spans(), impossible }, seen };
}

const observing = (index: RunIndex): Observer => ({
  fact: null,
  stepped: (at, machine) => indexStep(index, at, machine),
  acted: (at, action) => indexAction(index, at, action),
  refused: ({ world }, action, why) => void index.refused.push({ action, event: world.events, why }),
});

/** To time `to`, after every event of that instant. */
function* running(to: Micros, moment: Moment, actions: readonly Action[], observer: Observer, look: () => void): Work {
  const { world } = moment;
  const onlookers = onlookersFor(moment, observer);
  while (executeBy(to, moment, actions, onlookers, observer)) {
    look();
    if (world.events % eventsAPart === 0) yield { done: world.now, of: to };
  }
  if (world.violation === null && world.stopped === null) moveClock(world, to);
}

function seenAt({ world }: Moment, at: Micros, claim: Claim | null): Seen {
  if (claim === null) return { before: "unchecked" };
  return world.now === at && claim(world) === null ? {} : { before: "false" };
}

function toldOf({ world }: Moment, { marks, terms }: RunIndex, group: GroupId) {
  const own = marks.filter((mark) => mark.group === group);
  let highest = 0;
  return {
    terms: terms.filter((mark) => mark.group === group).map(({ from, term }) => ({ from, term })),
    elections: own
      .filter(({ kind }) => kind === "election")
      .map(({ at, server, value }) => ({ at, server, term: value as Term })),
    commits: own.flatMap(({ kind, at, value }) => {
      if (kind !== "commit" || value <= highest) return [];
      highest = value;
      return [{ at, index: value }];
    }),
    operations: operationsOf(world)
      .filter((operation) => operation.group === group)
      .map(({ calledAt: called, endedAt, outcome }) => ({ called, answered: outcome === "ok" ? endedAt : null })),
    end: world.now,
    stopped: world.violation?.property ?? world.stopped,
  };
}

/** Notes, after each event, since when nobody leads. */
function watchLeaders(world: World, group: GroupId) {
  const spans: { from: Micros; to: Micros }[] = [];
  let since: Micros | null = 0;
  const close = (): void => {
    if (since !== null && world.now > since) spans.push({ from: since, to: world.now });
  };
  return {
    look(): void {
      const led = isLed(world, group);
      if (led === (since === null)) return;
      close();
      since = led ? null : world.now;
    },
    spans() {
      close();
      since = null;
      return spans;
    },
  };
}

/** Somebody leads whom each majority that counts could follow: none of its members is in a later term. */
function isLed({ machines }: World, group: GroupId): boolean {
  const own = machines.filter((machine) => machine?.group === group);
  const termOf = (id: number): number => own.find((machine) => machine.id === id)?.raft.term ?? 0;
  return own.some(({ status, raft }) => {
    if (status === "down" || raft.role !== "leader") return false;
    const counts = countsOf(raft.configuration, (id) => termOf(id) <= raft.term);
    return counts.every(({ agree, quorum }) => agree.length >= quorum);
  });
}
