import { didYouMean } from "../scenario/nearest.ts";
import { bench } from "./bench.ts";
import { bugs } from "./bugs.ts";
import { compare } from "./compare.ts";
import { drive } from "./drive/main.ts";
import { fuzz } from "./fuzz.ts";
import { lessons } from "./lessons.ts";
import { run } from "./run.ts";
import { search } from "./search.ts";
import { story } from "./story.ts";
import { Usage } from "./usage.ts";
import { why } from "./why.ts";

interface Command {
  /** Gives the exit code. */
  readonly does: (args: readonly string[]) => Promise<number>;
  /** What it takes, and one line on what it does. */
  readonly takes: string;
  readonly text: string;
  /** Its options, one a line. */
  readonly options: readonly (readonly [option: string, text: string])[];
}

const json = ["--json", "print one JSON object"] as const;
const bug = "a rule that is broken on purpose; `bugs` lists them";

const commands: Readonly<Record<string, Command>> = {
  run: {
    does: run,
    takes: "FILE [--until T|CONDITION] [--print state|events|history|bookmarks] [--check linearizable]",
    text: "plays a recording",
    options: [
      [
        "FILE",
        "*.raft.json (JSON, with comments if you like), a link in quotes, or a scenario: preset:figure-8, '#figure-8@0.390'",
      ],
      ["--until T", "10s or 1500ms; without it the moment that is named after @, else as far as the recording goes"],
      ["--until CONDITION", "'S3 leads and commit >= 4': to where it first holds; exit code 3 if it never does"],
      [
        "--print WHAT",
        "state: one JSON object (the default); events: the story; history: what clients did; bookmarks: when each comes true",
      ],
      ["--check linearizable", "search for an order that explains what clients saw"],
    ],
  },
  why: {
    does: why,
    takes: "FILE --at T (--server S3 | --message 'S1>S3#4' | --link 'S1>S3' | --entry N) [--json]",
    text: "says why something is as it is at a moment",
    options: [
      ["--at T", "the moment; without it the one that the file opens at"],
      ["--server S3", "its last decision: the rule, what was compared, what would have changed it, what led to it"],
      ["--message 'S1>S3#4'", "why it was sent, and what became of it"],
      ["--link 'S1>S3'", "what is on it, what happened on it last, and why it is cut"],
      ["--entry N", "why it is committed, or what it waits for"],
      ["--group N", "of several Raft groups: 1"],
      json,
    ],
  },
  story: {
    does: story,
    takes: "FILE (--entry N | --command N | --term T | --of WHAT) [--at T] [--json]",
    text: "tells how something came about, step by step",
    options: [
      ["--entry N", "of the log: asked, appended, on each disk, committed, applied, answered; or where it got lost"],
      ["--command N", "the same of a client's operation, by its number (run --print history)"],
      ["--term T", "who tried to lead it, who voted for whom and why, who won"],
      ["--of WHAT", "leader: how the one who leads came to it; violation: what led to the property that broke"],
      ["--at T", "the run so far; without it the whole of it"],
      ["--group N", "of several Raft groups: 1"],
      json,
    ],
  },
  compare: {
    does: compare,
    takes: "FILE OTHER [--at T] [--json]",
    text: "says where two runs differ first, and in what they end",
    options: [["OTHER", "as FILE"], ["--at T", "when their states are compared; without it each at its own end"], json],
  },
  drive: {
    does: drive,
    takes: "",
    text: "reads commands as JSON lines, and answers each with the whole cluster's state",
    options: [["", "logical ticks and a manual network, in the profile etcd: src/conformance has the protocol"]],
  },
  bench: { does: bench, takes: "[--json]", text: "measures the engine", options: [json] },
  bugs: { does: bugs, takes: "[--json]", text: "lists the rules that can be broken on purpose", options: [json] },
  lessons: {
    does: lessons,
    takes: "[--json | --check | --scorm DIR [--lesson ID]]",
    text: "lists the lessons, tries them, or packs them for a learning management system",
    options: [
      ["--json", "print one JSON array"],
      [
        "--check",
        "try every task, answer and sentence of each in the engine; exit code 1 if one does not keep what it promises",
      ],
      ["--scorm DIR", "write a SCORM 1.2 package there, with the page that npm run build has left in dist"],
      ["--lesson ID", "of this lesson alone"],
    ],
  },
  search: {
    does: search,
    takes: "--bug NAME [--servers N] [--seconds S]",
    text: "finds the shortest story in which a broken rule does harm",
    options: [
      ["--bug NAME", bug],
      ["--servers N", "1 to 9; without it as many as show it"],
      ["--seconds S", "how long to look: 30"],
    ],
  },
  fuzz: {
    does: fuzz,
    takes: "[--runs N] [--seed S] [--profile P] [--bug NAME] [--nemesis NAME] [--claims]",
    text: "runs schedules of random faults, every property checked",
    options: [
      ["--runs N", "how many: 1000"],
      ["--seed S", "of the first schedule: 1"],
      ["--profile P", "paper, dissertation or etcd; without it a mix"],
      ["--bug NAME", bug],
      ["--nemesis NAME", "a set of faults that come by themselves"],
      ["--claims", "hold every sentence of the story against the run, too"],
    ],
  },
};

const program = "npm run --silent headless --";
const codes =
  "Exit codes: 0 fine, 1 an invariant broke, a history is not linearizable or a lesson is wrong, 3 undecided or nothing found, 2 the command line or the input is wrong.";

const rows = (command: Command, indent: string): string =>
  command.options.map(([option, text]) => `${indent}${option.padEnd(22)} ${text}`).join("\n");

const summary = (name: string, { takes, text }: Command): string => `  ${`${name} ${takes}`.trim()}\n      ${text}`;

const help = (): string => `Usage: ${program} COMMAND

${Object.entries(commands)
  .map(([name, command]) => `${summary(name, command)}\n${rows(command, "        ")}`)
  .join("\n\n")}

  help [COMMAND]
      this; COMMAND --help and COMMAND -h say the same of one

${codes}`;

const helpOf = (name: string, command: Command): string =>
  `Usage: ${program} ${name} ${command.takes}\n\n${command.text}\n\n${rows(command, "  ")}\n\n${codes}`;

const wantsHelp = (word: string): boolean => word === "--help" || word === "-h";

function commandNamed(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command;
  const names = Object.keys(commands);
  const meant = didYouMean(name, names) || `: there is ${names.join(", ")}`;
  throw new Usage(name === "" ? help() : `there is no command ${name}${meant}\n\nUsage: ${program} help`);
}

/** Exit code of the command that the arguments name. */
async function main([name = "", ...args]: readonly string[]): Promise<number> {
  if (name === "help" || wantsHelp(name))
    return say(args[0] === undefined ? help() : helpOf(args[0], commandNamed(args[0])));
  const command = commandNamed(name);
  return args.some(wantsHelp) ? say(helpOf(name, command)) : command.does(args);
}

function say(text: string): number {
  console.log(text);
  return 0;
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
