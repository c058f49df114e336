import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { Micros } from "../base/units.ts";
import { History } from "../history/history.ts";
import { anyRecording } from "../scenario/arbitraries.ts";
import { formatRecording } from "../scenario/format.ts";
import type { Recording } from "../scenario/recording.ts";
import type { Action } from "../world/acts.ts";
import { entered, file, opened, within } from "./fixtures.ts";
import { Job } from "./job.ts";
import { Laboratory } from "./laboratory.ts";
import type { Frame } from "./protocol/frame.ts";
import { patched } from "./protocol/patch.ts";
import { createSaying } from "./saying.ts";

// RANDOM_RUNS=5000 RANDOM_SEED=1 npx vitest run src/worker/random.test.ts: a long run. It then says how long the
// longest slice was; the clock decides nothing.
const { RANDOM_RUNS: numRuns = "15", RANDOM_SEED: seed } = process.env;
vi.setConfig({ testTimeout: 120_000 + Number(numRuns) * 5000 });

/** Events that one line of a recording may take here: some ask for storms. */
const budget = 2000;

/** The same recording, ended where the budget of events ends. */
function cut(recording: Recording): Recording {
  const { setup, actions, end, branches, view } = recording;
  const within = (acts: readonly Action[], to: Micros): Micros => {
    const history = new History(setup, acts, to);
    return history.advance(to, budget) ? to : history.world.now;
  };
  const ended = within(actions, end);
  const kept = branches.map((branch) => ({ ...branch, end: Math.min(branch.end, within(branch.actions, branch.end)) }));
  return {
    ...recording,
    end: ended,
    view: view && { ...view, at: Math.min(view.at, ended) },
    branches: kept.map((branch) => ({ ...branch, from: Math.min(branch.from, branch.end) })),
  };
}

/** Random logs seldom fit together; without them a run goes beyond its first instant. */
const fresh = ({ setup, ...recording }: Recording): Recording => ({
  ...recording,
  setup: { ...setup, servers: setup.servers.map((one) => ({ ...one, term: 0, votedFor: 0, log: [], commit: 0 })) },
});

let longest = 0;
/** A job as the thread has it; how long its slices are in fact is noted. */
function job(): Job {
  let since = performance.now();
  const breathe = async () => {
    longest = Math.max(longest, performance.now() - since);
    since = performance.now();
  };
  return new Job(() => {}, { now: () => performance.now(), breathe });
}

type Place = Pick<Frame, "position" | "hash">;
const place = ({ position, hash }: Frame): Place => ({ position, hash });

/** To the end as the page plays it: one answer after another, of which it is told what has changed. */
async function played(laboratory: Laboratory): Promise<Place> {
  const tell = createSaying();
  const start = within(await laboratory.seek(0, job()));
  tell({ id: 0, kind: "seek" }, start);
  let { frame } = start;
  let page: unknown = structuredClone(frame);
  const { at } = frame.end;
  for (;;) {
    const before = frame.position;
    const moved = within(laboratory.advance(Math.min(at, before.at + Math.ceil(at / 10))));
    const said = tell({ id: 0, kind: "advance" }, moved);
    if (said.kind !== "changed") throw new Error("all was told again");
    page = patched(page, structuredClone(said.frame));
    frame = moved.frame;
    expect(page).toStrictEqual(frame);
    if (frame.position.at >= at || (frame.position.at === before.at && frame.position.event === before.event)) break;
  }
  return place(frame);
}

async function everyWay(laboratory: Laboratory, end: Place): Promise<void> {
  const { position, hash } = end;
  const { frame: back } = within(await laboratory.step(-1, job()));
  const again = within(await laboratory.visit(position.event, job()));
  if (again.frame.position.at === position.at) expect(again.frame.hash).toBe(hash);
  within(await laboratory.seek(Math.floor(position.at / 2), job()));
  const { frame } = within(await laboratory.seek(position.at, job()));
  expect(place(frame)).toEqual(end);
  expect(back.position.event).toBeLessThanOrEqual(position.event);
}

async function reopened(laboratory: Laboratory, end: Place): Promise<void> {
  const view = { at: end.position.at, select: "", speed: 1 };
  for (const as of ["link", "save"] as const) {
    const text = await laboratory.share({ as, view }, job());
    // Only a link has a length that a run can exceed.
    if (!text.ok) expect([as, text.problem.field]).toEqual(["link", "link"]);
    if (!text.ok) continue;
    const source = as === "link" ? ({ from: "link", fragment: text.value.text } as const) : file(text.value.text);
    const other = await entered(new Laboratory(), source);
    if (!other.ok) throw new Error(`${other.problem.field}: ${other.problem.message}`);
    expect(other.value.info.mismatch).toBeNull();
    expect(place(other.value.frame)).toEqual(end);
  }
}

async function asked(laboratory: Laboratory): Promise<void> {
  const filter = { servers: [], kinds: [], routine: true };
  within(await laboratory.feed({ filter, before: null, limit: 100 }, job()));
  within(await laboratory.clientHistory({ until: "end", from: -100, limit: 100 }, job()));
  within(await laboratory.explore(job()));
  within(await laboratory.verdict(job()));
  for (const mark of ["election", "commit", "act", "violation"] as const)
    within(await laboratory.jump({ mark, direction: -1 }, job()));
}

test("whatever a file may say: no throw, answers within bounds, and the same state by every way", async () => {
  const property = fc.asyncProperty(anyRecording, fc.boolean(), async (said, empty) => {
    const text = formatRecording(cut(empty ? fresh(said) : said));
    const laboratory = await opened(file(text));
    const end = await played(laboratory);
    await everyWay(laboratory, end);
    await reopened(laboratory, end);
    await asked(laboratory);
  });
  await fc.assert(property, { numRuns: Number(numRuns), ...(seed === undefined ? {} : { seed: Number(seed) }) });
  if (seed !== undefined) console.log(`longest slice: ${longest.toFixed(0)} ms`);
});
