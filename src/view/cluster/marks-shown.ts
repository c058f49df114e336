import { type Micros, microsPerSecond } from "../../base/units.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { MessageKind } from "../../worker/protocol/message.ts";
import { standsBy } from "../kit/words/membership.ts";

const names = [
  "term",
  "heartbeat",
  "entries",
  "vote",
  "snapshot",
  "reply",
  "cut",
  "fault",
  "leader",
  "candidate",
  "learner",
  "lease",
  "timer",
] as const;

/** What the legend explains, in this order. */
export type MarkName = (typeof names)[number];

/** The legend has room for so many where it stands open. */
const most = 5;
/** While time runs a mark that was on the stage is still explained for so long. */
const keptFor: Micros = microsPerSecond;

/** When each mark was last on the stage. */
export type MarksSeen = ReadonlyMap<MarkName, Micros>;

/** With those of this frame. Where time stands, or has gone back, earlier ones do not count. */
export function marksSeen(before: MarksSeen, frame: Frame, playing: boolean): MarksSeen {
  const { at } = frame.position;
  const recent = [...before].filter(([, last]) => playing && last <= at && at - last <= keptFor);
  return new Map([...recent, ...marksOn(frame).map((name) => [name, at] as const)]);
}

/** Those to explain: of messages before those of servers where there is not room for all. */
export const marksShown = (seen: MarksSeen): readonly MarkName[] =>
  names.filter((name) => seen.has(name)).slice(0, most);

/** The marks that are on the stage now. */
function marksOn({ servers, messages, faults, groups, group }: Frame): readonly MarkName[] {
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
  return names.filter((name) => there[name]);
}

const drawnOtherwise: ReadonlySet<string> = new Set(["crash", "pause", "clock", "cut"]);
