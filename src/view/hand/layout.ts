import { linkHorizontal, stratify, tree } from "d3";
import type { ServerId } from "../../base/units.ts";
import type { ChoiceView, StateGraph, StateNode } from "../../worker/protocol/exploration.ts";

// ---- choices in rows --------------------------------------------------------------------------------------

/** One message: what can be done to it besides being delivered. */
export interface MessageChoice {
  readonly deliver: ChoiceView;
  readonly others: readonly ChoiceView[];
}
/** A line of buttons: what may happen at one server, or some of the messages that are for it. */
export interface ChoiceRow {
  readonly key: string;
  /** 0 = the client. */
  readonly server: ServerId;
  /** The first of its server's rows names it. */
  readonly first: boolean;
  readonly own: readonly ChoiceView[];
  readonly messages: readonly MessageChoice[];
}

const messagesPerRow = 8;

/** Server by server: its own steps, then the messages for it, in rows that are short enough to be drawn one by one. */
export function choiceRows(choices: readonly ChoiceView[], shows: (choice: ChoiceView) => boolean): ChoiceRow[] {
  const shown = choices.filter(shows);
  const servers = [...new Set(shown.map(({ server }) => server))].sort((a, b) => (a || 99) - (b || 99));
  return servers.flatMap((server) =>
    rowsOf(
      server,
      shown.filter((choice) => choice.server === server),
    ),
  );
}

function rowsOf(server: ServerId, choices: readonly ChoiceView[]): ChoiceRow[] {
  const own = choices.filter(({ kind }) => kind === "timer" || kind === "process" || kind === "client");
  const messages = messagesOf(choices);
  const rows: ChoiceRow[] = own.length === 0 ? [] : [{ key: `${server} own`, server, first: true, own, messages: [] }];
  for (let from = 0; from < messages.length; from += messagesPerRow) {
    const some = messages.slice(from, from + messagesPerRow);
    rows.push({ key: `${server} ${from}`, server, first: rows.length === 0, own: [], messages: some });
  }
  return rows;
}

/** What concerns one message belongs together. Without its delivery, it stands by itself. */
function messagesOf(choices: readonly ChoiceView[]): MessageChoice[] {
  const byMessage = new Map<string, ChoiceView[]>();
  for (const choice of choices) {
    if (!["deliver", "drop", "duplicate"].includes(choice.kind)) continue;
    byMessage.set(choice.pick, [...(byMessage.get(choice.pick) ?? []), choice]);
  }
  return [...byMessage.values()].flatMap(([deliver, ...others]) =>
    deliver === undefined ? [] : [{ deliver, others }],
  );
}

/** What the reader has narrowed the list to: some servers (none = all) and words that must occur. */
export interface ChoiceFilter {
  readonly servers: readonly ServerId[];
  readonly words: string;
}
export const everyChoice: ChoiceFilter = { servers: [], words: "" };

export function fits({ servers, words }: ChoiceFilter): (choice: ChoiceView) => boolean {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return ({ server, about, text }) => {
    const said = `${text} ${about}`.toLowerCase();
    return (servers.length === 0 || servers.includes(server)) && wanted.every((word) => said.includes(word));
  };
}

// ---- the graph of states ----------------------------------------------------------------------------------

export interface PlacedNode extends StateNode {
  readonly x: number;
  readonly y: number;
}
export interface PlacedEdge {
  readonly key: string;
  readonly path: string;
  readonly text: string;
  /** It leads to a state that was reached by another way before. */
  readonly again: boolean;
}
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

export const stepWidth = 34;
const rowHeight = 22;
const margin = 16;

interface Knot {
  readonly id: string;
  readonly parent: string;
  readonly node: StateNode | null;
}

/** Layered by depth, from left to right: the shortest ways are a tree, all other ways are drawn across it. */
export function layoutGraph({ nodes, edges }: StateGraph): GraphLayout {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map<number, number>();
  for (const { from, to } of edges) {
    const nearer = byId.get(from)!.depth === byId.get(to)!.depth - 1;
    if (nearer && !parents.has(to)) parents.set(to, from);
  }
  const knots: Knot[] = [
    { id: "root", parent: "", node: null },
    ...nodes.map((node) => ({ id: String(node.id), parent: String(parents.get(node.id) ?? "root"), node })),
  ];
  const root = tree<Knot>().nodeSize([rowHeight, stepWidth])(
    stratify<Knot>()
      .id(({ id }) => id)
      .parentId(({ parent }) => parent)(knots),
  );
  const all = root.descendants().filter(({ data }) => data.node !== null);
  all.sort((a, b) => a.data.node!.id - b.data.node!.id);
  const top = Math.min(0, ...all.map(({ x }) => x));
  const bottom = Math.max(0, ...all.map(({ x }) => x));
  const first = Math.min(...nodes.map(({ depth }) => depth));
  const placed = all.map(({ x, data }) => ({
    ...data.node!,
    x: margin + (data.node!.depth - first) * stepWidth,
    y: margin + x - top,
  }));
  const width = 2 * margin + Math.max(0, ...placed.map(({ x }) => x - margin));
  return { width, height: 2 * margin + bottom - top, nodes: placed, edges: placeEdges(placed, edges, parents) };
}

function placeEdges(
  nodes: readonly PlacedNode[],
  edges: StateGraph["edges"],
  parents: ReadonlyMap<number, number>,
): PlacedEdge[] {
  const at = new Map(nodes.map((node) => [node.id, node]));
  const curve = linkHorizontal<unknown, { x: number; y: number }>()
    .x(({ x }) => x)
    .y(({ y }) => y);
  return edges.map(({ from, to, text }) => ({
    key: `${from} ${to}`,
    path: curve({ source: at.get(from)!, target: at.get(to)! }) ?? "",
    text,
    again: parents.get(to) !== from,
  }));
}
