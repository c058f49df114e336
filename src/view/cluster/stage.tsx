import "./stage.css";
import { type ReactElement, Suspense, useLayoutEffect, useMemo, useRef } from "react";
import type { ServerId } from "../../base/units.ts";
import { selectionText } from "../../store/session/selection.ts";
import { clock, lab, useLab } from "../../store/use-lab.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import { lazyPart } from "../kit/lazy.tsx";
import { useLater } from "../kit/use-later.ts";
import { useSize } from "../kit/use-size.ts";
import { ClientMark } from "./client.tsx";
import { GroupSwitch } from "./groups.tsx";
import { ServerLabel } from "./label.tsx";
import { layoutStage, type StageLayout } from "./layout.ts";
import { Legend } from "./legend.tsx";
import { cutNames, Links, usePairs } from "./links.tsx";
import { MessageLayer } from "./message-layer.tsx";
import { useScene } from "./scene.ts";
import { Hatches, ServerMark } from "./server.tsx";
import { useAreas } from "./use-areas.ts";
import { useApart, useCrowd } from "./use-crowd.ts";
import { useLanding } from "./use-landing.ts";
import { useLasso } from "./use-lasso.ts";
import { loadMenu, usePicking } from "./use-picking.ts";
import { useRoving } from "./use-roving.ts";
import { useStill } from "./use-still.ts";
import type { Area } from "./wall.ts";

const serversExpected = 5;
const StageMenu = lazyPart("menu", async () => (await loadMenu()).StageMenu);

// Nothing is asked for once a run goes on: what it may need is fetched when the first frame stands.
const loadSigns = () => import("./faults/stage-signs.tsx");
const loadLines = () => import("./faults/stage-lines.tsx");
const loadLosses = () => import("./losses.tsx");

/** The cluster: servers, messages under way, cuts, the client. Fills its parent. */
export function Stage(): ReactElement {
  const box = useRef<HTMLElement>(null);
  const { width, height } = useSize(box);
  const frame = useLab((state) => state.frame);
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

interface ClusterProps {
  readonly frame: Frame;
  readonly layout: StageLayout;
}

function Cluster({ frame, layout }: ClusterProps): ReactElement {
  const playing = useLab((state) => state.playing);
  const selected = useLab((state) => selectionText(state.selection));
  const broken = useLab((state) => (state.info?.bugs.length ?? 0) > 0);
  const still = useStill();
  const picture = useRef<SVGSVGElement>(null);
  const scene = useScene(clock, playing, still);
  const apart = useAreas(layout, frame);
  const { areas } = apart;
  const pairs = usePairs(layout, frame.cuts, apart);
  const requests = useMemo(
    () => frame.requests.filter(({ group }) => group === frame.group),
    [frame.requests, frame.group],
  );
  const landing = useLanding(frame, playing);
  const StageSigns = useLater("signs of faults", loadSigns)?.StageSigns;
  const StageLines = useLater("lines of faults", loadLines)?.StageLines;
  const Losses = useLater("picture of losses", loadLosses)?.Losses;
  const lasso = useLasso(layout, cutOff);
  const { Crowd, hit, pointed, drawnAt, onPointerMove } = useCrowd(frame, playing && !still, picture);
  const { menu, menuUsed, closeMenu, focusAfter, handlers } = usePicking(picture, lasso.dragged, drawnAt);
  const { focusable, onKeyDown, onFocus } = useRoving(frame, cutNames(pairs), picture);
  const alone = useApart(frame, pointed, selected, focusable);
  const shown = Crowd === undefined ? frame.messages : frame.messages.filter(({ id }) => alone.includes(id));
  const crowded = frame.messages.length > 40 || layout.narrow;

  // The loop reads the frame's messages through what each mark has registered; it only has to be woken.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new frame or layout is the reason to wake
  useLayoutEffect(() => scene.wake(), [scene, frame, layout]);

  return (
    <>
      {Crowd !== undefined && (
        <Crowd {...{ frame, layout, scene, pairs, crowded, hit }} apart={alone}>
          <Areas areas={areas} />
        </Crowd>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: there is no fieldset in SVG */}
      <svg
        ref={picture}
        className="stage-picture"
        width={layout.width}
        height={layout.height}
        role="group"
        aria-label={`Cluster of ${frame.servers.length} servers${broken ? ", which do not follow Raft" : ""}`}
        data-playing={playing}
        data-crowd={Crowd !== undefined}
        {...lasso.handlers}
        {...handlers}
        onPointerMove={(event) => {
          lasso.handlers.onPointerMove(event);
          onPointerMove(event);
        }}
        onKeyDown={(event) => {
          onKeyDown(event);
          handlers.onKeyDown(event);
        }}
        onFocus={onFocus}
      >
        <defs>
          <Hatches />
        </defs>
        {Crowd === undefined && <Areas areas={areas} />}
        <Links pairs={pairs} selected={selected} focusable={focusable} />
        <MessageLayer
          group={frame.group}
          messages={shown}
          onCanvas={Crowd !== undefined}
          landing={landing}
          layout={layout}
          scene={scene}
          still={still}
          crowded={crowded}
          selected={selected}
          focusable={focusable}
        />
        {/* Over the messages: with many of them under way names and logs are still read. */}
        {frame.servers.map((server) => (
          <ServerLabel key={server.id} server={server} place={layout.servers[server.id - 1]!} detail={layout.detail} />
        ))}
        {Losses !== undefined && <Losses frame={frame} layout={layout} crowded={crowded} />}
        <ClientMark layout={layout} requests={requests} loadPerSecond={frame.loadPerSecond} />
        {frame.servers.map((server) => (
          <ServerMark
            key={server.id}
            server={server}
            group={frame.group}
            x={layout.servers[server.id - 1]!.x}
            y={layout.servers[server.id - 1]!.y}
            sizes={layout}
            scene={scene}
            still={still}
            selected={selected === `S${server.id}`}
            tabbable={focusable === `S${server.id}`}
            violated={frame.violation?.server === server.id}
            broken={broken}
            caught={lasso.caught.includes(server.id)}
          />
        ))}
        {StageSigns !== undefined && frame.faults.length > 0 && <StageSigns faults={frame.faults} layout={layout} />}
        <path ref={lasso.pathRef} className="stage-lasso" />
      </svg>
      <Legend beside={layout.legendBeside} narrow={layout.narrow} />
      {frame.groupCount > 1 && <GroupSwitch count={frame.groupCount} shown={frame.group} narrow={layout.narrow} />}
      {StageLines !== undefined && frame.faults.length > 0 && (
        <StageLines faults={frame.faults} servers={frame.servers.length} place={layout.hint} narrow={layout.narrow} />
      )}
      {selected === "" && frame.faults.length === 0 && frame.groups.length === 1 && (
        <Hint layout={layout} hidden={layout.narrow && requests.length > 0} />
      )}
      <Suspense>{menuUsed && <StageMenu menu={menu} onClose={closeMenu} focusAfter={focusAfter} />}</Suspense>
    </>
  );

  function cutOff(inside: readonly ServerId[]): void {
    const rest = frame.servers.map((server) => server.id).filter((id) => !inside.includes(id));
    lab.act({ do: "partition", groups: [inside, rest] });
  }
}

function Areas({ areas }: { readonly areas: readonly Area[] }): ReactElement {
  return (
    <>
      {areas.map((area) => (
        <path key={area.servers.join()} className="stage-area" d={area.path} data-open={area.open} />
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
              {flapping ? "flapping" : "cut, both ways"}
            </text>
          ),
      )}
    </>
  );
}

function Hint({ layout, hidden }: { readonly layout: StageLayout; readonly hidden: boolean }): ReactElement | null {
  if (hidden || layout.servers.length < 2) return null;
  const { x, y, width, height } = layout.hint;
  return (
    <p className="stage-hint" data-narrow={layout.narrow} style={{ left: x, top: y, width, height }}>
      Draw a loop around servers to cut them off
    </p>
  );
}
