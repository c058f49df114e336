import type { Micros, ServerId } from "../../base/units.ts";
import { inOnePiece } from "../../history/work.ts";
import type { Role } from "../../raft/types.ts";
import { clipped, inFlight, mostServers, type OpenMessage, tally, unreadable, wholeNumber } from "./tally.ts";
import type { Given, Importer, Place, Reader, ReadRun, Says, ToldEvent, ToldMessage } from "./told.ts";

/**
 * The trace of CCF's consensus (microsoft/CCF, built with CCF_RAFT_TRACING): a JSON object a line, with the state of the
 * node that writes it, and the packet where one is sent or received. tests/trace_viz.py reads the same.
 */
export const ccf: Importer = {
  name: "ccf",
  title: "CCF trace",
  named: /ccf|raft_trace/i,
  fits: (head) => head.split("\n", 400).some((line) => line.length < 100_000 && recordOf(line) !== null),
  open: reading,
};

/** A line, as far as it is understood. */
interface Row extends Place {
  readonly node: string;
  readonly name: string;
  /** h_ts: counts lines of all nodes in the scenario driver; null where a real node wrote a date. */
  readonly stamp: number | null;
  readonly says: Says;
  readonly packet: Packet | null;
}
interface Packet {
  readonly way: "sent" | "received" | "dropped";
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly yes: boolean | null;
  readonly term: number | null;
  readonly entryCount: number;
}
type Json = Readonly<Record<string, unknown>>;

function reading(given: readonly Given[]): Reader {
  const seen = tally();
  const rows: Row[] = [];
  const nodes = new Set<string>();
  return {
    line(text, place) {
      seen.lines += 1;
      if (text.trim() === "") {
        seen.understood += 1;
        return;
      }
      const record = recordOf(text);
      if (record === null) return seen.skip(text, place, whyNone(text));
      const row = rowOf(record, place);
      for (const name of [row.node, row.packet?.from ?? row.node, row.packet?.to ?? row.node])
        if (nodes.size < mostServers) nodes.add(name);
        else if (!nodes.has(name)) return seen.skip(text, place, `more than ${mostServers} servers`);
      rows.push(row);
      seen.understood += 1;
    },
    end: () => inOnePiece(() => told(given, rows, nodes, seen)),
  };
}

interface Recorded {
  readonly stamp: unknown;
  readonly name: string;
  readonly state: Json;
  readonly node: string;
  readonly more: Json;
}

/** With or without the logger's frame around `msg`. */
function recordOf(text: string): Recorded | null {
  const from = text.indexOf("{");
  if (from < 0 || !text.includes('"leadership_state"') || !text.includes('"current_view"')) return null;
  const outer = objectOf(parsed(text.slice(from)));
  const message = objectOf(outer?.["msg"]) ?? outer;
  const state = objectOf(message?.["state"]);
  const name = message?.["function"];
  const node = state?.["node_id"];
  if (message == null || state == null || typeof name !== "string" || typeof node !== "string" || node === "")
    return null;
  return { stamp: outer?.["h_ts"], name, state, node, more: message };
}

function whyNone(text: string): string {
  const outer = objectOf(parsed(text.slice(Math.max(0, text.indexOf("{")))));
  if (outer === null) return "not a JSON object";
  return typeof outer["msg"] === "string" ? "text for people, no state" : "no function and no state of a node";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
const objectOf = (value: unknown): Json | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : null;

const roles: Readonly<Record<string, Role>> = {
  Follower: "follower",
  PreVoteCandidate: "preCandidate",
  Candidate: "candidate",
  Leader: "leader",
};

function rowOf({ stamp, name, state, node, more }: Recorded, place: Place): Row {
  const says: { -readonly [Key in keyof Says]: Says[Key] } = {};
  const role = state["leadership_state"];
  // "None": the node has no part in elections, as one that is to be retired.
  says.role = typeof role === "string" ? (roles[role] ?? null) : null;
  const [term, last, commit] = [state["current_view"], state["last_idx"], state["commit_idx"]].map(wholeNumber);
  if (term != null) says.term = term;
  if (last != null) says.last = last;
  if (commit != null) says.commit = commit;
  const counted = typeof stamp === "string" && /^\d{1,15}$/.test(stamp) ? Number(stamp) : wholeNumber(stamp);
  const { file, line } = place;
  return { file, line, node, name, stamp: counted, says, packet: packetOf(name, node, more) };
}

function packetOf(name: string, node: string, more: Json): Packet | null {
  const packet = objectOf(more["packet"]);
  const [from, to] = [more["from_node_id"], more["to_node_id"]];
  if (packet === null) return null;
  const fields = Object.entries(packet)
    .filter(([, value]) => ["string", "number", "boolean"].includes(typeof value))
    .map(([key, value]) => [key, String(value)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const [success, granted] = [packet["success"], packet["vote_granted"]];
  const entries =
    (wholeNumber(packet["idx"]) ?? 0) - (wholeNumber(packet["prev_idx"]) ?? wholeNumber(packet["idx"]) ?? 0);
  const told = {
    name: typeof packet["msg"] === "string" ? packet["msg"] : name.replace(/^(send|recv)_/, "raft_"),
    fields,
    yes: typeof granted === "boolean" ? granted : typeof success === "string" ? success === "OK" : null,
    term: wholeNumber(packet["term"]),
    entryCount: Math.max(0, entries),
  };
  if (name.startsWith("drop_") && typeof from === "string" && typeof to === "string")
    return { ...told, way: "dropped", from, to };
  if (typeof to === "string" && to !== "") return { ...told, way: "sent", from: node, to };
  return typeof from === "string" && from !== "" ? { ...told, way: "received", from, to: node } : null;
}

function told(
  given: readonly Given[],
  rows: readonly Row[],
  nodes: ReadonlySet<string>,
  seen: ReturnType<typeof tally>,
): ReadRun {
  if (rows.length === 0)
    return unreadable(
      "No line is a JSON object with a function and the state of a node (leadership_state, current_view).",
    );
  const names = [...nodes].sort(byNumber);
  const idOf = new Map(names.map((name, place): [string, ServerId] => [name, place + 1]));
  const ordered = inOrder(rows);
  const messages: OpenMessage[] = [];
  const flying = inFlight();
  const events = ordered.map((row, place): ToldEvent => {
    const server = idOf.get(row.node) ?? 0;
    const arrow = row.packet === null ? null : carried(row.packet, place, { messages, flying, idOf });
    return {
      file: row.file,
      line: row.line,
      at: place * millisecond,
      server,
      kind: kindOf(row.name),
      routine: row.packet !== null && row.packet.name === "raft_append_entries" && row.packet.entryCount === 0,
      text: clipped(textOf(row)),
      says: row.says,
      sends: arrow?.way === "sent" ? [arrow.message] : [],
      receives: arrow?.way === "received" ? arrow.message : null,
    };
  });
  return {
    ok: true,
    value: {
      format: ccf.name,
      title: given.map(({ name }) => name).find((name) => name !== "") ?? ccf.title,
      servers: names.map((name) => ({ name })),
      events,
      messages,
      tells: ["role", "term", "last", "commit", "messages"],
      times: "order",
      unknown: [
        "A line's number tells what came after what, no time: one line is a millisecond here.",
        "State is told only where a node writes a line, and some lines tell it as it was before what they tell of.",
        "Votes, timers, what an entry holds and its term are not told; neither is the sending of a reply to a request for a vote.",
        "Which send a receive belongs to is not told: it is the oldest open one with the same packet between the same nodes.",
      ],
      lines: seen.lines,
      understood: seen.understood,
      skipped: seen.skipped,
    },
  };
}

const millisecond: Micros = 1000;

/** All files by their stamps, where every line has one; else as they were read. */
function inOrder(rows: readonly Row[]): readonly Row[] {
  if (rows.some(({ stamp }) => stamp === null)) return rows;
  return [...rows].sort((one, other) => (one.stamp ?? 0) - (other.stamp ?? 0));
}
function byNumber(one: string, other: string): number {
  const [a, b] = [one, other].map((name) => (/^\d{1,9}$/.test(name) ? Number(name) : Number.POSITIVE_INFINITY));
  return a !== b ? (a as number) - (b as number) : one < other ? -1 : 1;
}

interface Post {
  readonly messages: OpenMessage[];
  readonly flying: ReturnType<typeof inFlight>;
  readonly idOf: ReadonlyMap<string, ServerId>;
}
function carried(
  packet: Packet,
  event: number,
  { messages, flying, idOf }: Post,
): { readonly way: "sent" | "received"; readonly message: number } | null {
  const { from, to, way } = packet;
  const likeness = JSON.stringify([from, to, packet.fields]);
  const flown = way === "sent" ? null : flying.taken(likeness);
  if (way === "dropped") return null;
  if (flown !== null) {
    (messages[flown] as OpenMessage).receivedIn = event;
    return { way, message: flown };
  }
  const sent = way === "sent";
  const message: ToldMessage = {
    name: packet.name,
    kind: kinds[packet.name] ?? "other",
    from: idOf.get(from) ?? 1,
    to: idOf.get(to) ?? 1,
    term: packet.term,
    sentIn: sent ? event : null,
    receivedIn: sent ? null : event,
    yes: packet.yes,
    entryCount: packet.entryCount,
    fields: packet.fields,
  };
  const place = messages.push(message) - 1;
  if (sent) flying.sent(likeness, place);
  return { way, message: place };
}

const kinds: Readonly<Record<string, ToldMessage["kind"]>> = {
  raft_append_entries: "appendEntries",
  raft_append_entries_response: "appendEntriesReply",
  raft_request_vote: "requestVote",
  raft_request_vote_response: "requestVoteReply",
  raft_request_pre_vote: "preVote",
  raft_request_pre_vote_response: "preVoteReply",
  raft_propose_request_vote: "timeoutNow",
};

function kindOf(name: string): ToldEvent["kind"] {
  if (name.startsWith("drop_")) return "fault";
  if (/^become_|vote/.test(name)) return "election";
  if (/^(send|recv)_/.test(name)) return "message";
  return /replicate|execute|commit|rollback|truncate/.test(name) ? "log" : "other";
}

function textOf({ name, packet }: Row): string {
  if (packet === null) return name;
  const peer =
    packet.way === "sent"
      ? ` to ${packet.to}`
      : packet.way === "received"
        ? ` from ${packet.from}`
        : `: ${packet.from} to ${packet.to}`;
  const fields = packet.fields.filter(([key]) => key !== "msg").map(([key, value]) => `${key} ${value}`);
  return `${name}${peer}${fields.length === 0 ? "" : `: ${fields.join(", ")}`}`;
}
