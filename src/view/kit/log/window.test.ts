import { describe, expect, test } from "vitest";
import type { ServerView } from "../../../worker/protocol/server.ts";
import { restWords, windowOf } from "./window.ts";

const server = (id: number, lastIndex: number, more: Partial<ServerView> = {}): ServerView =>
  ({ id, lastIndex, base: 0, role: "follower", status: "up", tail: [], disk: { lastIndex }, ...more }) as ServerView;

describe("the logs that a room sees", () => {
  test("the newest twelve columns, and four where there is little", () => {
    expect(windowOf([server(1, 2), server(2, 0)])).toMatchObject({ indices: [1, 2, 3, 4], before: 0 });
    const { indices, before } = windowOf([server(1, 40), server(2, 37)]);
    expect([indices[0], indices.at(-1), indices.length, before]).toEqual([29, 40, 12, 28]);
  });

  test("what a snapshot has replaced everywhere has no column", () => {
    expect(windowOf([server(1, 9, { base: 6 }), server(2, 8, { base: 5 })]).indices).toEqual([6, 7, 8, 9]);
  });

  test("of more than five servers those that lead, then the first; in their order", () => {
    const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((id) => server(id, 3, id === 8 ? { role: "leader" } : {}));
    const { rows, others } = windowOf(nine);
    expect(rows.map(({ id }) => id)).toEqual([1, 2, 3, 4, 8]);
    expect(others.map(({ id }) => id)).toEqual([5, 6, 7, 9]);
    expect(restWords(windowOf(nine))).toBe("Not shown: S5, S6, S7, S9.");
    expect(restWords(windowOf([server(1, 13)]))).toBe("Entry 1 stands before these.");
  });
});
