import { inTurn, nobody, type Read } from "./etcd/in-turn.ts";
import { matchIn } from "./etcd/match.ts";
import { messageLine } from "./etcd/message-line.ts";
import { Gathering } from "./gather.ts";
import type { NamedConfiguration, NamedSays, Post } from "./merge.ts";
import { ofRaftRs } from "./raft-rs/fields.ts";
import { isScript } from "./rafttest/looks.ts";
import { timeIn, unwrapJson } from "./stamps.ts";
import type { Importer, Reader } from "./told.ts";

/**
 * etcd/raft's plain log: of Go's logger, of etcd's capnslog and zap (as text and as JSON lines), of journald, Docker or
 * Kubernetes around them. What stands before the text of a line is only searched for a time.
 */
export const etcdLog: Importer = {
  name: "etcd-log",
  title: "etcd/raft log",
  named: /(^|[/\\._-])(etcd|raft)[^/\\]*\.(log|txt|out)$/i,
  fits: (head) =>
    !messageLine.test(head) &&
    !isScript(head) &&
    !ofRaftRs.test(head) &&
    head.split("\n").some((line) => matchIn(unwrapped(line).text) !== null),
  open: (given) => reader(given.map(({ name }) => name)),
};

const unknown = [
  "What is not logged is not known: entries, acknowledgements, heartbeats and timers. With debug lines, refused and delayed appends are told.",
  "A server's commit index and the end of its log are as it last told them; they may have grown since.",
];

function reader(files: readonly string[]): Reader {
  const gathering = new Gathering<Read>({ format: "etcd-log", files, unknown, inOrder: "server", inTurn });
  return {
    line: (text, place) => {
      if (text.trim() === "" || gathering.isFull(text, place)) return;
      const { text: inner, at, hasTime } = unwrapped(text);
      const match = matchIn(inner);
      if (match === null) return gathering.skip(text, place, "it is no line of etcd/raft");
      const { template, values, from } = match;
      const server = values.text("who");
      const { says = {}, sends = [], receives = null, opens = false } = template.tells?.(values) ?? {};
      const line = {
        at: hasTime ? at : timeIn(inner.slice(0, from)),
        server,
        kind: template.kind,
        routine: template.routine ?? false,
        text: inner.slice(from).trimEnd(),
        says: withMembersInHex(says, server),
        sends: sends.map(named).filter(({ from: sender, to }) => sender !== to),
        receives: receives && named(receives),
        opens,
      };
      gathering.add(text, { ...place, ...line });
    },
    end: (offsets) => gathering.end(offsets, "No line of it is one that etcd/raft logs."),
  };
}

function unwrapped(line: string): { readonly text: string; readonly at: number | null; readonly hasTime: boolean } {
  const json = line.includes("{") ? unwrapJson(line) : null;
  if (json === null) return { text: line, at: null, hasTime: false };
  return { ...json, hasTime: json.at !== null };
}

const named = (post: Post): Post => ({ ...post, from: nobody(post.from), to: nobody(post.to) });

const withMembersInHex = (says: NamedSays, server: string): NamedSays =>
  says.configuration ? { ...says, configuration: inHex(says.configuration, server) } : says;

/**
 * Releases before 3.6 print configurations in decimal and all else in hexadecimal. Which one it is shows by the server
 * itself, which is one of the members.
 */
function inHex(configuration: NamedConfiguration, server: string): NamedConfiguration {
  const { voters, outgoing, learners } = configuration;
  const all = [...voters, ...outgoing, ...learners];
  if (all.includes(server) || !all.every((id) => /^\d+$/.test(id))) return configuration;
  const hex = (id: string): string => BigInt(id).toString(16);
  if (!all.some((id) => hex(id) === server || id.length > 16)) return configuration;
  return { voters: voters.map(hex), outgoing: outgoing.map(hex), learners: learners.map(hex) };
}
