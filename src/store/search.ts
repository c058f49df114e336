import { assign, createActor, setup } from "xstate";
import { createStore } from "zustand/vanilla";
import type { FromSearch, SearchProgress, ToSearch } from "../worker/protocol/search.ts";

/** The parts of a Worker that are needed: a test brings its own. */
export interface SearcherLike {
  postMessage(message: ToSearch): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromSearch }) => void) | null;
  onerror: ((event: { readonly message?: string; preventDefault?(): void }) => void) | null;
}

/** What is searched for: which rules are off, in how many servers (0: as few as show it). */
export interface Quarry {
  readonly bugs: readonly string[];
  readonly servers: number;
}
export interface SearchState {
  readonly status: "idle" | "running" | "paused" | "found" | "nothing" | "failed";
  readonly quarry: Quarry;
  readonly progress: SearchProgress | null;
  readonly found: Found | null;
  /** What was covered where nothing was found; what went wrong where the search failed. */
  readonly words: string;
}
type Found = Extract<FromSearch, { kind: "found" }>;
type Known = Omit<SearchState, "status">;
const nothingKnown: Known = { quarry: { bugs: [], servers: 0 }, progress: null, found: null, words: "" };

type SearchEvent =
  | { readonly type: "start"; readonly quarry: Quarry }
  | { readonly type: "pause" | "resume" | "cancel" }
  | { readonly type: "progress"; readonly progress: SearchProgress }
  | { readonly type: "found"; readonly found: Found }
  | { readonly type: "nothing"; readonly progress: SearchProgress; readonly words: string }
  | { readonly type: "failed"; readonly words: string };

const heard = {
  progress: { actions: "note" },
  found: { target: "found", actions: "note" },
  nothing: { target: "nothing", actions: "note" },
} as const;

/** What may be asked of a search when, and what it then knows. Where nothing was found yet it may be told to go on. */
const searchMachine = setup({
  types: { context: {} as Known, events: {} as SearchEvent },
  actions: {
    begin: assign(({ event }) => (event.type === "start" ? { ...nothingKnown, quarry: event.quarry } : {})),
    forget: assign(nothingKnown),
    goOn: assign({ words: "" }),
    note: assign(({ event }) => {
      if (event.type === "progress") return { progress: event.progress };
      if (event.type === "found") return { progress: event.found.progress, found: event.found };
      if (event.type === "nothing") return { progress: event.progress, words: event.words };
      return event.type === "failed" ? { words: event.words } : {};
    }),
  },
}).createMachine({
  id: "search",
  context: nothingKnown,
  initial: "idle",
  on: {
    start: { target: ".running", actions: "begin" },
    cancel: { target: ".idle", actions: "forget" },
    failed: { target: ".failed", actions: "note" },
  },
  states: {
    idle: {},
    running: { on: { ...heard, pause: "paused" } },
    // What it was just doing may still be told.
    paused: { on: { ...heard, resume: "running" } },
    nothing: { on: { resume: { target: "running", actions: "goOn" } } },
    found: {},
    failed: {},
  },
});

/** A search gives up after so many seconds, and says what it has covered; it can be told to go on. */
export const searchSeconds = 60;

export interface SearchCommands {
  start(quarry: Quarry): void;
  pause(): void;
  resume(): void;
  /** Ends the search and says what was covered. */
  stop(): void;
  /** Ends the search and forgets it. */
  cancel(): void;
}

/** One search at a time, in a thread of its own. `onEnd` is told when it ends by itself. */
export function createSearch(spawn: () => SearcherLike, onEnd: (state: SearchState) => void) {
  const actor = createActor(searchMachine).start();
  const state = (): SearchState => ({ status: actor.getSnapshot().value, ...actor.getSnapshot().context });
  const store = createStore<SearchState>(state);
  let thread: SearcherLike | null = null;

  /** True if the event was possible. */
  function send(event: SearchEvent): boolean {
    const possible = actor.getSnapshot().can(event);
    actor.send(event);
    store.setState(state());
    return possible;
  }

  function end(): void {
    thread?.terminate();
    thread = null;
  }

  function receive(message: FromSearch): void {
    const { progress } = message;
    if (message.kind === "progress") return void send({ type: "progress", progress });
    if (message.kind === "found") {
      end();
      send({ type: "found", found: message });
    } else send({ type: "nothing", progress, words: message.coverage });
    onEnd(store.getState());
  }

  function fail(reason: string): void {
    end();
    send({ type: "failed", words: reason });
    onEnd(store.getState());
  }

  const commands: SearchCommands = {
    start(quarry) {
      end();
      send({ type: "start", quarry });
      try {
        thread = spawn();
      } catch (error) {
        return fail(String(error));
      }
      thread.onmessage = ({ data }) => receive(data);
      thread.onerror = (event) => {
        event.preventDefault?.();
        fail(event.message ?? "its thread could not be loaded");
      };
      thread.postMessage({ kind: "start", ...quarry, seconds: searchSeconds });
    },
    pause() {
      if (send({ type: "pause" })) thread?.postMessage({ kind: "pause" });
    },
    resume() {
      if (send({ type: "resume" })) thread?.postMessage({ kind: "resume", seconds: searchSeconds });
    },
    stop: () => thread?.postMessage({ kind: "stop" }),
    cancel() {
      end();
      send({ type: "cancel" });
    },
  };
  return { store, commands };
}
