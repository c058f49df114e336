import { describe, expect, test } from "vitest";
import type { DirectedLink } from "../../../world/state/messages.ts";
import { partedSentence, stopped } from "./parted.ts";

/** Every link from one of the first to one of the others. */
const links = (from: readonly number[], to: readonly number[]): DirectedLink[] =>
  from.flatMap((a) => to.map((b): DirectedLink => [a, b]));
const told = (groups: readonly (readonly number[])[], ...cuts: readonly DirectedLink[][]) =>
  partedSentence({ groups, cuts: cuts.flat() });

describe("who cannot hear whom", () => {
  test("a full cut separates; one way is said as it is", () => {
    expect(told([[1, 2, 3, 4, 5]])).toBe("All links are up.");
    expect(told([[1, 2, 3, 4], [5]], links([1, 2, 3, 4], [5]), links([5], [1, 2, 3, 4]))).toBe(
      "Separated: S1, S2, S3 and S4 | S5",
    );
    expect(told([[1, 2, 3, 4], [5]], links([1, 2, 3, 4], [5]))).toBe("S5 hears nobody.");
    expect(told([[1, 2, 3, 4], [5]], links([5], [1, 2, 3, 4]))).toBe("Nobody hears S5.");
    expect(
      told(
        [
          [1, 2, 3],
          [4, 5],
        ],
        links([1, 2, 3], [4, 5]),
      ),
    ).toBe("S4 and S5 hear none of the others.");
    expect(
      told(
        [
          [1, 2, 3],
          [4, 5],
        ],
        links([4, 5], [1, 2, 3]),
      ),
    ).toBe("None of the others hears S4 and S5.");
  });

  test("each side in its own way", () => {
    const deaf = links([1, 2, 3, 5], [4]);
    const gone = [...links([1, 2, 3], [5]), ...links([5], [1, 2, 3, 4]), ...links([4], [5])];
    expect(told([[1, 2, 3], [4], [5]], deaf, gone)).toBe("S4 hears nobody. S5 is cut off, both ways.");
  });

  test("single links, as long as they are few", () => {
    expect(told([[1, 2, 3]], [[1, 2]])).toBe("S2 does not hear S1.");
    expect(
      told(
        [[1, 2, 3]],
        [
          [1, 2],
          [2, 1],
        ],
      ),
    ).toBe("S1 and S2 do not hear each other.");
    expect(
      told(
        [[1, 2, 3, 4]],
        [
          [1, 3],
          [2, 3],
        ],
      ),
    ).toBe("S3 does not hear S1 or S2.");
    const many: DirectedLink[] = [
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
    ];
    expect(told([[1, 2, 3, 4, 5]], many)).toBe("4 directed links are cut.");
  });

  test("where some messages get through, or a side is torn in itself, links are named or counted", () => {
    expect(
      told(
        [[1, 2], [3]],
        [
          [1, 3],
          [3, 2],
        ],
      ),
    ).toBe("S2 does not hear S3. S3 does not hear S1.");
    expect(told([[1, 2, 3, 4], [5]], links([1, 2, 3, 4], [5]), [[1, 2]])).toBe(
      "S2 does not hear S1. S5 does not hear S1, S2, S3 or S4.",
    );
  });

  test("a group is cut off where no message gets out, or in", () => {
    expect(stopped([3], [1, 2], links([1, 2], [3]))).toEqual({ out: false, into: true });
    expect(stopped([3], [1, 2], links([3], [1]))).toEqual({ out: false, into: false });
  });
});
