import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { FromWorker, ToWorker } from "./protocol/requests.ts";

vi.setConfig({ testTimeout: 120_000 });

/** The thread's end of the line, in this thread: what it posts, and the timers that it sets. */
const posted: FromWorker[] = [];
const later: (() => void)[] = [];
let beat: () => void = () => {};
const port = globalThis as unknown as { onmessage: (event: { data: ToWorker }) => void };

beforeAll(async () => {
  vi.stubGlobal("postMessage", (message: FromWorker) => posted.push(message));
  vi.stubGlobal("setInterval", (run: () => void, pause: number) => {
    expect(pause).toBe(250);
    beat = run;
  });
  vi.stubGlobal("setTimeout", (run: () => void) => later.push(run));
  await import("./main.ts");
});
afterAll(() => vi.unstubAllGlobals());

const send = (asked: ToWorker): void => port.onmessage({ data: asked });
/** A limit is for what hangs. */
const patience = { interval: 5, timeout: 120_000 } as const;
const answered = (count: number) => vi.waitFor(() => expect(posted).toHaveLength(count), patience);
const text = '{"format":"driftwood","version":1,"servers":3}';

test("every request gets one answer, in the order of asking, with its number", async () => {
  send({ id: 1, kind: "open", source: { from: "file", text } });
  await answered(1);
  send({ id: 13, kind: "enter", run: 1 });
  send({ id: 2, kind: "advance", to: 400_000 });
  send({ id: 3, kind: "act", at: 400_000, act: { do: "crash", server: 2 } });
  send({ id: 5, kind: "step", direction: -1 });
  send({ id: 6, kind: "feed", filter: { servers: [], kinds: [], routine: false }, before: null, limit: 3 });
  send({ id: 7, kind: "share", as: "file", view: { at: 0, select: "", speed: 1 } });
  send({ id: 8, kind: "jump", mark: "crash", direction: 1 });
  send({ id: 9, kind: "visit", event: 3 });
  send({ id: 10, kind: "seek", to: 100_000 });
  send({ id: 11, kind: "viewport", logFrom: 1, logCount: 3 });
  send({ id: 12, kind: "branch", branch: 0 });
  await answered(12);
  expect(posted.map((message) => [message.kind, "id" in message ? message.id : 0])).toEqual(
    [1, 13, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12].map((id) => [id === 2 || id === 11 ? "changed" : "answer", id]),
  );
  expect(posted[3]).toMatchObject({ answer: { refused: null, branched: false } });
  send({ id: 4, kind: "open", source: { from: "file", text: "{" } });
  await answered(13);
  expect(posted[12]).toMatchObject({ kind: "problem", id: 4, problem: { field: "", place: { line: 1, column: 2 } } });
  expect(JSON.parse(JSON.stringify(posted))).toStrictEqual(posted);
});

test("what takes long says how far it is, can be stopped, and holds up nobody while another run is opened", async () => {
  posted.length = 0;
  vi.stubGlobal("setTimeout", (run: () => void) => void setImmediate(run));
  const actions = [{ atMs: 0, do: "load", perSecond: 200 }];
  const long = JSON.stringify({ format: "driftwood", version: 1, actions, endMs: 3_600_000 });
  send({ id: 30, kind: "open", source: { from: "file", text: long } });
  await vi.waitFor(() => expect(posted.some(({ kind }) => kind === "progress")).toBe(true), { timeout: 60_000 });
  send({ id: 31, kind: "advance", to: 0 });
  await vi.waitFor(() => expect(posted).toContainEqual(expect.objectContaining({ kind: "changed", id: 31 })), {
    timeout: 60_000,
  });
  send({ kind: "cancel", id: 30 });
  await vi.waitFor(() => expect(posted.at(-1)).toEqual({ kind: "cancelled", id: 30 }), { timeout: 60_000 });
  // Nobody minds a word that comes too late.
  send({ kind: "cancel", id: 30 });
  vi.stubGlobal("setTimeout", (run: () => void) => later.push(run));
});

test("it says that it is alive", () => {
  beat();
  expect(posted.at(-1)).toEqual({ kind: "alive" });
});

test("after an error nothing more comes: half a state must not be shown", async () => {
  const before = posted.length;
  send({ id: 20, kind: "break", how: "throw" });
  send({ id: 21, kind: "advance", to: 500_000 });
  // The error reaches the page as one that nobody caught: it is thrown again outside of every promise.
  const thrown = () => {
    for (const run of later) run();
  };
  await vi.waitFor(() => expect(thrown).toThrow("thrown on purpose"), patience);
  expect(posted).toHaveLength(before);
});
