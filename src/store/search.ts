import { createStore } from "zustand/vanilla";
import type { FromSearch, SearchProgress, ToSearch } from "../worker/protocol.ts";

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
  readonly found: Extract<FromSearch, { kind: "found" }> | null;
  /** What was covered where nothing was found; what went wrong where the search failed. */
  readonly words: string;
}
const noSearch: SearchState = {
  status: "idle",
  quarry: { bugs: [], servers: 0 },
  progress: null,
  found: null,
  words: "",
};

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
  const store = createStore<SearchState>(() => noSearch);
  let thread: SearcherLike | null = null;

  function end(): void {
    thread?.terminate();
    thread = null;
  }

  function receive(message: FromSearch): void {
    const { progress } = message;
    if (message.kind === "progress") return store.setState({ progress });
    if (message.kind === "found") {
      end();
      store.setState({ status: "found", progress, found: message });
    } else store.setState({ status: "nothing", progress, words: message.coverage });
    onEnd(store.getState());
  }

  function fail(reason: string): void {
    end();
    store.setState({ status: "failed", words: reason });
    onEnd(store.getState());
  }

  const commands: SearchCommands = {
    start(quarry) {
      end();
      store.setState({ ...noSearch, status: "running", quarry });
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
      if (store.getState().status !== "running") return;
      thread?.postMessage({ kind: "pause" });
      store.setState({ status: "paused" });
    },
    resume() {
      const { status } = store.getState();
      if (thread === null || (status !== "paused" && status !== "nothing")) return;
      thread.postMessage({ kind: "resume", seconds: searchSeconds });
      store.setState({ status: "running", words: "" });
    },
    stop: () => thread?.postMessage({ kind: "stop" }),
    cancel() {
      end();
      store.setState(noSearch);
    },
  };
  return { store, commands };
}
