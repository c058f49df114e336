import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { crowdedSetup, livelySetup } from "../history/fixtures.ts";
import { engineVersion } from "../scenario/version.ts";
import { ms } from "../world/fixtures.ts";
import { entered, file, lively, opened, startView } from "./fixtures.ts";
import { Laboratory } from "./laboratory.ts";
import type { Frame } from "./protocol/frame.ts";
import type { OwnSource } from "./protocol/requests.ts";
import type { RunInfo } from "./protocol/run.ts";

// A machine that is busy with other things may take its time.
vi.setConfig({ testTimeout: 60_000 });

type As = "link" | "file" | "save";
const ways: readonly As[] = ["link", "file", "save"];
const source = (as: As, text: string): OwnSource => (as === "link" ? { from: "link", fragment: text } : file(text));

async function shared(laboratory: Laboratory, as: As, at: number): Promise<string> {
  const answer = await laboratory.share({ as, view: { ...startView, at } });
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.value.text;
}

async function open(from: OwnSource): Promise<{ readonly frame: Frame; readonly info: RunInfo }> {
  const answer = await entered(new Laboratory(), from);
  if (!answer.ok) throw new Error(`${answer.problem.field}: ${answer.problem.message}`);
  return answer.value;
}

/** What another page shows of the moment that `laboratory` is at. */
async function seenElsewhere(laboratory: Laboratory, as: As, at: number) {
  const { frame, info } = await open(source(as, await shared(laboratory, as, at)));
  expect(info.mismatch).toBeNull();
  return frame;
}

/** Places of a run that have company: other events at the same instant, some of them later. */
async function crowdedPlaces(laboratory: Laboratory): Promise<readonly Frame[]> {
  const frames: Frame[] = [];
  for (let event = 0; event < 100; event++) frames.push((await laboratory.visit(event)).frame);
  return frames.filter((frame, i) => frames[i + 1]?.position.at === frame.position.at);
}

const partition = file(
  JSON.stringify({
    format: "driftwood",
    version: 1,
    seed: 7,
    endMs: 600,
    network: { latencyMs: [10, 10] },
    disk: { writeMs: [1, 1] },
    actions: [
      {
        atMs: 390,
        do: "partition",
        groups: [
          ["S1", "S2"],
          ["S3", "S4", "S5"],
        ],
      },
    ],
  }),
);

describe("a shared moment", () => {
  for (const as of ways) {
    test(`between events of one instant opens from a ${as} at the same event, in the same state`, async () => {
      const laboratory = await opened(partition);
      const places = await crowdedPlaces(laboratory);
      expect(places.length).toBeGreaterThan(10);
      for (const place of places) {
        await laboratory.visit(place.position.event);
        expect(await seenElsewhere(laboratory, as, place.position.at)).toMatchObject({
          position: place.position,
          hash: place.hash,
        });
      }
    });
  }

  test("is the same to the event in any run, at any moment, however one came there", async () => {
    const seeds = fc.integer({ min: 1, max: 400 });
    const moves = fc.array(fc.tuple(fc.constantFrom("visit", "step", "seek", "act"), fc.nat(400)), {
      minLength: 1,
      maxLength: 6,
    });
    const between = fc.constantFrom(0, 0.5, 1);
    await fc.assert(
      fc.asyncProperty(seeds, moves, between, fc.constantFrom(...ways), async (seed, path, share, as) => {
        const setup = seed % 2 === 0 ? livelySetup(seed) : crowdedSetup(seed, 5);
        const laboratory = await opened(file(lively(setup, seed)));
        let frame = laboratory.advance(0).frame;
        for (const [how, n] of path) frame = await moved(laboratory, how, n);
        // While a run plays the page's clock is ahead of the last event, and never beyond the next one.
        const { at, event } = frame.position;
        const shown = at + Math.floor(share * ((frame.nextAt ?? at) - at));
        const { position, hash } = await seenElsewhere(laboratory, as, shown);
        expect(laboratory.advance(0).frame, "who asks moves nothing").toEqual(frame);
        const after = shown > at ? laboratory.advance(shown).frame : frame;
        expect([position, hash]).toEqual([after.position, after.hash]);
        expect(after.position.at).toBe(shown);
        if (share < 1) expect(after.position.event).toBe(event);
      }),
      { numRuns: 60 },
    );
  });

  test("within the newest instant is the end there as well: who acts on it begins no branch", async () => {
    for (const as of ways) {
      const laboratory = await opened(partition);
      const between = (await crowdedPlaces(laboratory))[5]!;
      await laboratory.visit(between.position.event);
      const { frame } = await laboratory.act({ at: 0, act: { do: "pause", server: 5 } });
      expect(frame.nextAt).toBe(frame.position.at);
      const other = await opened(source(as, await shared(laboratory, as, frame.position.at)));
      expect(other.advance(0).frame).toEqual({ ...frame, branch: as === "save" ? frame.branch : 0 });
      expect(await other.act({ at: 0, act: { do: "crash", server: 2 } })).toMatchObject({
        branched: false,
        refused: null,
      });
    }
  });

  test("what is shared of what was shared is the same again", async () => {
    const laboratory = await opened(partition);
    for (const { position } of (await crowdedPlaces(laboratory)).slice(0, 8)) {
      await laboratory.visit(position.event);
      const link = await shared(laboratory, "link", position.at);
      const again = await opened({ from: "link", fragment: link });
      expect(await shared(again, "link", position.at)).toBe(link);
    }
  });
});

async function moved(laboratory: Laboratory, how: string, n: number): Promise<Frame> {
  switch (how) {
    case "visit":
      return (await laboratory.visit(n)).frame;
    case "step":
      return (await laboratory.step(n % 2 === 0 ? 1 : -1)).frame;
    case "seek":
      return (await laboratory.seek(n * 2 * ms)).frame;
    case "act":
      return (await laboratory.act({ at: 0, act: { do: n % 2 === 0 ? "crash" : "restart", server: 1 + (n % 3) } }))
        .frame;
    default:
      throw new Error(how);
  }
}

describe("a moment that is another one here", () => {
  async function changed(change: (view: { seen: { engine: number; hash: string } }) => void): Promise<string | null> {
    const laboratory = await opened(partition);
    const json = JSON.parse(await shared(laboratory, "file", 0));
    change(json.view);
    return (await open(file(JSON.stringify(json)))).info.mismatch;
  }

  test("is said", async () => {
    expect(await changed(() => {})).toBeNull();
    expect(await changed(({ seen }) => Object.assign(seen, { hash: "0".repeat(16) }))).toBe(
      "This moment has another state here than its author saw. The run was changed after it was made.",
    );
    expect(await changed(({ seen }) => Object.assign(seen, { engine: 0, hash: "0".repeat(16) }))).toBe(
      `This run was made by engine version 0, this is ${engineVersion}. This moment has another state here than its author saw.`,
    );
  });

  test("is said of a run whose acts were changed and whose end was not", async () => {
    const laboratory = await opened(partition);
    const { position } = (await laboratory.seek(500 * ms)).frame;
    const json = JSON.parse(await shared(laboratory, "file", position.at));
    json.actions.push({ atMs: 450, do: "crash", server: "S1" });
    expect((await open(file(JSON.stringify(json)))).info.mismatch).toMatch(/^This moment has another state/);
  });
});

interface Sample {
  readonly name: string;
  readonly as: "link" | "save";
  readonly text: string;
  readonly at: number;
  readonly event: number;
  readonly hash: string;
}
const samples: readonly Sample[] = JSON.parse(
  readFileSync(new URL("../scenario/samples/without-moments.json", import.meta.url), "utf8"),
);

describe("links and files from before a view had its event", () => {
  for (const { name, as, text, at, event, hash } of samples) {
    test(`${name}, as a ${as}: opens where it did`, async () => {
      const { frame, info } = await open(source(as, text));
      expect(info.mismatch).toBeNull();
      expect([frame.position, frame.hash]).toEqual([{ at, event }, hash]);
    });
  }
});

test.each(ways)("who asks for a %s with a time that the page has just left moves nothing", async (as) => {
  const laboratory = await opened(partition);
  const late = (await laboratory.visit(20)).frame.position.at;
  const before = (await laboratory.visit(5)).frame;
  await shared(laboratory, as, late);
  expect((await laboratory.look({ logFrom: 1, logCount: 0 })).frame).toEqual(before);
});
