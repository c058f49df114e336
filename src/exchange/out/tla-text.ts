import type { ServerId } from "../../base/units.ts";
import type { Bag } from "../../check/spec/bag.ts";
import type { SpecEntry } from "../../check/spec/entry.ts";
import type { SpecMessage } from "../../check/spec/messages.ts";
import type { SpecServer, SpecState } from "../../check/spec/state.ts";

/** States of the specification as TLA+ expressions. What comes again and again has a name: E entries, L logs, M messages. */
export class TlaText {
  /** In the order in which they need each other. */
  readonly definitions: string[] = [];
  private readonly names = new Map<string, string>();
  /** Values, from 1 in the order in which they come: TLC's numbers end where the digests go on. */
  private readonly numbers = new Map<number, number>();

  constructor(private readonly servers: readonly ServerId[]) {}

  state({ of, messages }: SpecState): string {
    const each = (field: (server: SpecServer) => string): string => this.function((id) => field(of[id]!));
    const indices = (list: (server: SpecServer) => readonly number[]): string =>
      each((server) => this.function((id) => String(list(server)[id]!)));
    const fields = {
      currentTerm: each(({ currentTerm }) => String(currentTerm)),
      state: each(({ state }) => `"${state}"`),
      votedFor: each(({ votedFor }) => String(votedFor)),
      log: each(({ log }) => this.log(log)),
      commitIndex: each(({ commitIndex }) => String(commitIndex)),
      votesResponded: each(({ votesResponded }) => this.set(votesResponded)),
      votesGranted: each(({ votesGranted }) => this.set(votesGranted)),
      nextIndex: indices(({ nextIndex }) => nextIndex),
      matchIndex: indices(({ matchIndex }) => matchIndex),
      messages: this.bag(messages),
    };
    return record(fields);
  }

  set(servers: readonly ServerId[]): string {
    return `{${servers.join(", ")}}`;
  }

  /** Every value that has come so far. */
  values(): string {
    return `1..${Math.max(1, this.numbers.size)}`;
  }

  /** A function over the servers: a tuple where they are 1, 2, …. */
  private function(at: (server: ServerId) => string): string {
    const { servers } = this;
    if (servers.every((id, k) => id === k + 1)) return `<<${servers.map(at).join(", ")}>>`;
    return `(${servers.map((id) => `${id} :> ${at(id)}`).join(" @@ ")})`;
  }

  private bag(messages: Bag): string {
    if (messages.size === 0) return "<< >>";
    return [...messages.values()].map(({ message, copies }) => `${this.message(message)} :> ${copies}`).join(" @@ ");
  }

  private message(message: SpecMessage): string {
    const fields = Object.entries(message).map(([field, value]): [string, string] => {
      if (field === "mentries")
        return [field, `<<${(value as readonly SpecEntry[]).map((e) => this.entry(e)).join(", ")}>>`];
      if (typeof value === "string") return [field, `"${value}"`];
      return [field, typeof value === "boolean" ? String(value).toUpperCase() : String(value)];
    });
    return this.named("M", record(Object.fromEntries(fields)));
  }

  private log(log: readonly SpecEntry[]): string {
    return log.length === 0 ? "<< >>" : this.named("L", `<<${log.map((entry) => this.entry(entry)).join(", ")}>>`);
  }

  private entry({ term, value }: SpecEntry): string {
    const number = this.numbers.get(value) ?? this.numbers.size + 1;
    this.numbers.set(value, number);
    return this.named("E", record({ term: String(term), value: String(number) }));
  }

  private named(kind: "E" | "L" | "M", text: string): string {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    const name = `${kind}${this.names.size + 1}`;
    this.names.set(text, name);
    this.definitions.push(`${name} == ${text}`);
    return name;
  }
}

const record = (fields: Readonly<Record<string, string>>): string =>
  `[${Object.entries(fields)
    .map(([field, value]) => `${field} |-> ${value}`)
    .join(", ")}]`;
