import { describe, expect, test } from "vitest";
import { profiles, type RaftOptions } from "../../raft/options.ts";
import { setupOf } from "../../world/fixtures.ts";
import { createWorld } from "../../world/world.ts";
import { nobodyIsTold } from "./convergence.ts";

describe("S1 could win in a core of S1 and S2, and is behind S2 in terms", () => {
  const isExcused = (options: Partial<RaftOptions> = {}, logOfS2: readonly number[] = [1]): boolean => {
    const setup = setupOf({ raft: { ...profiles.etcd, ...options }, logs: [[1, 1], logOfS2] });
    const servers = setup.servers.map((server) => ({ ...server, term: server.id === 2 ? 9 : 1 }));
    return nobodyIsTold(createWorld({ ...setup, servers }), [1, 2]);
  };

  test("excused where requests of older terms are not answered", () => {
    expect(isExcused()).toBe(true);
  });

  test("not excused where they are, or where S2 could win as well", () => {
    expect(isExcused({ oldTerms: "answered" })).toBe(false);
    expect(isExcused({}, [1, 1])).toBe(false);
  });
});
