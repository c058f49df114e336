import { type ReactElement, type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef } from "react";
import { shownTheme, usePage } from "../../store/page.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { MessageView } from "../../worker/protocol/message.ts";
import { useMedia } from "../kit/use-media.ts";
import { Glyph, glyphReach } from "./glyphs.tsx";
import { type Lane, pointOn } from "./lanes.ts";
import type { StageLayout } from "./layout.ts";
import { LinkLines, type Pair } from "./links.tsx";
import { ElsewhereFace } from "./message.tsx";
import { useLanes } from "./message-layer.tsx";
import { placeAt } from "./motion.ts";
import type { Scene } from "./scene.ts";
import { type Room, type Sprite, spriteOf } from "./sprites.ts";
import "./crowd.css";

/** The message that is drawn at a point of the stage, if one is; its id. */
export type Hit = (x: number, y: number) => string | null;

interface Props {
  readonly frame: Frame;
  readonly layout: StageLayout;
  readonly scene: Scene;
  readonly pairs: readonly Pair[];
  /** They are drawn small: many are under way, or there is little room. */
  readonly crowded: boolean;
  /** Messages that stand on the stage as elements of their own: they have the pointer, the keyboard, or are selected. */
  readonly apart: readonly string[];
  /** What lies under everything. */
  readonly children: ReactNode;
  readonly hit: RefObject<Hit>;
}

/** A message on its way, and which sprite it is drawn with. */
interface Flight {
  readonly message: MessageView;
  readonly lane: Lane;
  readonly key: string;
}

interface Sprites {
  /** Pixels of the screen in one of the page. */
  readonly ratio: number;
  readonly crowded: boolean;
  readonly known: Map<string, Sprite>;
}

const reach = 18;

/**
 * Many messages under way while a run plays: they and their lanes are drawn on one canvas between the links and the
 * servers, where each as an element would be laid out and painted by itself in every frame. The sprites are taken from
 * the same marks. For a few it is no gain: a canvas is as large as the stage.
 */
export function Crowd({ frame, layout, scene, pairs, crowded, apart, children, hit }: Props): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const moulds = useRef<SVGGElement>(null);
  const lanes = useLanes(layout);
  const sprites = useSprites(crowded);
  const { ratio } = sprites;
  const { messages, group } = frame;
  const flights = useMemo(() => flightsOf(messages, group, lanes, apart), [messages, group, lanes, apart]);
  const unknown = [
    ...new Map(flights.filter(({ key }) => !sprites.known.has(key)).map((flight) => [flight.key, flight])),
  ];
  const latest = useRef(flights);

  useLayoutEffect(() => {
    latest.current = flights;
    for (const mould of moulds.current?.children ?? []) {
      const { message, key } = flights.find((flight) => flight.key === mould.getAttribute("data-key"))!;
      sprites.known.set(key, spriteOf(mould as SVGElement, roomOf(message, sprites.crowded), sprites.ratio));
    }
  }, [flights, sprites]);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d") ?? null;
    const laneColour = moulds.current === null ? "" : getComputedStyle(moulds.current).stroke;
    let now = 0;
    hit.current = (x, y) => hitIn(latest.current, now, x, y);
    const stop = scene.add((t) => {
      now = t;
      if (context === null) return false;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, context.canvas.width, context.canvas.height);
      drawLanes(context, latest.current, sprites, laneColour);
      drawFlights(context, latest.current, sprites, t);
      return false;
    });
    return () => {
      hit.current = () => null;
      stop();
    };
  }, [scene, sprites, hit]);

  return (
    <>
      <svg className="crowd-ground" width={layout.width} height={layout.height} aria-hidden="true">
        {children}
        <LinkLines pairs={pairs} />
        <g ref={moulds} className="crowd-moulds">
          {unknown.map(([key, { message }]) => (
            <g key={key} data-key={key}>
              {message.group === group ? (
                <Glyph message={message} crowded={crowded} />
              ) : (
                <ElsewhereFace message={message} />
              )}
            </g>
          ))}
        </g>
      </svg>
      <canvas
        ref={canvas}
        className="crowd-canvas"
        width={Math.round(layout.width * ratio)}
        height={Math.round(layout.height * ratio)}
        style={{ width: layout.width, height: layout.height }}
      />
    </>
  );
}

/** Sprites have the colours of the theme and the pixels of the screen: with others they are made anew. */
function useSprites(crowded: boolean): Sprites {
  usePage((state) => state.theme);
  useMedia("(prefers-color-scheme: dark)");
  const theme = shownTheme();
  const ratio = window.devicePixelRatio;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is in their colours
  return useMemo(() => ({ ratio, crowded, known: new Map() }), [theme, ratio, crowded]);
}

/** Those of other groups first, snapshots last: as on the stage. */
function flightsOf(
  messages: Frame["messages"],
  group: Frame["group"],
  lanes: (message: MessageView) => Lane,
  apart: readonly string[],
): readonly Flight[] {
  const level = (message: MessageView): number =>
    message.group !== group ? 0 : message.kind === "InstallSnapshot" ? 2 : 1;
  return messages
    .filter(({ id }) => !apart.includes(id))
    .sort((a, b) => level(a) - level(b))
    .map((message) => ({ message, lane: lanes(message), key: keyOf(message, group) }));
}

const elsewhere = "group ";
const isElsewhere = (key: string): boolean => key.startsWith(elsewhere);

/** Two messages with the same key look the same. */
function keyOf(message: MessageView, group: Frame["group"]): string {
  if (message.group !== group) return `${elsewhere}${message.group}`;
  const { kind, term, yes, entryTerms, heartbeat, round, bytes } = message;
  const size = kind === "InstallSnapshot" ? bytes : 0;
  return [kind, term, yes, heartbeat, round, size, entryTerms.length, ...entryTerms.slice(0, 4)].join(" ");
}

const roomOf = (message: MessageView, crowded: boolean): Room => ({
  aside: glyphReach(message, crowded) + 4,
  above: 18,
  below: message.kind === "InstallSnapshot" ? 34 : 18,
});

const laneWidth = 1.2;
const paths = new WeakMap<Lane, Path2D>();

/** The lanes on which something is, of the group that is shown. */
function drawLanes(
  context: CanvasRenderingContext2D,
  flights: readonly Flight[],
  { ratio }: Sprites,
  colour: string,
): void {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.strokeStyle = colour;
  context.lineWidth = laneWidth;
  for (const lane of new Set(flights.filter(({ key }) => !isElsewhere(key)).map((flight) => flight.lane))) {
    const path = paths.get(lane) ?? new Path2D(lane.path);
    paths.set(lane, path);
    context.stroke(path);
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
}

function drawFlights(
  context: CanvasRenderingContext2D,
  flights: readonly Flight[],
  { ratio, known }: Sprites,
  t: number,
): void {
  for (const { message, lane, key } of flights) {
    const sprite = known.get(key);
    if (sprite === undefined) continue;
    const { x, y } = pointOn(lane, placeAt(message, t));
    context.drawImage(sprite.image, x * ratio - sprite.left, y * ratio - sprite.top);
  }
}

/** The uppermost. Those of other groups are not for picking. */
function hitIn(flights: readonly Flight[], t: number, x: number, y: number): string | null {
  const found = flights.findLast(({ message, lane, key }) => {
    if (isElsewhere(key)) return false;
    const at = pointOn(lane, placeAt(message, t));
    return Math.hypot(at.x - x, at.y - y) < reach;
  });
  return found?.message.id ?? null;
}
