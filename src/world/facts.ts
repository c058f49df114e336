import type { ClientId, GroupId, LogIndex, Micros, ServerId, Term } from "../base/units.ts";
import type { MembershipChange } from "../raft/configuration.ts";
import type { Decision } from "../raft/decisions.ts";
import type { RaftOptions } from "../raft/options.ts";
import type { Count } from "../raft/quorum.ts";
import type { Act } from "./acts.ts";
import type { FaultAct } from "./faults/index.ts";
import type { Passing } from "./network.ts";
import type { Operation } from "./state/commands.ts";
import type { CrashPoint } from "./state/machine.ts";
import type { MessageRef, SessionRefusal } from "./state/messages.ts";

/**
 * What happened, in full: enough to say it in words without looking at the world again. Made only while traced.
 * `client`: whose request it is, where a run has several clients. `group`: whose it is, where a run has several groups and it belongs to one of them.
 */
export type Happening = { readonly group?: GroupId; readonly client?: ClientId } & Told;

type Told =
  | Passing
  | { readonly kind: "held"; readonly ref: MessageRef; readonly server: ServerId }
  | {
      readonly kind: "diskWritten";
      readonly server: ServerId;
      readonly term: Term;
      readonly votedFor: ServerId;
      readonly lastIndex: LogIndex;
      /** Where nothing else has changed than this. */
      readonly commitIndex?: LogIndex;
    }
  | {
      readonly kind: "crashed";
      readonly server: ServerId;
      readonly lostFrom: LogIndex;
      readonly lostTo: LogIndex;
      readonly unwrittenWrites: number;
    }
  | {
      readonly kind: "restarted";
      readonly server: ServerId;
      readonly term: Term;
      readonly votedFor: ServerId;
      readonly lastIndex: LogIndex;
    }
  | {
      readonly kind: "stateApplied";
      readonly server: ServerId;
      readonly index: LogIndex;
      readonly change: MembershipChange | null;
      readonly operation: Operation | null;
      readonly value: string | null;
      /** Commands that were not executed now: answered before, or refused. */
      readonly unexecuted?: "repeated" | SessionRefusal;
    }
  /**
   * A server follows these other options from now on; `later`: those that it reads when it starts again. `started`: it
   * has read them just now, as it started.
   */
  | {
      readonly kind: "optionsFollowed";
      readonly server: ServerId;
      readonly options: Partial<RaftOptions>;
      readonly later: Partial<RaftOptions>;
      readonly started: boolean;
    }
  | { readonly kind: "compacted"; readonly server: ServerId; readonly index: LogIndex }
  | {
      readonly kind: "requestAsked";
      readonly request: number;
      readonly operation: Operation;
      readonly server: ServerId;
    }
  | {
      readonly kind: "requestRepeated";
      readonly request: number;
      readonly operation: Operation;
      readonly server: ServerId;
    }
  | {
      readonly kind: "requestAnswered";
      readonly request: number;
      readonly operation: Operation;
      readonly value: string | null;
      readonly server: ServerId;
    }
  | {
      readonly kind: "requestRedirected";
      readonly request: number;
      readonly from: ServerId;
      readonly to: ServerId;
    }
  | {
      readonly kind: "requestRefused";
      readonly request: number;
      readonly operation: Operation;
      readonly server: ServerId;
      readonly why: SessionRefusal;
    }
  | {
      readonly kind: "requestGivenUp";
      readonly request: number;
      readonly operation: Operation;
      readonly server: ServerId;
      /** No server took it: it was certainly not executed. */
      readonly untaken?: true;
    }
  | {
      readonly kind: "acted";
      readonly act: Act;
      readonly ignored: string | null;
      /** The nemesis that did it; absent: a recorded act. */
      readonly by?: number;
    }
  /** A fault has come to its end by itself. `by`: 0, or the nemesis whose it was. */
  | { readonly kind: "ended"; readonly act: FaultAct; readonly by: number }
  /** A crash at a write: so many of its entries are on disk. */
  | {
      readonly kind: "crashPoint";
      readonly server: ServerId;
      readonly point: CrashPoint;
      readonly kept: number;
      readonly of: number;
    }
  /**
   * `full`: no room for entries from `index` on, so that the server stops. `vanished`: acknowledged entries from there
   * on are gone. `notStarted`: entry `index` does not fit its checksum. `discarded`: nor did it, and the log ends before it.
   */
  | {
      readonly kind: "diskTrouble";
      readonly server: ServerId;
      readonly what: "full" | "vanished" | "notStarted" | "discarded";
      readonly index: LogIndex;
    }
  /** Of these, who are up and reach each other, none reaches a majority; `counts`: whom the best placed of them reaches. */
  | { readonly kind: "noMajority"; readonly members: readonly ServerId[]; readonly counts: readonly Count[] }
  /**
   * An entry will never be committed. `on`: who still stores it, while one of term `by` is committed in its place; nobody,
   * and 0: its last copy is gone.
   */
  | {
      readonly kind: "entryLost";
      readonly index: LogIndex;
      readonly term: Term;
      readonly operation: Operation;
      readonly on: readonly ServerId[];
      readonly counts: readonly Count[];
      readonly by: Term;
    }
  | { readonly kind: "decided"; readonly decision: Decision }
  | {
      readonly kind: "violated";
      readonly property: string;
      readonly section: string;
      readonly server: ServerId;
      readonly detail: string;
      /** What took the run out of Raft's fault model before, if anything did. */
      readonly outside?: string;
    };

/** What it is told is its own: made for this call, and never touched again by who told it. */
export type Tell = ((happening: Happening) => void) | null;

/** A happening with its place in the run: `event` counts executed events from 1; all happenings of one event share it. */
export type Fact = Happening & { readonly at: Micros; readonly event: number };
