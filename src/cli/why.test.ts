import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { withBugs } from "../scenario/bugs.ts";
import { formatRecording } from "../scenario/format.ts";
import { presets } from "../scenario/presets/index.ts";
import { compare } from "./compare.ts";
import { story } from "./story.ts";
import { Usage } from "./usage.ts";
import { why } from "./why.ts";

/** What a command prints, and its exit code. */
async function printed(command: typeof why, ...args: readonly string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  try {
    return { code: await command(args), lines };
  } finally {
    log.mockRestore();
    error.mockRestore();
  }
}
const refused = async (command: typeof why, ...args: readonly string[]): Promise<string> =>
  command(args).then(
    () => "",
    (problem: unknown) => (problem instanceof Usage ? problem.message : "another error"),
  );

test("why: sentence, rule, what was compared, what would have changed it, what led to it, what it waits for", async () => {
  const { code, lines } = await printed(why, "preset:two-leaders", "--at", "619ms", "--server", "S3");
  expect(code).toBe(0);
  expect(lines[0]).toBe("    0.598649 s  S3: S3 refused S1's AppendEntries: it is of term 1, S3 is in term 2");
  expect(lines).toContain("  > term: 2 | 1, of the request");
  expect(lines).toContain("    commit index: 2 | 1: the leader's 1, verified up to 3 (not asked)");
  expect(lines.at(-1)).toBe("S3 waits to hear from S4; if it does not, its timer fires at 0.881 s");
});

test("why --json: one object of the documented shape; the moment of an address is its own", async () => {
  const { lines } = await printed(why, "preset:figure-8@0.390", "--entry", "2", "--json");
  const found = JSON.parse(lines.join(""));
  const keys = [
    "atMs",
    "event",
    "about",
    "sentence",
    "rule",
    "compared",
    "counterfactual",
    "earlier",
    "waitsFor",
    "causes",
  ];
  expect(Object.keys(found)).toEqual(keys);
  expect(found.rule.section).toBe("§5.4.2");
  expect(Object.keys(found.causes[0])).toEqual(["event", "atMs", "server", "sentence", "as", "by"]);
});

test("story: numbered steps and how it ended; --json: the same as one object", async () => {
  const file = "preset:two-leaders";
  const { lines } = await printed(story, file, "--command", "4");
  expect(lines[1]).toBe("  1.     0.430000 s  The client asked S1: put z=8");
  expect(lines.at(-1)).toMatch(/^It is lost: S4, leader of term 2, replaced it/);
  const told = JSON.parse((await printed(story, file, "--term", "2", "--json")).lines.join(""));
  expect(Object.keys(told)).toEqual(["about", "steps", "outcome", "more"]);
  expect(Object.keys(told.steps[0])).toEqual(["atMs", "event", "kind", "server", "sentence"]);
  expect(told.outcome).toMatch(/^S4 won term 2/);
});

test("compare: the first event that differs, and the states; nothing where nothing differs", async () => {
  const same = await printed(compare, "preset:figure-8", "preset:figure-8");
  expect(same.lines).toEqual(["The same events in both, as far as they go.", "The same states."]);
  const { recording } = presets.find(({ id }) => id === "figure-8")!;
  const folder = await mkdtemp(join(tmpdir(), "compared-"));
  const broken = join(folder, "broken.raft.json");
  await writeFile(broken, formatRecording(withBugs(recording, ["commit-old-term"])));
  const { lines } = await printed(compare, "preset:figure-8", broken, "--json");
  await rm(folder, { recursive: true });
  const { first, differences } = JSON.parse(lines.join(""));
  expect(first.atMs).toBe(361.236);
  expect(first.here.sentence).toMatch(/^S1 does not commit entry 2/);
  expect(first.there.sentence).toMatch(/^S1 committed entries 1–2/);
  expect(differences).toContainEqual({ what: "violation", here: "none", there: "Leader Completeness" });
});

test("what is not there ends in 3, what is wrong with the words is said", async () => {
  expect((await printed(why, "preset:two-leaders", "--entry", "99")).code).toBe(3);
  expect((await printed(story, "preset:two-leaders", "--of", "violation")).code).toBe(3);
  expect(await refused(why, "preset:two-leaders")).toContain("exactly one of --server");
  expect(await refused(why, "preset:two-leaders", "--server", "7")).toContain("such as S3");
  expect(await refused(story, "preset:two-leaders", "--term", "1", "--entry", "2")).toContain("exactly one of");
  expect(await refused(story, "--term", "1")).toContain("exactly one FILE");
});
