import type { ServerId } from "../../../base/units.ts";
import { firstIndex, lastIndex, slice, termAt } from "../../../raft/log.ts";
import type { RaftMessage, Server } from "../../../raft/types.ts";
import { messageNames } from "../../ticks/names.ts";
import type { Node, TextCommand } from "../../ticks/node.ts";
import { clipped } from "../tally.ts";
import type { Says, ToldEntry, ToldEvent, ToldMessage } from "../told.ts";
import type { Difference, Watcher } from "./check.ts";
import type { Happening } from "./environment.ts";
import type { Directive } from "./script.ts";

type Open<T> = { -readonly [Key in keyof T]: T[Key] };

/** Writes down what the commands of a script do in our engine, as what another program would have told of it. */
export class Recorder implements Watcher {
  readonly events: Open<ToldEvent>[] = [];
  readonly messages: Open<ToldMessage>[] = [];
  /** Everybody who is named anywhere, by our numbers. */
  readonly named = new Set<ServerId>();
  /** The place of the first event at which something else was printed. */
  firstDifference: number | null = null;
  private line = 1;
  private readonly known = new Map<ServerId, Standing>();
  private readonly flights = new Map<RaftMessage, number[]>();

  begins({ line }: Directive): void {
    this.line = line;
  }

  differs({ line, command, expected, got }: Difference): void {
    this.firstDifference ??= this.events.length;
    const text = `${command}: the file expects ${shown(expected)}, our engine prints ${shown(got)}`;
    this.add({ server: 0, kind: "fault", text, line });
  }

  did(node: Node, { kind, text, received, sent }: Happening): void {
    const { id, server } = node;
    const before = this.known.get(id);
    const now = standingOf(node);
    this.known.set(id, now);
    const says = newsOf(before, now);
    const place = this.events.length;
    const isElection =
      before !== undefined && (["role", "term", "vote"] as const).some((key) => says[key] !== undefined);
    const isLog = (["log", "commit", "applied", "base"] as const).some((key) => says[key] !== undefined);
    this.name([id, ...server.configuration.voters, ...server.configuration.outgoing, ...server.configuration.learners]);
    this.add({
      server: id,
      kind: isElection ? "election" : kind === "start" ? "other" : isLog ? "log" : (kinds[kind] ?? "other"),
      text,
      says,
      sends: sent.flatMap((message) => this.send(message, place)),
      receives: received === null ? null : this.arrive(received, place),
      routine: received !== null && /^Heartbeat/.test(received.type),
    });
  }

  dropped(message: RaftMessage, text: string): void {
    this.flights.get(message)?.shift();
    this.add({ server: 0, kind: "fault", text });
  }

  private add(event: Pick<ToldEvent, "server" | "kind" | "text"> & Partial<ToldEvent>): void {
    this.events.push({
      ...{
        file: 0,
        line: this.line,
        at: this.events.length * 1000,
        routine: false,
        says: {},
        sends: [],
        receives: null,
      },
      ...event,
      text: clipped(event.text),
    });
  }

  private name(ids: readonly ServerId[]): void {
    for (const id of ids) if (id > 0) this.named.add(id);
  }

  private send(message: RaftMessage, sentIn: number): number[] {
    if (message.from === message.to) return [];
    this.name([message.from, message.to]);
    const place = this.messages.push({ ...toldOf(message), sentIn, receivedIn: null }) - 1;
    this.flights.set(message, [...(this.flights.get(message) ?? []), place]);
    return [place];
  }

  private arrive(message: RaftMessage, event: number): number | null {
    const place = this.flights.get(message)?.shift();
    if (place === undefined) return null;
    this.messages[place]!.receivedIn = event;
    return place;
  }
}

const shown = (line: string): string => (line === "" ? "nothing more" : `"${line}"`);
const kinds: Readonly<Partial<Record<Happening["kind"], ToldEvent["kind"]>>> = {
  ready: "disk",
  receive: "message",
  client: "client",
  disk: "log",
};

// ---- servers -------------------------------------------------------------------------------------------------

/** All that is told of a server. */
interface Standing {
  readonly says: Says;
  readonly from: number;
  readonly entries: readonly ToldEntry[];
}

function standingOf({ server, applied }: Node): Standing {
  const { log, configuration } = server;
  const last = lastIndex(log);
  const { voters, outgoing, learners } = configuration;
  return {
    says: {
      status: "up",
      role: server.role,
      term: server.term,
      vote: server.votedFor,
      leader: server.leader,
      commit: server.commitIndex,
      applied,
      last,
      lastTerm: termAt(log, last),
      base: log.base,
      baseTerm: log.baseTerm,
      configuration: { voters: sorted(voters), outgoing: sorted(outgoing), learners: sorted(learners) },
    },
    from: firstIndex(log),
    entries: entriesOf(server),
  };
}
const sorted = (ids: readonly ServerId[]): ServerId[] => [...ids].sort((a, b) => a - b);

const letters = { add: "v", remove: "r", learner: "l", update: "u" } as const;
function entriesOf({ log }: Server): ToldEntry[] {
  const [first, last] = [firstIndex(log), lastIndex(log)];
  if (last < first) return [];
  return slice(log, first, last).map(({ term, command, change }) => {
    if (change === null) return { term, text: (command as TextCommand | null)?.text ?? "" };
    return { term, text: change.changes.map(({ type, server }) => `${letters[type]}${server}`).join(" ") };
  });
}

/** What is not as it was. */
function newsOf(before: Standing | undefined, now: Standing): Says {
  const fresh = Object.entries(now.says).filter(
    ([name, value]) => JSON.stringify(before?.says[name as keyof Says]) !== JSON.stringify(value),
  );
  const log = logNews(before, now);
  return { ...Object.fromEntries(fresh), ...(log === null ? {} : { log }) };
}

function logNews(before: Standing | undefined, { from, entries }: Standing): NonNullable<Says["log"]> | null {
  const had = (index: number): ToldEntry | undefined => before?.entries[index - before.from];
  let same = 0;
  while (same < entries.length && isSame(had(from + same), entries[same]!)) same++;
  const end = from + entries.length;
  const ended = before === undefined ? null : before.from + before.entries.length;
  if (same === entries.length && ended === end) return null;
  return { from: from + same, entries: entries.slice(same) };
}
const isSame = (one: ToldEntry | undefined, other: ToldEntry): boolean =>
  one !== undefined && one.term === other.term && one.text === other.text;

// ---- messages ------------------------------------------------------------------------------------------------

const messageKinds: Readonly<Record<RaftMessage["type"], ToldMessage["kind"]>> = {
  RequestVote: "requestVote",
  RequestVoteReply: "requestVoteReply",
  PreVote: "preVote",
  PreVoteReply: "preVoteReply",
  AppendEntries: "appendEntries",
  AppendEntriesReply: "appendEntriesReply",
  Heartbeat: "heartbeat",
  HeartbeatReply: "heartbeatReply",
  InstallSnapshot: "installSnapshot",
  TimeoutNow: "timeoutNow",
  TransferLeader: "other",
  Propose: "other",
  ReadIndex: "other",
  ReadIndexReply: "other",
};

function toldOf(message: RaftMessage): Omit<ToldMessage, "sentIn" | "receivedIn"> {
  const { type, from, to, term } = message;
  return {
    ...{ name: `Msg${messageNames[type]}`, kind: messageKinds[type], from, to, term },
    yes: "granted" in message ? message.granted : "success" in message ? message.success : null,
    entryCount: "entries" in message ? message.entries.length : 0,
    fields: fieldsOf(message).map(([name, value]) => [name, String(value)] as const),
  };
}

/** Under etcd's names. */
function fieldsOf(message: RaftMessage): readonly (readonly [string, number | boolean])[] {
  switch (message.type) {
    case "RequestVote":
    case "PreVote":
      return [
        ["logTerm", message.lastLogTerm],
        ["index", message.lastLogIndex],
      ];
    case "RequestVoteReply":
    case "PreVoteReply":
      return [["reject", !message.granted]];
    case "AppendEntries":
      return [
        ["logTerm", message.prevLogTerm],
        ["index", message.prevLogIndex],
        ["commit", message.leaderCommit],
      ];
    case "AppendEntriesReply":
      if (message.success) return [["index", message.matchIndex]];
      return [
        ["index", message.prevLogIndex],
        ["reject", true],
        ["rejectHint", message.hintIndex],
      ];
    case "Heartbeat":
      return [["commit", message.commit]];
    case "InstallSnapshot":
      return [
        ["snapshot", message.snapshot.index],
        ["snapshotTerm", message.snapshot.term],
      ];
    case "ReadIndexReply":
      return [["index", message.index]];
    default:
      return [];
  }
}
