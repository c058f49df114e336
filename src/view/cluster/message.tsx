import { memo, type ReactElement, useLayoutEffect, useRef } from "react";
import { pointOn } from "../../paint/curve.ts";
import { alongPart, type Flown, placeAt, placeInJumps } from "../../paint/motion.ts";
import type { MessageView } from "../../worker/protocol/message.ts";
import { Face, reachOn } from "./face.tsx";
import type { Lane } from "./lanes.ts";
import type { StageLayout } from "./places.ts";
import { approach, type Scene } from "./scene.ts";

interface Props {
  readonly message: MessageView;
  readonly lane: Lane;
  /** The part of it on which it flies. */
  readonly part: Flown;
  readonly layout: StageLayout;
  /** A fixed place on the lane that it glides to, instead of the one that time gives. */
  readonly waitAt: number | null;
  readonly scene: Scene;
  /** No gliding: the reader prefers reduced motion. */
  readonly still: boolean;
  readonly crowded: boolean;
  readonly selected: boolean;
  readonly tabbable: boolean;
  /** It is no part of what is lit. */
  readonly faded: boolean;
  /** It has arrived and is only seen out: not for picking. */
  readonly landing: boolean;
}

const glideMillis = 90;

/** Sets the numbers themselves: as an attribute they would be written out and read again, for every message in every frame. */
function moveTo(node: SVGGElement | null, x: number, y: number): void {
  if (node === null) return;
  const { baseVal } = node.transform;
  const place = baseVal.numberOfItems > 0 ? baseVal.getItem(0) : baseVal.appendItem(newTransform(node));
  place.setTranslate(x, y);
}

const newTransform = (node: SVGGElement): SVGTransform => node.ownerSVGElement!.createSVGTransform();

/** A message on its lane. The animation loop moves it; React draws it once. */
export const MessageMark = memo(function MessageMark(props: Props): ReactElement {
  const { message, lane, part, layout, waitAt, scene, still, crowded, selected, tabbable, faded, landing } = props;
  const node = useRef<SVGGElement>(null);
  const where = useRef<number | null>(null);

  useLayoutEffect(
    () =>
      scene.add((t, passed) => {
        const place = still ? placeInJumps(placeAt(message, t)) : placeAt(message, t);
        const goal = waitAt ?? place;
        where.current =
          waitAt === null || still ? goal : approach(where.current ?? 0, goal, passed / glideMillis, 0.004);
        const { x, y } = pointOn(lane, alongPart(part, where.current));
        moveTo(node.current, x, y);
        return where.current !== goal;
      }, waitAt === null),
    [scene, message, lane, part, waitAt, still],
  );

  const { scale } = layout;
  const reach = reachOn({ message, layout, crowded }) + 5 * scale;
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no button element in SVG
    <g
      ref={node}
      className={landing ? "stage-message stage-landing" : "stage-message"}
      role="button"
      aria-haspopup="menu"
      aria-label={message.summary}
      aria-hidden={landing}
      aria-current={selected}
      tabIndex={tabbable ? 0 : -1}
      data-pick={message.id}
      data-faded={faded || undefined}
    >
      <circle className="stage-hit" r={18} />
      <Face message={message} layout={layout} crowded={crowded} />
      <rect
        className="stage-outline"
        x={-reach}
        y={-16 * scale}
        width={2 * reach}
        height={32 * scale}
        rx={16 * scale}
        data-selected={selected}
      />
    </g>
  );
});

type ElsewhereProps = Pick<Props, "message" | "lane" | "part" | "layout" | "scene" | "still">;

/** A message of another group on the shared link: the group's number, on its way. Nothing can be done to it from here. */
export const ElsewhereMark = memo(function ElsewhereMark({
  message,
  lane,
  part,
  layout,
  scene,
  still,
}: ElsewhereProps): ReactElement {
  const node = useRef<SVGGElement>(null);
  useLayoutEffect(
    () =>
      scene.add((t) => {
        const place = message.dueAt === null ? 0.2 : placeAt(message, t);
        const { x, y } = pointOn(lane, alongPart(part, still ? placeInJumps(place) : place));
        moveTo(node.current, x, y);
        return false;
      }, message.dueAt !== null),
    [scene, message, lane, part, still],
  );
  return (
    <g ref={node}>
      <g transform={`scale(${layout.scale})`}>
        <ElsewhereFace message={message} />
      </g>
    </g>
  );
});

export function ElsewhereFace({ message }: Pick<Props, "message">): ReactElement {
  return (
    <g className="stage-elsewhere">
      <circle r={7.5} />
      <text y={4.2}>{message.group}</text>
    </g>
  );
}
