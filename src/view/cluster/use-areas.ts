import { useMemo } from "react";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { StageLayout } from "./places.ts";
import { useAfter } from "./use-after.ts";
import type { Area } from "./wall.ts";

const none: readonly Area[] = [];

/** What a partition looks like: its areas, and which servers and links are apart. */
interface Apart extends Pick<Frame, "groups" | "cuts"> {
  readonly areas: readonly Area[];
}

/** The geometry is fetched once the stage stands: most runs begin in one piece. */
export function useAreas(layout: StageLayout, { groups, cuts, faults }: Frame): Apart {
  const walls = useAfter();
  const sides = useMemo(() => walls?.sidesOf({ groups, cuts, faults }) ?? null, [walls, groups, cuts, faults]);
  return useMemo(
    () => ({
      groups: sides?.groups ?? groups,
      cuts: sides?.cuts ?? cuts,
      areas: (sides && walls?.partitionAreas(layout, sides, cuts)) ?? none,
    }),
    [walls, layout, sides, groups, cuts],
  );
}
