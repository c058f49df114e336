import { mix } from "../../base/hash.ts";
import { draw, inRange } from "../../base/random.ts";
import type { MessageRef } from "../../world/state/messages.ts";
import type { Setup } from "../../world/state/setup.ts";
import { type Bounds, type Move, type MoveKind, movesFrom, perform, type Repertoire } from "./moves.ts";
import { type Deed, Stage } from "./stage.ts";

/** Coarse steps of one story. */
const longest = 40;
const stream = 4711;

/**
 * Stories at random, one after the other; a story with a number is a function of the seed and that. Each draws its own weights for the kinds of steps (a swarm): a story in which
 * nobody ever restarts goes where none gets that restarts somebody every other step.
 */
export class Wander {
  private stage: Stage;
  private late: readonly MessageRef[] = [];
  private weights: Readonly<Record<string, number>> = {};
  private count = 0;
  private steps = 0;
  stories = 0;
  found: readonly Deed[] | null = null;
  /** The number of the story that is told. */
  story = 0;

  constructor(
    private readonly setup: Setup,
    private readonly repertoire: Repertoire,
    private readonly bounds: Bounds,
    private readonly seed: number,
    /** Of all stories, which are numbered from 1, every so many from the first on. null: one after the other, without numbers. */
    private readonly part: { readonly first: number; readonly step: number } | null = null,
  ) {
    this.stage = Stage.start(setup);
    this.begin();
  }

  /** Takes up to `steps` coarse steps. Returns how many it took. */
  advance(steps: number): number {
    let taken = 0;
    for (; taken < steps && this.found === null; taken++) this.step();
    return taken;
  }

  private roll(below: number): number {
    const seed = this.part === null ? this.seed : mix(this.seed, this.story);
    return inRange(draw(seed, stream, this.count++), 0, below - 1);
  }

  private begin(): void {
    this.stage = Stage.start(this.setup);
    this.late = [];
    this.steps = 0;
    if (this.part !== null) {
      this.count = 0;
      this.story = this.part.first + this.part.step * this.stories;
    }
    this.stories++;
    const weigh = (): number => [0, 1, 2, 4, 8][this.roll(5)]!;
    const kinds: readonly MoveKind[] = [...this.repertoire.kinds, "arrives"];
    this.weights = Object.fromEntries([...kinds.map((kind) => [kind, weigh()]), ["elect", 1 + this.roll(6)]]);
  }

  private step(): void {
    const moves = movesFrom(this.stage.world, this.repertoire, this.bounds, this.late);
    const move = this.choose(moves);
    if (move === null || this.steps++ >= longest) return this.begin();
    this.late = perform(this.stage, move, this.late);
    if (this.stage.world.violation !== null) this.found = this.stage.deeds;
    else if (this.stage.over) this.begin();
  }

  /** First a kind by its weight, then any of its steps. */
  private choose(moves: readonly Move[]): Move | null {
    const kinds = [...new Set(moves.map(({ kind }) => kind))];
    const weight = (kind: MoveKind): number => this.weights[kind] ?? 1;
    const total = kinds.reduce((sum, kind) => sum + weight(kind), 0);
    if (total === 0) return null;
    let left = this.roll(total);
    const kind = kinds.find((each) => {
      left -= weight(each);
      return left < 0;
    });
    const those = moves.filter((move) => move.kind === kind);
    return those[this.roll(those.length)]!;
  }
}
