import type { LogIndex, Micros, ServerId } from "../../base/units.ts";
import { proposalText } from "../../explain/messages.ts";
import { sentence } from "../../explain/sentence.ts";
import type { Decision } from "../../raft/decisions.ts";
import type { Entry } from "../../raft/entry.ts";
import { copyLog, entryAt, lastIndex, prefixHash, type RaftLog } from "../../raft/log.ts";
import { endName } from "../../scenario/names.ts";
import { headline } from "../../why/headline.ts";
import type { Fact } from "../../world/facts.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { Payload } from "../../world/state/messages.ts";
import type { Setup } from "../../world/state/setup.ts";
import type { World } from "../../world/types.ts";
import type { Exporter } from "./exporter.ts";
import { charactersMost, cutAt, Lines } from "./lines.ts";
import { walk } from "./walk.ts";

/**
 * Informal Trace Format (Apalache's ADR 15), which Apalache and Quint read: one state after each event that changed any of
 * the variables of raft.tla. Integers are bigints, functions maps, sequences lists. A server that is down is as raft.tla's
 * Restart leaves it; what raft.tla does not know (pre-votes, heartbeats of their own kind, snapshots) is not there.
 */

const variables = [
  ...["messages", "currentTerm", "state", "votedFor", "log", "commitIndex"],
  ...["votesResponded", "votesGranted", "nextIndex", "matchIndex"],
] as const;

const tooLong = `A trace of more than ${charactersMost / 1_000_000} million characters is too much`;

export const itf: Exporter = {
  name: "itf",
  title: "ITF trace",
  purpose: "The states of the cluster in the variables of raft.tla, for Apalache, Quint and what else reads ITF.",
  group: "judges",
  ending: ".itf.json",
  type: "application/json",
  *write(run, range) {
    const states = new States(run.setup);
    const { to, whole } = yield* walk(run, range, {
      begin: (world) => states.begin(world, range.from),
      fact: (fact) => states.hear(fact),
      after: (world) => states.look(world, world.now),
      full: () => states.full,
    });
    const cut = [
      ...(whole ? [] : [cutAt(to, tooLong)]),
      ...(run.setup.groups > 1 ? ["The states are those of group 1."] : []),
      ...states.notes(),
    ];
    return { text: states.text(), cut: cut.join(" ") };
  },
};

type Json = string | boolean | readonly Json[] | { readonly [key: string]: Json };

const int = (value: number): Json => ({ "#bigint": String(value) });
const map = (pairs: readonly (readonly [Json, Json])[]): Json => ({ "#map": pairs });
const set = (items: readonly Json[]): Json => ({ "#set": items });

class States {
  private readonly lines = new Lines();
  private facts: Fact[] = [];
  private before = "";
  private readonly logs = new Map<string, Json>();
  /** committed[index]: entries that a snapshot may stand for later. */
  private readonly committed: Json[] = [];
  private readonly logsBefore: RaftLog[] = [];
  private readonly tallies = new Map<ServerId, Tally>();
  private readonly strange = new Set<string>();
  private hasUnknown = false;

  constructor(private readonly setup: Setup) {}

  get full(): boolean {
    return this.lines.full;
  }

  hear(fact: Fact): void {
    if ((fact.group ?? 1) !== 1) return;
    this.facts.push(fact);
    if (fact.kind === "crashed") this.tallies.delete(fact.server);
    else if (fact.kind === "decided") this.count(fact.decision);
  }

  private count(decision: Decision): void {
    if (decision.kind === "electionStarted") this.tallies.set(decision.server, new Tally());
    else if (decision.kind === "voteCounted" && !decision.pre)
      this.tallies.get(decision.server)?.add(decision.from, decision.granted);
  }

  /** As the stretch begins. */
  begin(world: World, at: Micros): void {
    for (const { id, status, raft } of this.machines(world)) {
      if (status === "down" || raft.role !== "candidate") continue;
      const tally = new Tally();
      this.tallies.set(id, tally);
      raft.votes.forEach((yes, from) => {
        if (yes !== undefined) tally.add(from, yes);
      });
    }
    this.look(world, at);
  }

  private machines(world: World): readonly Machine[] {
    return this.setup.servers.map(({ id }) => world.machines[id]!);
  }

  look(world: World, at: Micros): void {
    const what = headline(this.facts);
    this.facts = [];
    const machines = this.machines(world);
    for (const machine of machines) this.learn(machine);
    const values = JSON.stringify(this.values(world, machines)).slice(1);
    if (values === this.before) return;
    this.before = values;
    const meta = {
      index: this.lines.count,
      at_us: at,
      event: world.events,
      ...(what && { what: sentence(what).text }),
    };
    this.lines.add(`{"#meta":${JSON.stringify(meta)},${values}`);
  }

  private values(world: World, machines: readonly Machine[]): { readonly [Name in (typeof variables)[number]]: Json } {
    const each = (value: (machine: Machine) => Json): Json =>
      map(machines.map((machine) => [endName(machine.id), value(machine)] as const));
    const persistent = (machine: Machine) => (machine.status === "down" ? machine.disk : machine.raft);
    return {
      messages: this.messages(world),
      currentTerm: each((machine) => int(persistent(machine).term)),
      state: each((machine) => states[roleOf(machine)]),
      votedFor: each((machine) => {
        const { votedFor } = persistent(machine);
        return votedFor === 0 ? "Nil" : endName(votedFor);
      }),
      log: each((machine) => this.log(persistent(machine).log)),
      commitIndex: each(({ status, raft }) => int(status === "down" ? 0 : raft.commitIndex)),
      votesResponded: each(({ id }) => names(this.tallies.get(id)?.responded ?? nobody)),
      votesGranted: each(({ id }) => names(this.tallies.get(id)?.granted ?? nobody)),
      nextIndex: each((machine) => this.progress(machine, ({ next }) => next, 1)),
      matchIndex: each((machine) => this.progress(machine, ({ match }) => match, 0)),
    };
  }

  /** A bag: how often each of them is under way. */
  private messages({ packets }: World): Json {
    const bag = new Map<string, { readonly message: Json; count: number }>();
    for (const { payload, group } of packets) {
      if (group !== 1) continue;
      const message = messageOf(payload);
      if (message === null) {
        if (!payload.type.startsWith("Client")) this.strange.add(payload.type);
        continue;
      }
      const key = JSON.stringify(message);
      const known = bag.get(key);
      if (known === undefined) bag.set(key, { message, count: 1 });
      else known.count++;
    }
    return map([...bag.values()].map(({ message, count }) => [message, int(count)] as const));
  }

  private progress(
    machine: Machine,
    value: (progress: NonNullable<Machine["raft"]["progress"][number]>) => number,
    least: number,
  ): Json {
    const leads = roleOf(machine) === "leader";
    return map(
      this.setup.servers.map(({ id }) => {
        const known = leads ? machine.raft.progress[id] : undefined;
        return [endName(id), int(known === undefined ? least : value(known))] as const;
      }),
    );
  }

  /** Keeps what may go into a snapshot, in the event that commits it at the earliest: its log is as it was before. */
  private learn({ id, raft: { commitIndex, log } }: Machine): void {
    const before = this.logsBefore[id];
    for (let index = this.committed.length + 1; index <= commitIndex; index++) {
      const holder = index > log.base ? log : before;
      if (holder === undefined || index <= holder.base || index > lastIndex(holder)) break;
      this.committed.push(entryOf(entryAt(holder, index)));
    }
    this.logsBefore[id] = copyLog(log);
  }

  private log(log: RaftLog): Json {
    const key = `${log.base}/${lastIndex(log)}/${prefixHash(log, lastIndex(log))}/${this.hasUnknown}`;
    const known = this.logs.get(key);
    if (known !== undefined) return known;
    const made = Array.from({ length: lastIndex(log) }, (_, i) => this.entry(log, i + 1));
    if (this.logs.size > 100) this.logs.clear();
    this.logs.set(key, made);
    return made;
  }

  private entry(log: RaftLog, index: LogIndex): Json {
    if (index > log.base) return entryOf(entryAt(log, index));
    const known = this.committed[index - 1];
    if (known !== undefined) return known;
    this.hasUnknown = true;
    return { term: unknown, value: unknown };
  }

  notes(): readonly string[] {
    const kinds = [...this.strange].sort().join(", ");
    return [
      ...(kinds === "" ? [] : [`raft.tla has no ${kinds}: these messages are left out.`]),
      ...(this.hasUnknown ? ["What entries a snapshot stood for at the beginning is not known."] : []),
    ];
  }

  text(): string {
    const meta = { format: "ITF", "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html" };
    const states = this.lines.text().trimEnd().replaceAll("\n", ",\n");
    return `{"#meta":${JSON.stringify(meta)},\n"vars":${JSON.stringify(variables)},\n"states":[\n${states}\n]}\n`;
  }
}

const states = { follower: "Follower", preCandidate: "Follower", candidate: "Candidate", leader: "Leader" } as const;
const roleOf = ({ status, raft }: Machine): keyof typeof states => (status === "down" ? "follower" : raft.role);

/** Who has answered a candidate, and whose answer was yes: until it starts another election, or restarts. */
class Tally {
  readonly responded = new Set<ServerId>();
  readonly granted = new Set<ServerId>();

  add(from: ServerId, yes: boolean): void {
    this.responded.add(from);
    if (yes) this.granted.add(from);
  }
}
const nobody: ReadonlySet<ServerId> = new Set();
const names = (ids: ReadonlySet<ServerId>): Json => set([...ids].sort((a, b) => a - b).map(endName));

const unknown: Json = { "#unserializable": "in a snapshot" };
const entryOf = (entry: Entry): Json => ({ term: int(entry.term), value: proposalText(entry) });

/** As raft.tla has it, but for `mlog`, which is there for its proof alone; null: it has no such message. */
function messageOf(message: Payload): Json | null {
  if (!("term" in message)) return null;
  const of = (mtype: string, fields: { readonly [field: string]: Json }): Json => {
    return { mtype, mterm: int(message.term), ...fields, msource: endName(message.from), mdest: endName(message.to) };
  };
  switch (message.type) {
    case "RequestVote":
      return of("RequestVoteRequest", {
        mlastLogTerm: int(message.lastLogTerm),
        mlastLogIndex: int(message.lastLogIndex),
      });
    case "RequestVoteReply":
      return of("RequestVoteResponse", { mvoteGranted: message.granted });
    case "AppendEntries":
      return of("AppendEntriesRequest", {
        mprevLogIndex: int(message.prevLogIndex),
        mprevLogTerm: int(message.prevLogTerm),
        mentries: message.entries.map(entryOf),
        mcommitIndex: int(message.leaderCommit),
      });
    case "AppendEntriesReply":
      return of("AppendEntriesResponse", { msuccess: message.success, mmatchIndex: int(message.matchIndex) });
    default:
      return null;
  }
}
