import { describe, expect, test, vi } from "vitest";
import { file, within } from "./fixtures.ts";
import { Cancelled, Job, type Pace } from "./job.ts";
import { Laboratory } from "./laboratory.ts";
import type { Requests } from "./protocol/requests.ts";

vi.setConfig({ testTimeout: 240_000 });

/**
 * Recordings within every limit of the format that once silenced the thread, or filled its memory. Each opens, or runs
 * until it stops with a reason, in slices that are bounded, and what is sent to the page is bounded too.
 */
const storms: Readonly<Record<string, object>> = {
  "a client that repeats every 4 µs what a slow disk cannot write": {
    servers: 3,
    groups: 4,
    options: { heartbeatMs: 2, retryMs: 1, electionTimeoutMs: [150, 300] },
    network: { mode: "automatic", latencyMs: [0, 1], duplicate: 1 },
    disk: { writeMs: [0.001, 5] },
    clients: { sessions: false, repeatMs: 0.004, giveUpMs: 1 },
    actions: [{ atMs: 400, do: "load", perSecond: 750, clients: 4, mode: "closed", keys: 9 }],
    endMs: 600_000,
  },
  "a thousand requests a second over links of one byte a second": {
    servers: 9,
    groups: 4,
    network: { mode: "automatic", latencyMs: [0, 50], bandwidth: 1 },
    clients: { sessions: true, repeatMs: 0.001, giveUpMs: 10, sessionsMost: 2 },
    actions: [
      { atMs: 102, do: "load", perSecond: 1000, mode: "open", keys: 9 },
      { atMs: 600, do: "network", mode: "manual" },
      { atMs: 601, do: "network", mode: "automatic" },
      { atMs: 602, do: "partition", groups: [["S1", "S2"], ["S3"]] },
    ],
    endMs: 5000,
  },
  "nine servers, a heartbeat every millisecond, and everything twice": {
    profile: "etcd",
    options: { heartbeatMs: 1, maxInflightMessages: 1, reads: "lease" },
    servers: 9,
    network: { mode: "automatic", latencyMs: [1, 17.123], duplicate: 1 },
    clients: { sessions: true, repeatMs: 0.001, giveUpMs: 50_000, sessionsMost: 1 },
    actions: [{ atMs: 0, do: "load", perSecond: 1 }],
    endMs: 60_000,
  },
  "elections without end": {
    servers: 5,
    options: { electionTimeoutMs: [1, 2] },
    network: { mode: "automatic", latencyMs: [3, 4] },
    endMs: 3_600_000,
  },
  "messages that are long under way": {
    servers: 3,
    options: { electionTimeoutMs: [2, 2] },
    network: { mode: "automatic", latencyMs: [5, 25_140], duplicate: 0.2 },
    endMs: 60_000,
  },
};

/** A clock that counts looks, and tells the job to stop after so many breaths. */
class Breaths implements Pace {
  job: Job | null = null;
  private looks = 0;
  constructor(private left: number) {}
  now(): number {
    return this.looks++;
  }
  async breathe(): Promise<void> {
    if (--this.left === 0) this.job?.cancel();
  }
}

function jobOf(breaths: number): Job {
  const pace = new Breaths(breaths);
  pace.job = new Job(() => {}, pace);
  return pace.job;
}

const view = { at: 0, select: "", speed: 1 };
const everything = { servers: [], kinds: [], routine: true };

describe("a storm", () => {
  test.each(Object.entries(storms))(
    "%s: opens in slices or is given up, and plays within bounds",
    async (_name, fields) => {
      const text = JSON.stringify({ format: "driftwood", version: 1, ...fields });
      const given = await new Laboratory().open(file(text), jobOf(20)).catch((error: unknown) => error);
      if (given instanceof Error) expect(given).toBeInstanceOf(Cancelled);

      const laboratory = new Laboratory();
      const opened = await laboratory.open(file(text.replace(/"endMs":\d+/, '"endMs":0')));
      if (!opened.ok) throw new Error(opened.problem.message);
      let last: Requests["advance"]["answer"] = laboratory.enter(opened.value.run);
      for (let frames = 0; frames < 50 && last.frame.stopped === null; frames++) {
        const before = last.frame.position;
        last = laboratory.advance(before.at + 100_000);
        expect(last.frame.position.event - before.event).toBeLessThan(3200);
        if (frames % 20 === 0) within(last);
      }
      within(last);
      if (last.frame.stopped !== null) expect(last.frame.stopped).toMatch(/^more than \d+ [a-z ]+/);
      within(await laboratory.feed({ filter: everything, before: null, limit: 100 }));
      within(await laboratory.clientHistory({ until: "now", from: -100, limit: 100 }));
      const { event } = last.frame.position;
      const back = await laboratory.step(-1);
      expect(back.frame.position.event).toBe(event - 1);
      expect((await laboratory.visit(event)).frame.hash).toBe(last.frame.hash);
      const link = await laboratory.share({ as: "link", view });
      expect(link.ok).toBe(true);
    },
  );
});
