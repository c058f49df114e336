import {
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
  useLayoutEffect,
  useMemo,
  useRef,
} from "react";
import type { ServerId } from "../../base/units.ts";
import { useLit } from "../../store/lit.ts";
import { selectionText } from "../../store/session/selection.ts";
import { clock, lab, useLab } from "../../store/use-lab.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import { Late, lazyPart } from "../kit/lazy.tsx";
import { ClientMark } from "./client.tsx";
import { shownOn } from "./face.tsx";
import { GroupSwitch } from "./groups.tsx";
import { ServerLabel } from "./label.tsx";
import { writtenBoxes } from "./label-words.ts";
import { Legend } from "./legend.tsx";
import { cutNames, Links, type Pair, usePairs } from "./links.tsx";
import { MessageLayer } from "./message-layer.tsx";
import type { StageLayout } from "./places.ts";
import { type Scene, useScene } from "./scene.ts";
import { Hatches, ServerMark } from "./server.tsx";
import { timersTold } from "./timers.ts";
import { useAfter } from "./use-after.ts";
import { useAreas } from "./use-areas.ts";
import { useApart, useCrowd } from "./use-crowd.ts";
import { useLanding } from "./use-landing.ts";
import { useLasso } from "./use-lasso.ts";
import { loadMenu, usePicking } from "./use-picking.ts";
import { useRoving } from "./use-roving.ts";
import { useStill } from "./use-still.ts";
import { useTip } from "./use-tip.ts";
import type { Area } from "./wall.ts";

const StageMenu = lazyPart("menu", async () => (await loadMenu()).StageMenu);

interface ClusterProps {
  readonly frame: Frame;
  readonly layout: StageLayout;
}

/** The stage with a run on it. */
export function Cluster({ frame, layout }: ClusterProps): ReactElement {
  const playing = useLab((state) => state.playing);
  const selected = useLab((state) => selectionText(state.selection));
  const still = useStill();
  const picture = useRef<SVGSVGElement>(null);
  const scene = useScene(clock, playing, still);
  const walls = useAreas(layout, frame);
  const pairs = usePairs(layout, frame.cuts, walls);
  const lasso = useLasso(layout, (inside) => cutOff(frame, inside));
  const crowd = useCrowd(playing, picture);
  const picking = usePicking(picture, lasso.dragged, crowd.drawnAt);
  const tip = useTip(picture, crowd.drawnAt);
  const roving = useRoving(frame, cutNames(pairs), picture);
  const { focusable } = roving;
  const apart = useApart(frame, crowd.pointed, selected, focusable);
  const crowded = frame.messages.length > 40 || layout.tight;
  const painted = crowd.shown;
  const StageTip = useAfter()?.StageTip;

  // The loop reads the frame's messages through what each mark has registered; it only has to be woken.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new frame or layout is the reason to wake
  useLayoutEffect(() => scene.wake(), [scene, frame, layout]);

  const marks = { frame, layout, scene, still, crowded, painted, playing, pairs, selected, focusable, apart };
  return (
    <>
      {crowd.Crowd !== undefined && (
        <crowd.Crowd
          {...{ frame, layout, pairs, crowded, apart }}
          shown={painted}
          onPainted={crowd.onPainted}
          hit={crowd.hit}
        >
          <Areas areas={walls.areas} />
        </crowd.Crowd>
      )}
      <Picture
        picture={picture}
        frame={frame}
        layout={layout}
        painted={painted}
        playing={playing}
        {...{ lasso, picking, roving, crowd, tip }}
      >
        {!painted && <Areas areas={walls.areas} />}
        <Marks {...marks} caught={lasso.caught} />
        <path ref={lasso.pathRef} className="stage-lasso" />
      </Picture>
      <Around {...{ frame, layout, selected, playing }} />
      {StageTip !== undefined && tip.tip !== null && picking.menu === null && (
        <StageTip tip={tip.tip} width={layout.width} height={layout.height} />
      )}
      <Late>
        {picking.menuUsed && (
          <StageMenu menu={picking.menu} onClose={picking.closeMenu} focusAfter={picking.focusAfter} />
        )}
      </Late>
    </>
  );
}

function cutOff(frame: Frame, inside: readonly ServerId[]): void {
  const rest = frame.servers.map((server) => server.id).filter((id) => !inside.includes(id));
  lab.act({ do: "partition", groups: [inside, rest] });
}

interface PictureProps extends ClusterProps {
  readonly picture: RefObject<SVGSVGElement | null>;
  readonly playing: boolean;
  /** What moves is painted elsewhere. */
  readonly painted: boolean;
  readonly lasso: ReturnType<typeof useLasso>;
  readonly picking: ReturnType<typeof usePicking>;
  readonly roving: ReturnType<typeof useRoving>;
  readonly tip: ReturnType<typeof useTip>;
  readonly crowd: Pick<ReturnType<typeof useCrowd>, "onPointerMove">;
  readonly children: ReactNode;
}

/** The frame of all marks: it takes pointer and keys. */
function Picture(props: PictureProps): ReactElement {
  const { picture, frame, layout, playing, painted, lasso, picking, roving, crowd, tip, children } = props;
  const broken = useLab((state) => (state.info?.bugs.length ?? 0) > 0);
  const onPointerMove = (event: PointerEvent<SVGSVGElement>): void => {
    lasso.handlers.onPointerMove(event);
    crowd.onPointerMove(event);
    tip.handlers.onPointerMove(event);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no fieldset in SVG
    <svg
      ref={picture}
      className="stage-picture"
      width={layout.width}
      height={layout.height}
      role="group"
      aria-label={`Cluster of ${frame.servers.length} servers${broken ? ", which do not follow Raft" : ""}`}
      data-playing={playing}
      data-crowd={painted}
      {...lasso.handlers}
      {...picking.handlers}
      onPointerMove={onPointerMove}
      onKeyDown={(event) => {
        roving.onKeyDown(event);
        picking.handlers.onKeyDown(event);
      }}
      onFocus={(event) => {
        roving.onFocus(event);
        tip.handlers.onFocus(event);
      }}
      onBlur={tip.handlers.onBlur}
      onPointerLeave={tip.handlers.onPointerLeave}
      onPointerDown={(event) => {
        tip.end();
        lasso.handlers.onPointerDown(event);
      }}
    >
      <defs>
        <Hatches />
      </defs>
      {children}
    </svg>
  );
}

interface MarksProps extends ClusterProps {
  readonly scene: Scene;
  readonly still: boolean;
  readonly crowded: boolean;
  readonly painted: boolean;
  readonly playing: boolean;
  readonly pairs: readonly Pair[];
  readonly selected: string;
  readonly focusable: string;
  /** The messages that are elements while the others are painted. */
  readonly apart: readonly string[];
  /** Inside the loop that the user is drawing. */
  readonly caught: readonly ServerId[];
}

/** Everything that can be pointed at, in the order in which it lies one over the other. */
function Marks(props: MarksProps): ReactElement {
  const { frame, layout, scene, still, crowded, painted, playing, pairs, selected, focusable, apart } = props;
  const requests = useMemo(
    () => frame.requests.filter(({ group }) => group === frame.group),
    [frame.requests, frame.group],
  );
  const landing = useLanding(frame, playing);
  const lit = useLit();
  const { Losses, StageSigns } = useAfter() ?? {};
  const timers = useMemo(() => timersTold(frame, playing), [frame, playing]);
  const inChips = layout.chips !== null;
  const all = useMemo(() => shownOn(layout, frame.messages, frame.group), [layout, frame.messages, frame.group]);
  const messages = painted ? all.filter(({ id }) => apart.includes(id)) : all;
  return (
    <>
      {!inChips && <Links pairs={pairs} selected={selected} focusable={focusable} />}
      <Unwritten servers={frame.servers} layout={layout} timers={timers} />
      <g clipPath="url(#stage-unwritten)">
        <MessageLayer
          group={frame.group}
          onCanvas={painted}
          landing={shownOn(layout, landing, frame.group)}
          {...{ messages, layout, scene, still, crowded, selected, focusable }}
        />
      </g>
      {!inChips && Losses !== undefined && <Losses frame={frame} layout={layout} crowded={crowded} playing={playing} />}
      {frame.servers.map((server) => (
        <ServerLabel
          key={server.id}
          server={server}
          place={layout.servers[server.id - 1]!}
          detail={layout.detail}
          scale={layout.scale}
          left={timers.get(server.id)?.left}
          first={timers.get(server.id)?.first}
          faded={lit !== null && !lit.server(server.id)}
        />
      ))}
      {!inChips && frame.told === undefined && (
        <ClientMark layout={layout} requests={requests} loadPerSecond={frame.loadPerSecond} />
      )}
      <Servers {...props} />
      {StageSigns !== undefined && frame.faults.length > 0 && <StageSigns faults={frame.faults} layout={layout} />}
    </>
  );
}

interface UnwrittenProps extends Pick<ClusterProps, "layout"> {
  readonly servers: Frame["servers"];
  readonly timers: ReturnType<typeof timersTold>;
}

/** All of the stage but what labels say: messages pass behind them, so that names and logs are read however many are under way. */
function Unwritten({ servers, layout, timers }: UnwrittenProps): ReactElement {
  const boxes = useMemo(
    () => writtenBoxes(servers, layout, ({ id }) => timers.get(id)?.left),
    [servers, layout, timers],
  );
  const holes = boxes.map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`).join("");
  return (
    <clipPath id="stage-unwritten">
      <path clipRule="evenodd" d={`M0 0H${layout.width}V${layout.height}H0z${holes}`} />
    </clipPath>
  );
}

function Servers(props: MarksProps): ReactElement {
  const { frame, layout, scene, still, painted, selected, focusable, caught } = props;
  const lit = useLit();
  const broken = useLab((state) => (state.info?.bugs.length ?? 0) > 0);
  return (
    <>
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
          still={still}
          painted={painted}
          selected={selected === `S${server.id}`}
          tabbable={focusable === `S${server.id}`}
          violated={frame.violation?.server === server.id}
          broken={broken}
          caught={caught.includes(server.id)}
          faded={lit !== null && !lit.server(server.id)}
        />
      ))}
    </>
  );
}

interface AroundProps extends ClusterProps {
  readonly selected: string;
  readonly playing: boolean;
}

/** What stands beside the picture. */
function Around({ frame, layout, selected, playing }: AroundProps): ReactElement {
  const StageLines = useAfter()?.StageLines;
  const { faults, servers, groups, groupCount, group } = frame;
  const inChips = layout.chips !== null;
  const asking = layout.narrow && frame.requests.some((request) => request.group === group);
  return (
    <>
      {!inChips && <Legend beside={layout.legendBeside} narrow={layout.narrow} frame={frame} playing={playing} />}
      {groupCount > 1 && <GroupSwitch count={groupCount} shown={group} narrow={layout.narrow} />}
      {!inChips && StageLines !== undefined && faults.length > 0 && (
        <StageLines faults={faults} servers={servers.length} place={layout.hint} narrow={layout.narrow} />
      )}
      {!inChips && frame.told === undefined && selected === "" && faults.length === 0 && groups.length === 1 && (
        <Hint layout={layout} hidden={asking} />
      )}
    </>
  );
}

function Areas({ areas }: { readonly areas: readonly Area[] }): ReactElement {
  return (
    <>
      {areas.map((area) => (
        <path key={area.servers.join()} className="stage-area" d={area.path} data-open={area.open || area.oneWay} />
      ))}
      {areas.map(
        ({ note, servers, flapping }) =>
          note !== null && (
            <text
              key={servers.join()}
              className="stage-note"
              x={note.x + note.width / 2}
              y={note.y + 13}
              textAnchor="middle"
            >
              {flapping ? "flapping" : note.words}
            </text>
          ),
      )}
    </>
  );
}

/** Its words need so much. */
const hintWidth = 250;

function Hint({ layout, hidden }: { readonly layout: StageLayout; readonly hidden: boolean }): ReactElement | null {
  const { x, y, width, height } = layout.hint;
  if (hidden || layout.servers.length < 2 || width < hintWidth) return null;
  return (
    <p className="stage-hint" data-narrow={layout.narrow} style={{ left: x, top: y, width, height }}>
      Draw a loop around servers to cut them off
    </p>
  );
}
