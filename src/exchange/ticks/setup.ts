import type { LogIndex, ServerId, Term } from "../../base/units.ts";
import { type Configuration, votersOnly } from "../../raft/configuration.ts";
import { append, firstIndex, lastIndex, logAfter, prefixHash } from "../../raft/log.ts";
import { profiles, type RaftOptions, unlimited } from "../../raft/options.ts";
import { createServer } from "../../raft/server.ts";
import { emptySaved, type Node, startNode, textCommand } from "./node.ts";

/** A machine's options under the names of etcd/raft's Config; what is left out is as etcd has it. */
export interface Cfg {
  readonly electionTick?: number | undefined;
  readonly heartbeatTick?: number | undefined;
  readonly preVote?: boolean | undefined;
  readonly checkQuorum?: boolean | undefined;
  readonly readOnly?: "safe" | "lease" | undefined;
  readonly maxSizePerMsg?: number | undefined;
  readonly maxCommittedSizePerReady?: number | undefined;
  readonly maxUncommittedEntriesSize?: number | undefined;
  readonly maxInflightMsgs?: number | undefined;
  readonly maxInflightBytes?: number | undefined;
  readonly async?: boolean | undefined;
  readonly disableProposalForwarding?: boolean | undefined;
  readonly disableConfChangeValidation?: boolean | undefined;
  readonly stepDownOnRemoval?: boolean | undefined;
}
/** A machine, and what stands on its disk when it starts. */
export interface NodeSetup {
  readonly id: ServerId;
  readonly voters?: readonly ServerId[] | undefined;
  readonly outgoing?: readonly ServerId[] | undefined;
  readonly learners?: readonly ServerId[] | undefined;
  readonly snapIndex?: LogIndex | undefined;
  readonly snapTerm?: Term | undefined;
  readonly log?: readonly { readonly term: Term; readonly data?: string | undefined }[] | undefined;
  readonly term?: Term | undefined;
  readonly vote?: ServerId | undefined;
  readonly commit?: LogIndex | undefined;
  readonly applied?: LogIndex | undefined;
  readonly cfg?: Cfg | undefined;
}
/** What holds for every machine of a cluster, where its own set-up says nothing else. */
export interface Defaults {
  readonly cfg: Cfg;
  /** By server, in ticks. */
  readonly timeouts: Readonly<Record<string, number>>;
  readonly oldSnapshots: boolean;
}

export function newNode({ cfg, timeouts, oldSnapshots }: Defaults, setup: NodeSetup): Node {
  const options = optionsOf({ ...cfg, ...setup.cfg });
  const timeout = timeouts[setup.id] ?? options.electionTimeoutMin + (setup.id % options.electionTimeoutMin);
  const configuration = configurationOf(setup);
  const index = setup.snapIndex ?? 0;
  const log = logAfter(index, setup.snapTerm ?? 0, prefixHash(logAfter(0, 0, 0x5eed), 0));
  for (const { term, data } of setup.log ?? []) {
    append(log, { index: lastIndex(log) + 1, term, command: textCommand(data ?? ""), change: null });
  }
  const disk = {
    term: setup.term ?? 0,
    vote: setup.vote ?? 0,
    commit: setup.commit ?? index,
    log,
    saved: savedAt(log, configuration),
  };
  const stored = { term: 0, votedFor: 0, log, commitIndex: 0, configuration };
  const server = createServer(setup.id, stored, options, { now: 0, timeout, drawn: 0 });
  const node: Node = {
    id: setup.id,
    options,
    up: true,
    server,
    now: 0,
    timeout,
    disk,
    commands: [],
    applied: 0,
    configuration,
    reads: [],
    appendQueue: [],
    applyQueue: [],
    oldSnapshots,
  };
  startNode(node);
  if (setup.applied !== undefined) startAt(node, setup.applied);
  return node;
}

/** It starts with so many entries applied already. */
function startAt(node: Node, applied: LogIndex): void {
  const { server } = node;
  for (let index = firstIndex(server.log); index <= applied; index++) node.applied = index;
  server.lastApplied = Math.max(server.lastApplied, applied);
  server.applying = Math.max(server.applying, applied);
}

const configurationOf = ({ voters, outgoing, learners }: NodeSetup): Configuration => ({
  ...votersOnly(voters ?? []),
  outgoing: outgoing ?? [],
  learners: learners ?? [],
});

const savedAt = (log: Node["disk"]["log"], configuration: Configuration): Node["disk"]["saved"] => {
  const saved = emptySaved(configuration);
  return { ...saved, snapshot: { ...saved.snapshot, index: log.base, term: log.baseTerm, hash: log.baseHash } };
};

const limit = (value: number | undefined): number => (value === undefined || value === 0 ? unlimited : value);

function optionsOf(cfg: Cfg): RaftOptions {
  const electionTick = cfg.electionTick ?? 10;
  return {
    ...profiles.etcd,
    electionTimeoutMin: electionTick,
    electionTimeoutMax: 2 * electionTick - 1,
    heartbeatInterval: cfg.heartbeatTick ?? 1,
    preVote: cfg.preVote ?? false,
    checkQuorum: cfg.checkQuorum ?? false,
    reads: cfg.readOnly ?? "safe",
    maxBytesPerMessage: cfg.maxSizePerMsg ?? unlimited,
    maxApplyBytes: limit(cfg.maxCommittedSizePerReady),
    maxUncommittedBytes: limit(cfg.maxUncommittedEntriesSize),
    maxInflightMessages: cfg.maxInflightMsgs ?? 256,
    maxInflightBytes: limit(cfg.maxInflightBytes),
    asyncDisk: cfg.async ?? false,
    forwardProposals: !(cfg.disableProposalForwarding ?? false),
    validateChanges: !(cfg.disableConfChangeValidation ?? false),
    removedLeader: cfg.stepDownOnRemoval ? "stepsDown" : "stays",
  };
}
