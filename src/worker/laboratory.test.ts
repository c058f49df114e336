import { describe, expect, test } from "vitest";
import { draw } from "../base/random.ts";
import { crowdedSetup, livelySetup } from "../history/fixtures.ts";
import type { Act } from "../world/acts.ts";
import { ms, put, setupOf } from "../world/fixtures.ts";
import { entered, file, lively, opened, startView } from "./fixtures.ts";
import { Laboratory } from "./laboratory.ts";
import type { OwnSource } from "./protocol/requests.ts";

// A machine that is busy with other things may take its time.
const empty = (fields: object = {}): OwnSource => file(JSON.stringify({ format: "driftwood", version: 1, ...fields }));
const crash = (server: number): Act => ({ do: "crash", server });
const shared = async (laboratory: Laboratory, as: "link" | "file" | "save", at = 0): Promise<string> => {
  const answer = await laboratory.share({ as, view: { ...startView, at } });
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.value.text;
};

describe("opening", () => {
  test("nothing can be done before something is open", () => {
    expect(() => new Laboratory().advance(5)).toThrow("nothing is open");
  });

  test("shows the moment that the recording asks for, and says what it is", async () => {
    const laboratory = new Laboratory();
    const answer = await entered(
      laboratory,
      empty({
        title: "T",
        notes: "N",
        seed: 9,
        servers: 3,
        endMs: 900,
        bookmarks: [{ atMs: 5, label: "L" }],
        view: { atMs: 300, select: "S2" },
      }),
    );
    if (!answer.ok) throw new Error(answer.problem.message);
    const { frame, timeline, info } = answer.value;
    expect(frame.position.at).toBe(300 * ms);
    expect(frame.end.at).toBe(900 * ms);
    expect(timeline?.end).toBe(900 * ms);
    expect(info).toEqual({
      title: "T",
      notes: "N",
      summary: "as in the Raft paper, 3 servers, seed 9",
      preset: "",
      bookmarks: [{ at: 5 * ms, label: "L" }],
      view: { at: 300 * ms, select: "S2", speed: 0.02, play: false },
      differs: [],
      givesUp: [],
      ownOptions: [],
      bugs: [],
      mismatch: null,
      play: [],
    });
  });

  test("a preset by its id", async () => {
    const laboratory = await opened({ from: "preset", id: "first-election" });
    expect(laboratory.advance(1).frame.servers.length).toBeGreaterThan(2);
  });

  const bad: readonly (readonly [string, OwnSource, string])[] = [
    ["no JSON", file("{"), ""],
    ["another format", file('{"format":"other","version":1}'), "format"],
    ["a newer version", file('{"format":"driftwood","version":99}'), "version"],
    ["an unknown field", empty({ surprise: 1 }), "surprise"],
    [
      "a server that is not there",
      empty({ servers: 3, actions: [{ atMs: 1, do: "crash", server: "S7" }] }),
      "actions[0].server",
    ],
    ["a link that is cut off", { from: "link", fragment: "1.1.abc" }, "link"],
    ["an empty link", { from: "link", fragment: "" }, "link"],
    ["a preset that is not there", { from: "preset", id: "nothing" }, "preset"],
  ];
  for (const [what, source, field] of bad) {
    test(`${what}: a problem that names the field, and the open run stays as it is`, async () => {
      const laboratory = await opened(file(lively(livelySetup(1), 1)));
      const before = (await laboratory.seek(200 * ms)).frame;
      const answer = await entered(laboratory, source);
      expect(answer.ok).toBe(false);
      if (!answer.ok) {
        expect(answer.problem.field).toBe(field);
        expect(answer.problem.message.length).toBeGreaterThan(10);
      }
      expect(laboratory.advance(0).frame).toEqual(before);
    });
  }
});

describe("moving", () => {
  test("advance goes forward only, at most a slice at a time", async () => {
    const laboratory = await opened(empty());
    expect(laboratory.advance(500 * ms).frame.position.at).toBe(500 * ms);
    expect(laboratory.advance(100 * ms).frame.position.at).toBe(500 * ms);
    await laboratory.act({ at: 500 * ms, act: { do: "load", perSecond: 200 } });
    const hour = 3600_000 * ms;
    const sliced = laboratory.advance(hour).frame.position;
    expect(sliced.at).toBeLessThan(hour);
    expect(sliced.event).toBeLessThanOrEqual(3300);
    expect(laboratory.advance(hour).frame.position.event).toBeGreaterThan(sliced.event);
  });

  test("seek gets there in one answer, however far", async () => {
    const laboratory = await opened(empty());
    expect((await laboratory.seek(60_000 * ms)).frame.position.at).toBe(60_000 * ms);
    expect((await laboratory.seek(10 * ms)).frame.position.at).toBe(10 * ms);
    expect((await laboratory.seek(30_000 * ms)).frame.position.at).toBe(30_000 * ms);
  });

  test("step, visit and jump", async () => {
    const laboratory = await opened(empty({ seed: 7, endMs: 1000 }));
    const { frame: first } = await laboratory.step(1);
    expect(first.position.event).toBe(1);
    const second = (await laboratory.step(1)).frame;
    expect((await laboratory.step(-1)).frame).toEqual(first);
    expect((await laboratory.visit(2)).frame).toEqual(second);
    const { found, frame } = await laboratory.jump({ mark: "election", direction: 1 });
    expect([found, frame.servers.some(({ role }) => role === "leader")]).toEqual([true, true]);
    const back = await laboratory.jump({ mark: "crash", direction: -1 });
    expect([back.found, back.frame]).toEqual([false, frame]);
  });

  test("the same moment gives the same frame, wherever one comes from", async () => {
    const laboratory = await opened(file(lively(crowdedSetup(2, 5), 2)));
    const frames = [];
    for (const at of [700, 200, 500]) frames.push((await laboratory.seek(at * ms)).frame);
    for (const [i, at] of [700, 200, 500].entries()) expect((await laboratory.seek(at * ms)).frame).toEqual(frames[i]);
  });

  test("the timeline comes with the first answer, and then only when it has changed", async () => {
    const laboratory = new Laboratory();
    const answer = await entered(laboratory, empty({ endMs: 1000 }));
    expect(answer.ok && answer.value.timeline !== null).toBe(true);
    expect((await laboratory.seek(500 * ms)).timeline).toBeNull();
    expect((await laboratory.act({ at: 0, act: crash(1) })).timeline?.branches).toHaveLength(2);
    expect((await laboratory.visit(3)).timeline).toBeNull();
  });
});

describe("acting", () => {
  test("at the time that the page shows: the run gets there first", async () => {
    const laboratory = await opened(empty());
    const { frame, branched, refused } = await laboratory.act({ at: 400 * ms, act: crash(2) });
    expect([frame.position.at, branched, refused]).toEqual([400 * ms, false, null]);
    expect(frame.servers[1]!.status).toBe("down");
  });

  test("an impossible act says why and changes nothing", async () => {
    const laboratory = await opened(empty());
    const { frame: before } = await laboratory.act({ at: 400 * ms, act: crash(2) });
    const { frame, refused } = await laboratory.act({ at: 400 * ms, act: crash(2) });
    expect(refused).toBe("S2 is down already");
    expect(frame).toEqual(before);
  });

  test("what could not be saved is not recorded", async () => {
    const laboratory = await opened(empty());
    const tooLong = "k".repeat(1000);
    const { refused } = await laboratory.act({ at: 0, act: { do: "request", operation: put(tooLong, "1") } });
    expect(refused).not.toBeNull();
    expect(await shared(laboratory, "file")).not.toContain(tooLong);
  });

  test("in the past it branches, and both futures can be visited", async () => {
    const laboratory = await opened(empty({ endMs: 2000, servers: 3 }));
    const old = (await laboratory.seek(2000 * ms)).frame;
    await laboratory.seek(800 * ms);
    const acted = await laboratory.act({ at: 800 * ms, act: crash(1) });
    expect(acted).toMatchObject({ branched: true, refused: null, frame: { branch: 1 } });
    expect(acted.timeline?.branches.map(({ label, parent, from }) => [label, parent, from])).toEqual([
      ["first run", -1, 0],
      [expect.stringMatching(/crash/i), 0, 800 * ms],
    ]);
    laboratory.advance(1500 * ms);
    const back = await laboratory.branch(0);
    expect(back.frame.position.at).toBe(1500 * ms);
    expect(back.frame.servers[0]!.status).toBe("up");
    expect((await laboratory.seek(2000 * ms)).frame).toEqual(old);
    expect((await laboratory.branch(1)).frame).toMatchObject({ branch: 1, position: { at: 1500 * ms } });
  });
});

describe("sharing", () => {
  const sources = [1, 2, 3, 4].map((seed) => lively(seed % 2 ? livelySetup(seed) : crowdedSetup(seed, 5), seed));

  for (const as of ["link", "file", "save"] as const) {
    test(`a ${as} opens as the same run: same moments, same timeline`, async () => {
      for (const text of sources) {
        const laboratory = new Laboratory();
        const original = await entered(laboratory, file(text));
        const { frame } = await laboratory.seek(600 * ms);
        const out = await shared(laboratory, as, 600 * ms);
        const other = new Laboratory();
        const answer = await entered(other, as === "link" ? { from: "link", fragment: out } : file(out));
        if (!answer.ok) throw new Error(answer.problem.message);
        expect(answer.value.info.mismatch).toBeNull();
        expect(answer.value.frame).toEqual(frame);
        expect(answer.value.timeline).toEqual(original.ok && original.value.timeline);
        for (const at of [0, 150, 2000])
          expect((await other.seek(at * ms)).frame).toEqual((await laboratory.seek(at * ms)).frame);
      }
    });
  }

  test("sharing moves nothing", async () => {
    const laboratory = await opened(file(sources[1]!));
    for (const event of [17, 30, 31, 32, 33]) {
      const { frame } = await laboratory.visit(event);
      for (const as of ["link", "file", "save"] as const) {
        await shared(laboratory, as);
        expect(laboratory.advance(0).frame).toEqual(frame);
      }
    }
  });

  test("a save keeps every branch and the one that is open; a file and a link keep the open one alone", async () => {
    const laboratory = await opened(empty({ endMs: 1000, servers: 3 }));
    for (const server of [1, 2]) {
      await laboratory.seek(300 * ms * server);
      await laboratory.act({ at: 300 * ms * server, act: crash(server) });
      laboratory.advance(900 * ms);
    }
    const { frame } = laboratory.advance(0);
    const saved = new Laboratory();
    const answer = await entered(saved, file(await shared(laboratory, "save", 900 * ms)));
    if (!answer.ok) throw new Error(answer.problem.message);
    expect(answer.value.frame).toEqual(frame);
    expect(answer.value.timeline?.branches).toHaveLength(3);
    for (const id of [0, 1, 2]) {
      const [a, b] = [await saved.branch(id), await laboratory.branch(id)];
      expect(a.frame).toEqual(b.frame);
      for (const at of [100, 700])
        expect((await saved.seek(at * ms)).frame).toEqual((await laboratory.seek(at * ms)).frame);
    }
    await laboratory.branch(2);
    const alone = await opened(file(await shared(laboratory, "file")));
    expect((await alone.seek(900 * ms)).frame).toEqual({ ...frame, branch: 0 });
  });

  test("a link whose end is another one than its author saw says so", async () => {
    const laboratory = await opened(file(sources[0]!));
    const link = await shared(laboratory, "link");
    const [version, engine, , ...rest] = link.split(".");
    const open = async (fragment: string): Promise<string | null> => {
      const answer = await entered(new Laboratory(), { from: "link", fragment });
      return answer.ok ? answer.value.info.mismatch : answer.problem.message;
    };
    expect(await open(link)).toBeNull();
    expect(await open([version, engine, "0".repeat(16), ...rest].join("."))).toContain("changed after it was made");
    expect(await open([version, "0", "0".repeat(16), ...rest].join("."))).toContain("engine version 0");
  });

  test("a run too long for a link says so", async () => {
    const laboratory = await opened(empty());
    const noise = (i: number): string => draw(1, 2, i).toString(36) + draw(1, 3, i).toString(36);
    for (let i = 1; i <= 900; i++) {
      await laboratory.act({ at: i * 10_017, act: { do: "request", operation: put(noise(i), noise(-i)) } });
    }
    const answer = await laboratory.share({ as: "link", view: startView });
    expect(answer).toMatchObject({
      ok: false,
      problem: { field: "link", message: expect.stringContaining("too long") },
    });
    expect((await shared(laboratory, "file")).includes(noise(-900))).toBe(true);
  });

  test("what the recording says about itself is kept", async () => {
    const text = JSON.stringify({
      format: "driftwood",
      version: 1,
      title: "T",
      notes: "N",
      preset: "p",
      servers: setupOf().servers.length,
    });
    const kept = JSON.parse(await shared(await opened(file(text)), "file"));
    expect(kept).toMatchObject({ title: "T", notes: "N", preset: "p", servers: 3 });
  });
});

test("a run says in which options it differs from its profile, and what they give up", async () => {
  const options = { reads: "lease", preVote: true };
  const answer = await entered(new Laboratory(), empty({ profile: "etcd", options }));
  if (!answer.ok) throw new Error(answer.problem.message);
  const { differs, givesUp } = answer.value.info;
  expect(differs).toEqual([
    { title: "Pre-vote", here: "yes", run: "no" },
    { title: "Reads", here: "ReadIndex: the lease", run: "ReadIndex: a round of heartbeats" },
  ]);
  expect(givesUp).toEqual([expect.stringMatching(/^Reads are answered by a lease.*Etcd\/raft refuses/)]);
});

test("a bookmark that a condition finds is a step like the others, and is saved with its moment", async () => {
  const text = JSON.stringify({
    ...{ format: "driftwood", version: 3, servers: 3, endMs: 600 },
    bookmarks: [
      { when: "leader", label: "Somebody leads." },
      { when: "leaders = 3", label: "All of them." },
    ],
  });
  const lab = new Laboratory();
  const opened = await lab.open({ from: "file", text });
  if (!opened.ok) throw new Error(opened.problem.message);
  const { info } = lab.enter(opened.value.run);
  const [step] = info.bookmarks;
  expect(info.bookmarks).toEqual([{ at: step!.at, label: "Somebody leads.", when: "leader" }]);
  expect(info.sought).toEqual([{ when: "leaders = 3", label: "All of them." }]);
  const { frame } = await lab.seek(step!.at);
  expect(frame.servers.filter(({ role }) => role === "leader")).toHaveLength(1);
  const view = { at: step!.at, select: "", speed: 1, play: false };
  const saved = await lab.share({ as: "file", view });
  expect(saved).toMatchObject({ ok: true });
  expect(saved.ok && JSON.parse(saved.value.text).bookmarks).toEqual([
    { atMs: step!.at / 1000, when: "leader", label: "Somebody leads." },
    { when: "leaders = 3", label: "All of them." },
  ]);
});
