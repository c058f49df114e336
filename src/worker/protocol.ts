import type { ClientId, GroupId, LogIndex, Micros, Ppm, ServerId, Term } from "../base/units.ts";
import type { Role } from "../raft/types.ts";
import type { Act, NemesisAct } from "../world/acts.ts";
import type { FaultGroup, Target } from "../world/faults/fault.ts";
import type { FaultName } from "../world/faults/index.ts";
import type { Parameters } from "../world/faults/parameters.ts";
import type { ClientOperation, Load, RequestState } from "../world/state/clients.ts";
import type { Operation, ReadMode } from "../world/state/commands.ts";
import type { DirectedLink, MessageRef, Payload } from "../world/state/messages.ts";
import type { ClientSettings, NetworkMode } from "../world/state/setup.ts";

/**
 * What crosses the thread. Plain JSON-safe data. Every request gets exactly one answer, in order; the page never
 * waits for one before it paints.
 */

// ---- one moment, as the page draws it ---------------------------------------------------------------------

/** A place in a run: after `event` events; `at` may lie after the last of them. */
export interface Position {
  readonly at: Micros;
  readonly event: number;
}

export interface LogCell {
  readonly term: Term;
  /** "put x=1", "get x", "delete x", "no-op". */
  readonly text: string;
}
export interface ProgressView {
  readonly server: ServerId;
  readonly next: LogIndex;
  readonly match: LogIndex;
  /** Last index that is under way to it, 0 if nothing is. */
  readonly outstanding: LogIndex;
  /** `probe`: not known where the logs agree. `replicate`: entries are sent ahead of the answers. `snapshot`: one is under way. */
  readonly state: "probe" | "replicate" | "snapshot";
  /** Messages with entries under way, at most the window. */
  readonly inflight: number;
  /** Index of the snapshot under way, 0 if none. */
  readonly pendingSnapshot: LogIndex;
  /** How much of its way that has behind it, 0 … 100; null where none is on the link. */
  readonly snapshotPercent: number | null;
}
/** A read by ReadIndex that waits at a server (D §6.4). */
export interface ReadView {
  /** The client's request. */
  readonly request: number;
  /** The follower that passed it on, 0: it was asked here. */
  readonly from: ServerId;
  /** What it waits for next: a commit in the leader's own term, a majority that confirms, or its entry being applied. */
  readonly waitsFor: "ownCommit" | "quorum" | "apply";
  /** The commit index when it was taken up: what must be applied before it is answered. 0 before that. */
  readonly index: LogIndex;
  /** `quorum`: its number, which heartbeats carry; 0 otherwise. */
  readonly round: number;
  /** `quorum`: the voters that have answered that round or a later one, the leader included. */
  readonly confirmedBy: readonly ServerId[];
}
/** How long a leader goes on by itself if it hears from nobody any more. */
export interface LeaseView {
  readonly until: Micros;
  /** The most that can be left of it. */
  readonly longest: Micros;
  /** `reads`: it answers reads alone until then. `leadership`: it only leads on until then. */
  readonly gives: "reads" | "leadership";
  /** By how much one clock may run faster than another, in percent, for it to be safe; null: it does not say. */
  readonly clocksWithin: number | null;
}
/** A machine's own clock where it is not true: how far it is ahead now, and by how much it goes too fast. */
export interface ClockView {
  readonly ahead: Micros;
  readonly drift: Ppm;
}
export interface ServerView {
  readonly id: ServerId;
  /** All its timers go by it; null: true time. */
  readonly clock: ClockView | null;
  /** Groups that it leads, ascending; `role` is its role in the group that is shown (`Frame.group`). */
  readonly leads: readonly GroupId[];
  readonly status: "up" | "down" | "paused";
  readonly role: Role;
  readonly term: Term;
  readonly votedFor: ServerId;
  readonly leader: ServerId;
  readonly commitIndex: LogIndex;
  readonly lastApplied: LogIndex;
  readonly lastIndex: LogIndex;
  /** Entries up to here are gone: a snapshot whose last entry has this term stands for them. 0: none. */
  readonly base: LogIndex;
  readonly baseTerm: Term;
  /** What it is in the configuration that it uses itself. */
  readonly member: "voter" | "learner" | "none";
  /** The configuration that it uses: "1,2,3", joint "1,2,3&3,4,5", "1,2 learners 3". */
  readonly configuration: string;
  readonly outgoing: readonly ServerId[];
  readonly learners: readonly ServerId[];
  /** Voters of the outgoing half that become learners when the joint configuration is left. */
  readonly learnersNext: readonly ServerId[];
  /** A joint configuration that is left by itself. */
  readonly autoLeave: boolean;
  /** Leaders: whom leadership is being handed to, 0 = nobody. */
  readonly transferee: ServerId;
  /** When the election timer fires and how long it was set for; null for leaders, for servers that are down, and where timers stand still. */
  readonly electionDueAt: Micros | null;
  readonly electionTimeout: Micros;
  /** Leaders: when the next heartbeat is due. */
  readonly heartbeatDueAt: Micros | null;
  /** Candidates: who has answered and how, itself included; null otherwise. */
  readonly votes: readonly { readonly server: ServerId; readonly granted: boolean }[] | null;
  readonly voters: readonly ServerId[];
  readonly quorum: number;
  /** Leaders: one row per follower; null otherwise. */
  readonly progress: readonly ProgressView[] | null;
  /** Reads that wait here, oldest first; at most 20. */
  readonly reads: readonly ReadView[];
  /** Leaders with check-quorum, where timers run; null otherwise. */
  readonly lease: LeaseView | null;
  readonly disk: {
    readonly term: Term;
    readonly votedFor: ServerId;
    readonly lastIndex: LogIndex;
    /** Writes under way, and when the first of them is done (null: none). */
    readonly pending: number;
    readonly doneAt: Micros | null;
    /** Messages that wait for the disk. */
    readonly waiting: number;
  };
  /** What it is doing right now: present tense, a few words: "leader of term 3", "writing entry 5". */
  readonly doing: string;
  /** The last few entries, for the strip under the server: cells of index lastIndex - tail.length + 1 … lastIndex. */
  readonly tail: readonly LogCell[];
  /** The entries that the page asked for (`Viewport`): cells[0] has index `cellsFrom`. */
  readonly cellsFrom: LogIndex;
  readonly cells: readonly LogCell[];
  /** The replicated state machine, sorted by key, at most 50 pairs. */
  readonly store: readonly (readonly [key: string, value: string])[];
}

export type MessageKind = Payload["type"];
export interface MessageView {
  /** "S1>S3#4", for duplicates "S1>S3#4.1", for the client "C>S1#2". Unique, and the React key. */
  readonly id: string;
  readonly ref: MessageRef;
  readonly kind: MessageKind;
  /** Whose message it is; links are shared by all groups. */
  readonly group: GroupId;
  readonly from: ServerId;
  readonly to: ServerId;
  /** 0 for client messages. */
  readonly term: Term;
  readonly sentAt: Micros;
  /** Its place on the lane at time t is (t - sentAt) / (arrivesAt - sentAt). */
  readonly arrivesAt: Micros;
  /** null: it waits (manual network). Otherwise when it arrives, or vanishes if `lost`. */
  readonly dueAt: Micros | null;
  readonly lost: "cut" | "loss" | "dropped" | "down" | "overflow" | null;
  /** Replies: whether it says yes; null for requests. */
  readonly yes: boolean | null;
  /** Its length: what a link with a bandwidth needs time for. */
  readonly bytes: number;
  /** Terms of the entries that it carries. */
  readonly entryTerms: readonly Term[];
  /** AppendEntries without entries. */
  readonly heartbeat: boolean;
  /** Heartbeats and their answers: the newest read that they confirm, 0 = none. */
  readonly round: number;
  /** A sentence: "AppendEntries from S1 to S3: entries 4–5 after entry 3 of term 2". */
  readonly summary: string;
  /** Every field with its name as in the paper, in the paper's order. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}
/** A message that vanished or was dropped lately: what the break is drawn from. */
export interface LostView {
  readonly message: MessageView;
  readonly at: Micros;
  /** Where on the lane, 0 … 1. */
  readonly where: number;
}
export interface RequestView {
  readonly number: number;
  readonly client: ClientId;
  /** The group that keeps its key. */
  readonly group: GroupId;
  readonly operation: Operation;
  readonly askedAt: Micros;
  readonly server: ServerId;
  readonly state: RequestState;
  readonly until: Micros;
  readonly value: string | null;
  /** "put y=9 at S1: no answer yet" */
  readonly summary: string;
}
/** A client that was ever named, as it stands with the group that is shown. */
export interface ClientView {
  readonly id: ClientId;
  /** Whom it will ask next, 0: whoever comes first. */
  readonly leader: ServerId;
  /** The index of the entry that opened its session, 0: none. */
  readonly session: LogIndex;
  /** Whether it is waiting for one. */
  readonly opening: boolean;
  /** Numbers that it has given to commands of this session. */
  readonly sequence: number;
  /** Requests that wait for an answer. */
  readonly open: number;
}
/** How clients behave in this run, and what they do by themselves now. */
export interface ClientsView {
  readonly settings: ClientSettings;
  readonly load: Load;
  /** How gets are served that do not say it. */
  readonly reads: ReadMode;
  readonly each: readonly ClientView[];
  /** Operations in the history so far (`operations`). */
  readonly operations: number;
}
/** One operation from call to answer: a bar. `endedAt` of an `unknown` one is when the client gave up: its bar stays open. */
export interface OperationRow extends ClientOperation {
  /** "put x=1" */
  readonly text: string;
  /** "x is 1", "cas x 1→2 found 3", "no answer yet", "outcome unknown", "not executed". */
  readonly result: string;
}
export interface ViolationView {
  readonly property: string;
  readonly section: string;
  readonly detail: string;
  readonly server: ServerId;
  readonly at: Micros;
}
export interface Frame {
  readonly position: Position;
  /** Nothing changes by itself before this time: the page may draw any t up to it from this frame. null: never. */
  readonly nextAt: Micros | null;
  /** How far this branch has been explored. */
  readonly end: Position;
  readonly mode: NetworkMode;
  /** Raft groups over these machines, and which of them the servers are shown in. */
  readonly groupCount: number;
  readonly group: GroupId;
  readonly servers: readonly ServerView[];
  readonly messages: readonly MessageView[];
  readonly lost: readonly LostView[];
  /** Directed links that are down. */
  readonly cuts: readonly DirectedLink[];
  /** Sets of servers that reach each other both ways; one set if nothing is partitioned. Derived from the links. */
  readonly groups: readonly (readonly ServerId[])[];
  readonly requests: readonly RequestView[];
  readonly loadPerSecond: number;
  readonly clients: ClientsView;
  /** What is wrong right now, servers first. */
  readonly faults: readonly ActiveFault[];
  readonly nemeses: readonly NemesisView[];
  /** What took the run out of the faults under which Raft promises safety, in a sentence; null: nothing did. */
  readonly outside: string | null;
  readonly violation: ViolationView | null;
  /** Why the run cannot go on, if it cannot. */
  readonly stopped: string | null;
  readonly branch: number;
  /** 16 hex digits; equal for equal moments. */
  readonly hash: string;
}

/** What the page shows: one group, and some entries of its logs. */
export interface Viewport {
  /** Default 1. Beyond the last group: the last. */
  readonly group?: GroupId;
  readonly logFrom: LogIndex;
  readonly logCount: number;
}

// ---- the run as a whole -----------------------------------------------------------------------------------

export type MarkKind = "election" | "commit" | "crash" | "restart" | "cut" | "heal" | "request" | "violation" | "act";
export interface Mark {
  readonly at: Micros;
  readonly event: number;
  readonly kind: MarkKind;
  readonly server: ServerId;
  /** 0 where it concerns no group, or all. */
  readonly group: GroupId;
  /** Short: "S4 leads term 3" (", group 2" where there are several), "S1 crashed", "cut". */
  readonly label: string;
}
export interface BranchView {
  readonly id: number;
  readonly label: string;
  /** The branch that it left, and where; -1 and 0 for the first. */
  readonly parent: number;
  readonly from: Micros;
  readonly end: Micros;
}
export interface Bookmark {
  readonly at: Micros;
  readonly label: string;
}
export interface Timeline {
  /** Highest term of any server in the group that is shown, from each time on; ascending. */
  readonly terms: readonly { readonly from: Micros; readonly term: Term }[];
  /** Marks thin out where there are more than the page can draw: never elections, crashes, cuts, violations. */
  readonly marks: readonly Mark[];
  readonly branches: readonly BranchView[];
  readonly current: number;
  readonly end: Micros;
}
export interface BugView {
  readonly name: string;
  readonly title: string;
}
export interface OwnOption {
  readonly title: string;
  readonly here: string;
  readonly run: string;
}
export interface RunInfo {
  readonly title: string;
  readonly notes: string;
  /** "Figure 2 rules, 5 servers, seed 7"; "…, 2 groups, …" where there are several. */
  readonly summary: string;
  /** Servers that follow other options than the run's: what each is called, and what it is here and in the run, in words. */
  readonly ownOptions: readonly { readonly server: ServerId; readonly options: readonly OwnOption[] }[];
  /** Preset id, "" if the run is the user's own. */
  readonly preset: string;
  readonly bookmarks: readonly Bookmark[];
  /** What the link or file asks the page to show. */
  readonly view: {
    readonly at: Micros;
    readonly select: string;
    readonly speed: number;
    readonly play: boolean;
    /** Without it the first. */
    readonly group?: GroupId;
  } | null;
  /** Rules that are switched off: with any of them this is not Raft. */
  readonly bugs: readonly BugView[];
  /** Set if the recording ends in another state than its author saw: made by another version. */
  readonly mismatch: string | null;
}

// ---- the feed ---------------------------------------------------------------------------------------------

export type FeedKind = "election" | "log" | "message" | "disk" | "client" | "fault" | "violation";
export interface FeedRow {
  /** Unique within a run: event number and place within the event. */
  readonly id: string;
  readonly position: Position;
  readonly kind: FeedKind;
  /** Heartbeats and other routine, hidden unless asked for. */
  readonly routine: boolean;
  /** 0 where it concerns none. */
  readonly server: ServerId;
  readonly term: Term;
  readonly text: string;
  /** "§5.4.1", "" if there is none. */
  readonly section: string;
  /** The rule that was followed, in a sentence; "" if there is none. */
  readonly rule: string;
  /** The values that were compared. */
  readonly values: readonly (readonly [name: string, value: string])[];
}
export interface FeedFilter {
  /** Empty = all. */
  readonly servers: readonly ServerId[];
  readonly kinds: readonly FeedKind[];
  readonly routine: boolean;
  /** Only what concerns this group, or none. Default: all groups. */
  readonly group?: GroupId;
}

// ---- exploring by hand ------------------------------------------------------------------------------------

/** One thing that may happen next; an ordinary act. */
export interface ChoiceView {
  readonly kind: "deliver" | "drop" | "duplicate" | "timer" | "process" | "client";
  /** At whom it happens; 0 = the client. */
  readonly server: ServerId;
  readonly act: Act;
  /** "deliver AppendEntries 4 S1→S3", "S2 times out". */
  readonly text: string;
  /** The same beside the server's name and the kind: "AppendEntries 4 from S1". */
  readonly short: string;
  /** The same in full. */
  readonly about: string;
  /** What it concerns on the stage: "S1>S3#4", "S2". */
  readonly pick: string;
  /** It was done before in this very state. */
  readonly tried: boolean;
}
/** A state that was visited while every step was ordered by hand, and where in the history it is. */
export interface StateNode {
  readonly id: number;
  /** Steps from where it began, by the shortest way that was taken. */
  readonly depth: number;
  readonly branch: number;
  readonly event: number;
  /** Highest term of any server. */
  readonly term: Term;
  readonly violated: boolean;
  /** What first led to it; "" where it began. */
  readonly by: string;
}
export interface StateEdge {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}
export interface StateGraph {
  readonly nodes: readonly StateNode[];
  readonly edges: readonly StateEdge[];
  /** Id of the state that is shown now; -1: none of them. */
  readonly present: number;
  /** The event after which this branch was in the state before this one; null where it began. */
  readonly undo: number | null;
  /** Older states that are not in it. */
  readonly leftOut: number;
}
export interface Exploration {
  readonly choices: readonly ChoiceView[];
  /** null unless every step is ordered by hand. */
  readonly graph: StateGraph | null;
}

// ---- what is checked, and what broke it -------------------------------------------------------------------

/** A property that is watched after every step. */
export interface CheckView {
  readonly name: string;
  readonly section: string;
  readonly text: string;
}
/** One server's part in a violation: what it was, or the stretch of its log that is compared. */
export interface EvidenceRow {
  readonly server: ServerId;
  /** "elected in term 3", "leader of term 3, commit index 4". */
  readonly value: string;
  /** The value itself is what broke the property. */
  readonly deciding: boolean;
  /** When it came to that, and after which event; null where it is as it stands now. */
  readonly event: number | null;
  readonly at: Micros;
  readonly cells: readonly EvidenceCell[];
}
export interface EvidenceCell {
  readonly index: LogIndex;
  /** 0: there is no entry. */
  readonly term: Term;
  readonly text: string;
  readonly committed: boolean;
  readonly deciding: boolean;
}
/** A step at which a rule that is switched off answered otherwise than Raft's would have. */
export interface DepartureView {
  readonly event: number;
  readonly at: Micros;
  /** "One vote per term". */
  readonly rule: string;
  /** "A server votes for anybody who asks". */
  readonly bug: string;
}
export interface Verdict {
  readonly checks: readonly CheckView[];
  /** What falls before any harm is done. Not watched while a rule is off, or once the run has left what Raft is made for. */
  readonly guards: readonly CheckView[];
  readonly violation: {
    readonly evidence: readonly EvidenceRow[];
    readonly departures: readonly DepartureView[];
  } | null;
}

// ---- faults -----------------------------------------------------------------------------------------------

/** A row of the table of faults, as data: what a form needs. */
export interface FaultView {
  readonly name: FaultName;
  readonly title: string;
  readonly text: string;
  /** "§5.2", "" if there is none. */
  readonly section: string;
  readonly group: FaultGroup;
  readonly parameters: Parameters;
  /** Whether Raft promises safety under it. */
  readonly inModel: boolean;
  /** Of the parameters that may be left out one has to be there. */
  readonly needsOne: boolean;
  /** The parameter that says whom it hits: a nemesis may be after the leader by it. Null: it hits no server. */
  readonly aims: string | null;
}
/** Nemeses that go well together. */
export interface NemesisSetView {
  readonly name: string;
  readonly title: string;
  /** Numbered from 1; `words`: "crash every 2 s to 5 s, for 1 s". */
  readonly nemeses: readonly { readonly act: NemesisAct; readonly words: string }[];
}
/** The same in every run. */
export interface Catalogue {
  readonly faults: readonly FaultView[];
  readonly sets: readonly NemesisSetView[];
  /** So many nemeses there can be at once. */
  readonly nemesesMost: number;
}
/** Something that is wrong right now. */
export interface ActiveFault {
  /** Unique at a moment, and the React key. */
  readonly id: string;
  /** `armedCrash`: it waits for the server's next write. */
  readonly name: FaultName | "armedCrash";
  /** In the present tense: "S3's disk is stalled: no write comes to its end". */
  readonly words: string;
  readonly targets: readonly Target[];
  /** When it ends by itself; null: it does not. */
  readonly until: Micros | null;
  /** What ends it now; null: nothing does. */
  readonly undo: Act | null;
}
/** A fault that comes again and again. */
export interface NemesisView {
  readonly id: number;
  /** "crash every 2 s to 5 s, for 1 s" */
  readonly words: string;
  readonly fired: number;
  /** null: it rests, because the network is manual. */
  readonly nextAt: Micros | null;
}

/** What the second thread (`linearize.ts`) says of a client history. */
export type { KeyResult, Linearizability } from "../check/linearizability/linearizable.ts";

// ---- searching for a counterexample -----------------------------------------------------------------------

/** To the search's own thread. `servers` 0: the smallest cluster that shows the bugs. No bugs: the correct algorithm. */
export type ToSearch =
  | { readonly kind: "start"; readonly bugs: readonly string[]; readonly servers: number; readonly seconds: number }
  | { readonly kind: "pause" }
  /** For so many seconds more. */
  | { readonly kind: "resume"; readonly seconds: number }
  /** Says what was covered. */
  | { readonly kind: "stop" };
export interface SearchProgress {
  readonly phase: "breadth" | "random" | "shrinking" | "found" | "exhausted";
  /** Distinct states, and stories that were told at random. */
  readonly states: number;
  readonly stories: number;
  /** Coarse steps of the longest stories that have all been told. */
  readonly depth: number;
  /** Acts of the shortest story so far, and of the first that was found; 0: none. */
  readonly actions: number;
  readonly shrunkFrom: number;
  /** Spent searching. */
  readonly milliseconds: number;
}
export type FromSearch =
  | { readonly kind: "progress"; readonly progress: SearchProgress }
  | {
      readonly kind: "found";
      readonly progress: SearchProgress;
      readonly property: string;
      readonly detail: string;
      /** The story, one sentence for each coarse step. */
      readonly steps: readonly string[];
      /** The text of a file: an ordinary recording. */
      readonly recording: string;
    }
  | { readonly kind: "nothing"; readonly progress: SearchProgress; readonly coverage: string };

// ---- requests and answers ---------------------------------------------------------------------------------

export type Source =
  | { readonly from: "preset"; readonly id: string }
  | { readonly from: "file"; readonly text: string }
  /** The fragment of a URL, without "#". */
  | { readonly from: "link"; readonly fragment: string };

/** What is wrong with something that came from outside: `field` is a path such as "actions[3].server". */
export interface InputProblem {
  readonly field: string;
  readonly message: string;
}
export interface ViewState {
  readonly at: Micros;
  readonly select: string;
  readonly speed: number;
  /** Without it the first. */
  readonly group?: GroupId;
}
interface Moved {
  readonly frame: Frame;
  /** null if it has not changed since the last one that was sent. */
  readonly timeline: Timeline | null;
}

export interface Requests {
  /** Replaces the run if, and only if, the source is valid. */
  open: { ask: { readonly source: Source }; answer: Moved & { readonly info: RunInfo } };
  /** Runs forward (never back) to time `to`, or as far as it gets in a slice of some milliseconds; stops at a violation. */
  advance: { ask: { readonly to: Micros }; answer: Moved };
  seek: { ask: { readonly to: Micros }; answer: Moved };
  /** To a position of the feed. */
  visit: { ask: { readonly event: number }; answer: Moved };
  step: { ask: { readonly direction: 1 | -1 }; answer: Moved };
  jump: { ask: { readonly mark: MarkKind; readonly direction: 1 | -1 }; answer: Moved & { readonly found: boolean } };
  /** Acting in the past branches. */
  act: {
    ask: { readonly at: Micros; readonly act: Act };
    answer: Moved & { readonly branched: boolean; readonly refused: string | null };
  };
  branch: { ask: { readonly branch: number }; answer: Moved };
  viewport: { ask: Viewport; answer: Moved };
  /**
   * Newest first, from the present position (or `before`) back. `from`: the oldest event that was looked at, where the
   * next question goes on (`before: from`). `more`: there may be older rows, also where this answer has none.
   */
  feed: {
    ask: { readonly filter: FeedFilter; readonly before: number | null; readonly limit: number };
    answer: { readonly rows: readonly FeedRow[]; readonly from: number; readonly more: boolean };
  };
  /** `link`: the fragment. `file`: *.raft.json. `save`: as `file`, with every branch. */
  share: {
    ask: { readonly as: "link" | "file" | "save"; readonly view: ViewState };
    answer: { readonly text: string };
  };
  /** What may happen next, and where one has been: for a manual network. */
  explore: { ask: Record<never, never>; answer: Exploration };
  /** What is watched; and where a property broke, what broke it. */
  verdict: { ask: Record<never, never>; answer: Verdict };
  /**
   * The clients' history up to the present moment, or to the end of the branch: rows in the order of their calls, at
   * most 5,000. `from`: how many to pass over; negative: counted from the last. The thread `linearize.ts` takes them as they are.
   */
  history: {
    ask: { readonly until: "now" | "end"; readonly from: number; readonly limit: number };
    answer: { readonly rows: readonly OperationRow[]; readonly from: number; readonly total: number };
  };
  /** Every fault that there is, as data for forms. */
  faults: { ask: Record<never, never>; answer: Catalogue };
  /** For tests of the supervisor. */
  break: { ask: { readonly how: "throw" | "hang" }; answer: Record<string, never> };
}
export type RequestKind = keyof Requests;
export type ToWorker = {
  [K in RequestKind]: { readonly id: number; readonly kind: K } & Requests[K]["ask"];
}[RequestKind];
export type FromWorker =
  | { readonly kind: "answer"; readonly id: number; readonly answer: Requests[RequestKind]["answer"] }
  | { readonly kind: "problem"; readonly id: number; readonly problem: InputProblem }
  /** Every 250 ms of wall time while alive. */
  | { readonly kind: "alive" };
