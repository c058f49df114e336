import { describe, expect, test } from "vitest";
import { History } from "../history/history.ts";
import { readRecording } from "../scenario/format.ts";
import type { Act } from "../world/acts.ts";
import { activeFaults, catalogue, runningNemeses } from "./faults.ts";

function runWith(...acts: readonly Act[]): History {
  const read = readRecording({ format: "driftwood", version: 1, seed: 3, servers: 3 });
  if (!read.ok) throw new Error(read.problem.message);
  const history = new History(read.value.setup, [], 0);
  history.advance(1_000_000);
  for (const act of acts) {
    const { refused } = history.act(act);
    if (refused !== null) throw new Error(refused);
  }
  return history;
}
const words = (history: History) => activeFaults(history.world).map((fault) => fault.words);

test("the catalogue is plain data, and says where one parameter of several is needed", () => {
  const told = catalogue();
  const { faults } = told;
  expect(structuredClone(told)).toEqual(told);
  expect(faults.filter(({ needsOne }) => needsOne).map(({ name }) => name)).toEqual(["clock"]);
});

describe("what is wrong right now", () => {
  test("is said of servers and their disks, with its end and what ends it", () => {
    const history = runWith({ do: "stalledDisk", server: 2, for: 500_000 }, { do: "pause", server: 3 });
    expect(words(history)).toEqual(["S2's disk is stalled: no write comes to its end", "S3 stands still"]);
    const [disk, pause] = activeFaults(history.world);
    expect(disk).toMatchObject({ until: 1_500_000, undo: { do: "mendDisk", server: 2 } });
    expect(pause).toMatchObject({ until: null, undo: { do: "resume", server: 3 } });
    for (const { undo } of [disk!, pause!]) expect(history.act(undo!).refused).toBeNull();
    expect(words(history)).toEqual([]);
  });

  test("is said once of all links that share it", () => {
    const history = runWith({ do: "lose", loss: 200_000 }, { do: "cut", links: [[1, 2]] });
    expect(words(history)).toEqual(["S1→S2: cut", "all links: 20 % of the messages are lost"]);
    for (const { undo } of activeFaults(history.world)) history.act(undo!);
    expect(words(history)).toEqual([]);
  });

  test("flapping links are flapping, also while they are up", () => {
    const history = runWith({ do: "flap", links: [[1, 2]], down: 50_000, up: 50_000 });
    const seen = new Set<string>();
    for (let at = 1_000_000; at <= 1_200_000; at += 25_000) {
      history.advance(at);
      for (const text of words(history)) seen.add(text);
    }
    expect([...seen]).toEqual(["links go down and up: S1→S2"]);
  });

  test("nemeses tell when they strike next", () => {
    const given = { server: 1 };
    const act: Act = { do: "nemesis", id: 4, fault: "crash", every: [200_000, 300_000], for: [50_000, 50_000], given };
    const history = runWith(act);
    const [nemesis] = runningNemeses(history.world);
    expect(nemesis).toMatchObject({ id: 4, fired: 0, words: "crash every 200 ms to 300 ms, for 50 ms (S1)" });
    expect(nemesis!.nextAt).toBeGreaterThanOrEqual(1_200_000);
    history.advance(nemesis!.nextAt!);
    expect(words(history)).toEqual(["S1 is down"]);
    expect(runningNemeses(history.world)[0]?.fired).toBe(1);
  });
});
