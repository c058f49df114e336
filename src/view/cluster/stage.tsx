import "./stage.css";
import { type ReactElement, useMemo, useRef } from "react";
import { usePanelLab } from "../../store/use-lab.ts";
import { useSize } from "../kit/use-size.ts";
import { Cluster } from "./cluster.tsx";
import { layoutStage, type StageLayout } from "./layout.ts";

const serversExpected = 5;

/** The cluster: servers, messages under way, cuts, the client. Fills its parent. */
export function Stage(): ReactElement {
  const box = useRef<HTMLElement>(null);
  const { width, height } = useSize(box);
  const frame = usePanelLab("stage", (state) => state.frame);
  const count = frame?.servers.length ?? serversExpected;
  const layout = useMemo(
    () => (width < 80 || height < 80 ? null : layoutStage(count, width, height)),
    [count, width, height],
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
