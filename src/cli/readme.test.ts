import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { History } from "../history/history.ts";
import { finish } from "../history/work.ts";
import { promisesOf } from "../report/promises.ts";
import { stateOf } from "../report/state.ts";
import { parseRecording } from "../scenario/format.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
/** The first block of the section, as somebody would copy it. */
const [, example = ""] = /## The recording[\s\S]*?```jsonc\n([\s\S]*?)```/.exec(readme) ?? [];

describe("the README's example of a recording", () => {
  const read = parseRecording(example);
  if (!read.ok) throw new Error(`${read.problem.field}: ${read.problem.message}`);
  const { setup, actions, end, view } = read.value;
  const history = new History(setup, actions, end);

  test("runs, every action in it does something, and nothing breaks", () => {
    history.advance(end);
    const promises = promisesOf(history);
    const { refused, violations } = finish(stateOf(history, promises));
    expect([refused, violations, promises.history]).toEqual([[], [], "ok"]);
  });

  test("shows what its title says", () => {
    history.seek(view!.at);
    const leaders = history.world.machines.filter(({ status, raft }) => status === "up" && raft.role === "leader");
    expect(leaders.map(({ id }) => id)).toEqual([3, 6]);
  });
});
