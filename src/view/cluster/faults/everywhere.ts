import type { ActiveFault } from "../../../worker/protocol/faults.ts";

/** Whether it lies on every link between so many servers: then no place on the stage is its own. Two have one place. */
export function isEverywhere({ targets }: Pick<ActiveFault, "targets">, servers: number): boolean {
  const links = targets.filter((target) => "link" in target).length;
  return servers > 2 && links >= servers * (servers - 1);
}
