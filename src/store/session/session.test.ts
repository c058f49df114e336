import { beforeEach, describe, expect, test } from "vitest";
import type { FromWorker, Source, ToWorker } from "../../worker/protocol/requests.ts";
import { beat, kinds, quiet, setUp } from "./fixtures.ts";

describe("the session's clock", () => {
  let lab: ReturnType<typeof setUp>;
  beforeEach(async () => {
    lab = setUp();
    await quiet();
  });

  test("opens the first preset and plays", () => {
    expect(lab.state()).toMatchObject({ status: "ready", playing: true, info: { title: "Metronome" } });
  });

  test("at speed 1 virtual time keeps up with wall time", async () => {
    await lab.run(1000);
    expect(lab.session.clock()).toBeGreaterThan(950_000);
    expect(lab.session.clock()).toBeLessThan(1_010_000);
  });

  test("between two events no word is exchanged", async () => {
    lab.session.commands.setSpeed(0.001);
    await lab.run(2000);
    expect(kinds(lab.worker(), "advance")).toEqual([]);
    expect(lab.session.clock()).toBeGreaterThan(1900);
  });

  test("never draws beyond what the frame is true for, and never asks twice at once", async () => {
    lab.worker().held = true;
    await lab.run(500);
    expect(lab.session.clock()).toBe(beat);
    expect(kinds(lab.worker(), "advance")).toHaveLength(1);
  });

  test("what was to be played of one run is not played in the next", async () => {
    lab.session.commands.setSpeed(1);
    lab.worker().held = true;
    lab.session.commands.open({ from: "file", text: JSON.stringify({ at: 0, acts: [] }) });
    // Time comes to the next event of the run that is shown, and its question waits behind the opening of the other.
    await lab.run(100);
    lab.worker().held = false;
    lab.worker().answerAll();
    await lab.run(100);
    expect(lab.state()).toMatchObject({ playing: false, frame: { position: { at: 0 } } });
  });

  test("asks at most once per animation frame at full speed", async () => {
    lab.session.commands.setSpeed(100);
    await lab.run(160);
    expect(kinds(lab.worker(), "advance").length).toBeLessThanOrEqual(10);
    expect(lab.session.clock()).toBeGreaterThan(14_000_000);
  });

  test("says how long nothing is to be done: until the next event, not at all while time stands", () => {
    lab.session.commands.setSpeed(0.5);
    expect(lab.session.wait()).toBeCloseTo(beat / 1000 / 0.5, 0);
    lab.session.commands.setSpeed(0.001);
    const longest = lab.session.wait() ?? Number.NaN;
    expect(longest).toBeLessThan(100);
    lab.jumpAhead(longest);
    expect(lab.session.clock()).toBeCloseTo(longest, 0);
    lab.session.commands.pause();
    expect(lab.session.wait()).toBeNull();
  });

  test("time passes while nobody looks, up to the moment in which it is read, paused or given another speed", () => {
    lab.passQuietly(4);
    expect(lab.session.clock()).toBe(4000);
    lab.passQuietly(2);
    lab.session.commands.setSpeed(0.5);
    lab.passQuietly(4);
    lab.session.commands.pause();
    lab.passQuietly(50);
    expect(lab.session.clock()).toBe(8000);
  });

  test("what views ask for costs the run no time", async () => {
    for (let i = 0; i < 60; i++) {
      lab.session.commands.showLogs(i, 20);
      await lab.run(16);
    }
    expect(lab.session.clock()).toBeGreaterThan(900_000);
  });

  test("a long sleep moves the run by 100 ms at most", () => {
    lab.jumpAhead(8 * 3_600_000);
    expect(lab.session.clock()).toBeLessThanOrEqual(100_000);
  });

  test("an act is taken at the time that is drawn, also while an advance is under way", async () => {
    lab.worker().held = true;
    await lab.run(100);
    lab.session.commands.act({ do: "crash", server: 1 });
    lab.worker().held = false;
    lab.worker().answerAll();
    await quiet();
    const act = kinds(lab.worker(), "act")[0] as Extract<ToWorker, { kind: "act" }>;
    const advance = kinds(lab.worker(), "advance")[0] as Extract<ToWorker, { kind: "advance" }>;
    expect(act.at).toBeGreaterThanOrEqual(advance.to);
    expect(act.at).toBe(lab.session.clock());
    expect(lab.state().notices).toEqual([]);
  });

  test("pausing brings the worker to the time that is drawn", async () => {
    lab.session.commands.setSpeed(0.001);
    await lab.run(1000);
    lab.session.commands.pause();
    await quiet();
    expect(lab.state().frame?.position.at).toBe(Math.floor(lab.session.clock()));
  });

  test("seeks that wait together become the newest one", async () => {
    lab.session.commands.pause();
    for (const to of [100, 200, 300]) lab.session.commands.seek(to);
    await quiet();
    expect(kinds(lab.worker(), "seek")).toMatchObject([{ to: 300 }]);
    expect(lab.session.clock()).toBe(300);
    lab.session.commands.seek(400);
    await quiet();
    expect(lab.session.clock()).toBe(400);
  });

  test("each undo goes one state back from where the one before it came to, and none beyond the beginning", async () => {
    lab.session.commands.seek(4 * beat);
    lab.session.commands.undo();
    lab.session.commands.undo();
    await quiet();
    expect(lab.state().frame?.position.event).toBe(2);
    for (let press = 0; press < 3; press++) lab.session.commands.undo();
    await quiet();
    expect(lab.state().frame?.position.event).toBe(0);
    expect(kinds(lab.worker(), "visit")).toHaveLength(4);
  });

  test("acting in the past says that the old future is kept", async () => {
    await lab.run(500);
    lab.session.commands.seek(1000);
    await quiet();
    lab.worker().at = 200_000;
    lab.session.commands.act({ do: "heal" });
    await quiet();
    expect(lab.state().notices.map((n) => n.text)).toContain("New branch; the old future is kept");
  });

  test("a violation stops the run, with one notice", async () => {
    lab.worker().violated = true;
    await lab.run(200);
    expect(lab.state().playing).toBe(false);
    expect(lab.state().notices).toHaveLength(1);
    expect(lab.state().notices[0]?.text).toContain("Election Safety");
    lab.worker().violated = false;
    lab.session.commands.open({ from: "preset", id: "figure-8" });
    await quiet();
    expect(lab.state().notices, "it was of the run before").toEqual([]);
  });

  test("what cannot be opened leaves the run as it is", async () => {
    lab.session.commands.pause();
    const before = lab.state();
    lab.session.commands.open({ from: "link", fragment: "x" });
    await quiet();
    expect(lab.state()).toMatchObject({ problem: { field: "source", message: "this link is broken" } });
    expect(lab.state().frame).toBe(before.frame);
    expect(lab.state().info).toBe(before.info);
  });
});

test("a run that takes long to open leaves the one on the page usable, can be given up, and is shown when it is there", async () => {
  const lab = setUp();
  await quiet();
  const worker = lab.worker();
  const long: Source = { from: "file", text: JSON.stringify({ at: 70_000, acts: [] }) };
  const progress = async () => {
    const { id } = worker.waiting.shift() as Extract<ToWorker, { kind: "open" }>;
    worker.onmessage?.({ data: { kind: "progress", id, done: 1, of: 4 } });
    await quiet();
    return id;
  };
  const open = async () => {
    worker.held = true;
    lab.session.commands.open(long);
    await quiet();
    const id = await progress();
    worker.held = false;
    return id;
  };
  const first = await open();
  expect(lab.state().working).toEqual({ kind: "open", done: 0.25 });
  lab.session.commands.seek(30_000);
  await quiet();
  expect(lab.state().frame?.position.at).toBe(30_000);
  lab.session.commands.cancel();
  expect(worker.log.at(-1)).toEqual({ kind: "cancel", id: first });
  worker.onmessage?.({ data: { kind: "cancelled", id: first } });
  await quiet();
  expect([lab.state().working, lab.state().problem, lab.state().frame?.position.at]).toEqual([null, null, 30_000]);
  const second = await open();
  worker.onmessage?.({ data: { kind: "answer", id: second, answer: worker.ready(long) } as FromWorker });
  await quiet();
  expect([lab.state().working, lab.state().frame?.position.at]).toEqual([null, 70_000]);
});

describe("when the worker dies", () => {
  test("the run is there again, at the same moment, with every act, paused, and the user is told", async () => {
    const lab = setUp();
    await quiet();
    await lab.run(300);
    lab.session.commands.act({ do: "crash", server: 1 });
    lab.session.commands.act({ do: "heal" });
    await quiet();
    await lab.run(100);
    const moment = Math.floor(lab.session.clock());
    lab.worker().onerror?.({ message: "boom" });
    await quiet();
    expect(lab.workers).toHaveLength(2);
    expect(lab.worker().acts).toEqual(["crash", "heal"]);
    expect(lab.state()).toMatchObject({ status: "ready", playing: false });
    expect(lab.state().frame?.position.at).toBe(moment);
    expect(lab.state().notices.map(({ text }) => text)).toEqual([expect.stringContaining("boom")]);
  });

  test("the run comes back to the event whose outcome was drawn, also where the clock stood at the next one", async () => {
    const lab = setUp();
    await quiet();
    lab.worker().held = true;
    await lab.run(200);
    expect(lab.session.clock()).toBe(beat);
    lab.worker().onerror?.({ message: "boom" });
    await quiet();
    expect(lab.state().frame?.position).toEqual({ at: 0, event: 0 });
    expect(lab.session.clock()).toBe(beat);
  });

  test("it is said where what was done last is lost", async () => {
    const lab = setUp();
    await quiet();
    lab.worker().silentOn = "share";
    lab.session.commands.act({ do: "heal" });
    await quiet();
    lab.worker().onerror?.({ message: "boom" });
    await quiet();
    expect(lab.state().notices.map(({ text }) => text)).toEqual([
      "This moment has another state than before: what was done last was lost.",
      expect.stringContaining("boom"),
    ]);
  });

  test("an act that had no answer yet is done again", async () => {
    const lab = setUp();
    await quiet();
    lab.worker().held = true;
    lab.session.commands.act({ do: "crash", server: 2 });
    await quiet();
    lab.worker().onerror?.({ message: "boom" });
    await quiet();
    expect(lab.worker().acts).toEqual(["crash"]);
  });

  test("an act that kills every worker is given up, and four deaths in a minute are failure", async () => {
    const lab = setUp();
    await quiet();
    for (let i = 0; i < 4; i++) {
      lab.worker().onerror?.({ message: "boom" });
      await quiet();
    }
    expect(lab.state().status).toBe("failed");
    lab.session.retry();
    await quiet();
    expect(lab.state().status).toBe("ready");
  });

  test("the viewport is asked for again", async () => {
    const lab = setUp();
    lab.session.commands.showLogs(5, 40);
    await quiet();
    lab.worker().onerror?.({ message: "boom" });
    await quiet();
    expect(kinds(lab.worker(), "viewport")).toMatchObject([{ logFrom: 5, logCount: 40 }]);
  });

  test("the group that is shown stays, beside what the logs ask for; another run begins with its first", async () => {
    const lab = setUp();
    lab.session.commands.showGroup(2);
    lab.session.commands.showLogs(5, 40);
    await quiet();
    expect(kinds(lab.worker(), "viewport").at(-1)).toMatchObject({ logFrom: 5, logCount: 40, group: 2 });
    lab.session.commands.open({ from: "preset", id: "leader-crash" });
    await quiet();
    expect(kinds(lab.worker(), "viewport").at(-1)).toMatchObject({ logFrom: 5, logCount: 40, group: 1 });
  });
});
