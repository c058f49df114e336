import { expect, test } from "vitest";
import { bugOf } from "../../raft/bugs/index.ts";
import { presets } from "../../scenario/presets/index.ts";
import { all, expectGolden, historyOf, presetRun, write } from "./fixtures.ts";

/** Fails where a bracket is open, or something is named before it is defined. Returns the states. */
function read(text: string): readonly string[] {
  expect(text.startsWith("---------------------------------- MODULE Run")).toBe(true);
  expect(text.trimEnd().endsWith("====")).toBe(true);
  const defined = new Set<string>();
  for (const line of text.split("\n").filter((each) => !each.trimStart().startsWith("\\*"))) {
    const [name, rest] = / == /.test(line) ? line.split(" == ") : ["", line];
    expect((rest!.match(/\b[ELM]\d+\b/g) ?? []).filter((used) => !defined.has(used))).toEqual([]);
    if (name === "") continue;
    expect(defined).not.toContain(name);
    defined.add(name!);
  }
  const plain = text
    .replace(/\\\*.*/g, "")
    .replaceAll("|->", "")
    .replaceAll(":>", "");
  for (const [open, close] of ["[]", "{}", "()"]) expect(plain.split(open!).length).toBe(plain.split(close!).length);
  expect(plain.split("<<").length).toBe(plain.split(">>").length);
  const states = text.slice(text.indexOf("Trace == <<")).match(/^ {4}\[currentTerm .*$/gm) ?? [];
  const comments = text.match(/^ {4}\\\* \d+/gm) ?? [];
  expect(comments.map((each) => Number(each.slice(6)))).toEqual(states.map((_, k) => k + 1));
  return states;
}

test("a run as states of raft.tla, one after each of its actions", async () => {
  const states = read(await expectGolden("tla"));
  expect(states[0]).toContain("currentTerm |-> <<0, 0, 0>>");
  expect(states[0]).toContain("messages |-> << >>");
  expect(states.at(-1)).toContain('state |-> <<"Leader", "Follower", "Follower">>');
});

test("a stretch of a run begins where the run is", () => {
  const run = presetRun("log-repair");
  const taken = ({ text }: { readonly text: string }): readonly string[] => {
    const states = read(text);
    const comments = [...text.matchAll(/^ {4}\\\* \d+: (.*)$/gm)].map(([, action]) => action!);
    expect(comments).toHaveLength(states.length - 1);
    return comments;
  };
  const whole = taken(write("tla", run));
  const part = taken(write("tla", run, { from: 100_000, to: 300_000 }));
  expect(part.length).toBeGreaterThan(10);
  const begins = whole.findIndex((_, at) => whole.slice(at, at + part.length).join() === part.join());
  expect(begins).toBeGreaterThan(0);
});

test("a step by a broken rule is the last state, and says so", () => {
  const { setup, actions, end } = presets.find(({ id }) => id === "figure-8")!.recording;
  const run = historyOf({ setup: { ...setup, bugs: [bugOf("commit-old-term")] }, actions, end });
  const { text } = write("tla", run);
  const states = read(text);
  expect(text).toContain("TLC is to report a deadlock before it");
  expect(text).toContain(
    `\\* ${states.length}: step 69, which the specification refuses: S1 receives AppendEntriesResponse(S3 to S1, term 4, success up to 2)`,
  );
  expect(states.at(-2)).toContain("commitIndex |-> <<0, 1, 1, 1, 1>>");
  expect(states.at(-1)).toContain("commitIndex |-> <<2, 1, 1, 1, 1>>");
});

test("what the specification has no words for ends the trace", () => {
  const { text, cut } = write("tla", presetRun("async-disk"), all);
  expect(read(text)).toHaveLength(1);
  expect(cut).toBe("What comes then lies outside of raft.tla: the option asyncDisk is not the paper's.");
});
