import { describe, expect, test } from "vitest";
import type { Linearizability, OperationRow } from "../worker/protocol/clients.ts";
import { type CheckerThread, createChecker, sharing } from "./checker.ts";

const found: Linearizability = { verdict: "ok", keys: [] };
const none: readonly OperationRow[] = [];

function spawned() {
  const threads: (CheckerThread & { asked: number; ended: boolean })[] = [];
  const spawn = (): CheckerThread => {
    const thread = {
      asked: 0,
      ended: false,
      postMessage() {
        thread.asked++;
      },
      terminate() {
        thread.ended = true;
      },
      onmessage: null,
      onerror: null,
    } as (typeof threads)[number];
    threads.push(thread);
    return thread;
  };
  return { threads, check: createChecker(spawn) };
}

describe("the second thread", () => {
  test("is started at the first question, and kept", async () => {
    const { threads, check } = spawned();
    expect(threads).toHaveLength(0);
    const first = check(none);
    threads[0]!.onmessage?.({ data: found });
    expect(await first).toBe(found);
    void check(none);
    expect(threads.map(({ asked, ended }) => [asked, ended])).toEqual([[2, false]]);
  });
  test("is ended where somebody asks anew: nobody waits for the old answer", async () => {
    const { threads, check } = spawned();
    const overtaken = check(none);
    const newest = check(none);
    expect(await overtaken).toBeNull();
    expect(threads.map(({ ended }) => ended)).toEqual([true, false]);
    threads[1]!.onmessage?.({ data: found });
    expect(await newest).toBe(found);
  });
  test("that fails says nothing, and the next question starts another", async () => {
    const { threads, check } = spawned();
    const lost = check(none);
    threads[0]!.onerror?.({});
    expect(await lost).toBeNull();
    void check(none);
    expect(threads).toHaveLength(2);
  });
});

test("two panels that ask of the same history share a question; after no answer it is asked anew", async () => {
  const row = { number: 1, called: 1, returned: 2, outcome: "ok", text: "get x", result: "x is 1" } as OperationRow;
  const answers = [found, null, found];
  let asked = 0;
  const ask = sharing(() => Promise.resolve(answers[asked++]!));
  expect(await Promise.all([ask([row]), ask([{ ...row }])])).toEqual([found, found]);
  expect(asked).toBe(1);
  const other = { ...row, result: "x is 2" };
  expect(await ask([other])).toBeNull();
  expect(await ask([other])).toBe(found);
  expect(asked).toBe(3);
});
