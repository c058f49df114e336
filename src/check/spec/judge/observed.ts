import type { LogIndex, ServerId, Term } from "../../../base/units.ts";
import { copyLog, entryAt, lastIndex, prefixHash, type RaftLog } from "../../../raft/log.ts";
import type { Progress } from "../../../raft/progress.ts";
import type { Server } from "../../../raft/types.ts";
import { name, type SpecEntry } from "../entry.ts";
import type { SpecServer } from "../state.ts";
import { specEntry } from "./mapping.ts";

/** What the specification knows of a server, as the run has it. */
export interface Observed {
  readonly term: Term;
  readonly votedFor: ServerId;
  readonly state: SpecServer["state"];
  readonly log: RaftLog;
  readonly commitIndex: LogIndex;
  /** Of a candidate, by id. */
  readonly votes: readonly (boolean | undefined)[] | null;
  /** Of a leader, by id. */
  readonly progress: readonly (Pick<Progress, "next" | "match"> | undefined)[] | null;
}

const states = { follower: "Follower", preCandidate: "Follower", candidate: "Candidate", leader: "Leader" } as const;

export function observe({ term, votedFor, role, log, commitIndex, votes, progress }: Server): Observed {
  return {
    term,
    votedFor,
    state: states[role],
    log: copyLog(log),
    commitIndex,
    votes: role === "candidate" ? votes.slice() : null,
    progress: role === "leader" ? progress.map((p) => p && { next: p.next, match: p.match }) : null,
  };
}

/** In sentences, what the run has otherwise than the specification. Votes are looked at of candidates, indices of leaders. */
export function differences(i: ServerId, spec: SpecServer, run: Observed): readonly string[] {
  const found: string[] = [];
  const compare = (variable: string, inSpec: string | number, inRun: string | number): void => {
    if (inSpec !== inRun) found.push(`${variable} is ${inRun} in the run, ${inSpec} in the specification`);
  };
  const own = (variable: string): string => `${variable}[${name(i)}]`;
  compare(own("currentTerm"), spec.currentTerm, run.term);
  compare(own("state"), spec.state, run.state);
  compare(own("votedFor"), nameOrNil(spec.votedFor), nameOrNil(run.votedFor));
  if (!sameLog(spec.log, run.log))
    found.push(`${own("log")} is ${logText(entriesOf(run.log))} in the run, ${logText(spec.log)} in the specification`);
  compare(own("commitIndex"), spec.commitIndex, run.commitIndex);
  if (run.votes !== null) {
    const { votes } = run;
    compare(own("votesResponded"), setText(spec.votesResponded), setText(voters(votes, (vote) => vote !== undefined)));
    compare(own("votesGranted"), setText(spec.votesGranted), setText(voters(votes, (vote) => vote === true)));
  }
  run.progress?.forEach((progress, j) => {
    if (progress === undefined || j === i) return;
    compare(`${own("nextIndex")}[${name(j)}]`, spec.nextIndex[j]!, progress.next);
    compare(`${own("matchIndex")}[${name(j)}]`, spec.matchIndex[j]!, progress.match);
  });
  return found;
}

/** What a server must find again after a crash, as its disk has it. */
export function durableDifferences(
  i: ServerId,
  { currentTerm, votedFor, log }: SpecServer,
  disk: { readonly term: Term; readonly votedFor: ServerId; readonly log: RaftLog },
): readonly string[] {
  const found: string[] = [];
  const differs = (variable: string, onDisk: string | number, inSpec: string | number): void => {
    found.push(`${variable}[${name(i)}] is ${onDisk} on its disk, ${inSpec} in the specification`);
  };
  if (disk.term !== currentTerm) differs("currentTerm", disk.term, currentTerm);
  if (disk.votedFor !== votedFor) differs("votedFor", nameOrNil(disk.votedFor), nameOrNil(votedFor));
  if (!sameLog(log, disk.log)) differs("log", logText(entriesOf(disk.log)), logText(log));
  return found;
}

/** True if a disk holds what the run's server had to remember then. */
export const isStored = (
  { term, votedFor, log }: Observed,
  disk: { readonly term: Term; readonly votedFor: ServerId; readonly log: RaftLog },
): boolean =>
  disk.term === term &&
  disk.votedFor === votedFor &&
  lastIndex(disk.log) === lastIndex(log) &&
  prefixHash(disk.log, lastIndex(log)) === prefixHash(log, lastIndex(log));

/** By the specification's log: the hash of the run's log that was last found to be the same. */
const foundSame = new WeakMap<readonly SpecEntry[], number>();

export function sameLog(spec: readonly SpecEntry[], run: RaftLog): boolean {
  if (spec.length !== lastIndex(run)) return false;
  const hash = prefixHash(run, lastIndex(run));
  if (foundSame.get(spec) === hash) return true;
  const same = spec.every(({ term, value }, k) => {
    const own = specEntry(entryAt(run, k + 1));
    return own.term === term && own.value === value;
  });
  if (same) foundSame.set(spec, hash);
  return same;
}

const entriesOf = (log: RaftLog): SpecEntry[] =>
  Array.from({ length: lastIndex(log) }, (_, k) => specEntry(entryAt(log, k + 1)));

const nameOrNil = (server: ServerId): string => (server === 0 ? "Nil" : name(server));
const setText = (servers: readonly ServerId[]): string => `{${servers.map(name).join(", ")}}`;
const voters = (votes: NonNullable<Observed["votes"]>, counts: (vote: boolean | undefined) => boolean): ServerId[] =>
  votes.flatMap((vote, id) => (counts(vote) ? [id] : []));

/** Terms: "1 1 2 (3 entries)". */
function logText(log: readonly SpecEntry[]): string {
  const most = 12;
  const shown = log.slice(-most).map(({ term }) => term);
  const cut = log.length > most ? "… " : "";
  return `${cut}${shown.join(" ")} (${log.length} entries)`;
}
