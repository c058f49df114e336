import type { MessageRef } from "../../world/state/messages.ts";
import type { Setup } from "../../world/state/setup.ts";
import { canonical } from "./canon.ts";
import { type Bounds, type Move, movesFrom, perform, type Repertoire } from "./moves.ts";
import { type Deed, Stage } from "./stage.ts";

/** How a state was reached. The first story that reaches it is a shortest one. */
interface Story {
  readonly before: Story | null;
  readonly deeds: readonly Deed[];
}
/** A state that steps are tried from. */
interface Place {
  readonly stage: Stage;
  readonly late: readonly MessageRef[];
  readonly story: Story;
}
/**
 * A state that was reached is kept as the step that leads to it, which is taken again when its turn comes: most have
 * none, and a world for each is more than a machine keeps with ease.
 */
interface Reached {
  readonly from: Place;
  readonly move: Move;
}

/**
 * Every state that the repertoire reaches within the bounds, the near ones first. Goes on for as many coarse steps as
 * it is told to, so that whoever calls paces it.
 */
export class Breadth {
  private readonly seen = new Set<string>();
  private queue: readonly Reached[] = [];
  private next: Reached[] = [];
  private at = 0;
  private place: Place | null;
  private moves: readonly Move[];
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
    this.place = { stage, late: [], story: { before: null, deeds: [] } };
    this.seen.add(canonical(stage.world, stage.ghost));
    this.moves = movesFrom(stage.world, repertoire, bounds, []);
    if (stage.over) this.found = [];
  }

  get states(): number {
    return this.seen.size;
  }
  /** Nothing is left within the bounds. */
  get exhausted(): boolean {
    return this.place === null;
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
        this.take({ from: this.place!, move: this.moves[this.move++]! });
        taken++;
      }
    }
    return taken;
  }

  /** On to the next state, and to the next depth after the last. */
  private turn(): void {
    if (this.at >= this.queue.length) {
      this.queue = this.next;
      this.next = [];
      this.at = 0;
      this.depth++;
    }
    const reached = this.queue[this.at++];
    this.place = reached === undefined ? null : arrive(reached);
    this.move = 0;
    this.moves =
      this.place === null ? [] : movesFrom(this.place.stage.world, this.repertoire, this.bounds, this.place.late);
  }

  private take(reached: Reached): void {
    const { stage, story } = arrive(reached);
    if (stage.world.violation !== null) {
      this.found = deedsOf(story);
      return;
    }
    if (stage.world.stopped !== null) return;
    const key = canonical(stage.world, stage.ghost);
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.next.push(reached);
  }
}

function arrive({ from, move }: Reached): Place {
  const stage = from.stage.fork();
  const late = perform(stage, move, from.late);
  return { stage, late, story: { before: from.story, deeds: stage.deeds } };
}

function deedsOf(story: Story): readonly Deed[] {
  const deeds: Deed[] = [];
  for (let at: Story | null = story; at !== null; at = at.before) deeds.unshift(...at.deeds);
  return deeds;
}
