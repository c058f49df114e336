import { expect, test } from "vitest";
import { History } from "../history/history.ts";
import { formatRecording, parseRecording } from "../scenario/format.ts";
import { limits } from "../scenario/limits.ts";
import { presets } from "../scenario/presets/index.ts";
import type { Recording } from "../scenario/recording.ts";
import { withSpare } from "./spare.ts";

function run({ setup, actions, end }: Recording): History {
  const history = new History(setup, actions, end);
  history.advance(end);
  return history;
}

test.each(presets.filter(({ recording }) => recording.setup.servers.length < limits.servers))(
  "$id with a machine more is the same run, event by event, and the machine has taken part in nothing",
  ({ recording }) => {
    const [before, after] = [run(recording), run(withSpare(recording))];
    expect(after.current.index).toEqual(before.current.index);
    expect(after.place).toEqual(before.place);
    const id = recording.setup.servers.length + 1;
    const { raft, status } = after.world.machines[id]!;
    expect([raft.term, raft.log.last, raft.commitIndex, status]).toEqual([0, 0, 0, "up"]);
  },
);

test("it is written and read like any other", () => {
  const there = withSpare(presets[0]!.recording);
  const read = parseRecording(formatRecording(there));
  expect(read).toMatchObject({ ok: true, value: { setup: there.setup } });
});

test("asked to join, it does", () => {
  const { recording } = presets.find(({ id }) => id === "first-election")!;
  const history = run(withSpare(recording));
  const leader = history.world.machines.find((machine) => machine?.raft.role === "leader")!.id;
  const changes = [{ type: "learner" as const, server: 6 }];
  expect(history.act({ do: "members", server: leader, changes, transition: "auto" }).refused).toBeNull();
  history.advance(recording.end + 1_000_000);
  const { raft } = history.world.machines[6]!;
  expect(raft.configuration.learners).toEqual([6]);
  expect(raft.log.last).toBe(history.world.machines[leader]!.raft.log.last);
});
