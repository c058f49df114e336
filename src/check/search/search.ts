import { grouped } from "../../base/grouped.ts";
import type { Micros } from "../../base/units.ts";
import type { Action } from "../../world/acts.ts";
import type { Setup } from "../../world/state/setup.ts";
import type { Violation } from "../../world/state/state.ts";
import { Breadth } from "./breadth.ts";
import { repertoires } from "./hints.ts";
import type { Bounds, Repertoire } from "./moves.ts";
import { Shrink } from "./shrink.ts";
import { type Deed, retell } from "./stage.ts";
import { type Told, tellSteps } from "./tell.ts";
import { Wander } from "./wander.ts";

/** A story that breaks a property, as short as it can be made. */
export interface Found {
  readonly setup: Setup;
  readonly actions: readonly Action[];
  readonly steps: readonly Told[];
  readonly violation: Violation;
  readonly end: Micros;
}
export type Phase = "breadth" | "random" | "shrinking" | "found" | "exhausted";

/** How far a search has come. */
export interface SearchState {
  readonly phase: Phase;
  /** Coarse steps, and stories told again while shrinking. */
  readonly work: number;
  /** Distinct states, and stories at random. */
  readonly states: number;
  readonly stories: number;
  /** Coarse steps of the longest stories that have all been told. */
  readonly depth: number;
  /** Acts of the shortest story so far, 0 = none. */
  readonly actions: number;
}

/** So many coarse steps of each way of searching, before the next has its turn. */
interface Turn {
  readonly way: "plain" | "lossy" | "late" | "random";
  readonly steps: number;
}
const turns: readonly Turn[] = [
  { way: "plain", steps: 2500 },
  { way: "lossy", steps: 2500 },
  { way: "late", steps: 2500 },
  { way: "random", steps: 2500 },
  { way: "plain", steps: 30_000 },
  { way: "random", steps: 10_000 },
  { way: "late", steps: 20_000 },
  { way: "lossy", steps: 20_000 },
];
/** Afterwards, for ever: mostly at random, which goes deep. */
const laterTurns: readonly Turn[] = [
  { way: "random", steps: 20_000 },
  { way: "plain", steps: 20_000 },
  { way: "random", steps: 20_000 },
  { way: "late", steps: 10_000 },
];

const plainBounds: Bounds = { terms: 4, entries: 2, late: 0 };
const lateBounds: Bounds = { terms: 3, entries: 2, late: 2 };
const randomBounds: Bounds = { terms: 9, entries: 6, late: 4 };

/**
 * Looks for a story that breaks a property under the rules of the set-up: breadth first, over ever more kinds of coarse
 * steps, and at random; what is found is shrunk until no act can be missed. Takes as much work at a time as it is told
 * to, knows no clock, and does the same every time.
 */
export class Search {
  private readonly breadths: Readonly<Record<"plain" | "lossy" | "late", Breadth>>;
  private readonly wander: Wander;
  private turn = 0;
  private left = turns[0]!.steps;
  private shrink: Shrink<Deed> | null = null;
  private work = 0;
  found: Found | null = null;

  constructor(
    readonly setup: Setup,
    seed = 1,
  ) {
    const { plain, lossy, late, random } = repertoires(setup);
    const breadth = (repertoire: Repertoire, bounds: Bounds): Breadth => new Breadth(setup, repertoire, bounds);
    this.breadths = {
      plain: breadth(plain, plain.kinds.includes("compact") ? { ...plainBounds, terms: 3, entries: 3 } : plainBounds),
      lossy: breadth(lossy, { ...plainBounds, terms: 3 }),
      late: breadth(late, lateBounds),
    };
    this.wander = new Wander(setup, random, randomBounds, seed);
  }

  get state(): SearchState {
    const { plain, lossy, late } = this.breadths;
    return {
      phase: this.phase,
      work: this.work,
      states: plain.states + lossy.states + late.states,
      stories: this.wander.stories,
      depth: Math.max(plain.depth, lossy.depth, late.depth),
      actions: this.found?.actions.length ?? this.shrink?.items.length ?? 0,
    };
  }

  private get phase(): Phase {
    if (this.found !== null) return "found";
    if (this.shrink !== null) return "shrinking";
    return this.way === "random" ? "random" : "breadth";
  }
  private get way(): Turn["way"] {
    const all = this.turn < turns.length ? turns : laterTurns;
    return all[this.turn < turns.length ? this.turn : (this.turn - turns.length) % all.length]!.way;
  }

  /** Goes on for about so much work: one coarse step, or one story told again. */
  advance(work: number): void {
    const until = this.work + work;
    while (this.work < until && this.found === null) {
      if (this.shrink === null) this.look(until - this.work);
      else this.shorten(until - this.work);
    }
  }

  private look(work: number): void {
    const { way } = this;
    const searcher = way === "random" ? this.wander : this.breadths[way];
    const taken = searcher.advance(Math.min(work, this.left));
    this.work += Math.max(1, taken);
    this.left -= taken;
    if (searcher.found !== null) this.shrink = new Shrink(searcher.found, (deeds) => stillBreaks(this.setup, deeds));
    else if (this.left <= 0 || taken === 0) this.nextTurn();
  }

  private nextTurn(): void {
    this.turn++;
    const all = this.turn < turns.length ? turns : laterTurns;
    this.left = all[this.turn < turns.length ? this.turn : (this.turn - turns.length) % all.length]!.steps;
  }

  private shorten(work: number): void {
    const shrink = this.shrink!;
    this.work += Math.max(1, shrink.advance(work));
    if (shrink.done) this.found = finished(this.setup, shrink.items);
  }

  /** What was looked at, exactly: to be said where nothing was found. */
  get coverage(): string {
    const { plain, lossy, late } = this.breadths;
    const size = this.setup.servers.length;
    const parts = [
      coverageOf(plain, "", size),
      coverageOf(lossy, " with crashes and lost answers", size),
      coverageOf(late, " with late and doubled messages", size),
    ];
    return `Nothing found: ${parts.join("; ")}; ${grouped(this.wander.stories - 1)} stories at random.`;
  }
}

function coverageOf({ states, exhausted, depth, bounds }: Breadth, how: string, servers: number): string {
  const within = `${servers} servers, ≤ ${bounds.terms} terms, ≤ ${bounds.entries} entries`;
  return exhausted
    ? `all ${grouped(states)} states${how} with ${within}`
    : `${grouped(states)} states${how}, all that ${depth} coarse steps reach, with ${within}`;
}

function stillBreaks(setup: Setup, deeds: readonly Deed[]): readonly Deed[] | null {
  const stage = retell(setup, deeds);
  return stage.world.violation === null ? null : stage.deeds;
}

/** Stories at random, of one part of them. */
export interface StoriesTold {
  /** So many were told to their ends; the one that was found among them. */
  readonly told: number;
  /** The first that breaks a property: its number, and what is left of it when no act can be missed. */
  readonly found: { readonly number: number; readonly story: Found } | null;
}

/** Tells the stories at random with the numbers `first`, `first + step` … up to `most`, until one breaks a property. */
export function tellStories(
  setup: Setup,
  part: { readonly first: number; readonly step: number; readonly most: number },
  seed = 1,
): StoriesTold {
  const wander = new Wander(setup, repertoires(setup).random, randomBounds, seed, part);
  while (wander.found === null && wander.story <= part.most) wander.advance(1);
  if (wander.found === null) return { told: wander.stories - 1, found: null };
  const shrink = new Shrink(wander.found, (deeds) => stillBreaks(setup, deeds));
  while (!shrink.done) shrink.advance(1000);
  return { told: wander.stories, found: { number: wander.story, story: finished(setup, shrink.items) } };
}

function finished(setup: Setup, deeds: readonly Deed[]): Found {
  const { world, actions } = retell(setup, deeds);
  return { setup, actions, steps: tellSteps(setup, deeds), violation: world.violation!, end: world.now };
}
