import { describe, expect, test } from "vitest";
import { bugOf } from "../raft/bugs/index.ts";
import { rules } from "../raft/rules/index.ts";
import { entered, file, opened } from "./fixtures.ts";
import type { Laboratory } from "./laboratory.ts";

const ms = 1000;
/** Two candidates of one term vote for each other. */
const twice = (bugs: readonly string[]): Promise<Laboratory> =>
  opened(
    file(
      JSON.stringify({
        format: "driftwood",
        version: 1,
        servers: 2,
        bugs,
        network: { mode: "manual" },
        disk: { writeMs: [1, 1] },
        actions: [
          { atMs: 10, do: "timeout", server: "S1" },
          { atMs: 20, do: "timeout", server: "S2" },
          { atMs: 30, do: "deliver", message: "S1>S2#1" },
          { atMs: 40, do: "deliver", message: "S2>S1#1" },
          { atMs: 50, do: "deliver", message: "S2>S1#2" },
          { atMs: 60, do: "deliver", message: "S1>S2#2" },
        ],
        endMs: 70,
      }),
    ),
  );

describe("a verdict", () => {
  test("names every property that is watched, and that all hold", async () => {
    const lab = await twice([]);
    await lab.seek(70 * ms);
    const { checks, violation } = await lab.verdict();
    expect(violation).toBeNull();
    expect(checks.map(({ name }) => name)).toContain("Election Safety");
  });

  test("of two leaders in one term: who won it and when, and which steps broke the rule", async () => {
    const lab = await twice(["double-vote"]);
    const { frame } = await lab.seek(70 * ms);
    expect(frame.violation?.property).toBe("Election Safety");
    const { violation } = await lab.verdict();
    expect(violation?.evidence.map(({ server, value, deciding }) => [server, value, deciding])).toEqual([
      [1, "elected in term 1", true],
      [2, "elected in term 1", true],
    ]);
    expect(violation?.departures.map(({ at, rule, bug }) => [at, rule, bug])).toEqual(
      [30, 40].map((at) => [at * ms, rules.oneVotePerTerm.title, bugOf("double-vote").title]),
    );
  });

  test("of an entry that is missing: the logs around it, and the cell that decides", async () => {
    const text = JSON.stringify({
      format: "driftwood",
      version: 1,
      servers: [
        { id: "S1", term: 2, log: [1, 1, 2], votedFor: null, commit: 2 },
        { id: "S2", term: 2, log: [1, 1, 2], votedFor: null, commit: 2 },
        { id: "S3", term: 2, log: [1], votedFor: null, commit: 1 },
      ],
      bugs: ["no-log-check"],
      network: { mode: "manual" },
      disk: { writeMs: [1, 1] },
      actions: [
        { atMs: 10, do: "timeout", server: "S3" },
        { atMs: 20, do: "deliver", message: "S3>S1#1" },
        { atMs: 30, do: "deliver", message: "S1>S3#1" },
      ],
      endMs: 40,
    });
    const lab = await opened(file(text));
    const { frame } = await lab.seek(40 * ms);
    expect(frame.violation?.property).toBe("Leader Completeness");
    const rows = (await lab.verdict()).violation!.evidence;
    expect(rows[0]).toMatchObject({ server: 3, value: "leader of term 3, commit index 1" });
    expect(rows[0]!.cells.map(({ index, term, deciding }) => [index, term, deciding])).toEqual([
      [1, 1, false],
      [2, 0, true],
    ]);
    expect(rows[1]!.cells.find(({ deciding }) => deciding)).toMatchObject({ index: 2, term: 1, committed: true });
  });
});

describe("a run with a rule off", () => {
  test("says so by name, and so does its link", async () => {
    const lab = await twice(["double-vote"]);
    const link = await lab.share({ as: "link", view: { at: 0, select: "", speed: 1 } });
    if (!link.ok) throw new Error(link.problem.message);
    const again = await entered(lab, { from: "link", fragment: link.value.text });
    if (!again.ok) throw new Error(again.problem.message);
    expect(again.value.info.bugs).toEqual([{ name: "double-vote", title: bugOf("double-vote").title }]);
    expect(again.value.info.mismatch).toBeNull();
  });
});
