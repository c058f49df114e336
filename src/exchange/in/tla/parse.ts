import { failure, type Result, success } from "../../../base/result.ts";
import { mapOf, type Pair, type Value } from "./value.ts";

export interface ValueProblem {
  /** Where in the text, from 0. */
  readonly at: number;
  readonly message: string;
}
const mostDepth = 100;
const mostOfInterval = 1000;
const token =
  /\s*(?:(-?\d+)|"((?:[^"\\]|\\.)*)"|(<<|>>|\|->|:>|@@|\.\.|[{}[\](),])|([A-Za-z_][\w!]*(?:::[A-Za-z_]\w*)*))/y;

/** A value as TLC prints it: `(s1 :> 1 @@ s2 :> <<[term |-> 2]>>)`. */
export function parseValue(text: string): Result<Value, ValueProblem> {
  const tokens = tokensOf(text);
  if (!tokens.ok) return tokens;
  const parser = new Parser(tokens.value, text.length);
  try {
    const value = parser.functions(0);
    return parser.isDone() ? success(value) : failure({ at: parser.place(), message: "more stands behind the value" });
  } catch (stop) {
    if (stop instanceof Stop) return failure(stop.problem);
    throw stop;
  }
}

type Token = { readonly at: number; readonly sign: string } | { readonly at: number; readonly value: Value };

function tokensOf(text: string): Result<readonly Token[], ValueProblem> {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  token.lastIndex = 0;
  for (let from = 0; from < end; from = token.lastIndex) {
    const at = from + text.slice(from).search(/\S/);
    token.lastIndex = at;
    const found = token.exec(text);
    if (found === null)
      return failure({ at, message: `no value has ${JSON.stringify(text.slice(at).trim().slice(0, 20))}` });
    const [, digits, quoted, sign, name] = found;
    if (sign !== undefined) tokens.push({ at, sign });
    else if (digits !== undefined) tokens.push({ at, value: { kind: "number", text: String(BigInt(digits)) } });
    else if (quoted !== undefined) tokens.push({ at, value: { kind: "text", text: quoted.replace(/\\(.)/g, "$1") } });
    else if (name === "TRUE" || name === "FALSE") tokens.push({ at, value: { kind: "truth", truth: name === "TRUE" } });
    else tokens.push({ at, value: { kind: "name", text: name ?? "" } });
  }
  return success(tokens);
}

class Stop {
  constructor(readonly problem: ValueProblem) {}
}

class Parser {
  private next = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly end: number,
  ) {}

  isDone = (): boolean => this.next === this.tokens.length;
  place = (): number => this.tokens[this.next]?.at ?? this.end;

  /** `a :> 1 @@ b :> 2`: the left one counts where both have a key. */
  functions(depth: number): Value {
    const first = this.mapping(depth);
    if (!this.takes("@@")) return first;
    const parts = [first];
    do parts.push(this.mapping(depth));
    while (this.takes("@@"));
    return mapOf(parts.flatMap((part) => this.pairsOf(part)));
  }

  private mapping(depth: number): Value {
    const key = this.single(depth);
    return this.takes(":>") ? mapOf([[key, this.single(depth)]]) : key;
  }

  private pairsOf(value: Value): readonly Pair[] {
    if (value.kind === "map") return value.pairs;
    if (value.kind === "list")
      return value.items.map((item, place): Pair => [{ kind: "number", text: String(place + 1) }, item]);
    throw new Stop({ at: this.place(), message: "only functions can be joined by @@" });
  }

  private single(depth: number): Value {
    if (depth > mostDepth) this.stop("more in each other than can be read");
    const here = this.tokens[this.next];
    if (here === undefined) return this.stop("the value ends too early");
    if ("value" in here) {
      this.next += 1;
      return here.value.kind === "number" && this.takes("..") ? this.interval(here.value.text) : here.value;
    }
    if (this.takes("<<")) return { kind: "list", items: this.items(">>", depth) };
    if (this.takes("{")) return { kind: "set", items: this.items("}", depth) };
    if (this.takes("[")) return this.record(depth);
    if (this.takes("(")) {
      const value = this.functions(depth + 1);
      this.needs(")");
      return value;
    }
    return this.stop(`no value begins with ${here.sign}`);
  }

  private interval(from: string): Value {
    const last = this.tokens[this.next];
    const to = last !== undefined && "value" in last && last.value.kind === "number" ? last.value.text : null;
    if (to === null) return this.stop("a number is missing behind ..");
    this.next += 1;
    const size = Number(to) - Number(from) + 1;
    if (size > mostOfInterval) return { kind: "opaque", text: `${from}..${to}` };
    const items = Array.from({ length: Math.max(0, size) }, (_, place): Value => {
      return { kind: "number", text: String(Number(from) + place) };
    });
    return { kind: "set", items };
  }

  private items(end: string, depth: number): Value[] {
    const items: Value[] = [];
    if (this.takes(end)) return items;
    do items.push(this.functions(depth + 1));
    while (this.takes(","));
    this.needs(end);
    return items;
  }

  private record(depth: number): Value {
    const pairs: Pair[] = [];
    do {
      const field = this.tokens[this.next];
      if (field === undefined || !("value" in field) || field.value.kind !== "name")
        return this.stop("the name of a field is missing");
      this.next += 1;
      this.needs("|->");
      pairs.push([{ kind: "text", text: field.value.text }, this.functions(depth + 1)]);
    } while (this.takes(","));
    this.needs("]");
    return mapOf(pairs);
  }

  private takes(sign: string): boolean {
    const here = this.tokens[this.next];
    if (here === undefined || !("sign" in here) || here.sign !== sign) return false;
    this.next += 1;
    return true;
  }
  private needs(sign: string): void {
    if (!this.takes(sign)) this.stop(`${sign} is missing`);
  }
  private stop(message: string): never {
    throw new Stop({ at: this.place(), message });
  }
}
