import { choiceText, payloadWords } from "../explain/choices.ts";
import { messageSummary } from "../explain/messages.ts";
import { who } from "../explain/words.ts";
import type { Branch, History } from "../history/history.ts";
import {
  actionIsNext,
  copyMoment,
  executeOne,
  lastCheckpoint,
  type Moment,
  nextAt,
  onlookersFor,
  unobserved,
} from "../history/moment.ts";
import { eventsAPart, type Work } from "../history/work.ts";
import { endName, refName } from "../scenario/names.ts";
import type { Act } from "../world/acts.ts";
import { type Enabled, enabledActs } from "../world/enabled.ts";
import { shapeOf } from "../world/hash.ts";
import { findPacket } from "../world/network.ts";
import type { World } from "../world/types.ts";
import type { ChoiceView, Exploration, StateEdge, StateGraph, StateNode } from "./protocol/exploration.ts";

/** Beyond this the oldest states of the graph are left out. */
const statesMost = 400;
/** Beyond this nobody chooses, and the list takes long. */
const messageChoicesMost = 600;

/** What may happen next, and every state that was visited by hand: all of it read off the history. */
export function* explorationOf(history: History): Work<Exploration> {
  const { world } = history;
  if (world.mode !== "manual") return { choices: [], choicesLeftOut: 0, graph: null };
  const over = world.violation !== null || world.stopped !== null;
  const graph = yield* graphOf(history);
  const tried = new Set(graph.edges.filter(({ from }) => from === graph.present).map(({ text }) => text));
  const acts = over ? [] : enabledActs(world);
  const offered = acts.filter(withoutTooMany());
  const choices = offered.map((each) => choiceView(world, each, tried));
  return { choices, choicesLeftOut: acts.length - offered.length, graph };
}

/** The oldest messages that may be delivered, dropped or copied; everything else. */
function withoutTooMany(): (each: Enabled) => boolean {
  let messages = 0;
  return ({ act }) => !("message" in act) || ++messages <= messageChoicesMost;
}

// ---- choices ----------------------------------------------------------------------------------------------

function choiceView(world: World, { kind, server, act }: Enabled, done: ReadonlySet<string>): ChoiceView {
  const text = choiceText(world, act);
  const common = { kind, server, act, text, tried: done.has(text) };
  const packet = "message" in act ? findPacket(world, act.message) : undefined;
  if (packet === undefined) return { ...common, short: shortText(act), about: text, pick: endName(server) };
  const { payload, ref } = packet;
  const short = `${payloadWords(payload)} from ${who(payload.from)}`;
  return { ...common, short, about: `${act.do}: ${messageSummary(payload)}`, pick: refName(ref) };
}

/** Beside the server's name, which says at whom. */
function shortText(act: Act): string {
  return "group" in act && act.group !== undefined ? `${plainText(act)} (group ${act.group})` : plainText(act);
}

function plainText(act: Act): string {
  switch (act.do) {
    case "timeout":
      return "times out";
    case "heartbeat":
      return "sends heartbeats";
    case "compact":
      return "makes a snapshot";
    case "request":
      return "client writes";
    default:
      return act.do;
  }
}

// ---- the graph --------------------------------------------------------------------------------------------

/** The state in which an act of a branch found the world, or the one at the branch's end. */
interface Visited {
  /** How many of the branch's actions had taken effect. */
  readonly cursor: number;
  readonly event: number;
  readonly shape: string;
  readonly term: number;
  readonly violated: boolean;
  /** What led here from the state before. */
  readonly by: string;
}

/** A branch is walked again only when something was done on it. */
const known = new WeakMap<Branch, { readonly key: string; readonly states: readonly Visited[] }>();

function* statesOf(branch: Branch): Work<readonly Visited[]> {
  const key = `${branch.actions.length} ${branch.reach} ${branch.end.event}`;
  const cached = known.get(branch);
  if (cached?.key === key) return cached.states;
  const states = yield* walk(branch);
  known.set(branch, { key, states });
  return states;
}

/** Runs the branch again from where the network was last taken in hand, and looks at the world before each act. */
function* walk({ actions, checkpoints, reach }: Branch): Work<Visited[]> {
  const taken = actions.findLastIndex(({ act }) => act.do === "network" && act.mode === "manual") + 1;
  const moment = copyMoment(lastCheckpoint(checkpoints, ({ cursor }) => cursor <= taken));
  const onlookers = onlookersFor(moment, unobserved);
  const states: Visited[] = [];
  let by = "";
  const look = (): void => {
    if (moment.world.mode === "manual" && moment.cursor >= taken)
      states.push(visited(moment, states.length === 0 ? "" : by));
  };
  // Where it goes on by itself there is nothing to look at, and perhaps an hour of it.
  const inHand = (): boolean => moment.cursor < taken || moment.world.mode === "manual";
  while (inHand() && nextAt(moment, actions) <= reach) {
    if (actionIsNext(moment, actions)) {
      look();
      by = choiceText(moment.world, actions[moment.cursor]!.act);
    }
    executeOne(moment, actions, onlookers, unobserved);
    if (moment.world.events % eventsAPart === 0) yield { done: moment.world.now, of: reach };
  }
  look();
  return states;
}

function visited({ world, cursor }: Moment, by: string): Visited {
  const term = Math.max(...world.machines.filter(Boolean).map(({ raft }) => raft.term));
  return { cursor, event: world.events, shape: shapeOf(world), term, violated: world.violation !== null, by };
}

/** All branches' states in one graph: equal shapes are one node. */
function* graphOf({ branches, current, cursor }: History): Work<StateGraph> {
  const nodes = new Map<string, Omit<StateNode, "depth">>();
  const edges = new Map<string, StateEdge>();
  let present = -1;
  let undo: number | null = null;
  for (const branch of branches) {
    let before = -1;
    let beforeEvent: number | null = null;
    for (const state of yield* statesOf(branch)) {
      const node = nodes.get(state.shape) ?? newNode(nodes.size, branch, state);
      nodes.set(state.shape, node);
      const way = `${before} ${node.id}`;
      if (before !== node.id && !edges.has(way)) edges.set(way, { from: before, to: node.id, text: state.by });
      if (branch === current && state.cursor <= cursor) {
        present = node.id;
        undo = beforeEvent;
      }
      before = node.id;
      beforeEvent = state.event;
    }
  }
  return cropped([...nodes.values()], [...edges.values()], { present, undo });
}

const newNode = (id: number, branch: Branch, { event, term, violated, by }: Visited): Omit<StateNode, "depth"> => ({
  id,
  branch: branch.id,
  event,
  term,
  violated,
  by,
});

/** Steps from the start (-1 leads to it) to each state by the shortest way, breadth first. */
function depthsOf(edges: readonly StateEdge[]): ReadonlyMap<number, number> {
  const depths = new Map([[-1, -1]]);
  for (const [from, depth] of depths) {
    for (const edge of edges) if (edge.from === from && !depths.has(edge.to)) depths.set(edge.to, depth + 1);
  }
  return depths;
}

function cropped(
  all: readonly Omit<StateNode, "depth">[],
  ways: readonly StateEdge[],
  where: Pick<StateGraph, "present" | "undo">,
): StateGraph {
  const depths = depthsOf(ways);
  const oldest = all.length - statesMost;
  const stays = (id: number): boolean => id >= oldest || id === where.present || depths.get(id) === 0;
  const nodes = all.filter(({ id }) => stays(id)).map((node) => ({ ...node, depth: depths.get(node.id) ?? 0 }));
  const edges = ways.filter(({ from, to }) => from >= 0 && stays(from) && stays(to));
  return { nodes, edges, ...where, leftOut: all.length - nodes.length };
}
