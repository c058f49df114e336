import type { ReactElement, ReactNode } from "react";
import type { Frame } from "../../worker/protocol/frame.ts";
import { ClientMark } from "./client.tsx";
import { ServerLabel } from "./label.tsx";
import { layoutStage, type StageUse } from "./layout.ts";
import { Links, usePairs } from "./links.tsx";
import type { StageLayout } from "./places.ts";
import type { Scene } from "./scene.ts";
import { Hatches, ServerMark } from "./server.tsx";
import { timersTold } from "./timers.ts";

interface Props {
  readonly frame: Frame;
  /** Of the stage for which it is laid out, in pixels; it is scaled to any other. */
  readonly width: number;
  readonly height: number;
  /** As for the stage. */
  readonly use: StageUse;
}
const nothingMoves: Scene = { add: () => () => {}, wake: () => {} };

/**
 * The stage as it stands in the page before any script has run: made of the same marks, when the page is built. Nothing
 * is under way in it, nothing moves and nothing takes a click; the stage itself takes its place.
 */
export function FirstPicture({ frame, width, height, use }: Props): ReactElement {
  return (
    <Picture frame={frame} layout={layoutStage(frame.servers.length, width, height, 1, use)} scene={nothingMoves} />
  );
}

interface PictureProps {
  readonly frame: Frame;
  readonly layout: StageLayout;
  readonly scene: Scene;
  /** See the label. */
  readonly asked?: boolean | undefined;
  /** What lies over the servers. */
  readonly children?: ReactNode;
}

/** The cluster, its links and its client. */
export function Picture({ frame, layout, scene, asked, children }: PictureProps): ReactElement {
  const { width, height } = layout;
  const timers = timersTold(frame, false);
  const pairs = usePairs(layout, frame.cuts, frame);
  return (
    <svg className="stage-picture" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <defs>
        <Hatches />
      </defs>
      <Links pairs={pairs} selected="" focusable="" />
      {frame.servers.map((server) => (
        <ServerLabel
          key={server.id}
          server={server}
          place={layout.servers[server.id - 1]!}
          detail={layout.detail}
          scale={layout.scale}
          left={timers.get(server.id)?.left}
          first={timers.get(server.id)?.first}
          asked={asked}
        />
      ))}
      {layout.chips === null && (
        <ClientMark layout={layout} requests={frame.requests} loadPerSecond={frame.loadPerSecond} />
      )}
      {frame.servers.map((server) => (
        <ServerMark
          key={server.id}
          server={server}
          group={frame.group}
          x={layout.servers[server.id - 1]!.x}
          y={layout.servers[server.id - 1]!.y}
          sizes={layout}
          longest={frame.longestTimeout}
          scene={scene}
          still
          painted={false}
          selected={false}
          tabbable={false}
          violated={false}
          broken={false}
          caught={false}
        />
      ))}
      {children}
    </svg>
  );
}
