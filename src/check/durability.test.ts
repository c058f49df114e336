import { expect, test, vi } from "vitest";
import type { LogIndex, ServerId } from "../base/units.ts";
import { appendEntries, appended, broken, entries, requestVote, vote } from "../raft/fixtures.ts";
import { knownHash, lastIndex, type RaftLog, termAt } from "../raft/log.ts";
import { majorityOf } from "../raft/quorum.ts";
import { rules } from "../raft/rules.ts";
import type { RaftMessage, Role, Server } from "../raft/types.ts";
import type { Happening } from "../world/facts.ts";
import { elect, ms, setupOf } from "../world/fixtures.ts";
import type { Machine, World } from "../world/types.ts";
import { stir, watched } from "./fixtures.ts";

vi.setConfig({ testTimeout: 60_000 });

/**
 * What must hold besides the properties that are always watched: that promises are on disk before they are made, and
 * that a leader's picture of its followers is true. Too dear, or too close to the implementation, to watch for ever.
 */

const atMost = (a: number, b: number, what: string): string | null => (a <= b ? null : `${what}: ${a} > ${b}`);
const first = (...problems: readonly (string | null)[]): string | null =>
  problems.find((each) => each !== null) ?? null;

/** Figure 2: "updated on stable storage before responding". Looked at in the instant in which a message leaves. */
function promiseProblem({ machines, setup }: World, message: RaftMessage): string | null {
  const { disk, raft } = machines[message.from]!;
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
    case "PreVoteReply":
      return atMost(message.term, raft.term + 1, `term of a ${message.type} beyond the next one`);
    default:
      // D 10.2.1: what promises nothing may leave while the disk still writes.
      return setup.raft.asyncDisk ? honest : first(durable, honest, requestProblem(machines[message.from]!, message));
  }
}

function requestProblem(machine: Machine, message: RaftMessage): string | null {
  const { disk, id } = machine;
  if (message.type === "AppendEntries") return entriesProblem(machine, message.entries);
  const asks = message.type === "RequestVote" && disk.term === message.term;
  return asks && disk.votedFor !== id ? "asks before its own vote" : null;
}

function entriesProblem({ disk }: Machine, sent: readonly { index: number; term: number }[]): string | null {
  const missing = sent.find(({ index, term }) => index > lastIndex(disk.log) || termAt(disk.log, index) !== term);
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

/** Random faults under those checks, too; what was wrong, null if nothing. */
function problemIn(seed: number, by = rules): string | null {
  let problem: string | null = null;
  const last = new Map<ServerId, Last>();
  const it = watched(
    setupOf({
      seed,
      servers: 1 + (seed % 6),
      link: { latencyMin: 1 * ms, loss: 40_000, duplicate: 80_000 },
      disk: { writeMin: 0, writeMax: 12 * ms },
    }),
    by,
    {
      tell(happening: Happening, world: World) {
        if (happening.kind !== "sent" || !("term" in happening.payload)) return;
        problem ??= promiseProblem(world, happening.payload);
      },
      watch(world: World, machine: Machine) {
        const { id, raft, restarts } = machine;
        const before = last.get(id) ?? { role: "follower", commitIndex: 0, restarts };
        problem ??= stateProblem(world, machine) ?? transitionProblem(world, machine, before);
        last.set(id, { role: raft.role, commitIndex: raft.commitIndex, restarts });
      },
    },
  );
  stir(it, seed, 4000 * ms, () => problem === null);
  return problem ?? it.world.violation?.detail ?? it.world.stopped;
}

test("promises are on disk, pictures are true, roles change as they may, in many random runs", () => {
  const problems = Array.from({ length: 120 }, (_, seed) => ({ seed, problem: problemIn(seed) }));
  expect(problems.filter(({ problem }) => problem !== null)).toEqual([]);
});

test("the pictures can be false: a leader that commits what it has alone", () => {
  const alone = broken({ commitQuorum: ({ unstableFrom }) => unstableFrom - 1 });
  const problems = Array.from({ length: 12 }, (_, seed) => problemIn(seed, alone));
  expect(problems.filter((problem) => problem?.startsWith("disks that must hold entry")).length).toBeGreaterThan(4);
});

test("the pictures can be false: a leader that believes more than was answered", () => {
  const hopeful = broken({ matchAfterSuccess: ({ match }, { matchIndex }) => Math.max(match, matchIndex + 1) });
  expect(problemIn(2, hopeful)).toMatch(/is believed to have|beyond/);
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
