import { microsPerMilli as ms } from "../../base/units.ts";
import type { Bug } from "../../raft/bugs/bug.ts";
import { type ProfileName, profiles, type RaftOptions } from "../../raft/options.ts";
import type { ClientSettings, ServerSetup, Setup } from "../../world/state/setup.ts";
import { dice } from "./acts.ts";
import { variants, withSpares } from "./variants.ts";

export interface Wish {
  /** Its options, some of them changed at random; otherwise every variant has its turn. */
  readonly profile?: ProfileName;
  readonly bugs?: readonly Bug[];
}

/** Clients repeat what is not answered, or only wait; with sessions their history must have an order. */
const clientsBy = (roll: (max: number) => number): ClientSettings => ({
  sessions: true,
  repeatAfter: [0, 300, 300, 600][roll(4)]! * ms,
  givesUpAfter: 1500 * ms,
  sessionsMost: roll(3) === 0 ? 2 : 16,
});

const all = Object.values(variants);

/** What differs between schedules besides the faults: rules, size, network, disks. Seeds that follow each other differ most. */
export function setupFor(seed: number, { profile, bugs = [] }: Wish = {}): Setup {
  const roll = dice(seed + 0x5eed);
  const base = profile === undefined ? all[seed % all.length]! : changedAtRandom(profiles[profile], roll);
  const needs = Object.assign({}, ...bugs.map(({ needs }) => needs)) as Partial<RaftOptions>;
  const setup: Setup = {
    seed,
    raft: { ...base, ...smallMessages(base, roll), ...needs },
    bugs,
    groups: 1,
    servers: serversFor(seed, roll, bugs),
    mode: "automatic",
    clients: clientsBy(roll),
    link: {
      latencyMin: roll(5) * ms,
      latencyMax: (5 + roll(40)) * ms,
      loss: roll(3) * 40_000,
      duplicate: roll(3) * 40_000,
      bandwidth: null,
    },
    disk: { writeMin: 0, writeMax: roll(15) * ms },
  };
  return roll(2) === 0 ? withSpares(setup) : setup;
}

/** As the paper has it in all that the published specification speaks of, so that it can be the judge. */
export function setupInSpec(seed: number, bugs: readonly Bug[] = []): Setup {
  const setup = setupFor(seed, { bugs });
  const roll = dice(seed + 0x71a);
  const noOpOnElection = roll(2) === 0;
  const needs = Object.assign({}, ...bugs.map(({ needs }) => needs)) as Partial<RaftOptions>;
  const raft = { ...profiles.paper, noOpOnElection, maxEntriesPerMessage: 1 + roll(8), ...needs };
  return { ...setup, raft, servers: setup.servers.filter(({ member }) => member === undefined) };
}

/**
 * Few entries in a message: what a message loses then shows. A window in which hundreds of such messages are under way
 * makes storms where they overtake each other: every gap has the whole of it sent again (etcd is as it is here).
 */
const smallMessages = ({ maxInflightMessages }: RaftOptions, roll: (max: number) => number): Partial<RaftOptions> => ({
  maxEntriesPerMessage: 1 + roll(8),
  maxInflightMessages: Math.min(maxInflightMessages, [4, 8, 16][roll(3)]!),
});

function serversFor(seed: number, roll: (max: number) => number, bugs: readonly Bug[]): ServerSetup[] {
  const smallest = Math.max(0, ...bugs.map(({ servers }) => servers));
  const size =
    smallest === 0 ? [3, 5, 4, 3, 1, 2, 5, 7, 3, 6][Math.floor(seed / all.length) % 10]! : smallest + roll(2);
  return Array.from({ length: size }, (_, i) => ({ id: i + 1, term: 0, votedFor: 0, log: [], commit: 0 }));
}

/** Options that may be had or not, whatever the profile. */
function changedAtRandom(raft: RaftOptions, roll: (max: number) => number): RaftOptions {
  const one = <Value>(...values: readonly Value[]): Value => values[roll(values.length)]!;
  return {
    ...raft,
    preVote: one(raft.preVote, true, false),
    checkQuorum: one(raft.checkQuorum, true, false),
    asyncDisk: one(raft.asyncDisk, true, false),
    candidateWritesFirst: true,
    snapshotAfter: one(0, 10, 30),
    reads: one(raft.reads, "log", "safe"),
    noOpOnElection: one(raft.noOpOnElection, true),
    maxInflightMessages: one(1, 3, 16),
  };
}
