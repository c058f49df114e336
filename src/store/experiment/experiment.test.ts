import { describe, expect, test } from "vitest";
import { outcomeOf } from "../../experiment/results.ts";
import { summaryOf } from "../../experiment/summary.ts";
import { parseRecording } from "../../scenario/format.ts";
import { Bench } from "../../worker/experiments.ts";
import type { FromExperiment, ToExperiment } from "../../worker/protocol/experiment.ts";
import { createExperiment, type ExperimentState } from "./experiment.ts";
import type { ExperimenterLike } from "./pool.ts";

/** A thread that lives in this one. */
class Near implements ExperimenterLike {
  onmessage: ((event: { readonly data: FromExperiment }) => void) | null = null;
  onerror: ((event: { readonly message?: string }) => void) | null = null;
  private readonly bench = new Bench((load) => load());
  private line: Promise<void> = Promise.resolve();
  ended = false;
  postMessage(message: ToExperiment): void {
    this.line = this.line.then(async () => {
      const data = await this.bench.answer(message);
      if (!this.ended) this.onmessage?.({ data });
    });
  }
  terminate(): void {
    this.ended = true;
  }
}

const text = JSON.stringify({
  format: "driftwood-experiment",
  version: 1,
  title: "Elections",
  run: { servers: 3 },
  vary: [{ title: "pre-vote", set: "run.options.preVote", to: [false, true] }],
  happens: [{ once: "leader", waitMs: [0, 50], do: "crash", server: "leader" }],
  measure: { what: "time", until: "leader" },
  runs: 10,
  giveUpMs: 3000,
});

function laboratory(size: number) {
  const threads: Near[] = [];
  const spawn = (): Near => {
    threads.push(new Near());
    return threads.at(-1)!;
  };
  const { store, commands } = createExperiment({
    spawn,
    threads: () => size,
    now: () => performance.now(),
    inFrame: (then) => {
      let wanted = true;
      void Promise.resolve().then(() => wanted && then());
      return () => {
        wanted = false;
      };
    },
  });
  const until = (holds: (state: ExperimentState) => boolean): Promise<ExperimentState> =>
    new Promise((resolve) => {
      const look = (state: ExperimentState): void => {
        if (!holds(state)) return;
        stop();
        resolve(state);
      };
      const stop = store.subscribe(look);
      look(store.getState());
    });
  return { store, commands, until, threads };
}
const sorted = ({ rows }: ExperimentState) => rows.map((own) => own.toSorted((a, b) => a[1] - b[1]));

describe("an experiment on the page", () => {
  test("says what it is before anything is run", async () => {
    const { commands, store } = laboratory(1);
    await commands.open({ from: "text", text });
    const { view, of, status } = store.getState();
    expect([status, of, view!.settings.map(({ label }) => label)]).toEqual(["ready", 20, ["off", "on"]]);
    expect(view!.happens).toEqual(["once a server leads, 0–50 ms later: crash the leader"]);
    expect(view!.same).toContainEqual(["servers", "3"]);
    expect(view!.same.map(([name]) => name)).not.toContain("pre-vote");
  });

  test("comes to the same with one thread, with four, and by its link", async () => {
    const results = [];
    for (const size of [1, 4]) {
      const { commands, until, threads } = laboratory(size);
      await commands.open({ from: "text", text });
      commands.run();
      results.push(await until(({ status }) => status === "done"));
      expect(threads.length).toBe(size);
    }
    const [one, four] = results;
    expect(sorted(four!)).toEqual(sorted(one!));
    expect(one!.done).toBe(20);
    expect(summaryOf(one!.rows[0]!.map(outcomeOf), "time").n).toBe(10);
    const linked = laboratory(2);
    await linked.commands.open({ from: "link", payload: one!.view!.payload });
    linked.commands.run();
    expect(sorted(await linked.until(({ status }) => status === "done"))).toEqual(sorted(one!));
  });

  test("pauses, and goes on without doing a run twice", async () => {
    const { commands, until, store } = laboratory(2);
    await commands.open({ from: "text", text });
    commands.run();
    commands.pause();
    expect(store.getState().status).toBe("paused");
    commands.run();
    const state = await until(({ status }) => status === "done");
    expect(state.rows.map((own) => new Set(own.map(([, seed]) => seed)).size)).toEqual([10, 10]);
    expect(state.done).toBe(20);
  });

  test("ends when it is cancelled, keeps what came, and can begin anew", async () => {
    const { commands, until, threads, store } = laboratory(2);
    await commands.open({ from: "text", text });
    commands.run();
    commands.cancel();
    expect(store.getState().status).toBe("ready");
    expect(threads.every(({ ended }) => ended)).toBe(true);
    commands.run();
    expect((await until(({ status }) => status === "done")).done).toBe(20);
  });

  test("shows one of its runs, which opens at what was measured", async () => {
    const { commands, until } = laboratory(1);
    await commands.open({ from: "text", text });
    commands.run();
    const { rows } = await until(({ status }) => status === "done");
    const [setting, seed, value, at, begun] = rows[1]![0]!;
    await commands.show(setting, seed);
    const { shown } = await until((state) => state.shown !== null);
    expect([shown!.at, shown!.begun, shown!.at - shown!.begun]).toEqual([at, begun, value]);
    expect(shown!.bands.map(({ server }) => server)).toEqual([1, 2, 3]);
    expect(shown!.words).toMatch(/S\d wins term \d/);
    const recording = parseRecording(shown!.recording);
    expect(recording.ok && [recording.value.setup.seed, recording.value.view?.at]).toEqual([seed, at]);
  });

  test("shows what came of it at another time", async () => {
    const { commands, until, store } = laboratory(1);
    await commands.open({ from: "text", text });
    commands.run();
    const { rows } = await until(({ status }) => status === "done");
    commands.close();
    await commands.open({ from: "text", text });
    expect(store.getState().done).toBe(0);
    commands.fill(rows.flat());
    expect(store.getState()).toMatchObject({ status: "done", done: 20, rows });
    commands.fill(rows[0]!);
    expect(store.getState()).toMatchObject({ status: "ready", done: 10 });
  });

  test("says what is wrong, and keeps the one before", async () => {
    const { commands, store } = laboratory(1);
    await commands.open({ from: "text", text });
    await commands.open({ from: "text", text: text.replace('"time"', '"tme"') });
    const { problem, view, status } = store.getState();
    expect(problem!.message).toContain("did you mean time?");
    expect([view!.title, status]).toEqual(["Elections", "ready"]);
    await commands.open({ from: "ready", id: "figure-61" });
    expect(store.getState().problem!.message).toContain("did you mean figure-16?");
  });

  test("is done, or goes on, whatever was said in between that cannot be read", async () => {
    const { commands, until, store } = laboratory(2);
    const wrong = { from: "text", text: text.replace('"time"', '"tme"') } as const;
    await commands.open({ from: "text", text });
    commands.run();
    await commands.open(wrong);
    expect(store.getState().problem).not.toBe(null);
    const state = await until(({ status }) => status === "done");
    expect(state.rows.map((own) => new Set(own.map(([, seed]) => seed)).size)).toEqual([10, 10]);
    expect(state.done).toBe(20);
    await commands.open(wrong);
    expect(store.getState()).toMatchObject({ status: "done", done: 20 });
    await commands.open({ from: "text", text });
    expect(store.getState(), "what is open already keeps what came of it").toMatchObject({
      status: "done",
      done: 20,
      problem: null,
      rows: state.rows,
    });
  });

  test("knows nothing of runs that were under way for another", async () => {
    const { commands, until } = laboratory(4);
    await commands.open({ from: "text", text });
    commands.run();
    await commands.open({ from: "text", text: text.replace('"Elections"', '"Others"') });
    commands.run();
    const state = await until(({ status }) => status === "done");
    expect([state.done, state.rows.map(({ length }) => length)]).toEqual([20, [10, 10]]);
  });

  test("is read as YAML too", async () => {
    const { commands, store } = laboratory(1);
    const yaml =
      "format: driftwood-experiment\nversion: 1\ntitle: Mine\nrun: { election_timeout: 150ms-200ms }\nmeasure: { what: elections }\n";
    await commands.open({ from: "text", text: yaml });
    expect(store.getState().view!.same).toContainEqual(["election timeout", "150–200 ms"]);
  });

  test("fails with a reason where a thread dies", async () => {
    const { commands, store, threads } = laboratory(1);
    await commands.open({ from: "text", text });
    threads[0]!.onerror!({ message: "out of memory" });
    expect(store.getState()).toMatchObject({ status: "failed", words: "out of memory" });
  });

  test("asks what usually comes of a run, or of a moment of it", async () => {
    const { commands, store } = laboratory(1);
    const run = JSON.stringify({ format: "driftwood", version: 1, title: "Mine", servers: 3, bugs: ["double-vote"] });
    await commands.open({ from: "run", text: run, at: 1_500_000 });
    const { view } = store.getState();
    expect([view!.from, view!.measure.unit, view!.title]).toEqual([1_500_000, "chance", "Mine, from here"]);
    expect(view!.bugs.length).toBe(1);
  });
});
