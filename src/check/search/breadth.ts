import type { MessageRef } from "../../world/state/messages.ts";
import type { Setup } from "../../world/state/setup.ts";
import { canonical } from "./canon.ts";
import { type Bounds, type Move, movesFrom, perform, type Repertoire } from "./moves.ts";
import { type Deed, Stage } from "./stage.ts";

/** One state that was reached, and how. The first story that reaches it is a shortest one. */
interface Place {
  readonly stage: Stage;
  readonly late: readonly MessageRef[];
  readonly parent: Place | null;
  readonly deeds: readonly Deed[];
}

/**
 * Every state that the repertoire reaches within the bounds, the near ones first. Goes on for as many coarse steps as
 * it is told to, so that whoever calls paces it.
 */
export class Breadth {
  private readonly seen = new Set<string>();
  private queue: Place[] = [];
  private next: Place[] = [];
  private at = 0;
  private moves: readonly Move[] = [];
  private move = 0;
  found: readonly Deed[] | null = null;
  /** Coarse steps of the longest stories that have all been told. */
  depth = 0;

  constructor(
    setup: Setup,
    private readonly repertoire: Repertoire,
    readonly bounds: Bounds,
  ) {
    const stage = Stage.start(setup);
    const root: Place = { stage, late: [], parent: null, deeds: [] };
    this.seen.add(canonical(stage.world, stage.ghost));
    this.queue.push(root);
    this.moves = movesFrom(stage.world, repertoire, bounds, []);
    if (stage.over) this.found = [];
  }

  get states(): number {
    return this.seen.size;
  }
  /** Nothing is left within the bounds. */
  get exhausted(): boolean {
    return this.at >= this.queue.length && this.next.length === 0;
  }
  get done(): boolean {
    return this.found !== null || this.exhausted;
  }

  /** Takes up to `steps` coarse steps. Returns how many it took. */
  advance(steps: number): number {
    let taken = 0;
    while (taken < steps && !this.done) {
      if (this.move >= this.moves.length) this.turn();
      else {
        this.take(this.queue[this.at]!, this.moves[this.move++]!);
        taken++;
      }
    }
    return taken;
  }

  /** On to the next state, and to the next depth after the last. */
  private turn(): void {
    this.at++;
    if (this.at >= this.queue.length) {
      this.queue = this.next;
      this.next = [];
      this.at = 0;
      this.depth++;
    }
    const place = this.queue[this.at];
    this.move = 0;
    this.moves = place === undefined ? [] : movesFrom(place.stage.world, this.repertoire, this.bounds, place.late);
  }

  private take(place: Place, move: Move): void {
    const stage = place.stage.fork();
    const late = perform(stage, move, place.late);
    const { deeds } = stage;
    const reached: Place = { stage, late, parent: place, deeds };
    if (stage.world.violation !== null) {
      this.found = storyOf(reached);
      return;
    }
    if (stage.world.stopped !== null) return;
    const key = canonical(stage.world, stage.ghost);
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.next.push(reached);
  }
}

function storyOf(place: Place): readonly Deed[] {
  const story: Deed[] = [];
  for (let at: Place | null = place; at !== null; at = at.parent) story.unshift(...at.deeds);
  return story;
}
