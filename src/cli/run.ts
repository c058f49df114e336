import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type GroupId, type Micros, microsPerMilli, type ServerId } from "../base/units.ts";
import { type Linearizability, linearizable } from "../check/linearizability/linearizable.ts";
import { operationText } from "../explain/messages.ts";
import { sentence } from "../explain/sentence.ts";
import { History } from "../history/history.ts";
import { membersOf } from "../raft/configuration.ts";
import { firstIndex, lastIndex, slice } from "../raft/log.ts";
import type { Server } from "../raft/types.ts";
import { readAddress } from "../scenario/address.ts";
import { parseRecording } from "../scenario/format.ts";
import { clientName, refName } from "../scenario/names.ts";
import { presets } from "../scenario/presets/index.ts";
import type { Recording } from "../scenario/recording.ts";
import { engineVersion } from "../scenario/version.ts";
import { operationsOf } from "../world/operations.ts";
import type { ClientOperation } from "../world/state/clients.ts";
import type { KvCommand } from "../world/state/commands.ts";
import type { Machine } from "../world/state/machine.ts";
import type { Packet } from "../world/state/messages.ts";
import type { World } from "../world/types.ts";
import { excuseOf, type Promises, promisesOf, promisesState } from "./promises.ts";
import { Usage } from "./usage.ts";

const printers = { state: printState, events: printEvents, history: printHistory } as const;
interface Args {
  readonly file: string;
  readonly until: Micros | null;
  readonly print: keyof typeof printers;
  readonly checks: boolean;
}

/** What the exit code says of the clients' history where nobody asked: only what breaks a promise. */
const unasked = (promises: Promises): Linearizability["verdict"] =>
  promises.history === "illegal" && excuseOf(promises) === null ? "illegal" : "ok";

/**
 * `run FILE [--until T] [--print state|events|history] [--check linearizable]`: 0, or 1 if an invariant broke or the
 * clients' history is illegal (promised or not where `--check` asks for it, else only where an order is promised), or 3
 * if the search that `--check` asked for ended without an answer.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { file, until, print, checks } = readArgs(args);
  const recording = await load(file);
  const history = new History(recording.setup, recording.actions, recording.end);
  if (until === null && momentPattern.test(file)) toItsMoment(history, recording);
  else history.advance(until ?? recording.end);
  const promises = promisesOf(history);
  printers[print](history, promises);
  const verdict = checks ? printVerdict(history, excuseOf(promises)) : unasked(promises);
  if (history.world.violation !== null || verdict === "illegal") return 1;
  return verdict === "ok" ? 0 : 3;
}

/** An address that names a moment is asked for that moment. */
const momentPattern = /^(?:https?:[^#]*#|#|preset:)[a-z][a-z0-9-]*@/;

function toItsMoment(history: History, { view }: Recording): void {
  history.seekWithin(view?.at ?? 0, view?.order ?? Number.POSITIVE_INFINITY);
  const { seen } = view ?? {};
  if (seen === undefined || history.hash().startsWith(seen.hash)) return;
  console.error(
    `This moment has another state here than its author saw (engine version ${seen.engine}; this is ${engineVersion}).`,
  );
}

function readArgs(args: readonly string[]): Args {
  const options = {
    until: { type: "string" },
    print: { type: "string", default: "state" },
    check: { type: "string" },
  } as const;
  const { values, positionals } = parse(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new Usage("run needs exactly one FILE");
  if (!Object.hasOwn(printers, values.print))
    throw new Usage(`--print ${values.print}: expected state, events or history`);
  if (values.check !== undefined && values.check !== "linearizable")
    throw new Usage(`--check ${values.check}: expected linearizable`);
  return {
    file,
    until: values.until === undefined ? null : readTime(values.until),
    print: values.print as keyof typeof printers,
    checks: values.check !== undefined,
  };
}

function parse<Parsed>(read: () => Parsed): Parsed {
  try {
    return read();
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error));
  }
}

function readTime(text: string): Micros {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(text) ?? [];
  if (digits === undefined) throw new Usage(`--until ${text}: expected a time such as 10s or 1500ms`);
  return Math.round(Number(digits) * (unit === "s" ? 1000 : 1) * microsPerMilli);
}

async function load(file: string): Promise<Recording> {
  const address = /^(?:https?:[^#]*)?#(.*)$/.exec(file)?.[1] ?? /^preset:.*$/.exec(file)?.[0];
  const read = address === undefined ? parseRecording(await readText(file)) : await readAddress(address, scenario);
  if (!read.ok) throw new Usage(`${file.slice(0, 80)}: ${read.problem.field}: ${read.problem.message}`);
  return "recording" in read.value ? read.value.recording : read.value;
}

const scenario = async (id: string): Promise<Recording | null> =>
  presets.find((preset) => preset.id === id)?.recording ?? null;

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new Usage(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

// ---- printing -----------------------------------------------------------------------------------------------

function printEvents(history: History): void {
  const stretch = 2000;
  const last = history.place.event;
  for (let first = 1; first <= last; first += stretch) {
    for (const fact of history.facts(first, Math.min(last, first + stretch - 1))) {
      const { text, section } = sentence(fact);
      const seconds = (fact.at / 1e6).toFixed(6).padStart(12);
      console.log(`${seconds} s  ${text}${section === "" ? "" : ` (${section})`}`);
    }
  }
}

/** What clients did, one JSON object a line, in the order of their calls. */
function printHistory({ world }: History): void {
  for (const operation of operationsOf(world)) console.log(JSON.stringify(operationState(operation)));
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

/** One JSON object on one line; the README documents it. */
function printState(history: History, promises: Promises): void {
  const { world } = history;
  const { groups } = world.setup;
  const state = {
    atMs: millis(world.now),
    hash: history.hash(),
    servers: serversState(world, 1),
    ...(groups > 1 ? { groups: groupsState(world) } : {}),
    messages: world.packets.map((packet) => messageState(packet, groups > 1)),
    violations: violations(world),
    promises: promisesState(history, promises),
    ...(world.outside === null ? {} : { outside: world.outside }),
  };
  console.log(JSON.stringify(state));
}

/** By their names, as they are in one group. */
const serversState = ({ machines }: World, group: GroupId) =>
  Object.fromEntries(
    machines
      .filter((machine) => machine?.group === group)
      .map((machine) => [name(machine.id), serverState(machine)] as const),
  );

/** "1", "2" …, each with its servers. */
const groupsState = (world: World) =>
  Object.fromEntries(
    Array.from({ length: world.setup.groups }, (_, i) => [i + 1, serversState(world, i + 1)] as const),
  );

const millis = (micros: Micros): number => micros / microsPerMilli;
const name = (id: ServerId): string => (id === 0 ? "C" : `S${id}`);
const nameOrNull = (id: ServerId): string | null => (id === 0 ? null : name(id));

function serverState({ status, raft, store }: Machine) {
  return {
    status,
    role: raft.role,
    term: raft.term,
    votedFor: nameOrNull(raft.votedFor),
    leader: nameOrNull(raft.leader),
    commitIndex: raft.commitIndex,
    lastApplied: raft.lastApplied,
    ...(raft.log.base > 0 ? { snapshot: { index: raft.log.base, term: raft.log.baseTerm } } : {}),
    log: slice(raft.log, firstIndex(raft.log), lastIndex(raft.log)).map(({ index, term, command }) => ({
      index,
      term,
      ...(command === null ? {} : { command: operationText((command as KvCommand).operation) }),
    })),
    ...(raft.role === "leader" ? leaderState(raft) : {}),
    kv: Object.fromEntries([...store.data].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function leaderState(raft: Server) {
  const followers = membersOf(raft.configuration).filter((id) => id !== raft.id && raft.progress[id] !== undefined);
  return {
    nextIndex: Object.fromEntries(followers.map((id) => [name(id), raft.progress[id]!.next])),
    matchIndex: Object.fromEntries(followers.map((id) => [name(id), raft.progress[id]!.match])),
  };
}

function messageState({ ref, group, payload, sentAt, arrivesAt, dueAt }: Packet, namesGroup: boolean) {
  return {
    ref: refName(ref),
    ...(namesGroup ? { group } : {}),
    type: payload.type,
    from: name(ref.from),
    to: name(ref.to),
    term: "term" in payload ? payload.term : 0,
    sentAtMs: millis(sentAt),
    ...(dueAt === null ? {} : { arrivesAtMs: millis(arrivesAt) }),
  };
}

const violations = ({ violation, now }: World) =>
  violation === null ? [] : [{ ...violation, server: name(violation.server), atMs: millis(now) }];
