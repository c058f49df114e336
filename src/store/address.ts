import type { Source } from "../worker/protocol/requests.ts";
import type { LabState } from "./lab.ts";

/** The browser's address behind "#", and the history of its tab; a test brings its own. */
export interface AddressBar {
  read(): string;
  /** The same entry of the tab's history, from now on with this fragment. */
  replace(fragment: string): void;
  /** A new entry, which Back leaves. */
  push(fragment: string): void;
}

interface Run {
  readonly state: () => LabState;
  /** Calls after every change of the state. */
  readonly listen: (listener: () => void) => unknown;
  /** The address of what is shown now, "" if it has none; null where it cannot be told. */
  readonly address: () => Promise<string | null>;
  readonly open: (source: Source) => void;
  /** What an empty address opens. */
  readonly first: Source;
}

export interface Address {
  /** The run that the address asks for, if it asks for one. */
  begin(): Source | null;
  /** A run that was asked for is on the page, or (`there` false) will not be. */
  opened(source: Source, there: boolean): void;
  /** Another run is going to be opened: the one that is shown leaves its moment in the address. */
  leaving(): void;
  /** The user went back, or forward, or has typed. */
  changed(): void;
}

type Shown = readonly unknown[];

/** Everything that an address tells; differs in one place as soon as something else is to be written. */
function shown({ info, frame, selection, pace }: LabState): Shown {
  const { position, branch, group, end } = frame ?? {};
  return [info, position?.at, position?.event, end?.at, branch, group, selection, pace.speed];
}

/** Browsers allow a hundred writes in thirty seconds; nobody reads more than one a second. In milliseconds. */
const writeEvery = 1000;
/** As long as time passes. Each write has the browser look at the page's icon again. */
const writeEveryPlaying = 4000;

/**
 * Keeps what is shown in the address: at once where the run was not moving for a second, and at most once a second; while
 * time passes once in four.
 * Opening another run adds an entry to the tab's history, and the entry before it keeps its moment. A newcomer's run is
 * not written before she has done something. What is written here is never read here: it makes no event.
 */
export function createAddress(bar: AddressBar, { state, listen, address, open, first }: Run): Address {
  /** What the address is known to say: what comes from here is nothing new. */
  let said = bar.read();
  let asked: Source | null = null;
  let entry: "first" | "same" | "next" = "first";
  /** So many runs are on their way: what is on the page may be one of them already. */
  let coming = 0;
  let written: Shown = [];
  let wroteAt = Number.NEGATIVE_INFINITY;
  let rest: ReturnType<typeof setTimeout> | null = null;

  function write(fragment: string, how: typeof entry): void {
    // Where something else stands already that was typed, or a link, is heard of in a moment.
    if (asked !== null || bar.read() !== said) return;
    if (fragment !== said && how === "next") bar.push(fragment);
    else if (fragment !== said) bar.replace(fragment);
    said = fragment;
    if (entry === how) entry = "same";
  }

  async function tell(): Promise<void> {
    const [told, how] = [shown(state()), entry];
    const fragment = await address();
    if (fragment === null) return;
    write(fragment, how);
    written = told;
  }

  const isWritten = (): boolean => shown(state()).every((part, at) => Object.is(part, written[at]));
  const newcomer = (): boolean => said === "" && (entry === "first" || (entry === "same" && state().playing));
  const due = (): boolean =>
    asked === null && coming === 0 && state().status === "ready" && !newcomer() && !isWritten();

  function soon(): void {
    const { status, playing } = state();
    if (status !== "ready") coming = 0;
    // Where time stands it is told sooner than was planned while it passed.
    if ((rest !== null && playing) || !due()) return;
    forgetRest();
    const left = wroteAt + (playing ? writeEveryPlaying : writeEvery) - performance.now();
    if (left <= 0) {
      wroteAt = performance.now();
      void tell();
    } else
      rest = setTimeout(() => {
        rest = null;
        soon();
      }, left);
  }
  function forgetRest(): void {
    if (rest !== null) clearTimeout(rest);
    rest = null;
  }
  listen(soon);

  function request(fragment: string): Source {
    said = fragment;
    asked = fragment === "" ? first : { from: "link", fragment };
    return asked;
  }

  return {
    begin: () => (said === "" ? null : request(said)),
    opened(source, there) {
      const byAddress = source === asked;
      coming = there ? 0 : Math.max(0, coming - 1);
      if (there || byAddress) asked = null;
      if (!there) return;
      written = entry === "first" && said === "" ? shown(state()) : [];
      entry = byAddress || entry === "first" ? "same" : "next";
      // Back is to lead to the run before as soon as this one is seen.
      forgetRest();
      wroteAt = Number.NEGATIVE_INFINITY;
      soon();
    },
    leaving() {
      if (asked === null && entry !== "first" && !isWritten()) void tell();
      coming += 1;
    },
    changed() {
      if (bar.read() !== said) open(request(bar.read()));
    },
  };
}
