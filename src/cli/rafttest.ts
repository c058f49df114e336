import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { checkScript, type Outcome } from "../exchange/in/rafttest/check.ts";
import { read } from "./args.ts";
import { whereTheCallerStands } from "./load.ts";
import { Usage } from "./usage.ts";

/**
 * `rafttest FILE… [--json]`: scripts of etcd/raft's interaction tests, run in our engine and compared with what they
 * expect. 1: something else was printed; 3: a command cannot be carried out here.
 */
export async function rafttest(args: readonly string[]): Promise<number> {
  const { positionals: files } = read(
    args.filter((word) => word !== "--json"),
    [],
  );
  if (files.length === 0) throw new Usage("rafttest needs at least one FILE: a script as in etcd/raft's testdata");
  const outcomes: { readonly file: string; readonly outcome: Outcome }[] = [];
  for (const file of files) outcomes.push({ file, outcome: checkScript(await textOf(file)) });
  if (args.includes("--json")) console.log(JSON.stringify(outcomes.map(({ file, outcome }) => ({ file, ...outcome }))));
  else for (const { file, outcome } of outcomes) console.log(inWords(file, outcome));
  if (outcomes.some(({ outcome }) => outcome.first !== null)) return 1;
  return outcomes.some(({ outcome }) => outcome.unsupported !== "") ? 3 : 0;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(resolve(whereTheCallerStands(), file), "utf8");
  } catch (error) {
    throw new Usage(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function inWords(file: string, { commands, compared, equal, first, unsupported, loggerLines }: Outcome): string {
  const silent = commands > compared ? `; of ${commands - compared} it says nothing` : "";
  const left = loggerLines > 0 ? `; ${loggerLines} lines of etcd's logger are not compared` : "";
  return [
    `${file}: ${equal} of ${compared} commands print what is expected${silent}${left}`,
    ...(first === null
      ? []
      : [
          `  ${file}:${first.line}: ${first.command}`,
          `    expected: ${first.expected || "nothing more"}`,
          `    printed:  ${first.got || "nothing more"}`,
        ]),
    ...(unsupported === "" ? [] : [`  cannot be carried out here, nor is what follows: ${unsupported}`]),
  ].join("\n");
}
