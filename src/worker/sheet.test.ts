import { describe, expect, test } from "vitest";
import { lineOf, rulesOf, sheet } from "../explain/sheet.ts";
import { History } from "../history/history.ts";
import { finish } from "../history/work.ts";
import { askedFor } from "../raft/asked.ts";
import { bugOf } from "../raft/bugs/index.ts";
import type { Decision } from "../raft/decisions.ts";
import { presets } from "../scenario/presets/index.ts";
import { Sheets } from "./sheet.ts";

const byName = new Map(sheet.flatMap(({ lines }) => lines));

function historyOf(id: string, bugs: Parameters<typeof bugOf>[0][] = []): History {
  const { recording } = presets.find((preset) => preset.id === id)!;
  const setup = { ...recording.setup, bugs: bugs.map(bugOf) };
  const history = new History(setup, recording.actions, recording.end);
  history.advance(recording.end);
  return history;
}
const decisionsOf = (history: History, last = history.place.event): Decision[] =>
  history.facts(1, last).flatMap((fact) => (fact.kind === "decided" ? [fact.decision] : []));
const sheetAt = (history: History, server: number, sheets = new Sheets(history)) =>
  structuredClone(finish(sheets.of({ server, group: 1 })));
const linesAt = (history: History, server: number, sheets?: Sheets) =>
  sheetAt(history, server, sheets).parts.flatMap(({ lines }) => lines);

describe("the sheet of a server", () => {
  test.each([
    "first-election",
    "log-repair",
    "snapshot-catch-up",
    "read-index",
    "transfer-lagging",
    "joint-leader-crash",
  ])("%s: counts every decision once, on a line whose rules were asked for it", (id) => {
    const history = historyOf(id);
    const decisions = decisionsOf(history);
    const counted = history.world.setup.servers.map(({ id: server }) =>
      linesAt(history, server).reduce((sum, { count }) => sum + count, 0),
    );
    const decided = history.world.setup.servers.map(
      ({ id: server }) => decisions.filter((each) => each.server === server).length,
    );
    expect(counted).toEqual(decided);
    const apart = decisions.filter((decision) => {
      const asked = askedFor(decision.kind, decision);
      const named = rulesOf(byName.get(lineOf(decision.kind, decision))!);
      return asked.length > 0 && named.length > 0 && !named.some((rule) => asked.includes(rule));
    });
    expect([...new Set(apart.map(({ kind }) => kind))]).toEqual([]);
  });

  test("leads from one following of a line to the next, and back, and says what was done", () => {
    const history = historyOf("write-step-by-step");
    const sheets = new Sheets(history);
    const commit = () => linesAt(history, 1, sheets).find(({ name }) => name === "commit")!;
    expect(commit().count).toBeGreaterThan(0);
    expect(commit().now).toBe("");
    history.visit(commit().earlier);
    expect(commit()).toMatchObject({ later: 0, last: expect.any(Boolean) });
    expect(commit().now).toMatch(/^S1 committed entry/);
    const { state, before } = sheetAt(history, 1, sheets);
    expect(before["commitIndex"]).toBe(state["commitIndex"]! - 1);
    const { count } = commit();
    history.stepBack();
    expect(commit()).toMatchObject({ count: count - 1, now: "" });
    expect(commit().later).toBeGreaterThan(0);
  });

  test("another branch is counted anew from where it left", () => {
    const history = historyOf("write-step-by-step");
    const sheets = new Sheets(history);
    const countsOf = () => linesAt(history, 1, sheets).map(({ name, count, later }) => [name, count, later]);
    const before = countsOf();
    history.seek(40_000);
    history.act({ do: "crash", server: 1 });
    history.advance(history.world.now + 400_000);
    expect(countsOf()).not.toEqual(before);
    expect(countsOf()).toEqual(linesAt(history, 1).map(({ name, count, later }) => [name, count, later]));
    history.switchTo(0);
    history.advance(history.current.end.at);
    expect(countsOf()).toEqual(before);
  });

  test("a rule that is switched off says what is asked instead", () => {
    const off = linesAt(historyOf("figure-8", ["commit-old-term"]), 1).filter(({ off }) => off !== "");
    expect(off.map(({ name, off }) => [name, off])).toEqual([["ownTerm", bugOf("commit-old-term").changed]]);
    expect(linesAt(historyOf("figure-8"), 1).filter(({ off }) => off !== "")).toEqual([]);
  });

  test("lines of options that are off are not there", () => {
    const names = (id: string) => linesAt(historyOf(id), 1).map(({ name }) => name);
    expect(names("first-election")).not.toContain("preVote");
    expect(names("disruption-pre-vote")).toContain("preVote");
  });
});
