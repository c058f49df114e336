import { describe, expect, test } from "vitest";
import type { ChoiceView, StateGraph } from "../../worker/protocol/exploration.ts";
import { choiceRows, everyChoice, fits, layoutGraph } from "./layout.ts";

const own = (server: number, text: string): ChoiceView => ({
  kind: "timer",
  server,
  act: { do: "timeout", server },
  text,
  short: text,
  about: text,
  pick: `S${server}`,
  tried: false,
});
const message = (server: number, ordinal: number): ChoiceView[] =>
  (["deliver", "drop", "duplicate"] as const).map((kind) => ({
    kind,
    server,
    act: { do: kind, message: { from: 1, to: server, ordinal, copy: 0 } },
    text: `${kind} heartbeat S1→S${server}`,
    short: "heartbeat from S1",
    about: `${kind}: heartbeat ${ordinal}`,
    pick: `S1>S${server}#${ordinal}`,
    tried: false,
  }));

describe("rows of choices", () => {
  test("server by server, its own steps first, one entry for each message; the client last", () => {
    const rows = choiceRows(
      [...message(0, 1), ...message(2, 1), own(1, "S1 times out"), own(2, "S2 times out")],
      () => true,
    );
    expect(rows.map(({ server, first, own, messages }) => [server, first, own.length, messages.length])).toEqual([
      [1, true, 1, 0],
      [2, true, 1, 0],
      [2, false, 0, 1],
      [0, true, 0, 1],
    ]);
    expect(rows[2]!.messages[0]!.others.map(({ kind }) => kind)).toEqual(["drop", "duplicate"]);
  });

  test("many messages for one server fill several rows, and each is there once", () => {
    const many = Array.from({ length: 60 }, (_, i) => message(2, i + 1)).flat();
    const rows = choiceRows(many, () => true);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ first }) => first)).toHaveLength(1);
    expect(new Set(rows.flatMap(({ messages }) => messages.map(({ deliver }) => deliver.pick))).size).toBe(60);
  });

  test("can be narrowed to servers and words", () => {
    const all = [...message(2, 1), ...message(3, 1), own(2, "S2 times out")];
    expect(choiceRows(all, fits(everyChoice))).toHaveLength(3);
    expect(choiceRows(all, fits({ servers: [3], words: "" }))).toHaveLength(1);
    expect(choiceRows(all, fits({ servers: [], words: "Times S2" })).map(({ own }) => own[0]?.text)).toEqual([
      "S2 times out",
    ]);
  });
});

describe("the graph of states", () => {
  const graph = (edges: readonly (readonly [number, number])[], depths: readonly number[]): StateGraph => ({
    nodes: depths.map((depth, id) => ({ id, depth, branch: 0, event: id, term: 1, violated: false, by: "" })),
    edges: edges.map(([from, to]) => ({ from, to, text: `${from} to ${to}` })),
    present: 0,
    undo: null,
    leftOut: 0,
  });

  test("one state is one dot", () => {
    expect(layoutGraph(graph([], [0])).nodes).toHaveLength(1);
  });

  test("deeper states stand further right, those of one depth above each other", () => {
    const { nodes } = layoutGraph(
      graph(
        [
          [0, 1],
          [0, 2],
          [1, 3],
          [2, 3],
        ],
        [0, 1, 1, 2],
      ),
    );
    expect(nodes.map(({ id }) => id).sort()).toEqual([0, 1, 2, 3]);
    const at = (id: number) => nodes.find((node) => node.id === id)!;
    expect(at(1).x).toBe(at(2).x);
    expect(at(1).y).not.toBe(at(2).y);
    expect(at(3).x).toBeGreaterThan(at(1).x);
  });

  test("a second way to a state is told from the first", () => {
    const { edges } = layoutGraph(
      graph(
        [
          [0, 1],
          [0, 2],
          [1, 3],
          [2, 3],
          [3, 0],
        ],
        [0, 1, 1, 2],
      ),
    );
    expect(edges.map(({ again }) => again)).toEqual([false, false, false, true, true]);
  });

  test("a state whose way is left out still has its place", () => {
    const { nodes, width } = layoutGraph(graph([], [4, 9]));
    expect(nodes).toHaveLength(2);
    expect(width).toBeGreaterThan(100);
  });
});
