import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { Usage } from "../usage.ts";
import { stateOf } from "./answer.ts";
import { readCommand, Session } from "./commands.ts";

/** `drive`: commands as JSON lines on standard input, the cluster's state as a JSON line after each on standard output. */
export async function drive(
  args: readonly string[],
  input: Readable = process.stdin,
  output: Writable = process.stdout,
): Promise<number> {
  if (args.length > 0) throw new Usage("drive takes no arguments: it reads commands from standard input");
  try {
    await answerLines(input, output);
  } finally {
    // Whoever holds the other end open must not keep a program alive that has ended.
    input.destroy();
  }
  return 0;
}

async function answerLines(input: Readable, output: Writable): Promise<void> {
  const session = new Session();
  let steps = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === "") continue;
    const cmd = parse(line);
    const read = readCommand(cmd);
    if ("problem" in read) throw new Usage(read.problem);
    const err = session.perform(read.command);
    output.write(
      `${JSON.stringify({ step: steps++, cmd, ...(err === null ? {} : { err }), ...stateOf(session.cluster) })}\n`,
    );
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Usage(`not JSON: ${line.slice(0, 80)}`);
  }
}
