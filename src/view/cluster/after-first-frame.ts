/** What comes by itself once the first frame is there: nothing is asked for once a run goes on. Used by `useAfter`. */
export { Crowd } from "./crowd.tsx";
export { StageLines } from "./faults/stage-lines.tsx";
export { StageSigns } from "./faults/stage-signs.tsx";
export { LegendRows } from "./legend-rows.tsx";
export { Losses } from "./losses.tsx";
export { StageTip } from "./stage-tip.tsx";
export { partitionAreas, sidesOf } from "./wall.ts";
