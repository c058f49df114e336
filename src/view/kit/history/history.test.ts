import { describe, expect, test } from "vitest";
import type { OperationRow } from "../../../worker/protocol/clients.ts";
import { emptyHistory, extended, firstOpen, upTo } from "./history.ts";
import { asOf, barText, detailOf } from "./operation.ts";

const put = { op: "put", key: "x", value: "1" } as const;
const row = (number: number, changes: Partial<OperationRow> = {}): OperationRow => ({
  number,
  client: 1,
  operation: put,
  read: null,
  group: 1,
  calledAt: number * 1000,
  endedAt: null,
  called: 2 * number,
  returned: null,
  outcome: "open",
  value: null,
  server: 2,
  index: 0,
  text: "put x=1",
  result: "",
  ...changes,
});
const told = (rows: readonly OperationRow[], from = 0) => ({ rows, from, total: from + rows.length });
const only = (changes: Partial<OperationRow>) => extended(emptyHistory, told([row(0, changes)])).operations[0]!;

describe("the client history", () => {
  test("takes rows at their places, and keeps what did not change as it is", () => {
    const first = extended(emptyHistory, told([row(0, { endedAt: 5, outcome: "ok" }), row(1), row(2)]));
    expect(firstOpen(first)).toBe(1);
    const answered = row(1, { endedAt: 9000, outcome: "ok" });
    const second = extended(first, told([answered, row(2), row(3)], 1));
    expect(second.operations.map(({ number, state }) => [number, state])).toEqual([
      [0, "done"],
      [1, "done"],
      [2, "asking"],
      [3, "asking"],
    ]);
    expect(second.operations[0]).toBe(first.operations[0]);
    expect(second.operations[2]).toBe(first.operations[2]);
    expect(second.rows[1]).toBe(answered);
    expect(firstOpen(second)).toBe(2);
    expect(extended(second, told([], 4))).toBe(second);
  });

  test("says the answer as a store would", () => {
    const cas = { op: "cas", key: "x", expected: "1", value: "2" } as const;
    const answers = [
      only({ outcome: "ok" }),
      only({ outcome: "ok", operation: { op: "get", key: "x" } }),
      only({ outcome: "ok", operation: { op: "get", key: "x" }, value: "7" }),
      only({ outcome: "ok", operation: cas, value: "1" }),
      only({ outcome: "ok", operation: cas, value: "3" }),
      only({ outcome: "ok", operation: { op: "increment", key: "n", by: 2 }, value: "4" }),
      only({ outcome: "failed" }),
      only({ outcome: "unknown" }),
      only({}),
    ].map(({ answer }) => answer);
    expect(answers).toEqual(["ok", "nil", "7", "ok", "no, it is 3", "4", "not executed", "unknown", "no answer yet"]);
  });

  test("an operation of unknown outcome never ends, though its client has stopped waiting", () => {
    const operation = only({ endedAt: 2_000_000, outcome: "unknown" });
    expect(operation).toMatchObject({ answeredAt: null, endedAt: 2_000_000 });
    expect(detailOf(operation)).toBe(
      "C1 called at 0.000 s: put x=1. Its outcome is unknown: it may have taken effect, may do so later, or never.",
    );
  });

  test("at a moment before its answer an operation had none", () => {
    const operation = only({ operation: { op: "get", key: "x" }, text: "get x", endedAt: 50_000, outcome: "ok" });
    expect(asOf(operation, 49_999)).toMatchObject({ state: "asking", answeredAt: null });
    expect(asOf(operation, 50_000)).toBe(operation);
    expect([barText(operation), barText(asOf(operation, 0))]).toEqual(["get x: nil", "get x"]);
    expect(detailOf(operation)).toBe("C1 called at 0.000 s: get x. S2 answered after 50 ms: nil.");
  });

  test("up to a moment: what comes later is not there, what ends later waits; all of it where nothing does", () => {
    const early = row(1, { calledAt: 0, endedAt: 50_000, returned: 2, outcome: "ok" });
    const late = row(2, { calledAt: 60_000, endedAt: 90_000, returned: 4, outcome: "ok" });
    const history = extended(emptyHistory, told([early, late]));
    expect(upTo(history, 90_000)).toBe(history);
    const before = upTo(history, 40_000);
    expect(before.rows).toMatchObject([{ number: 1, outcome: "open", returned: null, endedAt: null, value: null }]);
    expect(before.operations).toMatchObject([{ number: 1, state: "asking" }]);
    expect(upTo(history, 60_000).rows.map(({ outcome }) => outcome)).toEqual(["ok", "open"]);
  });
});
