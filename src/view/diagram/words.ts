import { nameOf } from "../../store/server-names.ts";
import {
  type Diagram,
  type Flight,
  lost,
  lostSight,
  outOfNowhere,
  received,
  type Sign,
  saysYes,
} from "../../worker/protocol/diagram.ts";
import { formatTime } from "../kit/words/time.ts";

const end = (id: number): string => (id === 0 ? "the client" : nameOf(id));

/** "AppendEntries of term 3 from S1 to S3" */
export function flightName(kinds: Diagram["kinds"], flight: Flight): string {
  const [, , , , from, to, , copy, kind, , answer, term, entries] = flight;
  const name = kinds[kind] ?? "";
  const carried = entries === 0 ? "" : entries === 1 ? ", 1 entry," : `, ${entries} entries,`;
  const said = answer === 0 || name === "HeartbeatReply" ? "" : answer === saysYes ? ", yes," : ", no,";
  const twin = copy === 0 ? "" : " (a duplicate)";
  return `${name}${term === 0 ? "" : ` of term ${term}`}${carried}${said} from ${end(from)} to ${end(to)}${twin}`;
}

/** What became of it, as far as the branch is known, and may be told: until `shown`. */
export function flightFate([, endAt, , , , , , , , fate]: Flight, shown: number): string {
  if (fate === lostSight) return "and nobody tells what became of it";
  if (fate === outOfNowhere) return `arrived at ${formatTime(endAt ?? 0)}, and nobody tells when it was sent`;
  if (endAt === null || endAt > shown || (fate !== received && fate !== lost)) return "under way";
  return `${fate === lost ? "lost" : "arrived"} at ${formatTime(endAt)}`;
}

export function signWords({ kind, server, other, value, count }: Sign): string {
  const often = count > 1 ? ` (${count} times close together)` : "";
  return `${nameOf(server)} ${saidOf(kind, other, value)}${often}`;
}

function saidOf(kind: Sign["kind"], other: number, value: number): string {
  const who = other === 0 ? "" : ` ${nameOf(other)}`;
  switch (kind) {
    case "campaign":
      return value === 0 ? "asks who would vote for it" : `campaigns in term ${value}`;
    case "elected":
      return value === 0 ? "leads" : `is elected in term ${value}`;
    case "stepsDown":
      return `steps down at a message of term ${value} from${who}`;
    case "votes":
      return `${value === 0 ? "would vote" : "votes"} for${who}`;
    case "refuses":
      return `refuses${who}`;
    case "commits":
      return `commits entry ${value}`;
    case "snapshot":
      return other === 0 ? `makes a snapshot up to entry ${value}` : `installs a snapshot up to entry ${value}`;
    case "crash":
      return "crashes";
    case "restart":
      return "starts again";
    case "violation":
      return "breaks a promise of Raft";
  }
}

/** What stands beside a sign where there is room; "": its form says enough. */
export const signLabel = ({ kind, value }: Pick<Sign, "kind" | "value">): string =>
  kind === "campaign" && value === 0 ? "asks first" : labels[kind];
const labels: Readonly<Record<Sign["kind"], string>> = {
  campaign: "campaigns",
  elected: "elected",
  stepsDown: "steps down",
  votes: "",
  refuses: "",
  commits: "commits",
  snapshot: "snapshot",
  crash: "crashes",
  restart: "starts",
  violation: "violation",
};
