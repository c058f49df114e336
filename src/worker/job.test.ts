import { beforeAll, describe, expect, test } from "vitest";
import { livelySetup } from "../history/fixtures.ts";
import type { Progress, Work } from "../history/work.ts";
import { ms } from "../world/fixtures.ts";
import { file, lively, opened, startView } from "./fixtures.ts";
import { Cancelled, Job, type Pace, sliceMillis } from "./job.ts";
import type { Laboratory } from "./laboratory.ts";

/** Time that passes whenever somebody looks at it. */
class Steps implements Pace {
  private time = 0;
  breaths = 0;
  onBreath = (): void => {};
  constructor(private readonly step = 1) {}
  now(): number {
    this.time += this.step;
    return this.time;
  }
  async breathe(): Promise<void> {
    this.breaths++;
    this.onBreath();
  }
}

function* counting(to: number): Work<number> {
  for (let done = 0; done < to; done++) yield { done, of: to };
  return to;
}

describe("a job", () => {
  test("breathes after every slice, and comes to its end", async () => {
    const pace = new Steps();
    expect(await new Job(() => {}, pace).run(counting(1000))).toBe(1000);
    expect(pace.breaths).toBeGreaterThan(1000 / sliceMillis - 10);
    expect(pace.breaths).toBeLessThan(1000 / sliceMillis + 1);
  });

  test("says how far it is, but for short work", async () => {
    const told: Progress[] = [];
    await new Job((progress) => told.push(progress), new Steps()).run(counting(200));
    expect(told).toEqual([]);
    await new Job((progress) => told.push(progress), new Steps()).run(counting(1000));
    expect(told.length).toBeGreaterThan(3);
    for (const { done, of } of told) expect([done > 150, of]).toEqual([true, 1000]);
  });

  test("stops at its next breath where it is told to", async () => {
    const pace = new Steps();
    const job = new Job(() => {}, pace);
    pace.onBreath = () => job.cancel();
    await expect(job.run(counting(1000))).rejects.toThrow(Cancelled);
    expect(pace.breaths).toBe(1);
  });
});

/** A job that breathes whenever it can, and is told to stop then. */
function stopped(): Job {
  const pace = new Steps(sliceMillis);
  const job = new Job(() => {}, pace);
  pace.onBreath = () => job.cancel();
  return job;
}

describe("what is cancelled leaves everything as it was", () => {
  const far = 600_000 * ms;
  const ways: readonly (readonly [string, (laboratory: Laboratory, job: Job) => Promise<unknown>])[] = [
    ["a seek", (laboratory, job) => laboratory.seek(299_000 * ms, job)],
    ["a seek beyond the end", (laboratory, job) => laboratory.seek(far, job)],
    ["a jump", (laboratory, job) => laboratory.jump({ mark: "violation", direction: 1 }, job)],
    ["an act in the future", (laboratory, job) => laboratory.act({ at: far, act: { do: "heal" } }, job)],
    ["an act taken out", (laboratory, job) => laboratory.edit({ place: 0, instead: null }, job)],
    ["a branch", (laboratory, job) => laboratory.branch(1, job)],
    ["another run", (laboratory, job) => laboratory.open(file(long), job)],
    ["the clients at the end", (laboratory, job) => laboratory.clientHistory({ until: "end", from: 0, limit: 5 }, job)],
    ["a link", (laboratory, job) => laboratory.share({ as: "link", view: startView }, job)],
  ];
  const load = [{ atMs: 0, do: "load", perSecond: 20 }];
  const branches = [{ label: "", parent: 0, fromMs: 1, shared: 0, actions: load, endMs: 300_000 }];
  const long = JSON.stringify({ format: "driftwood", version: 1, actions: load, endMs: 300_000, branches });

  /** One for all: it is as if nobody had asked it anything. */
  let laboratory: Laboratory;
  beforeAll(async () => {
    laboratory = await opened(file(long));
  });

  test.each(ways)("%s", async (_name, go) => {
    await laboratory.seek(150_000 * ms + 7);
    const before = laboratory.advance(0).frame;
    const saved = await laboratory.share({ as: "save", view: startView });
    await expect(go(laboratory, stopped())).rejects.toThrow(Cancelled);
    expect(laboratory.advance(0).frame).toEqual(before);
    expect(await laboratory.share({ as: "save", view: startView })).toEqual(saved);
    expect((await laboratory.seek(200_000 * ms)).frame.end.at).toBe(before.end.at);
  });

  test("a run that is opened is made ready beside the one that is shown", async () => {
    const shows = await opened(file(lively(livelySetup(1), 1)));
    const answer = await shows.open(file(long));
    if (!answer.ok) throw new Error(answer.problem.message);
    expect(shows.advance(0).frame.servers).toHaveLength(3);
    expect(shows.enter(answer.value.run).frame.servers).toHaveLength(5);
    expect(() => shows.enter(answer.value.run)).toThrow("was not opened");
  });
});
