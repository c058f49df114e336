import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { FromWorker, ToWorker } from "../../worker/protocol/requests.ts";
import { createEngine, type WorkerLike, type Working } from "./engine.ts";

class SilentWorker implements WorkerLike {
  readonly received: ToWorker[] = [];
  ended = false;
  onmessage: WorkerLike["onmessage"] = null;
  onerror: WorkerLike["onerror"] = null;
  onmessageerror: WorkerLike["onmessageerror"] = null;
  postMessage(message: ToWorker): void {
    this.received.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
  say(data: FromWorker): void {
    this.onmessage?.({ data });
  }
}

function setUp() {
  const workers: SilentWorker[] = [];
  const deaths: string[] = [];
  const spawn = () => {
    workers.push(new SilentWorker());
    return workers.at(-1)!;
  };
  const engine = createEngine(
    spawn,
    (reason) => deaths.push(reason),
    () => Date.now(),
  );
  engine.start();
  return { engine, workers, deaths, worker: () => workers.at(-1)! };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("engine", () => {
  test("an answer and a problem settle the request that they name", async () => {
    const { engine, worker } = setUp();
    const first = engine.ask("seek", { to: 1 });
    const second = engine.ask("seek", { to: 2 });
    expect(worker().received).toMatchObject([
      { id: 1, kind: "seek", to: 1 },
      { id: 2, kind: "seek", to: 2 },
    ]);
    worker().say({ kind: "problem", id: 2, problem: { field: "to", message: "no" } });
    worker().say({ kind: "answer", id: 1, answer: { rows: [], from: 1, more: false } });
    expect(await first).toMatchObject({ kind: "answer" });
    expect(await second).toEqual({ kind: "problem", problem: { field: "to", message: "no" } });
    expect(engine.waiting()).toBe(0);
  });

  test("a worker that has said how long it will be silent is left alone for so long, and no longer", async () => {
    const { engine, worker, deaths } = setUp();
    worker().say({ kind: "alive" });
    void engine.ask("seek", { to: 1 });
    worker().say({ kind: "progress", id: 1, done: 1, of: 1, silent: 20_000 });
    worker().say({ kind: "alive" });
    await vi.advanceTimersByTimeAsync(19_000);
    expect(deaths).toEqual([]);
    worker().say({ kind: "answer", id: 1, answer: { rows: [], from: 1, more: false } });
    void engine.ask("seek", { to: 2 });
    await vi.advanceTimersByTimeAsync(3000);
    expect(deaths).toEqual(["it did not answer for 2 seconds"]);
  });

  test("a request that takes long says so until it is settled, and can be told to stop", async () => {
    const worker = new SilentWorker();
    const heard: (Working | null)[] = [];
    const engine = createEngine(
      () => worker,
      () => {},
      () => Date.now(),
      (working) => heard.push(working),
    );
    engine.start();
    const isLong = vi.fn();
    const outcome = engine.ask("seek", { to: 1 }, isLong);
    engine.ask("advance", { to: 2 });
    worker.say({ kind: "progress", id: 1, done: 5, of: 20 });
    expect([isLong.mock.calls.length, heard]).toEqual([1, [{ kind: "seek", done: 0.25 }]]);
    engine.cancel("seek");
    expect(worker.received.at(-1)).toEqual({ kind: "cancel", id: 1 });
    worker.say({ kind: "cancelled", id: 1 });
    expect(await outcome).toEqual({ kind: "cancelled" });
    expect(heard.at(-1)).toBeNull();
    worker.say({ kind: "progress", id: 1, done: 6, of: 20 });
    expect(heard).toHaveLength(2);
  });

  test("silence for two seconds while a request waits is death; its requests are lost", async () => {
    const { engine, worker, deaths } = setUp();
    worker().say({ kind: "alive" });
    vi.advanceTimersByTime(60_000);
    expect(deaths).toEqual([]);
    const asked = engine.ask("step", { direction: 1 });
    vi.advanceTimersByTime(1900);
    expect(deaths).toEqual([]);
    vi.advanceTimersByTime(500);
    expect(deaths).toHaveLength(1);
    expect(worker().ended).toBe(true);
    expect(await asked).toEqual({ kind: "lost" });
  });

  test("a worker that says that it lives may take longer to answer", () => {
    const { engine, worker, deaths } = setUp();
    void engine.ask("step", { direction: 1 });
    for (let i = 0; i < 40; i++) {
      worker().say({ kind: "alive" });
      vi.advanceTimersByTime(250);
    }
    expect(deaths).toEqual([]);
  });

  test("loading may take longer than two seconds", () => {
    const { engine, deaths } = setUp();
    void engine.ask("step", { direction: 1 });
    vi.advanceTimersByTime(10_000);
    expect(deaths).toEqual([]);
    vi.advanceTimersByTime(15_000);
    expect(deaths).toHaveLength(1);
  });

  test("an error is death at once, told once", () => {
    const { worker, deaths } = setUp();
    worker().onerror?.({ message: "boom" });
    worker().onerror?.({ message: "boom" });
    expect(deaths).toEqual(["it failed: boom"]);
  });

  test("after death nothing is answered until the next start", async () => {
    const { engine, workers, worker } = setUp();
    worker().onmessageerror?.();
    expect(await engine.ask("step", { direction: 1 })).toEqual({ kind: "lost" });
    engine.start();
    expect(workers).toHaveLength(2);
    void engine.ask("step", { direction: 1 });
    expect(worker().received).toHaveLength(1);
  });

  test("requests of one kind can be left out of the count", () => {
    const { engine } = setUp();
    void engine.ask("advance", { to: 1 });
    void engine.ask("seek", { to: 1 });
    expect(engine.waiting()).toBe(2);
    expect(engine.waiting("advance")).toBe(1);
  });
});
