import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Says, ToldRun } from "../../exchange/in/told.ts";
import { finish } from "../../history/work.ts";
import { election, toldRun } from "./fixtures.ts";
import { frameOf } from "./frame.ts";
import { after, entryIn, leastLast, nothingKnown } from "./known.ts";
import { namesFor, shortNames } from "./names.ts";
import { Past } from "./past.ts";

const viewport = { logFrom: 1, logCount: 20 };
const nameOf = namesFor(shortNames(election));
const frameAfter = (event: number) => {
  const past = pastOf(election);
  return frameOf(past, { at: past.atOf(event), event }, viewport, nameOf);
};
const server = (event: number, id: number) => frameAfter(event).servers[id - 1]!;

const pastOf = (run: ToldRun): Past => finish(Past.of(run));

describe("a moment of a told run", () => {
  test("before anything is told, everything is unknown, and said to be", () => {
    const first = server(0, 1);
    expect(first.told?.unknown).toContain("role");
    expect(first.told?.words).toBe("8e9e…, role not told, term not told, commit not told, log not told");
    expect(first.doing).toBe("role not told");
    expect(frameAfter(0).told).toEqual({ said: "", leads: "Nobody is known to lead." });
  });
  test("what is told is known from then on, and nothing besides", () => {
    expect(server(2, 1)).toMatchObject({ role: "candidate", term: 2, votedFor: 1 });
    expect(server(2, 1).told?.unknown).toEqual(["status", "leader", "commit", "applied", "configuration"]);
    expect(server(4, 2).told?.unknown).toContain("role");
    expect(frameAfter(6).told).toEqual({ said: "line 6.", leads: "8e9e… leads term 2." });
  });
  test("entries are replaced from where they are told anew; a term that nobody tells stays unknown", () => {
    expect(server(7, 1).cells).toEqual([
      { term: 1, text: "x=1" },
      { term: 2, text: "x=2" },
      { term: 0, text: "", untold: true },
    ]);
    expect(server(9, 1).cells.map(({ term }) => term)).toEqual([1, 0]);
  });
  test("a server that is down, and up again, knows no role", () => {
    expect(server(9, 1)).toMatchObject({ status: "down", doing: "down" });
    expect(server(10, 1).told?.words).toBe("8e9e…, role not told, term 2, commit 2");
  });
  test("messages of which both ends are told are under way between them; of others nobody knows more than the sending", () => {
    expect(frameAfter(1).messages).toEqual([]);
    const sent = frameAfter(2).messages;
    expect(sent.map(({ id, dueAt, told }) => [id, dueAt, told?.fate])).toEqual([
      ["S1>S2#1", 2000, "is received by 91bc…"],
      ["S1>S3#2", null, "is sent here, and nobody tells what becomes of it"],
    ]);
    expect(frameAfter(3).messages).toEqual([]);
    expect(frameAfter(4).messages.map(({ summary }) => summary)).toEqual([
      "MsgVoteResp from 91bc… to 8e9e…, term 2: no",
    ]);
  });
});

describe("any way to a place leads to the same", () => {
  const says: fc.Arbitrary<Says> = fc.oneof(
    fc.record({ term: fc.nat(9), role: fc.constantFrom("leader" as const, "follower" as const, null) }),
    fc.record({ commit: fc.nat(50) }),
    fc.record({
      log: fc.record({
        from: fc.integer({ min: 1, max: 600 }),
        entries: fc.array(fc.record({ term: fc.option(fc.nat(5)), text: fc.constant("x") }), { maxLength: 40 }),
      }),
    }),
    fc.constant({ log: null }),
  );
  const runs = fc.array(fc.record({ server: fc.integer({ min: 1, max: 3 }), says }), { minLength: 1, maxLength: 900 });
  test("whatever is told, and wherever one was before", () => {
    fc.assert(
      fc.property(runs, fc.array(fc.nat(899), { maxLength: 12 }), (events, places) => {
        const run = toldRun(["a", "b", "c"], events, []);
        const past = pastOf(run);
        const name = namesFor(["a", "b", "c"]);
        for (const place of places.filter((each) => each <= events.length)) {
          let fresh = run.servers.map(() => nothingKnown);
          for (const { server: id, says: said } of run.events.slice(0, place))
            fresh = fresh.with(id - 1, after(fresh[id - 1]!, said));
          const shown = frameOf(past, { at: 0, event: place }, { logFrom: 1, logCount: 400 }, name);
          shown.servers.forEach((view, i) => {
            const known = fresh[i]!;
            expect(view.lastIndex).toBe(leastLast(known));
            view.cells.forEach((cell, at) => {
              const entry = entryIn(known, view.cellsFrom + at);
              expect(cell.text).toBe(entry?.text ?? "");
              if (!cell.untold) expect(cell.term).toBe(entry?.term ?? known.lastTerm);
            });
          });
        }
      }),
      { numRuns: 60 },
    );
  });
  test("messages under way are those between their two ends", () => {
    const pair = fc.tuple(fc.nat(700), fc.nat(700)).filter(([a, b]) => a < b);
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 600 }), fc.nat(700), (pairs, place) => {
        const messages = pairs.map(([sentIn, receivedIn]) => ({
          ...{ name: "m", kind: "other" as const, from: 1, to: 2, term: null, yes: null, entryCount: 0, fields: [] },
          ...{ sentIn, receivedIn },
        }));
        const past = pastOf(
          toldRun(
            ["a", "b"],
            Array.from({ length: 701 }, () => ({})),
            messages,
          ),
        );
        const wanted = messages.flatMap((each, id) => (each.sentIn < place && each.receivedIn >= place ? [id] : []));
        expect([...past.underWay(place)].sort((a, b) => a - b)).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });
});

test("names that are long are cut where they still differ", () => {
  const short = (...names: string[]) => shortNames({ servers: names.map((name) => ({ name })) });
  expect(short("S0", "node-1")).toEqual(["S0", "node-1"]);
  expect(short("8e9e05c52164694d", "8e9f000000000000")).toEqual(["8e9e…", "8e9f…"]);
  expect(short("10.0.0.1:2380", "10.0.0.2:2380")).toEqual(["…1:2380", "…2:2380"]);
});
