import { describe, expect, test } from "vitest";
import { sentence } from "../explain/sentence.ts";
import type { Act } from "../world/acts.ts";
import type { Fact } from "../world/facts.ts";
import { ms, put, request, setupOf } from "../world/fixtures.ts";
import type { Setup } from "../world/state/setup.ts";
import { History } from "./history.ts";

type Script = readonly (readonly [atMs: number, act: Act])[];
const timeout = (server: number): Act => ({ do: "timeout", server });
const crash = (server: number): Act => ({ do: "crash", server });
const side = (...group: number[]): Act => ({ do: "partition", groups: [group] });
const heal: Act = { do: "heal" };

/** Nobody's timer fires by itself. */
function calm(servers: number): Setup {
  const setup = setupOf({ servers });
  return { ...setup, raft: { ...setup.raft, electionTimeoutMin: 5000 * ms, electionTimeoutMax: 9000 * ms } };
}

function run(setup: Setup, acts: Script, untilMs: number): History {
  const actions = acts.map(([at, act]) => ({ at: at * ms, act }));
  const history = new History(setup, actions, untilMs * ms);
  history.advance(untilMs * ms);
  expect(history.world.violation).toBeNull();
  return history;
}
const factsOf = (history: History): readonly Fact[] => history.facts(1, history.place.event);
const told = (history: History, kind: Fact["kind"]): readonly (readonly [atMs: number, text: string])[] =>
  factsOf(history)
    .filter((fact) => fact.kind === kind)
    .map((fact) => [fact.at / ms, sentence(fact).text]);

describe("§5.2 a side without a majority", () => {
  const says = (who: string, counts: string) => `No majority is in reach of ${who}: ${counts}`;

  test("is told once, and again where it is another one", () => {
    const acts: Script = [
      [10, side(1, 2)],
      [20, crash(2)],
      [30, crash(3)],
      [40, crash(4)],
      [50, heal],
    ];
    expect(told(run(calm(5), acts, 60), "noMajority")).toEqual([
      [10, says("S1 and S2", "2 of 5, 3 are needed")],
      [20, says("S1", "1 of 5, 3 are needed")],
      [30, says("S4 and S5", "2 of 5, 3 are needed")],
      [40, says("S5", "1 of 5, 3 are needed")],
      [50, says("S1 and S5", "2 of 5, 3 are needed")],
    ]);
  });

  test("is none where one of them reaches enough others, though these do not reach each other", () => {
    const cut = (...links: [number, number][]): Act => ({ do: "cut", links });
    const acts: Script = [
      [10, cut([1, 3], [3, 1])],
      [20, cut([1, 2])],
    ];
    expect(told(run(calm(3), acts, 30), "noMajority")).toEqual([[20, says("S1", "1 of 3, 2 are needed")]]);
  });
});

describe("§5.3 an entry that is lost", () => {
  const twoLeaders: Script = [
    [0, timeout(1)],
    [100, side(1, 2)],
    [110, request(put("y", "9"), 1)],
    [200, timeout(4)],
    [300, request(put("x", "2"), 4)],
    [500, heal],
  ];

  test("is told where another is committed in its place, and not again where it is overwritten", () => {
    const lost = told(run(calm(5), twoLeaders, 900), "entryLost");
    expect(lost.map(([, text]) => text)).toEqual([
      "Entry 1 of term 1 (put y=9) will never be committed: it is on S1 and S2 (2 of 5, 3 are needed), and one of term 2 is committed in its place",
    ]);
    expect(lost[0]![0]).toBeGreaterThan(300);
    expect(lost[0]![0]).toBeLessThan(500);
  });

  test("is told where its last copy goes before that", () => {
    const acts: Script = [
      [0, timeout(1)],
      [100, side(1)],
      [110, request(put("y", "9"), 1)],
      [120.5, crash(1)],
    ];
    expect(told(run(calm(3), acts, 200), "entryLost").map(([, text]) => text)).toEqual([
      "Entry 1 of term 1 (put y=9) is lost: its last copy is gone, and it was never committed",
    ]);
  });

  test("is not lost while somebody's disk has it", () => {
    const acts: Script = [
      [0, timeout(1)],
      [110, request(put("y", "9"), 1)],
      [200, crash(1)],
    ];
    expect(told(run(calm(3), acts, 300), "entryLost")).toEqual([]);
  });

  test("and the same is told from wherever one begins to listen", () => {
    const history = run(calm(5), twoLeaders, 900);
    const whole = factsOf(history).filter(({ kind }) => kind === "entryLost" || kind === "noMajority");
    const again = run(calm(5), twoLeaders, 900);
    const apart: Fact[] = [];
    for (let event = again.place.event; event >= 1; event--)
      apart.unshift(...again.facts(event, event).filter(({ kind }) => kind === "entryLost" || kind === "noMajority"));
    expect(apart).toEqual(whole);
  });
});
