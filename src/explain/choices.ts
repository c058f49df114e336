import { endName } from "../scenario/names.ts";
import type { Act } from "../world/acts.ts";
import { findPacket } from "../world/network.ts";
import type { Payload } from "../world/state/messages.ts";
import type { World } from "../world/types.ts";
import { actText } from "./acts.ts";
import { isHeartbeat, operationText } from "./messages.ts";
import { who } from "./words.ts";

/**
 * What may be done next, as short as on a button: "deliver AppendEntries 4 S1→S3", "S2 times out". The message that is
 * meant must be under way in that world.
 */
export function choiceText(world: World, act: Act): string {
  return "group" in act && act.group !== undefined
    ? `${plainText(world, act)} (group ${act.group})`
    : plainText(world, act);
}

function plainText(world: World, act: Act): string {
  switch (act.do) {
    case "deliver":
    case "drop":
    case "duplicate": {
      const packet = findPacket(world, act.message);
      return packet === undefined
        ? actText(act)
        : `${act.do} ${payloadWords(packet.payload)} ${endsOf(packet.payload)}`;
    }
    case "timeout":
      return `${who(act.server)} times out`;
    case "heartbeat":
      return `${who(act.server)} sends heartbeats`;
    case "compact":
      return `${who(act.server)} makes a snapshot`;
    case "request":
      return `client writes at ${act.server === undefined ? "the leader" : who(act.server)}`;
    default:
      return actText(act);
  }
}

const endsOf = ({ from, to }: Payload): string => `${endName(from)}→${endName(to)}`;

/** A message in two or three words: "AppendEntries 4–5", "heartbeat", "vote granted". */
export function payloadWords(payload: Payload): string {
  if (isHeartbeat(payload)) return "heartbeat";
  switch (payload.type) {
    case "AppendEntries":
      return `AppendEntries ${places(payload.prevLogIndex + 1, payload.prevLogIndex + payload.entries.length)}`;
    case "AppendEntriesReply":
      return payload.success ? `success up to ${payload.matchIndex}` : "refusal";
    case "RequestVoteReply":
      return payload.granted ? "vote granted" : "vote refused";
    case "PreVoteReply":
      return payload.granted ? "pre-vote granted" : "pre-vote refused";
    case "HeartbeatReply":
      return "heartbeat heard";
    case "InstallSnapshot":
      return `InstallSnapshot ${payload.snapshot.index}`;
    case "ClientRequest":
      return operationText(payload.operation);
    case "ClientReply":
      return payload.outcome.kind === "redirect" ? "redirect" : "answer";
    default:
      return payload.type;
  }
}

const places = (first: number, last: number): string => (first === last ? String(first) : `${first}–${last}`);
