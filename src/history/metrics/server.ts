import type { GroupId, Micros, ServerId } from "../../base/units.ts";
import { copyLogInto, emptyLog, knownHash, prefixHash, type RaftLog } from "../../raft/log.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { LossReason } from "../../world/state/messages.ts";
import { roles, statuses } from "../traffic/traffic.ts";
import { type Grid, Levels, Sums } from "./bins.ts";
import { newHistogram, Uncommitted } from "./latencies.ts";

export const sumNames = ["elections", "won", "commits", "entries", "sent", "bytes", "received", "lost"] as const;
export type SumName = (typeof sumNames)[number];
/** `role`, `status`: by number. `led`: the term that it leads, running; 0: none. `lag`: as the leader believes. */
export const levelNames = ["term", "role", "status", "led", "last", "commit", "base", "lag", "writes"] as const;
export type LevelName = (typeof levelNames)[number];

/** What one server was and did in one group, over time. */
export class ServerSeries {
  readonly sums: Readonly<Record<SumName, Sums>>;
  readonly levels: Readonly<Record<LevelName, Levels>>;
  readonly lostBy: Record<LossReason, number> = { cut: 0, loss: 0, dropped: 0, down: 0, overflow: 0 };
  readonly latency = newHistogram();
  readonly uncommitted = new Uncommitted();
  private readonly log: RaftLog = emptyLog();
  private begun = false;
  /** When the write began that its disk was at; infinite: it was at none. */
  private writingSince = Number.POSITIVE_INFINITY;

  constructor(
    readonly server: ServerId,
    readonly group: GroupId,
    grid: Grid,
  ) {
    this.sums = made(sumNames, () => grid.with(new Sums()));
    this.levels = made(levelNames, () => grid.with(new Levels()));
  }

  /** After an event; not yet how far it lags. */
  look(machine: Machine, at: Micros): void {
    const { levels, uncommitted } = this;
    const { status, raft, disk } = machine;
    const isDown = status === "down";
    const { term } = isDown ? disk : raft;
    const leads = status === "up" && raft.role === "leader";
    levels.term.set(term);
    levels.role.set(roles.indexOf(raft.role));
    levels.status.set(statuses.indexOf(status));
    levels.led.set(leads ? term : 0);
    levels.commit.set(isDown ? Number.NaN : raft.commitIndex);
    levels.writes.set(disk.pending.length);
    this.writingSince = disk.pending[0]?.startedAt ?? Number.POSITIVE_INFINITY;
    // A paused leader still is one, and will go on.
    uncommitted.goesOn(!isDown && raft.role === "leader" ? term : 0);
    this.lookAtLog(isDown ? disk.log : raft.log, at);
  }

  /** How long the write took that its disk was at after the event before, or has taken so far. */
  writingFor(now: Micros): Micros {
    return Math.max(0, now - this.writingSince);
  }

  private lookAtLog(log: RaftLog, at: Micros): void {
    const { log: before, levels } = this;
    if (this.begun && sameLog(before, log)) return;
    const grown = this.begun ? grownBy(before, log) : 0;
    this.begun = true;
    this.sums.entries.add(grown);
    this.uncommitted.append(log.last - grown + 1, log.last, at);
    levels.last.set(log.last);
    levels.base.set(log.base);
    copyLogInto(before, log);
  }
}

const sameLog = (a: RaftLog, b: RaftLog): boolean =>
  a.last === b.last && a.base === b.base && a.chunks === b.chunks && prefixHash(a, a.last) === prefixHash(b, b.last);

/** How many entries of a log were not in it before: those that a snapshot stands for were not appended. */
function grownBy(before: RaftLog, log: RaftLog): number {
  const same = (index: number): boolean => {
    const hash = knownHash(before, index);
    return hash !== null && hash === knownHash(log, index);
  };
  if (log.last >= before.last && same(before.last)) return log.last - before.last;
  let low = Math.max(before.base, log.base);
  let high = Math.min(before.last, log.last);
  if (low > high || !same(low)) return log.last - log.base;
  // They are alike up to somewhere, and nowhere after that.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (same(middle)) low = middle;
    else high = middle - 1;
  }
  return log.last - low;
}

const made = <Name extends string, T>(names: readonly Name[], make: () => T): Record<Name, T> =>
  Object.fromEntries(names.map((name) => [name, make()])) as Record<Name, T>;
