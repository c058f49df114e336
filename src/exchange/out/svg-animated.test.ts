import { expect, test } from "vitest";
import {
  all,
  expectGolden,
  historyOf,
  livelyRun,
  longRun,
  presetRun,
  recordingOf,
  storyFile,
  storyRun,
  write,
} from "./fixtures.ts";

/** Every tag closes, no entity is unknown, no script: what a reader of XML, and a page that shows it, ask. */
function elements(svg: string): readonly string[] {
  const open: string[] = [];
  const seen: string[] = [];
  for (const [, end, name = "", alone] of svg.matchAll(/<(\/?)([a-zA-Z]+)(?:\s+[a-zA-Z:-]+="[^"<]*")*\s*(\/?)>/g)) {
    if (end === "/") expect(open.pop()).toBe(name);
    else {
      seen.push(name);
      if (alone !== "/") open.push(name);
    }
  }
  expect(open).toEqual([]);
  const between = svg.replaceAll(/<[^<>]*>/g, "");
  expect(between).not.toMatch(/[<\p{Cs}]|&(?!amp;|lt;|gt;)/u);
  expect(seen).not.toContain("script");
  return seen;
}

/** Of each rule of the style sheet its moments, in per cent. */
const rules = (svg: string): ReadonlyMap<string, string> =>
  new Map([...svg.matchAll(/@keyframes (k\d+)\{(.*)\}$/gm)].map(([, name, rule]) => [name!, rule!]));

test("svg-animated: every message that was under way flies, and what is lost ends in a cross", async () => {
  const svg = await expectGolden("svg-animated");
  const seen = elements(svg);
  const run = storyRun();
  const facts = run.facts(1, run.place.event);
  const count = (kind: string): number => facts.filter((fact) => fact.kind === kind).length;
  // One more moves: where the time is.
  expect(svg.match(/<g class="m"/g)).toHaveLength(count("sent") + 1);
  expect(svg.match(/l12 12m0-12l-12 12/g)).toHaveLength(count("lost"));
  expect(count("lost")).toBeGreaterThan(0);
  expect(seen.filter((name) => name === "pattern")).toHaveLength(7);
  expect(svg).toContain('<g class="v" style="animation-name:');
  for (const fill of svg.matchAll(/url\(#(\w+)\)/g)) expect(svg).toContain(`<pattern id="${fill[1]}"`);
});

test("svg-animated: what is shown is shown at its time", () => {
  const svg = write("svg-animated", storyRun()).text;
  const loop = Number(/--loop:([\d.]+)s/.exec(svg)?.[1]);
  expect(loop).toBe(4);
  // 200 ms take three seconds, and a fourth one is rest.
  const share = (ms: number): number => Math.round((ms / 200) * (3 / 4) * 100_000) / 1000;
  const shownWith = (text: string): string => {
    const name = new RegExp(`animation-name:(k\\d+)"[^>]*>(?:(?!<g ).)*${text}`).exec(svg)?.[1];
    return rules(svg).get(name ?? "") ?? "";
  };
  expect(shownWith("leader of term 1")).toContain(`${share(22)}%{visibility:visible}`);
  expect(shownWith("S3: crashed")).toContain(`${share(160)}%{visibility:visible}`);
  expect(shownWith('stroke-dasharray="2 7"')).toBe(
    `0%{visibility:hidden}${share(60)}%{visibility:visible}${share(95)}%{visibility:hidden}100%{visibility:hidden}`,
  );
  for (const rule of rules(svg).values()) {
    const moments = [...rule.matchAll(/([\d.]+)%/g)].map(([, at]) => Number(at));
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    expect(moments.every((at) => at >= 0 && at <= 100)).toBe(true);
  }
});

test("svg-animated: any run, and whatever a client writes, is well formed", () => {
  for (const seed of [1, 2, 3, 4]) elements(write("svg-animated", livelyRun(seed)).text);
  const odd = 'end & "<b>" \' ]]> \\';
  const actions = [
    { atMs: 0, do: "timeout", server: "S1" },
    { atMs: 50, do: "request", put: ["x", odd], server: "S1" },
  ];
  elements(write("svg-animated", historyOf(recordingOf({ ...storyFile, actions }))).text);
});

test("svg-animated: a part has what is under way at its beginning, and too long a run is cut and says where", () => {
  const run = presetRun("figure-8");
  const part = write("svg-animated", run, { from: 370_000, to: 390_000 });
  expect(part.cut).toBe("");
  expect(part.text).toContain("<title>5 servers, 0.370000 s to 0.390000 s</title>");
  const long = write("svg-animated", longRun(), all);
  expect(long.cut).toMatch(
    /^A picture with more than 400 messages is too heavy: what comes after \d\.\d{6} s is left out\.$/,
  );
  expect(long.text.match(/<g class="m"/g)!.length).toBeLessThan(450);
});
