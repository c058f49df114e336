import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Cancelled, Job } from "../job.ts";
import type { DiagramAsk } from "../protocol/diagram.ts";
import type { FeedFilter } from "../protocol/feed.ts";
import type { Moved, Requests, ToldSource } from "../protocol/requests.ts";
import { openedTold } from "./fixtures.ts";
import { ForeignLaboratory } from "./laboratory.ts";

const folder = join(import.meta.dirname, "../../exchange/in/samples");
const samples = readdirSync(folder).filter((name) => !name.startsWith("."));
const textOf = (name: string): string => readFileSync(join(folder, name), "utf8");
const sourceOf = (...names: string[]): ToldSource => ({
  from: "told",
  files: names.map((name) => ({ name, content: textOf(name) })),
});
const everything: FeedFilter = { servers: [], kinds: [], routine: true };

async function moved(laboratory: ForeignLaboratory, asked: Parameters<ForeignLaboratory["answer"]>[0]): Promise<Moved> {
  const outcome = await laboratory.answer(asked);
  if (!outcome.ok) throw new Error(outcome.problem.message);
  return outcome.value as Moved;
}

describe.each(samples)("%s", (name) => {
  test("is the same moment by every way: step after step, back, by its number, by its time", async () => {
    const { laboratory, entered } = await openedTold(sourceOf(name));
    const { end } = entered.frame;
    const steps = Math.min(end.event, 120);
    const seen = [(await moved(laboratory, { id: 0, kind: "visit", event: 0 })).frame];
    for (let i = 0; i < steps; i += 1)
      seen.push((await moved(laboratory, { id: 0, kind: "step", direction: 1 })).frame);
    for (let i = steps; i > 0; i -= 1) {
      const { frame } = await moved(laboratory, { id: 0, kind: "step", direction: -1 });
      expect(frame).toEqual(seen[i - 1]);
    }
    for (const event of [steps, 0, steps >> 1, 1])
      expect((await moved(laboratory, { id: 0, kind: "visit", event })).frame).toEqual(seen[event]);
    for (const frame of seen) {
      // The last of those that happened at that time.
      const at = frame.position.at;
      const last = seen.findLast(({ position }) => position.at === at)!;
      if (last.position.event === steps && last.nextAt === at) continue;
      expect((await moved(laboratory, { id: 0, kind: "seek", to: at })).frame).toEqual(last);
    }
    expect((await moved(laboratory, { id: 0, kind: "seek", to: end.at })).frame.nextAt).toBeNull();
  });

  test("goes out as far as it tells, every event once", async () => {
    const { laboratory, entered } = await openedTold(sourceOf(name));
    const written = async (as: string): Promise<string> => {
      const made = await laboratory.answer({ id: 0, kind: "export", as, from: 0, to: entered.frame.end.at });
      if (!made.ok) throw new Error(made.problem.message);
      return (made.value as Requests["export"]["answer"]).text;
    };
    const [head = "", ...rows] = (await written("csv")).trimEnd().split("\n");
    expect(head).toMatch(/^time_us,event,kind,server,/);
    expect(rows).toHaveLength(entered.frame.end.event);
    expect(await written("mermaid")).toMatch(/^sequenceDiagram\n(?: {2}.*\n)*\n?$/);
    expect((await written("text")).split("\n")[0]).toMatch(/servers?\..* left out\.$/);
    expect(await laboratory.answer({ id: 0, kind: "export", as: "otlp", from: 0, to: 1 })).toMatchObject({ ok: false });
  });

  test("tells every event once, and draws every message", async () => {
    const { laboratory, entered } = await openedTold(sourceOf(name));
    const { end } = entered.frame;
    const ids: string[] = [];
    for (let before: number | null = end.event + 1; before !== null; ) {
      const outcome = await laboratory.answer({ id: 0, kind: "feed", filter: everything, before, limit: 7 });
      if (!outcome.ok || !("more" in outcome.value) || !("rows" in outcome.value)) throw new Error("no feed");
      const { rows, from, more } = outcome.value as Requests["feed"]["answer"];
      ids.push(...rows.map(({ id }) => id));
      before = more ? from : null;
    }
    expect(ids).toEqual(Array.from({ length: end.event }, (_, i) => `${end.event - i}.0`));
    const ask: DiagramAsk = { from: 0, to: end.at, group: 1, width: 1000, disks: false };
    const drawn = await laboratory.answer({ id: 0, kind: "diagram", ...ask });
    expect(drawn.ok && drawn.value).toMatchObject({ total: entered.info.told!.messages });
  });

  test("is kept as a text, and comes back to the same moment", async () => {
    const { laboratory, entered } = await openedTold(sourceOf(name));
    const half = entered.frame.end.event >> 1;
    const { frame } = await moved(laboratory, { id: 0, kind: "visit", event: half });
    const view = { at: 0, select: "", speed: 1 };
    const saved = await laboratory.answer({ id: 0, kind: "share", as: "save", view });
    if (!saved.ok) throw new Error(saved.problem.message);
    const other = new ForeignLaboratory();
    const opened = await other.openText((saved.value as { text: string }).text, "", new Job());
    if (opened === null || !opened.ok) throw new Error("it was not opened again");
    expect(other.enter(opened.value.run).frame).toEqual(frame);
    const file = await laboratory.answer({ id: 0, kind: "share", as: "file", view });
    expect(file).toEqual({ ok: true, value: { text: textOf(name) } });
    expect((await laboratory.answer({ id: 0, kind: "share", as: "link", view })).ok).toBe(false);
  });

  test("lets nothing be done in it", async () => {
    const { laboratory } = await openedTold(sourceOf(name));
    const act = { do: "crash", server: 1 } as const;
    const outcome = await laboratory.answer({ id: 0, kind: "act", at: 0, act });
    expect(outcome.ok && outcome.value).toMatchObject({ refused: expect.stringContaining("read from a log") });
  });
});

const lab = "000001 INFO S0 Created with 3 peers\n000100 VOTE S1 Granting vote to S0 at T1\n";

describe("where it is opened", () => {
  test("at the first leader that is told of", async () => {
    const { entered } = await openedTold(sourceOf("etcd-log.txt"));
    expect(entered.frame.servers.map(({ role }) => role)).toEqual(["leader", "follower", "candidate"]);
    expect(entered.frame.told).toEqual({ said: "8211… became leader at term 2.", leads: "8211… leads term 2." });
  });
  test("else at the end of its first second", async () => {
    const content = "000001 INFO S0 is here\n009000 INFO S1 is here\n020000 INFO S0 goes on\n";
    const { entered } = await openedTold({ from: "told", files: [{ name: "", content }] });
    expect(entered.frame.position.event).toBe(2);
    expect(
      entered.frame.servers.map(({ commitIndex, told }) => [commitIndex, told!.unknown.includes("commit")]),
    ).toEqual([
      [0, true],
      [0, true],
    ]);
  });
});

test("a refused vote has what it was held against, with the servers' short names", async () => {
  const { laboratory } = await openedTold(sourceOf("etcd-log.txt"));
  const filter: FeedFilter = { ...everything, words: "rejected MsgVote from fd422379fda50e48" };
  const outcome = await laboratory.answer({ id: 0, kind: "feed", filter, before: 54, limit: 9 });
  const { rows } = (outcome as { value: Requests["feed"]["answer"] }).value;
  expect(rows.map(({ told }) => told?.compared[0])).toContainEqual({
    ...{ what: "votedFor", here: "8211…", there: "fd42…", decides: true, asked: true },
  });
});

test("patterns that cannot be read are refused, with their line", async () => {
  const files = [{ name: "", content: lab }];
  const wrong = "became leader => role leader\nbecame {nonsense} => role leader\n";
  const opened = await new ForeignLaboratory().open({ from: "told", files, format: "lab-log", patterns: wrong });
  expect(opened).toMatchObject({
    ok: false,
    problem: { message: expect.stringContaining("The patterns, line 2, column"), place: { line: 2 } },
  });
});

test("only lines of the topics that are asked for are told", async () => {
  const { laboratory } = await openedTold({ from: "told", files: [{ name: "", content: lab.repeat(3) }] });
  const filter: FeedFilter = { ...everything, topics: ["VOTE"] };
  const outcome = await laboratory.answer({ id: 0, kind: "feed", filter, before: 7, limit: 9 });
  const { rows } = (outcome as { value: Requests["feed"]["answer"] }).value;
  expect(rows.map(({ told }) => told?.topic)).toEqual(["VOTE", "VOTE", "VOTE"]);
});

describe("what is given to be read", () => {
  test("a file comes in pieces, says how far it is, and may be left", async () => {
    const content = new Blob([lab.repeat(4_000)]);
    const source: ToldSource = { from: "told", files: [{ name: "big.log", content }] };
    const { entered } = await openedTold(source);
    expect(entered.info.told).toMatchObject({
      lines: 8_000,
      files: [{ name: "big.log", bytes: content.size, offset: 0 }],
    });
    const job = new Job();
    job.cancel();
    await expect(new ForeignLaboratory().open(source, job)).rejects.toThrow(Cancelled);
  });

  test("several files are one run, of which the offsets may be changed without reading again", async () => {
    let read = 0;
    const content = (text: string) => {
      const blob = new Blob([text]);
      return {
        size: blob.size,
        slice: (from: number, to: number) => {
          read += 1;
          return blob.slice(from, to);
        },
      };
    };
    const files = [
      { name: "a.log", content: content(lab) },
      { name: "b.log", content: content(lab.replaceAll("S0", "S2")) },
    ];
    const { laboratory, entered } = await openedTold({ from: "told", files });
    const once = read;
    const later = await laboratory.open({
      from: "told",
      files,
      reading: entered.info.told!.reading,
      offsets: [0, 5000],
    });
    if (!later.ok) throw new Error(later.problem.message);
    const again = laboratory.enter(later.value.run);
    expect(read).toBe(once);
    expect(again.frame.end.at - entered.frame.end.at).toBe(5_000_000);
    expect(again.info.told!.files.map(({ offset }) => offset)).toEqual([0, 5000]);
  });

  test("what nobody knows is refused, with what could be read; a broken recording is left to its own reader", async () => {
    const laboratory = new ForeignLaboratory();
    const refused = await laboratory.openText("Dear diary,\ntoday nothing failed.", "diary.txt", new Job());
    expect(refused).toMatchObject({ ok: false, problem: { message: expect.stringContaining("6.5840") } });
    expect(await laboratory.openText('{"format": "raft"', "", new Job())).toBeNull();
    const nothing = await laboratory.open({
      from: "told",
      files: [{ name: "x", content: "a\nb" }],
      format: "lab-log",
    });
    expect(nothing).toMatchObject({ ok: false, problem: { field: "x" } });
  });
});

test("what a newer page has kept of a log is refused as such, and not taken for a log", async () => {
  const { laboratory } = await openedTold(sourceOf("describe-message.txt"));
  const view = { at: 0, select: "", speed: 1, play: false };
  const made = await laboratory.answer({ id: 0, kind: "share", as: "save", view });
  const text = (made as { value: { text: string } }).value.text.replace('"version":1', '"version":2');
  expect(await new ForeignLaboratory().openText(text, "", new Job())).toMatchObject({
    ok: false,
    problem: { message: "a log kept by a newer Driftwood: it has version 2, this one reads version 1" },
  });
});
