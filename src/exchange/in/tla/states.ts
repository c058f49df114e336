import type { ServerId } from "../../../base/units.ts";
import { clipped, inFlight, mostServers, type OpenMessage, type tally, unreadable } from "../tally.ts";
import type { Fact, Place, ReadRun, Says, ToldEvent } from "../told.ts";
import { type Bag, bagOf, differenceOf, messageKinds, type SpecMessage } from "./bag.ts";
import { type Part, saysOf, serverVariables } from "./server-state.ts";
import { byKeys, type Value, written } from "./value.ts";

/** A behaviour of a specification: what its variables hold, state after state. */
export interface TraceState extends Place {
  readonly values: ReadonlyMap<string, Value>;
  /** "Timeout(s1)": what the source calls the step that led here; "" where it does not say. */
  readonly action: string;
}
export interface Trace {
  readonly format: string;
  readonly title: string;
  readonly states: readonly TraceState[];
  readonly unknown: readonly string[];
}

/** A trace of raft.tla as a told run: each step is what differs between two states. */
export function toldStates(trace: Trace, seen: ReturnType<typeof tally>): ReadRun {
  const names = serversOf(trace.states);
  if (names === null || names.length === 0) return unreadable(noServers(trace.states), trace.states[0]);
  const telling = new Telling(names);
  for (const [step, state] of trace.states.entries()) telling.step(state, step);
  const { events, messages, others, network } = telling;
  return {
    ok: true,
    value: {
      format: trace.format,
      title: trace.title,
      servers: names.map((name) => ({ name })),
      events,
      messages,
      tells: factsOf(trace.states, network !== "never"),
      times: "order",
      unknown: [
        "A trace tells states, no times: states lie a millisecond apart. What a step did is the difference between two of them.",
        ...(network === "never"
          ? ["Messages are not told: there is no variable messages with a bag of records that have msource and mdest."]
          : [
              "A message that leaves the network while nothing else changes was received without effect, or lost: it is not told which.",
            ]),
        ...(network === "sometimes" ? ["In some states messages cannot be read."] : []),
        ...(others.size === 0
          ? []
          : [`What these variables hold is not understood: ${[...others].slice(0, 20).join(", ")}.`]),
        ...trace.unknown,
      ],
      lines: seen.lines,
      understood: seen.understood,
      skipped: seen.skipped,
    },
  };
}

function noServers(states: readonly TraceState[]): string {
  const variables = [...new Set(states.flatMap(({ values }) => [...values.keys()]))].slice(0, 20).join(", ");
  if (variables === "") return "There is no state in it.";
  return `No variable of raft.tla holds something for at most ${mostServers} servers. There are ${variables}; wanted is one of ${serverVariables.join(", ")}.`;
}

function serversOf(states: readonly TraceState[]): string[] | null {
  const names = new Set<string>();
  for (const { values } of states)
    for (const variable of serverVariables) {
      for (const name of byKeys(values.get(variable))?.keys() ?? []) names.add(name);
      if (names.size > mostServers) return null;
    }
  return [...names].sort((one, other) => one.length - other.length || (one < other ? -1 : 1));
}

const factsFor = {
  currentTerm: ["term"],
  state: ["role"],
  leadershipState: ["role"],
  votedFor: ["vote"],
  log: ["log", "last"],
  commitIndex: ["commit"],
  configurations: ["configuration"],
} as const satisfies Record<(typeof serverVariables)[number], readonly Fact[]>;

function factsOf(states: readonly TraceState[], messages: boolean): Fact[] {
  const held = serverVariables.filter((variable) => states.some(({ values }) => byKeys(values.get(variable)) !== null));
  return [...held.flatMap((variable) => factsFor[variable]), ...(messages ? (["messages"] as const) : [])];
}

/** What one server does in a step. */
interface Doing {
  readonly says: Says;
  readonly changed: readonly string[];
  readonly texts: string[];
  readonly sends: SpecMessage[];
  readonly receives: SpecMessage[];
}

class Telling {
  readonly events: ToldEvent[] = [];
  readonly messages: OpenMessage[] = [];
  readonly others = new Set<string>();
  /** States of which the messages can be read, of these those with some, and states of which they cannot. */
  private readonly bags = { read: 0, full: 0, unread: 0 };

  private readonly idOf: ReadonlyMap<string, ServerId>;
  private readonly flying = inFlight();
  private before: { readonly parts: readonly Part[]; readonly bag: Bag | null; readonly rest: Part } | null = null;

  constructor(private readonly names: readonly string[]) {
    this.idOf = new Map(names.map((name, place): [string, ServerId] => [name, place + 1]));
  }

  /** What is always empty where it can be read is of another form. */
  get network(): "always" | "sometimes" | "never" {
    const { read, full, unread } = this.bags;
    if (unread === 0) return read > 0 ? "always" : "never";
    return full > 0 ? "sometimes" : "never";
  }

  step(state: TraceState, step: number): void {
    const { parts, rest } = this.split(state.values);
    const bag = bagOf(state.values.get("messages"));
    if (bag === null) this.bags.unread += 1;
    else this.bags.read += 1;
    if (bag !== null && bag.size > 0) this.bags.full += 1;
    const doings = new Map<ServerId, Doing>();
    this.names.forEach((_, place) => {
      const doing = this.doingOf(parts[place] as Part, this.before?.parts[place]);
      if (doing !== null) doings.set(place + 1, doing);
    });
    const loose = this.before?.bag && bag ? this.carry(this.before.bag, bag, state.action, doings) : [];
    if (this.before !== null)
      for (const [variable, value] of rest) {
        const had = this.before.rest.get(variable);
        if (had === undefined || written(had) !== written(value)) loose.push(`${variable} changes`);
      }
    this.tell(state, step, doings, loose);
    this.before = { parts, bag, rest };
  }

  /** A variable whose keys are servers is told server by server. */
  private split(values: ReadonlyMap<string, Value>): { parts: Part[]; rest: Part } {
    const parts = this.names.map(() => new Map<string, Value>());
    const rest = new Map<string, Value>();
    for (const [variable, value] of values) {
      if (variable === "messages") continue;
      const held = byKeys(value);
      if (held === null || held.size === 0 || [...held.keys()].some((key) => !this.idOf.has(key))) {
        rest.set(variable, value);
        this.others.add(variable);
        continue;
      }
      for (const [name, part] of held) parts[(this.idOf.get(name) ?? 1) - 1]?.set(variable, part);
    }
    return { parts, rest };
  }

  private doingOf(part: Part, before: Part | undefined): Doing | null {
    const says: { -readonly [Key in keyof Says]: Says[Key] } = {};
    const texts: string[] = [];
    const changed: string[] = [];
    for (const [variable, value] of part) {
      const had = before?.get(variable);
      const [now, then] = [written(value), had === undefined ? null : written(had)];
      if (now === then) continue;
      Object.assign(says, saysOf(variable, value, had, this.idOf));
      changed.push(variable);
      const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
      if (before !== undefined)
        texts.push(then === null ? `${variable} ${short(now)}` : `${variable} ${short(then)} → ${short(now)}`);
    }
    for (const variable of before?.keys() ?? [])
      if (!part.has(variable)) {
        Object.assign(says, forgotten[variable]);
        changed.push(variable);
        texts.push(`${variable} cannot be read`);
      }
    if (changed.length === 0) return null;
    return { says, changed, texts: before === undefined ? ["the initial state"] : texts, sends: [], receives: [] };
  }

  /** Gives messages that came and went to servers; what cannot be given to one is said. */
  private carry(before: Bag, after: Bag, action: string, doings: Map<ServerId, Doing>): string[] {
    const { added, removed } = differenceOf(before, after);
    const still = doings.size === 0;
    const loose: string[] = [];
    const doing = (server: ServerId): Doing => {
      const known = doings.get(server) ?? { says: {}, changed: [], texts: [], sends: [], receives: [] };
      doings.set(server, known);
      return known;
    };
    for (const message of removed) {
      const to = this.idOf.get(message.to);
      const answered = added.some((other) => other.message.from === message.to);
      const isReceived =
        /^(Receive|Recv|Rcv|Handle|DropStale|UpdateTerm)/.test(action) ||
        (!/^Drop/.test(action) && (answered || (to !== undefined && doings.has(to))));
      if (to !== undefined && isReceived) doing(to).receives.push(message);
      else {
        this.flying.taken(message.text);
        loose.push(
          `${nameOf(message)} ${/^Drop/.test(action) ? "is lost" : "is gone: received without effect, or lost"}`,
        );
      }
    }
    for (const { message, before: copies } of added) {
      const from = this.idOf.get(message.from);
      const isCopy = /^Duplicate/.test(action) || (action === "" && copies > 0 && still && removed.length === 0);
      if (from !== undefined && this.idOf.has(message.to) && !isCopy) doing(from).sends.push(message);
      else
        loose.push(
          `${nameOf(message)} is there once more${action === "" && from !== undefined ? ": sent again, or doubled" : ""}`,
        );
    }
    return loose;
  }

  private tell(state: TraceState, step: number, doings: ReadonlyMap<ServerId, Doing>, loose: readonly string[]): void {
    const name = state.action === "" ? `State ${step + 1}` : state.action;
    // Who receives comes before who does not: it may be what the others do it for.
    const inTurn = [...doings].sort(
      ([, one], [, other]) => Math.min(1, other.receives.length) - Math.min(1, one.receives.length),
    );
    for (const [server, doing] of inTurn) {
      // An event receives one message; a step that takes several is several events.
      for (const message of doing.receives.slice(1))
        this.add(state, step, server, name, { ...idle, receives: [message] });
      this.add(state, step, server, name, doing);
    }
    if (loose.length > 0 || doings.size === 0)
      this.push(
        state,
        step,
        0,
        `${name}: ${loose.length === 0 ? "no variable changes" : loose.join("; ")}`,
        "other",
        {},
        [],
        null,
      );
  }

  private add(state: TraceState, step: number, server: ServerId, name: string, doing: Doing): void {
    const place = this.events.length;
    const [received] = doing.receives;
    const arrival = received === undefined ? null : this.arrive(received, place);
    const sends = doing.sends.map((message) => this.send(message, place));
    const said = [
      ...(received === undefined ? [] : [`receives ${received.type} from ${received.from}`]),
      ...doing.texts,
      ...doing.sends.map(({ type, to }) => `sends ${type} to ${to}`),
    ];
    this.push(
      state,
      step,
      server,
      `${name}: ${said.join("; ")}`,
      kindOf(doing, state.action, step),
      doing.says,
      sends,
      arrival,
    );
  }

  private push(
    state: TraceState,
    step: number,
    server: ServerId,
    text: string,
    kind: ToldEvent["kind"],
    says: Says,
    sends: readonly number[],
    receives: number | null,
  ): void {
    const { file, line } = state;
    this.events.push({
      file,
      line,
      at: step * 1000,
      server,
      kind,
      routine: false,
      text: clipped(text),
      says,
      sends,
      receives,
    });
  }

  private send(message: SpecMessage, sentIn: number): number {
    const place = this.messages.push(this.open(message, sentIn, null)) - 1;
    this.flying.sent(message.text, place);
    return place;
  }

  private arrive(message: SpecMessage, event: number): number {
    const flown = this.flying.taken(message.text);
    const known = flown === null ? undefined : this.messages[flown];
    if (flown === null || known === undefined) return this.messages.push(this.open(message, null, event)) - 1;
    known.receivedIn = event;
    return flown;
  }

  private open(message: SpecMessage, sentIn: number | null, receivedIn: number | null): OpenMessage {
    const { type, from, to, term, yes, entryCount, fields } = message;
    return {
      name: type,
      kind: messageKinds[type] ?? "other",
      from: this.idOf.get(from) ?? this.idOf.get(to) ?? 1,
      to: this.idOf.get(to) ?? 1,
      term,
      sentIn,
      receivedIn,
      yes,
      entryCount,
      fields,
    };
  }
}

const idle: Doing = { says: {}, changed: [], texts: [], sends: [], receives: [] };
const nameOf = ({ type, from, to }: SpecMessage): string => `${type} from ${from} to ${to}`;
const forgotten: Readonly<Record<string, Says>> = {
  currentTerm: { term: null },
  state: { role: null },
  leadershipState: { role: null },
  votedFor: { vote: null },
  commitIndex: { commit: null },
  log: { log: null, last: null, lastTerm: null },
  configurations: { configuration: null },
};

function kindOf({ changed, sends, receives }: Doing, action: string, step: number): ToldEvent["kind"] {
  if (step === 0) return "other";
  if (/^(Restart|Crash)/.test(action)) return "fault";
  if (changed.some((variable) => ["currentTerm", "state", "votedFor"].includes(variable))) return "election";
  if (changed.some((variable) => ["log", "commitIndex"].includes(variable))) return "log";
  return sends.length > 0 || receives.length > 0 ? "message" : "other";
}
