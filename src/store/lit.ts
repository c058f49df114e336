import { create } from "zustand";
import type { LogIndex, Micros, ServerId, Term } from "../base/units.ts";
import type { MessageView } from "../worker/protocol/message.ts";
import type { PastEvent } from "../worker/protocol/why.ts";
import { selectionText } from "./session/selection.ts";
import { labState, onLab } from "./use-lab.ts";

/** From when to when something went on, as far as the run is known, and the events at its ends. */
export interface LitSpan {
  /** "entry 4" */
  readonly words: string;
  readonly from: Micros;
  readonly to: Micros;
  readonly first: number;
  readonly last: number;
}

/** What is lit. Everything else is faded; it stays what it is and where it is, and can be picked. */
export interface Lit {
  /** A sentence without its full stop: "Follows entry 4", "Shows what led to S3’s refusal". */
  readonly words: string;
  /** What led to an event, and first that event, where they are what is lit. */
  readonly past?: readonly PastEvent[];
  /** How long it went on, where that is what it is about. It may grow; null: it is nowhere yet. */
  span?(): LitSpan | null;
  event(event: number): boolean;
  message(message: MessageView): boolean;
  server(server: ServerId): boolean;
  /** The entry at that index of a log, which is of that term. */
  entry(index: LogIndex, term: Term): boolean;
}

const useStore = create<{ readonly lit: Lit | null }>(() => ({ lit: null }));
/** Forgets when it ends by itself. */
let leave: (() => void) | null = null;

/** What is lit; null: nothing is, and nothing is faded. */
export const useLit = (): Lit | null => useStore(({ lit }) => lit);
export const litNow = (): Lit | null => useStore.getState().lit;
export const onLit = (listener: () => void): (() => void) => useStore.subscribe(listener);

/** Lights that and nothing else, until `unlight`, or another selection, run or branch. */
export function light(lit: Lit): void {
  leave?.();
  const ground = groundNow();
  leave = onLab(() => {
    if (groundNow() !== ground) unlight();
  });
  useStore.setState({ lit });
}

export function unlight(): void {
  leave?.();
  leave = null;
  if (litNow() !== null) useStore.setState({ lit: null });
}

let runs = 0;
const runNumbers = new WeakMap<object, number>();

/** What it is lit for. */
function groundNow(): string {
  const { info, frame, selection } = labState();
  if (info !== null && !runNumbers.has(info)) runNumbers.set(info, ++runs);
  return `${info === null ? 0 : runNumbers.get(info)} ${frame?.branch} ${frame?.group} ${selectionText(selection)}`;
}
