import { bench } from "./bench.ts";
import { drive } from "./drive/main.ts";
import { run } from "./run.ts";
import { Usage } from "./usage.ts";

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = { run, drive, bench };

const help = `Usage: npm run --silent headless -- COMMAND

  run FILE [--until T] [--print state|events|history] [--check linearizable]
                                                plays a recording (*.raft.json, or a link in quotes)
                                                T: 10s, 1500ms; default: as far as the recording goes
  bench [--json]                                measures the engine

Exit codes: 0 fine, 1 an invariant broke or a history is not linearizable, 3 undecided, 2 the command line or the input is wrong.`;

/** Exit code of the command that the arguments name. */
async function main([name = "", ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new Usage(help);
  return command(args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Usage)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
