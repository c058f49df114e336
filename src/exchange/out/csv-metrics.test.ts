import { expect, test } from "vitest";
import { metrics } from "../../history/metrics/names.ts";
import { presetRun, storyRun, write } from "./fixtures.ts";

test("csv-metrics: the last row is what the OpenMetrics text says at the end", async () => {
  const { text } = write("csv-metrics", storyRun(), { from: 198_000, to: 200_000 });
  await expect(text).toMatchFileSnapshot("golden/csv-metrics.metrics.csv");
  for (const id of ["leader-crash", "lossy-network"]) {
    const run = presetRun(id);
    const [head, ...rows] = write("csv-metrics", run).text.trimEnd().split("\n");
    const names = head!.split(/,(?=")/).map((name) => name.replace(/^"|"$/g, "").replaceAll('""', '"'));
    const last = rows.at(-1)!.split(",");
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.length).toBeLessThanOrEqual(2001);
    const samples = new Map(
      write("openmetrics", run)
        .text.split("\n")
        .filter((line) => line !== "" && !line.startsWith("#"))
        .map((line) => [line.slice(0, line.lastIndexOf(" ")), line.slice(line.lastIndexOf(" ") + 1)] as const),
    );
    // Losses are told by reason there.
    const lost = (server: string): string =>
      String(
        [...samples].reduce(
          (sum, [name, value]) =>
            name.startsWith(`${metrics.lost.name}_total{server="${server}"`) ? sum + Number(value) : sum,
          0,
        ),
      );
    expect(names[0]).toBe("time_us");
    expect(Number(last[0])).toBe(run.place.at);
    for (const [place, name] of names.entries()) {
      if (place === 0) continue;
      const told = name.startsWith(metrics.lost.name) ? lost(/"(S\d)"/.exec(name)![1]!) : (samples.get(name) ?? "");
      expect([name, last[place]]).toEqual([name, told]);
    }
  }
});
