import type { ServerId } from "../../../base/units.ts";
import { oldAndNew } from "../../../scenario/names.ts";
import { nameOf } from "../../../store/server-names.ts";
import type { MessageView } from "../../../worker/protocol/message.ts";
import type { ProgressView, ReadView, ServerView } from "../../../worker/protocol/server.ts";
import { halvesOf, heardWords, readTalliesOf } from "./membership.ts";
import { formatTime } from "./time.ts";

export const endName = (id: ServerId): string => (id === 0 ? "client" : nameOf(id));
export const named = nameOf;
export const serverOrNone = (id: ServerId): string => (id === 0 ? "none" : nameOf(id));

const several = (ids: readonly ServerId[]): string => (ids.length === 0 ? "none" : ids.map(named).join(", "));

/** Who votes, in each half while the configuration is joint, how many must agree, and who only learns. `asked`: somebody is to find out how many. */
export function configurationFacts(
  server: ServerView,
  asked = false,
): readonly (readonly [name: string, value: string])[] {
  const halves = halvesOf(server);
  const names = halves.length === 1 ? ["voters"] : ["old voters", "new voters"];
  const voting = halves.map(({ voters }, i) => [names[i]!, several(voters)] as const);
  const quorum = oldAndNew(halves.map((half) => `${half.quorum} of ${half.voters.length}`));
  const learners = server.learners.length === 0 ? [] : [["learners", several(server.learners)] as const];
  const needed = asked ? [] : [["quorum", halves[0]!.voters.length === 0 ? "none" : quorum] as const];
  return [...voting, ...needed, ...learners];
}

/** A follower's progress: "replicate", "probe", "snapshot 37, 60 %" while that one is under way. */
export const progressState = ({ state, pendingSnapshot, snapshotPercent }: ProgressView): string =>
  state !== "snapshot"
    ? state
    : `snapshot ${pendingSnapshot}${snapshotPercent === null ? "" : `, ${snapshotPercent} %`}`;

/** What is under way to a follower: "–", "up to 9", "3, up to 9" where several messages are. */
export function windowWords({ outstanding, inflight }: ProgressView): string {
  if (outstanding === 0) return "–";
  return inflight > 1 ? `${inflight}, up to ${outstanding}` : `up to ${outstanding}`;
}

/** "S1", "S1 and S2", "S1, S2 and S3". */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

const leads = (server: ServerView): boolean => server.role === "leader" && server.status !== "down";

/** "S4 leads term 3", "No leader", "Two leaders: S1 of term 2 and S4 of term 3". */
export function leaderSentence(servers: readonly ServerView[]): string {
  const leaders = servers.filter(leads).sort((a, b) => a.term - b.term);
  const only = leaders[0];
  if (only === undefined) return "No leader";
  if (leaders.length === 1) return `${nameOf(only.id)} leads term ${only.term}`;
  const number = leaders.length === 2 ? "Two" : String(leaders.length);
  return `${number} leaders: ${listed(leaders.map((server) => `${nameOf(server.id)} of term ${server.term}`))}`;
}

/** Where a rule is stated, spelled out: "D 4.1, §6" as "dissertation §4.1, paper §6". */
export const citation = (section: string): string =>
  section
    .split(", ")
    .map((place) => (place.startsWith("D ") ? place.replace("D ", "dissertation §") : place))
    .map((place) => (place.startsWith("§") || place.startsWith("Figure") ? `paper ${place}` : place))
    .join(", ");

/** What will become of a message that is under way. */
export function fateOf(message: MessageView): string {
  const to = endName(message.to);
  if (message.told !== undefined) return message.told.fate;
  const due = message.dueAt === null ? "" : ` at ${formatTime(message.dueAt)}`;
  switch (message.lost) {
    case null:
      return message.dueAt === null ? "waits until you deliver or drop it" : `arrives at ${to}${due}`;
    case "cut":
      return `is lost at the cut${due}`;
    case "loss":
      return `is lost on the way${due}`;
    case "dropped":
      return "was dropped";
    case "down":
      return `is lost: ${to} is down`;
    case "overflow":
      return `is lost: too much waits for ${to}`;
  }
}

/** Number of the bookmark that was passed last; -1 before the first. Bookmarks ascend. */
export function bookmarkAt(times: readonly number[], now: number): number {
  return times.findLastIndex((at) => at <= now);
}

/** What a read waits for next: "a commit in term 4", "1 of 2 confirmations", "entry 7 applied". */
export function readWaits(server: ServerView, read: ReadView): string {
  if (read.waitsFor === "ownCommit")
    return server.role === "leader" ? `a commit in term ${server.term}` : "leadership, and a commit in its term";
  if (read.waitsFor === "apply") return `entry ${read.index} applied`;
  return `${heardWords(readTalliesOf(server, read), " and ")} confirmations`;
}

/** Who has confirmed the newest round, and who has not; null where no read waits for that. */
export function roundSentence(server: ServerView): string | null {
  const newest = server.reads.findLast(({ waitsFor }) => waitsFor === "quorum");
  if (newest === undefined) return null;
  const missing = server.voters.filter((id) => !newest.confirmedBy.includes(id));
  const silent = missing.length === 0 ? "" : `; not yet by ${listed(missing.map(named))}`;
  return `Heartbeats carry round ${newest.round}, confirmed by ${listed(newest.confirmedBy.map(named))}${silent}.`;
}
