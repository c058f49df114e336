import type { ClientId, GroupId, LogIndex, Micros, ServerId, Term } from "../base/units.ts";
import type { DirectedLink, MessageRef } from "../world/state/messages.ts";

/** What explanations are made of: plain data, so that they can cross a thread. Times in microseconds. */

/**
 * What is to be explained. `server`: its last decision; with `beside` the one before, or after, that event. `event`: the
 * most telling thing that happened in it, or the one at that place among them (as a row of the feed has it).
 */
export type About =
  | {
      readonly kind: "server";
      readonly server: ServerId;
      readonly group: GroupId;
      readonly beside?: { readonly event: number; readonly direction: 1 | -1 };
    }
  | { readonly kind: "message"; readonly ref: MessageRef; readonly group: GroupId }
  | { readonly kind: "entry"; readonly index: LogIndex; readonly group: GroupId }
  | { readonly kind: "link"; readonly link: DirectedLink; readonly group: GroupId }
  | { readonly kind: "event"; readonly event: number; readonly group: GroupId; readonly place?: number };

/** One condition, in the order in which the rule asks them. */
export interface Compared {
  readonly what: string;
  /** The server's own value, and what it is held against. */
  readonly here: string;
  readonly there: string;
  /** The one that decided. */
  readonly decides: boolean;
  /** False: an earlier one had decided already. */
  readonly asked: boolean;
}

interface RuleTold {
  readonly name: string;
  readonly section: string;
  readonly text: string;
  /** What can be put in its place, by the name of the switch. */
  readonly breaks: readonly { readonly bug: string; readonly title: string }[];
}

/** Something that happened, in a sentence, where it can be visited. `server` 0: it concerns none. */
export interface Told {
  readonly at: Micros;
  readonly event: number;
  readonly server: ServerId;
  readonly sentence: string;
}
/** `as`: what set the event off (`trigger`), or whose state it used. `by`: what set that event off itself. */
export interface CauseTold extends Told {
  readonly as: "trigger" | "state";
  readonly by: Trigger;
}
export type Trigger = "act" | "message" | "timer" | "disk" | "client" | "fault";

export interface Why {
  readonly at: Micros;
  readonly event: number;
  /** "S3", "S1>S3#4", "S1>S3", "entry 4". */
  readonly about: string;
  /** Of a link only: what it does with messages, and how many are on it. */
  readonly now?: string;
  readonly sentence: string;
  /** The rule that was followed; null: none was needed. `name` "" where it has none. */
  readonly rule: RuleTold | null;
  readonly compared: readonly Compared[];
  /** The smallest change that would have led to something else, in a sentence; null: none is known. Found by asking the engine again. */
  readonly counterfactual: string | null;
  /** Newest first. */
  readonly causes: readonly CauseTold[];
  /** There are causes that lie further back than is looked. */
  readonly earlier: boolean;
  /** What must come, and how much of it is missing; empty: nothing is waited for. */
  readonly waitsFor: readonly string[];
}

/** What a story is about. `entry`: the one of that term, or else the one that stands there at the present moment. `command`: a client's operation, by its number. */
export type StoryAbout =
  | { readonly kind: "entry"; readonly index: LogIndex; readonly group: GroupId; readonly term?: Term }
  | { readonly kind: "command"; readonly command: number; readonly group: GroupId }
  | { readonly kind: "term"; readonly term: Term; readonly group: GroupId }
  /** How the one who leads now, or the property that broke, came about. */
  | { readonly kind: "leader" | "violation"; readonly group: GroupId };

/** `kind`: what sort of step it is: "asked", "appended", "stored", "voted" … */
export interface StoryStep extends Told {
  readonly kind: string;
}
/**
 * When one server had it in its log and on its disk, when the leader that appended it knew, when it was applied there,
 * when it went again; null: never.
 */
export interface CopyTold {
  readonly server: ServerId;
  readonly copiedAt: Micros | null;
  readonly storedAt: Micros | null;
  readonly knownAt: Micros | null;
  readonly appliedAt: Micros | null;
  readonly lostAt: Micros | null;
}
export interface Life {
  /** "put x=7"; "" if nobody has it who could tell. */
  readonly text: string;
  /** Where it stands in the log, or stood last; null: in none. */
  readonly place: { readonly index: LogIndex; readonly term: Term } | null;
  /** 0: nobody has. */
  readonly appendedBy: ServerId;
  /** Who asked, and the request's number; 0: nobody did. */
  readonly client: ClientId;
  readonly request: number;
  /** Every server that had it, ascending. */
  readonly copies: readonly CopyTold[];
  /** In which something happened to it, steps that were left out too, or a message was sent by which that came about; ascending. */
  readonly events: readonly number[];
}
export interface Story {
  readonly about: string;
  /** Ascending, at most a dozen. */
  readonly steps: readonly StoryStep[];
  readonly outcome: string;
  /** Of an entry or a command only. */
  readonly life?: Life;
  /** It goes on beyond what was looked at, or steps were left out. */
  readonly more: boolean;
}

/** A node of the graph of causes. */
export interface PastEvent extends Told {
  readonly by: Trigger;
  /** Events that led to it, newest first; those that are not in the list lie further back. */
  readonly causes: readonly { readonly event: number; readonly as: "trigger" | "state" }[];
  /** Names of the messages that were received in it, and entries (index and term) that came into a log by them. */
  readonly messages: readonly string[];
  readonly entries: readonly (readonly [index: LogIndex, term: Term])[];
  /** Something that it used was set further back than is looked. */
  readonly earlier: boolean;
}

/** The first event that is not the same in two runs. */
export interface FirstDifference {
  readonly event: number;
  readonly at: Micros;
  /** What happened instead of each other. */
  readonly here: string;
  readonly there: string;
  /** null: that run has ended. */
  readonly hereAt: Micros | null;
  readonly thereAt: Micros | null;
}
/** `what`: "S3: term", "S1: entry 2", "S1: x". */
export interface DifferenceRow {
  readonly what: string;
  readonly here: string;
  readonly there: string;
}
export interface Differences {
  /** null: none, as far as both go. */
  readonly first: FirstDifference | null;
  /** When their states were compared. */
  readonly here: Micros;
  readonly there: Micros;
  readonly rows: readonly DifferenceRow[];
  readonly more: boolean;
}
