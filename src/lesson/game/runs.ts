import { bugOf as bugNamed, type KnownBug } from "../../raft/bugs/index.ts";
import { readRecording } from "../../scenario/format.ts";
import { type GameName, gameName } from "../../scenario/game-name.ts";
import type { RunFile } from "../../scenario/presets/preset.ts";
import type { Recording } from "../../scenario/recording.ts";
import { formatVersion } from "../../scenario/version.ts";
import { beginsAtMs, opening, rounds } from "./rounds.ts";
import { gameWords } from "./words.ts";

/** Runs of the game. */

export const gameRounds = rounds.length;

/** The mistake of a round, counted from 1. */
export const bugOf = (round: number): KnownBug => bugNamed(rounds[round - 1]!.bug);

/** Null: there is no such round. */
export function gameRun(name: GameName): Recording | null {
  const { round, as } = name;
  if (round > rounds.length) return null;
  const own = rounds[round - 1];
  const told = as === "shortest" && own !== undefined ? own : { acts: [], endMs: beginsAtMs };
  return read({
    ...opening,
    ...(own && { bugs: [own.bug] }),
    actions: [...opening.actions, ...told.acts],
    endMs: told.endMs,
    title: round === 0 ? gameWords.titles.on : gameWords.titles[as](round),
    notes: round === 0 ? gameWords.notes.on : gameWords.notes[as],
    preset: gameName(name),
  });
}

/** The run as the game begins, before anybody acts. Throws where the recording is none of the game's. */
export function openingOf({ setup }: Recording): Recording {
  const opened = gameRun({ round: 0, as: "play" })!;
  return { ...opened, setup };
}

const view = { atMs: beginsAtMs, select: "", speed: 0.05, play: false };

function read(file: RunFile & { readonly title: string; readonly notes: string; readonly preset: string }): Recording {
  const { latencyMs, writeMs, ...rest } = file;
  const json = {
    ...{ format: "driftwood", version: formatVersion },
    ...(latencyMs && { network: { latencyMs } }),
    ...(writeMs && { disk: { writeMs } }),
    ...{ ...rest, view },
  };
  const done = readRecording(json);
  if (done.ok) return done.value;
  throw new Error(`${file.preset}: ${done.problem.field} ${done.problem.message}`);
}
