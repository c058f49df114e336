import type { Micros } from "../../base/units.ts";
import type { Decision } from "../../raft/decisions.ts";
import { copyServer } from "../../raft/server.ts";
import type { Input, Server } from "../../raft/types.ts";
import type { Happening } from "../../world/facts.ts";
import type { Onlookers } from "../../world/machine.ts";
import { replicaOf } from "../../world/replicas.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { World } from "../../world/types.ts";
import { sentence } from "../sentence.ts";
import { judge } from "./decisions.ts";
import { judgeHappening } from "./happenings.ts";
import { Ledger } from "./ledger.ts";
import { judgeRule } from "./rules.ts";
import type { Scene } from "./scene.ts";
import { Memory } from "./scene.ts";

/** A sentence that the run itself disproves. */
export interface FalseSentence {
  readonly at: Micros;
  readonly event: number;
  readonly happening: Happening;
  readonly text: string;
  /** What of it is false. */
  readonly why: string;
}

/** What happens and is no decision. */
export type Unasked = Exclude<Happening, { readonly kind: "decided" }>;

/** What is said in a step, and the world just before and just after it. */
export interface Spoken {
  readonly decision: Decision;
  readonly scene: Scene;
}

/**
 * Holds the claim of every sentence that a run says against the run. Its three ears are `Onlookers`'; it changes nothing.
 * Give it to a run from its start: some claims rest on what it has heard before.
 */
export class ClaimWatch {
  private world: World | null = null;
  private readonly memory = new Memory();
  private readonly ledger = new Ledger();
  private before: Server | null = null;
  private machine: Machine | null = null;
  private said: Decision[] = [];

  /** `spoken` and `heard`: are shown everything that is told, true or not, with what it is held against. */
  constructor(
    private readonly found: (wrong: FalseSentence) => void,
    private readonly spoken: ((spoken: Spoken) => void) | null = null,
    private readonly heard: ((happening: Unasked, world: World, ledger: Ledger) => void) | null = null,
  ) {}

  readonly begins: NonNullable<Onlookers["begins"]> = (world, machine) => {
    this.world = world;
    this.machine = machine;
    this.before = copyServer(machine.raft);
    this.said = [];
  };

  readonly tell = (happening: Happening): void => {
    const { world } = this;
    if (world === null) return;
    if (happening.kind === "received") this.memory.arrived = happening.ref;
    if (happening.kind !== "decided") {
      this.ledger.look(world);
      this.heard?.(happening, world, this.ledger);
      this.report(judgeHappening(happening.kind, happening, world, this.ledger), happening);
      return this.ledger.note(happening, world);
    }
    const { decision, group } = happening;
    if (this.before !== null) this.said.push(decision);
    else this.hold([decision], this.alone(world, replicaOf(world, decision.server, group)!, decision));
  };

  readonly stepped: NonNullable<Onlookers["watch"]> = (world, machine, input: Input | null) => {
    this.world = world;
    const { before, said } = this;
    if (before === null || machine !== this.machine) {
      this.memory.noteStart(machine);
      return;
    }
    this.before = null;
    const scene: Scene = { world, machine, before, after: machine.raft, input, told: said, memory: this.memory };
    this.memory.note(scene);
    this.hold(said, scene);
    this.memory.noteSent(scene);
    this.memory.arrived = null;
  };

  /** Outside of a step: what a server says as it hands out what it wants done. */
  private alone(world: World, machine: Machine, decision: Decision): Scene {
    const { raft } = machine;
    return { world, machine, before: raft, after: raft, input: null, told: [decision], memory: this.memory };
  }

  private hold(said: readonly Decision[], scene: Scene): void {
    for (const decision of said) {
      this.spoken?.({ decision, scene });
      const group = scene.world.setup.groups > 1 ? { group: scene.machine.group } : {};
      const { kind, replacedRules } = decision;
      const ruleWrong = replacedRules === undefined ? judgeRule(kind, decision, scene) : null;
      this.report(judge(kind, decision, scene) ?? ruleWrong, { kind: "decided", decision, ...group });
    }
  }

  private report(why: string | null, happening: Happening): void {
    if (why === null || this.world === null) return;
    const { now: at, events: event } = this.world;
    this.found({ at, event, happening, text: sentence({ ...happening, at, event }).text, why });
  }
}
