import type { Bug } from "../../raft/bugs/bug.ts";
import { type BugName, bugOf } from "../../raft/bugs/index.ts";
import { profiles } from "../../raft/options.ts";
import type { RuleName } from "../../raft/rules/index.ts";
import { defaultClients } from "../../world/limits.ts";
import type { ServerSetup, Setup } from "../../world/state/setup.ts";
import type { MoveKind, Repertoire } from "./moves.ts";

/** Coarse steps in which a rule is asked, besides elections, writes and replication: a search for what follows from breaking it takes them from the start. */
const steps: { readonly [Name in RuleName]?: readonly MoveKind[] } = {
  changeRefused: ["members"],
  changesApplied: ["members"],
  removedTakesNothing: ["members"],
  snapshotIsNews: ["compact"],
  snapshotKeepsLog: ["compact"],
  snapshotIncludesServer: ["compact", "members"],
  transferHoldsProposals: ["transfer"],
  mayReceiveLeadership: ["transfer"],
  readAlone: ["read"],
  readNeedsOwnCommit: ["read"],
  readNeedsLeader: ["read"],
  roundConfirmed: ["read"],
  snapshotUpTo: ["compact"],
  discardsUpTo: ["compact"],
  snapshotConfiguration: ["compact", "members"],
  snapshotCarriesSessions: ["compact"],
  jointNeeded: ["members"],
  pendingAtElection: ["members"],
  leavesJoint: ["members"],
  durableState: ["restart"],
  promisesWait: ["torn", "restart"],
  transfereeReady: ["transfer"],
  transferEnds: ["transfer"],
};

const basic: readonly MoveKind[] = ["elect", "write", "replicate"];

const isJointBug = ({ name }: Bug): boolean => name.includes("joint");

function special(bugs: readonly Bug[]): readonly MoveKind[] {
  const rules = bugs.flatMap(({ replaces }) => Object.keys(replaces) as RuleName[]);
  const kinds = rules.flatMap((rule) => steps[rule] ?? []);
  return [...new Set([...kinds, ...(bugs.some(isJointBug) ? (["members"] as const) : [])])];
}

/** Which coarse steps each way of searching takes, by what the set-up's bugs are about. */
export function repertoires({ bugs }: Setup): Readonly<Record<"plain" | "lossy" | "late" | "random", Repertoire>> {
  const more = special(bugs);
  // Changes of membership are entries, too: without commands beside them a search gets further.
  const kinds = [...basic.filter((kind) => kind !== "write" || !more.includes("members")), ...more];
  const joint = bugs.some(isJointBug);
  const wide: readonly MoveKind[] = [...new Set<MoveKind>([...basic, ...kinds, "restart", "torn"])];
  return {
    plain: { kinds, lost: false, late: false, joint },
    lossy: { kinds: wide, lost: true, late: false, joint },
    late: { kinds, lost: false, late: true, joint },
    random: { kinds: [...new Set<MoveKind>([...wide, "compact", "transfer"])], lost: true, late: true, joint },
  };
}

const learnersFor: { readonly [Name in BugName]?: number } = { "count-learners": 2, "learner-campaigns": 1 };

/** With one learner, a majority of all has a majority of three voters in it. */
const smallestFor = (name: BugName): number => (name === "count-learners" ? 5 : bugOf(name).servers);

/** The smallest cluster that shows what a bug does, in a network in which somebody decides about every message. */
export function setupForBug(name: BugName, servers = smallestFor(name)): Setup {
  const learners = learnersFor[name] ?? 0;
  const server = (id: number): ServerSetup => {
    const rest = { id, term: 0, votedFor: 0, log: [], commit: 0 };
    return id > servers - learners ? { ...rest, member: "learner" } : rest;
  };
  return {
    seed: 1,
    raft: { ...profiles.paper, ...bugOf(name).needs },
    bugs: [bugOf(name)],
    groups: 1,
    servers: Array.from({ length: servers }, (_, i) => server(i + 1)),
    mode: "manual",
    clients: defaultClients,
    link: { latencyMin: 10_000, latencyMax: 10_000, loss: 0, duplicate: 0, bandwidth: null },
    disk: { writeMin: 1000, writeMax: 1000 },
  };
}
