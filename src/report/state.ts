import { type GroupId, type Micros, microsPerMilli, type ServerId } from "../base/units.ts";
import { operationText } from "../explain/messages.ts";
import { sentence } from "../explain/sentence.ts";
import type { History } from "../history/history.ts";
import type { Work } from "../history/work.ts";
import { type Configuration, membersOf } from "../raft/configuration.ts";
import type { Entry } from "../raft/entry.ts";
import { firstIndex, lastIndex, slice } from "../raft/log.ts";
import type { Progress } from "../raft/progress.ts";
import type { Server } from "../raft/types.ts";
import { refName } from "../scenario/names.ts";
import type { Fact } from "../world/facts.ts";
import type { KvCommand } from "../world/state/commands.ts";
import type { Machine } from "../world/state/machine.ts";
import type { Packet } from "../world/state/messages.ts";
import type { World } from "../world/types.ts";
import { readingAll } from "./events.ts";
import { type Promises, promisesState } from "./promises.ts";

/** The state of a run as one JSON-safe object; the README documents it. */

export const millis = (micros: Micros): number => micros / microsPerMilli;
export const name = (id: ServerId): string => (id === 0 ? "C" : `S${id}`);
const names = (ids: readonly ServerId[]): readonly string[] => ids.map(name);
export const nameOrNull = (id: ServerId): string | null => (id === 0 ? null : name(id));

export type RunState = ReturnType<typeof stateFrom>;

export function* stateOf(history: History, promises: Promises): Work<RunState> {
  return stateFrom(history, promises, yield* refusals(history));
}

function stateFrom(history: History, promises: Promises, refused: readonly Refusal[]) {
  const { world } = history;
  const { groups } = world.setup;
  return {
    atMs: millis(world.now),
    hash: history.hash(),
    servers: serversState(world, 1),
    ...(groups > 1 ? { groups: groupsState(world) } : {}),
    messages: world.packets.map((packet) => messageState(packet, groups > 1)),
    refused,
    violations: violations(world),
    promises: promisesState(history, promises),
    ...(world.outside === null ? {} : { outside: world.outside }),
  };
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

/** A server that is down plays no role, and knows no leader. */
function serverState({ status, raft, store }: Machine) {
  const isDown = status === "down";
  return {
    status,
    ...(isDown ? {} : { role: raft.role }),
    term: raft.term,
    votedFor: nameOrNull(raft.votedFor),
    ...(isDown ? {} : { leader: nameOrNull(raft.leader) }),
    commitIndex: raft.commitIndex,
    lastApplied: raft.lastApplied,
    configuration: configurationState(raft.configuration),
    ...(raft.log.base > 0 ? { snapshot: { index: raft.log.base, term: raft.log.baseTerm } } : {}),
    log: slice(raft.log, firstIndex(raft.log), lastIndex(raft.log)).map(entryState),
    ...(!isDown && raft.role === "leader" ? leaderState(raft) : {}),
    kv: Object.fromEntries([...store.data].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** `outgoing` and `learnersNext` while two configurations are joined. */
function configurationState({ voters, learners, outgoing, learnersNext }: Configuration) {
  const joint = { outgoing: names(outgoing), learnersNext: names(learnersNext) };
  return { voters: names(voters), learners: names(learners), ...(outgoing.length === 0 ? {} : joint) };
}

/** A command, a change of the configuration in the form of a recording's, or a no-op. */
function entryState({ index, term, command, change }: Entry) {
  const place = { index, term };
  if (command !== null) return { ...place, command: operationText((command as KvCommand).operation) };
  if (change === null) return { ...place, noOp: true };
  return { ...place, config: change.changes.map(({ type, server }) => [type, name(server)] as const) };
}

function leaderState({ id: own, configuration, progress }: Server) {
  const followers = membersOf(configuration).flatMap((id) => {
    const each = progress[id];
    return id === own || each === undefined ? [] : [[name(id), each] as const];
  });
  const of = <Value>(value: (each: Progress) => Value) =>
    Object.fromEntries(followers.map(([id, each]) => [id, value(each)]));
  return {
    nextIndex: of(({ next }) => next),
    matchIndex: of(({ match }) => match),
    progress: of(({ state, paused, inflight, pendingSnapshot }) => ({
      state,
      paused,
      inflight: inflight.length,
      ...(state === "snapshot" ? { pendingSnapshot } : {}),
    })),
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

// ---- what came to nothing -----------------------------------------------------------------------------------

/** Decisions by which a server refuses what an act has asked of it. */
const refusing: ReadonlySet<string> = new Set([
  "changeRefused",
  "transferRefused",
  "campaignRefused",
  "forgettingRefused",
]);

function isRefusal(fact: Fact): boolean {
  if (fact.kind === "acted") return fact.ignored !== null && fact.by === undefined;
  return fact.kind === "decided" && refusing.has(fact.decision.kind);
}

interface Refusal {
  readonly atMs: number;
  readonly text: string;
}

/** Acts of the recording that did nothing, and what servers refused: when, and the sentence that says why. */
function* refusals(history: History): Work<readonly Refusal[]> {
  const found: Refusal[] = [];
  yield* readingAll(history, (fact) => {
    if (isRefusal(fact)) found.push({ atMs: millis(fact.at), text: sentence(fact).text });
  });
  return found;
}
