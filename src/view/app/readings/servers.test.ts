import { expect, test } from "vitest";
import type { LogIndex, ServerId } from "../../../base/units.ts";
import { isLearner, isVoter } from "../../../raft/configuration.ts";
import { entryAt, knownTerm, lastIndex, type RaftLog, sameUpTo } from "../../../raft/log.ts";
import type { ServerView } from "../../../worker/protocol/server.ts";
import { localTime, trueTime } from "../../../world/clock.ts";
import type { Machine } from "../../../world/state/machine.ts";
import { leftWords, timersTold } from "../../cluster/timers.ts";
import { arcWords, does, serverName } from "../../cluster/words.ts";
import { asItStands, describeCell, progressOf, viewingLeader } from "../../kit/log/cells.ts";
import { rowParts } from "../../kit/log/sentence.ts";
import { countOf, doingWords } from "../../kit/words/membership.ts";
import { eachMoment, Reader, type Reading, type Seen, same } from "./fixtures.ts";

/** What is said of one server: beside it, where it is pointed at, in the row of its log, of its entries. */

interface Of extends Seen {
  readonly machine: Machine;
  readonly server: ServerView;
}

const up = ({ machine }: Of): boolean => machine.status === "up";
const role = ({ machine: { status, raft } }: Of, ...roles: Machine["raft"]["role"][]): boolean =>
  status === "up" && roles.includes(raft.role);
const member = ({ machine: { id, raft } }: Of): "voter" | "learner" | "none" =>
  isVoter(raft.configuration, id) ? "voter" : isLearner(raft.configuration, id) ? "learner" : "none";

/** Of each half, the old one first: how many agree, and how many there are. */
function halves({ machine }: Of, agrees: (id: ServerId) => boolean): readonly (readonly [number, number])[] {
  const { voters, outgoing } = machine.raft.configuration;
  return (outgoing.length > 0 ? [outgoing, voters] : [voters]).map((list) => [list.filter(agrees).length, list.length]);
}
const needed = (voters: number): number => Math.floor(voters / 2) + 1;
const ofNeeded = (counts: ReturnType<typeof halves>) => counts.map(([some, all]) => [some, needed(all)]);
const numbers = (text: string | undefined) =>
  [...(text ?? "").matchAll(/(\d+)(?: of (?:the )?|\/)(\d+)/g)].map(([, some, all]) => [Number(some), Number(all)]);
const voted =
  ({ machine }: Of) =>
  (id: ServerId): boolean =>
    machine.raft.votes[id] === true;

/** Up to where the disk has the log. */
function durable({ raft, disk }: Machine): LogIndex {
  let index = Math.min(lastIndex(raft.log), lastIndex(disk.log));
  while (index > raft.log.base && index > disk.log.base && !sameUpTo(raft.log, disk.log, index)) index--;
  return index;
}
const stored =
  ({ machine }: Of, index: LogIndex) =>
  (id: ServerId): boolean =>
    id === machine.id ? durable(machine) >= index : (machine.raft.progress[id]?.match ?? 0) >= index;

/** The round that its oldest read waits for, and who has answered it. */
function round({ machine }: Of) {
  const { confirmed, acks } = machine.raft.reads;
  return { number: confirmed + 1, answered: (id: ServerId): boolean => (acks[id] ?? 0) > confirmed };
}

// ---- what it does, beside it ------------------------------------------------------------------------------------

const doing: readonly Reading<Of>[] = [
  [/^(down|paused)$/, ({ machine }, status) => machine.status === status],
  [/^follower, (\d+) ms left$/, (of, left) => role(of, "follower") && leftOf(of) === Number(left)],
  [/^follower$/, (of) => role(of, "follower") && member(of) === "voter"],
  [/^learner$/, (of) => role(of, "follower") && member(of) === "learner"],
  [/^not a member$/, (of) => role(of, "follower") && member(of) === "none"],
  [/^leader of term (\d+)$/, (of, term) => role(of, "leader") && of.machine.raft.term === Number(term)],
  [/^hands over to S(\d)$/, (of, to) => role(of, "leader") && of.machine.raft.transferee === Number(to)],
  [
    /^joint: ([\d,]+) and ([\d,]+)$/,
    (of, old, next) => {
      const { voters, outgoing } = of.machine.raft.configuration;
      return role(of, "leader") && outgoing.join() === old && voters.join() === next;
    },
  ],
  [/^leader, joint$/, (of) => role(of, "leader") && of.machine.raft.configuration.outgoing.length > 0],
  [/^candidate, (.+?)(?: votes?)?$/, (of, votes) => role(of, "candidate") && tallied(of, votes)],
  [/^asks first, (.+?)(?: say yes| votes?)?$/, (of, votes) => role(of, "preCandidate") && tallied(of, votes)],
  [
    /^writing (?:entry )?(\d+)(?:–(\d+))?$/,
    ({ machine: { disk } }, first, last) => {
      const { entries } = disk.pending[0]!.write;
      return entries[0]?.index === Number(first) && entries.at(-1)!.index === Number(last ?? first);
    },
  ],
  [/^writing (?:a snapshot|its vote|its term|commit \d+)$/, ({ machine }) => machine.disk.pending.length > 0],
  [/^read waits$/, ({ machine: { raft } }) => raft.role !== "leader" && raft.reads.early.length > 0],
  [
    /^read waits for term (\d+)$/,
    ({ machine: { raft } }, term) =>
      raft.role === "leader" &&
      raft.reads.early.length > 0 &&
      raft.term === Number(term) &&
      knownTerm(raft.log, raft.commitIndex) !== raft.term,
  ],
  [
    /^read waits for (\d+)$/,
    ({ machine }, index) => machine.reads[0]?.index === Number(index) && machine.raft.lastApplied < Number(index),
  ],
  [
    /^read waits, round (\d+)$/,
    (of, number) => of.machine.raft.reads.unconfirmed.length > 0 && round(of).number === Number(number),
  ],
  [
    /^read(?: round (\d+))?: (?:answers )?(.+?)(?: answers)?$/,
    (of, number, answers) =>
      role(of, "leader") &&
      of.machine.raft.reads.unconfirmed.length > 0 &&
      (number === undefined || round(of).number === Number(number)) &&
      same(numbers(answers), ofNeeded(halves(of, round(of).answered))),
  ],
  // The shortest, beside which dots stand for voters.
  [
    /^(\d+(?: of |\/)\d+[^,]*(?:, .*)?)$/,
    (of, text) =>
      role(of, "leader")
        ? same(numbers(text), ofNeeded(halves(of, round(of).answered)))
        : same(numbers(text), ofNeeded(halves(of, voted(of)))),
  ],
];
/** "1 of 2", of those that are needed; "1 of 3 old, 0 of 2 new"; or the number alone. */
function tallied(of: Of, text: string | undefined): boolean {
  const told = numbers(text);
  const counts = halves(of, voted(of));
  if (told.length > 0) return same(told, ofNeeded(counts));
  return counts.length === 1 && Number(text) === of.machine.raft.votes.filter((vote) => vote === true).length;
}
const leftOf = ({ machine: { raft, clock }, world }: Of): number =>
  Math.ceil(Math.max(0, trueTime(clock, raft.timerSince + raft.timeout) - world.now) / 1000);

// ---- what it is called, and what is told of it ---------------------------------------------------------------------

const name: readonly Reading<Of>[] = [
  [/^S(\d)$/, ({ machine }, id) => machine.id === Number(id)],
  [/^paused$/, ({ machine }) => machine.status === "paused"],
  [
    /^down, term (\d+) on disk$/,
    ({ machine }, term) => machine.status === "down" && machine.disk.term === Number(term),
  ],
  [
    /^(follower|pre-candidate|candidate|leader) of term (\d+)$/,
    ({ machine: { status, raft } }, what, term) =>
      status !== "down" && raft.role.toLowerCase() === what!.replace("-", "") && raft.term === Number(term),
  ],
  [/^commit (\d+)$/, ({ machine }, commit) => machine.status !== "down" && machine.raft.commitIndex === Number(commit)],
  [/^learner$/, (of) => member(of) === "learner"],
  [/^not a member$/, (of) => member(of) === "none" && of.machine.raft.role === "follower"],
  [
    /^((?:\d+ of \d+(?: old| new)?(?: and )?)+) votes needed$/,
    (of, votes) => same(numbers(votes), ofNeeded(halves(of, voted(of)))),
  ],
  [
    /^((?:\d+ of \d+(?: old| new)?(?: and )?)+) confirmations needed for a read$/,
    (of, answers) => role(of, "leader") && same(numbers(answers), ofNeeded(halves(of, round(of).answered))),
  ],
  [
    /^snapshot up to (\d+)$/,
    ({ machine }, base) => (machine.status === "down" ? machine.disk : machine.raft).log.base === Number(base),
  ],
  [
    /^(?:its clock )?(?:(\S+ m?s) (ahead|behind)|(\S+) % (fast|slow))$/,
    ({ machine: { clock }, world }, off, way, drift, pace) => {
      const ahead = localTime(clock, world.now) - world.now;
      if (off !== undefined) return Math.sign(ahead) === (way === "ahead" ? 1 : -1) && isSpan(off, Math.abs(ahead));
      return clock.drift === Number(drift) * 10_000 * (pace === "fast" ? 1 : -1);
    },
  ],
  [/^writing to disk$/, ({ machine }) => machine.disk.pending.length > 0],
  [/^breaks an invariant$/, ({ world, machine }) => world.violation?.server === machine.id],
];
const isSpan = (text: string, span: number): boolean => {
  const [value, unit] = text.split(" ");
  return Math.abs(Number(value) * (unit === "s" ? 1e6 : 1000) - span) <= (unit === "s" ? 51_000 : 510);
};

const tips: readonly Reading<Of>[] = [
  [/^It does nothing until it is started again\.$/, ({ machine }) => machine.status === "down"],
  [/^It does nothing until it is let go on; messages wait for it\.$/, ({ machine }) => machine.status === "paused"],
  [
    /^It hands leadership over to S(\d)\.$/,
    (of, to) => role(of, "leader") && of.machine.raft.transferee === Number(to),
  ],
  [
    /^It leads, and by its own configuration it is no member any more\.$/,
    (of) => role(of, "leader") && member(of) === "none",
  ],
  [
    /^It takes the clients’ requests and sends its log to the others\.$/,
    (of) => role(of, "leader") && member(of) !== "none" && of.machine.raft.transferee === 0,
  ],
  [/^It asks the others for their votes, to lead\.$/, (of) => role(of, "candidate")],
  [/^It asks whether the others would vote for it\.$/, (of) => role(of, "preCandidate")],
  [/^It gets the log and has no vote\.$/, (of) => role(of, "follower") && member(of) === "learner"],
  [
    /^By all that it knows it is no member, and it waits to be told otherwise\.$/,
    (of) => role(of, "follower") && member(of) === "none",
  ],
  [
    /^It stores the snapshot that its leader has sent\.$/,
    (of) => role(of, "follower") && of.machine.disk.pending[0]!.write.snapshot !== null,
  ],
  [
    /^It does what the leader tells it, and wants to lead when its timer has run out\.$/,
    (of) => role(of, "follower") && member(of) === "voter" && of.machine.raft.incoming === null,
  ],
];

const arcTips: readonly Reading<Of>[] = [
  [/^Its election timer: /, (of) => of.server.electionDueAt === null || (up(of) && of.machine.raft.role !== "leader")],
  [
    /^So long it leads on if it hears no more: then check-quorum makes it step down\.$/,
    (of) => role(of, "leader") && of.machine.options.checkQuorum && of.machine.options.reads !== "lease",
  ],
  [/^Its lease: so long it answers reads alone/, (of) => role(of, "leader") && of.machine.options.reads === "lease"],
];

// ---- its log --------------------------------------------------------------------------------------------------------

const logOf = ({ machine }: Of): RaftLog => (machine.status === "down" ? machine.disk : machine.raft).log;
const commits = ({ machines }: Of): readonly Machine[] => machines.filter(({ status }) => status !== "down");
/** Somebody knows another entry to be committed there. */
const isContradicted = (of: Of, index: LogIndex): boolean =>
  commits(of).some(
    ({ raft }) =>
      raft.commitIndex >= index && index > raft.log.base && knownTerm(raft.log, index) !== knownTerm(logOf(of), index),
  );
const words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const count = (text: string | undefined): number => (words.includes(text!) ? words.indexOf(text!) : Number(text));

const row: readonly Reading<Of>[] = [
  [
    /^down · (?:a snapshot of (?:1–)?(\d+) and )?(\w+) entr(?:y|ies) on disk$/,
    ({ machine: { status, disk } }, base, entries) =>
      status === "down" &&
      disk.log.base === Number(base ?? 0) &&
      lastIndex(disk.log) - disk.log.base === count(entries),
  ],
  [/^not a member$/, (of) => member(of) === "none" && of.machine.raft.role === "follower"],
  [/^learner$/, (of) => member(of) === "learner"],
  [/^no entries yet$/, ({ machine }) => lastIndex(machine.raft.log) === 0],
  [/^commit (\d+)$/, ({ machine }, commit) => machine.raft.commitIndex === Number(commit)],
  [
    /^(\w+) entr(?:y|ies) that will be overwritten$/,
    (of, number) => {
      const last = lastIndex(logOf(of));
      const first = last - count(number) + 1;
      return isContradicted(of, first) && !isContradicted(of, first - 1);
    },
  ],
  [
    /^its last entries will be overwritten$/,
    (of) =>
      isContradicted(of, Math.min(lastIndex(logOf(of)), Math.max(...commits(of).map(({ raft }) => raft.commitIndex)))),
  ],
  [
    /^entr(?:y|ies) (\d+)(?:–(\d+))? on (?:its|their) way to disk$/,
    ({ machine }, first, last) =>
      durable(machine) + 1 === Number(first) &&
      lastIndex(machine.raft.log) === Number(last ?? first) &&
      machine.disk.pending.length > 0,
  ],
  [
    /^entry (\d+) known on (.+?)(?:, needs (\d+|both))?$/,
    (of, at, on, needs) => {
      const counts = halves(of, stored(of, Number(at)));
      const lacks = counts.some(([some, all]) => some < needed(all));
      return (
        role(of, "leader") === up(of) &&
        of.machine.raft.commitIndex + 1 === Number(at) &&
        same(numbers(on), counts) &&
        lacks === (needs !== undefined) &&
        (needs === undefined || (counts.length > 1 ? needs === "both" : Number(needs) === needed(counts[0]![1])))
      );
    },
  ],
  [
    /^entr(?:y|ies) (\d+)(?:–(\d+))? known on (.+), but of an older term$/,
    (of, first, last, on) => {
      const { commitIndex, log, term } = of.machine.raft;
      const newest = Number(last ?? first);
      const counts = halves(of, stored(of, newest));
      const terms = Array.from({ length: newest - Number(first) + 1 }, (_, i) => entryAt(log, Number(first) + i).term);
      return (
        commitIndex + 1 === Number(first) &&
        same(numbers(on), counts) &&
        counts.every(([some, all]) => some >= needed(all)) &&
        terms.every((each) => each < term)
      );
    },
  ],
  [
    /^not told of commit (\d+)$/,
    (of, commit) =>
      of.machine.raft.commitIndex < Number(commit) &&
      commits(of).some(
        ({ raft }) =>
          raft.commitIndex >= Number(commit) &&
          knownTerm(raft.log, Number(commit)) === knownTerm(logOf(of), Number(commit)),
      ),
  ],
  [
    /^(\w+) entr(?:y|ies) fewer than S(\d)$/,
    (of, number, id) => {
      const leader = of.machines.find((machine) => machine.id === Number(id))!;
      return (
        leader.raft.role === "leader" && lastIndex(leader.raft.log) - lastIndex(of.machine.raft.log) === count(number)
      );
    },
  ],
  [/^probing$/, (of) => believed(of)!.state === "probe"],
  [
    /^gets a snapshot up to (\d+)(?:, (\d+) % of the way)?$/,
    (of, index, way) => {
      const { state, pendingSnapshot } = believed(of)!;
      const onWay = of.world.packets.some(
        ({ payload, ref }) => payload.type === "InstallSnapshot" && ref.to === of.machine.id,
      );
      return state === "snapshot" && pendingSnapshot === Number(index) && (way === undefined || onWay);
    },
  ],
  [/^(\d+) under way$/, (of, number) => believed(of)!.inflight.length === Number(number)],
];
/** How the leader whose view is drawn stands to it. */
const believed = ({ frame, machines, machine }: Of) => {
  const leader = viewingLeader(frame.servers.map(asItStands), machine.id)!;
  return machines.find(({ id }) => id === leader.id)!.raft.progress[machine.id];
};

const cell: readonly Reading<Of>[] = [
  [
    /^S\d: a snapshot stands for entr(?:y 1|ies 1–(\d+)), (?:the last of them )?of term (\d+)$/,
    (of, base, term) => logOf(of).base === Number(base ?? 1) && logOf(of).baseTerm === Number(term),
  ],
  [/^S\d has no entry (\d+)$/, (of, index) => lastIndex(logOf(of)) < Number(index)],
  [
    /^S\d, entry (\d+) of term (\d+), .+: (committed and applied|committed, not applied yet|not known to be committed), (on disk|not on disk yet)$/,
    (of, at, term, commit, disk) => {
      const { machine } = of;
      const index = Number(at);
      const [committed, applied] =
        machine.status === "down" ? [0, 0] : [machine.raft.commitIndex, machine.raft.lastApplied];
      const stands =
        index <= applied
          ? "committed and applied"
          : index <= committed
            ? "committed, not applied yet"
            : "not known to be committed";
      const isOn = machine.status === "down" || durable(machine) >= index;
      return knownTerm(logOf(of), index) === Number(term) && stands === commit && isOn === (disk === "on disk");
    },
  ],
];

/** From the end of a log, as many cells. */
const cellsMost = 12;

test("what is said of a server is so", () => {
  const readers = [doing, name, tips, arcTips, row, cell].map((readings) => new Reader(readings));
  const [does_, named, tip, arc, rows, cells] = readers as [
    Reader<Of>,
    Reader<Of>,
    Reader<Of>,
    Reader<Of>,
    Reader<Of>,
    Reader<Of>,
  ];
  eachMoment((seen, at) => {
    const { frame, world } = seen;
    const told = timersTold(frame, false);
    const stand = frame.servers.map(asItStands);
    for (const server of frame.servers) {
      const machine = seen.machines.find(({ id }) => id === server.id)!;
      const of = { ...seen, machine, server };
      const where = `${at}, S${server.id}`;
      for (const fits of [() => true, () => false]) does_.hold(doingWords(server, fits), of, where);
      for (const each of countOf(server)?.words ?? []) does_.hold(each, of, where);
      const left = told.get(server.id)?.left;
      if (left !== undefined && doingWords(server, () => true) === "follower")
        does_.hold(`follower, ${leftWords(left)}`, of, where);
      const violated = world.violation?.server === server.id;
      for (const each of serverName(server, frame.group, violated).split(/, (?!term)/)) named.hold(each, of, where);
      tip.hold(does(server), of, where);
      arc.hold(arcWords(server), of, where);
      const standing = stand.find(({ id }) => id === server.id)!;
      const progress = progressOf(viewingLeader(stand, server.id), server.id);
      for (const { text } of rowParts(standing, stand, progress)) rows.hold(text, of, where);
      for (
        let index = Math.max(1, standing.base - 1, standing.lastIndex - cellsMost);
        index <= standing.lastIndex + 1;
        index++
      )
        cells.hold(describeCell(standing, index), of, where);
    }
  });
  expect(readers.flatMap(({ wrong }) => [...wrong].slice(0, 8))).toEqual([]);
  expect(readers.flatMap(({ missed }) => missed)).toEqual([]);
});
