import { describe, expect, test } from "vitest";
import { History } from "../history/history.ts";
import { bandsOf, wordsOf } from "./bands.ts";
import { csvOf } from "./csv.ts";
import type { Outcome } from "./experiment.ts";
import { parseExperiment, readExperiment, runOf, settingsOf, writeExperiment } from "./format.ts";
import { readyExperiments } from "./ready/index.ts";
import { mergeResults, type Results, readResults, resultsOf } from "./results.ts";
import { holdsUnit, readShard, unitsIn } from "./shards.ts";
import { summaryOf } from "./summary.ts";
import { Units } from "./units.ts";
import { withField } from "./vary.ts";
import { figuresOf, valueText } from "./words.ts";
import { parseExperimentYaml } from "./yaml.ts";

const file = {
  format: "driftwood-experiment",
  version: 1,
  title: "Time without a leader",
  run: { servers: 3, network: { latencyMs: [4, 11] }, disk: { writeMs: [1, 2] } },
  vary: [
    {
      title: "election timeout",
      set: "run.options.electionTimeoutMs",
      to: [
        [150, 160],
        [150, 300],
      ],
    },
  ],
  happens: [{ once: "leader", waitMs: [100, 150], do: "crash", server: "leader" }],
  measure: { what: "time", until: "leader" },
  runs: 12,
  giveUpMs: 3000,
};

function unitsOf(json: unknown): Units {
  const read = readExperiment(json);
  if (!read.ok) throw new Error(`${read.problem.field}: ${read.problem.message}`);
  const settings = settingsOf(read.value);
  if (!settings.ok) throw new Error(settings.problem.message);
  return new Units(read.value, settings.value);
}
const allOf = (units: Units): Outcome[] => Array.from({ length: units.count }, (_, unit) => units.run(unit));

describe("a run of an experiment", () => {
  const units = unitsOf(file);
  const outcomes = allOf(units);

  test("is the same whenever it is done, and alone", () => {
    const again = unitsOf(file);
    for (const unit of [23, 5, 0, 14]) expect(again.run(unit)).toEqual(outcomes[unit]);
  });

  test("is a recording like any other: its history is measured the same", () => {
    for (const { setting, seed, value, begun, at } of outcomes.slice(0, 6)) {
      const { setup, actions } = units.tried(setting, seed);
      expect(actions.map(({ act }) => act.do)).toEqual(["crash"]);
      const history = new History(setup, actions, at);
      history.advance(begun);
      const leads = () => history.world.machines.some((each) => each?.status === "up" && each.raft.role === "leader");
      expect(leads()).toBe(false);
      history.advance(at - 1);
      expect(leads()).toBe(false);
      history.advance(at);
      expect(leads()).toBe(true);
      expect(at - begun).toBe(value);
    }
  });

  test("a narrow range takes longer than a wide one, and the server that crashed is not the one that leads", () => {
    const [narrow, wide] = [0, 1].map((setting) =>
      summaryOf(
        outcomes.filter((each) => each.setting === setting),
        "time",
      ),
    );
    expect(narrow!.half!.value!).toBeGreaterThan(wide!.half!.value!);
    expect(narrow!.again).toBeGreaterThan(wide!.again);
  });

  test("goes on from a moment of a run, each time otherwise", () => {
    const from = unitsOf({
      ...file,
      vary: [],
      happens: [],
      fromMs: 1000,
      measure: { what: "chance", that: "S1 leads" },
      run: { ...file.run, servers: 5 },
    });
    const seeds = [1, 2, 3, 4].map((seed) => from.tried(0, seed));
    expect(seeds.map(({ actions }) => actions[0]!.act)).toEqual([1, 2, 3, 4].map((seed) => ({ do: "reseed", seed })));
    const hashes = seeds.map(({ setup, actions }) => {
      const history = new History(setup, actions, 3_000_000);
      history.advance(999_999);
      const before = history.hash();
      history.advance(3_000_000);
      return [before, history.hash()];
    });
    expect(new Set(hashes.map(([before]) => before)).size).toBe(1);
    expect(new Set(hashes.map(([, after]) => after)).size).toBe(4);
  });
});

test("a leader that is paused is the leader, for a condition and for what is done to it", () => {
  const own = unitsOf({
    ...file,
    vary: [],
    happens: [
      { once: "leader", do: "pause", server: "leader" },
      { once: "leader", do: "crash", server: "leader" },
    ],
    runs: 1,
  });
  const [paused, crashed] = own.tried(0, 1).actions;
  expect([paused!.act, crashed!.at]).toEqual([
    { do: "pause", server: (crashed!.act as { server: number }).server },
    paused!.at,
  ]);
});

test("a run in words says who won, what nobody won, and why it was given up", () => {
  const own = (more: object) => {
    const tried = unitsOf({ ...file, vary: [], runs: 1, ...more }).tried(0, 1);
    return wordsOf(bandsOf(tried), tried.outcome);
  };
  expect(own({})).toMatch(/S\d wins term \d+\.$/);
  expect(own({ measure: { what: "time", until: "S1 down and S2 down" }, giveUpMs: 20 })).toBe(
    "No election begins while it is measured. Given up after 20 ms.",
  );
  const never = { run: { ...file.run, options: { electionTimeoutMs: [150, 150] } } };
  expect(own(never)).toMatch(/^Nobody wins terms 1, 2, 3 … \d+\. Given up before it could be measured\.$/);
});

describe("in parts", () => {
  const units = unitsOf(file);
  const { experiment, settings } = units;
  const json = writeExperiment(experiment);
  const whole = resultsOf(json, allOf(units));
  const partOf = (index: number, of: number): Results => {
    const own = Array.from({ length: units.count }, (_, unit) => unit).filter((unit) => holdsUnit({ index, of }, unit));
    expect(own.length).toBe(unitsIn({ index, of }, units.count));
    return resultsOf(
      json,
      own.map((unit) => units.run(unit)),
    );
  };

  test.each([1, 2, 3, 7, 30])("%i parts are together the whole, in any order, one of them twice", (of) => {
    const parts = Array.from({ length: of }, (_, at) => partOf(at + 1, of));
    const merged = mergeResults([...parts.toReversed(), parts[0]!]);
    expect(merged).toEqual({ ok: true, value: whole });
  });

  test("what does not belong together is refused", () => {
    const [a, b] = [partOf(1, 2), partOf(2, 2)];
    const other = { ...b, experiment: { ...b.experiment, giveUpMs: 1 } };
    expect(mergeResults([a, other])).toMatchObject({
      ok: false,
      problem: expect.stringContaining("different experiments"),
    });
    const [row] = a.outcomes;
    const lies = { ...a, outcomes: [[...row!.slice(0, 2), 1, ...row!.slice(3)]] } as unknown as Results;
    expect(mergeResults([a, lies])).toMatchObject({ ok: false, problem: expect.stringContaining("tell differently") });
  });

  test("are read back, and nothing that is damaged", () => {
    expect(readResults(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
    for (const damaged of [
      null,
      {},
      { ...whole, outcomes: [[1]] },
      { ...whole, format: "driftwood" },
      { ...whole, version: 2 },
    ])
      expect(readResults(damaged)).toBe(null);
  });

  test("a part is named by two numbers", () => {
    expect(readShard("2/8")).toEqual({ index: 2, of: 8 });
    for (const text of ["0/8", "9/8", "2", "2/", "a/b", "-1/2", "1/2/3"]) expect(readShard(text)).toBe(null);
  });

  test("as a table", () => {
    const lines = csvOf(settings, experiment.measure.unit, whole).split("\r\n");
    expect(lines[0]).toBe("election timeout,seed,valueMs,atMs,begunMs,terms,broke");
    expect(lines.length).toBe(units.count + 2);
    expect(lines[1]).toMatch(/^150–160 ms,1,[\d.]+,[\d.]+,[\d.]+,\d+,$/);
  });
});

describe("the file", () => {
  const problemOf = (change: object): string => {
    const read = readExperiment({ ...file, ...change });
    return read.ok ? "" : `${read.problem.field}: ${read.problem.message}`;
  };

  test("is written as it was read", () => {
    const read = readExperiment(file);
    if (!read.ok) throw new Error(read.problem.message);
    const again = readExperiment(writeExperiment(read.value));
    expect(again.ok && writeExperiment(again.value)).toEqual(writeExperiment(read.value));
  });

  test.each([
    [{ measure: { what: "tme" } }, /measure: .*one of time, .*did you mean time\?/],
    [{ measure: { what: "time", until: "S1 leds" } }, /measure\.until: is no condition/],
    [{ happens: [{ do: "crsh", server: "leader" }] }, /happens\[0\]\.do: expected one of .*did you mean crash/],
    [{ happens: [{ once: "nobody", do: "heal" }] }, /happens\[0\]\.once: is no condition/],
    [{ happens: [{ waitMs: [2, 1], do: "heal" }] }, /happens\[0\]\.waitMs/],
    [
      { vary: [{ title: "x", set: "run.options.preVot", to: [true] }] },
      /with on: run\.options.*preVot.*did you mean preVote/,
    ],
    [{ vary: [{ title: "x", set: "run.actions[3].perSecond", to: [1] }] }, /vary\[0\]\.set: there is no field/],
    [{ vary: [{ title: "x", set: "runs", to: [1] }] }, /expected a field of run or happens/],
    [{ vary: [{ title: "x", set: "run.__proto__.a", to: [1] }] }, /vary/],
    [{ run: { servers: 12 } }, /with 150–160 ms: run\.servers/],
    [{ runs: 0 }, /runs: expected a whole number from 1/],
    [{ colour: 1 }, /colour/],
  ])("says what is wrong: %j", (change, message) => {
    expect(problemOf(change)).toMatch(message);
  });

  test("says where it is wrong", () => {
    const read = parseExperiment(
      '{\n  "format": "driftwood-experiment",\n  "version": 1, "title": "x", "run": {},\n  "measure": { "what": "speed" }\n}',
    );
    expect(read).toMatchObject({ ok: false, problem: { place: { line: 4 } } });
  });

  const yaml = (run: string): string =>
    `format: driftwood-experiment\nversion: 1\ntitle: As YAML\nrun:\n${run}\nmeasure: { what: time, until: leader }\nruns: 2\n`;

  test("may be YAML, with a run as servers are configured", () => {
    const own = parseExperimentYaml(
      yaml("  servers: 3\n  election_timeout: 150ms-300ms\n  network:\n    latency: 4ms-11ms"),
    );
    const same = parseExperimentYaml(
      yaml("  servers: 3\n  options: { electionTimeoutMs: [150, 300] }\n  network: { latencyMs: [4, 11] }"),
    );
    if (!own.ok || !same.ok) throw new Error(JSON.stringify([own, same]));
    expect(JSON.parse(JSON.stringify(writeExperiment(own.value)))).toEqual(writeExperiment(same.value));
    expect(own.value.title).toBe("As YAML");
  });

  test.each([
    ["  election_timeot: 150ms", "run.election_timeot", 5],
    ["  servers: 3\n  election_timeout: 1000s", "run.election_timeout[0]", 6],
    ["  servers: 12", "run.servers", 5],
  ])("says where YAML is wrong: %j", (run, field, line) => {
    expect(parseExperimentYaml(yaml(run))).toMatchObject({ ok: false, problem: { field, place: { line } } });
  });

  test("any field of any depth can be varied, and nothing beside it changes", () => {
    expect(withField({ a: { b: 1 }, c: [1, { d: 2 }] }, "c[1].d", 3)).toEqual({ a: { b: 1 }, c: [1, { d: 3 }] });
    expect(withField({}, "a.b.c", null)).toEqual({ a: { b: { c: null } } });
    for (const path of ["", "a..b", "a[", "a[x]", "[0]", "__proto__"]) expect(withField({ a: 1 }, path, 1)).toBe(null);
  });
});

describe("experiments that are ready", () => {
  test.each(readyExperiments.map(({ id, experiment }) => [id, experiment] as const))(
    "%s: a run of the first and the last setting, or of one of many, is measured",
    (_, experiment) => {
      const units = unitsOf({ ...experiment, runs: 1 });
      const { length } = units.settings;
      const outcomes = (length > 8 ? [length >> 1] : [0, length - 1]).map((setting) => units.run(setting));
      expect(outcomes.map(({ broke }) => broke)).toEqual(outcomes.map(() => null));
      if (experiment.title !== "Time without a leader") expect(outcomes.some(({ value }) => value !== null)).toBe(true);
      expect(experiment.notes).toMatch(/^[^?]*[.,][^?]*\?$/);
    },
  );

  test("a run of the page is the run of an experiment", () => {
    const { recording } = unitsOf(file).settings[1]!;
    const own = unitsOf({ ...file, vary: [], run: runOf(recording) });
    expect(own.run(3)).toEqual({ ...unitsOf({ ...file, vary: [{ ...file.vary[0]!, to: [[150, 300]] }] }).run(3) });
  });
});

describe("Figure 16", () => {
  const { experiment } = readyExperiments.find(({ id }) => id === "figure-16")!;
  const [, , narrow, , , wide] = (experiment["vary"] as { to: unknown[] }[])[0]!.to;
  const summary = (range: unknown, runs: number) => {
    const vary = [{ title: "election timeout", set: "run.options.electionTimeoutMs", to: [range] }];
    return summaryOf(allOf(unitsOf({ ...experiment, vary, runs })), "time");
  };

  test("without any spread nobody ever leads; with 50 ms half are led again within 200 ms, and the spread of 5 ms takes seconds", () => {
    expect(summary([150, 150], 2).none).toBe(2);
    const fifty = summary([150, 200], 60).half!;
    expect(fifty.low!).toBeGreaterThan(120_000);
    expect(fifty.high!).toBeLessThan(230_000);
    expect(summary(narrow, 12).half!.value!).toBeGreaterThan(3 * fifty.value!);
    expect(summary(wide, 60).most!).toBeLessThan(1_500_000);
  });
});

test("figures in words say no more than they know", () => {
  expect([999, 1500, 177_234, 2_345_678].map((value) => valueText(value, "time"))).toEqual([
    "999 µs",
    "1.5 ms",
    "177 ms",
    "2.35 s",
  ]);
  expect([
    valueText(0.98765, "share"),
    valueText(1, "share"),
    valueText(12_040.4, "perSecond"),
    valueText(null, "time"),
  ]).toEqual(["98.8 %", "100 %", "12,040 /s", "–"]);
  const outcomes = [1, 2, 3].map((value) => ({
    setting: 0,
    seed: value,
    value,
    at: 0,
    begun: 0,
    terms: value,
    broke: null,
  }));
  const figures = figuresOf(summaryOf(outcomes, "time"), { unit: "time", what: "time" });
  expect(figures.map(({ title, text }) => `${title} ${text}`)).toEqual([
    "runs 3",
    "half within 2 µs",
    "99 % within 3 µs",
    "longest 3 µs",
    "none 0",
    "more than one term 66.7 %",
  ]);
  expect(figures[1]!.between).toBe("unknown to unknown");
  const rates = figuresOf(summaryOf(outcomes, "perSecond"), { unit: "perSecond", what: "commitRate" });
  expect(rates.slice(1, 4).map(({ title, text }) => `${title} ${text}`)).toEqual([
    "half at least 2 /s",
    "99 % at least 1 /s",
    "least 1 /s",
  ]);
});
