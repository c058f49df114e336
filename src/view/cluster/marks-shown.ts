import type { Frame } from "../../worker/protocol/frame.ts";
import type { MessageKind } from "../../worker/protocol/message.ts";
import { standsBy } from "../kit/words/membership.ts";

/** What the legend explains. */
export type MarkName =
  | "term"
  | "leader"
  | "candidate"
  | "learner"
  | "timer"
  | "lease"
  | "entries"
  | "heartbeat"
  | "vote"
  | "snapshot"
  | "reply"
  | "cut"
  | "fault";

/** The legend has room for so many where it stands open. */
const most = 5;

/** The marks that are on the stage now, those of messages before those of servers where there is not room for all. */
export function marksShown({ servers, messages, faults, groups, group }: Frame): readonly MarkName[] {
  const up = servers.filter(({ status }) => status === "up");
  const own = messages.filter((message) => message.group === group);
  const of = (...kinds: readonly MessageKind[]): boolean => own.some(({ kind }) => kinds.includes(kind));
  const there: Readonly<Record<MarkName, boolean>> = {
    term: true,
    heartbeat: own.some(({ kind, heartbeat }) => heartbeat || kind === "Heartbeat"),
    entries: own.some(({ kind, heartbeat }) => kind === "AppendEntries" && !heartbeat),
    vote: of("RequestVote", "PreVote"),
    snapshot: of("InstallSnapshot", "TimeoutNow"),
    reply: own.some(({ kind }) => kind.endsWith("Reply")),
    cut: groups.length > 1,
    fault: faults.some(({ name }) => !drawnOtherwise.has(name)),
    leader: up.some(({ role }) => role === "leader"),
    candidate: up.some(({ role }) => role === "candidate" || role === "preCandidate"),
    learner: servers.some((server) => server.member === "learner" || standsBy(server)),
    lease: up.some(({ lease }) => lease !== null),
    timer: up.some(({ electionDueAt }) => electionDueAt !== null),
  };
  return (Object.keys(there) as MarkName[]).filter((name) => there[name]).slice(0, most);
}

const drawnOtherwise: ReadonlySet<string> = new Set(["crash", "pause", "clock", "cut"]);
