import "./stage.css";
import { type ReactElement, useMemo, useRef } from "react";
import { usePanelLab } from "../../store/use-lab.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import { useSize } from "../kit/use-size.ts";
import { layoutChips } from "./chips.ts";
import { Cluster } from "./cluster.tsx";
import { keptOfChips, layoutStage, type StageUse } from "./layout.ts";
import type { StageLayout } from "./places.ts";

const serversExpected = 5;
const none: Frame["groups"] = [];

/** The cluster: servers, messages under way, cuts, the client. Fills its parent. */
export function Stage({ use }: { readonly use: StageUse }): ReactElement {
  const box = useRef<HTMLElement>(null);
  const { width, height } = useSize(box);
  const frame = usePanelLab("stage", (state) => state.frame);
  const count = frame?.servers.length ?? serversExpected;
  const groupCount = frame?.groupCount ?? 1;
  const sides = frame?.groups ?? none;
  const usual = useMemo(
    () => (width < 80 || height < 30 ? null : layoutStage(count, width, height, groupCount, use)),
    [count, width, height, groupCount, use],
  );
  // Where servers stand as chips, the sides of a partition stand together.
  const layout = useMemo(
    () =>
      usual === null || usual.chips === null
        ? usual
        : layoutChips(count, width, height, groupCount, sides, keptOfChips(height, use === "corner")),
    [usual, count, width, height, groupCount, use, sides],
  );
  return (
    <section ref={box} className="stage" aria-label="Cluster">
      {layout !== null && frame !== null && <Cluster frame={frame} layout={layout} />}
      {layout !== null && frame === null && <Waiting layout={layout} />}
    </section>
  );
}

/** Before the first frame: empty rings where the servers will stand. */
function Waiting({ layout }: { readonly layout: StageLayout }): ReactElement {
  return (
    <svg
      className="stage-picture"
      width={layout.width}
      height={layout.height}
      role="img"
      aria-label="The cluster is starting"
    >
      {layout.servers.map((server) => (
        <circle key={server.id} className="stage-ring" cx={server.x} cy={server.y} r={layout.ring} />
      ))}
      <text className="stage-doing" x={layout.center.x} y={layout.center.y + 4} textAnchor="middle">
        The cluster is starting…
      </text>
    </svg>
  );
}
