import { expect, test } from "vitest";
import {
  all,
  expectGolden,
  historyOf,
  longRun,
  presetRun,
  recordingOf,
  storyFile,
  storyRun,
  write,
} from "./fixtures.ts";

/** Mermaid's grammar of sequence diagrams, as far as it is used here: a line that fits none of these is refused there. */
const head = /^sequenceDiagram$/;
const comment = /^ {2}%% [^\n]*$/;
const participant = /^ {2}participant (S[1-9]|C)( as clients)?$/;
/** A text ends at a # that begins no character's code, and at a ; that ends none; "end" alone ends a block. */
const label = String.raw`(?:[^#;%<>&"{}\\]|#\d+;)+`;
const arrow = new RegExp(`^ {2}(S[1-9]|C)(->>|-->>|-x|--x|-\\))(S[1-9]|C): (${label})$`);
const note = new RegExp(`^ {2}Note over (S[1-9]|C)(?:,(S[1-9]|C))?: (${label})$`);

function read(text: string) {
  const [first, ...lines] = text.trimEnd().split("\n");
  expect(first).toMatch(head);
  const participants: string[] = [];
  const arrows: { from: string; line: string; to: string; label: string }[] = [];
  const notes: string[] = [];
  let numbered = false;
  for (const each of lines) {
    const [named, drawn, noted] = [participant.exec(each), arrow.exec(each), note.exec(each)];
    if (named !== null) participants.push(named[1]!);
    else if (drawn !== null) arrows.push({ from: drawn[1]!, line: drawn[2]!, to: drawn[3]!, label: drawn[4]! });
    else if (noted !== null) notes.push(noted[3]!);
    else if (each === "  autonumber") numbered = true;
    else expect(each).toMatch(comment);
    expect(drawn?.[4] ?? noted?.[3] ?? "").not.toMatch(/\bend\b/i);
  }
  for (const { from, to } of arrows) expect(participants).toEqual(expect.arrayContaining([from, to]));
  return { participants, arrows, notes, numbered };
}
const plain = (text: string): string => text.replaceAll(/#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

test("mermaid: a numbered arrow for every message that arrived, was lost or is under way", async () => {
  const { participants, arrows, notes, numbered } = read(await expectGolden("mermaid"));
  const run = storyRun();
  const facts = run.facts(1, run.place.event);
  const [received, lost] = ["received", "lost"].map((kind) => facts.filter((fact) => fact.kind === kind).length);
  expect(numbered).toBe(true);
  expect(participants).toEqual(["C", "S1", "S2", "S3"]);
  expect(arrows.filter(({ line }) => line.endsWith("x"))).toHaveLength(lost!);
  expect(arrows.filter(({ label }) => label.endsWith("under way"))).toHaveLength(run.world.packets.length);
  expect(arrows).toHaveLength(received! + lost! + run.world.packets.length);
  expect(lost).toBeGreaterThan(0);
  expect(notes.map(plain)).toEqual(
    expect.arrayContaining(["0.022000 s: leader of term 1", "0.060000 s: act: cut S1→S2", "0.160000 s: crashed"]),
  );
});

test("mermaid: what clients write breaks nothing", () => {
  const odd = 'end; end #9829; %%{init}%% <b> & "\u202e\n\\ {} ->> S1: x';
  const actions = [
    { atMs: 0, do: "timeout", server: "S1" },
    { atMs: 50, do: "request", put: ["end", odd.replaceAll(/[\u202e\n]/g, "")], server: "S1" },
  ];
  const { arrows } = read(write("mermaid", historyOf(recordingOf({ ...storyFile, actions }))).text);
  const [asked] = arrows.filter(({ from }) => from === "C");
  expect(plain(asked!.label)).toBe(`ClientRequest put end=${odd.replaceAll(/[\u202e\n]/g, "")}`);
});

test("mermaid: keeps to what a host draws, and says in picture, comment and answer where it was cut", () => {
  const { text, cut } = write("mermaid", presetRun("figure-8"), all);
  const long = write("mermaid", longRun());
  for (const each of [text, long.text]) {
    expect(read(each).arrows.length).toBeLessThanOrEqual(500);
    expect(each.length).toBeLessThan(50_000);
  }
  expect(cut).toBe("");
  expect(long.cut).toMatch(
    /^A page that draws Mermaid takes 500 arrows .* what comes after \d+\.\d{6} s is left out\.$/,
  );
  expect(long.text).toContain(`  %% ${long.cut}\n`);
  expect(plain(read(long.text).notes.at(-1)!)).toBe(long.cut);
});
