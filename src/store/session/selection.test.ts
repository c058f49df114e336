import { expect, test } from "vitest";
import { isSelection } from "../../scenario/names.ts";
import { callServers } from "../server-names.ts";
import { isStanding, readSelection, selectionText } from "./selection.ts";

test.each(["S3", "S1>S3#4", "S1>S3#4.1", "C>S1", "E4.2", "E1.0", "R7", "T2", ""])(
  "%j: what a link carries is what was selected",
  (text) => {
    expect(isSelection(text)).toBe(true);
    expect(selectionText(readSelection(text))).toBe(text);
  },
);

test("an entry has its index and its term, a command and a term their numbers; only marks stand on the stage", () => {
  expect(readSelection("E4.2")).toEqual({ kind: "entry", index: 4, term: 2 });
  expect(readSelection("R7")).toEqual({ kind: "command", number: 7 });
  expect(readSelection("T2")).toEqual({ kind: "term", term: 2 });
  expect(["S3", "S1>S2", "E4.2", "R7", "T2", ""].map((text) => isStanding(readSelection(text)))).toEqual([
    ...[true, true, false, false, false, false],
  ]);
});

test.each(["E4", "E0.1", "E4.2.1", "R0", "T", "E-1.2", "E999999999.1", "x"])("%j is nothing", (text) => {
  expect(isSelection(text)).toBe(false);
  expect(readSelection(text)).toBeNull();
});

test("more than nine servers have names where another program told of them", () => {
  callServers(["a", "b"]);
  for (const text of ["S12", "S12>S3", "S3>S12#40", "T4"]) expect(selectionText(readSelection(text))).toBe(text);
  expect(readSelection("S123")).toBeNull();
  callServers([]);
  expect(readSelection("S12")).toBeNull();
});
