import { expect, test } from "vitest";
import { Causes } from "../history/causes/causes.ts";
import { finish } from "../history/work.ts";
import { scenario, server, storyIn, whyIn } from "./fixtures.ts";
import { pastOf } from "./past.ts";

test("an event of the past names the messages and the entries that came with it", () => {
  const history = scenario("leader-crash", 460);
  const committed = storyIn(history, { kind: "entry", index: 2, term: 2, group: 1 })!.steps.find(
    ({ kind }) => kind === "committed",
  )!;
  const { events } = finish(pastOf(new Causes(history), committed.event, 60));
  expect(events[0]!.messages).toEqual(["S5>S4#5"]);
  const brought = events.filter(({ entries }) => entries.some(([index, term]) => index === 2 && term === 2));
  expect(brought.map(({ server: of }) => of)).toContain(4);
  expect(brought.some(({ by, messages }) => by === "message" && /^S4>S/.test(messages[0]!))).toBe(true);
});

test("what can stand in the place of the rule that decided, and nothing where no switch is about it", () => {
  const refusal = whyIn(scenario("figure-8", 263), server(3))!;
  expect(refusal.rule!.breaks[0]).toEqual({ bug: "double-vote", title: "A server votes for anybody who asks" });
  const stood = whyIn(scenario("figure-8", 251), server(1))!;
  expect(stood.rule?.breaks ?? []).not.toContainEqual(expect.objectContaining({ bug: "double-vote" }));
});

test("an entry that nobody has any more is told of by its index and term", () => {
  const before = storyIn(scenario("two-leaders", 500), { kind: "entry", index: 3, term: 1, group: 1 })!;
  const after = storyIn(scenario("two-leaders"), { kind: "entry", index: 3, term: 1, group: 1 })!;
  expect(before.life!.client).toBeGreaterThan(0);
  expect(after.outcome).toContain("It is lost:");
  expect(after.life!.copies.every(({ lostAt }) => lostAt !== null)).toBe(true);
  expect(storyIn(scenario("two-leaders"), { kind: "entry", index: 3, term: 77, group: 1 })).toBeNull();
});
