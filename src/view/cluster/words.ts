import type { GroupId } from "../../base/units.ts";
import { haveNames } from "../../store/server-names.ts";
import type { LostView } from "../../worker/protocol/message.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { clockWords } from "../kit/words/clock-words.ts";
import { leaseWords } from "../kit/words/lease-words.ts";
import { countOf, heardWords, standsBy, voteWords } from "../kit/words/membership.ts";
import { roleNames } from "../kit/words/role-names.ts";
import { endName } from "../kit/words/words.ts";

/** What the marks on the stage are called, and what is told of them where they are pointed at. */

/** "S4, leader of term 3, commit 4"; `asked`: how many votes are needed is not told. */
export function serverName(server: ServerView, group: GroupId, violated: boolean, asked = false): string {
  if (server.told !== undefined) return server.told.words;
  const down = server.status === "down";
  const role = down ? `down, term ${server.term} on disk` : `${roleNames[server.role]} of term ${server.term}`;
  const parts = [`S${server.id}`, role];
  if (server.status === "paused") parts.splice(1, 0, "paused");
  if (!down) {
    parts.push(`commit ${server.commitIndex}`);
    if (server.member === "learner") parts.push("learner");
    if (standsBy(server)) parts.push("not a member");
    parts.push(...countedWords(server, asked));
  }
  if (server.base > 0) parts.push(`snapshot up to ${server.base}`);
  if (server.clock !== null) parts.push(`its clock ${clockWords(server.clock)}`);
  if (server.disk.pending > 0) parts.push("writing to disk");
  if (server.leads.some((led) => led !== group))
    parts.push(`leads group ${server.leads.filter((led) => led !== group).join(" and ")}`);
  if (violated) parts.push("breaks an invariant");
  return parts.join(", ");
}

/** "1 of 2 votes needed", "2 of 2 confirmations needed for a read"; where it is asked, "1 vote" */
function countedWords(server: ServerView, asked: boolean): string[] {
  const count = countOf(server);
  if (count === null) return [];
  const [only, other] = count.tallies;
  if (asked && server.role === "candidate" && only !== undefined && other === undefined)
    return [voteWords(only.granted)];
  const what = server.votes === null ? "confirmations needed for a read" : "votes needed";
  return [`${heardWords(count.tallies, " and ")} ${what}`];
}

/** What a server of its role does. */
export function does({ status, role, member, transferee, doing, told }: ServerView): string {
  if (told !== undefined) return told.does;
  if (status === "down") return "It does nothing until it is started again.";
  if (status === "paused") return "It does nothing until it is let go on; messages wait for it.";
  if (role === "leader") {
    if (transferee !== 0) return `It hands leadership over to S${transferee}.`;
    if (member === "none") return "It leads, and by its own configuration it is no member any more.";
    return "It takes the clients’ requests and sends its log to the others.";
  }
  if (role === "candidate") return "It asks the others for their votes, to lead.";
  if (role === "preCandidate") return "It asks whether the others would vote for it.";
  if (member === "learner") return "It gets the log and has no vote.";
  if (member === "none") return "By all that it knows it is no member, and it waits to be told otherwise.";
  if (doing === "writing a snapshot") return "It stores the snapshot that its leader has sent.";
  return "It does what the leader tells it, and wants to lead when its timer has run out.";
}

export const diskWords = "Its disk is not done yet with what it is to write.";

/** The arc around a server: of its election timer, or of a leader's lease. */
export const arcWords = ({ lease, role }: ServerView): string =>
  role === "leader" && lease !== null
    ? leaseWords(lease)
    : "Its election timer: when the arc is gone it wants to lead. All arcs have one scale.";

/** "The link from S1 to S3: press it to cut it." */
export const wayWords = (name: string, cut: boolean): string =>
  haveNames()
    ? ""
    : `The link from ${name.replace(">", " to ")}${cut ? ", which is cut: press it to mend it." : ": press it to cut it."}`;

/** Why a message broke. */
export function lossWords({ message: { lost, to } }: LostView): string {
  switch (lost) {
    case "cut":
      return "lost at the cut";
    case "dropped":
      return "dropped";
    case "overflow":
      return `lost: too much waited for ${endName(to)}`;
    case "down":
      return `lost: ${endName(to)} was down`;
    default:
      return "lost";
  }
}
