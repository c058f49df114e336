import { describe, expect, test, vi } from "vitest";
import type { LogIndex, ServerId } from "../base/units.ts";
import { configurationText } from "../raft/configuration.ts";
import { appendEntries, appended, broken, entries, requestVote, vote } from "../raft/fixtures.ts";
import { knownHash, knownTerm, lastIndex, type RaftLog, termAt } from "../raft/log.ts";
import type { RaftOptions } from "../raft/options.ts";
import { majorityOf } from "../raft/quorum.ts";
import { type Rules, rules } from "../raft/rules.ts";
import { configurationAt } from "../raft/server.ts";
import type { RaftMessage, Role, Server } from "../raft/types.ts";
import type { Happening } from "../world/facts.ts";
import { elect, ms, setupOf } from "../world/fixtures.ts";
import type { Machine, Setup, World } from "../world/types.ts";
import { randomAct, stir, variants, watched, wildAct, withSpares } from "./fixtures.ts";

vi.setConfig({ testTimeout: 60_000 });

/**
 * What must hold besides the properties that are always watched: that promises are on disk before they are made, and
 * that a leader's picture of its followers is true. Too dear, or too close to the implementation, to watch for ever.
 */

const atMost = (a: number, b: number, what: string): string | null => (a <= b ? null : `${what}: ${a} > ${b}`);
const first = (...problems: readonly (string | null)[]): string | null =>
  problems.find((each) => each !== null) ?? null;

/** Figure 2: "updated on stable storage before responding". Looked at in the instant in which a message leaves. */
function promiseProblem({ machines, setup }: World, message: RaftMessage, from = message.from): string | null {
  const { disk, raft } = machines[from]!;
  const what = `term of a ${message.type} from S${message.from} before it is on disk`;
  const durable = atMost(message.term, disk.term, what);
  const honest = atMost(message.term, raft.term, `term of a ${message.type} beyond its sender's`);
  const sameTerm = disk.term === message.term;
  switch (message.type) {
    case "RequestVoteReply": {
      const broken = message.granted && sameTerm && disk.votedFor !== message.to;
      return first(durable, honest, broken ? `S${message.from} grants a vote that is not on its disk` : null);
    }
    case "AppendEntriesReply": {
      const stored = atMost(message.matchIndex, lastIndex(disk.log), "entries acknowledged before written");
      return first(durable, honest, stored);
    }
    // They name the term of an election that there may never be.
    case "PreVote":
      return atMost(message.term, raft.term + 1, "term of a PreVote beyond the next one");
    case "PreVoteReply":
      return message.granted ? null : first(durable, honest);
    default: {
      // D 10.2.1: what promises nothing may leave while the disk still writes.
      const { asyncDisk, candidateWritesFirst } = setup.raft;
      const overtakes = asyncDisk && !(message.type === "RequestVote" && candidateWritesFirst);
      return overtakes ? honest : first(durable, honest, requestProblem(machines[from]!, message));
    }
  }
}

function requestProblem(machine: Machine, message: RaftMessage): string | null {
  const { disk, id, raft } = machine;
  // A leader that was deposed while it wrote may not have written what it still sends; it counts nothing for it.
  if (message.type === "AppendEntries" && message.term === raft.term) return entriesProblem(machine, message.entries);
  const asks = message.type === "RequestVote" && disk.term === message.term;
  return asks && disk.votedFor !== id ? "asks before its own vote" : null;
}

function entriesProblem({ disk }: Machine, sent: readonly { index: number; term: number }[]): string | null {
  const missing = sent.find(({ index, term }) => {
    const own = knownTerm(disk.log, index);
    return index > lastIndex(disk.log) || (own !== null && own !== term);
  });
  return missing === undefined ? null : `entry ${missing.index} is sent before it is on the leader's disk`;
}

function stateProblem(world: World, { raft, disk, store }: Machine): string | null {
  const last = lastIndex(raft.log);
  const durable = raft.unstableFrom - 1;
  return first(
    atMost(raft.lastApplied, raft.applying, "applied what was never handed out"),
    atMost(raft.applying, raft.commitIndex, "handed out beyond the commit index"),
    atMost(raft.commitIndex, last, "committed beyond the log"),
    atMost(durable, last, "durable beyond the log"),
    atMost(raft.unstableFrom, raft.handedFrom, "durable before it was handed to the disk"),
    raft.incoming === null ? diskProblem(raft, disk.log, durable) : null,
    ...raft.writes.map(({ number }, i) =>
      number === raft.writesIssued - raft.writes.length + 1 + i ? null : `write ${number} is out of order`,
    ),
    termAt(raft.log, last) > raft.term ? "an entry of a term that has not come" : null,
    raft.applying === 0 && store.data.size > 0 ? "a state machine with contents that were never handed to it" : null,
    raft.role === "candidate" && termAt(raft.log, last) === raft.term ? "a candidate with an entry of its term" : null,
    raft.role === "leader" ? pictureProblem(world, raft) : null,
  );
}

function diskProblem({ log }: Server, disk: RaftLog, durable: LogIndex): string | null {
  if (durable > lastIndex(disk)) return `durable beyond the disk: ${durable} > ${lastIndex(disk)}`;
  return differ(log, disk, durable) ? "the disk differs" : null;
}

/** True if both logs know their prefix up to there, and it is not the same. */
function differ(a: RaftLog, b: RaftLog, index: LogIndex): boolean {
  const [own, other] = [knownHash(a, index), knownHash(b, index)];
  return own !== null && other !== null && own !== other;
}

/** A leader's nextIndex and matchIndex against what the followers' disks hold. */
function pictureProblem({ machines }: World, leader: Server): string | null {
  for (const [id, progress] of leader.progress.entries()) {
    if (progress === undefined) continue;
    const { disk, raft } = machines[id]!;
    const wrong = first(
      atMost(progress.match + 1, progress.next, `match of S${id} beyond next`),
      atMost(progress.next, lastIndex(leader.log) + 1, `next of S${id} beyond the log`),
      atMost(progress.outstanding, lastIndex(leader.log), `sent to S${id} more than there is`),
    );
    if (wrong !== null) return wrong;
    if (raft.term > leader.term) continue;
    if (progress.match > lastIndex(disk.log)) return `S${id} is believed to have entry ${progress.match}`;
    if (differ(disk.log, leader.log, progress.match))
      return `S${id} is believed to have the leader's entry ${progress.match}, and has another`;
  }
  return null;
}

/** §5.3, §6: what a leader commits is on the disks of a majority in that moment, of both halves if it is joint. */
function quorumProblem({ machines }: World, { log, commitIndex, configuration }: Server): string | null {
  const holds = (id: ServerId): boolean => {
    const { disk } = machines[id]!;
    return lastIndex(disk.log) >= commitIndex && !differ(disk.log, log, commitIndex);
  };
  const { voters, outgoing } = configuration;
  const halves = outgoing.length === 0 ? [voters] : [voters, outgoing];
  const what = `disks that must hold entry ${commitIndex}`;
  return first(...halves.map((half) => atMost(majorityOf(half.length), half.filter(holds).length, what)));
}

const permitted: Readonly<Record<Role, readonly Role[]>> = {
  follower: ["follower", "preCandidate", "candidate"],
  preCandidate: ["follower", "preCandidate", "candidate"],
  candidate: ["follower", "preCandidate", "candidate", "leader"],
  leader: ["follower", "leader"],
};
/** A lone server's vote is a majority: it becomes candidate and leader in two steps like everybody else. */
interface Last {
  readonly role: Role;
  readonly commitIndex: number;
  readonly restarts: number;
}

function transitionProblem(world: World, machine: Machine, before: Last): string | null {
  const { raft, restarts } = machine;
  if (restarts !== before.restarts) return null;
  if (!permitted[before.role].includes(raft.role)) return `${before.role} became ${raft.role}`;
  return raft.role === "leader" && raft.commitIndex > before.commitIndex ? quorumProblem(world, raft) : null;
}

/** A state machine is a function of what was applied: equal contents at equal places, on every server, after every step. */
function contents() {
  const digests = new Map<LogIndex, number>();
  const last = new Map<ServerId, string>();
  return ({ id, restarts, raft: { lastApplied }, store: { digest } }: Machine): string | null => {
    const before = last.get(id);
    last.set(id, `${restarts} ${lastApplied}`);
    // Where a step does not raise lastApplied the store may be ahead of it.
    if (before === `${restarts} ${lastApplied}` || !before?.startsWith(`${restarts} `)) return null;
    const known = digests.get(lastApplied);
    if (known === undefined) digests.set(lastApplied, digest);
    return known === undefined || known === digest
      ? null
      : `S${id} has another state at ${lastApplied} than others had`;
  };
}

/** §6, D §4.1: the configuration is what the log says, up to its end or up to what is applied. */
function configurationProblem(options: RaftOptions, { id, raft }: Machine): string | null {
  const { log, baseConfiguration, configuration } = raft;
  const at = (index: LogIndex): string =>
    configurationText(configurationAt({ configuration: baseConfiguration, log }, index).configuration);
  const own = configurationText(configuration);
  const from = options.configurationFrom === "append" ? lastIndex(log) : Math.max(raft.lastApplied, log.base);
  const to = options.configurationFrom === "append" ? from : Math.max(raft.applying, log.base);
  for (let index = from; index <= to; index++) if (at(index) === own) return null;
  return `S${id} uses the configuration ${own}, its log says ${at(from)}`;
}

/** §8: a read gives what was written before it was asked for, or something newer; and reads do not go back. */
function reads() {
  /** places[`key=value`]: where it was written; done[key], floors[request]: what must at least be seen. */
  const places = new Map<string, LogIndex>();
  const done = new Map<string, LogIndex>();
  const floors = new Map<number, LogIndex>();
  const excused = new Set<number>();
  return (told: Happening, world: World): string | null => {
    if (told.kind === "sent" && told.payload.type === "ClientReply" && answersBlindly(world, told.payload.from))
      excused.add(told.payload.request);
    if (told.kind === "stateApplied" && told.operation?.op === "put") {
      const what = `${told.operation.key}=${told.operation.value}`;
      places.set(what, Math.max(told.index, places.get(what) ?? 0));
    }
    if (told.kind === "requestAsked" && "key" in told.operation)
      floors.set(told.request, done.get(told.operation.key) ?? 0);
    if (told.kind !== "requestAnswered" || !("key" in told.operation)) return null;
    const { operation, value, request } = told;
    const seen = operation.op === "put" ? operation.value : value;
    const place = seen === null ? 0 : (places.get(`${operation.key}=${seen}`) ?? 0);
    const floor = floors.get(request)!;
    done.set(operation.key, Math.max(place, done.get(operation.key) ?? 0));
    return operation.op === "get" && place < floor && !excused.has(request)
      ? `request ${request} read the state of entry ${place}, not of ${floor}`
      : null;
  };
}

/** etcd's removed leader that stays, and takes the last voter for itself: a danger that is known, see rule `readAlone`. */
function answersBlindly({ machines, setup }: World, server: ServerId): boolean {
  const { role, configuration } = machines[server]!.raft;
  const alone = configuration.voters.length === 1 && configuration.voters[0] !== server;
  return role === "leader" && alone && setup.raft.removedLeader === "stays";
}

interface Story {
  readonly setup: Setup;
  readonly by?: Rules;
  readonly nextAct?: typeof randomAct;
}

/** Random faults under those checks, too; what was wrong, null if nothing. */
function problemIn(seed: number, { setup, by = rules, nextAct = randomAct }: Story): string | null {
  let problem: string | null = null;
  const last = new Map<ServerId, Last>();
  const storeProblem = contents();
  const readProblem = reads();
  const it = watched(setup, by, {
    tell(happening: Happening, world: World) {
      problem ??= readProblem(happening, world);
      if (happening.kind !== "sent" || happening.ref.from === 0 || !("term" in happening.payload)) return;
      problem ??= promiseProblem(world, happening.payload, happening.ref.from);
    },
    watch(world: World, machine: Machine) {
      const { id, raft, restarts } = machine;
      const before = last.get(id) ?? { role: "follower", commitIndex: 0, restarts };
      problem ??= stateProblem(world, machine) ?? transitionProblem(world, machine, before);
      problem ??= storeProblem(machine) ?? configurationProblem(setup.raft, machine);
      last.set(id, { role: raft.role, commitIndex: raft.commitIndex, restarts });
    },
  });
  stir(it, seed, 4000 * ms, () => problem === null, nextAct);
  return problem ?? it.world.violation?.detail ?? it.world.stopped;
}

const rough = (seed: number, servers: number): Setup =>
  setupOf({
    seed,
    servers,
    link: { latencyMin: 1 * ms, loss: 40_000, duplicate: 80_000 },
    disk: { writeMin: 0, writeMax: 12 * ms },
  });

const runsEach = 60;
const problemsOf = (problemOf: (seed: number) => string | null, runs: number) =>
  Array.from({ length: runs }, (_, seed) => ({ seed, problem: problemOf(seed) })).filter(
    ({ problem }) => problem !== null,
  );

test("promises are on disk, pictures are true, roles change as they may, in many random runs", () => {
  expect(problemsOf((seed) => problemIn(seed, { setup: rough(seed, 1 + (seed % 6)) }), 120)).toEqual([]);
});

describe("and whatever the rules, with operators at work", () => {
  for (const [name, raft] of Object.entries(variants)) {
    test(name, () => {
      const setup = (seed: number) => withSpares({ ...rough(seed, 1 + (seed % 5)), raft });
      expect(problemsOf((seed) => problemIn(seed, { setup: setup(seed), nextAct: wildAct }), runsEach)).toEqual([]);
    });
  }
});

test("the pictures can be false: a leader that commits what it has alone", () => {
  const alone = broken({ commitQuorum: ({ unstableFrom }) => unstableFrom - 1 });
  const problems = Array.from({ length: 12 }, (_, seed) =>
    problemIn(seed, { setup: rough(seed, 1 + (seed % 6)), by: alone }),
  );
  expect(problems.filter((problem) => problem?.startsWith("disks that must hold entry")).length).toBeGreaterThan(4);
});

test("the pictures can be false: a leader that believes more than was answered", () => {
  const hopeful = broken({ matchAfterSuccess: ({ match }, { matchIndex }) => Math.max(match, matchIndex + 1) });
  expect(problemIn(2, { setup: rough(2, 3), by: hopeful })).toMatch(/is believed to have|beyond/);
});

test("promises can be broken", () => {
  const it = elect(watched(setupOf()), 1);
  const promise = (message: RaftMessage) => promiseProblem(it.world, message);
  expect(promise(requestVote({ from: 2, term: 2 }))).toContain("before it is on disk");
  expect(promise(requestVote({ from: 2, term: 1 }))).toBe("asks before its own vote");
  expect(promise(vote({ from: 2, to: 3 }))).toContain("grants a vote that is not on its disk");
  expect(promise(appended({ from: 2, to: 1, matchIndex: 1 }))).toContain("acknowledged before written");
  expect(promise(appendEntries({ from: 1, to: 2, entries: entries(1, 1) }))).toContain("before it is on the leader's");
  expect(promise(vote({ from: 2, to: 1 }))).toBeNull();
});
