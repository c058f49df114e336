import { finish, type Work } from "../../../history/work.ts";
import { Environment, Impossible, type Onlooker } from "./environment.ts";
import { type Directive, readScript } from "./script.ts";

/** How a script went: what its file expects, against what our engine does. */
export interface Outcome {
  /** Commands that were carried out; for how many the file has an output; and of how many that was ours. */
  readonly commands: number;
  readonly compared: number;
  readonly equal: number;
  readonly first: Difference | null;
  /** "line 3: add-nodes async-storage-writes": that command, and what follows, is not carried out; "": every one is. */
  readonly unsupported: string;
  /** Expected lines of etcd's logger, which are not compared. */
  readonly loggerLines: number;
}
export interface Difference {
  /** Of the first line that differs; of the command, where it printed less. */
  readonly line: number;
  readonly command: string;
  /** "": nothing more. */
  readonly expected: string;
  readonly got: string;
}

const isLogger = (line: string): boolean => /^\s*(DEBUG|INFO|WARN|ERROR|FATAL) /.test(line);

/** Runs a script of etcd/raft's interaction tests in our engine. It ends at a command that cannot be carried out. */
export const checkScript = (text: string): Outcome => finish(runScript(readScript(text), null));

/** Hears of the commands besides. */
export interface Watcher extends Onlooker {
  begins(directive: Directive): void;
  differs(difference: Difference): void;
}

export function* runScript(directives: readonly Directive[], watcher: Watcher | null): Work<Outcome> {
  const environment = new Environment(watcher);
  let unsupported = "";
  let [commands, compared, equal, loggerLines] = [0, 0, 0, 0];
  let first: Difference | null = null;
  for (const directive of directives) {
    yield { done: commands, of: directives.length };
    watcher?.begins(directive);
    const printed = outputOf(environment, directive);
    if ("unsupported" in printed) {
      unsupported = `line ${directive.line}: ${printed.unsupported}`;
      break;
    }
    commands++;
    // A script that is still to be written expects nothing: datadriven puts the output there.
    if (directive.expected.length === 0) continue;
    compared++;
    loggerLines += directive.expected.filter(isLogger).length;
    const difference = differenceOf(directive, printed.lines);
    if (difference === null) equal++;
    else watcher?.differs(difference);
    first ??= difference;
  }
  return { commands, compared, equal, first, unsupported, loggerLines };
}

function outputOf(environment: Environment, directive: Directive) {
  try {
    return environment.perform(directive);
  } catch (error) {
    if (error instanceof Impossible) return { unsupported: `${directive.command} (${error.message})` };
    throw error;
  }
}

function differenceOf(directive: Directive, got: readonly string[]): Difference | null {
  const expected = directive.expected
    .map((text, i) => ({ text: text.trimEnd(), line: directive.expectedFrom + i }))
    .filter(({ text }) => !isLogger(text));
  // Where only the logger prints, nothing is left, and we print "ok".
  const nothing = expected.length === 0 || (expected.length === 1 && expected[0]!.text === "ok");
  if (nothing && got.join() === "ok") return null;
  for (let i = 0; i < Math.max(expected.length, got.length); i++) {
    const wanted = expected[i];
    const own = got[i]?.trimEnd() ?? "";
    if (wanted?.text === own) continue;
    const { command, line, args } = directive;
    const words = [command, ...args.map(({ key, values }) => (values.length === 0 ? key : `${key}=${values}`))];
    return { line: wanted?.line ?? line, command: words.join(" "), expected: wanted?.text ?? "", got: own };
  }
  return null;
}
