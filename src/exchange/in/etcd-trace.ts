import type { Micros } from "../../base/units.ts";
import { kindOfMessage, roles } from "./etcd/names.ts";
import { Gathering } from "./gather.ts";
import type { Line, NamedConfiguration, NamedSays, Post } from "./merge.ts";
import { parsed, timeOf } from "./stamps.ts";
import { wholeNumber } from "./tally.ts";
import type { Importer, Place, Reader } from "./told.ts";

/**
 * What etcd/raft traces when it is built with the tag `with_tla` (state_trace.go): one JSON object a line, with the
 * state of the server after the event, or before it where a message comes in. Lines stand in the order of a file.
 */
export const etcdTrace: Importer = {
  name: "etcd-trace",
  title: "etcd/raft trace (with_tla)",
  named: /trace[^/\\]*\.ndjson$/i,
  fits: (head) => /"tag"\s*:\s*"trace"/.test(head) && /"nid"\s*:\s*"/.test(head),
  open: (given) => reader(given.map(({ name }) => name)),
};

const unknown = [
  "A trace has no contents of entries, no numbers of messages (what looks alike arrives in the order in which it was sent), no timers, no crashes, no applied index and no learners.",
  "Pre-votes, reads and handed-over leadership are not traced.",
];

function reader(files: readonly string[]): Reader {
  const gathering = new Gathering({ format: "etcd-trace", files, unknown, inOrder: "file" });
  const known = new Map<string, NamedSays>();
  return {
    line: (text, place) => {
      if (text.trim() === "") return;
      const record = parsed(text);
      if (record?.["tag"] !== "trace") return gathering.skip(text, place, "it is no event of a trace");
      const line = lineOf(record, place);
      if (typeof line === "string") return gathering.skip(text, place, line);
      const before = known.get(line.server) ?? {};
      known.set(line.server, { ...before, ...line.says });
      gathering.add(text, { ...line, says: news(before, line.says) });
    },
    end: (offsets) => gathering.end(offsets, "No line of it is an event of a trace."),
  };
}

/** What is said that was not known already, and every start. */
function news(before: NamedSays, after: NamedSays): NamedSays {
  const isKnown = ([name, value]: [string, unknown]): boolean => {
    const old = before[name as keyof NamedSays];
    if (name === "status") return false;
    return old === value || (typeof value === "object" && JSON.stringify(old) === JSON.stringify(value));
  };
  return Object.fromEntries(Object.entries(after).filter((each) => !isKnown(each)));
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The event of a line, or what is wrong with it. */
function lineOf(record: Json, place: Place): Line | string {
  const { event, ts } = record;
  if (!isObject(event)) return "it has no event";
  const { name, nid, state, msg } = event;
  if (typeof name !== "string" || typeof nid !== "string" || !isId(nid)) return "its event names no server";
  const says = saysOf(event, nid);
  if (!isObject(state) || says === null) return "its event has no state of the server";
  const isMessage = /^(Send|Receive)/.test(name);
  const post = isMessage ? postOf(msg) : null;
  if (isMessage && post === null) return "its event has no message";
  // What a server sends itself is its own write that is done.
  const travels = post !== null && post.from !== post.to;
  const routine = name === "Ready" || (post !== null && /Heartbeat|AppResp/.test(post.name));
  return {
    ...place,
    at: timeOf(ts) satisfies Micros | null,
    server: nid,
    kind: kindOf(name, post),
    routine,
    text: post === null ? eventText(name, event) : `${name}: ${postText(post)}`,
    says,
    sends: travels && name.startsWith("Send") ? [post] : [],
    receives: travels && name.startsWith("Receive") ? post : null,
  };
}

const isId = (text: string): boolean => /^[1-9]\d{0,19}$/.test(text);

function kindOf(name: string, post: Post | null): Line["kind"] {
  if (name === "InitState") return "other";
  if (/^Become|Vote/.test(name)) return "election";
  return post === null ? "log" : "message";
}

function saysOf(event: Json, nid: string): NamedSays | null {
  const { name, state, role, log, conf } = event;
  if (!isObject(state)) return null;
  const term = wholeNumber(state["term"]);
  const commit = wholeNumber(state["commit"]);
  const last = wholeNumber(log);
  const is = typeof role === "string" ? roles[role] : undefined;
  const vote = state["vote"];
  const configuration = configurationOf(conf);
  return {
    ...(name === "InitState" ? { status: "up" as const } : {}),
    ...(is === undefined ? {} : { role: is, leader: is === "leader" ? nid : null }),
    ...(term === null ? {} : { term }),
    ...(typeof vote === "string" && (isId(vote) || vote === "0") ? { vote: vote === "0" ? "" : vote } : {}),
    ...(commit === null ? {} : { commit }),
    ...(last === null ? {} : { last }),
    ...(configuration === null ? {} : { configuration }),
  };
}

function configurationOf(conf: unknown): NamedConfiguration | null {
  if (!Array.isArray(conf)) return null;
  const ids = (list: unknown): string[] =>
    Array.isArray(list) ? list.filter((id): id is string => typeof id === "string" && isId(id)) : [];
  return { voters: ids(conf[0]), outgoing: ids(conf[1]), learners: [] };
}

/** A snapshot's message has the snapshot's index in the place of the number of entries. */
function postOf(msg: unknown): Post | null {
  if (!isObject(msg)) return null;
  const { type, from, to, term, entries, reject } = msg;
  if (typeof type !== "string" || typeof from !== "string" || typeof to !== "string") return null;
  if (!isId(from) || !isId(to) || !/^\w{1,40}$/.test(type)) return null;
  const isSnapshot = type === "MsgSnap";
  const fields = ["logTerm", "index", "commit", "vote", "reject", "rejectHint"].flatMap((name) =>
    msg[name] === undefined ? [] : [[name, String(msg[name])] as const],
  );
  const carried = wholeNumber(entries) ?? 0;
  return {
    ...{ name: type, kind: kindOfMessage(type), from, to, term: wholeNumber(term) },
    yes: type.endsWith("Resp") ? reject !== true : null,
    entryCount: isSnapshot ? 0 : carried,
    fields: [...fields, [isSnapshot ? "snapshot" : "entries", String(carried)]],
  };
}

const postText = ({ name, from, to, term, fields }: Post): string =>
  `${name} ${from} → ${to}, term ${term ?? "?"}${fields
    .filter(([field, value]) => value !== "0" && value !== "false" && field !== "vote")
    .map(([field, value]) => `, ${field} ${value}`)
    .join("")}`;

function eventText(name: string, event: Json): string {
  const { prop } = event;
  const change = isObject(prop) ? prop["cc"] : event["cc"];
  return isObject(change) && Object.keys(change).length > 0 ? `${name}: ${JSON.stringify(change)}` : name;
}
