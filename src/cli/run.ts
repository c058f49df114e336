import { type Micros, microsPerSecond } from "../base/units.ts";
import { type Linearizability, linearizable } from "../check/linearizability/linearizable.ts";
import { unusual } from "../check/unusual.ts";
import { sentence } from "../explain/sentence.ts";
import { History } from "../history/history.ts";
import { finish } from "../history/work.ts";
import { eventLine, readingAll } from "../report/events.ts";
import { excuseOf, type Promises, promisesOf } from "../report/promises.ts";
import { millis, name, stateOf } from "../report/state.ts";
import type { Condition } from "../scenario/condition/condition.ts";
import { holds } from "../scenario/condition/holds.ts";
import { grace, whenTrue } from "../scenario/condition/until.ts";
import { linkIn } from "../scenario/link-text.ts";
import { clientName } from "../scenario/names.ts";
import type { Recording } from "../scenario/recording.ts";
import { engineVersion } from "../scenario/version.ts";
import { operationsOf } from "../world/operations.ts";
import type { ClientOperation } from "../world/state/clients.ts";
import { oneOf, read, readTimeOrCondition } from "./args.ts";
import { load } from "./load.ts";
import { Usage } from "./usage.ts";

const printers = {
  state: (history: History, promises: Promises) => printState(history, promises),
  events: printEvents,
  history: printHistory,
  bookmarks: (_history: History, _promises: Promises, recording: Recording) => printBookmarks(recording),
} as const;
interface Args {
  readonly file: string;
  /** null: as far as the recording goes. */
  readonly until: Micros | Condition | null;
  readonly print: keyof typeof printers;
  readonly checks: boolean;
}

/** What the exit code says of the clients' history where nobody asked: only what breaks a promise. */
const unasked = (promises: Promises): Linearizability["verdict"] =>
  promises.history === "illegal" && excuseOf(promises) === null ? "illegal" : "ok";

/**
 * `run FILE [--until T|CONDITION] [--print state|events|history|bookmarks] [--check linearizable]`: 0, or 1 if an invariant broke or the
 * clients' history is illegal (promised or not where `--check` asks for it, else only where an order is promised), or 3
 * if the search that `--check` asked for ended without an answer, or the condition never came true.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { file, until, print, checks } = readArgs(args);
  const recording = await load(file);
  for (const note of unusual(recording.setup, recording.actions)) console.error(`note: ${note}`);
  for (const { when, label } of recording.sought ?? [])
    console.error(`note: the bookmark “${label}” has no moment: ${when} does not come true`);
  const history = new History(recording.setup, recording.actions, recording.end);
  const cameTrue = typeof until !== "object" || until === null || toWhereItHolds(history, until, recording.end);
  if (until === null && namesMoment(file)) toItsMoment(history, recording);
  else if (typeof until !== "object" || until === null) history.advance(until ?? recording.end);
  const promises = promisesOf(history);
  printers[print](history, promises, recording);
  const verdict = checks ? printVerdict(history, excuseOf(promises)) : unasked(promises);
  if (history.world.violation !== null || verdict === "illegal") return 1;
  return verdict === "ok" && cameTrue ? 0 : 3;
}

/** To the first place at which the condition holds. False, at the end of the recording, if it never does. */
function toWhereItHolds(history: History, condition: Condition, end: Micros): boolean {
  if (holds(condition, { world: history.world, group: 1, facts: [] })) return true;
  const event = finish(whenTrue(history, condition, 1, end + grace));
  if (event !== null) history.visit(event);
  else {
    console.error(`The condition does not come true within ${grace / microsPerSecond} s of the recording's end.`);
    history.advance(end);
  }
  return event !== null;
}

/** An address that names a moment is asked for that moment. */
const namesMoment = (file: string): boolean => /^(?:preset:)?[a-z][a-z0-9-]*@/.test(linkIn(file) ?? file);

function toItsMoment(history: History, { view }: Recording): void {
  history.seekWithin(view?.at ?? 0, view?.order ?? Number.POSITIVE_INFINITY);
  const { seen } = view ?? {};
  if (seen === undefined || history.hash().startsWith(seen.hash)) return;
  console.error(
    `This moment has another state here than its author saw (engine version ${seen.engine}; this is ${engineVersion}).`,
  );
}

function readArgs(args: readonly string[]): Args {
  const { values, positionals } = read(args, ["until", "print", "check"]);
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0)
    throw new Usage("run needs exactly one FILE: a recording, a link in quotes, or preset:NAME");
  if (values.check !== undefined) oneOf("check", values.check, ["linearizable"]);
  return {
    file,
    until: values.until === undefined ? null : readTimeOrCondition("until", values.until),
    print: oneOf("print", values.print ?? "state", Object.keys(printers) as (keyof typeof printers)[]),
    checks: values.check !== undefined,
  };
}

// ---- printing -----------------------------------------------------------------------------------------------

function printEvents(history: History): void {
  finish(readingAll(history, (fact) => console.log(eventLine(fact, sentence(fact)))));
}

/** What clients did, one JSON object a line, in the order of their calls. */
function printHistory({ world }: History): void {
  for (const operation of operationsOf(world)) console.log(JSON.stringify(operationState(operation)));
}

/** One JSON object a line, by time; then those without a moment. */
function printBookmarks({ bookmarks, sought = [] }: Recording): void {
  for (const { at, ...rest } of bookmarks) console.log(JSON.stringify({ atMs: millis(at), ...rest }));
  for (const each of sought) console.log(JSON.stringify({ atMs: null, ...each }));
}

function operationState({ number, client, operation, read, outcome, value, ...rest }: ClientOperation) {
  const { calledAt, endedAt, called, returned, server, index } = rest;
  return {
    number,
    client: clientName(client),
    ...operation,
    ...(read === null ? {} : { read }),
    callMs: millis(calledAt),
    endMs: endedAt === null ? null : millis(endedAt),
    called,
    returned,
    outcome,
    ...(outcome === "ok" ? { result: value, index } : {}),
    server: name(server),
  };
}

/** One JSON object on one line: what the search says of the clients' history. */
function printVerdict({ world }: History, excuse: string | null): Linearizability["verdict"] {
  const { verdict, keys } = linearizable(operationsOf(world));
  const promised = excuse === null ? { promised: true } : { promised: false, why: excuse };
  console.log(JSON.stringify({ verdict, ...promised, keys }));
  return verdict;
}

/** One JSON object on one line. */
const printState = (history: History, promises: Promises): void =>
  console.log(JSON.stringify(finish(stateOf(history, promises))));
