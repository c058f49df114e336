import type { LogIndex, ServerId } from "../base/units.ts";
import { clientInvariants } from "../check/audit.ts";
import { type NotPromised, notPromised } from "../check/promised.ts";
import { invariants, warnings } from "../check/watch.ts";
import { proposalText } from "../explain/messages.ts";
import type { History } from "../history/history.ts";
import { type Look, lookForUnkept } from "../history/unpromised.ts";
import type { Work } from "../history/work.ts";
import { entryAt, lastIndex, prefixHash } from "../raft/log.ts";
import { departuresOf, eventsLooked } from "../why/departures.ts";
import { replicaOf } from "../world/replicas.ts";
import type { Machine } from "../world/state/machine.ts";
import type { Violation } from "../world/state/state.ts";
import type { World } from "../world/types.ts";
import type { CheckView, EvidenceRow, Verdict, WaivedView } from "./protocol/verdict.ts";

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
  const won = current.index.rare.find((mark) => mark.kind === "election" && mark.server === id && mark.value === term);
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
