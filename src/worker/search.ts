import { Search } from "../check/search/search.ts";
import { part } from "./part.ts";
import type { FromSearch, SearchProgress, ToSearch } from "./protocol/search.ts";
import { searchedSetup } from "./searched.ts";

/** The thread of a search: it looks for a short time, tells how far it is, and listens. */
interface Port {
  onmessage: ((event: { readonly data: ToSearch }) => void) | null;
  postMessage(message: FromSearch): void;
}
const port = globalThis as unknown as Port;

/** Milliseconds between two looks at the mail, and between two reports. */
const listenEvery = 40;
const reportEvery = 120;
/** Coarse steps between two looks at the clock. */
const slice = 50;

let search: Search | null = null;
let running = false;
/** Milliseconds that were spent searching, and may be. */
let spent = 0;
let budget = 0;
let reportedAt = 0;
let shrunkFrom = 0;

function progress(): SearchProgress {
  const { phase, states, stories, depth, actions } = search!.state;
  return { phase, states, stories, depth, actions, shrunkFrom, milliseconds: Math.round(spent) };
}

async function tell(): Promise<void> {
  const { found } = search!;
  if (found === null) return port.postMessage({ kind: "nothing", progress: progress(), coverage: search!.coverage });
  const { recordingOfFound } = await part(() => import("../scenario/found.ts"));
  const { formatRecording } = await part(() => import("../scenario/format.ts"));
  const { property, detail } = found.violation;
  port.postMessage({
    kind: "found",
    progress: progress(),
    property,
    detail,
    steps: found.steps.map(({ text }) => text),
    recording: formatRecording(recordingOfFound(found)),
  });
}

function look(): void {
  const start = performance.now();
  let now = start;
  while (search!.found === null && now - start < listenEvery) {
    search!.advance(slice);
    now = performance.now();
  }
  spent += now - start;
  const { phase, actions } = search!.state;
  if (phase === "shrinking" && shrunkFrom === 0) shrunkFrom = actions;
}

/** What was found and cannot be told ends the thread, and the page hears why. */
function fail(error: unknown): void {
  setTimeout(() => {
    throw error;
  });
}

async function run(): Promise<void> {
  while (running) {
    look();
    if (search!.found !== null || spent >= budget) {
      running = false;
      await tell().catch(fail);
    } else if (performance.now() - reportedAt > reportEvery) {
      reportedAt = performance.now();
      port.postMessage({ kind: "progress", progress: progress() });
    }
    // What was written meanwhile is read before the next look.
    await new Promise((resolve) => setTimeout(resolve));
  }
}

function go(): void {
  if (running || search === null) return;
  running = true;
  void run();
}

port.onmessage = ({ data: asked }) => {
  switch (asked.kind) {
    case "start":
      search = new Search(searchedSetup(asked.bugs, asked.servers));
      budget = asked.seconds * 1000;
      return go();
    case "pause":
      running = false;
      return;
    case "resume":
      budget = Math.max(budget, spent + asked.seconds * 1000);
      return go();
    case "stop":
      running = false;
      if (search !== null && search.found === null) void tell().catch(fail);
  }
};
