import type { ServerId } from "../../base/units.ts";
import type { Work } from "../../history/work.ts";
import { describeMessage } from "./describe-message.ts";
import { titleOf, wholeText } from "./itf.ts";
import { type Outcome, runScript } from "./rafttest/check.ts";
import { isScript } from "./rafttest/looks.ts";
import { Recorder } from "./rafttest/record.ts";
import { type Directive, readScript } from "./rafttest/script.ts";
import { mostServers, type tally, unreadable } from "./tally.ts";
import type { Given, Importer, ReadRun, Says, Skipped, ToldCheck, ToldRun } from "./told.ts";

/**
 * The scripts of etcd/raft's interaction tests (testdata/, package rafttest): our engine carries their commands out, in the
 * profile `etcd`, and what that does is the run. What the file expects is compared with it.
 */
export const rafttest: Importer = {
  name: "rafttest",
  title: "etcd/raft interaction test (rafttest)",
  named: /(testdata|rafttest)[^/\\]*\.txt$/i,
  fits: isScript,
  open: (given) => wholeText(given, told),
};

type Ran = Pick<Outcome, "unsupported" | "first" | "loggerLines" | "compared" | "equal" | "commands">;

function* told(lines: readonly string[], given: readonly Given[], seen: ReturnType<typeof tally>): Work<ReadRun> {
  const directives = readScript(lines.join("\n"));
  if (directives.length === 0) return unreadable("There is no command with a line of dashes after it.");
  const recorder = new Recorder();
  const outcome = yield* carriedOut(directives, recorder);
  const stop = outcome.unsupported === "" ? null : directives[outcome.commands]!;
  if (stop?.command === "add-nodes" || recorder.events.length === 0)
    return yield* asItStands(lines, given, outcome.unsupported);
  if (recorder.named.size > mostServers) return unreadable(`It names more than ${mostServers} servers.`);
  const skipped = stop === null ? [] : skippedFrom(directives, stop, outcome.unsupported, lines);
  const run = named(recorder, {
    format: rafttest.name,
    title: titleOf(given, rafttest.title),
    tells: facts,
    times: "order",
    unknown: [
      "A script tells what comes after what, no times: steps lie a millisecond apart.",
      ...(outcome.loggerLines === 0 ? [] : ["Lines of etcd's logger are not compared."]),
      ...(stop === null ? [] : [`What comes from line ${stop.line} on is not carried out.`]),
    ],
    supposed: ["The engine of this page has carried its commands out, in the profile etcd."],
    checks: [verdictOf(outcome, recorder)],
    lines: seen.lines,
    understood: stop === null ? seen.lines : stop.line - 1,
    skipped,
  });
  return { ok: true, value: run };
}

/** No text may stop more than itself: where the engine refuses what it is asked for, the script ends. */
function* carriedOut(directives: readonly Directive[], recorder: Recorder): Work<Ran> {
  let commands = 0;
  const watcher = {
    begins: (directive: Directive) => {
      commands = directives.indexOf(directive);
      recorder.begins(directive);
    },
    differs: recorder.differs.bind(recorder),
    did: recorder.did.bind(recorder),
    dropped: recorder.dropped.bind(recorder),
  };
  try {
    return yield* runScript(directives, watcher);
  } catch (error) {
    const { line, command } = directives[commands]!;
    const message = error instanceof Error ? error.message : String(error);
    const unsupported = `line ${line}: ${command} (${message})`;
    return { unsupported, first: null, loggerLines: 0, compared: 0, equal: 0, commands };
  }
}

/** A script whose servers cannot be had: what it expects is read as what etcd has told. */
function* asItStands(lines: readonly string[], given: readonly Given[], unsupported: string): Work<ReadRun> {
  const reader = describeMessage.open(given);
  for (const [place, text] of lines.entries()) reader.line(text, { file: 0, line: place + 1 });
  const read = yield* reader.end([0]);
  const why = `The engine of this page cannot carry it out (${unsupported})`;
  if (!read.ok) return unreadable(`${why}, and it expects no message.`, read.problem);
  return {
    ok: true,
    value: { ...read.value, format: rafttest.name, supposed: [`${why}: what is shown is what the file expects.`] },
  };
}

function skippedFrom(
  directives: readonly Directive[],
  stop: Directive,
  unsupported: string,
  lines: readonly string[],
): readonly Skipped[] {
  return directives
    .slice(directives.indexOf(stop))
    .map((directive) => ({
      file: 0,
      line: directive.line,
      text: (lines[directive.line - 1] ?? "").slice(0, 200),
      why:
        directive === stop ? `it cannot be carried out here: ${unsupported}` : "a command before it is not carried out",
    }))
    .slice(0, 1000);
}

const facts = [
  ...(["status", "role", "term", "vote", "leader", "commit", "applied", "last", "log", "configuration"] as const),
  "messages" as const,
];

function verdictOf({ compared, equal, first }: Ran, { firstDifference }: Recorder): ToldCheck {
  const property = "Every command prints what the script expects";
  if (compared === 0) return { property, result: "untold", text: "The script has no outputs.", event: null };
  const text =
    first === null
      ? `${compared === 1 ? "One output is" : `${compared} outputs are`} compared, line by line.`
      : `${equal} of ${compared} do. The first that does not is ${first.command}, at line ${first.line}: ${first.expected === "" ? "nothing more is" : `"${first.expected}" is`} expected, ${first.got === "" ? "nothing more is" : `"${first.got}" is`} printed.`;
  return { property, result: first === null ? "held" : "broken", text, event: firstDifference };
}

/** Our numbers become those of a told run, which leave no gaps. */
function named(recorder: Recorder, about: Omit<ToldRun, "servers" | "events" | "messages">): ToldRun {
  const ids = [...recorder.named].sort((a, b) => a - b);
  const idOf = (id: ServerId): ServerId => ids.indexOf(id) + 1;
  const namedSays = ({ vote, leader, configuration, ...says }: Says): Says => ({
    ...says,
    ...(typeof vote === "number" ? { vote: idOf(vote) } : {}),
    ...(typeof leader === "number" ? { leader: idOf(leader) } : {}),
    ...(configuration ? { configuration: members(configuration) } : {}),
  });
  const members = ({ voters, outgoing, learners }: NonNullable<Says["configuration"]>) => ({
    voters: voters.map(idOf),
    outgoing: outgoing.map(idOf),
    learners: learners.map(idOf),
  });
  return {
    ...about,
    servers: ids.map((id) => ({ name: String(id) })),
    events: recorder.events.map((event) => ({ ...event, server: idOf(event.server), says: namedSays(event.says) })),
    messages: recorder.messages.map((message) => ({ ...message, from: idOf(message.from), to: idOf(message.to) })),
  };
}
