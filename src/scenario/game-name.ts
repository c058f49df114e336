/**
 * A run of the game has a name, as scenarios have. `beat=on`: every rule is on. `beat=7`: round 7, in which one rule is
 * off and nobody is told which. `beat=7-named`: the same when it is known. `beat=7-shortest`: how few acts are enough.
 */
export interface GameName {
  /** From 1; 0: every rule is on. */
  readonly round: number;
  readonly as: "play" | "named" | "shortest";
}

/** As a part of a regular expression: what stands where a name would, right or wrong. */
export const gamePattern = "beat=[^&@/]{0,16}";
const parts = /^beat=(?:on|([1-9][0-9]?)(?:-(named|shortest))?)$/;

/** Null: it is no run of the game. */
export function readGameName(name: string): GameName | null {
  const read = parts.exec(name);
  if (read === null) return null;
  return { round: Number(read[1] ?? 0), as: (read[2] as "named" | "shortest" | undefined) ?? "play" };
}

export const gameName = ({ round, as }: GameName): string =>
  round === 0 ? "beat=on" : `beat=${round}${as === "play" ? "" : `-${as}`}`;
