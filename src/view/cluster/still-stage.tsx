import "./stage.css";
import { EqualNot } from "lucide-react";
import { type ReactElement, useMemo, useRef } from "react";
import type { ServerId } from "../../base/units.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import { useSize } from "../kit/use-size.ts";
import { Picture } from "./first-picture.tsx";
import { layoutStage } from "./layout.ts";
import { MessageLayer } from "./message-layer.tsx";
import type { Scene } from "./scene.ts";

interface Props {
  readonly frame: Frame;
  /** These carry a sign. */
  readonly marked: ReadonlySet<ServerId>;
  /** Something is asked about it: how many votes are needed is not told. */
  readonly asked?: boolean;
}

/** A moment of any run as the stage draws it, to be looked at: nothing moves in it and nothing takes a click. */
export function StillStage({ frame, marked, asked }: Props): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(box);
  const { length: count } = frame.servers;
  const layout = useMemo(
    () => (width < 80 || height < 30 ? null : layoutStage(count, width, height, frame.groupCount)),
    [width, height, count, frame.groupCount],
  );
  const { at } = frame.position;
  const scene = useMemo(
    (): Scene => ({
      add: (draw) => {
        draw(at, 0);
        return () => {};
      },
      wake: () => {},
    }),
    [at],
  );
  return (
    <div className="stage still-stage" ref={box} inert>
      {layout !== null && (
        <Picture frame={frame} layout={layout} scene={scene} asked={asked}>
          <MessageLayer
            group={frame.group}
            messages={frame.messages}
            landing={[]}
            layout={layout}
            scene={scene}
            still
            crowded={frame.messages.length > 40}
            selected=""
            focusable=""
            onCanvas={false}
          />
          {frame.servers
            .filter(({ id }) => marked.has(id))
            .map(({ id }) => {
              const { x, y } = layout.servers[id - 1]!;
              const off = 0.78 * layout.radius;
              return (
                <g key={id} className="still-stage-sign" transform={`translate(${x - off} ${y - off})`}>
                  <circle r={10} />
                  <EqualNot x={-7} y={-7} size={14} strokeWidth={2.2} />
                </g>
              );
            })}
        </Picture>
      )}
    </div>
  );
}
