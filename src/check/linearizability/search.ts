import { mix } from "../../base/hash.ts";
import type { KvOperation } from "../../world/state/commands.ts";
import { effectOf, type Register } from "./model.ts";

/** An operation on one key. `called` and `returned` are places in one order of all calls and returns. */
export interface Call {
  readonly number: number;
  readonly operation: KvOperation;
  readonly called: number;
  /** null: the outcome is unknown. It may take effect at any time after the call, or never. */
  readonly returned: number | null;
  readonly value: string | null;
}

/** An operation at its place in the order that was found, and the key's value after it. */
export interface Placed {
  readonly number: number;
  readonly state: Register;
}

export type Verdict = "ok" | "illegal" | "unknown";
export interface Found {
  /** `unknown`: the budget ended first. */
  readonly verdict: Verdict;
  /** ok: a whole order. Otherwise the longest that was found. */
  readonly order: readonly Placed[];
  /** Not ok: the operation that returned before it could be placed after `order`; 0 otherwise. */
  readonly stuck: number;
  readonly steps: number;
}

/**
 * Wing and Gong's search with Lowe's memory of what was tried (Lowe 2017): places one operation after the other that
 * was called before any unplaced one returned, and goes back where the next return comes too early.
 *
 * What fits and changes nothing is placed at once, for good: wherever it stood in an order, it may as well stand here.
 * Operations of unknown outcome are tried last, and only where the value that they leave is then seen: an order
 * in which it is not stays an order without them.
 */
export function search(calls: readonly Call[], budget: number): Found {
  return new Search(calls, budget).run();
}

interface Frame {
  readonly call: number;
  readonly before: Register;
  readonly high: number;
  /** Nothing else needs to be tried in its place. */
  readonly settled: boolean;
}

const nobody = -1;

class Search {
  /** Known outcomes in the order of their calls, then unknown ones in theirs: an operation is its place in here. */
  private readonly calls: readonly Call[];
  private readonly known: number;
  /** Calls and returns of what is not yet placed, each list in its order. A return is known + the operation's place. */
  private readonly pending: Links;
  private readonly open: Links;
  private readonly memory: Memory;
  private readonly frames: Frame[] = [];
  private state: Register = null;
  private left: number;
  private longest: Placed[] = [];
  private stuck = 0;
  private steps = 0;

  constructor(
    calls: readonly Call[],
    private readonly budget: number,
  ) {
    const ordered = calls.toSorted((a, b) => a.called - b.called);
    const known = ordered.filter(({ returned }) => returned !== null);
    this.calls = [...known, ...ordered.filter(({ returned }) => returned === null)];
    this.known = known.length;
    this.left = known.length;
    const open = this.calls.slice(this.known).map((_, i) => this.known + i);
    this.pending = new Links(this.eventsInOrder(), 2 * this.known);
    this.open = new Links(open, this.calls.length);
    this.memory = new Memory(this.known, this.calls.length - this.known);
  }

  private eventsInOrder(): number[] {
    const { known, calls } = this;
    const at = (event: number): number => (event < known ? calls[event]!.called : calls[event - known]!.returned!);
    return Array.from({ length: 2 * known }, (_, event) => event).sort((a, b) => at(a) - at(b));
  }

  run(): Found {
    this.settle();
    let next = this.pending.first();
    let unknowns = false;
    while (this.left > 0) {
      if (this.steps >= this.budget) return this.found("unknown");
      const end = unknowns ? this.noMoreOpen(next) : next >= this.known;
      if (!end && this.place(next)) {
        this.settle();
        next = this.pending.first();
        unknowns = false;
      } else if (!end) {
        next = (unknowns ? this.open : this.pending).after(next);
      } else if (!unknowns) {
        this.note(next - this.known);
        unknowns = true;
        next = this.open.first();
      } else {
        const call = this.takeBack();
        if (call === nobody) return this.found("illegal");
        unknowns = call >= this.known;
        next = (unknowns ? this.open : this.pending).after(call);
      }
    }
    return this.found("ok");
  }

  /** Whoever is called after the first return cannot be placed before it. */
  private noMoreOpen(next: number): boolean {
    return next === nobody || this.calls[next]!.called > this.firstReturn();
  }

  private firstReturn(): number {
    let event = this.pending.first();
    while (event < this.known) event = this.pending.after(event);
    return this.calls[event - this.known]!.returned!;
  }

  /** False where the operation does not fit here, or where going on from here was tried. */
  private place(call: number): boolean {
    this.steps++;
    const { operation, value: told } = this.calls[call]!;
    const { state, value } = effectOf(operation, this.state);
    const unknown = call >= this.known;
    if (unknown ? this.pointless(operation, state) : value !== told) return false;
    const { high } = this.memory;
    this.memory.add(call);
    if (!this.memory.isNew(state, unknown)) {
      this.memory.remove(call, high);
      return false;
    }
    this.take(call, state, high, false);
    return true;
  }

  private settle(): void {
    let call = this.pending.first();
    while (this.left > 0 && call < this.known) {
      this.steps++;
      const { operation, value: told } = this.calls[call]!;
      const { state, value } = effectOf(operation, this.state);
      if (state !== this.state || value !== told) {
        call = this.pending.after(call);
        continue;
      }
      const { high } = this.memory;
      this.memory.add(call);
      this.take(call, state, high, true);
      call = this.pending.first();
    }
  }

  private take(call: number, state: Register, high: number, settled: boolean): void {
    this.frames.push({ call, before: this.state, high, settled });
    this.state = state;
    if (call >= this.known) return this.open.takeOut(call);
    this.left--;
    this.pending.takeOut(call);
    this.pending.takeOut(call + this.known);
  }

  /** It changes nothing, or what the one before it left would be overwritten unseen. */
  private pointless({ op }: KvOperation, after: Register): boolean {
    const last = this.frames.at(-1);
    return after === this.state || ((op === "put" || op === "delete") && last !== undefined && last.call >= this.known);
  }

  /** The last operation for which another one may be tried; `nobody` if there is none. */
  private takeBack(): number {
    for (;;) {
      const frame = this.frames.pop();
      if (frame === undefined) return nobody;
      this.undo(frame);
      if (!frame.settled) return frame.call;
    }
  }

  private undo({ call, before, high }: Frame): void {
    this.state = before;
    this.memory.remove(call, high);
    if (call >= this.known) return this.open.putBack(call);
    this.left++;
    this.pending.putBack(call + this.known);
    this.pending.putBack(call);
  }

  /** Nothing known can be placed any more before `returning` returns. */
  private note(returning: number): void {
    if (this.frames.length < this.longest.length || (this.stuck > 0 && this.frames.length === this.longest.length))
      return;
    this.longest = this.placed();
    this.stuck = this.calls[returning]!.number;
  }

  private placed(): Placed[] {
    const { frames, calls } = this;
    return frames.map(({ call }, i) => ({
      number: calls[call]!.number,
      state: i + 1 < frames.length ? frames[i + 1]!.before : this.state,
    }));
  }

  private found(verdict: Verdict): Found {
    const { steps } = this;
    if (verdict === "ok") return { verdict, order: this.placed(), stuck: 0, steps };
    return { verdict, order: this.longest, stuck: this.stuck, steps };
  }
}

/** Numbers in a fixed order, some of which are taken out for a while: what is put back goes to its old place. */
class Links {
  /** By the number + 1: the ends of the list are `nobody`'s. */
  private readonly next: Int32Array;
  private readonly previous: Int32Array;

  /** Numbers are below `size`. */
  constructor(order: readonly number[], size: number) {
    this.next = new Int32Array(size + 1).fill(nobody);
    this.previous = new Int32Array(size + 1).fill(nobody);
    let last = nobody;
    for (const one of order) {
      this.join(last, one);
      last = one;
    }
    this.join(last, nobody);
  }

  private join(before: number, after: number): void {
    this.next[before + 1] = after;
    this.previous[after + 1] = before;
  }
  first(): number {
    return this.after(nobody);
  }
  after(one: number): number {
    return this.next[one + 1]!;
  }
  takeOut(one: number): void {
    this.join(this.previous[one + 1]!, this.next[one + 1]!);
  }
  /** In the reverse order of taking out. */
  putBack(one: number): void {
    const [before, after] = [this.previous[one + 1]!, this.next[one + 1]!];
    this.join(before, one);
    this.join(one, after);
  }
}

interface Tried {
  readonly low: number;
  readonly words: Int32Array;
  readonly open: Int32Array;
  readonly state: Register;
  readonly afterUnknown: boolean;
}

/**
 * Which operations are placed, and every such set that was reached, with the state. Nearly all known ones before some
 * point are placed, and none long after it: only the words between are kept.
 */
class Memory {
  /** Words below `low` are full, words above `high` empty. */
  private low = 0;
  high = 0;
  private readonly words: Int32Array;
  private readonly open: Int32Array;
  private readonly tried = new Map<number, Tried[]>();

  constructor(
    private readonly known: number,
    unknown: number,
  ) {
    this.words = new Int32Array((known >> 5) + 1);
    this.open = new Int32Array((unknown >> 5) + 1);
  }

  add(call: number): void {
    if (call >= this.known) return flip(this.open, call - this.known);
    flip(this.words, call);
    this.high = Math.max(this.high, call >> 5);
    while (this.words[this.low] === -1) this.low++;
  }

  /** `high` as it was before that was added. */
  remove(call: number, high: number): void {
    if (call >= this.known) return flip(this.open, call - this.known);
    flip(this.words, call);
    this.high = high;
    this.low = Math.min(this.low, call >> 5);
  }

  /** Whether the present set has not been reached with this state before; it has from now on. */
  isNew(state: Register, afterUnknown: boolean): boolean {
    const hash = this.hash(state, afterUnknown);
    const bucket = this.tried.get(hash);
    if (bucket?.some((tried) => this.equals(tried, state, afterUnknown))) return false;
    const words = this.words.slice(this.low, this.high + 1);
    const tried = { low: this.low, words, open: this.open.slice(), state, afterUnknown };
    if (bucket === undefined) this.tried.set(hash, [tried]);
    else bucket.push(tried);
    return true;
  }

  private hash(state: Register, afterUnknown: boolean): number {
    let hash = mix(this.low, afterUnknown ? 1 : 2);
    for (let at = this.low; at <= this.high; at++) hash = mix(hash, this.words[at]!);
    for (let at = 0; at < this.open.length; at++) hash = mix(hash, this.open[at]!);
    if (state !== null) for (let at = 0; at < state.length; at++) hash = mix(hash, state.charCodeAt(at));
    return hash;
  }

  private equals({ low, words, open, state, afterUnknown }: Tried, now: Register, nowAfter: boolean): boolean {
    if (low !== this.low || state !== now || afterUnknown !== nowAfter) return false;
    if (low + words.length !== this.high + 1) return false;
    return words.every((word, i) => word === this.words[low + i]) && open.every((word, i) => word === this.open[i]);
  }
}

function flip(words: Int32Array, bit: number): void {
  words[bit >> 5]! ^= 1 << (bit & 31);
}
