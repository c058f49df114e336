import { describe, expect, test } from "vitest";
import { rules } from "../raft/rules/index.ts";
import { reasonOf, rulesOf, sheet } from "./sheet.ts";

const lines = sheet.flatMap(({ lines }) => lines);

describe("the sheet of the rules", () => {
  test("every rule that the engine asks stands on a line", () => {
    const named = new Set<string>(lines.flatMap(([, line]) => rulesOf(line)));
    expect(Object.keys(rules).filter((name) => !named.has(name))).toEqual([]);
  });

  test("a line is one line, and says where it stands", () => {
    for (const [name, line] of lines) {
      expect(line.words.length, name).toBeLessThanOrEqual(36);
      expect(reasonOf(line).section, name).not.toBe("");
    }
  });
});
