import { describe, expect, test } from "vitest";
import { finish } from "../history/work.ts";
import { entryHashes } from "../lesson/hashes.ts";
import { lessons } from "../lesson/lessons/index.ts";
import { shortMinutes, shortPath } from "../lesson/path.ts";
import { limits } from "../scenario/limits.ts";
import type { Act } from "../world/acts.ts";
import { entered, file, opened, startView } from "./fixtures.ts";
import type { Laboratory } from "./laboratory.ts";
import { Laboratory as Lab } from "./laboratory.ts";
import { lessonCards } from "./lessons.ts";
import type { OwnSource } from "./protocol/requests.ts";
import type { RunInfo } from "./protocol/run.ts";

const electing = (step: number, more: object = {}): OwnSource => ({ from: "lesson", id: "electing", step, ...more });
const linked = (fragment: string): OwnSource => ({ from: "link", fragment });
const crash = (server: number): Act => ({ do: "crash", server });

async function enter(source: OwnSource): Promise<{ laboratory: Laboratory; info: RunInfo; hash: string; at: number }> {
  const laboratory = new Lab();
  const answer = await entered(laboratory, source);
  if (!answer.ok) throw new Error(`${answer.problem.field}: ${answer.problem.message}`);
  const { info, frame } = answer.value;
  return { laboratory, info, hash: frame.hash, at: frame.position.at };
}
const problem = async (source: OwnSource): Promise<string> => {
  const answer = await new Lab().open(source);
  return answer.ok ? "accepted" : `${answer.problem.field}: ${answer.problem.message}`;
};
const ticked = async (laboratory: Laboratory): Promise<readonly boolean[]> =>
  (await laboratory.ticks()).ticks.map((tick) => tick !== null);
const shared = async (laboratory: Laboratory, as: "address" | "link" | "save", at: number): Promise<string> => {
  const answer = await laboratory.share({ as, view: { ...startView, at, speed: 0.05 } });
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.value.text;
};

describe("a step", () => {
  test("of every lesson opens as it begins, and says which it is", async () => {
    for (const [place, { id, steps, words }] of lessons.entries()) {
      for (const [at, step] of steps.entries()) {
        const { info, hash, laboratory } = await enter({ from: "lesson", id, step: at + 1 });
        expect(hash, `${id} ${step.id}`).toBe(entryHashes[id]?.[at]);
        expect(info.lesson).toMatchObject({
          id,
          number: place + 1,
          title: words.title,
          step: at + 1,
          counter: null,
          fresh: true,
        });
        expect(info.lesson?.tasks.map((task) => task.id)).toEqual(step.tasks.map((task) => task.id));
        expect(await ticked(laboratory), "nothing is done yet").not.toContain(true);
      }
    }
  });

  test("has an address of its own, of at most 120 characters, which opens the same", async () => {
    for (const { id, steps } of lessons) {
      const { laboratory, info, hash } = await enter({ from: "lesson", id, step: steps.length });
      const at = info.lesson!.at;
      const address = await shared(laboratory, "address", at);
      expect(address).toBe(`lesson=${id}&step=${steps.length}`);
      expect((await enter(linked(address))).hash).toBe(hash);
      const link = await shared(laboratory, "link", at + 1);
      expect(`#${link}`.length).toBeLessThanOrEqual(120);
      expect((await enter(linked(link))).info).toMatchObject({ lesson: { id }, mismatch: null });
    }
    expect((await enter(linked("lesson=electing"))).info.lesson?.step).toBe(1);
  });

  test("that there is not is refused with what was meant", async () => {
    expect(await problem(linked("lesson=elcting&step=2"))).toBe(
      'lesson: there is no lesson "elcting": did you mean electing?',
    );
    expect(await problem(linked("lesson=electing&step=40"))).toBe('lesson: the lesson "electing" has the steps 1 to 5');
    expect(await problem(linked("lesson=electing&step=2&if=B"))).toBe(
      'lesson: step 2 of the lesson "electing" has no run for the answer B',
    );
    expect(await problem(linked("lesson=electing&step=x"))).toContain("has the steps 1 to 5");
    expect(await problem(linked("lesson=electing&step=2&if=E"))).toContain("has the steps");
    expect(await problem({ from: "lesson", id: "Electing a leader", step: 1 })).toContain("did you mean electing?");
  });

  test("with a name that fits a file", () => {
    const longest = lessons.flatMap(({ id, steps }) => steps.map((_, place) => `lesson=${id}&step=${place + 1}&if=A`));
    expect(Math.max(...longest.map((name) => name.length))).toBeLessThanOrEqual(limits.word);
  });
});

describe("tasks", () => {
  test("are done where their condition comes true after the step began, in whatever way", async () => {
    const { laboratory, info } = await enter(electing(3));
    const { at } = info.lesson!;
    expect(await ticked(laboratory)).toEqual([false, false]);
    await laboratory.act({ at, act: crash(1) });
    expect(await ticked(laboratory)).toEqual([true, false]);
    await laboratory.seek(at + 500_000);
    const { ticks } = await laboratory.ticks();
    expect(ticks[0]).toMatchObject({ at });
    expect(ticks[1]!.at).toBeGreaterThan(at);
    expect(ticks[1]!.at).toBeLessThanOrEqual(at + 500_000);
  });

  test("stay done where one goes back, and on another branch", async () => {
    const { laboratory, info } = await enter(electing(3));
    const { at } = info.lesson!;
    await laboratory.act({ at, act: crash(1) });
    await laboratory.seek(at + 100_000);
    const before = await laboratory.ticks();
    await laboratory.seek(at);
    expect(await laboratory.ticks()).toEqual(before);
    await laboratory.visit(0);
    await laboratory.act({ at: 0, act: crash(2) });
    expect(await laboratory.ticks()).toEqual(before);
  });

  test("are done too by what is done in the past of the step", async () => {
    const { laboratory, info } = await enter(electing(3));
    const { at } = info.lesson!;
    await laboratory.seek(at - 1000);
    expect(await ticked(laboratory)).toEqual([false, false]);
    await laboratory.act({ at: at - 1000, act: crash(1) });
    expect(await ticked(laboratory)).toEqual([true, false]);
  });

  test("are not done by what the run before the step does", async () => {
    const { laboratory } = await enter(electing(5));
    await laboratory.seek(0);
    expect(await ticked(laboratory)).toEqual([false, false]);
  });

  test("each is done by what is shown", async () => {
    for (const { id, steps } of lessons) {
      for (const [place, { tasks }] of steps.entries()) {
        for (const [number, task] of tasks.entries()) {
          const { laboratory, info, at } = await enter({ from: "lesson", id, step: place + 1, show: task.id });
          expect(at).toBe(info.lesson?.at);
          await laboratory.seek(info.lesson!.goal!);
          expect((await ticked(laboratory))[number], `${id} ${task.id}`).toBe(true);
        }
      }
    }
  });

  test("what was done comes back with the run: from its file, and from its address", async () => {
    const { laboratory, info } = await enter(electing(3));
    const at = info.lesson!.at + 40_000;
    await laboratory.act({ at: info.lesson!.at, act: crash(1) });
    await laboratory.seek(at);
    const text = await shared(laboratory, "save", at);
    const address = await shared(laboratory, "address", at);
    expect(address).toMatch(/^lesson=electing&step=3@0\.190.*\//);
    for (const source of [file(text), linked(address)]) {
      const back = await enter(source);
      expect(back.info.lesson).toMatchObject({
        id: "electing",
        step: 3,
        at: info.lesson!.at,
        goal: null,
        fresh: false,
      });
      expect(await ticked(back.laboratory)).toEqual([true, false]);
    }
  });

  test("of a run that belongs to no lesson there are none", async () => {
    expect((await (await opened({ from: "preset", id: "first-election" })).ticks()).ticks).toEqual([]);
  });
});

describe("a question", () => {
  test("is answered by the run: after its tasks comes what it waits for", async () => {
    const { laboratory, info } = await enter(electing(2));
    const { question } = info.lesson!;
    const { frame } = await laboratory.advanceUntil(question!.by, [question!.until]);
    expect(frame.cameTrue).toBe(question!.until);
    const { ticks } = await laboratory.ticks();
    expect(ticks).toEqual([frame.position]);
  });

  test("every wrong answer has a run that shows what would follow, with an address", async () => {
    for (const { id, steps } of lessons) {
      for (const [place, { question }] of steps.entries()) {
        for (const { letter, counter } of question?.answers ?? []) {
          if (counter === null) continue;
          const { laboratory, info, at } = await enter({ from: "lesson", id, step: place + 1, counter: letter });
          expect(info.bugs.map(({ name }) => name)).toEqual(counter.off);
          expect(info.lesson).toMatchObject({ counter: letter, at });
          await laboratory.seek(info.lesson!.goal!);
          expect(await ticked(laboratory), `${id} ${place + 1} ${letter}`).toEqual([true]);
          const back = await enter(linked(`lesson=${id}&step=${place + 1}&if=${letter}`));
          expect(back.info.lesson).toMatchObject({ counter: letter });
        }
      }
    }
  });
});

test("the list has every lesson, and the short path takes as long as it says", () => {
  const cards = finish(lessonCards());
  expect(cards.map(({ id }) => id)).toEqual(lessons.map(({ id }) => id));
  expect(cards.map(({ number }) => number)).toEqual(lessons.map((_, place) => place + 1));
  const short = cards.filter((card) => card.short);
  const minutes = short.reduce((sum, card) => sum + card.minutes, 0);
  if (short.length === shortPath.length) expect(minutes).toBe(shortMinutes);
  else expect(minutes).toBeLessThan(shortMinutes);
});
