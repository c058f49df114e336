import type { Micros } from "../../../base/units.ts";
import { lab } from "../../../store/use-lab.ts";
import { formatSpan, formatTime } from "../words/time.ts";

/** What a bar is drawn from: one operation of one client, from its call to its answer. */
export interface Spanning {
  readonly number: number;
  readonly client: number;
  readonly calledAt: Micros;
  /** null: no answer, and none may ever come. */
  readonly answeredAt: Micros | null;
}
export interface Judged extends Spanning {
  /** "get x: 1" */
  readonly text: string;
}

/** One operation of a client, as the panels show it. */
export interface Operation extends Spanning {
  /** "put x=1" */
  readonly asked: string;
  /** "PUT /kv/x" and its body. */
  readonly http: string;
  readonly key: string;
  /** It changes nothing. */
  readonly reads: boolean;
  readonly server: number;
  readonly state: "asking" | "done" | "unknown" | "failed";
  /** "ok", "1", "nil", "no answer yet", "outcome unknown", or what went wrong. */
  readonly answer: string;
  /** When the client was answered or gave up; null: it waits. Equals `answeredAt` where there is an answer. */
  readonly endedAt: Micros | null;
}

/** How it stood at `at`: before it ended it had no answer. */
export function asOf(operation: Operation, at: Micros): Operation {
  if (operation.endedAt === null || operation.endedAt <= at) return operation;
  return { ...operation, state: "asking", answer: waiting, answeredAt: null, endedAt: null };
}
export const waiting = "no answer yet";

/** What stands on its bar: short. */
export const barText = ({ asked, state, answer, reads }: Operation): string =>
  state === "done" && (reads || answer !== "ok") ? `${asked}: ${answer}` : asked;

/** Everything about it in sentences. Whom it asked first is not known: `server` is the last one. */
export function detailOf({ client, asked, server, calledAt, endedAt, state, answer }: Operation): string {
  const called = `C${client} called at ${formatTime(calledAt)}: ${asked}`;
  if (state === "asking" || endedAt === null) return `${called}. There is no answer yet.`;
  if (state === "unknown")
    return `${called}. Its outcome is unknown: it may have taken effect, may do so later, or never.`;
  const length = formatSpan(endedAt - calledAt);
  if (state === "failed") return `${called}. It was not executed, as was clear after ${length}.`;
  return `${called}. S${server} answered after ${length}: ${answer}.`;
}

/** Time stands still there: somebody wants to look. */
export function goTo(at: Micros): void {
  lab.pause();
  lab.seek(at);
}
