import { describe, expect, test } from "vitest";
import { vote } from "../raft/fixtures.ts";
import type { Act } from "./acts.ts";
import { elect, ms, play, put, request, setupOf, toldOf } from "./fixtures.ts";
import { hashWorld } from "./hash.ts";
import { limits } from "./limits.ts";
import { transmit } from "./network.ts";
import { nextEventAt } from "./world.ts";

const message = { from: 1, to: 2, ordinal: 99, copy: 0 };

/** S1 leads, S2 is down, S3 is paused. */
const refused: readonly (readonly [Act, string])[] = [
  [{ do: "crash", server: 2 }, "S2 is down already"],
  [{ do: "crash", server: 9 }, "S9 does not exist"],
  [{ do: "crash", server: 0 }, "S0 does not exist"],
  [{ do: "restart", server: 1 }, "S1 is not down"],
  [{ do: "restart", server: 3 }, "S3 is not down"],
  [{ do: "pause", server: 3 }, "S3 is paused"],
  [{ do: "pause", server: 2 }, "S2 is down"],
  [{ do: "resume", server: 1 }, "S1 is not paused"],
  [{ do: "resume", server: 2 }, "S2 is not paused"],
  [{ do: "timeout", server: 1 }, "S1 is the leader and has no election timer"],
  [{ do: "timeout", server: 2 }, "S2 is down"],
  [{ do: "timeout", server: 3 }, "S3 is paused"],
  [{ do: "heartbeat", server: 3 }, "S3 is paused"],
  [{ do: "heartbeat", server: 4 }, "S4 is not a leader"],
  [{ do: "timer", server: 2, left: 5 }, "S2 is down"],
  [{ do: "request", operation: put("x", "1"), server: 7 }, "S7 does not exist"],
  [{ do: "disk", disk: { writeMin: 1, writeMax: 1 }, server: 7 }, "S7 does not exist"],
  [{ do: "cut", links: [[1, 1]] }, "a link does not exist"],
  [
    {
      do: "cut",
      links: [
        [1, 2],
        [1, 8],
      ],
    },
    "a link does not exist",
  ],
  [{ do: "mend", links: [[0, 1]] }, "a link does not exist"],
  [{ do: "network", links: [[2, 0]] }, "a link does not exist"],
  [{ do: "partition", groups: [[1], [8]] }, "a server does not exist"],
  [{ do: "deliver", message }, "that message is not under way"],
  [{ do: "drop", message }, "that message is not under way"],
  [{ do: "duplicate", message }, "that message is not under way"],
  [{ do: "delay", message, by: 5 }, "that message is not under way"],
];

describe("an impossible act is refused with a reason, and changes nothing but the count", () => {
  for (const [act, reason] of refused) {
    test(`${JSON.stringify(act)}: ${reason}`, () => {
      const it = elect(play(setupOf({ servers: 4 })), 1);
      it.act({ do: "crash", server: 2 });
      it.act({ do: "pause", server: 3 });
      const { events, eventsAtNow } = it.world;
      const before = hashWorld(it.world);
      expect(it.act(act)).toBe(reason);
      expect([it.world.events, it.world.eventsAtNow]).toEqual([events + 1, eventsAtNow + 1]);
      Object.assign(it.world, { events, eventsAtNow });
      expect(hashWorld(it.world)).toBe(before);
      expect(toldOf(it, "acted").at(-1)).toMatchObject({ act, ignored: reason });
    });
  }
});

test("an act that is possible is told, too", () => {
  const it = play(setupOf());
  expect(it.act({ do: "crash", server: 1 })).toBeNull();
  expect(toldOf(it, "acted")).toMatchObject([{ act: { do: "crash" }, ignored: null }]);
});

describe("a storm stops the run with a reason, and nothing happens after it", () => {
  const stopped = (it: ReturnType<typeof play>, why: string) => {
    expect(it.world.stopped).toContain(why);
    expect(nextEventAt(it.world)).toBe(Number.POSITIVE_INFINITY);
  };

  test("too many events at one instant", () => {
    const it = play(setupOf());
    for (let i = 0; i <= limits.eventsAtOneInstant; i++) it.act({ do: "heal" });
    stopped(it, `${limits.eventsAtOneInstant} events at one instant`);
  });

  test("a cluster without any latency is no storm", () => {
    const it = play(
      setupOf({ link: { latencyMin: 0, latencyMax: 0 }, disk: { writeMin: 0, writeMax: 0 }, servers: 9 }),
    );
    it.act({ do: "load", perSecond: 20 });
    it.until(2000 * ms);
    expect(it.world.stopped).toBeNull();
  });

  test("too many messages under way", () => {
    const it = play(setupOf());
    for (let i = 0; i <= limits.packetsInFlight; i++) transmit(it.world, vote({ from: 1, to: 2 }), null);
    stopped(it, `${limits.packetsInFlight} messages in flight`);
  });

  test("too many open requests", () => {
    const it = play(setupOf({ mode: "manual" }));
    for (let i = 0; i <= limits.requestsOpen; i++) {
      it.until(i);
      it.act(request(put("x", "1"), 1));
    }
    stopped(it, "500 open requests");
  });

  test("too long a run", () => {
    const it = play(setupOf({ mode: "manual" })).until(limits.runMicros + 1);
    stopped(it, "six hours");
  });
});
