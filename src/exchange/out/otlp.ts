import type { GroupId, LogIndex, Micros, ServerId, Term } from "../../base/units.ts";
import { operationText, outcomeText } from "../../explain/messages.ts";
import { entryAt, firstIndex, lastIndex } from "../../raft/log.ts";
import { clientName, endName, refName } from "../../scenario/names.ts";
import type { Fact } from "../../world/facts.ts";
import { operationsOf } from "../../world/operations.ts";
import { replicaOf } from "../../world/replicas.ts";
import type { ClientOperation } from "../../world/state/clients.ts";
import type { KvCommand } from "../../world/state/commands.ts";
import type { World } from "../../world/types.ts";
import type { Exporter, Range } from "./exporter.ts";
import { cutAt } from "./lines.ts";
import {
  type Attributes,
  clientKind,
  idOf,
  internalKind,
  linesOf,
  type Span,
  type SpanName,
  serverKind,
} from "./spans.ts";
import { walk } from "./walk.ts";

/**
 * OTLP spans as JSON lines (opentelemetry-proto's JSON encoding), which a collector, and Jaeger by it, takes. A request of
 * a client is a trace; the round in which its entry is replicated is in it, and so is each server that appends it. An
 * election is a trace, with the votes. Who was sent something links to the span that sent it, by the message's name.
 */

/** Kept in memory until the end. */
const spansMost = 100_000;
const tooMany = `More than ${spansMost} spans are too many`;

export const otlp: Exporter = {
  name: "otlp",
  title: "OpenTelemetry spans",
  purpose: "Requests, elections and rounds of replication as traces, for an OpenTelemetry collector or Jaeger.",
  group: "viewers",
  ending: ".otlp.jsonl",
  type: "application/jsonl",
  *write(run, range) {
    const spans = new Spans(run.setup.seed);
    const { world, to, whole } = yield* walk(run, range, {
      fact: (fact, now) => spans.hear(fact, now),
      full: () => spans.full,
    });
    return { text: linesOf(spans.finish(world, { from: range.from, to })), cut: whole ? "" : cutAt(to, tooMany) };
  },
};

/** Entries that a leader took, and that are not committed yet, or were. */
interface Round {
  readonly first: LogIndex;
  readonly last: LogIndex;
  readonly term: Term;
  readonly span: Span;
}
/** Something that ends where the answer leaves. */
interface Answering {
  readonly to: ServerId;
  readonly reply: "RequestVoteReply" | "AppendEntriesReply";
  readonly span: Span;
}

class Spans {
  private readonly all: Span[] = [];
  /** By server and group. */
  private readonly elections = new Map<string, Span>();
  private readonly rounds = new Map<string, Round[]>();
  private readonly answering = new Map<string, Answering[]>();
  /** Of the event that is being heard: the message that was received. */
  private received = { event: 0, message: "" };

  constructor(private readonly seed: number) {}

  get full(): boolean {
    return this.all.length >= spansMost;
  }

  hear(fact: Fact, world: World): void {
    if (fact.kind === "received") this.received = { event: fact.event, message: refName(fact.ref) };
    else if (fact.kind === "sent") this.answer(fact);
    else if (fact.kind === "crashed") this.giveUp(fact, fact.server, "crashed");
    else if (fact.kind === "decided") this.decided(fact, world);
  }

  private decided(fact: Fact & { readonly kind: "decided" }, world: World): void {
    const { decision } = fact;
    const { server } = decision;
    switch (decision.kind) {
      case "electionStarted":
        this.giveUp(fact, server, "a new election began");
        return this.campaign(fact, server, decision.term);
      case "electionWon":
        return this.ended(fact, server, true, "");
      case "electionLost":
        return decision.pre ? undefined : this.ended(fact, server, false, "a majority refused");
      case "candidateConceded":
        return this.ended(fact, server, false, `${endName(decision.to)} leads`);
      case "termAdopted":
        return decision.steppedDown ? this.giveUp(fact, server, `term ${decision.term} began`) : undefined;
      case "quorumLost":
        return this.giveUp(fact, server, "no majority answers");
      case "voteGranted":
        return decision.pre || decision.to === server ? undefined : this.voted(fact, decision.to, "granted");
      case "voteRefusedOldTerm":
      case "voteRefusedVoted":
      case "voteRefusedLogTerm":
      case "voteRefusedLogLength":
        return decision.pre ? undefined : this.voted(fact, decision.to, decision.kind);
      case "proposalAppended":
        return this.replicate(fact, world, decision.index, decision.last);
      case "noOpAppended":
      case "changeAppended":
        return this.replicate(fact, world, decision.index, decision.index);
      case "committed":
        return this.committed(fact, decision.index);
      case "appendAccepted":
        if (decision.count === 0) return;
        return this.appended(fact, decision.from, decision.prevIndex + 1, decision.prevIndex + decision.count);
      default:
        return;
    }
  }

  private put(
    fact: Pick<Fact, "at" | "group">,
    name: SpanName,
    more: Partial<Span> & { readonly text: string; readonly server: ServerId },
  ): Span {
    const { text, server, ...rest } = more;
    const group = fact.group ?? 1;
    const own = `${name} ${this.all.length}`;
    const span: Span = {
      resource: endName(server),
      traceId: idOf(32, this.seed, own),
      spanId: idOf(16, this.seed, own),
      parentSpanId: "",
      name: text,
      kind: internalKind,
      from: fact.at,
      to: null,
      links: [],
      ...rest,
      attributes: [["raft.group", group], ...(rest.attributes ?? [])],
      failed: null,
    };
    this.all.push(span);
    return span;
  }

  // ---- elections ----

  private campaign(fact: Fact, server: ServerId, term: Term): void {
    const attributes: Attributes = [["raft.term", term]];
    this.elections.set(
      keyOf(server, fact.group),
      this.put(fact, "election", { text: `election of term ${term}`, server, attributes }),
    );
  }

  private ended(fact: Fact, server: ServerId, won: boolean, why: string): void {
    const key = keyOf(server, fact.group);
    const span = this.elections.get(key);
    if (span === undefined) return;
    this.elections.delete(key);
    close(span, fact.at, won ? null : why);
  }

  private voted(fact: Fact & { readonly kind: "decided" }, candidate: ServerId, outcome: string): void {
    const { server } = fact.decision;
    const election = this.elections.get(keyOf(candidate, fact.group));
    const attributes: Attributes = [["raft.vote", outcome]];
    const text = `vote for ${endName(candidate)}`;
    const span = this.put(fact, "vote", { text, server, kind: serverKind, attributes, ...this.within(election, fact) });
    this.answers(server, fact.group, { to: candidate, reply: "RequestVoteReply", span });
  }

  /** In the trace of who sent it, with a link that has the message's name. */
  private within(sender: Span | undefined, { event }: Fact): Partial<Span> {
    if (sender === undefined) return {};
    const { traceId, spanId } = sender;
    const message = this.received.event === event ? this.received.message : "";
    return { traceId, parentSpanId: spanId, links: message === "" ? [] : [{ traceId, spanId, message }] };
  }

  // ---- replication ----

  private replicate(fact: Fact & { readonly kind: "decided" }, world: World, first: LogIndex, last: LogIndex): void {
    const { server } = fact.decision;
    const { raft } = replicaOf(world, server, fact.group)!;
    const [asked, ...others] = requestsIn(raft.log, first, last).map((number) => this.requestIds(number));
    const text = first === last ? `replicate ${first}` : `replicate ${first}–${last}`;
    const attributes: Attributes = [
      ["raft.term", raft.term],
      ["raft.index.first", first],
      ["raft.index.last", last],
    ];
    const parent = asked === undefined ? {} : { traceId: asked.traceId, parentSpanId: asked.spanId };
    const links = others.map((other) => ({ ...other, message: "" }));
    const span = this.put(fact, "round", { text, server, attributes, links, ...parent });
    const key = keyOf(server, fact.group);
    const rounds = (this.rounds.get(key) ?? []).filter((round) => round.span.to === null || round.last + 1000 > last);
    this.rounds.set(key, [...rounds, { first, last, term: raft.term, span }]);
  }

  private committed(fact: Fact & { readonly kind: "decided" }, index: LogIndex): void {
    for (const { last, span } of this.rounds.get(keyOf(fact.decision.server, fact.group)) ?? [])
      if (last <= index && span.to === null) close(span, fact.at, null);
  }

  private appended(fact: Fact & { readonly kind: "decided" }, leader: ServerId, first: LogIndex, last: LogIndex): void {
    const { server } = fact.decision;
    const round = this.rounds
      .get(keyOf(leader, fact.group))
      ?.findLast((each) => each.first <= last && each.last >= first);
    const text = first === last ? `append ${first}` : `append ${first}–${last}`;
    const attributes: Attributes = [
      ["raft.index.first", first],
      ["raft.index.last", last],
    ];
    const span = this.put(fact, "append", {
      text,
      server,
      kind: serverKind,
      attributes,
      ...this.within(round?.span, fact),
    });
    this.answers(server, fact.group, { to: leader, reply: "AppendEntriesReply", span });
  }

  // ---- ends ----

  private answers(server: ServerId, group: GroupId | undefined, waiting: Answering): void {
    const key = keyOf(server, group);
    this.answering.set(key, [...(this.answering.get(key) ?? []), waiting]);
  }

  /** The oldest that waits for such an answer is answered. */
  private answer({ at, ref, payload, group }: Fact & { readonly kind: "sent" }): void {
    const waiting = this.answering.get(keyOf(ref.from, group));
    const place = waiting?.findIndex(({ to, reply }) => to === ref.to && reply === payload.type) ?? -1;
    if (waiting === undefined || place < 0) return;
    const [{ span }] = waiting.splice(place, 1) as [Answering];
    close(span, at, null);
  }

  /** A server's election and its rounds come to nothing; after a crash what it was about to answer, too. */
  private giveUp(fact: Fact, server: ServerId, why: string): void {
    this.ended(fact, server, false, why);
    const key = keyOf(server, fact.group);
    for (const { span } of this.rounds.get(key) ?? []) if (span.to === null) close(span, fact.at, why);
    if (fact.kind !== "crashed") return;
    for (const { span } of this.answering.get(key) ?? []) close(span, fact.at, why);
    this.answering.delete(key);
  }

  // ---- clients ----

  private requestIds(number: number): Pick<Span, "traceId" | "spanId"> {
    return { traceId: idOf(32, this.seed, `request ${number}`), spanId: idOf(16, this.seed, `request ${number}`) };
  }

  finish(world: World, { from, to }: Range): readonly Span[] {
    const operations = operationsOf(world).filter(({ calledAt, endedAt }) => calledAt <= to && (endedAt ?? to) >= from);
    const spans = [...operations.map((operation) => this.request(operation)), ...this.all];
    const known = new Set(spans.map(({ spanId }) => spanId));
    return spans.map((span) => {
      // A request from before has no span here.
      const links = span.links.filter(({ spanId }) => known.has(spanId));
      const parentSpanId = known.has(span.parentSpanId) ? span.parentSpanId : "";
      const open: Attributes = span.to === null ? [["raft.unfinished", true]] : [];
      return { ...span, links, parentSpanId, to: span.to ?? to, attributes: [...span.attributes, ...open] };
    });
  }

  private request(operation: ClientOperation): Span {
    const { number, client, group, calledAt, endedAt, outcome, value, server } = operation;
    const answer: Attributes = outcome === "ok" ? [["raft.answer", outcomeText(operation.operation, value)]] : [];
    return {
      ...this.requestIds(number),
      resource: "clients",
      parentSpanId: "",
      name: operationText(operation.operation),
      kind: clientKind,
      from: calledAt,
      to: endedAt,
      links: [],
      attributes: [
        ["raft.group", group],
        ["raft.client", clientName(client)],
        ["raft.server", endName(server)],
        ["raft.outcome", outcome],
        ...answer,
      ],
      failed: outcome === "failed" ? "not executed" : outcome === "unknown" ? "outcome unknown" : null,
    };
  }
}

const keyOf = (server: ServerId, group: GroupId = 1): string => `${server}/${group}`;

function close(span: Span, at: Micros, failed: string | null): void {
  span.to = at;
  span.failed = failed;
}

function requestsIn(log: Parameters<typeof entryAt>[0], first: LogIndex, last: LogIndex): readonly number[] {
  const numbers: number[] = [];
  for (let index = Math.max(first, firstIndex(log)); index <= Math.min(last, lastIndex(log)); index++) {
    const { command } = entryAt(log, index);
    if (command !== null && (command as KvCommand).request > 0) numbers.push((command as KvCommand).request);
  }
  return numbers;
}
