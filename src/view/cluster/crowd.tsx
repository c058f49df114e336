import {
  type ReactElement,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type Colours, type Look, type Sprite, type Update, wallNow } from "../../paint/picture.ts";
import type { LabState } from "../../store/lab.ts";
import { litNow, onLit } from "../../store/lit.ts";
import { shownTheme, usePage } from "../../store/page.ts";
import { goesOnFor } from "../../store/speed.ts";
import { clock, labState, onLab } from "../../store/use-lab.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { MessageView } from "../../worker/protocol/message.ts";
import { useMedia } from "../kit/use-media.ts";
import { Face, keyOn, pillOn, reachOn, shownOn } from "./face.tsx";
import { createFlightOf, type Flight, flightNumbersOf, flightsOf, hitIn, laneKey } from "./flights.ts";
import { writtenBoxes } from "./label-words.ts";
import { LinkLines, type Pair } from "./links.tsx";
import { ElsewhereFace } from "./message.tsx";
import { type LaneOf, useLanes } from "./message-layer.tsx";
import type { StageLayout } from "./places.ts";
import { ringsOf } from "./rings.ts";
import { type Room, spriteOf } from "./sprites.ts";
import { tellPainter, usePainter } from "./use-painter.ts";
import { useStill } from "./use-still.ts";
import "./crowd.css";

/** The message that is drawn at a point of the stage, if one is; its id. */
export type Hit = (x: number, y: number) => string | null;

interface Props {
  readonly frame: Frame;
  readonly layout: StageLayout;
  readonly pairs: readonly Pair[];
  /** They are drawn small: many are under way, or there is little room. */
  readonly crowded: boolean;
  /** Messages that stand on the stage as elements of their own: they have the pointer, the keyboard, or are selected. */
  readonly apart: readonly string[];
  /** It is to be seen. It is painted all the same, so that the picture is there when it is wanted. */
  readonly shown: boolean;
  /** A first picture is there, or no more will come. */
  readonly onPainted: (painted: boolean) => void;
  /** What lies under everything. */
  readonly children: ReactNode;
  readonly hit: RefObject<Hit>;
}

/** What the painter has been told for one look of the stage. */
interface Told {
  readonly look: Look;
  readonly crowded: boolean;
  readonly layout: StageLayout;
  /** Numbers of the sprites that it has. */
  readonly sprites: Map<string, number>;
  readonly lanes: Set<number>;
}

/**
 * What moves while a run plays: messages on their lanes, and timers around servers, on one canvas between the links and
 * the servers. The page says what there is, once per change of the run; a thread of its own paints it. The sprites are
 * taken from the same marks that stand there as elements while time stands.
 */
export function Crowd(props: Props): ReactElement {
  const { frame, layout, pairs, crowded, apart, shown, onPainted, children, hit } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const moulds = useRef<SVGGElement>(null);
  const lanes = useLanes(layout);
  const told = useTold(layout, crowded);
  const { messages, group } = frame;
  const unknown = useMemo(() => unknownOf(messages, group, told), [messages, group, told]);
  usePainter(canvas, onPainted);

  useLayoutEffect(() => tellPainter({ look: told.look }), [told]);
  useLayoutEffect(() => {
    const sprites = spritesOf(moulds.current?.children ?? [], unknown, told);
    if (sprites.length > 0) tellPainter({ sprites });
    const teller = createTeller(told, layout, lanes, apart);
    teller.tell();
    hit.current = teller.hit;
    const leave = [onLab(teller.tell), onLit(() => teller.again())];
    return () => {
      for (const each of leave) each();
    };
  }, [unknown, told, layout, lanes, apart, hit]);

  return (
    <>
      <svg
        className="crowd-ground"
        width={layout.width}
        height={layout.height}
        data-shown={shown}
        aria-hidden="true"
        focusable="false"
      >
        {children}
        <LinkLines pairs={pairs} />
        <g ref={moulds} className="crowd-moulds">
          {[...unknown].map(([key, message]) => (
            <g key={key} data-key={key}>
              {message.group === group ? (
                <Face message={message} layout={layout} crowded={crowded} />
              ) : (
                <g transform={`scale(${layout.scale})`}>
                  <ElsewhereFace message={message} />
                </g>
              )}
            </g>
          ))}
        </g>
      </svg>
      <canvas
        ref={canvas}
        className="crowd-canvas"
        data-shown={shown}
        style={{ width: layout.width, height: layout.height }}
      />
    </>
  );
}

/** Sprites have the colours of the theme and the pixels of the screen: with others they are made anew. */
function useTold(layout: StageLayout, crowded: boolean): Told {
  usePage((state) => state.theme);
  useMedia("(prefers-color-scheme: dark)");
  const theme = shownTheme();
  const ratio = window.devicePixelRatio;
  const still = useStill();
  const fonts = useFonts();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is in the colours, the fonts in the sprites
  return useMemo(
    () => ({
      look: { width: layout.width, height: layout.height, ratio, still, colours: coloursNow() },
      crowded,
      layout,
      sprites: new Map(),
      lanes: new Set(),
    }),
    [theme, fonts, layout, ratio, still, crowded],
  );
}

/** Counts how often fonts have come: letters on sprites stay as they were drawn. */
function useFonts(): number {
  const [loads, setLoads] = useState(0);
  useEffect(() => {
    const count = (): void => setLoads((before) => before + 1);
    document.fonts.addEventListener("loadingdone", count);
    return () => document.fonts.removeEventListener("loadingdone", count);
  }, []);
  return loads;
}

function coloursNow(): Colours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  return { paper: of("--paper"), ink: of("--ink"), muted: of("--muted"), line: of("--line-strong") };
}

/** Around the middle of a message, in pixels: a finger needs more, as on the elements. */
const reachNow = (): number => (matchMedia("(pointer: coarse)").matches ? 23 : 18);

type Unknown = ReadonlyMap<string, MessageView>;
const none: Unknown = new Map();

/** One message for each look that the painter has no sprite of. */
function unknownOf(all: Frame["messages"], group: Frame["group"], { sprites, layout }: Told): Unknown {
  const messages = shownOn(layout, all, group);
  if (messages.every((message) => sprites.has(keyOn(layout, message, group)))) return none;
  const named = messages.map((message) => [keyOn(layout, message, group), message] as const);
  return new Map(named.filter(([key]) => !sprites.has(key)));
}

/** New sprites, from the moulds that stand in the page. */
function spritesOf(moulds: Iterable<Element>, unknown: Unknown, { sprites, crowded, layout, look }: Told): Sprite[] {
  return [...moulds].flatMap((mould) => {
    const name = mould.getAttribute("data-key") ?? "";
    const message = unknown.get(name);
    if (message === undefined || sprites.has(name)) return [];
    const key = sprites.size;
    sprites.set(name, key);
    return [{ key, ...spriteOf(mould as SVGElement, roomOf(message, crowded, layout), look.ratio) }];
  });
}

/**
 * Tells the painter what there is as soon as a frame of the run comes, past React, which draws the marks around it less
 * often. `hit` finds what is painted now.
 */
function createTeller(told: Told, layout: StageLayout, lanes: LaneOf, apart: readonly string[]) {
  let flights: readonly Flight[] = [];
  let last: Pick<LabState, "frame" | "playing" | "speed"> | null = null;

  const createFlights = (group: Frame["group"]) =>
    createFlightOf(lanes, {
      pill: (message) => pillOn({ message, layout, crowded: told.crowded }),
      key: (message) => keyOn(layout, message, group),
    });
  let groupNow = 0;
  let flightOf = createFlights(groupNow);

  function pictureOf({ messages, group, servers, longestTimeout }: Frame): Pick<Update, "lanes" | "picture"> {
    if (group !== groupNow) flightOf = createFlights(group);
    groupNow = group;
    flights = flightsOf(shownOn(layout, messages, group), group, flightOf, apart);
    const fresh = flights.filter(({ message }) => !told.lanes.has(laneKey(message)));
    for (const { message } of fresh) told.lanes.add(laneKey(message));
    const ways = fresh.map(({ message, lane: { from, control, to } }) => ({
      key: laneKey(message),
      curve: { from, control, to },
    }));
    const lit = litNow();
    const numbers = flightNumbersOf(
      flights,
      (key) => told.sprites.get(key) ?? -1,
      (message) => lit !== null && !lit.message(message),
    );
    const rings = ringsOf(servers, layout, longestTimeout);
    return { lanes: ways, picture: { flights: numbers, rings, written: writtenBoxes(servers, layout) } };
  }

  return {
    tell(): void {
      const { frame, playing, speed } = labState();
      if (frame === null || (frame === last?.frame && playing === last.playing && speed === last.speed)) return;
      const before = last?.frame;
      const isOld =
        frame.messages === before?.messages && frame.servers === before.servers && frame.group === before.group;
      last = { frame, playing, speed };
      const at = clock();
      const limit = frame.nextAt ?? at;
      const time = { at, wall: wallNow(), speed: playing ? speed : 0, limit, beyond: goesOnFor(speed) };
      tellPainter(isOld ? { time } : { ...pictureOf(frame), time });
    },
    /** All of it, though the run has not changed. */
    again(): void {
      last = null;
      this.tell();
    },
    hit: (x: number, y: number): string | null => hitIn(flights, clock(), { x, y }, reachNow()),
  };
}

const roomOf = (message: MessageView, crowded: boolean, layout: StageLayout): Room => ({
  aside: reachOn({ message, layout, crowded }) + 4 * layout.scale,
  above: 18 * layout.scale,
  below: (message.kind === "InstallSnapshot" ? 34 : 18) * layout.scale,
});
