import { useMemo } from "react";
import type { Frame } from "../../worker/protocol.ts";
import { useLater } from "../app/use-later.ts";
import type { StageLayout } from "./layout.ts";
import type { Area } from "./wall.ts";

const loadWalls = () => import("./wall.ts");
const none: readonly Area[] = [];

/** The areas of a partition. The geometry is fetched once the stage stands: most runs begin in one piece. */
export function useAreas(layout: StageLayout, { groups, cuts }: Frame): readonly Area[] {
  const walls = useLater(loadWalls);
  return useMemo(() => walls?.partitionAreas(layout, { groups, cuts }) ?? none, [walls, layout, groups, cuts]);
}
