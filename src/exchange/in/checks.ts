import type { LogIndex, ServerId, Term } from "../../base/units.ts";
import { eventsAPart, type Work } from "../../history/work.ts";
import type { Says, ToldCheck, ToldEvent, ToldMessage, ToldRun } from "./told.ts";

/**
 * Raft's properties on a run that another program told of: those that its fields allow to look at. One that breaks is
 * shown with its first event; what was not told is never taken for a proof, nor for a fault.
 */
export function* checksOf(run: ToldRun): Work<readonly ToldCheck[]> {
  const checks = [
    oneLeader(run),
    oneVote(run),
    termsRise(run),
    commitRises(run),
    commitInLog(run),
    committedAgree(run),
    leadersHaveCommitted(run),
    majorityHasCommitted(run),
  ];
  const known = run.servers.map((): Says => ({}));
  for (const [place, event] of run.events.entries()) {
    if (place % eventsAPart === 0) yield { done: place, of: run.events.length };
    if (event.server === 0) continue;
    const before = known[event.server - 1]!;
    const now = after(before, event.says);
    known[event.server - 1] = now;
    const seen = { event, place, server: event.server, before, now };
    for (const check of checks) if (check.broken === null) check.see(seen);
  }
  const own = checks.map(({ property, untold, looked, broken }): ToldCheck => {
    if (broken !== null) return { property, result: "broken", text: broken.text, event: broken.event };
    const count = looked();
    if (count === "") return { property, result: "untold", text: untold, event: null };
    return { property, result: "held", text: count, event: null };
  });
  return [...(run.checks ?? []), ...own];
}

interface Seen {
  readonly event: ToldEvent;
  readonly place: number;
  readonly server: ServerId;
  /** What was known of the server before and after the event. */
  readonly before: Says;
  readonly now: Says;
}
interface Check {
  readonly property: string;
  /** What would have to be told. */
  readonly untold: string;
  see(seen: Seen): void;
  /** How much was looked at, a sentence; "": nothing. */
  looked(): string;
  broken: { readonly text: string; readonly event: number } | null;
}

/** What is known after an event; the role, the vote and the leader of a term that has passed are not. */
function after(before: Says, says: Says): Says {
  const isNewTerm = typeof says.term === "number" && says.term !== before.term;
  return isNewTerm ? { ...before, role: null, vote: null, leader: null, ...says } : { ...before, ...says };
}

const counted = (n: number, one: string, many: string): string => {
  if (n === 0) return "";
  return n === 1 ? `One ${one} looked at.` : `${n} ${many} looked at.`;
};

function speech({ servers, events }: ToldRun) {
  const files = new Set(events.map(({ file }) => file)).size;
  const nameOf = (server: ServerId): string => servers[server - 1]?.name ?? "nobody";
  const lineOf = (place: number): string => {
    const { file, line } = events[place]!;
    return files > 1 ? `line ${line} of file ${file + 1}` : `line ${line}`;
  };
  return { nameOf, lineOf };
}

// ---- elections -----------------------------------------------------------------------------------------------

function oneLeader(run: ToldRun): Check {
  const { nameOf, lineOf } = speech(run);
  const leaders = new Map<Term, { readonly leader: ServerId; readonly place: number }>();
  return {
    property: "At most one leader in a term (§5.2)",
    untold: "No line tells who leads a term.",
    looked: () => counted(leaders.size, "term with a leader", "terms with a leader"),
    broken: null,
    see({ place, server, now }) {
      const { term, role } = now;
      const leader = role === "leader" ? server : now.leader;
      if (typeof term !== "number" || !leader) return;
      const known = leaders.get(term);
      if (known === undefined) leaders.set(term, { leader, place });
      else if (known.leader !== leader)
        this.broken = {
          text: `${nameOf(leader)} leads term ${term} at ${lineOf(place)}; at ${lineOf(known.place)} ${nameOf(known.leader)} does.`,
          event: place,
        };
    },
  };
}

function oneVote(run: ToldRun): Check {
  const { nameOf, lineOf } = speech(run);
  const votes = new Map<string, { readonly vote: ServerId; readonly place: number }>();
  return {
    property: "One vote a term (§5.2)",
    untold: "No line tells of a vote and its term.",
    looked: () => counted(votes.size, "vote", "votes"),
    broken: null,
    see({ place, server, now: { term, vote } }) {
      if (typeof term !== "number" || !vote) return;
      const key = `${server} ${term}`;
      const known = votes.get(key);
      if (known === undefined) votes.set(key, { vote, place });
      else if (known.vote !== vote)
        this.broken = {
          text: `In term ${term}, ${nameOf(server)} votes for ${nameOf(vote)} at ${lineOf(place)}, and for ${nameOf(known.vote)} at ${lineOf(known.place)}.`,
          event: place,
        };
    },
  };
}

function termsRise(run: ToldRun): Check {
  const { nameOf, lineOf } = speech(run);
  const latest = new Map<ServerId, { readonly term: Term; readonly place: number }>();
  let rises = 0;
  return {
    property: "A server's term never falls (§5.1)",
    untold: "No server tells of two terms.",
    looked: () => counted(rises, "new term of a server", "new terms of servers"),
    broken: null,
    see({ event, place, server }) {
      const { term } = event.says;
      if (typeof term !== "number") return;
      const known = latest.get(server);
      if (known !== undefined && term < known.term)
        this.broken = {
          text: `${nameOf(server)} is in term ${term} at ${lineOf(place)}, and was in term ${known.term} at ${lineOf(known.place)}.`,
          event: place,
        };
      if (known !== undefined && term > known.term) rises++;
      if (known === undefined || term > known.term) latest.set(server, { term, place });
    },
  };
}

// ---- commitment ----------------------------------------------------------------------------------------------

function commitRises(run: ToldRun): Check {
  const { nameOf, lineOf } = speech(run);
  const latest = new Map<ServerId, { readonly commit: LogIndex; readonly place: number }>();
  let rises = 0;
  return {
    property: "While a server runs, its commit index never falls (§5.3)",
    untold: "No server tells of two commit indices.",
    looked: () => counted(rises, "new commit index", "new commit indices"),
    broken: null,
    see({ event, place, server }) {
      const { commit, status } = event.says;
      // It may be in memory alone: a server that starts may have an older one.
      if (status === "up") latest.delete(server);
      if (typeof commit !== "number") return;
      const known = latest.get(server);
      if (known !== undefined && commit < known.commit)
        this.broken = {
          text: `${nameOf(server)} has committed up to ${commit} at ${lineOf(place)}, and up to ${known.commit} at ${lineOf(known.place)}.`,
          event: place,
        };
      if (known !== undefined && commit > known.commit) rises++;
      latest.set(server, { commit, place });
    },
  };
}

/** Traces have the whole state with every event, and so has what our engine did; elsewhere only what one line says belongs together. */
const isWhole = ({ format, checks }: ToldRun): boolean =>
  format === "etcd-trace" || (format === "rafttest" && checks !== undefined);

function commitInLog(run: ToldRun): Check {
  const { nameOf, lineOf } = speech(run);
  let looked = 0;
  return {
    property: "A server commits only what its log has (§5.3)",
    untold: "No line tells a commit index and the end of the log together.",
    looked: () => counted(looked, "state", "states"),
    broken: null,
    see({ event, place, server, now }) {
      const { commit, last } = isWhole(run) ? now : event.says;
      if (typeof commit !== "number" || typeof last !== "number") return;
      looked++;
      if (commit > last)
        this.broken = {
          text: `At ${lineOf(place)}, ${nameOf(server)} has committed up to ${commit}, and its log ends at ${last}.`,
          event: place,
        };
    },
  };
}

interface Pair {
  readonly index: LogIndex;
  readonly term: Term;
}

/** Committed entries of which an event tells the term. */
function committedIn({ event, now }: Seen, run: ToldRun): Pair[] {
  const { commit, last, lastTerm, base, baseTerm } = event.says;
  const pairs: Pair[] = [];
  if (typeof base === "number" && typeof baseTerm === "number" && base > 0) pairs.push({ index: base, term: baseTerm });
  if (typeof commit === "number" && commit > 0 && commit === last && typeof lastTerm === "number")
    pairs.push({ index: commit, term: lastTerm });
  // What an append names as the place before its entries is in its sender's log.
  for (const id of event.sends) {
    const { kind, fields } = run.messages[id]!;
    if (kind !== "appendEntries") continue;
    const index = fieldOf(fields, "index");
    const term = fieldOf(fields, "logTerm");
    if (index !== null && term !== null && index > 0 && index <= (now.commit ?? 0)) pairs.push({ index, term });
  }
  return pairs;
}

function fieldOf(fields: ToldMessage["fields"], name: string): number | null {
  const value = fields.find((field) => field[0] === name)?.[1];
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : null;
}

function committedAgree(run: ToldRun): Check {
  const { nameOf, lineOf } = speech(run);
  const terms = new Map<LogIndex, { readonly term: Term; readonly place: number }>();
  return {
    property: "A committed entry is the same everywhere (§5.4.3)",
    untold: "No line tells the term of a committed entry.",
    looked: () => counted(terms.size, "committed entry", "committed entries"),
    broken: null,
    see(seen) {
      const { place, server } = seen;
      for (const { index, term } of committedIn(seen, run)) {
        const known = terms.get(index);
        if (known === undefined) terms.set(index, { term, place });
        else if (known.term !== term)
          this.broken ??= {
            text: `${nameOf(server)} has committed entry ${index} of term ${term} at ${lineOf(place)}; at ${lineOf(known.place)} it is of term ${known.term}.`,
            event: place,
          };
      }
    },
  };
}

function leadersHaveCommitted(run: ToldRun): Check {
  const { nameOf, lineOf } = speech(run);
  /** The highest index that was told as committed, by the term of who told it. */
  const committed = new Map<Term, { readonly index: LogIndex; readonly place: number }>();
  const logs = new Map<ServerId, { readonly term: Term; readonly last: LogIndex }>();
  const leaders: { readonly server: ServerId; readonly term: Term; readonly last: LogIndex; readonly place: number }[] =
    [];
  let looked = 0;
  const compare = (check: Check, leader: (typeof leaders)[number], term: Term): void => {
    const commit = committed.get(term);
    if (commit === undefined || term >= leader.term) return;
    looked++;
    if (leader.last >= commit.index) return;
    check.broken ??= {
      text: `${nameOf(leader.server)} begins to lead term ${leader.term} at ${lineOf(leader.place)} with a log that ends at ${leader.last}; in term ${term}, ${lineOf(commit.place)} tells of ${commit.index} as committed.`,
      event: Math.max(leader.place, commit.place),
    };
  };
  return {
    property: "A leader has every committed entry (§5.4)",
    untold: "No line tells both the log of a new leader and a commit index of an earlier term.",
    looked: () => (looked === 0 ? "" : counted(leaders.length, "new leader", "new leaders")),
    broken: null,
    see({ event, place, server, before, now }) {
      const { term, commit } = now;
      if (typeof term !== "number") return;
      if (typeof event.says.commit === "number" && typeof commit === "number") {
        if (commit > (committed.get(term)?.index ?? -1)) {
          committed.set(term, { index: commit, place });
          for (const leader of leaders) compare(this, leader, term);
        }
      }
      if (now.role === "leader" && before.role !== "leader") {
        const told = logs.get(server);
        // Nothing is added to a log between the vote that is asked for and the victory.
        const last = isWhole(run) ? before.last : told?.term === term ? told.last : null;
        if (typeof last === "number") {
          const leader = { server, term, last, place };
          leaders.push(leader);
          for (const earlier of committed.keys()) compare(this, leader, earlier);
        }
      }
      if (typeof event.says.last === "number" && now.role !== "follower")
        logs.set(server, { term, last: event.says.last });
    },
  };
}

function majorityHasCommitted(run: ToldRun): Check {
  const { nameOf, lineOf } = speech(run);
  /** By leader: the term, and the highest index that each has acknowledged in it; null: it led before the first line. */
  const acks = new Map<ServerId, { readonly term: Term; readonly match: Map<ServerId, LogIndex> } | null>();
  let looked = 0;
  return {
    property: "A leader commits what a majority has acknowledged (§5.3)",
    untold: "Only a trace tells of every acknowledgement.",
    looked: () => counted(looked, "new commit index of a leader", "new commit indices of leaders"),
    broken: null,
    see({ event, place, server, before, now }) {
      if (!isWhole(run) || now.role !== "leader" || typeof now.term !== "number") return;
      if (before.role !== "leader" || before.term !== now.term)
        acks.set(server, before.term === undefined ? null : { term: now.term, match: new Map() });
      const mine = acks.get(server);
      if (mine === null || mine === undefined) return;
      const message = event.receives === null ? undefined : run.messages[event.receives];
      const index = message?.kind === "appendEntriesReply" && message.yes ? fieldOf(message.fields, "index") : null;
      if (message !== undefined && message.term === mine.term && index !== null)
        mine.match.set(message.from, Math.max(index, mine.match.get(message.from) ?? 0));
      const { commit } = event.says;
      if (typeof commit !== "number" || commit <= (before.commit ?? 0) || !now.configuration) return;
      looked++;
      const { voters, outgoing } = now.configuration;
      const has = (id: ServerId): boolean =>
        id === server ? (now.last ?? 0) >= commit : (mine.match.get(id) ?? 0) >= commit;
      for (const half of [voters, outgoing]) {
        const holders = half.filter(has).length;
        if (half.length > 0 && holders * 2 <= half.length)
          this.broken ??= {
            text: `At ${lineOf(place)}, ${nameOf(server)} commits up to ${commit}; of ${half.length} voters ${holders} ${holders === 1 ? "has" : "have"} acknowledged that.`,
            event: place,
          };
      }
    },
  };
}
