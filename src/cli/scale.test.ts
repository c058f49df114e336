import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readShard } from "../experiment/shards.ts";

/** The files that start parts on engines that people have: each must only start the command with its index. */
const root = join(import.meta.dirname, "../..");
const text = (path: string): string => readFileSync(join(root, path), "utf8");

/** The part that the file asks for, where these stand for its variables; and the whole of it. */
function partIn(path: string, values: Readonly<Record<string, string>>): string {
  const said = text(path);
  const [, shard = ""] = /--shard "?([^\s"]+)"?/.exec(said) ?? [];
  return Object.entries(values).reduce((all, [name, value]) => all.replace(name, value), shard);
}

describe("parts on other machines", () => {
  test.each([
    ["src/cli/scale/parallel.sh", { "{}": "3", $PARTS: "16" }],
    ["src/cli/scale/array.sbatch", { $SLURM_ARRAY_TASK_ID: "3", $PARTS: "16" }],
    ["src/cli/scale/job.yaml", { $part: "3", $PARTS: "16" }],
    [".github/workflows/experiment.yml", { $PART: "3", $PARTS: "16" }],
  ])("%s starts the command with its index", (path, values) => {
    expect(readShard(partIn(path, values))).toEqual({ index: 3, of: 16 });
    expect(text(path)).toMatch(/npm run --silent headless -- \$WORK --shard .*--json/);
  });

  test("pods are counted from 0, and parts from 1 to as many as there are pods", () => {
    const job = text("src/cli/scale/job.yaml");
    expect(job).toContain("part=$((JOB_COMPLETION_INDEX + 1))");
    const [, pods] = /completions: (\d+)/.exec(job) ?? [];
    const [, parts] = /name: PARTS\s+value: "(\d+)"/.exec(job) ?? [];
    expect(parts).toBe(pods);
  });

  test("a part that was not finished is not taken for one", () => {
    for (const path of ["src/cli/scale/parallel.sh", "src/cli/scale/array.sbatch", "src/cli/scale/job.yaml"])
      expect(text(path)).toMatch(/\.part"? \|\| [\s\S]*mv .*\.part"? .*\.json/);
  });

  test("the page that explains them names each", () => {
    const page = text("src/cli/scale/README.md");
    for (const name of ["parallel.sh", "job.yaml", "array.sbatch", "Containerfile", "experiment.yml"])
      expect(page).toContain(name);
  });
});
