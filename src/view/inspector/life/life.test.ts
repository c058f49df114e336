import { expect, test } from "vitest";
import { scenario, storyIn } from "../../../why/fixtures.ts";
import type { Story } from "../../../worker/protocol/why.ts";
import { dotOf, lineOf, standing, storedBy, stretchesOf } from "./life.ts";

const ms = 1000;
const entryIn = (id: string, index: number, term: number): Story =>
  storyIn(scenario(id), { kind: "entry", index, term, group: 1 })!;

test("a command's life: asked, appended, committed, applied once, answered; where it stands then", () => {
  const story = entryIn("leader-crash", 2, 2);
  const life = story.life!;
  const line = lineOf(story);
  expect(line.map(({ kind }) => kind)).toEqual(["asked", "appended", "committed", "applied", "answered"]);
  expect(line.map((_, place) => dotOf(line, place, 460 * ms))).toEqual(["done", "done", "done", "now", "later"]);
  expect([410, 425, 432, 446, 460, 480].map((at) => standing(story, life, at * ms))).toEqual([
    "Not there yet at this moment.",
    "Asked; in no log yet.",
    "Not committed: it is on no disk yet.",
    "Not committed: on the disks of S3, S4 and S5.",
    "Committed; C1 does not know yet.",
    "Committed, applied, and C1 knows.",
  ]);
  expect(stretchesOf(story, life).map(({ what, from, to }) => [what, Math.round((to - from) / ms)])).toEqual([
    ["to S4", 12],
    ["to a majority and back", 27],
    ["to C1", 11],
  ]);
});

test("§5.4.2 an entry that a new leader overwrites: whose disk had it, and where it went", () => {
  const story = entryIn("figure-8", 2, 2);
  const life = story.life!;
  expect(storedBy(life, 380 * ms)).toEqual([1, 2, 3]);
  expect(standing(story, life, 380 * ms)).toBe("Not committed: on the disks of S1, S2 and S3.");
  expect(storedBy(life, 510 * ms)).toEqual([1]);
  expect(life.copies.map(({ server, lostAt }) => [server, lostAt !== null])).toEqual([
    [1, false],
    [2, true],
    [3, true],
  ]);
  expect(lineOf(story).filter(({ kind }) => kind === "replaced")).toHaveLength(2);
  expect(stretchesOf(story, life).map(({ what }) => what)).toEqual(["to S1"]);
});

test("a term has a line and no copies", () => {
  const story = storyIn(scenario("leader-crash"), { kind: "term", term: 2, group: 1 })!;
  expect(story.life).toBeUndefined();
  expect(lineOf(story)).toEqual(story.steps);
});
