import { describe, expect, test } from "vitest";
import { profiles, type RaftOptions, unlimited } from "../raft/options.ts";
import { formatRecording, parseRecording } from "./format.ts";
import { type OptionJson, type OptionRow, optionGroups } from "./option-kinds.ts";
import { optionRows, optionsDiffering } from "./option-rows.ts";
import { profileNames, readOptions, writeOptions } from "./options.ts";

const rows: readonly (readonly [name: string, row: OptionRow])[] = Object.entries<OptionRow>(optionRows);

const file = (fields: object): string => JSON.stringify({ format: "driftwood", version: 1, ...fields });
function optionsIn(fields: object): RaftOptions {
  const read = parseRecording(file(fields));
  if (!read.ok) throw new Error(`${read.problem.field}: ${read.problem.message}`);
  return read.value.setup.raft;
}
function problemWith(options: object): string {
  const read = parseRecording(file({ options }));
  return read.ok ? "accepted" : `${read.problem.field}: ${read.problem.message}`;
}

describe("the table of options", () => {
  test("has every option of the engine exactly once", () => {
    const keys = rows.flatMap(([, row]) => row.keys);
    expect(keys.toSorted()).toEqual(Object.keys(profiles.paper).toSorted());
  });

  test.each(rows)("%s has a group, a title, a sentence and a section", (_name, row) => {
    expect(optionGroups).toContain(row.group);
    expect(row.title).toMatch(/^[A-Z]/);
    expect(row.text).toMatch(/^[A-Z].*\.$/);
    expect(row.section).toMatch(/^(§\d|Figure \d|D \d|etcd\/raft$)/);
  });

  test("titles are told apart", () => {
    expect(new Set(rows.map(([, { title }]) => title)).size).toBe(rows.length);
  });
});

describe("options in a file", () => {
  test.each(profileNames)("profile %s is what it is, and needs no options", (profile) => {
    expect(optionsIn({ profile })).toEqual(profiles[profile]);
    expect(writeOptions(profiles[profile], profiles[profile])).toEqual({});
  });

  /** Each option alone, with a value that no profile has. */
  const other: Readonly<Record<OptionRow["kind"]["is"], (row: OptionRow) => readonly OptionJson[]>> = {
    flag: () => [true, false],
    choice: ({ kind }) => (kind.is === "choice" ? kind.words.map(([word]) => word) : []),
    limit: ({ kind }) => (kind.is === "limit" ? [kind.least, kind.most, null] : []),
    time: () => [1, 123.456],
    range: () => [
      [1, 1],
      [7.5, 60_000],
    ],
  };
  test.each(rows)("%s can be overridden alone, in either profile, and comes back", (name, row) => {
    for (const profile of profileNames) {
      for (const value of other[row.kind.is](row)) {
        const options = optionsIn({ profile, options: { [name]: value } });
        expect(row.write(options)).toEqual(value);
        const changed = Object.keys(options).filter(
          (key) => options[key as keyof RaftOptions] !== profiles[profile][key as keyof RaftOptions],
        );
        expect(row.keys).toEqual(expect.arrayContaining(changed));
        expect(readOptions(writeOptions(options, profiles[profile]), profiles[profile])).toEqual(options);
      }
    }
  });

  test("null is no limit, and only what differs from the profile is written", () => {
    expect(optionsIn({ options: { maxEntriesPerMessage: null } }).maxEntriesPerMessage).toBe(unlimited);
    expect(optionsIn({ profile: "etcd", options: { snapshotAfter: null } }).snapshotAfter).toBe(0);
    const read = parseRecording(file({ profile: "etcd", options: { maxInflightMessages: null, preVote: false } }));
    if (!read.ok) throw new Error(read.problem.message);
    expect(JSON.parse(formatRecording(read.value))).toMatchObject({
      profile: "etcd",
      options: { maxInflightMessages: null },
    });
    expect(formatRecording(read.value)).not.toContain("preVote");
  });

  test.each([
    [{ preVotes: true }, 'options.preVotes: there is no option "preVotes": did you mean preVote?'],
    [{ preVote: 1 }, "options.preVote: expected true or false, found 1"],
    [{ reads: "quick" }, 'options.reads: expected one of log, safe, lease, found "quick"'],
    [{ heartbeatMs: 0 }, "options.heartbeatMs: expected milliseconds from 1 to 60000"],
    [{ heartbeatMs: null }, "options.heartbeatMs: expected milliseconds from 1 to 60000"],
    [{ electionTimeoutMs: [300, 150] }, "options.electionTimeoutMs: expected [least, most]"],
    [{ maxInflightMessages: 0 }, "options.maxInflightMessages: expected a whole number from 1 to 10000, or null"],
    [{ maxApplyBytes: 1.5 }, "options.maxApplyBytes: expected a whole number from 1 to 1000000000, or null"],
    [{ snapshotAfter: 2 ** 53 }, "options.snapshotAfter: expected a whole number from 1 to 100000, or null"],
  ])("%j is refused with its place", (options, problem) => {
    expect(problemWith(options)).toContain(problem);
  });
});

test("etcd differs from the paper in these", () => {
  expect(optionsDiffering(profiles.paper, profiles.paper)).toEqual([]);
  expect(optionsDiffering(profiles.etcd, profiles.paper)).toEqual(
    expect.arrayContaining(["heartbeats", "flow", "configurationFrom", "maxInflightMessages", "noOpOnElection"]),
  );
});
