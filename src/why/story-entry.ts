import type { ClientId, GroupId, LogIndex, Micros, ServerId, Term } from "../base/units.ts";
import { operationText, proposalText } from "../explain/messages.ts";
import { duration, names, who } from "../explain/words.ts";
import { messageKey } from "../history/causes/aspects.ts";
import type { Causes } from "../history/causes/causes.ts";
import type { EventRow } from "../history/causes/stretch.ts";
import type { History } from "../history/history.ts";
import { momentAfter } from "../history/moment-after.ts";
import type { Work } from "../history/work.ts";
import { entryAt } from "../raft/log.ts";
import type { Fact } from "../world/facts.ts";
import { operationNumbered } from "../world/operations.ts";
import type { KvCommand } from "../world/state/commands.ts";
import type { World } from "../world/types.ts";
import { eventAround, ofGroup, shortened, stepOf, through } from "./steps.ts";
import type { CopyTold, Story, StoryStep } from "./types.ts";
import { clockTime } from "./waits.ts";
import { whoseEntry } from "./whose.ts";

/** One command on its way: asked, appended, on each disk, acknowledged, committed, applied, answered; or where it got lost. */

interface Place {
  readonly index: LogIndex;
  readonly term: Term;
}
interface Wanted {
  readonly group: GroupId;
  readonly about: string;
  /** "put x=7", "" if it is not known. */
  readonly text: string;
  /** The client's request; 0: nobody asked for it. */
  readonly request: number;
  /** Where it stands, if that is known before it is appended. */
  readonly place: Place | null;
  /** Where to begin to look. */
  readonly from: number;
  readonly askedAt: Micros | null;
  /** Who asked; 0: nobody. */
  readonly client: ClientId;
}

export function* storyOfCommand(history: History, causes: Causes, command: number, group: GroupId): Work<Story | null> {
  const operation = operationNumbered(history.world, command);
  if (operation === null) return null;
  const text = operationText(operation.operation);
  const about = `command ${command} (${text})`;
  const from = eventAround(history, operation.calledAt);
  return yield* followed(history, causes, {
    group: operation.group ?? group,
    about,
    text,
    request: command,
    place: null,
    from,
    askedAt: operation.calledAt,
    client: operation.client,
  });
}

export function* storyOfEntry(
  history: History,
  causes: Causes,
  index: LogIndex,
  group: GroupId,
  term?: Term,
): Work<Story | null> {
  const world = yield* withEntry(history, causes, index, group, term);
  const machine = whoseEntry(world, group, index, term);
  if (term !== undefined && (machine === undefined || index <= machine.raft.log.base)) {
    // Nobody has had it so lately that it was found: it is in a snapshot.
    const about = `entry ${index} of term ${term}`;
    const from = beforeEntry(history, group, { index, term });
    const story = yield* followed(history, causes, {
      ...{ group, about, text: "", request: 0, place: { index, term }, from, askedAt: null, client: 0 },
    });
    return story.steps.length === 0 ? null : story;
  }
  if (machine === undefined || index <= machine.raft.log.base) return null;
  const entry = entryAt(machine.raft.log, index);
  const command = entry.command as KvCommand | null;
  const request = command?.request ?? 0;
  const operation = operationNumbered(world, request);
  const text = proposalText(entry);
  const about = `entry ${index} of term ${entry.term} (${text})`;
  const from =
    operation === null
      ? beforeEntry(history, group, { index, term: entry.term })
      : eventAround(history, operation.calledAt);
  const askedAt = operation?.calledAt ?? null;
  // Opening a session is a client's own business, and no operation of its user.
  const client = operation?.client ?? (command?.operation.op === "session" ? command.operation.client : 0);
  const place = { index, term: entry.term };
  return yield* followed(history, causes, { group, about, text, request, place, from, askedAt, client });
}

/** A world in which somebody has the entry: the present one or, where nobody has it yet, or any more, the one in which it was appended. */
function* withEntry(
  history: History,
  causes: Causes,
  index: LogIndex,
  group: GroupId,
  term: Term | undefined,
): Work<World> {
  const { world } = history;
  const now = whoseEntry(world, group, index, term);
  if (term === undefined || (now !== undefined && index > now.raft.log.base)) return world;
  let appended = 0;
  yield* through(history, causes, beforeEntry(history, group, { index, term }), ({ event, facts }) => {
    const isIt = ofGroup(facts, group).some((fact) => {
      if (fact.kind !== "decided" || fact.decision.kind !== "proposalAppended") return false;
      const { decision } = fact;
      return decision.term === term && decision.index <= index && index <= decision.last;
    });
    if (isIt) appended = event;
    return isIt ? "enough" : "more";
  });
  return appended === 0 ? world : (yield* momentAfter(history, appended)).world;
}

/** Some events before it can have been appended: the entry before it was committed about then, or its term began. */
function beforeEntry({ current }: History, group: GroupId, { index, term }: Place): number {
  const { marks, terms } = current.index;
  const begun = terms.findLast((mark) => mark.group === group && mark.term <= term)?.event ?? 1;
  const commit =
    marks.findLast((mark) => mark.kind === "commit" && mark.group === group && mark.value < index)?.event ?? 1;
  return Math.max(1, begun, commit - 1000);
}

/** What is known of the command as the story goes on. */
class Trail {
  readonly steps: StoryStep[] = [];
  place: Place | null = null;
  appendedBy: ServerId = 0;
  committedAt: Micros | null = null;
  answeredAt: Micros | null = null;
  ended = false;
  readonly holders = new Set<ServerId>();
  readonly stored = new Set<ServerId>();
  readonly acknowledged = new Set<ServerId>();
  readonly applied = new Set<ServerId>();
  /** Who replaced it, on whom. */
  replaced: { readonly by: ServerId; readonly term: Term; readonly on: ServerId; readonly at: Micros } | null = null;

  constructor(private readonly wanted: Wanted) {}

  see(row: EventRow): void {
    for (const fact of ofGroup(row.facts, this.wanted.group)) {
      this.client(row, fact);
      this.log(row, fact);
    }
  }

  private add(row: EventRow, kind: string, fact: Fact): void {
    this.steps.push(stepOf(row, kind, fact));
  }

  /** On which server it is how far, and since when. */
  readonly copies = new Map<ServerId, CopyTold>();

  private note(server: ServerId, { at }: EventRow, what: Exclude<keyof CopyTold, "server">): void {
    const old = this.copies.get(server);
    // What was deleted and comes again begins anew.
    const known = old === undefined || (what !== "lostAt" && old.lostAt !== null) ? { ...noCopy, server } : old;
    this.copies.set(server, { ...known, [what]: at });
  }

  private client(row: EventRow, fact: Fact): void {
    if (!("request" in fact) || fact.request !== this.wanted.request || fact.request === 0) return;
    switch (fact.kind) {
      case "requestAsked":
        return this.add(row, "asked", fact);
      case "requestRepeated":
        return this.add(row, "repeated", fact);
      case "requestRedirected":
        return this.add(row, "redirected", fact);
      case "requestAnswered":
        this.answeredAt = row.at;
        this.ended = true;
        return this.add(row, "answered", fact);
      case "requestRefused":
      case "requestGivenUp":
        this.ended = true;
        return this.add(row, "given up", fact);
    }
  }

  private log(row: EventRow, fact: Fact): void {
    const { place } = this;
    switch (fact.kind) {
      case "decided":
        return this.decided(row, fact);
      case "diskWritten":
        if (
          place === null ||
          !this.holders.has(fact.server) ||
          this.stored.has(fact.server) ||
          fact.lastIndex < place.index
        )
          return;
        this.stored.add(fact.server);
        this.note(fact.server, row, "storedAt");
        return this.add(row, "stored", fact);
      case "crashed":
        if (place === null || !this.holders.has(fact.server)) return;
        if (fact.lostFrom <= place.index && place.index <= fact.lostTo) {
          this.drop(fact.server, row);
          this.add(row, "lost", fact);
        } else this.add(row, "crashed", fact);
        return;
      case "stateApplied":
        if (place === null || fact.index !== place.index || !this.holders.has(fact.server)) return;
        this.applied.add(fact.server);
        this.note(fact.server, row, "appliedAt");
        return this.add(row, "applied", fact);
    }
  }

  private decided(row: EventRow, fact: Fact & { readonly kind: "decided" }): void {
    const { decision } = fact;
    const { place } = this;
    const { server } = decision;
    switch (decision.kind) {
      case "proposalAppended":
      case "changeAppended":
      case "noOpAppended":
        if (this.isAppended(row, decision)) {
          const term = "term" in decision ? decision.term : (this.wanted.place?.term ?? 0);
          this.follow(server, { index: this.wanted.place?.index ?? decision.index, term });
          if (this.committedAt === null) this.note(server, row, "copiedAt");
          this.add(row, "appended", fact);
        }
        return;
      case "proposalRefused":
      case "proposalForwarded":
      case "proposalDropped":
        if (this.takesRequest(row)) this.add(row, "refused", fact);
        return;
      case "readTaken":
      case "readWaitsForCommit":
      case "readForwarded":
      case "readDropped":
      case "readConfirmed":
      case "readByLease":
        if (this.wanted.request > 0 && decision.context === String(this.wanted.request)) this.add(row, "read", fact);
        return;
      case "appendAccepted":
        if (place !== null && carries(row, server, place)) {
          if (!this.holders.has(server)) {
            this.note(server, row, "copiedAt");
            this.add(row, "copied", fact);
          }
          this.holders.add(server);
        }
        return;
      case "entriesDeleted":
        // The message that deletes may bring this very entry.
        if (place === null || !this.holders.has(server) || decision.first > place.index || carries(row, server, place))
          return;
        this.drop(server, row);
        this.replaced = { by: senderTo(row, server), term: decision.leaderTerm, on: server, at: row.at };
        return this.add(row, "replaced", fact);
      case "matchAdvanced":
        if (
          place === null ||
          server !== this.appendedBy ||
          decision.match < place.index ||
          this.acknowledged.has(decision.follower)
        )
          return;
        this.acknowledged.add(decision.follower);
        this.note(decision.follower, row, "knownAt");
        return this.add(row, "acknowledged", fact);
      case "notCommittedOldTerm":
        if (
          place !== null &&
          decision.index >= place.index &&
          this.holders.has(server) &&
          this.committedAt === null &&
          this.steps.at(-1)?.kind !== "not committed"
        )
          this.add(row, "not committed", fact);
        return;
      case "committed":
        if (
          place === null ||
          this.committedAt !== null ||
          !this.holders.has(server) ||
          place.index < decision.from ||
          place.index > decision.index
        )
          return;
        this.committedAt = row.at;
        return this.add(row, "committed", fact);
    }
  }

  private drop(server: ServerId, row: EventRow): void {
    for (const known of [this.holders, this.stored]) known.delete(server);
    this.note(server, row, "lostAt");
  }

  /** A command that was asked again may come into the log twice: the later place counts, until one is committed. */
  private follow(server: ServerId, place: Place): void {
    if (this.committedAt !== null) return;
    this.place = place;
    this.appendedBy = server;
    for (const known of [this.holders, this.stored, this.acknowledged, this.applied, this.copies]) known.clear();
    this.holders.add(server);
    this.replaced = null;
  }

  private isAppended(
    row: EventRow,
    decision: { readonly kind: string; readonly index: LogIndex; readonly last?: LogIndex; readonly term?: Term },
  ): boolean {
    const { place, request } = this.wanted;
    const { index, last = index, term } = decision;
    if (place !== null) return index <= place.index && place.index <= last && (term ?? place.term) === place.term;
    return request > 0 && decision.kind === "proposalAppended" && this.takesRequest(row);
  }

  /** The event in which a server takes the client's message, or one that passes it on. */
  private takesRequest({ facts }: EventRow): boolean {
    const { request } = this.wanted;
    return facts.some((fact) => {
      if (fact.kind !== "received" || request === 0) return false;
      const { payload } = fact;
      if (payload.type === "ClientRequest") return payload.request === request;
      return (
        payload.type === "Propose" &&
        payload.proposals.some(({ command }) => (command as KvCommand | null)?.request === request)
      );
    });
  }
}

const noCopy = { copiedAt: null, storedAt: null, knownAt: null, appliedAt: null, lostAt: null };

const carries = ({ facts }: EventRow, to: ServerId, { index, term }: Place): boolean =>
  facts.some(
    (fact) =>
      fact.kind === "received" &&
      fact.ref.to === to &&
      fact.payload.type === "AppendEntries" &&
      fact.payload.entries.some((entry) => entry.index === index && entry.term === term),
  );

function senderTo({ facts }: EventRow, to: ServerId): ServerId {
  for (const fact of facts) if (fact.kind === "received" && fact.ref.to === to) return fact.ref.from;
  return 0;
}

/** Events after its end in which the others may still store and apply it. */
const aftermath = 400;

function* followed(history: History, causes: Causes, wanted: Wanted): Work<Story> {
  const trail = new Trail(wanted);
  const servers = history.setup.servers.length;
  let left = aftermath;
  const more = yield* through(history, causes, wanted.from, (row) => {
    trail.see(row);
    const done = (trail.committedAt !== null || trail.place === null) && (wanted.request === 0 || trail.ended);
    if (done) left--;
    const everywhere = trail.applied.size >= servers;
    return (done && everywhere) || left <= 0 ? "enough" : "more";
  });
  const { steps, cut } = shortened(trail.steps, [
    "copied",
    "acknowledged",
    "crashed",
    "applied",
    "redirected",
    "not committed",
    "stored",
  ]);
  const { about, client, request, text } = wanted;
  const outcome = outcomeOf(trail, wanted, history);
  const copies = [...trail.copies.values()].sort((a, b) => a.server - b.server);
  const events = yield* withSendings(causes, trail.steps);
  const life = { text, place: trail.place, appendedBy: trail.appendedBy, client, request, copies, events };
  return { about, steps, outcome, life, more: more || cut };
}

/** The events of those steps, and those in which the messages were sent by which they came about; ascending. */
function* withSendings(causes: Causes, steps: readonly StoryStep[]): Work<readonly number[]> {
  const events = new Set<number>();
  for (const { event } of steps) {
    if (events.has(event)) continue;
    events.add(event);
    const row = yield* causes.row(event);
    for (const fact of row?.facts ?? []) {
      if (fact.kind !== "received") continue;
      const sent = yield* causes.setter(messageKey(fact.ref), event);
      if (sent > 0) events.add(sent);
    }
  }
  return [...events].sort((a, b) => a - b);
}

function outcomeOf(trail: Trail, wanted: Wanted, { setup }: History): string {
  const answer = answerOf(trail, wanted);
  return `${fateOf(trail, setup)}.${answer === "" ? "" : ` ${answer}.`}`;
}

function fateOf(trail: Trail, { servers }: History["setup"]): string {
  const { place, committedAt, replaced, stored, holders } = trail;
  if (place === null) {
    if (trail.answeredAt !== null) return "It went through no log";
    return trail.ended ? "It came into no log" : "It has come into no log so far";
  }
  const which = `entry ${place.index} of term ${place.term}`;
  if (committedAt !== null) return `It was committed at ${clockTime(committedAt)} as ${which}`;
  const by = replaced && `${who(replaced.by)}, leader of term ${replaced.term}, replaced it on ${who(replaced.on)}`;
  if (holders.size === 0 && by !== null)
    return `It is lost: ${by} at ${clockTime(replaced!.at)}, and nobody else has ${which}`;
  if (holders.size === 0)
    return `It is lost: ${which} was not on the disk of ${who(trail.appendedBy)} when that crashed`;
  const voters = servers.filter(({ member }) => (member ?? "voter") === "voter").length;
  return `It is not committed so far: ${which} is on the disk of ${names([...stored].sort())}, of ${voters} servers${by === null ? "" : `; ${by}`}`;
}

/** What its client heard of it; "": it has none. */
function answerOf({ answeredAt, ended }: Trail, { request, askedAt }: Wanted): string {
  if (request === 0) return "";
  if (answeredAt === null) return ended ? "Its client gave up on an answer" : "Its client has no answer so far";
  const after = askedAt === null ? "" : `, ${duration(answeredAt - askedAt)} after it asked`;
  return `Its client was answered at ${clockTime(answeredAt)}${after}`;
}
