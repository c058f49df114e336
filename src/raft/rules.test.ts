import { expect, test } from "vitest";
import { server } from "./fixtures.ts";
import { rules, storedOn } from "./rules.ts";

test("every rule has a title, one sentence and its place in the paper", () => {
  for (const { title, section, text } of Object.values(rules)) {
    expect(title).toMatch(/^\S.{5,59}[^.]$/);
    expect(section).toMatch(/^§\d(\.\d){0,2}(, §\d(\.\d)?)*$/);
    expect(text).toMatch(/^[A-Z].*[^.]\.$/);
  }
});

test("titles are told apart", () => {
  const titles = Object.values(rules).map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});

test("§5.3 what a leader knows to be stored: its own disk, and what followers have answered", () => {
  const made = server({ term: 2, log: [1, 2], role: "leader" });
  made.durableIndex = 1;
  made.progress[3] = { next: 3, match: 2, outstanding: 0, outstandingSince: 0 };
  expect([1, 2, 3].map((id) => storedOn(made, id))).toEqual([1, 0, 2]);
  expect(rules.commitQuorum.ask(made)).toBe(0);
});

test("§5.2 only voters start elections", () => {
  const made = server();
  made.voters = [2, 3];
  expect(rules.electionTimeout.ask(made)).toBe(false);
});
