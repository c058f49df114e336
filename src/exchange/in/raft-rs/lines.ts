import type { NamedConfiguration, NamedSays, Post } from "../merge.ts";
import type { ToldEvent, ToldMessage } from "../told.ts";
import type { Logged } from "./fields.ts";

/** The lines that raft-rs logs (tikv/raft-rs, src/raft.rs and src/raft_log.rs in release 0.7), one row each. */

export interface Telling {
  readonly kind: ToldEvent["kind"];
  readonly says?: NamedSays;
  readonly sends?: readonly Post[];
  readonly receives?: Post;
  /** Its next lines may tell more of the same receipt. */
  readonly opens?: true;
}
interface Seen {
  readonly me: string;
  /** A group of the pattern: a number in digits. */
  group(name: string): string;
  number(name: string): number;
  field(name: string): string;
}
interface Row {
  readonly pattern: RegExp;
  readonly tells: (seen: Seen) => Telling;
}

const kinds: Readonly<Record<string, ToldMessage["kind"]>> = {
  MsgRequestVote: "requestVote",
  MsgRequestVoteResponse: "requestVoteReply",
  MsgRequestPreVote: "preVote",
  MsgRequestPreVoteResponse: "preVoteReply",
  MsgAppend: "appendEntries",
  MsgAppendResponse: "appendEntriesReply",
  MsgHeartbeat: "heartbeat",
  MsgHeartbeatResponse: "heartbeatReply",
  MsgSnapshot: "installSnapshot",
  MsgTimeoutNow: "timeoutNow",
};
const post = (name: string, from: string, to: string, more: Partial<Post> = {}): Post => ({
  ...{ name, kind: kinds[name] ?? "other", from, to, term: null, yes: null, entryCount: 0, fields: [] },
  ...more,
});
const logFields = (term: number, index: number): Post["fields"] => [
  ["logTerm", String(term)],
  ["index", String(index)],
];

const became =
  (role: "follower" | "candidate" | "preCandidate" | "leader") =>
  (seen: Seen): Telling => {
    const term = seen.number("term");
    const own = { follower: { leader: null }, preCandidate: { leader: "" } } as const;
    if (role === "candidate") return { kind: "election", says: { role, term, vote: seen.me, leader: "" } };
    if (role === "leader")
      return { kind: "election", says: { role, term, leader: seen.me, last: null, lastTerm: null } };
    return { kind: "election", says: { role, term, ...own[role] } };
  };

/** "Configuration { incoming: Configuration { voters: {1, 2} }, outgoing: … }, learners: {3}, …" */
function membersIn(text: string): NamedConfiguration | null {
  const sets = [...text.matchAll(/\b(voters|learners): \{([\d, ]*)\}/g)];
  const listed = (name: string): string[][] =>
    sets.filter(([, of]) => of === name).map(([, , ids = ""]) => ids.split(/[, ]+/).filter(Boolean));
  const [voters, outgoing = []] = listed("voters");
  return voters === undefined ? null : { voters, outgoing, learners: listed("learners")[0] ?? [] };
}

const vote =
  (yes: boolean) =>
  (seen: Seen): Telling => {
    const { me } = seen;
    const type = seen.field("msg type") || "MsgRequestVote";
    const [from, term] = [seen.group("from"), seen.number("term")];
    const isPre = type === "MsgRequestPreVote";
    const told = isPre ? null : term;
    const log = logFields(seen.number("msgTerm"), seen.number("msgIndex"));
    return {
      kind: "election",
      says: {
        ...{ term, last: seen.number("index"), lastTerm: seen.number("logTerm") },
        vote: yes && !isPre ? from : seen.group("vote"),
      },
      sends: [post(`${type}Response`, me, from, { term: told, yes })],
      receives: post(type, from, me, { term: told, fields: log }),
    };
  };

const installs = ({ me, number }: Seen): Telling => {
  const [index, term] = [number("snapshot_index"), number("snapshot_term")];
  return {
    kind: "log",
    says: {
      ...{ commit: number("commit"), last: number("last_index"), lastTerm: number("last_term") },
      ...{ base: index, baseTerm: term },
    },
    receives: post("MsgSnapshot", "", me, {
      fields: [
        ["index", String(index)],
        ["term", String(term)],
      ],
    }),
    opens: true,
  };
};

const rows: readonly Row[] = [
  { pattern: /^became follower at term (?<term>\d+)/, tells: became("follower") },
  { pattern: /^became candidate at term (?<term>\d+)/, tells: became("candidate") },
  { pattern: /^became pre-candidate at term (?<term>\d+)/, tells: became("preCandidate") },
  { pattern: /^became leader at term (?<term>\d+)/, tells: became("leader") },
  {
    pattern: /^newRaft/,
    tells: ({ number, field }) => {
      const configuration = membersIn(field("peers"));
      const log = { commit: number("commit"), applied: number("applied"), last: number("last index") };
      return {
        kind: "other",
        says: {
          ...{ status: "up", role: "follower", term: number("term"), vote: null, leader: "" },
          ...{ ...log, lastTerm: number("last term") },
          ...(configuration === null ? {} : { configuration }),
        },
      };
    },
  },
  {
    pattern: /^starting a new election/,
    tells: ({ number }) => ({ kind: "election", says: { term: number("term") } }),
  },
  {
    pattern: /^broadcasting vote request/,
    tells: ({ me, number, field }) => {
      const type = field("type") || "MsgRequestVote";
      const term = number("term") + (type === "MsgRequestPreVote" ? 1 : 0);
      const log = { last: number("log_index"), lastTerm: number("log_term") };
      const fields = logFields(log.lastTerm, log.last);
      const to = field("to").match(/\d+/g) ?? [];
      return {
        kind: "election",
        says: { term: number("term"), ...log },
        sends: to.map((id) => post(type, me, id, { term, fields })),
      };
    },
  },
  {
    pattern:
      /^\[logterm: (?<logTerm>\d+), index: (?<index>\d+), vote: (?<vote>\d+)\] cast vote for (?<from>\d+) \[logterm: (?<msgTerm>\d+), index: (?<msgIndex>\d+)\] at term (?<term>\d+)/,
    tells: vote(true),
  },
  {
    pattern:
      /^\[logterm: (?<logTerm>\d+), index: (?<index>\d+), vote: (?<vote>\d+)\] rejected vote from (?<from>\d+) \[logterm: (?<msgTerm>\d+), index: (?<msgIndex>\d+)\] at term (?<term>\d+)/,
    tells: vote(false),
  },
  {
    pattern: /^\[logterm: \d+, index: \d+, vote: (?<vote>\d+)\] ignored vote from (?<from>\d+) /,
    tells: ({ me, group, number, field }) => ({
      kind: "election",
      says: { term: number("term"), vote: group("vote") },
      receives: post(field("msg type") || "MsgRequestVote", group("from"), me),
    }),
  },
  {
    pattern: /^received votes response/,
    tells: ({ me, number, field }) => {
      const type = field("type");
      const isPre = type.startsWith("MsgRequestPreVote");
      const told = { term: isPre ? null : number("term"), yes: field("vote") === "true" };
      const isOwn = field("from") === me;
      return {
        kind: "election",
        says: { term: number("term") },
        ...(isOwn ? {} : { receives: post(type, field("from"), me, told) }),
      };
    },
  },
  {
    pattern: /^received a message with higher term from (?<from>\d+)/,
    tells: ({ me, group, number, field }) => ({
      kind: "election",
      says: { term: number("term") },
      receives: post(field("msg type"), group("from"), me, { term: number("message_term") }),
      opens: true,
    }),
  },
  {
    pattern: /^ignored a message with lower term from (?<from>\d+)/,
    tells: ({ me, group, number, field }) => ({
      kind: "message",
      says: { term: number("term") },
      receives: post(field("msg type"), group("from"), me, { term: number("msg term") }),
    }),
  },
  {
    pattern: /^(?:sends|sent) MsgTimeoutNow to (?<to>\d+) /,
    tells: ({ me, group }) => ({ kind: "election", sends: [post("MsgTimeoutNow", me, group("to"))] }),
  },
  {
    pattern: /^\[term (?<term>\d+)\] received MsgTimeoutNow from (?<from>\d+) /,
    tells: ({ me, group, number }) => ({
      kind: "election",
      says: { term: number("term") },
      receives: post("MsgTimeoutNow", group("from"), me),
    }),
  },
  {
    pattern: /^\[term (?<term>\d+)\] (?:starts to|abort previous transferring|transfer) /,
    tells: ({ number }) => ({ kind: "election", says: { term: number("term") } }),
  },
  {
    pattern: /^stepped down to follower since quorum is not active/,
    tells: () => ({ kind: "election" }),
  },
  {
    pattern:
      /^\[firstindex: \d+, commit: (?<commit>\d+)\] sent snapshot\[index: (?<index>\d+), term: (?<term>\d+)\] to (?<to>\d+)/,
    tells: ({ me, group, number }) => ({
      kind: "log",
      says: { commit: number("commit") },
      sends: [
        post("MsgSnapshot", me, group("to"), {
          fields: [
            ["index", group("index")],
            ["term", group("term")],
          ],
        }),
      ],
    }),
  },
  { pattern: /^restored snapshot/, tells: installs },
  {
    pattern: /^\[commit: (?<commit>\d+), term: \d+\] restored snapshot \[index: (?<index>\d+), term: (?<term>\d+)\]/,
    tells: ({ me, group, number }) => ({
      kind: "log",
      says: { commit: number("commit"), base: number("index"), baseTerm: number("term") },
      receives: post("MsgSnapshot", "", me, {
        fields: [
          ["index", group("index")],
          ["term", group("term")],
        ],
      }),
    }),
  },
  {
    pattern: /^\[commit: (?<commit>\d+)\] ignored snapshot \[index: (?<index>\d+), term: (?<term>\d+)\]/,
    tells: ({ me, group, number }) => ({
      kind: "log",
      says: { commit: number("commit") },
      receives: post("MsgSnapshot", "", me, {
        fields: [
          ["index", group("index")],
          ["term", group("term")],
        ],
      }),
    }),
  },
  {
    pattern: /^switched to configuration/,
    tells: ({ field }) => {
      const configuration = membersIn(field("config"));
      return { kind: "log", says: configuration === null ? {} : { configuration } };
    },
  },
  { pattern: /^found conflict at index (?<index>\d+)/, tells: () => ({ kind: "log" }) },
  {
    pattern: /^no leader at term (?<term>\d+); dropping/,
    tells: ({ number }) => ({ kind: "client", says: { term: number("term"), leader: "" } }),
  },
];

/** null: it is no line that is understood here. */
export function tellingOf({ text, fields }: Logged): Telling | null {
  const me = fields.get("raft_id") ?? "";
  if (!/^\d{1,20}$/.test(me)) return null;
  for (const { pattern, tells } of rows) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const group = (name: string): string => found.groups?.[name] ?? "";
    const field = (name: string): string => fields.get(name) ?? "";
    let isWhole = true;
    const number = (name: string): number => {
      const value = group(name) || field(name);
      if (/^\d{1,15}$/.test(value)) return Number(value);
      isWhole = false;
      return 0;
    };
    const telling = tells({ me, group, field, number });
    return isWhole ? telling : null;
  }
  return null;
}
