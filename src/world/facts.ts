import type { ClientId, GroupId, LogIndex, Micros, ServerId, Term } from "../base/units.ts";
import type { MembershipChange } from "../raft/configuration.ts";
import type { Decision } from "../raft/decisions.ts";
import type { Act, LossReason, MessageRef, Operation, Payload, SessionRefusal } from "./types.ts";

/**
 * What happened, in full: enough to say it in words without looking at the world again. Made only while traced.
 * `client`: whose request it is, where a run has several clients. `group`: whose it is, where a run has several groups and it belongs to one of them.
 */
export type Happening = { readonly group?: GroupId; readonly client?: ClientId } & Told;

type Told =
  | { readonly kind: "sent"; readonly ref: MessageRef; readonly payload: Payload }
  | { readonly kind: "received"; readonly ref: MessageRef; readonly payload: Payload }
  | { readonly kind: "lost"; readonly ref: MessageRef; readonly payload: Payload; readonly reason: LossReason }
  | { readonly kind: "duplicated"; readonly ref: MessageRef; readonly copy: MessageRef }
  | { readonly kind: "held"; readonly ref: MessageRef; readonly server: ServerId }
  | {
      readonly kind: "diskWritten";
      readonly server: ServerId;
      readonly term: Term;
      readonly votedFor: ServerId;
      readonly lastIndex: LogIndex;
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
    }
  | { readonly kind: "decided"; readonly decision: Decision }
  | {
      readonly kind: "violated";
      readonly property: string;
      readonly section: string;
      readonly server: ServerId;
      readonly detail: string;
    };

/** A happening with its place in the run: `event` counts executed events from 1; all happenings of one event share it. */
export type Fact = Happening & { readonly at: Micros; readonly event: number };
