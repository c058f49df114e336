import { describe, expect, test } from "vitest";
import { History } from "../history/history.ts";
import { profiles } from "../raft/options.ts";
import { ms, request, setupOf } from "../world/fixtures.ts";
import { calm, frameOf } from "./frame.ts";
import type { ServerView } from "./protocol/server.ts";

/** Three servers of which S1 has led for some time, with some options changed. */
function led(raft: object): History {
  const history = new History(setupOf({ raft: { ...profiles.etcd, ...raft } }));
  history.act({ do: "timeout", server: 1 });
  history.advance(200 * ms);
  return history;
}
const frame = (history: History) => frameOf(history, { logFrom: 1, logCount: 0 }, calm);
const leader = (history: History): ServerView => frame(history).servers[0]!;
const get = { op: "get", key: "x" } as const;

describe("D §6.4 reads that wait", () => {
  test("for a round of heartbeats: the leader has confirmed it, then the others one by one", () => {
    const history = led({ reads: "safe" });
    history.act(request(get, 1));
    history.advance(211 * ms);
    const asked = leader(history).reads[0];
    expect(asked).toMatchObject({ request: 1, from: 0, waitsFor: "quorum", round: 1, confirmedBy: [1], index: 1 });
    expect(frame(history).messages.some(({ round }) => round === 1)).toBe(true);
    history.advance(300 * ms);
    expect(leader(history).reads).toEqual([]);
  });

  test("a follower passes it on: the leader knows from whom it is", () => {
    const history = led({ reads: "safe" });
    history.act(request(get, 2));
    history.advance(225 * ms);
    expect(leader(history).reads).toMatchObject([{ request: 1, from: 2, waitsFor: "quorum" }]);
  });

  test("for a commit in the leader's own term, before any round", () => {
    const history = new History(setupOf({ raft: { ...profiles.etcd, reads: "safe" } }));
    history.act({ do: "timeout", server: 1 });
    history.advance(15 * ms);
    history.act(request(get, 1));
    while (leader(history).reads.length === 0 && history.world.now < 60 * ms) history.stepForward();
    expect(leader(history).reads).toMatchObject([{ waitsFor: "ownCommit", index: 0, round: 0 }]);
  });
});

describe("D §6.2 a leader's lease", () => {
  test("is there with check-quorum only, and says what it gives", () => {
    expect(leader(led({ checkQuorum: false })).lease).toBeNull();
    expect(leader(led({ checkQuorum: true })).lease?.gives).toBe("leadership");
    expect(leader(led({ checkQuorum: true, reads: "lease" })).lease?.gives).toBe("reads");
  });

  test("ends when check-quorum makes a leader step down that hears no more", () => {
    const history = led({ checkQuorum: true });
    const { until, longest } = leader(history).lease!;
    expect(until - history.world.now).toBeLessThanOrEqual(longest);
    history.act({ do: "partition", groups: [[1], [2, 3]] });
    history.advance(until - 1);
    const promised = leader(history).lease!.until;
    history.advance(promised - 1);
    expect(leader(history).role).toBe("leader");
    history.advance(promised);
    expect(leader(history).role).toBe("follower");
  });
});
