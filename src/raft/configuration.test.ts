import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  allVoters,
  type Configuration,
  changed,
  configurationText,
  isJoint,
  isLearner,
  isMember,
  isVoter,
  type MembershipChange,
  membershipChange,
  membersOf,
  type SingleChange,
  votersOnly,
} from "./configuration.ts";

/** "+4 -1 ^5": add 4, remove 1, make 5 a learner. */
const changes = (text: string): SingleChange[] =>
  text
    .split(" ")
    .filter(Boolean)
    .map((word) => ({
      type: ({ "+": "add", "-": "remove", "^": "learner", "=": "update" } as const)[word[0] as "+" | "-" | "^" | "="],
      server: Number(word.slice(1)),
    }));
const three = votersOnly([1, 2, 3]);

/** The configuration in words, or the reason against it. */
function becomes(before: Configuration, text: string, transition: MembershipChange["transition"] = "auto"): string {
  const result = changed(before, membershipChange(changes(text), transition));
  return result.ok ? configurationText(result.value) + (result.value.autoLeave ? " auto" : "") : result.problem;
}
function joint(before: Configuration, text: string): Configuration {
  const result = changed(before, membershipChange(changes(text), "explicit"));
  if (!result.ok) throw new Error(result.problem);
  return result.value;
}

describe("D 4.1: one server at a time", () => {
  test("D 4.1 a voter is added, or removed; a learner is added, promoted, removed", () => {
    expect(becomes(three, "+4")).toBe("1,2,3,4");
    expect(becomes(three, "-2")).toBe("1,3");
    expect(becomes(three, "^4")).toBe("1,2,3 learners 4");
    expect(becomes({ ...three, learners: [4] }, "+4")).toBe("1,2,3,4");
    expect(becomes({ ...three, learners: [4, 5] }, "-4")).toBe("1,2,3 learners 5");
  });

  test("D 4.1 a voter becomes a learner at once: there is no outgoing half that it votes in", () => {
    expect(becomes(three, "^3")).toBe("1,2 learners 3");
  });

  test("what is so already changes nothing", () => {
    expect([becomes(three, "+2"), becomes(three, "-9"), becomes(three, "=1")]).toEqual(["1,2,3", "1,2,3", "1,2,3"]);
    expect(becomes({ ...three, learners: [4] }, "^4")).toBe("1,2,3 learners 4");
  });

  test("server 0 is nobody", () => expect(becomes(three, "+0")).toBe("1,2,3"));

  test("the last voter cannot go", () => {
    expect([becomes(votersOnly([1]), "-1"), becomes(votersOnly([1]), "^1")]).toEqual([
      "no voter would be left",
      "no voter would be left",
    ]);
  });
});

describe("§6: joint consensus", () => {
  test("§6 two changes at once make a joint configuration, which leaves itself", () => {
    expect(becomes(three, "+4 -1")).toBe("2,3,4&1,2,3 auto");
    expect(becomes(three, "+4 +5")).toBe("1,2,3,4,5&1,2,3 auto");
  });

  test("§6 one change does if that is asked for; explicitly, it is left by hand", () => {
    expect(becomes(three, "+4", "implicit")).toBe("1,2,3,4&1,2,3 auto");
    expect(becomes(three, "+4", "explicit")).toBe("1,2,3,4&1,2,3");
    expect(becomes(three, "", "explicit")).toBe("1,2,3&1,2,3");
  });

  test("§6 leaving keeps the new half", () => {
    expect(becomes(joint(three, "+4 -1"), "")).toBe("2,3,4");
  });

  test("while it is joint only leaving is possible; leaving twice is not", () => {
    const now = joint(three, "+4");
    expect([becomes(now, "+5"), becomes(now, "+5", "implicit"), becomes(now, "-1 +5")]).toEqual([
      "the configuration is joint already",
      "the configuration is joint already",
      "the configuration is joint already",
    ]);
    expect(becomes(three, "")).toBe("the configuration is not joint");
  });

  test("a voter that becomes a learner stays voter of the outgoing half until that is left", () => {
    const now = joint(three, "^3");
    expect(configurationText(now)).toBe("1,2&1,2,3 learners next 3");
    expect([isVoter(now, 3), isLearner(now, 3), membersOf(now)]).toEqual([true, false, [1, 2, 3]]);
    expect(becomes(now, "")).toBe("1,2 learners 3");
  });

  test("a voter that is removed from the new half belongs to the cluster until the old half is left", () => {
    const now = joint(three, "-3 +4");
    expect([isMember(now, 3), membersOf(now), allVoters(now)]).toEqual([true, [1, 2, 3, 4], [1, 2, 3, 4]]);
    expect(becomes(now, "")).toBe("1,2,4");
  });

  test("in one change, the last word on a server counts", () => {
    expect(becomes(three, "^3 +3")).toBe("1,2,3&1,2,3 auto");
    expect(becomes(three, "+4 ^4")).toBe("1,2,3&1,2,3 learners 4 auto");
    expect(becomes(three, "^3 -3")).toBe("1,2&1,2,3 auto");
  });

  test("a cluster that has no voters yet cannot be joint", () => {
    expect(becomes(votersOnly([]), "+1 +2")).toBe("a configuration without voters cannot become joint");
  });
});

const single = fc.record({
  type: fc.constantFrom("add", "remove", "learner", "update"),
  server: fc.integer({ min: 0, max: 6 }),
}) as fc.Arbitrary<SingleChange>;
const anyChange = fc
  .tuple(fc.array(single, { maxLength: 4 }), fc.constantFrom("auto", "implicit", "explicit"))
  .map(([list, transition]) => membershipChange(list, transition as MembershipChange["transition"]));

test("whatever is changed: nobody is voter and learner, lists ascend, somebody votes, two majorities share a server", () => {
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 12 }), (list) => {
      let now = three;
      for (const each of list) {
        const result = changed(now, each);
        if (!result.ok) continue;
        const next = result.value;
        expect(next.voters.length).toBeGreaterThan(0);
        for (const ids of [next.voters, next.outgoing, next.learners, next.learnersNext])
          expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
        expect(next.learners.filter((id) => isVoter(next, id))).toEqual([]);
        expect(next.learnersNext.filter((id) => !next.outgoing.includes(id))).toEqual([]);
        if (!isJoint(next)) expect([next.learnersNext, next.autoLeave]).toEqual([[], false]);
        if (!isJoint(now) && !isJoint(next)) expect(overlap(now.voters, next.voters)).toBe(true);
        if (isJoint(next) && !isJoint(now)) expect(next.outgoing).toEqual(now.voters);
        now = next;
      }
    }),
  );
});

/** Every majority of one meets every majority of the other. */
const overlap = (a: readonly number[], b: readonly number[]): boolean => {
  const all = new Set([...a, ...b]).size;
  return (a.length >> 1) + 1 + ((b.length >> 1) + 1) > all;
};
