import { describe, expect, test } from "vitest";
import { type ProfileName, profiles } from "../raft/options.ts";
import { decided, elect, ms, put, request, setupOf } from "../world/fixtures.ts";
import { type Watched, watched } from "./fixtures.ts";

/**
 * A follower comes back with an empty disk, while the leader still knows what it had acknowledged (etcd #13066, sofa-jraft
 * #254). That lies outside of what Raft is made for: nothing is promised, but Figure 2 goes on.
 */
function emptied(profile: ProfileName): Watched {
  const raft = { ...profiles[profile], electionTimeoutMin: 1000 * ms, electionTimeoutMax: 1500 * ms };
  const link = { latencyMin: 10 * ms, latencyMax: 10 * ms };
  const it = watched(setupOf({ seed: 4, raft, link, disk: { writeMin: 1 * ms, writeMax: 1 * ms } }));
  it.act({ do: "lyingDisk", server: 3 });
  elect(it, 1);
  for (const value of ["1", "2"]) {
    it.act(request(put("a", value), 1));
    it.until(it.world.now + 100 * ms);
  }
  it.act({ do: "powerLoss", servers: [3] });
  it.act({ do: "restart", server: 3 });
  return it;
}
const lastOf = (it: Watched, id: number): number => it.machine(id).raft.log.last;

describe("a follower that comes back empty", () => {
  test.each(["paper", "dissertation"] as const)("Figure 2 (%s): is sent what it lacks, at once", (profile) => {
    const it = emptied(profile);
    expect([lastOf(it, 3), it.world.outside]).toEqual([0, "the disk of S3 lost what it had acknowledged"]);
    it.until(it.world.now + 500 * ms);
    expect(lastOf(it, 3)).toBe(lastOf(it, 1));
    const { term, commitIndex } = it.machine(1).raft;
    expect(it.machine(3).raft).toMatchObject({ term, commitIndex });
    expect(decided(it, "nextBackedUp")).toContainEqual(expect.objectContaining({ follower: 3, match: lastOf(it, 1) }));
    expect([decided(it, "staleAnswer"), it.world.violation]).toEqual([[], null]);
  });

  test.each(["paper", "dissertation"] as const)("Figure 2 (%s): and causes no storm of requests", (profile) => {
    const it = emptied(profile);
    for (const value of ["3", "4"]) {
      it.act(request(put("a", value), 1));
      it.until(it.world.now + 1000 * ms);
    }
    expect(lastOf(it, 3)).toBe(lastOf(it, 1));
    expect(decided(it, "nextBackedUp").length).toBeLessThanOrEqual(lastOf(it, 1));
    // Every 50 ms one to each follower, and what they lack.
    const requests = it.told.filter((each) => each.kind === "sent" && each.payload.type === "AppendEntries");
    expect(requests.length).toBeLessThan(120);
  });

  test("etcd: the leader still tells it what is committed, which it cannot have", () => {
    const it = emptied("etcd");
    it.until(it.world.now + 500 * ms);
    expect(it.world.violation).toMatchObject({ server: 3, detail: expect.stringContaining("0 entries") });
    expect(it.world.outside).toBe("the disk of S3 lost what it had acknowledged");
  });
});
