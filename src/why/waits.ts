import type { LogIndex, Micros } from "../base/units.ts";
import { byHalves, tally } from "../explain/counts.ts";
import { tellDecision } from "../explain/decisions.ts";
import { entries, names, who } from "../explain/words.ts";
import { membersOf } from "../raft/configuration.ts";
import { lastIndex, termAt } from "../raft/log.ts";
import { type Count, countsOf } from "../raft/quorum.ts";
import { rulesWith } from "../raft/rules/broken.ts";
import { storedOn } from "../raft/rules/commitment.ts";
import { type Silence, silencesOf } from "../raft/silences.ts";
import type { Server } from "../raft/types.ts";
import { trueTime } from "../world/clock.ts";
import type { Machine } from "../world/state/machine.ts";
import type { World } from "../world/types.ts";

/** "0.834 s", as the page prints a moment: not rounded up to one that has not come. */
export const clockTime = (at: Micros): string => `${(Math.floor(at / 1000) / 1000).toFixed(3)} s`;

/** What must come for this server to go on, and how much of it is missing; of an entry, for it to count. */
export function serverWaits(world: World, machine: Machine): readonly string[] {
  const { status, id, raft } = machine;
  const until = endsAt(world, id);
  if (status === "down")
    return [`${who(id)} waits ${until === null ? "for somebody to start it" : `to be started at ${until}`}`];
  if (status === "paused")
    return [
      `${who(id)} waits ${until === null ? "for somebody to let it run" : `to go on at ${until}`}: ${messages(machine.inbox.length)} for it`,
    ];
  const rules = rulesWith(world.setup.bugs);
  const silences = silencesOf(raft, { options: machine.options, rules });
  return [...diskWaits(machine), ...roleWaits(world, machine, raft, silences), ...silences.flatMap(silenceWords)];
}

/** As the feed has told it; what a leader's entries wait for is said of them. */
const silenceWords = (silence: Silence): readonly string[] =>
  silence.kind === "notCommittedOldTerm" || silence.kind === "notCommittedHalf"
    ? []
    : [tellDecision(silence.kind, silence).text];

const messages = (count: number): string => (count === 1 ? "1 message waits" : `${count} messages wait`);

/** When what holds that process ends by itself; null: it does not. Other faults of the same machine do not free it. */
function endsAt({ appointments }: World, id: number): string | null {
  const end = appointments.find(({ targets }) =>
    targets.some((target) => target.on === "process" && target.server === id),
  );
  return end === undefined ? null : clockTime(end.at);
}

function diskWaits({ id, disk, held, raft }: Machine): readonly string[] {
  const first = disk.pending[0];
  if (first === undefined) return [];
  const waiting =
    first.after.length + (held?.messages.length ?? 0) + (held?.messagesAfterWrite.length ?? 0) + raft.afterWrite.length;
  const until = disk.trouble?.kind === "stalled" ? "which stands still" : `done at ${clockTime(first.doneAt)}`;
  const behind = waiting === 0 ? "" : `; ${messages(waiting)} for it`;
  return [`${who(id)} waits for its disk, ${until}${behind}`];
}

function roleWaits(world: World, machine: Machine, raft: Server, silences: readonly Silence[]): readonly string[] {
  const { id, clock } = machine;
  const manual = world.mode === "manual";
  const fires = manual
    ? "somebody lets its timer fire"
    : `its timer fires at ${clockTime(trueTime(clock, raft.timerSince + raft.timeout))}`;
  switch (raft.role) {
    case "leader":
      return leaderWaits(raft);
    case "follower": {
      const from = raft.leader === 0 ? "a leader" : who(raft.leader);
      const campaigns = !silences.some(({ kind }) => kind === "neverCampaigns");
      return [`${who(id)} waits to hear from ${from}${campaigns ? `; if it does not, ${fires}` : ""}`];
    }
    default: {
      const what = raft.role === "candidate" ? votes : promises;
      const counts = countsOf(raft.configuration, (voter) => raft.votes[voter] === true);
      const silent = membersOf(raft.configuration).filter(
        (voter) => raft.votes[voter] === undefined && !raft.configuration.learners.includes(voter),
      );
      const unheard =
        silent.length === 0
          ? "everybody has answered"
          : `${names(silent)} ${silent.length === 1 ? "has" : "have"} not answered`;
      return [`${who(id)} waits for ${missing(counts, what)}: ${unheard}; otherwise ${fires}`];
    }
  }
}

interface Counted {
  readonly one: string;
  readonly many: string;
}
const votes: Counted = { one: "vote", many: "votes" };
const promises: Counted = { one: "promise of a vote", many: "promises of a vote" };
const disks: Counted = { one: "disk", many: "disks" };

/** "1 more vote (2 of 5, 3 are needed)"; of a joint configuration what there is of both halves. */
function missing(counts: readonly Count[], { one, many }: Counted): string {
  return byHalves(
    counts,
    ({ agree, quorum }) => {
      const lacks = Math.max(0, quorum - agree.length);
      return `${lacks} more ${lacks === 1 ? one : many} (${tally(counts)})`;
    },
    `${many} (${tally(counts)})`,
  );
}

function leaderWaits(raft: Server): readonly string[] {
  const last = lastIndex(raft.log);
  if (last <= raft.commitIndex) return [];
  return [entryWaits(raft, raft.commitIndex + 1, last)];
}

/** Why a leader's entries are not committed yet. */
export function entryWaits(leader: Server, first: LogIndex, last: LogIndex): string {
  const counts = countsOf(leader.configuration, (id) => storedOn(leader, id) >= first);
  const which = entries(first, last);
  const verb = first === last ? "waits" : "wait";
  if (counts.some(({ agree, quorum }) => agree.length < quorum)) {
    const absent = membersOf(leader.configuration).filter(
      (id) => storedOn(leader, id) < first && !leader.configuration.learners.includes(id),
    );
    return `${which} ${verb} for ${missing(counts, disks)}: ${names(absent)} ${absent.length === 1 ? "has" : "have"} not acknowledged ${first === last ? "it" : "them"}`;
  }
  return `${which} ${verb} for ${ownTermWaits(leader, first)}`;
}

/** What is on a majority counts once an entry of the leader's own term is (§5.4.2). */
function ownTermWaits(leader: Server, first: LogIndex): string {
  const { log, term } = leader;
  let index = Math.max(first, log.base + 1);
  while (index <= lastIndex(log) && termAt(log, index) !== term) index++;
  if (index > lastIndex(log)) return `an entry of the leader's own term ${term}: there is none yet`;
  const counts = countsOf(leader.configuration, (id) => storedOn(leader, id) >= index);
  return `entry ${index}, the first of the leader's own term ${term}, and that for ${missing(counts, disks)}`;
}
