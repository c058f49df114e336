/** The name that somebody who wrote `word` most likely meant; null if none is near. `also`: names under which people know them. */
export function nearest<Name extends string>(
  word: string,
  names: readonly Name[],
  also: Readonly<Record<string, Name>> = {},
): Name | null {
  const meant = plain(word.slice(0, longest));
  const known = Object.hasOwn(also, meant) ? also[meant] : undefined;
  if (known !== undefined) return known;
  const ranked = names.map((name) => ({ name, far: distance(meant, plain(name)) })).sort((a, b) => a.far - b.far);
  const best = ranked[0];
  return best !== undefined && best.far <= Math.floor(meant.length / 3) ? best.name : null;
}

const longest = 60;
/** Spelling that does not count: "pre-vote", "PREVOTE", "pre_vote". */
export const plain = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, "");

/** How many letters are added, left out, changed, or swapped with their neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    before = above;
  }
  return row[b.length]!;
}

/** ": did you mean preVote?", or nothing. */
export function didYouMean(
  word: string,
  names: readonly string[],
  also: Readonly<Record<string, string>> = {},
): string {
  const name = nearest(word, names, also);
  return name === null ? "" : `: did you mean ${name}?`;
}
