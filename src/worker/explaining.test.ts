import { beforeAll, describe, expect, test } from "vitest";
import { entered, within } from "./fixtures.ts";
import { Laboratory } from "./laboratory.ts";

const ms = 1000;
const lab = new Laboratory();
beforeAll(async () => {
  await entered(lab, { from: "preset", id: "two-leaders" });
});
const at = async (time: number): Promise<void> => void (await lab.seek(time * ms));
const group = 1;

describe("what the page may ask of a run", () => {
  test("why a server is as it is, and where that came from, event by event", async () => {
    await at(619);
    const { why } = await lab.explain((by) => by.why({ about: { kind: "server", server: 3, group } }));
    expect(why!.sentence).toBe("S3 refused S1's AppendEntries: it is of term 1, S3 is in term 2");
    const { events } = within(await lab.explain((by) => by.past({ event: why!.event, most: 20 })));
    expect(events[0]).toMatchObject({ event: why!.event, by: "message", server: 3 });
    expect(events[0]!.causes.map(({ event }) => event)).toEqual(why!.causes.map(({ event }) => event));
    expect(events.length).toBeLessThanOrEqual(20);
  });

  test("how a command fared", async () => {
    const { story } = await lab.explain((by) => by.story({ about: { kind: "command", command: 4, group } }));
    expect(story!.outcome).toMatch(/^It is lost/);
  });

  test("it all speaks of the run that is shown, also after somebody has acted in it", async () => {
    await at(619);
    await lab.act({ at: 619 * ms, act: { do: "crash", server: 3 } });
    const { why } = await lab.explain((by) => by.why({ about: { kind: "server", server: 3, group } }));
    expect(why!.sentence).toMatch(/^S3 crashed/);
    expect(why!.waitsFor).toEqual(["S3 waits for somebody to start it"]);
    await lab.branch(0);
  });
});

test("where a branch differs from the one that it left: the act first, then what came of it", async () => {
  await at(619);
  const { frame } = await lab.act({ at: 619 * ms, act: { do: "crash", server: 4 } });
  const branch = frame.branch;
  const { first, rows } = within(await lab.explain((by) => by.differences({ branch, other: 0, at: 640 * ms })));
  expect(first).toMatchObject({ at: 619 * ms, here: "S4 crashed" });
  expect(rows).toContainEqual({ what: "S4: state", here: "down", there: "up" });
  const same = await lab.explain((by) => by.differences({ branch, other: branch, at: null }));
  expect(same).toMatchObject({ first: null, rows: [], more: false });
  await lab.branch(0);
});

describe("until", () => {
  test("goes to where a condition comes true, and says where its text is wrong", async () => {
    await at(0);
    const found = await lab.until({ condition: "S4 leads and commit >= 2", group, within: 1000 * ms });
    expect(found).toMatchObject({ ok: true, value: { found: true, frame: { position: { at: 424_529 } } } });
    const wrong = await lab.until({ condition: "S4 leds", group, within: 1000 * ms });
    expect(wrong).toMatchObject({ ok: false, problem: { field: "condition", place: { line: 1, column: 4 } } });
  });

  test("what does not come true moves nothing", async () => {
    await at(100);
    const found = await lab.until({ condition: "S5 leads", group, within: 300 * ms });
    expect(found).toMatchObject({ ok: true, value: { found: false, frame: { position: { at: 100 * ms } } } });
  });
});
