import { describe, expect, test } from "vitest";
import type { CheckView, WaivedView } from "../../worker/protocol/verdict.ts";
import type { KeyVerdict } from "../kit/history/verdicts.ts";
import { standingOf } from "./standing.ts";

const check = (name: string): CheckView => ({ name, section: "§5", text: `${name} is so.` });
const checks = ["Election Safety", "Linearizability"].map(check);
const guards = ["One vote per term", "Leases", "Timers"].map(check);
const waive = (property: string, title: string, why: string, rest: Partial<WaivedView> = {}): WaivedView => ({
  property,
  title,
  why,
  at: null,
  unkept: null,
  ...rest,
});
const judged = (verdict: KeyVerdict["verdict"]): KeyVerdict[] => [
  {
    key: "x",
    verdict,
    operations: [],
    order: [],
    states: [],
    stuck: verdict === "illegal" ? 3 : null,
    why: [],
    told: "C1 asked get x at 0.450 s and was told 1 at 0.472 s.",
    could: ["It could have been told only 2."],
    searched: "",
  },
];
const clock = { at: 150_000 };

describe("how a run stands", () => {
  test("everything holds only if nothing is excused and the clients' history has an order", () => {
    const { headline, refuted, counts } = standingOf({ checks, guards, waived: [] }, null, judged("ok"));
    expect([headline, refuted, counts]).toEqual(["Everything holds", "", { hold: 5, broken: 0, waived: 0 }]);
  });

  test("what is not promised never holds, is told with its reason, and what is not so comes first", () => {
    const waived = [
      waive("Timers", "by these options", "Timers start otherwise."),
      waive("Leases", "on a clock that was set", "S1's clock was set at 0.150 s.", {
        ...clock,
        unkept: { detail: "S1 answers, and S4 leads", at: 461_000 },
      }),
      waive("Linearizability", "on a clock that was set", "S1's clock was set at 0.150 s.", clock),
    ];
    const standing = standingOf({ checks, guards, waived }, null, judged("illegal"));
    expect(standing.headline).toBe("Everything that is promised holds");
    expect(standing.refuted).toBe("the clients' history is not linearizable");
    expect(standing.counts).toEqual({ hold: 2, broken: 0, waived: 3 });
    expect(standing.waived.map(({ title, why, at, rows }) => [title, why, at, rows.map((row) => row.unkept)])).toEqual([
      [
        "on a clock that was set",
        "S1's clock was set at 0.150 s.",
        150_000,
        [
          "C1 asked get x at 0.450 s and was told 1 at 0.472 s. It could have been told only 2.",
          "S1 answers, and S4 leads, at 0.461 s.",
        ],
      ],
      ["by these options", "Timers start otherwise.", null, [""]],
    ]);
    expect([...standing.checks, ...standing.guards].map(({ name }) => name)).toEqual([
      "Election Safety",
      "One vote per term",
    ]);
  });

  test("a history without an order is broken where one is promised", () => {
    const { headline, refuted, broken, counts } = standingOf({ checks, guards, waived: [] }, null, judged("illegal"));
    expect([headline, refuted]).toEqual(["", "The clients' history is not linearizable"]);
    expect(broken.map(({ name, detail }) => [name, detail.slice(0, 19)])).toEqual([
      ["Linearizability", "C1 asked get x at 0"],
    ]);
    expect(counts).toEqual({ hold: 4, broken: 1, waived: 0 });
  });

  test("what ended the run is broken, whatever excuses it; and counts add up", () => {
    const broken = { property: "Leases", detail: "S1 answers" };
    const waived = [waive("Leases", "by etcd's lease", "So it is."), waive("Timers", "by etcd's lease", "So it is.")];
    const { counts, broken: rows } = standingOf({ checks, guards, waived }, broken, null);
    expect(rows.map(({ detail }) => detail)).toEqual(["S1 answers."]);
    expect(counts).toEqual({ hold: 3, broken: 1, waived: 1 });
  });

  test("an undecided search is said, and refutes nothing", () => {
    const { undecided, refuted } = standingOf({ checks, guards, waived: [] }, null, judged("unknown"));
    expect([undecided, refuted]).toEqual([true, ""]);
  });
});
