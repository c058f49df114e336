import { describe, expect, test } from "vitest";
import { votersOnly } from "../raft/configuration.ts";
import type { ServerView } from "../worker/protocol/server.ts";
import { configurationOf, latecomers, type Plan, planOf, proposalOf, type Standing, standingIn } from "./change.ts";

const three = votersOnly([1, 2, 3]);
const wish = (wishes: Readonly<Record<number, Standing>>) =>
  new Map(Object.entries(wishes).map(([id, standing]) => [Number(id), standing] as const));
const planned = (wishes: Readonly<Record<number, Standing>>, transition: "auto" | "implicit" | "explicit" = "auto") =>
  planOf(three, wish(wishes), transition);
const voters = ({ joint, after }: Plan) => [joint?.outgoing, joint?.voters, after.voters];

describe("a change that is planned", () => {
  test("D §4.1 one voter more or less needs no joint configuration", () => {
    expect(voters(planned({ 4: "voter" }))).toEqual([undefined, undefined, [1, 2, 3, 4]]);
    expect(planned({ 3: "none" })).toMatchObject({ changes: [{ type: "remove", server: 3 }], problem: null });
  });
  test("§6 several changes go through one, also where the operator wants it", () => {
    expect(voters(planned({ 4: "voter", 1: "none" }))).toEqual([
      [1, 2, 3],
      [2, 3, 4],
      [2, 3, 4],
    ]);
    expect(voters(planned({ 4: "voter" }, "explicit"))).toEqual([
      [1, 2, 3],
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
  });
  test("D §4.2.1 whoever is demoted learns once the joint configuration is left", () => {
    const { joint, after } = planned({ 3: "learner", 4: "voter" });
    expect(joint).toMatchObject({ outgoing: [1, 2, 3], voters: [1, 2, 4], learners: [], learnersNext: [3] });
    expect(after).toMatchObject({ outgoing: [], voters: [1, 2, 4], learners: [3] });
    expect(standingIn(joint!, 3)).toBe("learner");
  });
  test("says why it does not fit", () => {
    expect(planned({}).problem).toBe("nothing is changed");
    expect(planned({ 1: "voter" }).problem).toBe("nothing is changed");
    expect(planned({ 1: "none", 2: "none", 3: "learner" }).problem).toBe("no voter would be left");
  });
  test("a joint configuration can only be left", () => {
    const joint = planned({ 4: "voter", 1: "none" }, "explicit").joint!;
    const plan = planOf(joint, wish({ 5: "voter" }), "explicit");
    expect(plan).toMatchObject({ changes: [], after: { voters: [2, 3, 4], outgoing: [] }, problem: null });
    expect(proposalOf(2, plan, "explicit")).toEqual({ do: "members", server: 2, changes: [], transition: "auto" });
  });
  test("becomes one act", () => {
    expect(proposalOf(1, planned({ 4: "learner", 2: "none" }), "implicit")).toEqual({
      do: "members",
      server: 1,
      changes: [
        { type: "remove", server: 2 },
        { type: "learner", server: 4 },
      ],
      transition: "implicit",
    });
  });
  test("D §4.2.1 new voters without the log hold up commits", () => {
    const servers = [
      { id: 4, lastIndex: 0 },
      { id: 5, lastIndex: 9 },
    ] as unknown as readonly ServerView[];
    expect(latecomers(planned({ 4: "voter", 5: "voter" }), servers, 9)).toEqual([4]);
    expect(latecomers(planned({ 4: "learner" }), servers, 9)).toEqual([]);
  });
});

test("the page's view of a server holds its whole configuration", () => {
  const view = { outgoing: [1, 2], learners: [6], learnersNext: [1], autoLeave: true };
  const server = { configuration: "2,3&1,2 learners 6 learners next 1", ...view } as unknown as ServerView;
  expect(configurationOf(server)).toEqual({ voters: [2, 3], ...view });
});
