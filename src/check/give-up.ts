import type { World } from "../world/types.ts";

/**
 * With a broken rule the engine's own assertions may fail: then the run ends, without anything that it could show. Where every rule
 * stands, such an error is thrown on.
 */
export function giveUp(world: World, error: unknown): void {
  if (world.setup.bugs.length === 0) throw error;
  world.stopped = `the engine gave up: ${error instanceof Error ? error.message : String(error)}`;
}
