import { expect, test } from "vitest";
import { isOfExperiment } from "./looks.ts";

test("a file of an experiment is told from a run's, as JSON and as YAML", () => {
  expect(
    [
      '{ "format": "driftwood-experiment", "version": 1 }',
      '{"version":1,"format":"driftwood-results"}',
      "# mine\nversion: 1\nformat: driftwood-experiment\n",
    ].map(isOfExperiment),
  ).toEqual([true, true, true]);
  expect(
    [
      '{ "format": "driftwood", "notes": "format: driftwood-experiment" }',
      '{ "view": { "format": "driftwood-experiment" } }',
      "servers: 3\n",
      "notes: about format: driftwood-experiment\n",
    ].map(isOfExperiment),
  ).toEqual([false, false, false, false]);
});
