import { describe, expect, test } from "vitest";
import { presets } from "../../scenario/presets/index.ts";
import { occurrences, pieces, search } from "./find.ts";
import { words } from "./words.ts";

/** The field's words, as its papers have them: kept apart from the table, so that a missing row is seen. */
const field = [
  /\bservers?\b/g,
  /\bclusters?\b/g,
  /\bterms?\b/g,
  /\b(?:leader|follower|candidate|learner|voter)s?\b/g,
  /\bpre-candidates?\b/g,
  /\b(?:vote[sd]?|voting)\b/g,
  /\bpre-votes?\b/g,
  /\belections?\b/g,
  /\belection time(?:r|out)s?\b/g,
  /\bheartbeats?\b/g,
  /\blogs?\b/g,
  /\bentr(?:y|ies)\b/g,
  /\b(?:index|indices)\b/g,
  /\bcommit(?:s|ted|ting)?\b/g,
  /\b(?:applied|apply|applies)\b/g,
  /\bmajorit(?:y|ies)\b/g,
  /\bquorums?\b/g,
  /\bpartition(?:s|ed)?\b/g,
  /\b(?:RequestVote|AppendEntries|InstallSnapshot|TimeoutNow|ReadIndex|nextIndex|matchIndex)\b/g,
  /\bsnapshots?\b/g,
  /\bconfigurations?\b/g,
  /\bjoint\b/g,
  /\bleases?\b/g,
  /\bsessions?\b/g,
  /\blineariz\w+/gi,
  /\bstale reads?\b/g,
  /\bstate machines?\b/g,
  /\bno-ops?\b/g,
  /\bcheck-quorum\b/g,
  /\bclients?\b/g,
  /\bcrash(?:es|ed)?\b/g,
  /\bdisks?\b/g,
  /\bdeposed?\b/g,
  /\bstep(?:s|ped)? down\b/g,
  /\bup to date\b/g,
  /\bsplit votes?\b/gi,
  /\bcampaign(?:s|ed|ing)?\b/g,
  /\b(?:currentTerm|votedFor|lastApplied)\b/g,
  /\bprob(?:e|es|ing)\b/g,
  /\betcd\b/g,
  /\bseeds?\b/g,
];

/** Every use of the field's words that no definition covers. */
function undefinedIn(text: string): string[] {
  const covered = occurrences(text);
  const used = field.flatMap((pattern) => [...text.matchAll(pattern)]);
  const has = (at: number, length: number): boolean =>
    covered.some((each) => each.at <= at && at + length <= each.at + each.text.length);
  return used.filter((use) => !has(use.index, use[0].length)).map((use) => `"${use[0]}" in: ${text}`);
}

describe("the table of words", () => {
  test("has each word once, each form of one word only, with its section", () => {
    const forms = words.flatMap(({ word, forms }) => [word, ...forms]).map((form) => form.toLowerCase());
    expect(forms.filter((form, i) => forms.indexOf(form) !== i)).toEqual([]);
    expect(words.filter(({ section }) => !/^(§\d+(\.\d+)*|Figure 2|D \d+(\.\d+)*|)$/.test(section))).toEqual([]);
    expect(words.filter(({ id }) => !/^[a-z-]+$/.test(id))).toEqual([]);
  });

  test("defines each in one or two sentences", () => {
    const sentences = (text: string): number => text.match(/[.?](?=\s|$)/g)?.length ?? 0;
    expect(words.filter(({ means }) => sentences(means) > 2 && !means.includes("?")).map(({ id }) => id)).toEqual([]);
    expect(words.filter(({ means }) => means.length > 210).map(({ id }) => id)).toEqual([]);
  });

  test("uses no word of the field in a definition that it does not define", () => {
    expect(words.flatMap(({ means }) => undefinedIn(means))).toEqual([]);
  });

  test("defines every word of the field in every scenario's notes and steps", () => {
    const texts = presets.flatMap(({ title, notes, bookmarks }) => [
      title,
      notes,
      ...bookmarks.map((each) => each.label),
    ]);
    expect(texts.flatMap(undefinedIn)).toEqual([]);
  });

  test("would see a word that is missing", () => {
    expect(undefinedIn("A voter has a term.")).toEqual([]);
    expect(undefinedIn("Linearizable reads and linearizing ones")).toEqual([
      '"linearizing" in: Linearizable reads and linearizing ones',
    ]);
  });
});

describe("words in a text", () => {
  const marked = (text: string): string[] =>
    pieces(text).flatMap((piece) => (typeof piece === "string" ? [] : piece.text));

  test("are found in every form, the longest at each place, once each", () => {
    expect(
      marked("Nobody leads: five followers in term 0. S3’s election timer runs out first, before other followers’."),
    ).toEqual(["followers", "term", "election timer"]);
    expect(marked("The commit index says what is committed.")).toEqual(["commit index", "committed"]);
    expect(marked("Pre-votes\nbegin no election.")).toEqual(["Pre-votes", "election"]);
  });

  test("are whole words, and the pieces join to the text", () => {
    const text = "Determined candidates login, say votes; a non-voter has no log_1.";
    expect(marked(text)).toEqual(["candidates", "votes"]);
    expect(
      pieces(text)
        .map((piece) => (typeof piece === "string" ? piece : piece.text))
        .join(""),
    ).toBe(text);
  });

  test("are not marked where they are everyday words", () => {
    expect(marked("Servers answer clients.")).toEqual([]);
    expect(pieces("")).toEqual([]);
  });

  test("can be searched by name, form and meaning", () => {
    expect(search("quo")[0]?.id).toBe("quorum");
    expect(search("entries").map(({ id }) => id)).toContain("entry");
    expect(search("at most once").map(({ id }) => id)).toContain("session");
    expect(search("")).toHaveLength(words.length);
    expect(search("blockchain")).toEqual([]);
  });
});
