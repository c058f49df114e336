import { didYouMean } from "../scenario/nearest.ts";
import { Usage } from "./usage.ts";

/** Gives the exit code. */
type Does = (args: readonly string[]) => Promise<number>;
type Row = readonly [option: string, text: string];

interface Command {
  /** Its part of the program, which is read only where it is asked for: all of them take seconds to read. */
  readonly does: () => Promise<Does>;
  /** What it takes, and one line on what it does. */
  readonly takes: string;
  readonly text: string;
  /** Its options, one a line; where its part of the program knows what there is, from there. */
  readonly options: readonly Row[] | (() => Promise<readonly Row[]>);
}

const shard = ["--shard I/N", "the I-th of N parts, which are disjoint and together the whole"] as const;
const jobs = ["--jobs N", "how many threads: as many as there are cores"] as const;
const json = ["--json", "print one JSON object"] as const;
const bug = "a rule that is broken on purpose; `bugs` lists them";

const commands: Readonly<Record<string, Command>> = {
  run: {
    does: async () => (await import("./run.ts")).run,
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
    does: async () => (await import("./why.ts")).why,
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
    does: async () => (await import("./story.ts")).story,
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
    does: async () => (await import("./compare.ts")).compare,
    takes: "FILE OTHER [--at T] [--json]",
    text: "says where two runs differ first, and in what they end",
    options: [["OTHER", "as FILE"], ["--at T", "when their states are compared; without it each at its own end"], json],
  },
  export: {
    does: async () => (await import("./export.ts")).exportRun,
    takes: "FILE --as NAME [--from T] [--to T] [-o OUT]",
    text: "writes a run in another program's format",
    options: async () => [
      ["--as NAME", "the format:"],
      ...(await import("./export.ts")).formatRows,
      ["--from T", "from there on: 1500ms; without it from the start"],
      ["--to T", "up to there; without it as far as the recording goes"],
      ["-o OUT", "a file; - or none: standard output. What had to be left out is said on standard error"],
    ],
  },
  import: {
    does: async () => (await import("./import.ts")).importRun,
    takes: "FILE… [--as NAME] [--shift MS,MS,…] [--json]",
    text: "reads another program's logs, and says which of Raft's properties they break",
    options: async () => [
      ["FILE…", "logs or a trace; of several servers at once, they are merged by their times"],
      ["--as NAME", "the format, where it is not recognised:"],
      ...(await import("./import.ts")).readableRows,
      ["--shift MS,MS,…", "milliseconds that are added to each file's times, where clocks differ"],
      json,
    ],
  },
  judge: {
    does: async () => (await import("./judge.ts")).judge,
    takes: "FILE [--json]",
    text: "holds a run against the published TLA+ specification of Raft, step by step",
    options: [
      ["FILE", "as for run; membership, snapshots and options beyond the paper lie outside: exit code 3"],
      json,
    ],
  },
  drive: {
    does: async () => (await import("./drive/main.ts")).drive,
    takes: "",
    text: "reads commands as JSON lines, and answers each with the whole cluster's state",
    options: [["", "logical ticks and a manual network, in the profile etcd: src/conformance has the protocol"]],
  },
  rafttest: {
    does: async () => (await import("./rafttest.ts")).rafttest,
    takes: "FILE… [--json]",
    text: "runs scripts of etcd/raft's interaction tests in our engine, and compares line by line",
    options: [
      [
        "FILE…",
        "as in etcd/raft's testdata; exit code 1 where something else is printed, 3 at a command that is unknown here",
      ],
      json,
    ],
  },
  bench: {
    does: async () => (await import("./bench.ts")).bench,
    takes: "[--json]",
    text: "measures the engine",
    options: [json],
  },
  bugs: {
    does: async () => (await import("./bugs.ts")).bugs,
    takes: "[--json]",
    text: "lists the rules that can be broken on purpose",
    options: [json],
  },
  lessons: {
    does: async () => (await import("./lessons.ts")).lessons,
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
    does: async () => (await import("./search.ts")).search,
    takes: "--bug NAME [--servers N] [--seconds S | --stories N [--shard I/N] [--json]]",
    text: "finds the shortest story in which a broken rule does harm",
    options: [
      ["--bug NAME", bug],
      ["--servers N", "1 to 9; without it as many as show it"],
      ["--seconds S", "how long to look: 30"],
      ["--stories N", "stories at random alone, that many"],
      ["--shard I/N", "of the stories the I-th of N parts"],
      ["--json", "print what merge puts together"],
    ],
  },
  fuzz: {
    does: async () => (await import("./fuzz.ts")).fuzz,
    takes:
      "[--runs N] [--seed S] [--profile P] [--bug NAME] [--nemesis NAME] [--claims] [--judge] [--shard I/N] [--jobs N] [--json]",
    text: "runs schedules of random faults, every property checked",
    options: [
      ["--runs N", "how many: 1000"],
      ["--seed S", "of the first schedule: 1"],
      ["--profile P", "paper, dissertation or etcd; without it a mix"],
      ["--bug NAME", bug],
      ["--nemesis NAME", "a set of faults that come by themselves"],
      ["--claims", "hold every sentence of the story against the run, too"],
      ["--judge", "by the paper's rules only, and hold every step against the published specification of Raft"],
      shard,
      jobs,
      ["--json", "go on where one fails, and print what merge puts together"],
    ],
  },
  experiment: {
    does: async () => (await import("./experiment.ts")).experiment,
    takes: "FILE [--runs N] [--shard I/N] [--jobs N] [--json|--csv] [-o OUT]",
    text: "does a run many times, and says what usually happens",
    options: [
      ["FILE", "*.experiment.json, or one that is ready: preset:figure-16"],
      ["--runs N", "of each setting; without it as many as the file says"],
      shard,
      jobs,
      ["--json", "print what merge puts together"],
      ["--csv", "print a line for each run"],
      ["-o OUT", "into a file"],
    ],
  },
  merge: {
    does: async () => (await import("./merge.ts")).merge,
    takes: "FILE... [--json|--csv]",
    text: "puts parts of an experiment, of fuzzing or of a search together",
    options: [
      ["FILE", "what the command printed with --json; parts that are given twice count once"],
      ["--json", "print the whole in the same form"],
      ["--csv", "of an experiment: print a line for each run"],
    ],
  },
};

const called = "npm run --silent headless --";
const codes =
  "Exit codes: 0 fine, 1 an invariant broke, a history is not linearizable, the specification refuses a run or a lesson is wrong, 3 undecided or nothing found, 2 the command line or the input is wrong.";

async function rows({ options }: Command, indent: string): Promise<string> {
  const all = typeof options === "function" ? await options() : options;
  return all.map(([option, text]) => `${indent}${option.padEnd(22)} ${text}`).join("\n");
}

async function summary(name: string, command: Command): Promise<string> {
  return `  ${`${name} ${command.takes}`.trim()}\n      ${command.text}\n${await rows(command, "        ")}`;
}

async function help(): Promise<string> {
  const all = await Promise.all(Object.entries(commands).map(([name, command]) => summary(name, command)));
  return `Usage: ${called} COMMAND

${all.join("\n\n")}

  help [COMMAND]
      this; COMMAND --help and COMMAND -h say the same of one

${codes}`;
}

const helpOf = async (name: string, command: Command): Promise<string> =>
  `Usage: ${called} ${name} ${command.takes}\n\n${command.text}\n\n${await rows(command, "  ")}\n\n${codes}`;

const wantsHelp = (word: string): boolean => word === "--help" || word === "-h";

async function commandNamed(name: string): Promise<Command> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command;
  const names = Object.keys(commands);
  const meant = didYouMean(name, names) || `: there is ${names.join(", ")}`;
  throw new Usage(name === "" ? await help() : `there is no command ${name}${meant}\n\nUsage: ${called} help`);
}

/** Exit code of the command that the arguments name. */
async function perform([name = "", ...args]: readonly string[]): Promise<number> {
  const [about] = args;
  if (name === "help" || wantsHelp(name))
    return say(about === undefined ? await help() : await helpOf(about, await commandNamed(about)));
  const command = await commandNamed(name);
  if (args.some(wantsHelp)) return say(await helpOf(name, command));
  const does = await command.does();
  return does(args);
}

function say(text: string): number {
  console.log(text);
  return 0;
}

/** Does what the arguments say, and gives the exit code. What the user got wrong is said on stderr. */
export async function program(args: readonly string[]): Promise<number> {
  try {
    return await perform(args);
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    console.error(error.message);
    return 2;
  }
}
