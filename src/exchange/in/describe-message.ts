import { matchIn } from "./etcd/match.ts";
import {
  type DescribedEntry,
  describedEntry,
  describedMessage,
  describedSnapshot,
  inHex,
  messageLine,
  openedBy,
} from "./etcd/message-line.ts";
import { roles } from "./etcd/names.ts";
import { Gathering } from "./gather.ts";
import type { Line, NamedSays, Post } from "./merge.ts";
import { isScript } from "./rafttest/looks.ts";
import { timeIn } from "./stamps.ts";
import type { Importer, Place, Reader } from "./told.ts";

/**
 * Lines of etcd/raft's DescribeMessage, alone or as its interaction tests (rafttest, testdata) print them: what a Ready
 * holds is sent or stored, what stands under "receiving messages" arrives. Elsewhere the first of two equal lines sends
 * a message and the second receives it.
 */
export const describeMessage: Importer = {
  name: "describe-message",
  title: "etcd/raft messages (DescribeMessage)",
  named: /(describe-?message|testdata|rafttest)/i,
  fits: (head) => messageLine.test(head) && !isScript(head),
  open: (given) => reader(given.map(({ name }) => name)),
};

const unknown = [
  "Where nothing says whether a line sends or receives, the first of two equal lines sends and the second receives.",
  "What a log level hides is not known.",
];

/** Where the lines stand that come now. */
interface Context {
  server: string;
  /** `ready`: what a server wants done; `receives`: what is handed to it; `loose`: neither is said. */
  part: "ready" | "receives" | "loose";
  list: "entries" | "committed" | "messages" | null;
}

function reader(files: readonly string[]): Reader {
  const gathering = new Gathering({ format: "describe-message", files, unknown, inOrder: "file" });
  const sentLoosely = new Map<string, number>();
  const ends = new Map<string, number>();
  let context: Context = { server: "", part: "loose", list: null };
  /** A message whose entries follow. */
  let open: { post: Post; text: string; place: Place; source: string } | null = null;

  /** Answers that a storage's thread will send are told again when it sends them. */
  let isNested = false;

  const add = (source: string, place: Place, line: Partial<Line> & Pick<Line, "kind" | "text">): void => {
    const server = line.server ?? context.server;
    const { last } = line.says ?? {};
    if (typeof last === "number" && server !== "") ends.set(server, last);
    gathering.add(source, {
      at: null,
      routine: false,
      says: {},
      sends: [],
      receives: null,
      ...line,
      server,
      file: place.file,
      line: place.line,
    });
  };

  const message = (post: Post, text: string, place: Place, source: string): void => {
    const kind = /Vote/.test(post.name) ? "election" : post.from === "" || post.to === "" ? "disk" : "message";
    const routine = /Heartbeat|AppResp/.test(post.name);
    const at = timeIn(source.slice(0, source.indexOf("->")));
    if (post.from === "" || post.to === "" || post.from === post.to)
      return add(source, place, { kind, text, routine, at });
    const receives = context.part === "receives" || (context.part === "loose" && isSecond(text));
    if (receives) add(source, place, { kind, text, routine, at, server: post.to, receives: post });
    else add(source, place, { kind, text, routine, at, server: post.from, sends: [post] });
  };
  const isSecond = (text: string): boolean => {
    const key = text.trim();
    const sent = sentLoosely.get(key) ?? 0;
    if (sent > 0) sentLoosely.set(key, sent - 1);
    else if (sentLoosely.size < 100_000) sentLoosely.set(key, 1);
    return sent > 0;
  };

  const closed = (line: string): boolean => {
    if (open === null) return false;
    const entry = describedEntry(line);
    const { post, text, place, source } = open;
    if (entry !== null) {
      open = { post: { ...post, entryCount: post.entryCount + 1 }, text: `${text} ${line.trim()}`, place, source };
      return true;
    }
    open = null;
    message(post, text, place, source);
    isNested = openedBy(line) === "responses";
    return /^\s*\]/.test(line);
  };

  const stored = (entry: DescribedEntry, source: string, place: Place): void => {
    const end = ends.get(context.server);
    const says: NamedSays = { last: entry.index, lastTerm: entry.term };
    // Entries before it may be hidden: then only the end of the log is told.
    const log = { from: entry.index, entries: [{ term: entry.term, text: entry.text }] };
    const isNext = end !== undefined && entry.index <= end + 1 && entry.index > 0;
    add(source, place, { kind: "log", text: `stores ${source.trim()}`, says: isNext ? { ...says, log } : says });
  };

  return {
    line: (text, place) => {
      if (isNested) {
        isNested = !/^\s*\]\s*$/.test(text);
        return;
      }
      if (closed(text) || text.trim() === "") return;
      const next = contextAfter(text, context);
      if (next !== null) {
        context = next;
        return add(text, place, { kind: "other", text: text.trim(), routine: true });
      }
      const described = describedMessage(text);
      if (described !== null) {
        const what = text.slice(described.before.length).trim();
        if (/dropped:\s*$/.test(described.before)) return add(text, place, { kind: "fault", text: `dropped: ${what}` });
        isNested = described.opens === "responses";
        if (described.opens === "entries") open = { post: described.post, text: what, place, source: text };
        else message(described.post, what, place, text);
        return;
      }
      const says = saidBy(text);
      if (says !== null) return add(text, place, { kind: "log", text: text.trim(), says });
      const entry = context.list === "entries" || context.list === "committed" ? describedEntry(text) : null;
      if (entry !== null && context.list === "entries") return stored(entry, text, place);
      if (entry !== null) {
        const applied = { applied: entry.index };
        return add(text, place, { kind: "log", text: `applies ${text.trim()}`, says: applied });
      }
      const match = matchIn(text);
      if (match === null) return gathering.skip(text, place, "it describes no message and no state");
      const { template, values } = match;
      // Of messages it tells what the lines around it do.
      const told = template.tells?.(values).says ?? {};
      const server = values.text("who") || context.server;
      add(text, place, {
        kind: template.kind,
        text: text.slice(match.from).trim(),
        says: nobodyIsNobody(told),
        server,
      });
    },
    end: (offsets) => {
      closed("");
      return gathering.end(offsets, "No line of it describes a message.");
    },
  };
}

const nobodyIsNobody = (says: NamedSays): NamedSays => (says.vote === "0" ? { ...says, vote: "" } : says);

/** What a line that is a heading, or a command of a test, means for those after it; null where it is neither. */
function contextAfter(line: string, context: Context): Context | null {
  const heading = /^\s*> ([0-9a-f]{1,16}) (handling Ready|receiving messages|processing (?:append|apply) thread)/.exec(
    line,
  );
  if (heading !== null) {
    const [, server = "", what] = heading;
    return { server, part: what === "receiving messages" ? "receives" : "ready", list: null };
  }
  const command = /^(process-ready|process-append-thread|process-apply-thread|deliver-msgs)\b(?: (\d{1,16})\b)?/.exec(
    line,
  );
  if (command !== null) {
    const [, what, id] = command;
    const server = id === undefined ? "" : Number(id).toString(16);
    return { server, part: what === "deliver-msgs" ? "receives" : "ready", list: null };
  }
  if (/^\s*Ready MustSync=(true|false):/.test(line)) return { ...context, part: "ready", list: null };
  const list = /^\s*(Entries|CommittedEntries|Messages):\s*$/.exec(line)?.[1];
  if (list === undefined) return null;
  return { ...context, list: list === "Entries" ? "entries" : list === "Messages" ? "messages" : "committed" };
}

/** A state that a Ready tells. */
function saidBy(line: string): NamedSays | null {
  const soft = /^\s*Lead:(\d{1,20}) State:(State\w{1,20})\s*$/.exec(line);
  if (soft !== null) {
    const role = roles[soft[2]!];
    return { leader: named(soft[1]!), ...(role === undefined ? {} : { role }) };
  }
  const hard = /^\s*HardState Term:(\d{1,15})(?: Vote:(\d{1,20}))? Commit:(\d{1,15})\s*$/.exec(line);
  if (hard !== null) return { term: Number(hard[1]), vote: named(hard[2] ?? "0"), commit: Number(hard[3]) };
  const snapshot = /^\s*Snapshot Index/.test(line) ? describedSnapshot(line) : null;
  if (snapshot === null) return null;
  const { index, term, members } = snapshot;
  return { base: index, baseTerm: term, last: index, lastTerm: term, configuration: members };
}
const named = (id: string): string => (/^0+$/.test(id) ? "" : inHex(id));
