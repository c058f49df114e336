import type { ServerId } from "../base/units.ts";
import { copyLog } from "../raft/log.ts";
import { trueClock } from "./clock.ts";
import type { Hands, Target } from "./faults/fault.ts";
import type { Onlookers } from "./machine.ts";
import { linkOf } from "./network.ts";
import { crash, restart, resume, startProblem } from "./process.ts";
import { corruptReplica, forReplicas, named, replicaOf } from "./replicas.ts";
import type { Armed, Corruption, Disk, DiskTrouble, Stored } from "./state/machine.ts";
import type { DirectedLink, Overlay } from "./state/messages.ts";
import type { World } from "./types.ts";

/** The engine's side of what faults ask for. `by`: 0, or the nemesis in whose name they do. */
export class FaultHands implements Hands {
  constructor(
    private readonly world: World,
    private readonly onlookers: Onlookers,
    private readonly by: number,
  ) {}

  crash(server: ServerId): void {
    replicaOf(this.world, server)!.armed = null;
    forReplicas(this.world, server, (replica) => crash(this.world, replica, this.onlookers));
  }

  arm(server: ServerId, armed: Armed): void {
    replicaOf(this.world, server)!.armed = { ...armed, by: this.by };
  }

  restart(server: ServerId): void {
    const problem = startProblem(this.world, server);
    if (problem !== null) {
      const { disk, group } = corruptReplica(this.world, server)!;
      disk.corrupt = { ...problem, stopped: true };
      const { index } = problem;
      this.onlookers.tell?.({ kind: "diskTrouble", server, what: "notStarted", index, ...named(this.world, group) });
      return;
    }
    forReplicas(this.world, server, (replica) => restart(this.world, replica, this.onlookers));
  }

  pause(server: ServerId): void {
    forReplicas(this.world, server, (replica) => {
      replica.status = "paused";
    });
  }

  resume(server: ServerId): void {
    forReplicas(this.world, server, (replica) => resume(this.world, replica, this.onlookers));
  }

  trouble(server: ServerId, trouble: DiskTrouble | null): void {
    const { disk, status } = replicaOf(this.world, server)!;
    const had = disk.trouble;
    forReplicas(this.world, server, ({ disk }) => {
      disk.trouble = trouble?.kind === "lying" ? { kind: "lying", stored: storedNow(disk) } : trouble;
    });
    if (trouble === null && had?.kind === "full" && had.stopped && status === "down") this.restart(server);
  }

  corrupt(server: ServerId, corruption: Corruption | null, group = 1): void {
    const { status } = replicaOf(this.world, server)!;
    const had = corruptReplica(this.world, server)?.disk.corrupt;
    forReplicas(this.world, server, (replica) => {
      replica.disk.corrupt = replica.group === group ? corruption : null;
    });
    if (corruption === null && had?.stopped && status === "down") this.restart(server);
  }

  calm(id?: number): void {
    this.world.nemeses = this.world.nemeses.filter(({ act }) => id !== undefined && act.id !== id);
  }
}

const storedNow = ({ term, votedFor, commitIndex, log, snapshot }: Disk): Stored => ({
  term,
  votedFor,
  commitIndex,
  log: copyLog(log),
  snapshot,
});

/** A fault on this target is over. */
export function settle(world: World, target: Target, hands: Hands): void {
  switch (target.on) {
    case "process":
      return settleProcess(world, target.server, hands);
    case "disk":
      return hands.trouble(target.server, null);
    case "entry":
      return hands.corrupt(target.server, null);
    case "clock":
      return forReplicas(world, target.server, (replica) => {
        replica.clock = trueClock;
      });
    case "link":
      linkOf(world, ...target.link).up = true;
      return;
    default:
      return settleLink(world, target.link, target.on);
  }
}

function settleProcess(world: World, server: ServerId, hands: Hands): void {
  const { status } = replicaOf(world, server)!;
  if (status === "down") hands.restart(server);
  if (status === "paused") hands.resume(server);
}

function settleLink(world: World, [from, to]: DirectedLink, kind: keyof Overlay): void {
  const link = linkOf(world, from, to);
  const { [kind]: _, ...rest } = link.overlay ?? {};
  link.overlay = Object.keys(rest).length === 0 ? null : rest;
}
