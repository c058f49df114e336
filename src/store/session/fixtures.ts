import { createStore } from "zustand/vanilla";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { FromWorker, Request, RequestKind, Requests, Source, ToWorker } from "../../worker/protocol/requests.ts";
import type { RunInfo } from "../../worker/protocol/run.ts";
import type { LabState } from "../lab.ts";
import { createAutosave, type Storage } from "./autosave.ts";
import type { WorkerLike } from "./engine.ts";
import { createSession, emptyLab, type Known } from "./session.ts";

/** Something happens every `beat` microseconds, and nothing in between. */
export const beat = 10_000;

/** A worker whose world is a metronome: it keeps to the protocol, and answers when the test lets it. */
class Metronome implements WorkerLike {
  onmessage: WorkerLike["onmessage"] = null;
  onerror: WorkerLike["onerror"] = null;
  onmessageerror: WorkerLike["onmessageerror"] = null;
  readonly log: ToWorker[] = [];
  at = 0;
  end = 0;
  acts: string[] = [];
  violated = false;
  readonly opened: Source[] = [];
  waiting: ToWorker[] = [];
  held = false;
  /** What it never answers. */
  silentOn: RequestKind | null = null;

  postMessage(message: ToWorker): void {
    this.log.push(message);
    this.waiting.push(message);
    if (!this.held) queueMicrotask(() => this.answerAll());
  }
  terminate(): void {
    this.onmessage = null;
  }
  answerAll(): void {
    const answered = this.waiting.splice(0).filter(({ kind }) => kind !== this.silentOn);
    for (const message of answered) if (message.kind !== "cancel") this.onmessage?.({ data: this.answer(message) });
  }

  answer(message: Request): FromWorker {
    const answer = this.perform(message);
    if (typeof answer === "string")
      return { kind: "problem", id: message.id, problem: { field: "source", message: answer } };
    return { kind: "answer", id: message.id, answer } as FromWorker;
  }

  perform(message: Request): Requests[RequestKind]["answer"] | string {
    switch (message.kind) {
      case "open":
        return this.ready(message.source, message.kept);
      case "enter":
        return this.open(this.opened[message.run]!);
      case "advance":
        return this.advance(message);
      case "seek":
        return this.moved(message.to);
      case "visit":
        return this.moved(message.event * beat);
      case "act":
        return this.act(message);
      case "explore":
        return this.explore();
      case "share":
        return { text: JSON.stringify({ at: message.view.at, acts: this.acts }) };
      default:
        return this.moved(this.at);
    }
  }

  /** Each beat is a state, and the one before it is where undo leads. */
  explore() {
    const event = this.at / beat;
    const graph = { nodes: [], edges: [], present: 0, undo: event > 0 ? event - 1 : null, leftOut: 0 };
    return { choices: [], choicesLeftOut: 0, graph };
  }

  /** A link of the metronome is the text of what was kept. */
  ready(source: Source, kept?: string) {
    if (source.from !== "link") return { run: this.opened.push(source) - 1, kept: false };
    if (!source.fragment.startsWith("{")) return "this link is broken";
    return { run: this.opened.push({ from: "file", text: source.fragment }) - 1, kept: source.fragment === kept };
  }

  open(source: Source) {
    const saved = source.from === "file" ? JSON.parse(source.text) : { at: 0, acts: [] };
    this.acts = saved.acts;
    const view = { at: saved.at, select: "", speed: 1, play: source.from === "preset" };
    const info = {
      title: "Metronome",
      view,
      bookmarks: [],
      differs: [],
      mismatch: null,
      preset: "",
      play: [],
    } as unknown as RunInfo;
    return { ...this.moved(saved.at), info };
  }

  /** Of any condition it knows when it comes true: at each third beat. */
  advance({ to, stops = [] }: Requests["advance"]["ask"]) {
    const third = (Math.floor(this.at / beat / 3) + 1) * 3 * beat;
    if (stops.length === 0 || third > to) return this.moved(Math.max(this.at, to));
    const { frame, timeline } = this.moved(third);
    return { frame: { ...frame, cameTrue: stops[0]! }, timeline };
  }

  act(message: Extract<ToWorker, { kind: "act" }>) {
    const branched = message.at < this.at;
    this.acts.push(message.act.do);
    return { ...this.moved(message.at), branched, refused: null };
  }

  moved(at: number) {
    this.at = at;
    this.end = Math.max(this.end, at);
    const nextAt = Math.floor(at / beat) * beat + beat;
    const violation = this.violated ? { property: "Election Safety" } : null;
    const position = { at, event: Math.floor(at / beat) };
    const hash = `${this.acts.join()} ${position.event}`;
    const frame = { hash, position, nextAt, end: { at: this.end, event: 0 }, violation, stopped: null, servers: [] };
    return { frame: frame as unknown as Frame, timeline: null };
  }
}

/** Until everything that is under way has come to rest. */
export const quiet = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** A session on a page of its own, with its workers, its storage and its wall clock. */
export function setUp(storage: Partial<Storage> = {}, known: Known = {}, first: Source | null = null) {
  const store = createStore<LabState>(() => emptyLab);
  const session = createSession(store);
  const workers: Metronome[] = [];
  const slots = new Map<string, unknown>();
  const autosave = createAutosave({
    read: async (slot) => slots.get(slot),
    write: async (slot, saved) => void slots.set(slot, saved),
    ...storage,
  });
  const spawn = () => {
    workers.push(new Metronome());
    return workers.at(-1)!;
  };
  let now = 0;
  session.begin({ spawn, autosave, now: () => now, date: () => 1000 }, first, known);
  session.tick();
  /** Lets wall time pass, one frame of 16 ms after another. */
  const run = async (millis: number) => {
    for (const until = now + millis; now < until; ) {
      now += 16;
      session.tick();
      await quiet();
    }
  };
  const jumpAhead = (millis: number) => {
    now += millis;
    session.tick();
  };
  const passQuietly = (millis: number) => {
    now += millis;
  };
  return {
    session,
    store,
    slots,
    workers,
    worker: () => workers.at(-1)!,
    state: () => store.getState(),
    run,
    jumpAhead,
    passQuietly,
  };
}

export const kinds = (worker: Metronome, kind: RequestKind) => worker.log.filter((message) => message.kind === kind);
