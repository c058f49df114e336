import { useEffect, useMemo, useState } from "react";
import type { Frame } from "../../worker/protocol.ts";
import type { StageLayout } from "./layout.ts";
import type { Area } from "./wall.ts";

type Walls = typeof import("./wall.ts");

const none: readonly Area[] = [];
let known: Walls | null = null;

/** The areas of a partition. The geometry is fetched once the stage stands: most runs begin in one piece. */
export function useAreas(layout: StageLayout, { groups, cuts }: Frame): readonly Area[] {
  const [walls, setWalls] = useState(known);
  useEffect(() => {
    void import("./wall.ts").then((loaded) => {
      known = loaded;
      setWalls(loaded);
    });
  }, []);
  return useMemo(() => walls?.partitionAreas(layout, { groups, cuts }) ?? none, [walls, layout, groups, cuts]);
}
