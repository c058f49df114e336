import { failure, type Result, success } from "../base/result.ts";

/** What a file says of parts of a whole: into how many that is cut, and those that it has, counted from 1. */
export interface InParts {
  readonly of: number;
  readonly parts: readonly { readonly index: number }[];
}

/** All parts, each once. A problem where they are not of the same whole, or tell differently of one part. */
export function mergeParts<Whole extends InParts>(files: readonly Whole[]): Result<Whole, string> {
  const [first] = files;
  if (first === undefined) return failure("there is nothing to merge");
  const parts = new Map<number, Whole["parts"][number]>();
  for (const each of files) {
    if (wholeOf(each) !== wholeOf(first)) return failure("they are of different wholes, or of different engines");
    for (const part of each.parts) {
      const known = parts.get(part.index);
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(part))
        return failure(`they tell differently of part ${part.index}`);
      parts.set(part.index, part);
    }
  }
  return success({ ...first, parts: [...parts.values()].sort((a, b) => a.index - b.index) });
}

const wholeOf = ({ parts: _, ...whole }: InParts): string => JSON.stringify(whole);

/** Those that are not there, as `--shard` names them. */
export function missingParts({ of, parts }: InParts): readonly string[] {
  const have = new Set(parts.map(({ index }) => index));
  return Array.from({ length: of }, (_, at) => at + 1).flatMap((index) => (have.has(index) ? [] : [`${index}/${of}`]));
}
