import { expect, test } from "vitest";
import { profiles } from "../raft/options.ts";
import { ms, setupOf } from "./fixtures.ts";
import { limits } from "./limits.ts";
import { put } from "./network.ts";
import type { Packet } from "./state/messages.ts";
import type { World } from "./types.ts";
import { createWorld, executeNext, nobody } from "./world.ts";

const busy = (): World =>
  createWorld(setupOf({ servers: 3, raft: { ...profiles.paper, heartbeatInterval: ms, forwardProposals: true } }));

function stoppedBy(pile: (world: World) => void): string | null {
  const world = busy();
  pile(world);
  while (world.events < 1000 && world.stopped === null) executeNext(world, nobody);
  return world.stopped;
}

test("nothing piles up in an ordinary run", () => expect(stoppedBy(() => {})).toBeNull());

test("commands and reads that nobody answers stop the run, with a sentence", () => {
  const pledges = Array.from({ length: limits.waitingHere + 1 }, (_, request) => ({ request }));
  expect(
    stoppedBy(({ machines }) => {
      machines[2]!.pledges = pledges;
    }),
  ).toBe("more than 20000 commands wait at S2");
  expect(
    stoppedBy(({ machines }) => {
      machines[3]!.reads = pledges.map(({ request }) => ({ request, index: 1_000_000 }));
    }),
  ).toBe("more than 20000 reads wait at S3");
});

test("entries of all messages under way together have a limit", () => {
  const world = busy();
  const entries = Array.from({ length: 60_000 }, (_, i) => ({ index: i + 1, term: 1, command: null, change: null }));
  const payload = {
    type: "AppendEntries",
    from: 1,
    to: 2,
    term: 1,
    prevLogIndex: 0,
    prevLogTerm: 0,
    leaderCommit: 0,
    entries,
  };
  for (let sequence = 1; sequence <= 4; sequence++) {
    expect(world.stopped).toBeNull();
    const ref = { from: 1, to: 2, ordinal: sequence, copy: 0 };
    const times = { sentAt: 0, dueAt: 10, arrivesAt: 10 };
    put(world, { ref, group: 1, payload, ...times, lost: null, copies: 0, sequence } as unknown as Packet);
  }
  expect(world.stopped).toBe("more than 200000 entries in flight");
});
