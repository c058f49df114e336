import type { Source } from "../../worker/protocol/requests.ts";
import type { Asks, Ground } from "./asks.ts";
import type { Autosave } from "./autosave.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { viewNow } from "./place.ts";

/** Storage is written at most this often, in milliseconds: what is done in between goes with the next one. */
const writeEvery = 500;

export interface Saving {
  /** From what a run is rebuilt after its worker's death: as it was opened, or as it was when it last changed. */
  base(): Source;
  /** Another run is on the page. `worthKeeping`: the user has had a hand in it already. */
  opened(source: Source, worthKeeping: boolean): void;
  /** The user has changed something: on its way to storage at once, whatever the clock does. */
  changed(): void;
  /** Writes what is not written yet: what failed before, and where the run is now. */
  keep(): Promise<void>;
  /** Writes the run whether or not the user had a hand in it: the page comes back to it. False: it could not be written. */
  hold(): Promise<boolean>;
  /** The page may be gone in a moment: what is known goes out before anybody is asked. */
  leave(): void;
}

/** Where a run is kept; a test brings its own. */
export interface Storehouse {
  readonly autosave: Autosave;
  /** Milliseconds since 1970. */
  readonly date: () => number;
}

const notKept = "This run is not saved here: the browser does not allow it. Save a file or copy a link.";

interface Writer {
  /** Now, or when the pause after the last writing is over. */
  soon(): void;
  now(): Promise<void>;
  /** True: storage has the newest text. */
  done(): boolean;
}

/** Writes the newest text, one at a time. `save` answers false where nothing was kept; then it is written again. */
function createWriter(newest: () => string | null, save: (text: string) => Promise<boolean>): Writer {
  let written: string | null = null;
  let rest: ReturnType<typeof setTimeout> | null = null;
  let wanted = false;

  const now = oneAtATime(async () => {
    const text = newest();
    if (text !== null && text !== written && (await save(text))) written = text;
  });

  function soon(): void {
    wanted = rest !== null;
    if (rest !== null) return;
    void now();
    rest = setTimeout(() => {
      rest = null;
      if (wanted) soon();
    }, writeEvery);
  }
  return { soon, now, done: () => written !== null && newest() === written };
}

/** Keeps the run: in memory for the next worker, in storage for the next page. */
export function createSaving(
  { store, time, notices }: Ground,
  asks: Asks,
  storehouse: () => Storehouse,
  first: Source,
): Saving {
  let base = first;
  let touched = false;
  /** Counts what the user did. */
  let changes = 0;
  let remembered = "";
  let told = false;

  /** Differs as soon as the run, or the moment that is looked at, is another one. */
  function stamp(): string {
    const { frame } = store.getState();
    return `${changes} ${frame?.branch} ${frame?.position.event} ${time.shown()}`;
  }

  /** Fetches the recording as it is now. */
  const remember = oneAtATime(async () => {
    const { status, frame } = store.getState();
    if (status !== "ready" || frame === null) return;
    const now = stamp();
    const outcome = await asks.ask("share", { as: "save", view: viewNow(store.getState(), time) });
    if (outcome.kind !== "answer") return;
    base = { from: "file", text: outcome.answer.text };
    remembered = now;
  });

  async function save(text: string): Promise<boolean> {
    const { autosave, date } = storehouse();
    const kept = await autosave.save(store.getState().info?.title ?? "", text, date());
    if (!kept && !told) notices.notify(notKept, "error");
    told = !kept;
    return kept;
  }
  const writer = createWriter(() => (touched && base.from === "file" ? base.text : null), save);

  async function keep(): Promise<void> {
    if (!touched) return;
    if (remembered !== stamp()) await remember();
    await writer.now();
  }

  return {
    base: () => base,
    opened(source, worthKeeping) {
      base = source;
      touched = worthKeeping;
      remembered = "";
    },
    changed() {
      touched = true;
      changes += 1;
      void remember().then(writer.soon);
    },
    keep,
    async hold() {
      touched = true;
      await keep();
      return writer.done() && remembered === stamp();
    },
    leave() {
      void writer.now();
      void keep();
    },
  };
}
