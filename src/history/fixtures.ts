import { dice, randomAct, wildAct } from "../check/fuzz/acts.ts";
import { variants, withSpares } from "../check/fuzz/variants.ts";
import type { Action } from "../world/acts.ts";
import { ms, setupOf } from "../world/fixtures.ts";
import type { Setup } from "../world/state/setup.ts";
import { History, type Place } from "./history.ts";

/** A place and the hash of the state there. */
export interface Seen extends Place {
  readonly hash: string;
}

export const here = (history: History): Seen => ({ ...history.place, hash: history.hash() });

export const livelySetup = (seed: number, servers = 3): Setup =>
  setupOf({ seed, servers, link: { latencyMin: 2 * ms, latencyMax: 12 * ms, loss: 30_000, duplicate: 30_000 } });

/** Times are whole numbers of ten milliseconds: much happens at the same instant. */
export const crowdedSetup = (seed: number, servers = 3): Setup => ({
  ...setupOf({ seed, servers }),
  disk: { writeMin: 10 * ms, writeMax: 10 * ms },
});

/** Other rules, machines that stand ready, operators at work. */
export const operatedSetup = (seed: number, servers = 3): Setup => {
  const all = Object.values(variants);
  return withSpares({ ...livelySetup(seed, servers), raft: all[seed % all.length]! });
};

/** Random acts on a history, often between two simultaneous events; every place on the way, with its hash. */
export function explore(history: History, seed: number, acts: number): Seen[] {
  const roll = dice(seed);
  const nextAct = history.setup.servers.some(({ member }) => member === "none") ? wildAct : randomAct;
  const seen = [here(history)];
  // A place between two events cannot be had again once there is an act at it.
  const note = () => {
    if (history.world.eventsAtNow > 0) seen.push(here(history));
  };
  for (let i = 0; i < acts && history.world.violation === null; i++) {
    if (roll(3) === 0) for (let steps = roll(6); steps > 0; steps--) history.stepForward();
    else history.advance(history.world.now + roll(80 * ms));
    note();
    history.act(nextAct(history.world, roll));
    note();
  }
  history.advance(history.world.now + 100 * ms);
  seen.push(here(history));
  return seen;
}

/** The same recording in a new history, run through. */
export function replayed({ setup, current }: History, actions: readonly Action[] = current.actions): History {
  const again = new History(setup, actions, current.reach);
  again.advance(current.reach);
  return again;
}

/** To a place: its event, then its time. */
export function goTo(history: History, { event, at }: Place): void {
  history.visit(event);
  if (at > history.world.now) history.seek(at);
}

/** What a recording says beside what happens in it: nothing. */
export const unsaid = {
  title: "",
  notes: "",
  preset: "",
  profile: "paper" as const,
  bookmarks: [],
  branches: [],
  branch: 0,
  view: { at: 0, select: "", speed: 0.02, play: false },
};
