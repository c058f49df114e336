import type { ServerId, Term } from "../base/units.ts";
import { who } from "../explain/words.ts";
import type { Decision, DecisionKind } from "../raft/decisions.ts";
import { knownTerm, lastIndex, lastTerm } from "../raft/log.ts";
import { rulesWith } from "../raft/rules/broken.ts";
import { copyServer } from "../raft/server.ts";
import { step } from "../raft/step.ts";
import type { AppendEntries, PreVote, RaftMessage, RequestVote, Server } from "../raft/types.ts";
import { localTime } from "../world/clock.ts";
import type { Machine } from "../world/state/machine.ts";
import type { World } from "../world/types.ts";

/**
 * What would have led to something else: one thing is changed, in the message or in the server, and the engine is asked
 * again. Nothing is claimed that it did not do.
 */

/** A server right before it took a message. */
export interface Asked {
  readonly world: World;
  readonly machine: Machine;
  readonly message: RaftMessage;
  /** When it took it. */
  readonly at: number;
}

interface Change {
  /** After "if": "S1's last entry were of term 2 or later". */
  readonly says: string;
  readonly message?: Partial<RaftMessage>;
  readonly server?: Partial<Pick<Server, "votedFor" | "leader" | "role" | "leaderHeardAt" | "timerSince">>;
}

/** What a server decides on a message that it takes as its first input of the event. */
function decisionsOn({ world, machine, message, at }: Asked, change: Omit<Change, "says"> = {}): Decision[] {
  const server = Object.assign(copyServer(machine.raft), change.server ?? {});
  const decisions: Decision[] = [];
  const env = {
    options: machine.options,
    rules: rulesWith(world.setup.bugs),
    now: localTime(machine.clock, at),
    drawnTimeout: server.timeout,
    snapshot: null,
    decide: (decision: Decision) => decisions.push(decision),
  };
  step(server, { kind: "message", message: { ...message, ...change.message } as RaftMessage }, env);
  return decisions;
}

const refusals: ReadonlySet<DecisionKind> = new Set([
  "voteRefusedOldTerm",
  "voteRefusedVoted",
  "voteRefusedLogTerm",
  "voteRefusedLogLength",
  "voteIgnoredLease",
]);
const appendRefusals: ReadonlySet<DecisionKind> = new Set([
  "appendRefusedMissing",
  "appendRefusedConflict",
  "appendRefusedOldLeader",
]);

interface Flip {
  /** "S3 would have voted for S1". */
  readonly result: string;
  readonly flipped: (kinds: ReadonlySet<DecisionKind>) => boolean;
  /** The smallest first. */
  readonly changes: readonly Change[];
}

/** "S3 would have voted for S1 if S1's last entry were of term 2 or later."; null: no single change, nor any two, do it. */
export function whatIf(asked: Asked, decision: Decision): string | null {
  const flip = flipOf(asked, decision);
  if (flip === null) return null;
  const does = (change: Omit<Change, "says">): boolean =>
    flip.flipped(new Set(decisionsOn(asked, change).map(({ kind }) => kind)));
  const one = flip.changes.find(does);
  if (one !== undefined) return `${flip.result} if ${one.says}.`;
  for (const [i, first] of flip.changes.entries()) {
    for (const second of flip.changes.slice(i + 1)) {
      const both = {
        message: { ...first.message, ...second.message } as Partial<RaftMessage>,
        server: { ...first.server, ...second.server },
      };
      if (does(both)) return `${flip.result} if ${first.says} and ${second.says}.`;
    }
  }
  return null;
}

function flipOf(asked: Asked, decision: Decision): Flip | null {
  const { message } = asked;
  const server = who(decision.server);
  if (message.type === "RequestVote" || message.type === "PreVote") {
    const to = who(message.from);
    const votes = message.type === "PreVote" ? "promised to vote" : "voted";
    if (refusals.has(decision.kind)) {
      const changes = towardsVote(asked, message);
      return {
        result: `${server} would have ${votes} for ${to}`,
        flipped: (kinds) => kinds.has("voteGranted"),
        changes,
      };
    }
    if (decision.kind !== "voteGranted") return null;
    const changes = againstVote(asked, message);
    return { result: `${server} would have refused`, flipped: (kinds) => !kinds.has("voteGranted"), changes };
  }
  if (decision.kind === "termAdopted") {
    const says = `the ${message.type} were of term ${decision.oldTerm} or earlier`;
    const changes = [{ says, message: { term: decision.oldTerm } }];
    return {
      result: `${server} would have stayed in term ${decision.oldTerm}`,
      flipped: (kinds) => !kinds.has("termAdopted"),
      changes,
    };
  }
  if (message.type !== "AppendEntries") return null;
  if (appendRefusals.has(decision.kind)) {
    const flipped = (kinds: ReadonlySet<DecisionKind>): boolean =>
      [...appendRefusals].every((kind) => !kinds.has(kind));
    return { result: `${server} would have accepted it`, flipped, changes: towardsAppend(asked, message) };
  }
  if (decision.kind !== "appendAccepted" || message.prevLogIndex === 0) return null;
  const says = `the leader's entry ${message.prevLogIndex} were of another term than ${message.prevLogTerm}`;
  return {
    result: `${server} would have refused`,
    flipped: (kinds) => kinds.has("appendRefusedConflict"),
    changes: [{ says, message: { prevLogTerm: message.prevLogTerm + 1 } as Partial<AppendEntries> }],
  };
}

const ownTerm = ({ raft }: Machine, message: RaftMessage): Term => Math.max(raft.term, message.term);

function towardsVote({ machine, at }: Asked, request: RequestVote | PreVote): Change[] {
  const { raft, clock, options } = machine;
  const { log } = raft;
  const candidate = who(request.from);
  const last = { term: lastTerm(log), index: lastIndex(log) };
  const longAgo = localTime(clock, at) - options.electionTimeoutMin;
  const ofTerm = (term: Term): Change => ({
    says: `${candidate}'s last entry were of term ${term} or later`,
    message: { lastLogTerm: term } as Partial<RequestVote>,
  });
  return [
    ofTerm(last.term),
    ofTerm(last.term + 1),
    {
      says: `${candidate}'s log had ${last.index === 1 ? "1 entry" : `${last.index} entries`} or more`,
      message: { lastLogIndex: last.index } as Partial<RequestVote>,
    },
    { says: `it had not voted in term ${ownTerm(machine, request)} yet`, server: { votedFor: 0 } },
    { says: "it knew no leader of that term", server: { leader: 0 } },
    {
      says: `it had heard from no leader for ${options.electionTimeoutMin / 1000} ms`,
      server: { leaderHeardAt: longAgo, timerSince: longAgo },
    },
    { says: `the request were of term ${raft.term}`, message: { term: raft.term } },
    { says: `the request were of term ${raft.term + 1} or later`, message: { term: raft.term + 1 } },
  ];
}

function againstVote({ machine }: Asked, request: RequestVote | PreVote): Change[] {
  const { raft } = machine;
  const { log } = raft;
  const candidate = who(request.from);
  const last = { term: lastTerm(log), index: lastIndex(log) };
  const another = machine.id === 1 ? 2 : 1;
  const other: ServerId = another === request.from ? 3 : another;
  return [
    ...(last.index === 0
      ? []
      : [
          {
            says: `${candidate}'s log were shorter than its own`,
            message: { lastLogIndex: last.index - 1 } as Partial<RequestVote>,
          },
          {
            says: `${candidate}'s last entry were of a term before ${last.term}`,
            message: { lastLogTerm: last.term - 1 } as Partial<RequestVote>,
          },
        ]),
    { says: `it had voted for somebody else in term ${request.term}`, server: { votedFor: other } },
    { says: `it had been in a term after ${request.term}`, message: { term: raft.term - 1 } },
  ];
}

function towardsAppend({ machine }: Asked, request: AppendEntries): Change[] {
  const { log, term } = machine.raft;
  const { prevLogIndex: index } = request;
  const own = knownTerm(log, index);
  const end = lastIndex(log);
  const at = (prevLogIndex: number, prevLogTerm: Term): Partial<AppendEntries> => ({
    prevLogIndex,
    prevLogTerm,
    entries: [],
  });
  return [
    { says: `the request were of term ${term}`, message: { term } },
    ...(own === null
      ? []
      : [{ says: `the leader's entry ${index} were of term ${own}, as its own is`, message: at(index, own) }]),
    {
      says:
        end === 0
          ? "the request began at the start of the log"
          : `the request began right after its own last entry, ${end} of term ${lastTerm(log)}`,
      message: at(end, lastTerm(log)),
    },
  ];
}
