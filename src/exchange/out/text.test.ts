import { expect, test } from "vitest";
import { sentence } from "../../explain/sentence.ts";
import { expectGolden, presetRun, storyRun, write } from "./fixtures.ts";

test("text: every sentence that is not about routine, in order", async () => {
  const [head, ...lines] = (await expectGolden("text")).trimEnd().split("\n");
  const run = storyRun();
  const told = run.facts(1, run.place.event).map(sentence);
  const telling = told.filter(({ routine }) => !routine);
  expect(head).toBe(
    `3 servers, seed 7. ${told.length - telling.length} things that happen all the time (heartbeats, timers, messages) are left out.`,
  );
  expect(lines.map((line) => line.slice(16))).toEqual(
    telling.map(({ text, section }) => `${text}${section === "" ? "" : ` (${section})`}`),
  );
});

test("text: says of which groups it tells", () => {
  const { text } = write("text", presetRun("two-groups"));
  expect(text).toMatch(/^\d servers, 2 groups, seed /);
  expect(text).toMatch(/S\d \(group 2\) became leader/);
});
