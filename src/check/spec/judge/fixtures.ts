import type { Bug } from "../../../raft/bugs/bug.ts";
import { prefixHash } from "../../../raft/log.ts";
import { rules } from "../../../raft/rules/index.ts";
import { copyServer } from "../../../raft/server.ts";
import { step } from "../../../raft/step.ts";
import type { Input, RaftMessage, Server } from "../../../raft/types.ts";
import { localTime } from "../../../world/clock.ts";
import type { Machine } from "../../../world/state/machine.ts";
import type { World } from "../../../world/types.ts";
import { actOf, dice, swarmMix } from "../../fuzz/acts.ts";
import { setupInSpec } from "../../fuzz/setups.ts";
import { bothEars, type Ears, Runner } from "../../runner.ts";
import { keyOf } from "../messages.ts";
import { Judge } from "./judge.ts";
import { specMessages } from "./mapping.ts";
import { observe } from "./observed.ts";

/** For tests of the judge: schedules by the paper's rules, and where a broken rule changed what happened. */

const ms = 1000;

/**
 * Where a bug has made a difference that a specification could see, as numbers of the judge's steps: every step is taken
 * once more, by the rules as they are, and what was to be written is looked for on the disk.
 */
class Divergence {
  /** In these a server only did not do what it should have: to a specification, a message that was lost. */
  readonly silent: number[] = [];
  readonly steps: number[] = [];
  private right: Server | null = null;
  private before = "";
  private readonly madeIn = new Map<RaftMessage, number>();
  private readonly lastOf: number[] = [];
  private readonly writing: boolean[] = [];

  constructor(private readonly judge: Judge) {}

  /** After the judge's: it has counted the step. */
  readonly ears: Ears = {
    begins: (world, machine, input) => this.begins(world, machine, input),
    stepped: (_, machine, input) => this.stepped(machine, input),
    takes: (_, { id }, { write }) => {
      this.writing[id] = write?.sync === true;
    },
    finishes: (_, { id, disk }, { write }) => {
      this.writing[id] = false;
      const state = write?.state ?? null;
      const lost = state !== null && (state.term !== disk.term || state.votedFor !== disk.votedFor);
      if (lost) this.steps.push(this.lastOf[id]!);
    },
    sends: (_, { id, held }, message) => {
      if (this.writing[id] && held === null) this.steps.push(this.madeIn.get(message)!);
    },
  };

  private begins(world: World, machine: Machine, input: Input): void {
    this.before = seen(machine.raft, []);
    this.right = copyServer(machine.raft);
    this.right.outbox = [];
    this.right.afterWrite = [];
    const now = localTime(machine.clock, world.now);
    const env = { options: machine.options, rules, now, drawnTimeout: 1, snapshot: null, decide: null };
    const before = machine.raft.outbox.concat(machine.raft.afterWrite);
    for (const message of before) this.madeIn.set(message, this.madeIn.get(message) ?? 0);
    step(this.right, input, env);
  }

  private stepped({ id, raft }: Machine, input: Input | null): void {
    const { right } = this;
    if (input === null || right === null) return;
    const number = this.judge.steps;
    this.lastOf[id] = number;
    const sent = [...raft.outbox, ...raft.afterWrite].filter((message) => !this.madeIn.has(message));
    for (const message of sent) this.madeIn.set(message, number);
    if (seen(raft, sent) !== seen(right, [...right.outbox, ...right.afterWrite])) {
      if (seen(raft, sent) === this.before) this.silent.push(number);
      else this.steps.push(number);
    }
  }
}

/** What the specification knows of, as text. */
function seen(server: Server, sent: readonly RaftMessage[]): string {
  const { log, ...rest } = observe(server);
  const messages = sent.flatMap((message) => specMessages(message) ?? []).map(keyOf);
  return JSON.stringify([rest, log.last, prefixHash(log, log.last), messages.sort()]);
}

/** Random faults for three seconds, before the judge, until it is over. */
export function judgedSchedule(seed: number, bugs: readonly Bug[] = []) {
  const setup = setupInSpec(seed, bugs);
  const judge = new Judge(setup, false);
  const divergence = new Divergence(judge);
  const runner = Runner.start(setup, bothEars(judge.ears, divergence.ears));
  const { world } = runner;
  const roll = dice(seed);
  const mix = swarmMix(dice(seed + 1), false, true);
  runner.act({ do: "load", perSecond: 10 + roll(30), clients: 2, mode: "open", reads: 30, keys: 3 });
  while (world.now < 3000 * ms && !runner.over && !judge.over) {
    runner.act(actOf(mix, world, roll));
    runner.runTo(world.now + 1 + roll(120 * ms));
  }
  judge.conclude();
  return { judge, divergence, runner };
}
