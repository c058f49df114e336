import { expect, test } from "vitest";
import { exporters } from "../exchange/out/index.ts";
import { History } from "../history/history.ts";
import { finish } from "../history/work.ts";
import { presets } from "../scenario/presets/index.ts";
import { opened } from "./fixtures.ts";
import { Cancelled, Job, sliceMillis } from "./job.ts";

const id = "figure-8";
const { recording } = presets.find((each) => each.id === id)!;

test("the page gets every format as the command line has it, and stays where it is", async () => {
  const laboratory = await opened({ from: "preset", id });
  await laboratory.seek(200_000);
  const before = laboratory.advance(0).frame;
  const history = new History(recording.setup, recording.actions, recording.end);
  history.seek(recording.end);
  const range = { from: 100_000, to: recording.end };
  for (const { name, ending, type, write } of exporters) {
    const { text, cut } = finish(write(history, range));
    expect(text.length).toBeGreaterThan(100);
    const answer = await laboratory.export({ as: name, ...range });
    expect(answer).toEqual({ ok: true, value: { text, cut, type, name: expect.stringMatching(/^[a-z0-9-]+\.\S+$/) } });
    expect(answer.ok && answer.value.name.endsWith(ending)).toBe(true);
  }
  expect(laboratory.advance(0).frame).toEqual(before);
});

test("one that is told to stop stops, and the run is where it was", async () => {
  const laboratory = await opened({ from: "preset", id });
  const before = laboratory.advance(0).frame;
  let time = 0;
  const pace = { now: () => (time += sliceMillis), breathe: async () => job.cancel() };
  const job: Job = new Job(() => {}, pace);
  await expect(laboratory.export({ as: "csv", from: 0, to: recording.end }, job)).rejects.toThrow(Cancelled);
  expect(laboratory.advance(0).frame).toEqual(before);
});

test("a format that is none is a problem with the nearest name", async () => {
  const laboratory = await opened({ from: "preset", id });
  const answer = await laboratory.export({ as: "cvs", from: 0, to: 1 });
  expect(answer).toEqual({ ok: false, problem: { field: "as", message: "there is no format cvs: did you mean csv?" } });
});
