import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { setupOf } from "../world/fixtures.ts";
import { anyRecording } from "./arbitraries.ts";
import { actionProblem, formatRecording, parseRecording } from "./format.ts";
import { limits } from "./limits.ts";

// A machine that is busy with other things may take its time.
const minimal = { format: "driftwood", version: 1 };

function problem(file: unknown): { readonly field: string; readonly message: string } {
  const result = parseRecording(typeof file === "string" ? file : JSON.stringify(file));
  if (result.ok) throw new Error("was accepted");
  return result.problem;
}
const act = (action: object): unknown => ({ ...minimal, servers: 3, actions: [action] });

const withBranch = (fields: object): unknown => ({
  ...minimal,
  branches: [{ parent: 0, fromMs: 0, label: "", shared: 0, actions: [], endMs: 0, ...fields }],
});

describe("the file", () => {
  test("every recording comes back exactly as it was written", () => {
    fc.assert(
      fc.property(anyRecording, (recording) => {
        expect(parseRecording(formatRecording(recording))).toEqual({ ok: true, value: recording });
      }),
      { numRuns: 200 },
    );
  });

  test("the example of the documentation is read, times become microseconds", () => {
    const result = parseRecording(`{ "format": "driftwood", "version": 1, "title": "t", "notes": "", "seed": 7,
      "profile": "paper", "options": { "noOpOnElection": true, "electionTimeoutMs": [150, 300.5] },
      "servers": [{ "id": "S1", "term": 3, "log": [1, 1, 2], "votedFor": null, "commit": 2 }, { "id": "S2" }],
      "network": { "mode": "manual", "latencyMs": [10, 15], "loss": 0.05 }, "disk": { "writeMs": [1, 3] },
      "actions": [ { "atMs": 1200, "do": "crash", "server": "S1" },
                   { "atMs": 1500, "do": "partition", "groups": [["S1"], ["S2"]] },
                   { "atMs": 1600.125, "order": 2, "do": "request", "put": ["x", "1"], "server": "S2" },
                   { "atMs": 1700, "do": "drop", "message": "C>S1#2" } ],
      "bookmarks": [{ "atMs": 1700, "label": "two leaders" }],
      "view": { "atMs": 1700, "select": "S2", "speed": 0.02 } }`);
    if (!result.ok) throw new Error(JSON.stringify(result.problem));
    expect(result.value.setup).toMatchObject({ mode: "manual", link: { latencyMax: 15_000, loss: 50_000 } });
    expect(result.value.setup.raft).toMatchObject({ noOpOnElection: true, electionTimeoutMax: 300_500 });
    expect(result.value.setup.servers[0]).toEqual({ id: 1, term: 3, votedFor: 0, log: [1, 1, 2], commit: 2 });
    expect(result.value.actions.slice(1)).toEqual([
      { at: 1_500_000, act: { do: "partition", groups: [[1], [2]] } },
      { at: 1_600_125, order: 2, act: { do: "request", operation: { op: "put", key: "x", value: "1" }, server: 2 } },
      { at: 1_700_000, act: { do: "drop", message: { from: 0, to: 1, ordinal: 2, copy: 0 } } },
    ]);
    expect(result.value.end).toBe(1_700_000);
  });

  test("what is left out has its usual value", () => {
    const result = parseRecording(JSON.stringify(minimal));
    if (!result.ok) throw new Error(JSON.stringify(result.problem));
    expect(result.value.setup.servers).toHaveLength(5);
    expect(result.value.setup.raft.heartbeatInterval).toBe(50_000);
    expect(result.value.view).toBeNull();
  });
});

describe("a file that is wrong is refused with the place and what was expected", () => {
  const cases: readonly (readonly [what: string, file: unknown, field: string, message: RegExp])[] = [
    ["no JSON", "hello", "", /not JSON/],
    ["a list", [], "", /expected an object/],
    ["null", null, "", /expected an object/],
    ["another format", { format: "x", version: 1 }, "format", /expected driftwood, found "x"/],
    ["no version", { format: "driftwood" }, "version", /missing/],
    ["a newer version", { ...minimal, version: 7, everything: "else" }, "version", /newer Driftwood.*version 7/],
    ["an unknown field", { ...minimal, colour: 1 }, "colour", /no field "colour"/],
    [
      "an unknown field inside",
      act({ atMs: 1, do: "heal", server: "S1" }),
      "actions[0].server",
      /no field "server" here/,
    ],
    [
      "an unknown option",
      { ...minimal, options: { preVoteX: true } },
      "options.preVoteX",
      /no option "preVoteX": did you mean preVote/,
    ],
    ["an unknown bug", { ...minimal, bugs: ["double-vote", "x"] }, "bugs[1]", /name of a bug.*found "x"/],
    ["options as a list", { ...minimal, options: [] }, "options", /expected an object/],
    [
      "a fraction of a microsecond",
      act({ atMs: 0.0001, do: "heal" }),
      "actions[0].atMs",
      /three decimals, found 0.0001/,
    ],
    ["a time before the start", act({ atMs: -1, do: "heal" }), "actions[0].atMs", /from 0 to/],
    ["a run of more than six hours", act({ atMs: 6 * 3_600_000 + 1, do: "heal" }), "actions[0].atMs", /21600000/],
    ["a time as text", act({ atMs: "1", do: "heal" }), "actions[0].atMs", /found "1"/],
    ["an unknown act", act({ atMs: 1, do: "explode" }), "actions[0].do", /one of crash, .*found "explode"/],
    ["no act", act({ atMs: 1 }), "actions[0].do", /missing/],
    ["an act that is no object", act(["crash"]), "actions[0]", /an object/],
    ["a missing field", act({ atMs: 1, do: "crash" }), "actions[0].server", /missing/],
    ["a server by number", act({ atMs: 1, do: "crash", server: 1 }), "actions[0].server", /such as "S1", found 1/],
    ["a server that is not there", act({ atMs: 1, do: "crash", server: "S4" }), "actions[0].server", /no S4.*S1 to S3/],
    [
      "a stranger in a group",
      act({ atMs: 1, do: "partition", groups: [["S1"], ["S9"]] }),
      "actions[0].groups[1]",
      /S9/,
    ],
    ["a server in two groups", act({ atMs: 1, do: "partition", groups: [["S1"], ["S1"]] }), "actions[0]", /one group/],
    ["a stranger's message", act({ atMs: 1, do: "drop", message: "S1>S7#1" }), "actions[0].message", /no S7/],
    ["a message to itself", act({ atMs: 1, do: "drop", message: "S1>S1#1" }), "actions[0].message", /S1>S3#4/],
    ["the 0th message", act({ atMs: 1, do: "drop", message: "S1>S2#0" }), "actions[0].message", /S1>S3#4/],
    [
      "a link to itself",
      act({
        atMs: 1,
        do: "cut",
        links: [
          ["S1", "S2"],
          ["S2", "S2"],
        ],
      }),
      "actions[0].links[1]",
      /a link/,
    ],
    [
      "a change of nonsense",
      act({ atMs: 1, do: "members", server: "S1", changes: [["explode", "S2"]] }),
      "actions[0].changes[0][0]",
      /one of add, remove, learner, update/,
    ],
    [
      "a change of a stranger",
      act({ atMs: 1, do: "members", server: "S1", changes: [["add", "S4"]] }),
      "actions[0].changes[0]",
      /no S4/,
    ],
    ["a transfer to a stranger", act({ atMs: 1, do: "transfer", server: "S1", to: "S4" }), "actions[0].to", /no S4/],
    ["nobody with a vote", { ...minimal, servers: [{ id: "S1", member: "learner" }] }, "servers", /one voter/],
    [
      "another profile",
      { ...minimal, profile: "zab" },
      "profile",
      /one of paper, dissertation, etcd, etcd-server, found "zab"/,
    ],
    ["options of nothing", act({ atMs: 1, do: "options", options: {} }), "actions[0].options", /at least one option/],
    [
      "an option that never changes",
      act({ atMs: 1, do: "options", options: { persistCommit: true } }),
      "actions[0].options.persistCommit",
      /in a run: a lone voter/,
    ],
    [
      "for one server what all must share",
      act({ atMs: 1, do: "options", server: "S2", options: { reads: "lease" } }),
      "actions[0].options.reads",
      /for one server alone/,
    ],
    [
      "an option by another name",
      act({ atMs: 1, do: "options", options: { prevote: true } }),
      "actions[0].options.prevote",
      /did you mean preVote/,
    ],
    [
      "an option of a stranger",
      act({ atMs: 1, do: "options", server: "S7", options: { preVote: true } }),
      "actions[0].server",
      /no S7/,
    ],
    ["put and get", act({ atMs: 1, do: "request", put: ["x", "1"], get: "x" }), "actions[0]", /exactly one of/],
    ["no operation", act({ atMs: 1, do: "request" }), "actions[0]", /exactly one of/],
    ["a key of 65 letters", act({ atMs: 1, do: "request", get: "k".repeat(65) }), "actions[0].get", /1 to 64/],
    ["loss without latency", act({ atMs: 1, do: "network", loss: 0.5 }), "actions[0]", /latencyMs/],
    ["loss of 2", { ...minimal, network: { loss: 2 } }, "network.loss", /probability/],
    ["a range upside down", { ...minimal, disk: { writeMs: [3, 1] } }, "disk.writeMs", /\[least, most\]/],
    ["a delay of an hour", { ...minimal, disk: { writeMs: [1, 3_600_000] } }, "disk.writeMs[1]", /60000/],
    ["no servers", { ...minimal, servers: 0 }, "servers", /1 to 9, found 0/],
    ["ten servers", { ...minimal, servers: 10 }, "servers", /1 to 9/],
    ["an empty list of servers", { ...minimal, servers: [] }, "servers", /at least one/],
    ["servers out of order", { ...minimal, servers: [{ id: "S2" }] }, "servers[0].id", /expected S1/],
    ["a log that falls", { ...minimal, servers: [{ id: "S1", log: [2, 1] }] }, "servers[0].log[1]", /not smaller/],
    [
      "a term below its log",
      { ...minimal, servers: [{ id: "S1", term: 1, log: [2] }] },
      "servers[0].term",
      /at least 2/,
    ],
    ["a commit beyond its log", { ...minimal, servers: [{ id: "S1", commit: 1 }] }, "servers[0].commit", /at most 0/],
    [
      "a vote for a stranger",
      { ...minimal, servers: [{ id: "S1", votedFor: "S2" }] },
      "servers[0].votedFor",
      /only S1/,
    ],
    ["a view of a stranger", { ...minimal, servers: 2, view: { atMs: 0, select: "S3" } }, "view.select", /no S3/],
    [
      "a view of a group there is not",
      { ...minimal, groups: 2, view: { atMs: 0, group: 3 } },
      "view.group",
      /at most 2/,
    ],
    ["a view of nonsense", { ...minimal, view: { atMs: 0, select: "<b>" } }, "view.select", /found "<b>"/],
    ["a seed of 2^53", { ...minimal, seed: 2 ** 53 }, "seed", /4294967295/],
    ["a seed of 1e308", `{"format":"driftwood","version":1,"seed":1e999}`, "seed", /whole number/],
    [
      "actions out of order",
      {
        ...minimal,
        actions: [
          { atMs: 2, do: "heal" },
          { atMs: 1, do: "heal" },
        ],
      },
      "actions[1].atMs",
      /sorted/,
    ],
    ["2,001 actions", { ...minimal, actions: Array(2001).fill({ atMs: 1, do: "heal" }) }, "actions", /2000/],
    ["a branch of itself", withBranch({ parent: 1 }), "branches[0].parent", /earlier one/],
    ["a branch that shares too much", withBranch({ shared: 1 }), "branches[0].shared", /at most 0/],
    [
      "a stranger in a branch",
      withBranch({ actions: [{ atMs: 1, do: "crash", server: "S6" }] }),
      "branches[0].actions[0].server",
      /S6/,
    ],
    ["a branch that is not there", { ...minimal, branch: 1 }, "branch", /at most 0/],
  ];
  test.each(cases)("%s", (_what, file, field, message) => {
    const found = problem(file);
    expect(found.field).toBe(field);
    expect(found.message).toMatch(message);
  });

  test.each(["__proto__", "constructor", "prototype2", "toString"])("a field called %s", (name) => {
    const text = `{"format":"driftwood","version":1,"options":{${JSON.stringify(name)}:{"polluted":true}}}`;
    expect(problem(text)).toMatchObject({ field: `options.${name}`, message: expect.stringMatching(/^there is no/) });
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("deep nesting is refused before anything descends into it", () => {
    expect(problem("[".repeat(100_000) + "]".repeat(100_000)).message).toMatch(/levels of nesting/);
    expect(problem(`${`{"a":`.repeat(50_000)}1${"}".repeat(50_000)}`).message).toMatch(/levels of nesting/);
  });

  test("a file beyond the size limit is not even parsed", () => {
    expect(problem(" ".repeat(limits.fileText + 1)).message).toMatch(/at most 1000000 characters/);
  });
});

test("an action is held to the same limits before it is recorded", () => {
  const setup = setupOf({ servers: 3 });
  const put = (key: string) => ({ at: 5, act: { do: "request" as const, operation: { op: "get" as const, key } } });
  expect(actionProblem(put("x"), setup)).toBeNull();
  expect(actionProblem(put("x".repeat(65)), setup)).toMatchObject({ field: "get" });
  expect(actionProblem({ at: 0.5, act: { do: "heal" } }, setup)).toMatchObject({ field: "atMs" });
  expect(actionProblem({ at: 0, act: { do: "crash", server: 4 } }, setup)?.message).toMatch(/no S4/);
  const inGroup2 = { at: 0, act: { do: "timeout" as const, server: 1, group: 2 } };
  expect(actionProblem(inGroup2, setup)).toMatchObject({ field: "group" });
  expect(actionProblem(inGroup2, setupOf({ servers: 3, groups: 2 }))).toBeNull();
});

describe("text from outside", () => {
  const read = (title: string, notes = ""): string => {
    const result = parseRecording(JSON.stringify({ ...minimal, title, notes }));
    if (!result.ok) throw new Error(result.problem.message);
    return `${result.value.title}|${result.value.notes}`;
  };

  test("loses control characters and direction marks, keeps everything else", () => {
    expect(read("a\u0000\u001b[2J\u202eb\u2066c\u200f\ufeff")).toBe("a[2Jbc|");
    expect(read("<img src=x onerror=alert(1)>")).toBe("<img src=x onerror=alert(1)>|");
    expect(read("héllo 中 🦀", "line\n\ttwo\u0007")).toBe("héllo 中 🦀|line\n\ttwo");
  });
});

describe("whatever comes in", () => {
  test("nothing throws and Object.prototype stays as it is", () => {
    const before = Object.getOwnPropertyNames(Object.prototype).length;
    const soup = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue({ maxDepth: 12 }).map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(soup, (text) => void parseRecording(text)),
      { numRuns: 500 },
    );
    expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(before);
  });

  test("a valid file with one value replaced is read or refused with the path to an existing place", () => {
    fc.assert(
      fc.property(anyRecording, fc.nat(), fc.jsonValue(), (recording, where, junk) => {
        const file: unknown = JSON.parse(formatRecording(recording));
        replaceOne(file, where, junk);
        const result = parseRecording(JSON.stringify(file));
        // A condition's own reader says what is wrong in it.
        if (!result.ok && !result.problem.field.endsWith(".when"))
          expect(result.problem.message).toMatch(/^(expected|is missing|there is|made by)/);
      }),
      { numRuns: 500 },
    );
  });
});

/** Replaces the `where`-th value (modulo their number) of nested data. */
function replaceOne(root: unknown, where: number, junk: unknown): void {
  const places: (readonly [object, string])[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const key of Object.keys(value)) {
      places.push([value, key]);
      visit(Reflect.get(value, key));
    }
  };
  visit(root);
  const place = places[where % places.length];
  if (place !== undefined) Reflect.set(place[0], place[1], junk);
}
