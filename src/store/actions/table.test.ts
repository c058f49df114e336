import { describe, expect, test } from "vitest";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { MessageView } from "../../worker/protocol/message.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { groupOfKey } from "../../world/replicas.ts";
import { groupShown, nextPut } from "../group.ts";
import type { LabState } from "../lab.ts";
import { emptyLab } from "../session/session.ts";
import { twoGroups } from "./cluster.ts";
import { actionOf, actionRows, actionsFor, allActions } from "./table.ts";

const server = (id: number, more: Partial<ServerView> = {}): ServerView =>
  ({
    ...{ id, status: "up", role: "follower", term: 1, leader: 2, member: "voter", voters: [1, 2, 3], outgoing: [] },
    ...{ learners: [], progress: null, base: 0, lastApplied: 0, disk: { lastIndex: 0 } },
    ...more,
  }) as unknown as ServerView;

const message = { id: "S1>S2#1", ref: { from: 1, to: 2, ordinal: 1, copy: 0 }, lost: null } as MessageView;

function state(more: Partial<Frame> = {}): LabState {
  const servers = [server(1), server(2, { role: "leader" }), server(3, { status: "down" })];
  const quiet = { messages: [message], cuts: [], requests: [], loadPerSecond: 0, faults: [], nemeses: [] };
  const frame = { servers, ...quiet, mode: "automatic", ...more };
  return { ...emptyLab, status: "ready", frame: { position: { at: 0, event: 0 }, ...frame } as Frame };
}

describe("the action table", () => {
  test("every id is there once", () => {
    const ids = actionRows.map((row) => row.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("no key does two things", () => {
    const keys = actionRows.flatMap((row) => [row.hotkey, row.alias]).filter((key) => key !== undefined);
    expect(new Set(keys.map((key) => key.toLowerCase())).size).toBe(keys.length);
  });

  test("a label that depends on the moment has a fixed text for the key sheet", () => {
    const unnamed = actionRows.filter((row) => typeof row.label !== "string" && row.hotkey !== undefined && !row.about);
    expect(unnamed.map((row) => row.id)).toEqual([]);
  });

  test("every row gives an item for a target of its kind, also while there is no run", () => {
    const targets = [
      { kind: "server", id: 1 },
      { kind: "message", id: message.id, ref: message.ref },
      { kind: "link", link: [1, 2] },
      null,
    ] as const;
    const items = targets.flatMap((target) => actionsFor(target, state()));
    const always = actionRows.filter((row) => row.offered === undefined).map((row) => row.id);
    expect(items.map((item) => item.id)).toEqual(expect.arrayContaining(always));
    for (const item of items) expect(item.enabled).toBe(item.disabledReason === undefined);
    expect(actionOf("play", null, emptyLab)?.disabledReason).toBe("the engine is starting");
  });

  test("labels follow the state", () => {
    expect(actionOf("crash", { kind: "server", id: 1 }, state())?.label).toBe("Crash S1");
    expect(actionOf("crash", { kind: "server", id: 3 }, state())?.label).toBe("Restart S3");
    expect(actionOf("heal", null, state())?.disabledReason).toBe("no link is cut");
    expect(actionOf("heal", null, state({ cuts: [[1, 2]] }))?.enabled).toBe(true);
    expect(actionOf("cut-forward", { kind: "link", link: [1, 2] }, state({ cuts: [[1, 2]] }))?.label).toBe(
      "Mend only S1 to S2",
    );
    expect(actionOf("cut-both", { kind: "link", link: [1, 2] }, state({ cuts: [[1, 2]] }))?.label).toBe(
      "Cut S1 – S2 in both directions",
    );
  });

  test("a target that is gone offers nothing", () => {
    expect(actionsFor({ kind: "message", id: "S1>S2#9", ref: message.ref }, state())).toEqual([]);
  });

  test("what concerns the selection comes first", () => {
    const selected = { ...state(), selection: { kind: "server", id: 2 } as const };
    expect(allActions(selected)[0]?.id).toBe("crash");
    expect(allActions(selected).length).toBe(
      actionsFor(selected.selection, selected).length + actionsFor(null, selected).length,
    );
  });

  test("a partition puts the leader into the smaller half, with its neighbours in the ring", () => {
    const servers = [1, 2, 3, 4, 5].map((id) => server(id, id === 4 ? { role: "leader" } : {}));
    expect(twoGroups(state({ servers }).frame!)).toEqual([
      [3, 4],
      [1, 2, 5],
    ]);
    const last = [1, 2, 3, 4, 5].map((id) => server(id, id === 5 ? { role: "leader" } : {}));
    expect(twoGroups(state({ servers: last }).frame!)).toEqual([
      [4, 5],
      [1, 2, 3],
    ]);
    expect(twoGroups(state({ servers: servers.slice(0, 2) }).frame!)).toEqual([[1], [2]]);
  });

  test("each write is a new one", () => {
    expect(nextPut(state())).toEqual({ op: "put", key: "x", value: "1" });
    expect(nextPut(state({ requests: [{ number: 7 }] as unknown as Frame["requests"] }))).toMatchObject({ value: "8" });
  });

  test("acts go to the group that is shown; writes to a key of it", () => {
    const second = state({ group: 2, groupCount: 2 });
    expect(groupShown(second)).toEqual({ group: 2 });
    expect(groupShown(state({ group: 1, groupCount: 2 }))).toEqual({});
    expect(actionOf("next-group", null, state({ groupCount: 1 }))?.disabledReason).toBe("this run has one group");
    for (const [groups, group] of [
      [2, 2],
      [3, 3],
      [4, 4],
      [4, 2],
      [3, 1],
    ] as const)
      expect(groupOfKey(nextPut(state({ group, groupCount: groups })).key, groups)).toBe(group);
  });
});
