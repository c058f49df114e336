import { describe, expect, test } from "vitest";
import { votersOnly } from "../../raft/configuration.ts";
import { planOf, type Standing, type Transition } from "../../store/change.ts";
import { changeVerb, latecomersHint, stagesOf, transitionText } from "./words.ts";

const plan = (wishes: readonly (readonly [number, Standing])[], transition: Transition = "auto") =>
  planOf(votersOnly([1, 2, 3]), new Map(wishes), transition);
const rows = (...[wishes, transition = "auto"]: Parameters<typeof plan>) =>
  stagesOf(plan(wishes, transition), transition).map(({ when, voters, learners, quorum }) =>
    [when, voters, learners, quorum].filter((word) => word !== "").join(" | "),
  );

describe("a change of membership in words", () => {
  test("the verb for one server", () => {
    expect([changeVerb("none", "voter"), changeVerb("learner", "voter"), changeVerb("voter", "learner")]).toEqual([
      "add",
      "promote",
      "demote",
    ]);
    expect([changeVerb("voter", "none"), changeVerb("none", "learner"), changeVerb("none", "none")]).toEqual([
      "remove",
      "add as a learner",
      "",
    ]);
  });
  test("D §4.1 one server: now and then, with their quorums", () => {
    expect(rows([[4, "voter"]])).toEqual(["now | S1 S2 S3 | 2 of 3", "after it | S1 S2 S3 S4 | 3 of 4"]);
    expect(rows([[4, "learner"]])[1]).toBe("after it | S1 S2 S3 | and S4 learns | 2 of 3");
  });
  test("§6 several servers: both halves of the joint configuration", () => {
    const wishes = [
      [4, "voter"],
      [5, "voter"],
      [1, "none"],
    ] as const;
    expect(rows(wishes, "explicit")).toEqual([
      "now | S1 S2 S3 | 2 of 3",
      "joint, old half | S1 S2 S3 | 2 of 3",
      "joint, new half | S2 S3 S4 S5 | 3 of 4",
      "once it is left | S2 S3 S4 S5 | 3 of 4",
    ]);
    expect(rows(wishes)[3]).toBe("after it | S2 S3 S4 S5 | 3 of 4");
  });
  test("how the transition ends", () => {
    expect(transitionText(plan([[4, "voter"]]), "auto")).toContain("needs no joint configuration");
    expect(transitionText(plan([[4, "voter"]], "explicit"), "explicit")).toContain("only when you ask");
    const joint = plan([[4, "voter"]], "explicit").joint!;
    expect(transitionText(planOf(joint, new Map(), "auto"), "auto")).toContain("stays so until you ask to leave");
    expect(stagesOf(planOf(joint, new Map(), "auto"), "auto").map(({ when }) => when)).toEqual([
      "now, old half",
      "now, new half",
      "after it",
    ]);
  });
  test("D §4.2.1 who should learn first", () => {
    expect(latecomersHint([])).toBeNull();
    expect(latecomersHint([4])).toContain("S4 still lacks committed entries: added as a learner first");
    expect(latecomersHint([4, 5])).toContain("S4 and S5 still lack");
  });
});
