import { describe, expect, test } from "vitest";
import { votersOnly } from "./configuration.ts";
import { quorumValue, voteResult } from "./quorum.ts";

const joint = { ...votersOnly([1, 4, 5]), outgoing: [1, 2, 3] };
/** Votes by server: "1+ 2- 3+". */
const votes = (text: string): (boolean | undefined)[] => {
  const list: (boolean | undefined)[] = [];
  for (const word of text.split(" ").filter(Boolean)) list[Number(word[0])] = word[1] === "+";
  return list;
};

describe("§6 a joint configuration asks both halves", () => {
  test("§6 an election is won with a majority of each, and lost with a majority of refusals in either", () => {
    const result = (text: string) => voteResult(joint, votes(text));
    expect(result("1+ 2+ 3+")).toBe("pending");
    expect(result("1+ 4+ 5+")).toBe("pending");
    expect(result("1+ 2+ 4+")).toBe("won");
    expect(result("2+ 3+ 4+ 5+")).toBe("won");
    expect(result("1+ 4+ 5+ 2- 3-")).toBe("lost");
    expect(result("4- 5-")).toBe("lost");
  });

  test("§6 an entry is committed where it is on a majority of each", () => {
    const value = (...match: number[]) => quorumValue(joint, (id) => match[id - 1]!);
    expect(value(9, 9, 9, 0, 0)).toBe(0);
    expect(value(9, 0, 0, 9, 9)).toBe(0);
    expect(value(9, 7, 0, 5, 0)).toBe(5);
    expect(value(3, 7, 8, 5, 9)).toBe(5);
  });

  test("votes of strangers and of learners count nothing", () => {
    const configuration = { ...votersOnly([1, 2, 3]), learners: [4] };
    expect(voteResult(configuration, votes("1+ 4+ 9+"))).toBe("pending");
    expect(voteResult(configuration, votes("1+ 2- 4- 9-"))).toBe("pending");
  });

  test("an even number of voters: half is not enough to win, and enough to make it impossible", () => {
    const four = votersOnly([1, 2, 3, 4]);
    expect(voteResult(four, votes("1+ 2+"))).toBe("pending");
    expect(voteResult(four, votes("1+ 2- 3-"))).toBe("lost");
    expect(quorumValue(four, (id) => [9, 9, 4, 0][id - 1]!)).toBe(4);
  });
});
