import { bench } from "./bench.ts";
import { bugs } from "./bugs.ts";
import { drive } from "./drive/main.ts";
import { fuzz } from "./fuzz.ts";
import { run } from "./run.ts";
import { search } from "./search.ts";
import { Usage } from "./usage.ts";

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  run,
  drive,
  bench,
  bugs,
  search,
  fuzz,
};

const help = `Usage: npm run --silent headless -- COMMAND

  run FILE [--until T] [--print state|events|history] [--check linearizable]
                                                plays a recording (*.raft.json, a link in quotes, or a
                                                scenario: preset:figure-8, '#figure-8@0.390')
                                                T: 10s, 1500ms; default: the moment that is named after "@", else
                                                as far as the recording goes
  bench [--json]                                measures the engine
  bugs [--json]                                 lists the bugs that can be switched on
  search --bug NAME [--servers N] [--seconds S] finds the shortest story in which a bug does harm
  fuzz --runs N --seed S [--profile P] [--bug NAME] [--nemesis NAME]
                                                random faults, every property checked, then a core and everybody must
                                                agree, and what clients saw must have an order

Exit codes: 0 fine, 1 an invariant broke or a history is not linearizable, 3 undecided or nothing found, 2 the command line or the input is wrong.`;

/** Exit code of the command that the arguments name. */
async function main([name = "", ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new Usage(help);
  return command(args);
}

// Whoever reads may have seen enough (`| head`): what is still said goes nowhere, and the exit code counts.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Usage)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
