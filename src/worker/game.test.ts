import { describe, expect, test, vi } from "vitest";
import { exporters } from "../exchange/out/index.ts";
import { bugOf, gameRounds, gameRun } from "../lesson/game/runs.ts";
import { rules } from "../raft/rules/index.ts";
import { formatRecording } from "../scenario/format.ts";
import { entered, file, opened, startView } from "./fixtures.ts";
import { Laboratory } from "./laboratory.ts";
import type { OwnSource } from "./protocol/requests.ts";

vi.setConfig({ testTimeout: 120_000 });

const all = Array.from({ length: gameRounds }, (_, place) => place + 1);
const everything = { servers: [], kinds: [], routine: true } as const;

/** The round, with the acts that are known to break it, as if a player had found them. */
function beaten(round: number): OwnSource {
  const { actions, end } = gameRun({ round, as: "shortest" })!;
  return file(formatRecording({ ...gameRun({ round, as: "play" })!, actions, end }));
}
async function enter(source: OwnSource) {
  const laboratory = new Laboratory();
  const answer = await entered(laboratory, source);
  if (!answer.ok) throw new Error(`${answer.problem.field}: ${answer.problem.message}`);
  const { info } = answer.value;
  return { laboratory, info, ...(await laboratory.seek(10_000_000)) };
}
/** Everything that explains the run, at its end. */
async function explanations(laboratory: Laboratory, event: number): Promise<string> {
  const group = 1;
  const { rows } = await laboratory.feed({ filter: everything, before: null, limit: 2000 });
  const told: unknown[] = [rows, await laboratory.verdict(), (await laboratory.score())?.stopped];
  for (const server of [1, 2, 3, 4, 5]) {
    const { parts } = await laboratory.sheet({ server, group });
    // Every line has the name of a mistake against it: the same in every run.
    told.push(parts.map(({ lines }) => lines.map(({ bug: _, ...line }) => line)));
    told.push(await laboratory.explain((by) => by.why({ about: { kind: "server", server, group } })));
  }
  told.push(await laboratory.explain((by) => by.story({ about: { kind: "violation", group } })));
  for (let each = Math.max(1, event - 20); each <= event; each++)
    told.push(await laboratory.explain((by) => by.why({ about: { kind: "event", event: each, group } })));
  told.push(await laboratory.report({ as: "markdown", filter: everything, page: "", view: { ...startView, at: 0 } }));
  return JSON.stringify(told);
}
/** In a third of the formats: each is that of four rounds. */
async function goneOut(laboratory: Laboratory, round: number): Promise<string> {
  const texts = exporters
    .filter((_, place) => place % 3 === round % 3)
    .map(async ({ name }) => {
      const answer = await laboratory.export({ as: name, from: 0, to: 10_000_000 });
      if (!answer.ok) throw new Error(answer.problem.message);
      return answer.value.text;
    });
  return (await Promise.all(texts)).join("\n");
}

describe("a round", () => {
  test.each(all)("%i falls by the acts that are known, and by no fewer of them", async (round) => {
    const { frame } = await enter({ from: "game", round, as: "shortest" });
    expect(frame.violation).not.toBeNull();
    expect(frame.outside).toBeNull();
    const { actions } = gameRun({ round, as: "shortest" })!;
    const own = gameRun({ round, as: "play" })!.actions.length;
    for (let left = own; left < actions.length; left++) {
      const fewer = { ...gameRun({ round, as: "shortest" })!, actions: actions.filter((_, place) => place !== left) };
      const { frame: other } = await enter(file(formatRecording({ ...fewer, preset: "" })));
      const inTime = other.violation !== null && other.violation.at <= fewer.end;
      expect(inTime, `act ${left - own + 1}`).toBe(false);
    }
  });

  test.each(all)("%i tells nobody which rule is off before it is named", async (round) => {
    const { laboratory, info, frame } = await enter(beaten(round));
    expect(frame.violation).not.toBeNull();
    expect(info).toMatchObject({ bugs: [], game: { round, as: "play" } });
    const explained = await explanations(laboratory, frame.position.event);
    const said = `${JSON.stringify(info)} ${explained} ${await goneOut(laboratory, round)}`.toLowerCase();
    const { name, title, changed, effect, replaces } = bugOf(round);
    const off = (Object.keys(replaces) as (keyof typeof rules)[]).map((rule) => `“${rules[rule].title}”`);
    const tells = [
      title,
      changed.replace(/\.$/, ""),
      effect,
      `\`${name}\``,
      `"${name}"`,
      "” is switched off",
      "switched off in",
      ...off,
    ];
    expect(tells.filter((text) => said.includes(text.toLowerCase()))).toEqual([]);
  });

  test("is the same run, veiled or not", async () => {
    const [veiled, named] = await Promise.all([enter(beaten(3)), enter({ from: "game", round: 3, as: "shortest" })]);
    expect(veiled.frame.hash).toBe(named.frame.hash);
    expect(named.info.bugs.map(({ name }) => name)).toEqual([bugOf(3).name]);
    expect((await veiled.laboratory.score())?.departed).toBeNull();
    const departed = (await named.laboratory.score())?.departed;
    expect(departed?.at).toBeLessThanOrEqual(named.frame.violation!.at);
  });

  test("has a short address, with its acts, that opens it veiled; its file has the mistake's name", async () => {
    const fresh = await opened({ from: "game", round: 7 });
    const bare = await fresh.share({ as: "address", view: { ...startView, at: 300_000, speed: 0.05 } });
    expect(bare).toMatchObject({ ok: true, value: { text: "beat=7" } });
    const { laboratory, frame } = await enter(beaten(7));
    const { at } = frame.position;
    const shared = await laboratory.share({ as: "link", view: { ...startView, at, speed: 0.05 } });
    if (!shared.ok) throw new Error(shared.problem.message);
    expect(shared.value.text).toMatch(/^beat=7@/);
    expect(shared.value.text.length).toBeLessThan(220);
    const again = await enter({ from: "link", fragment: shared.value.text });
    expect(again.frame.hash).toBe(frame.hash);
    expect(again.info).toMatchObject({ bugs: [], game: { round: 7, as: "play" }, mismatch: null });
    const text = await laboratory.share({ as: "file", view: { ...startView, at } });
    expect(text.ok && text.value.text).toContain(`"${bugOf(7).name}"`);
  });

  test("that there is none of is said", async () => {
    const answer = await new Laboratory().open({ from: "link", fragment: "beat=99" });
    expect(answer).toMatchObject({
      ok: false,
      problem: { field: "beat", message: expect.stringContaining("1 to 12") },
    });
  });

  test("with another rule off than its own is no round", async () => {
    const run = gameRun({ round: 1, as: "play" })!;
    const { info } = await enter(file(formatRecording({ ...run, preset: "beat=2" })));
    expect(info.game).toBeUndefined();
  });
});

describe("with every rule on", () => {
  test("acts, faults and events are counted, and each rule that stood in the way is told", async () => {
    const laboratory = await opened({ from: "game", round: 0 });
    expect(await laboratory.score()).toMatchObject({ acts: [], faults: 0, events: 0, stopped: [] });
    await laboratory.act({ at: 300_000, act: { do: "isolate", servers: [5], way: "both" } });
    await laboratory.act({
      at: 310_000,
      act: { do: "request", operation: { op: "put", key: "x", value: "2" }, server: 1 },
    });
    await laboratory.act({ at: 400_000, act: { do: "heal" } });
    await laboratory.act({ at: 401_000, act: { do: "timeout", server: 5 } });
    await laboratory.seek(500_000);
    const score = (await laboratory.score())!;
    expect(score).toMatchObject({ faults: 2, tried: { acts: 4, branches: 1 } });
    expect(score.acts.map(({ at }) => at)).toEqual([300_000, 310_000, 400_000, 401_000]);
    expect(score.events).toBeGreaterThan(20);
    const log = score.stopped.find(({ title }) => title === rules.logUpToDate.title);
    expect(log).toMatchObject({ section: "§5.4.1" });
    expect(log?.times[0]?.text).toContain("refused its vote to S5");
    expect(score.stopped.find(({ title }) => title === rules.newerTerm.title)?.times[0]?.text).toContain(
      "stepped down",
    );
    await laboratory.visit(log!.times.at(-1)!.event - 1);
    expect((await laboratory.score())!.stopped.some(({ title }) => title === log!.title)).toBe(false);
  });

  test("another branch begins anew, and what was tried before still counts", async () => {
    const laboratory = await opened({ from: "game", round: 0 });
    await laboratory.act({ at: 320_000, act: { do: "crash", server: 1 } });
    await laboratory.seek(700_000);
    await laboratory.seek(310_000);
    await laboratory.act({ at: 310_000, act: { do: "timeout", server: 2 } });
    await laboratory.seek(400_000);
    const score = (await laboratory.score())!;
    expect(score.acts).toHaveLength(1);
    expect(score.tried).toEqual({ acts: 2, branches: 2 });
  });
});
