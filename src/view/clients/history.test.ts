import { describe, expect, test } from "vitest";
import type { CallView, ReturnView } from "../../worker/protocol.ts";
import { emptyHistory, extended } from "./history.ts";
import { asOf, barText, detailOf } from "./operation.ts";

const call = (number: number, at: number, text = "put x=1"): CallView => {
  return { number, client: 1, at, text, key: "x", reads: text.startsWith("get"), server: 2 };
};
const end = (number: number, at: number, state: ReturnView["state"], value: string | null = null): ReturnView => {
  return { number, at, state, value };
};
const told = (calls: readonly CallView[], returns: readonly ReturnView[], upTo = 10, more = false) => {
  return { calls, returns, upTo, more };
};

describe("the client history", () => {
  test("grows by calls and by what ended, and keeps the rest as it is", () => {
    const first = extended(emptyHistory, told([call(1, 0), call(2, 100, "get x")], [], 5, true));
    const second = extended(first, told([call(3, 400)], [end(2, 300, "done", "7")], 9));
    expect(second.operations.map(({ number, state, answer }) => [number, state, answer])).toEqual([
      [1, "asking", "no answer yet"],
      [2, "done", "7"],
      [3, "asking", "no answer yet"],
    ]);
    expect(second.operations[0]).toBe(first.operations[0]);
    expect(second).toMatchObject({ upTo: 9, more: false });
    expect(extended(second, told([], [], 12)).operations).toBe(second.operations);
  });

  test("an operation of unknown outcome never ends, though its client has stopped waiting", () => {
    const [operation] = extended(emptyHistory, told([call(1, 0)], [end(1, 2_000_000, "unknown")])).operations;
    expect(operation).toMatchObject({ answeredAt: null, endedAt: 2_000_000, answer: "unknown" });
    expect(detailOf(operation!)).toBe(
      "C1 asked S2 at 0.000 s: put x=1. It was never answered: it may have taken effect, may do so later, or never.",
    );
  });

  test("at a moment before its answer an operation had none", () => {
    const [operation] = extended(emptyHistory, told([call(1, 0, "get x")], [end(1, 50_000, "done")])).operations;
    expect(asOf(operation!, 49_999)).toMatchObject({ state: "asking", answeredAt: null });
    expect(asOf(operation!, 50_000)).toBe(operation);
    expect([barText(operation!), barText(asOf(operation!, 0))]).toEqual(["get x: nil", "get x"]);
    expect(detailOf(operation!)).toBe("C1 asked S2 at 0.000 s: get x. Answered after 50 ms: nil.");
  });
});
