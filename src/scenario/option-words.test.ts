import { expect, test } from "vitest";
import { profiles } from "../raft/options.ts";
import { type OptionName, optionNames, optionRows } from "./option-rows.ts";
import { expectedFor, optionCalled, optionMeant, partOf, valuesFor, valueTyped } from "./option-words.ts";
import { withParts, writeAllOptions } from "./options.ts";

test("an option goes by its name in a file, in the engine, in a configuration, and by its title", () => {
  for (const word of ["heartbeatMs", "heartbeatInterval", "heartbeat_interval", "HEARTBEAT-INTERVAL"])
    expect(optionCalled(word)).toBe("heartbeatMs");
  for (const name of optionNames) {
    expect(optionCalled(name)).toBe(name);
    expect(optionRows[name].keys.map(optionCalled)).toEqual(optionRows[name].keys.map(() => name));
  }
  expect([optionCalled("prevote"), optionCalled("prevot"), optionMeant("prevot")]).toEqual([
    "preVote",
    null,
    ": did you mean preVote?",
  ]);
  expect([optionCalled("constructor"), optionMeant("constructor")]).toEqual([null, ""]);
});

test.each([
  ["preVote", "on", true],
  ["preVote", "no", false],
  ["heartbeatMs", "20ms", 20],
  ["heartbeatMs", "20", 20],
  ["heartbeatMs", "0.05s", 50],
  ["electionTimeoutMs", "150ms-300ms", [150, 300]],
  ["electionTimeoutMs", "150-300", [150, 300]],
  ["electionTimeoutMs", "150ms", [150, 300]],
  ["snapshotAfter", "none", null],
  ["maxEntriesPerMessage", "16", 16],
  ["flow", "Window", "window"],
  ["backtracking", "by_term", "byTerm"],
] as const)("%s %s is %j", (name, text, value) => {
  expect(valueTyped(name, text)).toEqual({ value });
});

test.each([
  ["preVote", "maybe", "on or off"],
  ["heartbeatMs", "soon", "a time such as 50ms or 1.5s, at most a minute"],
  ["heartbeatMs", "2m", "a time such as 50ms or 1.5s, at most a minute"],
  ["electionTimeoutMs", "300-150", "the least and the most, such as 150ms-300ms, at most a minute"],
  ["maxEntriesPerMessage", "0", "a whole number of entries from 1 to 100000, or none"],
  ["flow", "windo", "oneAtATime or window: did you mean window?"],
] as const)("%s %s: expected %s", (name, text, expected) => {
  expect(valueTyped(name, text)).toEqual({ expected });
});

test("every value that may be typed is one that a file may have, and means the same", () => {
  for (const name of optionNames) {
    expect(expectedFor(name)).not.toBe("");
    for (const word of valuesFor(name)) {
      const typed = valueTyped(name, word);
      expect("value" in typed && writtenBack(name, partOf(name, typed.value))).toEqual("value" in typed && typed.value);
    }
  }
  const all = writeAllOptions(profiles["etcd-server"]);
  for (const name of optionNames) expect(writtenBack(name, partOf(name, all[name]))).toEqual(all[name]);
});

const writtenBack = (name: OptionName, part: object): unknown =>
  writeAllOptions(withParts({ [name]: part }, profiles.paper))[name];
