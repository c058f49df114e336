import type { Micros } from "../base/units.ts";
import { rulesWith } from "../raft/rules/broken.ts";
import { type Rules, rules } from "../raft/rules/index.ts";
import type { Input, RaftMessage } from "../raft/types.ts";
import type { Act } from "../world/acts.ts";
import type { Happening } from "../world/facts.ts";
import { ms, type Play, play } from "../world/fixtures.ts";
import type { Machine } from "../world/state/machine.ts";
import type { Setup } from "../world/state/setup.ts";
import type { World } from "../world/types.ts";
import { auditBy } from "./audit.ts";
import { dice, randomAct } from "./fuzz/acts.ts";
import { type Ghost, newGhost } from "./ghost.ts";
import { check, checkSending } from "./watch.ts";

/** For tests of the checker: worlds that are watched, and faults without end. */

export interface Watched extends Play {
  readonly ghost: Ghost;
}

/** Further eyes on a world: after every step, and in the instant in which something happens. */
interface Also {
  tell(happening: Happening, world: World): void;
  watch(world: World, machine: Machine): void;
}

/** A world whose every step is checked, under the given rules; for warnings too, unless a rule is broken. */
export function watched(
  setup: Setup,
  by: Rules = rulesWith(setup.bugs),
  also: Also | null = null,
  strict = by === rules,
): Watched {
  const ghost = newGhost();
  const watch = (world: World, machine: Machine, input: Input | null) => {
    world.violation ??= check({ world, ghost, strict }, machine, input);
    if (input !== null) also?.watch(world, machine);
  };
  const audit = auditBy(
    () => ghost,
    () => {},
  );
  const it = play(setup, by, watch, also && ((happening, world) => also.tell(happening, world)), audit);
  const sends = (world: World, machine: Machine, message: RaftMessage) => {
    world.violation ??= checkSending({ world, ghost, strict }, machine, message);
  };
  for (const machine of it.world.machines) if (machine !== undefined) watch(it.world, machine, null);
  return Object.assign(it, { ghost, onlookers: Object.assign(it.onlookers, { sends }) });
}

/** Random faults for that long, one every 30 ms or so, or until a property breaks or somebody has seen enough. */
export function stir(
  it: Pick<Play, "world"> & { readonly act: (act: Act) => unknown; readonly until: (time: Micros) => unknown },
  seed: number,
  span: number,
  goesOn: () => boolean = () => true,
  nextAct = randomAct,
): void {
  const roll = dice(seed);
  const end = it.world.now + span;
  while (it.world.now < end && it.world.violation === null && it.world.stopped === null && goesOn()) {
    it.act(nextAct(it.world, roll));
    it.until(it.world.now + 1 + roll(60 * ms));
  }
}
