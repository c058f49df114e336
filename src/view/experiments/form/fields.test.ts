import { describe, expect, test } from "vitest";
import { readExperiment, settingsOf } from "../../../experiment/format.ts";
import { deeds, fieldsFor, measures } from "./fields.ts";
import { type Json, withDeed, withFactor, withFields } from "./json.ts";

/** What the form offers can be read: everything that it writes is a file. */
const base: Json = {
  format: "driftwood-experiment",
  version: 1,
  title: "Everything",
  run: { servers: 3, actions: [{ atMs: 0, do: "load", perSecond: 10 }] },
  happens: [{ do: "nemesis", id: 3, fault: "pause", everyMs: [500, 1000], forMs: [100, 200] }],
  measure: { what: "time", until: "leader" },
  runs: 1,
};
const problemOf = (json: Json): string => {
  const read = readExperiment(json);
  return read.ok ? "" : `${read.problem.field}: ${read.problem.message}`;
};

describe("what the form offers is understood", () => {
  test("everything that can vary, each value of it", () => {
    const fields = fieldsFor(base).flatMap((group) => group.fields);
    const titles = fields.map(({ title }) => title);
    for (const title of ["requests per second", "pause every", "pause for"]) expect(titles).toContain(title);
    const wrong = fields.flatMap((field) => {
      const problem = problemOf(withFactor(base, field));
      return problem === "" ? [] : [`${field.title}: ${problem}`];
    });
    expect(wrong).toEqual([]);
  });

  test("and no value twice", () => {
    for (const field of fieldsFor(base).flatMap((group) => group.fields)) {
      const read = readExperiment(withFactor(base, field));
      const settings = read.ok ? settingsOf(read.value) : read;
      const labels = settings.ok ? settings.value.map(({ label }) => label) : [];
      expect(new Set(labels).size).toBe(field.to.length);
    }
  });

  test("every deed, one after the other", () => {
    expect(problemOf(deeds.reduce((json, { deed }) => withDeed(json, deed), base))).toBe("");
  });

  test("every measure", () => {
    for (const { json } of Object.values(measures)) expect(problemOf(withFields(base, { measure: json }))).toBe("");
  });
});
