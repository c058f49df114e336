import type { LogIndex, ServerId } from "../base/units.ts";
import { clientInvariants } from "../check/audit.ts";
import { type NotPromised, notPromised } from "../check/promised.ts";
import { invariants, warnings } from "../check/watch.ts";
import { proposalText } from "../explain/messages.ts";
import type { History } from "../history/history.ts";
import { copyMoment, executeOne, nextAt, onlookersFor, unobserved } from "../history/moment.ts";
import { type Look, lookForUnkept } from "../history/unpromised.ts";
import { eventsAPart, type Work } from "../history/work.ts";
import { entryAt, lastIndex, prefixHash } from "../raft/log.ts";
import { rulesWith } from "../raft/rules/broken.ts";
import { type RuleName, type Rules, rules } from "../raft/rules/index.ts";
import { replicaOf } from "../world/replicas.ts";
import type { Machine } from "../world/state/machine.ts";
import type { Setup } from "../world/state/setup.ts";
import type { Violation } from "../world/state/state.ts";
import type { World } from "../world/types.ts";
import type { CheckView, DepartureView, EvidenceRow, Verdict, WaivedView } from "./protocol/verdict.ts";

/**
 * Every property that is watched; which are not promised here, and where they did not hold; and of one that broke, the
 * values that broke it, side by side. `known`: how far the run was looked through before.
 */
export function* verdictOf(history: History, known: Look | null = null): Work<{ verdict: Verdict; look: Look }> {
  const { world, ghosts } = history;
  const { violation } = world;
  const look = yield* lookForUnkept(history, known, eventsLooked);
  const waived = notPromised(world, ghosts).map((one) => waivedView(one, look));
  const watched = { checks: [...invariants, ...clientInvariants].map(checkView), guards: warnings.map(checkView) };
  if (violation === null) return { look, verdict: { ...watched, waived, violation: null } };
  const departures = yield* departuresOf(history);
  const found = { evidence: evidenceOf(history, violation), departures };
  return { look, verdict: { ...watched, waived, violation: found } };
}

function waivedView({ property, title, why, at, unkept }: NotPromised, { found }: Look): WaivedView {
  const seen = unkept ?? found.get(property);
  return { property, title, why, at, unkept: seen === undefined ? null : { detail: seen.detail, at: seen.at } };
}

const checkView = ({ name, section, text }: CheckView): CheckView => ({ name, section, text });

// ---- what broke it ----------------------------------------------------------------------------------------

/** What the sentence of a violation speaks of, in the words that all of them use: "S3", "entry 4", "term 2", "(group 2)". */
interface Mentioned {
  readonly servers: readonly ServerId[];
  readonly index: LogIndex;
  readonly term: number;
  readonly group: number;
}
function mentioned({ detail, server }: Violation): Mentioned {
  const number = (pattern: RegExp): number => Number(pattern.exec(detail)?.[1] ?? 0);
  const named = [...detail.matchAll(/\bS([1-9])\b/g)].map(([, id]) => Number(id));
  return {
    servers: [...new Set([...named, server])],
    index: number(/\b(?:entry|index) (\d+)/),
    term: number(/\bterm (\d+)/),
    group: number(/\(group (\d+)\)/) || 1,
  };
}

function evidenceOf(history: History, violation: Violation): EvidenceRow[] {
  const { world } = history;
  const said = mentioned(violation);
  const machines = said.servers.flatMap((id) => replicaOf(world, id, said.group) ?? []);
  if (said.index === 0) return machines.map((machine) => standing(history, machine, said.term));
  const others = machines.length > 1 ? [] : differing(world, machines[0]!, said.index);
  return [...machines, ...others].map((machine) => logRow(machine, said.index));
}

/** Others whose log holds something else there: those that count it as committed first. */
function differing(world: World, one: Machine, index: LogIndex): Machine[] {
  const hash = hashAt(one, index);
  return world.machines
    .filter((each) => each !== undefined && each.group === one.group && each !== one && hashAt(each, index) !== hash)
    .sort((a, b) => b.raft.commitIndex - a.raft.commitIndex)
    .slice(0, 2);
}

const hashAt = ({ raft: { log } }: Machine, index: LogIndex): number | null =>
  index < log.base || index > lastIndex(log) ? null : prefixHash(log, index);

/** Who led that term, and since when: it may be a follower again by now. */
function standing({ current, world }: History, { id, status, raft }: Machine, term: number): EvidenceRow {
  const won = current.index.marks.find((mark) => mark.kind === "election" && mark.server === id && mark.value === term);
  const now = status === "down" ? "down" : `${raft.role} of term ${raft.term}`;
  const value = won === undefined ? now : `elected in term ${term}`;
  const event = won?.event ?? world.events;
  const deciding = won !== undefined || world.violation?.server === id;
  return { server: id, value, deciding, event, at: won?.at ?? world.now, cells: [] };
}

const before = 3;
const after = 1;

/** The stretch of a log around the entry in question. */
function logRow({ id, raft, status }: Machine, index: LogIndex): EvidenceRow {
  const { log, commitIndex } = raft;
  const cells = [];
  for (let at = Math.max(1, index - before); at <= Math.max(index, Math.min(lastIndex(log), index + after)); at++) {
    const held = at > log.base && at <= lastIndex(log);
    const entry = held ? entryAt(log, at) : null;
    const text = entry === null ? (at <= log.base ? "in its snapshot" : "nothing") : proposalText(entry);
    cells.push({ index: at, term: entry?.term ?? 0, text, committed: at <= commitIndex, deciding: at === index });
  }
  const value = `${status === "down" ? "down" : `${raft.role} of term ${raft.term}`}, commit index ${commitIndex}`;
  return { server: id, value, deciding: false, event: null, at: 0, cells };
}

// ---- where it began ---------------------------------------------------------------------------------------

/** So many events before the end are looked at, and so many departures are told. */
const eventsLooked = 20_000;
const departuresMost = 50;

/** The events at which a rule that is switched off answered otherwise than Raft's would have, oldest first. */
function* departuresOf({ setup, current, world }: History): Work<DepartureView[]> {
  if (setup.bugs.length === 0) return [];
  const { checkpoints, actions } = current;
  const from =
    checkpoints.findLast(({ world: { events } }) => events <= world.events - eventsLooked) ?? checkpoints[0]!;
  const moment = copyMoment(from);
  const found: DepartureView[] = [];
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
