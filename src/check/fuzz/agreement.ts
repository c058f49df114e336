import { type Micros, microsPerMilli as ms, type ServerId } from "../../base/units.ts";
import { isMember } from "../../raft/configuration.ts";
import { knownHash, lastIndex, lastTerm } from "../../raft/log.ts";
import { unlimited } from "../../raft/options.ts";
import type { Server } from "../../raft/types.ts";
import type { World } from "../../world/types.ts";
import type { Runner } from "../runner.ts";
import {
  ableToWin,
  converged,
  leaderOf,
  machinesAmong,
  machinesOf,
  mayBeDisturbed,
  nobodyCanWin,
  nobodyIsTold,
} from "./convergence.ts";
import { calmDisk, calmLink } from "./core.ts";

/**
 * A leader and a new command within so many of the longest election timeouts for each server: one alone may be able to
 * win, and then it has to be the first to try, while the others, and who is deaf, raise the term as often.
 */
const electionsForEach = 40;

/** `late`: no agreement in time, and nothing that excuses it. `excuse`: a known danger that the rules of the run leave open. */
export type Agreement =
  | { readonly is: "reached" | "late"; readonly within: Micros }
  | { readonly is: "excused"; readonly why: "disturbed" | "nobody can win" | "nobody is told" };

/** A new command must be committed, and those in `core` (null: all) must agree, all of which works. */
export function getOn(runner: Runner, core: readonly ServerId[] | null): Agreement {
  const { world } = runner;
  const within = timeToAgree(world, core);
  const deadline = world.now + within;
  const value = `proof ${core === null ? "of all" : "of a core"}`;
  while (world.now < deadline && !runner.over) {
    retire(runner, core);
    const leader = leaderOf(world, core);
    const stored = leader?.store.data.get("proof") === value;
    if (stored && converged(world, core)) return { is: "reached", within };
    const waits = leader !== undefined && lacksCommand(world, core, leader.raft);
    const asking = world.clients.open.some(({ operation }) => "value" in operation && operation.value === value);
    const server = leader?.id ?? core?.[0] ?? 1;
    if ((!stored || waits) && !asking)
      runner.act({ do: "request", operation: { op: "put", key: "proof", value }, server });
    runner.runTo(world.now + 100 * ms);
  }
  if (mayBeDisturbed(world)) return { is: "excused", why: "disturbed" };
  if (nobodyCanWin(world, core)) return { is: "excused", why: "nobody can win" };
  if (nobodyIsTold(world, core)) return { is: "excused", why: "nobody is told" };
  return { is: "late", within };
}

/**
 * Where no leader begins its term with an entry, the last ones of earlier terms wait for the next command (§5.4.2), and
 * so do those that others have beyond its log: only an entry in their place deletes them (§5.3).
 */
function lacksCommand(world: World, core: readonly ServerId[] | null, { log, term, commitIndex }: Server): boolean {
  return lastTerm(log) < term && machinesAmong(world, core).some(({ raft }) => lastIndex(raft.log) > commitIndex);
}

/**
 * What an operator does in the end: a leader that was removed and stays takes no commands, so it is switched off. Not
 * before the others have heard from it that they need its vote no more.
 */
function retire(runner: Runner, core: readonly ServerId[] | null): void {
  const { world } = runner;
  for (const { id, status, raft } of machinesOf(world)) {
    const removed = raft.role === "leader" && raft.configurationIndex <= raft.commitIndex;
    if (status !== "up" || !removed || isMember(raft.configuration, id)) continue;
    const others = machinesAmong(world, core).flatMap((other) => (other.id === id ? [] : [other.id]));
    if (ableToWin(world, others).length > 0) runner.act({ do: "crash", server: id });
  }
}

/**
 * Time for elections; and for a leader to find where the others' logs meet its own, in the worst case one entry after
 * the other (§5.3), and to send what they lack: two round trips for each step, as some are lost to an election. All that
 * only once the disks have done what was asked of them while they were slow: each write takes what it was to take.
 */
function timeToAgree(world: World, core: readonly ServerId[] | null): Micros {
  const { backtracking } = world.setup.raft;
  // Options may have changed: a timer may still run as long as the longest that was followed.
  const all = [...world.followed, ...machinesOf(world).map(({ options }) => options)];
  const electionTimeoutMax = Math.max(...all.map((options) => options.electionTimeoutMax));
  const lag = lagAmong(world, core);
  const batch = Math.min(
    ...all.map(({ maxBytesPerMessage: bytes, maxEntriesPerMessage: most }) => (bytes < unlimited ? 1 : most)),
  );
  const steps = (backtracking === "byOne" ? lag : 0) + Math.ceil(lag / batch);
  const roundTrip = 2 * (calmLink.latencyMax + calmDisk.writeMax);
  const elections = electionsForEach * machinesOf(world).length;
  return queuedFor(world, core) + elections * electionTimeoutMax + 2 * steps * roundTrip;
}

/** Until the last write that is under way now is done. */
function queuedFor(world: World, core: readonly ServerId[] | null): Micros {
  return Math.max(0, ...machinesAmong(world, core).map(({ disk }) => (disk.pending.at(-1)?.doneAt ?? 0) - world.now));
}

/** From the last entry that all have in common to the end of the longest log. */
function lagAmong(world: World, core: readonly ServerId[] | null): number {
  const logs = machinesAmong(world, core).map(({ disk }) => disk.log);
  const ends = logs.map(lastIndex);
  const same = (index: number): boolean => {
    // What a snapshot stands for was committed: all agree on it.
    const hashes = logs.flatMap((log) => (index < log.base ? [] : [knownHash(log, index)]));
    return hashes.every((hash) => hash === hashes[0]);
  };
  let common = Math.min(...ends);
  while (common > 0 && !same(common)) common--;
  return Math.max(...ends) - common;
}
