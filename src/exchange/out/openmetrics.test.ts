import { expect, test } from "vitest";
import { metrics } from "../../history/metrics/names.ts";
import { operationsOf } from "../../world/operations.ts";
import { expectGolden, presetRun, write } from "./fixtures.ts";

interface Family {
  readonly name: string;
  readonly type: string;
  readonly samples: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
  }[];
}

const endings: Readonly<Record<string, readonly string[]>> = {
  counter: ["_total"],
  gauge: [""],
  stateset: [""],
  histogram: ["_bucket", "_count", "_sum"],
};

/** What OpenMetrics 1.0 demands of such a text; throws at the line that breaks it. */
function parse(text: string): readonly Family[] {
  const lines = text.split("\n");
  if (lines.pop() !== "" || lines.pop() !== "# EOF") throw new Error("no end");
  const families: Family[] = [];
  const seen = new Set<string>();
  for (const [number, line] of lines.entries()) {
    const fail = (why: string): never => {
      throw new Error(`line ${number + 1}: ${why}: ${line}`);
    };
    const told = /^# (TYPE|UNIT|HELP) ([a-zA-Z_:][\w:]*) (.+)$/.exec(line);
    const family = families.at(-1);
    if (told !== null) {
      const [, what, name, rest] = told as unknown as [string, string, string, string];
      if (what === "TYPE") {
        if (families.some((each) => each.name === name)) fail("told twice");
        if (endings[rest] === undefined) fail("no such type");
        if (rest === "counter" && name.endsWith("_total")) fail("a counter is declared without _total");
        families.push({ name, type: rest, samples: [] });
      } else if (family?.name !== name || family.samples.length > 0) fail("of another family");
      if (what === "UNIT" && !name.endsWith(`_${rest}`)) fail("the unit is no end of the name");
      continue;
    }
    const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (-?\d+(?:\.\d+)?)$/.exec(line) ?? fail("no sample");
    const [, name, written = "", value] = match as unknown as [string, string, string | undefined, string];
    if (family === undefined || !endings[family.type]!.some((ending) => name === family.name + ending))
      fail("of no family that is open");
    const labels = Object.fromEntries(
      written === ""
        ? []
        : written.split(",").map((each) => {
            const pair = /^([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\n"])*)"$/.exec(each) ?? fail("no label");
            return [pair[1]!, pair[2]!] as const;
          }),
    );
    const key = `${name}{${written}}`;
    if (seen.has(key)) fail("twice");
    seen.add(key);
    if (family!.type === "counter" && Number(value) < 0) fail("a counter below 0");
    if (family!.type === "stateset" && (labels[family!.name] === undefined || !["0", "1"].includes(value)))
      fail("no state");
    family!.samples.push({ name, labels, value: Number(value) });
  }
  for (const { name, type, samples } of families) if (type === "histogram") checkBuckets(name, samples);
  return families;
}

function checkBuckets(name: string, samples: Family["samples"]): void {
  for (const { labels, value } of samples.filter((each) => each.name === `${name}_count`)) {
    const own = samples.filter((each) => each.name === `${name}_bucket` && each.labels["server"] === labels["server"]);
    const ends = own.map((each) =>
      each.labels["le"] === "+Inf" ? Number.POSITIVE_INFINITY : Number(each.labels["le"]),
    );
    expect(ends).toEqual(ends.toSorted((a, b) => a - b));
    expect(own.map((each) => each.value)).toEqual(own.map((each) => each.value).toSorted((a, b) => a - b));
    expect([ends.at(-1), own.at(-1)!.value]).toEqual([Number.POSITIVE_INFINITY, value]);
  }
}

const figureOf = (
  families: readonly Family[],
  name: string,
  labels: Readonly<Record<string, string>>,
): number | undefined =>
  families
    .flatMap(({ samples }) => samples)
    .find((each) => each.name === name && Object.entries(labels).every(([label, text]) => each.labels[label] === text))
    ?.value;

test("openmetrics: a valid text with every metric", async () => {
  const families = parse(await expectGolden("openmetrics"));
  expect(families.map(({ name, type }) => [name, type])).toEqual(
    Object.values(metrics).map(({ name, type }) => [name, type]),
  );
});

test("openmetrics: says what the servers are, at the end of the stretch", () => {
  const run = presetRun("leader-crash");
  for (const share of [0.3, 0.6, 1]) {
    run.seek(Math.floor(run.current.reach * share));
    const families = parse(write("openmetrics", run, { from: 0, to: run.place.at }).text);
    const { world } = run;
    for (const { id, status, raft, disk } of world.machines.filter(Boolean)) {
      const of = (name: string, labels = {}) => figureOf(families, name, { server: `S${id}`, ...labels });
      const own = status === "down" ? disk : raft;
      expect([of("raft_term_current"), of("raft_log_last_index")]).toEqual([own.term, own.log.last]);
      expect(of("raft_server_up")).toBe(status === "up" ? 1 : 0);
      expect(of("raft_state", { raft_state: "leader" })).toBe(status !== "down" && raft.role === "leader" ? 1 : 0);
      expect(of("raft_log_commit_index")).toBe(status === "down" ? undefined : raft.commitIndex);
    }
    const ok = operationsOf(world).filter(({ outcome }) => outcome === "ok").length;
    expect(figureOf(families, "raft_client_operations_total", { outcome: "ok" })).toBe(ok);
    expect(figureOf(families, "raft_virtual_time_seconds", {})).toBe(Number((run.place.at / 1_000_000).toFixed(6)));
  }
});

test("openmetrics: the checker refuses what the format does", () => {
  const good = write("openmetrics", presetRun("first-election")).text;
  expect(() => parse(good)).not.toThrow();
  for (const bad of [
    good.replace("# EOF\n", ""),
    good.replace("# TYPE raft_commits counter", "# TYPE raft_commits_total counter"),
    good.replace("raft_commits_total{", "raft_commits{"),
    good.replace("# UNIT raft_leaderless_seconds seconds", "# UNIT raft_leaderless_seconds entries"),
    good.replace(/^raft_term_current.*$/m, (line) => `${line}\n${line}`),
  ])
    expect(() => parse(bad)).toThrow();
});
