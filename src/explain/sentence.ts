import type { ClientId, GroupId, ServerId, Term } from "../base/units.ts";
import type { MembershipChange } from "../raft/configuration.ts";
import type { RaftOptions } from "../raft/options.ts";
import { rules } from "../raft/rules/index.ts";
import { refName } from "../scenario/names.ts";
import type { Fact, Happening } from "../world/facts.ts";
import type { Operation } from "../world/state/commands.ts";
import type { Payload, SessionRefusal } from "../world/state/messages.ts";
import { actText } from "./acts.ts";
import { needed, tally } from "./counts.ts";
import { tellDecision } from "./decisions.ts";
import { isHeartbeat, messageTerm, messageWords, operationText, outcomeText } from "./messages.ts";
import { optionsText, optionValues, reloadReason } from "./options.ts";
import type { FeedKind, Reason, Values } from "./reason.ts";
import { changeText, clientName, entries, names, who } from "./words.ts";

/** One fact in words. */
export interface Sentence {
  readonly text: string;
  /** "§5.4.1", "" if there is none. */
  readonly section: string;
  /** The rule that was followed, "" if there is none. */
  readonly rule: string;
  /** The values that were compared. */
  readonly values: Values;
  readonly kind: FeedKind;
  /** Heartbeats and other things that happen all the time. */
  readonly routine: boolean;
  /** 0 where it concerns no server. */
  readonly server: ServerId;
  /** 0 where it concerns no term. */
  readonly term: Term;
}

/** Says what happened and by which rule. */
export function sentence(fact: Fact): Sentence {
  const told = tellHappening(fact.kind, fact);
  return fact.group === undefined ? told : { ...told, text: inGroup(told, fact.group) };
}

/** "S1 (group 2) became leader": said of whom the sentence is about, where it is first named. */
function inGroup({ text, server }: Sentence, group: GroupId): string {
  const name = who(server);
  const at = server === 0 ? -1 : text.indexOf(name);
  const end = at < 0 ? text.length : at + name.length;
  return `${text.slice(0, end)} (group ${group})${text.slice(end)}`;
}

type HappeningKind = Happening["kind"];
type HappeningOf<Kind extends HappeningKind> = Extract<Happening, { readonly kind: Kind }>;
type Teller<Kind extends HappeningKind> = (happening: HappeningOf<Kind>) => Sentence;

function tellHappening<Kind extends HappeningKind>(kind: Kind, happening: HappeningOf<Kind>): Sentence {
  const tell: Teller<Kind> = tellers[kind];
  return tell(happening);
}

const noReason: Reason = { section: "", text: "" };
const clientSafety: Reason = {
  section: "§8",
  text: "Without an answer a client cannot know whether its command was executed; without a session, repeating it could execute it twice.",
};
const repetition: Reason = {
  section: "§8, D 6.3",
  text: "A client that hears nothing asks again; its session, if it has one, tells the state machine that this is the same command.",
};
const expiry: Reason = {
  section: "D 6.3",
  text: "Of too many sessions the one that was not used for longest expires, at the same entry on every server; what comes in it later is not executed.",
};
const forgottenAnswer: Reason = {
  section: "D 6.3",
  text: "A session forgets the answers that its client has told it to have. A command from before that may have been executed, so it is not executed again.",
};
const refusals: Readonly<Record<SessionRefusal, Reason>> = {
  "no session": expiry,
  "answer forgotten": forgottenAnswer,
};
const untakenRule: Reason = {
  section: "§5.1, §8",
  text: "Only a leader puts a command into its log: what no leader has taken cannot be executed later.",
};
const survival: Reason = {
  section: "Figure 2",
  text: "Term, vote and log survive a crash as far as they are on disk; role and timers start anew, and so does a commit index that is not stored.",
};
const applyRule: Reason = {
  section: "§5.3",
  text: "A committed entry is applied to the state machine, in the order of the log.",
};
const everyVoterCounts: Reason = {
  section: "§5.2, §5.3",
  text: "Elections and commitment need a majority of all voters, also of those that are down, paused or cut off: while this lasts, too few answer what this side asks for.",
};
const onlyCommittedStays: Reason = {
  section: "§5.3, §5.4",
  text: "Only what is committed is in the log of every later leader; other entries may be overwritten, and no client is told that they are done.",
};
const lossRule: Reason = {
  section: "§5.1",
  text: "Messages may be lost, delayed, doubled or reordered; servers send them again if they get no answer in time.",
};

interface Parts {
  readonly text: string;
  readonly kind: FeedKind;
  readonly reason?: Reason;
  readonly values?: Values;
  readonly routine?: boolean;
  readonly server?: ServerId;
  readonly term?: Term;
}

const say = ({
  text,
  kind,
  reason = noReason,
  values = [],
  routine = false,
  server = 0,
  term = 0,
}: Parts): Sentence => ({
  text,
  section: reason.section,
  rule: reason.text,
  values,
  kind,
  routine,
  server,
  term,
});

/** One row per kind of happening: a new kind does not compile until it has its sentence. */
const tellers: { readonly [Kind in HappeningKind]: Teller<Kind> } = {
  sent: ({ payload, ref }) =>
    say({
      text: `${capital(who(ref.from))} sent ${who(payload.to)} ${article(payload)}${messageWords(payload)}`,
      kind: "message",
      routine: true,
      server: ref.from,
      term: messageTerm(payload),
    }),
  received: ({ payload, ref }) =>
    say({
      text: `${capital(who(payload.to))} received from ${who(ref.from)} ${article(payload)}${messageWords(payload)}`,
      kind: "message",
      routine: true,
      server: payload.to,
      term: messageTerm(payload),
    }),
  lost: ({ payload, reason, ref }) =>
    say({
      text: `A message from ${who(ref.from)} to ${who(payload.to)} was lost ${lossReasons[reason](payload)} (${messageWords(payload)})`,
      kind: "message",
      reason: lossRule,
      values: [["message", refName(ref)]],
      routine: isHeartbeat(payload),
      server: ref.from,
      term: messageTerm(payload),
    }),
  duplicated: ({ ref, copy }) =>
    say({
      text: `The network doubled message ${refName(ref)}: the copy is ${refName(copy)}`,
      kind: "message",
      reason: lossRule,
      server: ref.from,
    }),
  held: ({ ref, server }) =>
    say({
      text: `${who(server)} is paused: message ${refName(ref)} from ${who(ref.from)} waits for it`,
      kind: "message",
      server,
    }),
  diskWritten: ({ server, term, votedFor, lastIndex, commitIndex }) =>
    say({
      text:
        commitIndex === undefined
          ? `${who(server)}'s disk now has term ${term}, ${votedFor === 0 ? "no vote" : `the vote for ${who(votedFor)}`} and ${logText(lastIndex)}`
          : `${who(server)}'s disk now has commit index ${commitIndex}`,
      kind: "disk",
      routine: commitIndex !== undefined,
      reason: { section: "Figure 2", text: "Term, vote and log are on stable storage before a server responds." },
      values: [
        ["currentTerm", String(term)],
        ["votedFor", votedFor === 0 ? "none" : who(votedFor)],
        ["last index", String(lastIndex)],
      ],
      server,
      term,
    }),
  crashed: ({ server, lostFrom, lostTo, unwrittenWrites }) =>
    say({
      text: `${who(server)} crashed${crashLoss(lostFrom, lostTo, unwrittenWrites)}`,
      kind: "fault",
      reason: survival,
      values: [["unfinished writes", String(unwrittenWrites)]],
      server,
    }),
  restarted: ({ server, term, votedFor, lastIndex }) =>
    say({
      text: `${who(server)} restarted with what its disk has: term ${term} and ${logText(lastIndex)}`,
      kind: "fault",
      reason: survival,
      values: [
        ["currentTerm", String(term)],
        ["votedFor", votedFor === 0 ? "none" : who(votedFor)],
        ["last index", String(lastIndex)],
      ],
      server,
      term,
    }),
  stateApplied: ({ server, index, operation, change, value, unexecuted }) =>
    say({
      text:
        unexecuted === undefined
          ? `${who(server)} applied entry ${index}${appliedText(operation, change, value)}`
          : `${who(server)} came to entry ${index}, ${operation === null ? "a no-op" : operationText(operation)}, and did not execute it: ${unexecutedWords(unexecuted)}`,
      kind: "log",
      reason:
        unexecuted === undefined
          ? applyRule
          : unexecuted === "repeated"
            ? rules.sessionDeduplicates
            : refusals[unexecuted],
      values: [["lastApplied", String(index)]],
      server,
    }),
  compacted: ({ server, index }) =>
    say({
      text: `${who(server)} made a snapshot up to entry ${index} and discarded its log up to there`,
      kind: "log",
      reason: {
        section: "§7",
        text: "A snapshot of the applied state stands for the entries before it, which are discarded.",
      },
      values: [["lastIncludedIndex", String(index)]],
      server,
    }),
  optionsFollowed: ({ server, options, later, started }) =>
    say({
      text: `${who(server)} ${reloadText(options, later, started)}`,
      kind: "fault",
      reason: Object.keys(later).length > 0 ? reloadReason(later) : started ? noReason : reloadReason(options),
      values: optionValues({ ...options, ...later }),
      // What was ordered says it already.
      routine: !started && Object.keys(later).length === 0,
      server,
    }),
  requestAsked: ({ operation, server, client }) =>
    say({ text: `${asker(client)} asked ${who(server)}: ${operationText(operation)}`, kind: "client", server }),
  requestRepeated: ({ operation, server, client }) =>
    say({
      text: `${asker(client)} had no answer and asked ${who(server)} again: ${operationText(operation)}`,
      kind: "client",
      reason: repetition,
      server,
    }),
  requestAnswered: ({ operation, value, server, client }) =>
    say({
      text: `${who(server)} answered ${client === undefined ? "the client" : clientName(client)}: ${outcomeText(operation, value)}`,
      kind: "client",
      server,
    }),
  requestRedirected: ({ from, to, client }) =>
    say({
      text: `${asker(client)} went from ${who(from)} to ${who(to)}, the leader that ${who(from)} named`,
      kind: "client",
      server: from,
    }),
  requestRefused: ({ operation, server, client, why }) =>
    say({
      text: `${who(server)} refused ${operationText(operation)} of ${client === undefined ? "the client" : clientName(client)}: ${refusalWords[why]}`,
      kind: "client",
      reason: refusals[why],
      server,
    }),
  requestGivenUp: ({ operation, server, client, untaken }) =>
    say({
      text: untaken
        ? `${asker(client)} gave up on ${operationText(operation)}: no server took it`
        : `${asker(client)} gave up on ${operationText(operation)} at ${who(server)}: whether it was executed is unknown`,
      kind: "client",
      reason: untaken ? untakenRule : clientSafety,
      server,
    }),
  acted: ({ act, ignored, by }) =>
    say({
      text: ignored === null ? `${doer(by)}: ${actText(act)}` : `Nothing was done (${actText(act)}): ${ignored}`,
      kind: "fault",
      routine: ignored === null && by === undefined && toldElsewhere.has(act.do) && !("for" in act || "at" in act),
      server: "server" in act ? (act.server ?? 0) : 0,
    }),
  ended: ({ act, by }) =>
    say({
      text: `Over: ${actText(act)}${by === 0 ? "" : ` (nemesis ${by})`}`,
      kind: "fault",
      server: "server" in act ? act.server : 0,
    }),
  crashPoint: ({ server, point, kept, of }) =>
    say({ text: `${who(server)} crashes ${crashPoints[point](kept, of)}`, kind: "fault", reason: survival, server }),
  diskTrouble: ({ server, what, index }) =>
    say({ text: `${who(server)} ${troubles[what].text(index)}`, kind: "disk", reason: troubles[what].reason, server }),
  noMajority: ({ members, counts }) =>
    say({
      text: `No majority is in reach of ${names(members)}: ${tally(counts)}`,
      kind: "election",
      reason: everyVoterCounts,
      values: [["needed", needed(counts)]],
      server: members.length === 1 ? members[0]! : 0,
    }),
  entryLost: ({ index, term, operation, on, counts, by }) =>
    say({
      text: `Entry ${index} of term ${term} (${operationText(operation)}) ${
        on.length === 0
          ? "is lost: its last copy is gone, and it was never committed"
          : `will never be committed: it is on ${names(on)} (${tally(counts)}), and one of term ${by} is committed in its place`
      }`,
      kind: "log",
      reason: onlyCommittedStays,
      values: [["stored on", names(on)]],
      server: on[0] ?? 0,
      term,
    }),
  decided: ({ decision }) => tellDecision(decision.kind, decision),
  violated: ({ property, server, detail, section, outside }) =>
    say({
      text: `${property} is broken at ${who(server)}: ${detail}${outside === undefined ? "" : ` (outside Raft’s fault model: ${outside})`}`,
      kind: "violation",
      reason: { section, text: "" },
      server,
    }),
};

const doer = (nemesis: number | undefined): string => (nemesis === undefined ? "Action" : `Nemesis ${nemesis}`);

const crashPoints = {
  beforeWrite: () => "before its write is on disk",
  tornWrite: (kept: number, of: number) =>
    of === 0 ? "in the middle of a write" : `in the middle of a write: ${kept} of ${of} entries are on disk`,
  afterWrite: () => "after its write, before it sends anything",
  betweenSends: () => "after its write and one message",
} as const;

const failedWrite: Reason = {
  section: "Figure 2",
  text: "What cannot be stored must be neither acknowledged nor counted, so a server that cannot write stops.",
};
const lostPromise: Reason = {
  section: "Figure 2",
  text: "Raft counts on stable storage: an entry that a majority had stored may now be on fewer disks. Safety is not promised any more.",
};
const checksums: Reason = {
  section: "Figure 2",
  text: "Each stored entry has a checksum. To go on without an entry that was acknowledged would break a promise, so the server stays down.",
};
const troubles = {
  full: { text: (index: number) => `has no room for ${fromEntry(index)} and stops`, reason: failedWrite },
  vanished: {
    text: (index: number) => `had acknowledged more than its disk has: what was stored from entry ${index} on is gone`,
    reason: lostPromise,
  },
  notStarted: {
    text: (index: number) => `does not start: entry ${index} on its disk does not fit its checksum`,
    reason: checksums,
  },
  discarded: {
    text: (index: number) => `finds that entry ${index} does not fit its checksum, and discards its log from there on`,
    reason: lostPromise,
  },
} as const;
const fromEntry = (index: number): string => (index === 0 ? "a snapshot" : `entry ${index}`);

/** Acts whose effect has a sentence of its own. */
const toldElsewhere: ReadonlySet<string> = new Set(["crash", "restart", "request", "drop", "duplicate"]);

/** "follows from now on: pre-vote on; and when it starts again: flow: a window of requests". */
function reloadText(options: Partial<RaftOptions>, later: Partial<RaftOptions>, started: boolean): string {
  if (started) return `has read other options as it started: ${optionsText(options)}`;
  const waits = Object.keys(later).length === 0 ? "" : `when it starts again: ${optionsText(later)}`;
  if (Object.keys(options).length === 0) return `will follow ${waits}`;
  return `follows from now on: ${optionsText(options)}${waits === "" ? "" : `; and ${waits}`}`;
}

const lossReasons = {
  cut: () => "at a cut link",
  loss: () => "on the way",
  dropped: () => "because it was dropped by hand",
  overflow: (payload: Payload) => `because ${who(payload.to)} is paused and too much waits for it already`,
  down: (payload: Payload) => `because ${who(payload.to)} is down`,
} as const;

function crashLoss(from: number, to: number, unwritten: number): string {
  if (from <= to)
    return `: ${entries(from, to)} ${from === to ? "was" : "were"} not on its disk and ${from === to ? "is" : "are"} gone`;
  return unwritten > 0 ? ": a write was not finished and is gone" : "";
}

const logText = (lastIndex: number): string => (lastIndex === 0 ? "an empty log" : `a log up to entry ${lastIndex}`);

const article = (payload: Payload): string => (payload.type.endsWith("Reply") ? "an answer, " : "");

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const asker = (client: ClientId | undefined): string => (client === undefined ? "The client" : clientName(client));

const refusalWords: Readonly<Record<SessionRefusal, string>> = {
  "no session": "its session is not known here any more",
  "answer forgotten": "the session has moved on, and the answer is forgotten",
};
const unexecutedWords = (why: "repeated" | SessionRefusal): string =>
  why === "repeated" ? "its session says that it was executed before" : refusalWords[why];

function appliedText(operation: Operation | null, change: MembershipChange | null, value: string | null): string {
  if (change !== null) return `: ${changeText(change)}`;
  if (operation === null) return ", a no-op";
  return `: ${operation.op === "get" ? outcomeText(operation, value) : operationText(operation)}`;
}
