import type { LogIndex, Micros, ServerId, Term } from "../../base/units.ts";
import type { Work } from "../../history/work.ts";
import type { Role } from "../../raft/types.ts";

/**
 * A run that another program told of, as an importer hands it over. What the source does not tell is left out: nothing
 * here is inferred, but where a field says so.
 */
export interface ToldRun {
  /** The importer's name, "etcd-log". */
  readonly format: string;
  readonly title: string;
  /** At place i the server with id i + 1. */
  readonly servers: readonly ToldServer[];
  /** In order; what happened at one time, in the order in which it was told or caused. */
  readonly events: readonly ToldEvent[];
  readonly messages: readonly ToldMessage[];
  /** What the source ever tells of, for each server and of messages; of all else every value is unknown. */
  readonly tells: readonly Fact[];
  /** `clock`: times are the source's. `order`: it only tells what came after what; events lie one millisecond apart. */
  readonly times: "clock" | "order";
  /** In sentences: what cannot be known from this source. */
  readonly unknown: readonly string[];
  /** In sentences: what had to be supposed of the source, or put right in it, to read it. */
  readonly supposed?: readonly string[];
  /** What the source itself expects of it, looked at by its importer. */
  readonly checks?: readonly ToldCheck[];
  /** How many lines (or records) there were, how many of them were understood, and the first 1,000 of the others. */
  readonly lines: number;
  readonly understood: number;
  readonly skipped: readonly Skipped[];
  /** Kinds of lines, where the source names them: "VOTE". */
  readonly topics?: readonly string[];
}
export type Fact =
  | "status"
  | "role"
  | "term"
  | "vote"
  | "leader"
  | "commit"
  | "applied"
  | "last"
  | "log"
  | "configuration"
  | "messages";

export interface ToldServer {
  /** As the source calls it: "8e9e05c52164694d", "S0". */
  readonly name: string;
}
/** Where something stands in what was read: the file's place among them, and its line, counted from 1. */
export interface Place {
  readonly file: number;
  readonly line: number;
}
export interface Skipped extends Place {
  /** At most 200 characters. */
  readonly text: string;
  readonly why: string;
}
export interface ToldEvent extends Place {
  /** Since the first event. */
  readonly at: Micros;
  /** 0 where it concerns no server. */
  readonly server: ServerId;
  readonly kind: "election" | "log" | "message" | "disk" | "client" | "fault" | "other";
  readonly routine: boolean;
  /** In the source's own words, or a sentence where it has none. At most 400 characters. */
  readonly text: string;
  /** One of `ToldRun.topics`. */
  readonly topic?: string;
  /** What is known of that server from here on. */
  readonly says: Says;
  /** What it sends: places in `ToldRun.messages`. */
  readonly sends: readonly number[];
  /** What it receives. */
  readonly receives: number | null;
}
/** Only what was said. `null` takes back: it is not known any more (after a restart, say). */
export interface Says {
  readonly status?: "up" | "down";
  readonly role?: Role | null;
  readonly term?: Term | null;
  /** 0: for nobody. */
  readonly vote?: ServerId | null;
  /** 0: it knows of none. */
  readonly leader?: ServerId | null;
  readonly commit?: LogIndex | null;
  readonly applied?: LogIndex | null;
  readonly last?: LogIndex | null;
  readonly lastTerm?: Term | null;
  /** Entries up to here are gone into a snapshot. */
  readonly base?: LogIndex | null;
  readonly baseTerm?: Term | null;
  /** The log from `from` on; what stood there and after it is gone. A term of null is unknown. */
  readonly log?: { readonly from: LogIndex; readonly entries: readonly ToldEntry[] } | null;
  readonly configuration?: {
    readonly voters: readonly ServerId[];
    readonly outgoing: readonly ServerId[];
    readonly learners: readonly ServerId[];
  } | null;
}
export interface ToldEntry {
  readonly term: Term | null;
  /** "" where it is not told. */
  readonly text: string;
}
export interface ToldMessage {
  /** As the source calls it: "MsgVote", "RequestVote". */
  readonly name: string;
  readonly kind:
    | "requestVote"
    | "requestVoteReply"
    | "preVote"
    | "preVoteReply"
    | "appendEntries"
    | "appendEntriesReply"
    | "heartbeat"
    | "heartbeatReply"
    | "installSnapshot"
    | "timeoutNow"
    | "other";
  readonly from: ServerId;
  readonly to: ServerId;
  /** null: not told. */
  readonly term: Term | null;
  /** Places in `ToldRun.events`; null: the source does not tell of it. At least one is there. */
  readonly sentIn: number | null;
  readonly receivedIn: number | null;
  /** Answers: whether it says yes. */
  readonly yes: boolean | null;
  readonly entryCount: number;
  /** Every field that was told. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** What somebody gives to be read. */
export interface Given {
  /** File name; "" for what was pasted. */
  readonly name: string;
}
export interface ImportProblem extends Place {
  readonly message: string;
}
/**
 * A format. It reads line by line, so that 100 MB can be read in pieces; one that needs the whole text collects it.
 * Nothing may hang or throw, whatever the text: a line that is not understood is skipped, with the reason.
 */
export interface Importer {
  readonly name: string;
  /** "etcd/raft log", as the page calls it. */
  readonly title: string;
  /** File names that speak for it. */
  readonly named: RegExp;
  /** Whether a text that begins so (at most 64 kB) is of this format; never true of what another importer's sample holds. */
  fits(head: string): boolean;
  /** `patterns`: what the user edited, for a format that has such; see `Importer.patterns`. */
  open(given: readonly Given[], patterns?: string): Reader;
  /** The patterns that come along, as text that the user may edit. */
  readonly patterns?: string;
}
export interface Reader {
  line(text: string, place: Place): void;
  /** `offsets`: by file, what is added to its times. May be asked more than once. Files of any size are put in order in slices. */
  end(offsets: readonly Micros[]): Work<ReadRun>;
}
export type ReadRun =
  | { readonly ok: true; readonly value: ToldRun }
  | { readonly ok: false; readonly problem: ImportProblem };

/** What a property comes to on a run that another program told of. */
export interface ToldCheck {
  /** "At most one leader in a term". */
  readonly property: string;
  /** `untold`: the source does not tell what is needed to look. */
  readonly result: "held" | "broken" | "untold";
  /** In a sentence: how much was looked at, what breaks it, or what would have to be told. */
  readonly text: string;
  /** Where broken: the first event that breaks it, as a place in `ToldRun.events`. */
  readonly event: number | null;
}
