import { type Micros, microsPerMilli, type ServerId } from "../../base/units.ts";
import type { Act, Action } from "../../world/acts.ts";
import { findPacket } from "../../world/network.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { MessageRef, Packet, Payload } from "../../world/state/messages.ts";
import type { Setup } from "../../world/state/setup.ts";
import type { World } from "../../world/types.ts";
import type { Ghost } from "../ghost.ts";
import { Runner } from "../runner.ts";

/** One act of a story. */
export interface Deed {
  /** The coarse step that it belongs to, from 1. */
  readonly step: number;
  /** So long after the act before it. */
  readonly wait: Micros;
  readonly act: Act;
  /** The message that it is about, which another telling must find again. */
  readonly payload: Payload | null;
}

/** Between two acts: long enough for every write to be finished. */
const pause: Micros = 5 * microsPerMilli;
const settles: Micros = 2 * microsPerMilli;

/**
 * A world in a manual network in which a story is told, act by act. Between two acts every write is finished, unless
 * they follow at once.
 */
export class Stage {
  /** When the last act was done. */
  private clock: Micros = 0;
  /** Since this stage was forked. */
  readonly deeds: Deed[] = [];
  /** The coarse step that is being told. */
  step = 0;

  private constructor(private readonly runner: Runner) {}

  static start(setup: Setup): Stage {
    return new Stage(Runner.start(setup));
  }

  fork(): Stage {
    const copy = new Stage(this.runner.fork());
    copy.clock = this.clock;
    copy.step = this.step;
    return copy;
  }

  get world(): World {
    return this.runner.world;
  }
  get ghost(): Ghost {
    return this.runner.ghosts[1]!;
  }
  get actions(): readonly Action[] {
    return this.runner.actions;
  }
  get over(): boolean {
    return this.runner.over;
  }

  machine(id: ServerId): Machine {
    return this.world.machines[id]!;
  }

  /** False if the act was impossible: then it was not done. */
  do(act: Act, wait: Micros = pause, payload: Payload | null = null): boolean {
    this.runner.runTo(this.clock + wait);
    if (!this.runner.act(act)) return false;
    this.clock += wait;
    this.deeds.push({ step: this.step, wait, act, payload });
    return true;
  }

  /** As `do`; then the disks finish. */
  done(act: Act, wait: Micros = pause): boolean {
    const possible = this.do(act, wait);
    this.settle();
    return possible;
  }

  deliver(packet: Packet, wait: Micros = pause): boolean {
    return this.do({ do: "deliver", message: packet.ref }, wait, packet.payload);
  }

  settle(): void {
    this.runner.runTo(this.clock + settles);
  }

  /** Messages that nobody will deliver any more are forgotten; a recording leaves them where they wait. */
  keepOnly(keeps: (packet: Packet) => boolean): void {
    if (this.world.packets.length > 0) this.world.packets = this.world.packets.filter(keeps);
  }
}

/** Tells a story again, as far as it can be told: acts that are impossible are left out. Stops where a property breaks. */
export function retell(setup: Setup, deeds: readonly Deed[], watch: ((stage: Stage) => void) | null = null): Stage {
  const stage = Stage.start(setup);
  for (const deed of deeds) {
    if (stage.over) break;
    const begins = deed.step !== stage.step;
    if (begins) {
      stage.settle();
      watch?.(stage);
      stage.step = deed.step;
    }
    redo(stage, begins ? { ...deed, wait: Math.max(deed.wait, betweenSteps(setup)) } : deed);
  }
  stage.settle();
  watch?.(stage);
  return stage;
}

/** More time than any election timeout and any wait for a repetition. */
export const betweenSteps = ({ raft }: Setup): Micros => Math.max(raft.electionTimeoutMax, raft.retryAfter) + 10_000;

function redo(stage: Stage, { act, wait, payload }: Deed): void {
  if (payload === null || !("message" in act)) {
    stage.do(act, wait);
    return;
  }
  if (wait >= settles) stage.settle();
  const packet = findAgain(stage.world, act.message, payload);
  if (packet !== null) stage.do({ ...act, message: packet.ref }, wait, payload);
}

/** The message that plays the same part: the same one, or one that says the same, or the newest of its kind. */
function findAgain(world: World, ref: MessageRef, payload: Payload): Packet | null {
  const alike = world.packets.filter(
    (each) =>
      each.lost === null && each.ref.from === ref.from && each.ref.to === ref.to && each.payload.type === payload.type,
  );
  const wanted = contentOf(payload);
  const equal = alike.filter((each) => contentOf(each.payload) === wanted);
  const same = findPacket(world, ref);
  if (same !== undefined && equal.includes(same)) return same;
  return equal.at(-1) ?? alike.at(-1) ?? null;
}

/** What tells messages of one kind on one link apart, whatever commands they carry. */
function contentOf(payload: Payload): string {
  switch (payload.type) {
    case "AppendEntries":
      return `${payload.term} ${payload.prevLogIndex} ${payload.entries.length} ${payload.leaderCommit}`;
    case "AppendEntriesReply":
      return `${payload.term} ${payload.success} ${payload.matchIndex} ${payload.prevLogIndex}`;
    case "InstallSnapshot":
      return `${payload.term} ${payload.snapshot.index}`;
    default:
      return "term" in payload ? String(payload.term) : "";
  }
}
