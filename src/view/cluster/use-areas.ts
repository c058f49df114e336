import { useEffect, useMemo, useState } from "react";
import type { Frame } from "../../worker/protocol.ts";
import type { StageLayout } from "./layout.ts";
import type { Area } from "./wall.ts";

type Walls = typeof import("./wall.ts");

const none: readonly Area[] = [];
let known: Walls | null = null;

/** The areas of a partition. The geometry is loaded with the first one: most runs begin in one piece. */
export function useAreas(layout: StageLayout, { groups, cuts }: Frame): readonly Area[] {
  const [walls, setWalls] = useState(known);
  const wanted = groups.length > 1 && walls === null;
  useEffect(() => {
    if (!wanted) return;
    void import("./wall.ts").then((loaded) => {
      known = loaded;
      setWalls(loaded);
    });
  }, [wanted]);
  return useMemo(() => walls?.partitionAreas(layout, { groups, cuts }) ?? none, [walls, layout, groups, cuts]);
}
