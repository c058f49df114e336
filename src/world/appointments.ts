import type { Micros } from "../base/units.ts";
import type { Target } from "./faults/fault.ts";
import { type FaultAct, faultOf } from "./faults/index.ts";
import { FaultHands, settle } from "./hands.ts";
import { limits } from "./limits.ts";
import type { Onlookers } from "./machine.ts";
import { replicaOf } from "./replicas.ts";
import type { Appointment, World } from "./types.ts";

/** Faults begin, take turns and end: each an event of the world. */

/** Does it now. What it takes hold of is no longer an older fault's. `by`: 0, or the nemesis whose fault it is. */
export function strike(world: World, act: FaultAct, by: number, onlookers: Onlookers): void {
  const fault = faultOf(act.do);
  const targets = fault.targets(world, act);
  release(world, targets);
  fault.perform(world, act, new FaultHands(world, onlookers, by));
  const span = fault.lasts === undefined ? spanOf(act) : fault.lasts(act);
  const until = span === null ? null : world.now + span;
  if (fault.turns !== undefined) {
    const at = world.now + fault.turns.span(act, 0);
    return appoint(world, until === null || at < until ? { act, by, targets, at, turn: 1, until } : over(until));
  }
  if (until !== null) appoint(world, over(until));

  function over(at: Micros) {
    return { act, by, targets, at, turn: null, until: at };
  }
}

const spanOf = (act: FaultAct): Micros | null => ("for" in act ? (act.for ?? null) : null);

/** A target has the end of its newest fault only. */
function release(world: World, targets: readonly Target[]): void {
  if (world.appointments.length === 0 || targets.length === 0) return;
  world.appointments = world.appointments
    .map((each) => ({
      ...each,
      targets: each.targets.filter((own) => !targets.some((taken) => sameTarget(own, taken))),
    }))
    .filter((each) => each.targets.length > 0);
}

const runs = (world: World, target: Target): boolean =>
  target.on === "process" && replicaOf(world, target.server)?.status === "up";

const sameTarget = (a: Target, b: Target): boolean =>
  a.on === b.on &&
  ("server" in a && "server" in b
    ? a.server === b.server
    : "link" in a && "link" in b && a.link[0] === b.link[0] && a.link[1] === b.link[1]);

function appoint(world: World, given: Omit<Appointment, "sequence">): void {
  const appointment = { ...given, sequence: world.sequence++ };
  const { appointments } = world;
  const after = appointments.findIndex(({ at }) => at > appointment.at);
  appointments.splice(after < 0 ? appointments.length : after, 0, appointment);
  if (appointments.length > limits.appointments) world.stopped = `more than ${limits.appointments} faults at once`;
}

/** The earliest one is due: the fault takes its next turn, or ends. */
export function keepAppointment(world: World, onlookers: Onlookers): void {
  const due = world.appointments.shift()!;
  const { act, by, targets, turn, until } = due;
  const { turns } = faultOf(act.do);
  if (turns !== undefined && turn !== null) {
    turns.take(world, act, turn, targets);
    const at = world.now + turns.span(act, turn);
    const goesOn = until === null || at < until;
    return appoint(world, goesOn ? { ...due, at, turn: turn + 1 } : { ...due, at: until, turn: null });
  }
  // What somebody has started in the meantime has no end any more.
  if (targets.some((target) => !runs(world, target))) onlookers.tell?.({ kind: "ended", act, by });
  const hands = new FaultHands(world, onlookers, by);
  for (const target of targets) settle(world, target, hands);
}
