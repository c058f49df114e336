import { group } from "d3";
import { type ReactElement, useMemo } from "react";
import type { GroupId } from "../../base/units.ts";
import { waitingPlaces } from "../../paint/motion.ts";
import { useLit } from "../../store/lit.ts";
import type { MessageView } from "../../worker/protocol/message.ts";
import { pillOn, reachOn } from "./face.tsx";
import { flownPart, type Lane, laneOf } from "./lanes.ts";
import { ElsewhereMark, MessageMark } from "./message.tsx";
import type { StageLayout } from "./places.ts";
import type { Scene } from "./scene.ts";

interface Props {
  /** The group that is shown: messages of others are only hinted at. */
  readonly group: GroupId;
  readonly messages: readonly MessageView[];
  /** Messages that have just arrived unseen. */
  readonly landing: readonly MessageView[];
  readonly layout: StageLayout;
  readonly scene: Scene;
  readonly still: boolean;
  readonly crowded: boolean;
  readonly selected: string;
  readonly focusable: string;
  /** The lanes and the other messages are drawn elsewhere: these are the few that stand apart. */
  readonly onCanvas: boolean;
}

/** All messages under way, and the lanes on which they are. */
export function MessageLayer({ group: shown, messages: all, landing, layout, ...rest }: Props): ReactElement {
  const lanes = useLanes(layout);
  const lit = useLit();
  const messages = useMemo(() => snapshotsLast(all.filter((m) => m.group === shown)), [all, shown]);
  const others = useMemo(() => all.filter((m) => m.group !== shown), [all, shown]);
  const waiting = useMemo(
    () => waitingAt(messages, lanes, rest.crowded, layout),
    [messages, lanes, rest.crowded, layout],
  );
  const arriving = landing.filter((m) => m.group === shown && !messages.some((other) => other.id === m.id));
  const wayOf = (message: MessageView) => {
    const lane = lanes(message);
    return { lane, part: flownPart(lane, pillOn({ message, layout, crowded: rest.crowded })) };
  };
  const mark = (message: MessageView, landed: boolean) => (
    <MessageMark
      key={message.id}
      message={message}
      {...wayOf(message)}
      layout={layout}
      waitAt={landed ? 1 : (waiting.get(message.id) ?? null)}
      scene={rest.scene}
      still={rest.still}
      crowded={rest.crowded}
      selected={rest.selected === message.id}
      tabbable={rest.focusable === message.id}
      faded={lit !== null && !lit.message(message)}
      landing={landed}
    />
  );
  return (
    <>
      {!rest.onCanvas && <Lanes messages={messages} lanes={lanes} />}
      <g>
        {others.map((message) => (
          <ElsewhereMark
            key={message.id}
            message={message}
            {...wayOf(message)}
            layout={layout}
            scene={rest.scene}
            still={rest.still}
          />
        ))}
      </g>
      <g>{[...messages.map((m) => mark(m, false)), ...arriving.map((m) => mark(m, true))]}</g>
    </>
  );
}

/** The lanes on which messages are. */
function Lanes({ messages, lanes }: { readonly messages: readonly MessageView[]; readonly lanes: LaneOf }) {
  const used = [...new Map(messages.map((m) => [`${m.from}>${m.to}`, lanes(m)]))];
  return (
    <g className="stage-lanes">
      {used.map(([name, lane]) => (
        <path key={name} d={lane.path} />
      ))}
    </g>
  );
}

/** A snapshot is long under way: what overtakes it, or queues behind it, does not hide it. */
const snapshotsLast = (messages: readonly MessageView[]): readonly MessageView[] => [
  ...messages.filter(({ kind }) => kind !== "InstallSnapshot"),
  ...messages.filter(({ kind }) => kind === "InstallSnapshot"),
];

export type LaneOf = (message: Pick<MessageView, "from" | "to">) => Lane;

/** Each lane is computed once per layout, so that it keeps its identity from frame to frame. */
export function useLanes(layout: StageLayout): LaneOf {
  return useMemo(() => {
    const known = new Map<string, Lane>();
    return ({ from, to }) => {
      const name = `${from}>${to}`;
      const lane = known.get(name) ?? laneOf(layout, from, to);
      known.set(name, lane);
      return lane;
    };
  }, [layout]);
}

/** Places on their lanes of the messages that wait until somebody decides. */
function waitingAt(
  messages: readonly MessageView[],
  lanes: LaneOf,
  crowded: boolean,
  layout: StageLayout,
): ReadonlyMap<string, number> {
  const byLane = group(
    messages.filter((m) => m.dueAt === null),
    (m) => `${m.from}>${m.to}`,
  );
  const places = new Map<string, number>();
  for (const queue of byLane.values()) {
    const widest = Math.max(...queue.map((message) => 2 * reachOn({ message, layout, crowded }) + 4 * layout.scale));
    const lane = lanes(queue[0]!);
    const [start, end] = flownPart(lane, pillOn({ message: queue[0]!, layout, crowded }));
    const at = waitingPlaces(queue.length, widest / Math.max(60, lane.length * (end - start)));
    queue.forEach((message, i) => {
      places.set(message.id, at[i]!);
    });
  }
  return places;
}
