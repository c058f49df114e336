import { describe, expect, test } from "vitest";
import { file, opened } from "./fixtures.ts";
import type { Laboratory } from "./laboratory.ts";

const ms = 1000;
const start = (servers = 3, actions: readonly object[] = []): Promise<Laboratory> =>
  opened(file(JSON.stringify({ format: "driftwood", version: 1, servers, network: { mode: "manual" }, actions })));
const graphNow = async (lab: Laboratory) => (await lab.explore()).graph!;
const choices = async (lab: Laboratory) => (await lab.explore()).choices;

/** Does what the button says, and lets the disks finish. */
async function choose(lab: Laboratory, text: string): Promise<void> {
  const choice = (await choices(lab)).find((each) => each.text === text);
  if (choice === undefined) throw new Error(`${text} is not among ${(await choices(lab)).map((each) => each.text)}`);
  const { frame } = await lab.act({ at: 0, act: choice.act });
  lab.advance(frame.position.at + 5 * ms);
}

describe("choices", () => {
  test("say what would happen, to whom, and with which message", async () => {
    const lab = await start();
    await choose(lab, "S2 times out");
    const found = (await choices(lab)).find(({ text }) => text === "deliver RequestVote S2→S3")!;
    expect(found).toMatchObject({ kind: "deliver", server: 3, short: "RequestVote from S2", pick: "S2>S3#1" });
    expect(found.about).toContain("elect S2 in term 1");
    await choose(lab, "deliver RequestVote S2→S3");
    await choose(lab, "deliver vote granted S3→S2");
    expect((await choices(lab)).map(({ text }) => text)).toContain("S2 sends heartbeats");
  });

  test("there are none while messages arrive by themselves", async () => {
    const lab = await opened(file(JSON.stringify({ format: "driftwood", version: 1 })));
    expect(await lab.explore()).toEqual({ choices: [], choicesLeftOut: 0, graph: null });
  });
});

describe("the states that were visited", () => {
  test("one more for each act, with the act between them; the last one is the present", async () => {
    const lab = await start();
    await choose(lab, "S1 times out");
    await choose(lab, "deliver RequestVote S1→S2");
    const { nodes, edges, present } = await graphNow(lab);
    expect(nodes.map(({ depth, term }) => [depth, term])).toEqual([
      [0, 0],
      [1, 1],
      [2, 1],
    ]);
    expect(edges.map(({ text }) => text)).toEqual(["S1 times out", "deliver RequestVote S1→S2"]);
    expect(present).toBe(2);
  });

  test("stepping back keeps them; another way to the same state leads to the same node", async () => {
    const lab = await start();
    await choose(lab, "S1 times out");
    const before = (await graphNow(lab)).nodes[1]!;
    await choose(lab, "deliver RequestVote S1→S2");
    await choose(lab, "deliver RequestVote S1→S3");
    const there = (await graphNow(lab)).present;
    await lab.visit(before.event);
    expect((await graphNow(lab)).present).toBe(before.id);
    await choose(lab, "deliver RequestVote S1→S3");
    expect((await graphNow(lab)).nodes).toHaveLength(5);
    await choose(lab, "deliver RequestVote S1→S2");
    const { nodes, edges, present } = await graphNow(lab);
    expect(present).toBe(there);
    expect([nodes.length, edges.length]).toEqual([5, 5]);
  });

  test("a node is a place in a branch: going there shows that state", async () => {
    const lab = await start();
    await choose(lab, "S1 times out");
    await choose(lab, "crash S2");
    await lab.visit((await graphNow(lab)).nodes[0]!.event);
    await choose(lab, "S3 times out");
    const [, , crashed] = (await graphNow(lab)).nodes;
    expect(crashed!.by).toBe("crash S2");
    await lab.branch(crashed!.branch);
    expect((await lab.visit(crashed!.event)).frame.servers[1]!.status).toBe("down");
    expect((await graphNow(lab)).present).toBe(crashed!.id);
  });

  test("begin where the network was taken in hand", async () => {
    const text = JSON.stringify({
      format: "driftwood",
      version: 1,
      servers: 3,
      actions: [
        { atMs: 10, do: "timeout", server: "S1" },
        { atMs: 60, do: "network", mode: "manual" },
      ],
      endMs: 60,
    });
    const lab = await opened(file(text));
    await lab.seek(60 * ms);
    const { nodes } = await graphNow(lab);
    expect(nodes).toHaveLength(1);
    expect(nodes[0]).toMatchObject({ depth: 0, by: "" });
  });
});
