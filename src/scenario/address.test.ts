import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { History } from "../history/history.ts";
import { readAddress, writeAddress } from "./address.ts";
import { anyRecording } from "./arbitraries.ts";
import { limits } from "./limits.ts";
import { presets } from "./presets/index.ts";
import { noPreset } from "./presets/named.ts";
import type { RecordedView, Recording } from "./recording.ts";
import { engineVersion } from "./version.ts";

const hash = "0123456789abcdef";
const seen = { engine: engineVersion, hash };
const scenarios = async (id: string) => presets.find((preset) => preset.id === id)?.recording ?? null;
const scenario = (id: string): Recording => presets.find((preset) => preset.id === id)!.recording;
const figure8 = scenario("figure-8");

const write = (recording: Recording, view: Partial<RecordedView>, told = { seen: true }) =>
  writeAddress(
    recording,
    { ...recording.view!, play: false, ...view },
    { scenario: presets.find(({ id }) => id === recording.preset)?.recording ?? null, ...told, hash: async () => hash },
  );
const read = async (text: string) => {
  const result = await readAddress(text, scenarios);
  if (!result.ok) throw new Error(`${result.problem.field}: ${result.problem.message}`);
  return result.value.recording;
};
const problem = async (text: string): Promise<string> => {
  const result = await readAddress(text, scenarios);
  return result.ok ? "accepted" : `${result.problem.field}: ${result.problem.message}`;
};

describe("an address", () => {
  test("of a scenario as it is names it, and the moment", async () => {
    expect(await write(figure8, { at: 390_000 }, { seen: false })).toBe("figure-8@0.390");
    expect(await write(figure8, { at: 390_000, order: 2, seen })).toBe(
      `figure-8@0.390+2&seen=${engineVersion}.01234567`,
    );
    const view = { at: 65_123, select: "S1>S2#4", speed: 1 };
    expect(await write(figure8, view, { seen: false })).toBe("figure-8@0.065123&select=S1%3ES2%234&speed=1");
    const two = scenario("two-groups");
    expect(await write(two, { at: 1_000_000, group: 2 }, { seen: false })).toBe("two-groups@1.000&group=2");
  });

  test("without a moment opens the scenario as it opens", async () => {
    expect(await read("figure-8")).toEqual(figure8);
    expect(await read("#figure-8")).toEqual(figure8);
    expect(await read("preset:first-election")).toEqual(scenario("first-election"));
  });

  test("brings back scenario, moment, order, selection, speed and what its author saw", async () => {
    const view = {
      at: 390_001,
      order: 3,
      select: "S2>S3#1",
      speed: 0.5,
      seen: { engine: engineVersion, hash: "01234567" },
    };
    const { guided, ...own } = figure8.view!;
    expect(guided).toBe(true);
    const shown = { ...figure8, view: { ...own, ...view, play: false } };
    expect(await read(await write(figure8, view))).toEqual(shown);
  });

  test("of every scenario at every step has at most 120 characters", async () => {
    const steps = presets.flatMap(({ recording, bookmarks }) =>
      [0, ...bookmarks.map(({ at }) => at), recording.end].map((at) => ({ recording, at })),
    );
    expect(steps.length).toBeGreaterThan(200);
    const made = await Promise.all(
      steps.map(({ recording, at }) =>
        write(recording, { at: at + 1, order: 12, select: "S1>S3#12", speed: 0.125, seen }),
      ),
    );
    expect(Math.max(...made.map((text) => `#${text}`.length))).toBeLessThanOrEqual(120);
  });
});

describe("a list of scenarios", () => {
  const list = "play=first-election,two-leaders,figure-8";
  const readWith = (text: string) => readAddress(text, scenarios, async (id) => noPreset(id));
  const wrong = async (text: string): Promise<string> => {
    const result = await readWith(text);
    return result.ok ? "accepted" : `${result.problem.field}: ${result.problem.message}`;
  };

  test("opens its first one as that opens, and goes on within it at any moment", async () => {
    const first = await readWith(`#${list}`);
    expect(first).toMatchObject({ ok: true, value: { play: ["first-election", "two-leaders", "figure-8"] } });
    expect(first.ok && first.value.recording).toEqual(scenario("first-election"));
    const told = { scenario: figure8, seen: false, hash: async () => "", play: list.slice(5).split(",") };
    const text = await writeAddress(figure8, { ...figure8.view!, at: 390_000 }, told);
    expect(text).toBe(`figure-8@0.390&${list}`);
    const within = await readWith(text);
    expect(within).toMatchObject({ ok: true, value: { play: told.play, recording: { view: { at: 390_000 } } } });
    expect(await readWith(text.replaceAll(",", "%2C"))).toEqual(within);
  });

  test("stays with a scenario that somebody has changed", async () => {
    const changed = { ...figure8, actions: figure8.actions.slice(1) };
    const told = { scenario: figure8, seen: false, hash: async () => "", play: ["figure-8", "two-leaders"] };
    const read = await readWith(await writeAddress(changed, figure8.view!, told));
    expect(read).toMatchObject({ ok: true, value: { play: ["figure-8", "two-leaders"] } });
    expect(read.ok && read.value.recording.actions).toEqual(changed.actions);
  });

  test("is refused where a name is none, with the nearest one, where one stands twice, and without the open one", async () => {
    expect(await wrong("play=first-election,two-leeders")).toBe(
      'play: there is no scenario "two-leeders": did you mean two-leaders?',
    );
    expect(await wrong("play=a-minority-is-cut-off")).toMatch(/did you mean minority-partition\?$/);
    expect(await wrong("figure-9@0.390")).toBe('preset: there is no scenario "figure-9": did you mean figure-8?');
    expect(await wrong("play=figure-8,two-leaders,figure-8")).toBe('play: "figure-8" stands in the list twice');
    expect(await wrong("log-repair&play=figure-8")).toBe('play: "log-repair" is not in the list');
    for (const text of ["play=", "play=,", "play=figure-8,", "play=a=b", "figure-8&play="])
      expect(await wrong(text), text).not.toBe("accepted");
  });
});

describe("of a run that began as a scenario", () => {
  /** As somebody makes it by hand: each act at some microsecond, in the scenario's own future. */
  function lively(id: string, count: number): Recording {
    const base = scenario(id);
    const history = new History(base.setup, base.actions, base.end);
    history.seek(base.end - 100_000);
    for (let done = 0; done < count; done++) {
      history.advance(history.world.now + 73_519);
      history.act({ do: done % 2 === 0 ? "crash" : "restart", server: 1 + (Math.floor(done / 2) % 3) });
    }
    return { ...base, actions: history.current.actions, end: history.current.reach };
  }

  test("carries what differs, and brings it back", async () => {
    for (const { id } of presets) {
      const run = lively(id, 4);
      const view = { at: run.end, order: 1, seen };
      const back = await read(await write(run, view));
      const shown = { ...run.view, ...view, play: false, seen: { engine: engineVersion, hash: hash.slice(0, 8) } };
      expect(back).toEqual({ ...run, view: shown });
    }
  });

  test("with ten acts has at most 220 characters", async () => {
    for (const id of ["first-election", "disruption-pre-vote", "figure-8"]) {
      const text = await write(lively(id, 10), { at: 1_234_567, order: 2, select: "S3", seen });
      expect(text.length, text).toBeLessThanOrEqual(219);
    }
  });

  test("carries an act that was taken out, one that was moved, options, rules and words that are others", async () => {
    const [first, ...rest] = figure8.actions;
    const without = { ...figure8, actions: rest };
    const moved = { ...figure8, actions: [first!, { ...rest[0]!, at: 69_000 }, ...rest.slice(1)] };
    const setup = { ...figure8.setup, seed: 99, raft: { ...figure8.setup.raft, preVote: true } };
    const words = { ...figure8, title: "", bookmarks: [{ at: 1000, label: "Mine.", before: "false" as const }] };
    for (const run of [without, moved, { ...figure8, setup }, words]) {
      const view = { ...figure8.view!, at: 390_000, play: false };
      expect(await read(await write(run, view))).toEqual({ ...run, view });
    }
  });

  test("whatever it is", async () => {
    await fc.assert(
      fc.asyncProperty(anyRecording, async (original) => {
        const view = { at: original.end, select: "", speed: 0.5, play: false };
        const run = { ...original, preset: "figure-8", branches: [], branch: 0, view };
        const text = await write(run, view);
        fc.pre(text.length <= limits.fragment);
        // How it is told is the scenario's: what comes stays hidden.
        expect(await read(text)).toEqual({ ...run, view: { ...view, hide: true } });
      }),
      { numRuns: 60 },
    );
  });
});

describe("any other run", () => {
  test("is a whole link", async () => {
    const own = { ...figure8, preset: "" };
    expect(await read(await write(own, figure8.view!))).toEqual({ ...own, view: { ...figure8.view, play: false } });
    const gone = { ...figure8, preset: "a-scenario-of-yore" };
    expect(await read(await write(gone, figure8.view!))).toEqual({ ...gone, view: { ...figure8.view, play: false } });
  });
});

describe("an address that is wrong is refused", () => {
  test("with its reason", async () => {
    expect(await problem("no-such-thing@1.0")).toBe('preset: there is no scenario "no-such-thing"');
    expect(await problem("figure-8@x")).toMatch(/damaged/);
    expect(await problem("figure-8@0.39&select=S9")).toMatch(/^view\.select: there is no S9/);
    expect(await problem("figure-8@0.39&speed=fast")).toMatch(/^view\.speed: expected a speed/);
    expect(await problem("figure-8@99999")).toMatch(/^(endMs|view\.atMs): expected milliseconds/);
    const good = await write({ ...figure8, actions: [] }, { at: 1000 });
    expect(await problem(good)).toBe("accepted");
    for (const cut of [good.slice(0, -1), good.slice(0, -9), good.replace(/\/./, "/-")])
      expect(await problem(cut)).toMatch(/damaged/);
  });

  test("whatever it is, without throwing", async () => {
    const parts = fc.constantFrom(
      "play=figure-8",
      "&play=",
      "figure-8",
      "@0.39",
      "+2",
      "&select=S1",
      "&seen=2.0a1b2c3d",
      "/",
      "abc",
      ".123456",
      "%",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(parts, fc.string({ maxLength: 3 })), { maxLength: 7 }), async (list) => {
        await readAddress(list.join(""), scenarios);
      }),
      { numRuns: 300 },
    );
  });
});
