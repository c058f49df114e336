import type { ServerId } from "../../base/units.ts";
import type { Frame, MessageView, ServerView } from "../../worker/protocol.ts";
import { formatTime } from "../timeline/time.ts";

export const endName = (id: ServerId): string => (id === 0 ? "client" : `S${id}`);
export const serverOrNone = (id: ServerId): string => (id === 0 ? "none" : `S${id}`);

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
  if (leaders.length === 1) return `S${only.id} leads term ${only.term}`;
  const number = leaders.length === 2 ? "Two" : String(leaders.length);
  return `${number} leaders: ${listed(leaders.map((server) => `S${server.id} of term ${server.term}`))}`;
}

/** "S1 and S2 | S3, S4 and S5"; null if every server reaches every other. */
export function groupsSentence(frame: Frame): string | null {
  if (frame.groups.length < 2) return null;
  return frame.groups.map((group) => listed(group.map(endName))).join(" | ");
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
  }
}

/** Number of the bookmark that was passed last; -1 before the first. Bookmarks ascend. */
export function bookmarkAt(times: readonly number[], now: number): number {
  return times.findLastIndex((at) => at <= now);
}
