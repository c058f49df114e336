import { expect, test } from "vitest";
import { microsPerMilli, microsPerSecond } from "../base/units.ts";
import { opened } from "../worker/fixtures.ts";
import { guidedSpeed } from "./guided.ts";

const ms = microsPerMilli;

test("time is slow in an election and in a term's first replication, quick where nothing is under way", async () => {
  const laboratory = await opened({ from: "preset", id: "first-election" });
  const speedAt = async (at: number): Promise<number> => guidedSpeed((await laboratory.seek(at * ms)).frame);
  const [before, votes, heartbeats, idle, first] = [
    await speedAt(5),
    await speedAt(30),
    await speedAt(55),
    await speedAt(85),
    await speedAt(130),
  ];
  expect(votes).toBeLessThan(heartbeats);
  expect(first).toBeGreaterThanOrEqual(votes);
  expect(first).toBeLessThan(heartbeats);
  expect(heartbeats).toBeLessThan(before);
  expect(idle).toBe(before);
});

/** Seconds of wall time from a crash of the leader to the next commit, as time is guided. */
async function secondsToCommit(crashAt: number): Promise<number> {
  const laboratory = await opened({ from: "preset", id: "first-election" });
  let { frame } = await laboratory.seek(crashAt);
  const leader = frame.servers.find(({ role }) => role === "leader")!;
  ({ frame } = await laboratory.act({ at: crashAt, act: { do: "crash", server: leader.id } }));
  const committed = (): number => Math.max(...frame.servers.map(({ commitIndex }) => commitIndex));
  const before = committed();
  let seconds = 0;
  while (committed() <= before && frame.position.at < 5000 * ms) {
    const to = frame.nextAt!;
    seconds += (to - frame.position.at) / microsPerSecond / guidedSpeed(frame);
    ({ frame } = laboratory.advance(to));
  }
  expect(committed()).toBeGreaterThan(before);
  return seconds;
}

test("the crash of the leader pays off within ten seconds of real time, whenever it comes", async () => {
  const seconds: number[] = [];
  for (let at = 155; at <= 893; at += 9) seconds.push(await secondsToCommit(at * ms));
  expect(Math.max(...seconds)).toBeLessThan(10);
});
