import { expect, test } from "vitest";
import { setupOf } from "../world/fixtures.ts";
import { unusual } from "./unusual.ts";

test("what production would refuse is said of what is changed while the run goes on, on top of what was changed before", () => {
  const given = (options: object, server?: number) =>
    ({ at: 0, act: { do: "options", options, ...(server === undefined ? {} : { server }) } }) as const;
  expect(unusual(setupOf(), [given({ heartbeatInterval: 149_000 })])).toEqual([]);
  const slow = /^the heartbeat interval, 200 ms, is not shorter than the least election timeout, 150 ms/;
  expect(unusual(setupOf(), [given({ heartbeatInterval: 200_000 }, 2)])).toEqual([expect.stringMatching(slow)]);
  const short = [given({ heartbeatInterval: 149_000 }, 2), given({ electionTimeoutMin: 100_000 })];
  expect(unusual(setupOf(), short)).toEqual([expect.stringMatching(/^the heartbeat interval, 149 ms.* 100 ms/)]);
});
