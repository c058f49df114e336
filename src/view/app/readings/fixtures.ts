import { type Outcome, runSchedule } from "../../../check/fuzz/schedule.ts";
import { setupFor } from "../../../check/fuzz/setups.ts";
import { Runner } from "../../../check/runner.ts";
import type { History } from "../../../history/history.ts";
import { bugOf } from "../../../raft/bugs/index.ts";
import { activeFaults, runningNemeses } from "../../../worker/faults.ts";
import { frameOf } from "../../../worker/frame.ts";
import type { Frame } from "../../../worker/protocol/frame.ts";
import type { Machine } from "../../../world/state/machine.ts";
import type { World } from "../../../world/types.ts";
import { nextEventAt } from "../../../world/world.ts";

/** What the page says at a moment, held against the world at that moment, over fuzzed runs. */

/** A moment of a run: what the page is given of it, and how it is. */
export interface Seen {
  readonly frame: Frame;
  readonly world: World;
  /** Of the group that is shown. */
  readonly machines: readonly Machine[];
}
/**
 * What sentences of that form assert: whether it is so, by the state. `parts`: what the pattern found. The first that
 * fits is asked.
 */
export type Reading<Of> = readonly [form: RegExp, holds: (of: Of, ...parts: (string | undefined)[]) => boolean];

/** Among them: two leaders at once, joint configurations, learners, snapshots on their way, transfers, reads that wait, a removed leader. */
const seeds = [1, 3, 4, 32, 34, 60, 65, 77, 87, 105, 172];
/** Breaks a property. */
const broken = { seed: 5, bugs: [bugOf("double-vote")] };

/** Several tests read the same runs: what chance brings, and what the page is given, is found out once in a process. */
let schedules: readonly Outcome[] | null = null;
const frames: Frame[] = [];

/** Every act's moment, and one between it and the next. */
export function eachMoment(see: (seen: Seen, where: string) => void): void {
  const runs = [...seeds.map((seed) => ({ seed, bugs: [] })), broken];
  schedules ??= runs.map(({ seed, bugs }) => runSchedule(setupFor(seed, { bugs }), seed));
  let moment = 0;
  for (const { seed, setup, actions, end } of schedules) {
    const runner = Runner.start(setup);
    const { world } = runner;
    const look = (): void => {
      frames[moment] ??= frameIn(world);
      see(seenIn(world, frames[moment++]!), `seed ${seed}, ${world.now / 1000} ms`);
    };
    for (const action of actions) {
      if (action.at > world.now + 2) {
        runner.runTo(Math.floor((world.now + action.at) / 2));
        look();
      }
      runner.replay([action]);
      look();
    }
    runner.runTo(end);
    look();
  }
}

function frameIn(world: World): Frame {
  const place = { at: world.now, event: world.events };
  const history = {
    world,
    setup: world.setup,
    place,
    current: { id: 0, end: place, reach: world.now },
    nextAt: () => nextEventAt(world),
    hash: () => "",
  } as unknown as History;
  return frameOf(history, { logFrom: 1, logCount: 1000 }, { activeFaults, runningNemeses });
}

function seenIn(world: World, frame: Frame): Seen {
  const machines = world.machines.filter((machine) => machine?.group === frame.group) as Machine[];
  return { frame, world, machines };
}

/** Holds sentences, and collects which forms came and what was false. */
export class Reader<Of> {
  readonly wrong = new Set<string>();
  private readonly came = new Set<RegExp>();
  constructor(private readonly readings: readonly Reading<Of>[]) {}

  hold(text: string, of: Of, where: string): void {
    const found = this.readings.find(([form]) => form.test(text));
    if (found === undefined) {
      this.wrong.add(`${where}: nobody reads “${text}”`);
      return;
    }
    const [form, holds] = found;
    this.came.add(form);
    const [, ...parts] = form.exec(text)!;
    if (!holds(of, ...parts)) this.wrong.add(`${where}: ${text}`);
  }

  /** Forms that no run came to: nothing is known of them. */
  get missed(): readonly string[] {
    return this.readings.map(([form]) => form).flatMap((form) => (this.came.has(form) ? [] : [String(form)]));
  }
}

export const idsIn = (text: string): readonly number[] => [...text.matchAll(/S(\d+)/g)].map(([, id]) => Number(id));
export const clock = (at: number): string => `${(Math.floor(at / 1000) / 1000).toFixed(3)} s`;
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
