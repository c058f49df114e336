import type { GroupId, LogIndex, ServerId, Term } from "../base/units.ts";
import type { Ghost } from "../check/ghost.ts";
import { isVoter } from "../raft/configuration.ts";
import type { Entry } from "../raft/entry.ts";
import { entryAt, knownTerm, lastIndex, type RaftLog, slice } from "../raft/log.ts";
import { type Count, countsOf } from "../raft/quorum.ts";
import type { Happening } from "../world/facts.ts";
import { linkOf, serverIds } from "../world/network.ts";
import { named, replicaOf } from "../world/replicas.ts";
import type { KvCommand } from "../world/state/commands.ts";
import type { Machine } from "../world/state/machine.ts";
import type { Payload } from "../world/state/messages.ts";
import type { World } from "../world/types.ts";

/**
 * What no server can tell, because none knows it: that a side has no majority in reach, and that an entry is lost. It
 * follows from the world as it stands and from what was ever committed, so a run tells the same from wherever it is traced.
 */
export class Outcomes {
  private stuck: readonly Side[];
  private readonly committed: number[];
  private reachChanged = false;
  /** Entries of which a copy went in this event. */
  private gone: { readonly group: GroupId; readonly entry: Entry }[] = [];

  constructor(
    private readonly world: World,
    private readonly ghosts: readonly Ghost[],
    private readonly tell: (happening: Happening) => void,
  ) {
    this.stuck = sidesWithoutMajority(world);
    this.committed = ghosts.map(committedIn);
  }

  /** Of everything that is told, as it is told: what goes is still there. */
  heard(happening: Happening): void {
    switch (happening.kind) {
      case "acted":
      case "ended":
      case "restarted":
        this.reachChanged = true;
        return;
      case "crashed": {
        this.reachChanged = true;
        const { server, group = 1, lostFrom, lostTo } = happening;
        return this.lose(server, group, lostFrom, lostTo);
      }
      case "decided": {
        const { decision, group = 1 } = happening;
        const { kind } = decision;
        if (kind === "configurationSwitched" || kind === "configurationRolledBack") this.reachChanged = true;
        if (kind === "entriesDeleted") this.lose(decision.server, group, decision.first, decision.last);
      }
    }
  }

  private lose(server: ServerId, group: GroupId, first: LogIndex, last: LogIndex): void {
    const log = replicaOf(this.world, server, group)!.raft.log;
    for (const entry of slice(log, Math.max(first, log.base + 1), Math.min(last, lastIndex(log))))
      if (entry.command !== null) this.gone.push({ group, entry });
  }

  /** After an event, or an act. */
  settled(): void {
    if (this.reachChanged) this.tellStuck();
    this.reachChanged = false;
    this.tellOverruled();
    for (const { group, entry } of this.gone) this.tellGone(group, entry);
    this.gone = [];
  }

  private tellStuck(): void {
    const told = this.stuck.map(keyOf);
    this.stuck = sidesWithoutMajority(this.world);
    for (const side of this.stuck) {
      const { group, members, counts } = side;
      if (!told.includes(keyOf(side))) this.tell({ kind: "noMajority", members, counts, ...named(this.world, group) });
    }
  }

  /** Entries beside which another has now been committed. */
  private tellOverruled(): void {
    for (let group = 1; group <= this.world.setup.groups; group++) {
      const before = this.committed[group]!;
      const now = committedIn(this.ghosts[group]!);
      this.committed[group] = now;
      for (let index = before; index < now; index++) this.tellOverruledAt(group, index);
    }
  }

  private tellOverruledAt(group: GroupId, index: LogIndex): void {
    const { world } = this;
    const replicas = serverIds(world).map((id) => replicaOf(world, id, group)!);
    const knows = ({ status, raft }: Machine) =>
      status !== "down" && raft.commitIndex >= index && index > raft.log.base && index <= lastIndex(raft.log);
    const by = replicas.find(knows);
    if (by === undefined) return;
    const right = knownTerm(by.raft.log, index)!;
    const others = new Map<Term, Entry>();
    for (const replica of replicas)
      for (const log of logsOf(replica)) {
        const entry = index > log.base && index <= lastIndex(log) ? entryAt(log, index) : null;
        if (entry !== null && entry.term !== right && entry.command !== null) others.set(entry.term, entry);
      }
    for (const entry of others.values()) {
      const on = replicas.filter((each) => logsOf(each).some((log) => holds(log, entry))).map(({ id }) => id);
      const counts = countsOf(by.raft.configuration, (id) => on.includes(id));
      this.tell({ kind: "entryLost", ...described(entry), on, counts, by: right, ...named(world, group) });
    }
  }

  /** Its last copy is gone, and no message carries another. */
  private tellGone(group: GroupId, entry: Entry): void {
    const { world } = this;
    if (entry.index < this.committed[group]! || isSomewhere(world, group, entry)) return;
    this.tell({ kind: "entryLost", ...described(entry), on: [], counts: [], by: 0, ...named(world, group) });
  }
}

/** Entry 0 stands for the start of the log. */
const committedIn = ({ committed }: Ghost): number => Math.max(1, committed.length);

const described = ({ index, term, command }: Entry) => {
  const { operation } = command as KvCommand;
  return { index, term, operation };
};

// ---- where an entry is --------------------------------------------------------------------------------------

/** What a server has in memory goes with a crash. */
const logsOf = ({ status, raft, disk }: Machine): readonly RaftLog[] =>
  status === "down" ? [disk.log] : [raft.log, disk.log];

const holds = (log: RaftLog, { index, term }: Entry): boolean => index > log.base && knownTerm(log, index) === term;

function isSomewhere({ machines, packets }: World, group: GroupId, entry: Entry): boolean {
  const carries = (payload: Payload): boolean =>
    payload.type === "AppendEntries" &&
    payload.entries.some(({ index, term }) => index === entry.index && term === entry.term);
  const inMachine = (machine: Machine): boolean => {
    const { raft, disk, held, inbox } = machine;
    const writes = disk.pending.map(({ write }) => write);
    return (
      logsOf(machine).some((log) => holds(log, entry)) ||
      [...writes, held?.write ?? null].some((write) => write?.entries.includes(entry)) ||
      [...raft.outbox, ...(held?.messages ?? [])].some(carries) ||
      inbox.some(({ payload }) => carries(payload))
    );
  };
  return (
    packets.some((packet) => packet.group === group && carries(packet.payload)) ||
    machines.some((machine) => machine?.group === group && inMachine(machine))
  );
}

// ---- who is in reach of whom --------------------------------------------------------------------------------

/** Servers that are up and reach each other, some directly, and none of whom has a majority in reach. */
interface Side {
  readonly group: GroupId;
  readonly members: readonly ServerId[];
  /** In reach of the best placed of them, by its own configuration. */
  readonly counts: readonly Count[];
}
const keyOf = ({ group, members, counts }: Side): string =>
  `${group}: ${members.join()}: ${counts.map(({ voters, agree }) => `${agree.join()} of ${voters.join()}`).join("; ")}`;

function sidesWithoutMajority(world: World): readonly Side[] {
  const sides: Side[] = [];
  for (let group = 1; group <= world.setup.groups; group++)
    for (const side of sidesOf(world, group)) {
      const voters = side.filter(({ id, raft }) => isVoter(raft.configuration, id) || raft.role === "leader");
      const reached = voters.map(({ id, raft }) =>
        countsOf(
          raft.configuration,
          (other) => other === id || side.some((it) => it.id === other && linked(world, id, other)),
        ),
      );
      const [first] = reached;
      if (first === undefined || reached.some(isMajority)) continue;
      const counts = reached.reduce((best, each) => (inReach(each) > inReach(best) ? each : best), first);
      // Who has just been added may not know yet that it counts.
      const counted = ({ id, raft }: Machine) =>
        raft.role === "leader" || side.some((other) => isVoter(other.raft.configuration, id));
      sides.push({ group, members: side.filter(counted).map(({ id }) => id), counts });
    }
  return sides;
}

const isMajority = (counts: readonly Count[]): boolean => counts.every(({ agree, quorum }) => agree.length >= quorum);
const inReach = (counts: readonly Count[]): number => counts.reduce((sum, { agree }) => sum + agree.length, 0);

const linked = (world: World, a: ServerId, b: ServerId): boolean => linkOf(world, a, b).up && linkOf(world, b, a).up;

/** Who is up, by who reaches whom, both ways, directly or through others. */
function sidesOf(world: World, group: GroupId): readonly (readonly Machine[])[] {
  const left = new Set(
    serverIds(world)
      .map((id) => replicaOf(world, id, group)!)
      .filter(({ status }) => status === "up"),
  );
  const sides: Machine[][] = [];
  for (const first of left) {
    const side = [first];
    left.delete(first);
    for (const here of side)
      for (const there of left)
        if (linked(world, here.id, there.id)) {
          side.push(there);
          left.delete(there);
        }
    sides.push(side.sort((a, b) => a.id - b.id));
  }
  return sides;
}
