import { expect, test } from "vitest";
import type { FromSearch, SearchProgress, ToSearch } from "../worker/protocol/search.ts";
import { createSearch, type SearcherLike, searchSeconds } from "./search.ts";

const progress: SearchProgress = {
  phase: "breadth",
  states: 10,
  stories: 0,
  depth: 2,
  actions: 0,
  shrunkFrom: 0,
  milliseconds: 100,
};
const quarry = { bugs: ["double-vote"], servers: 2 };

function begun() {
  const asked: ToSearch[] = [];
  const ended: string[] = [];
  let over = false;
  const thread: SearcherLike = {
    postMessage: (message) => asked.push(message),
    terminate: () => {
      over = true;
    },
    onmessage: null,
    onerror: null,
  };
  const { store, commands } = createSearch(
    () => thread,
    ({ status }) => ended.push(status),
  );
  commands.start(quarry);
  const say = (data: FromSearch): void => thread.onmessage?.({ data });
  return { asked, ended, thread, commands, say, state: () => store.getState(), over: () => over };
}

test("starts in a thread of its own, and shows how far it is", () => {
  const it = begun();
  expect(it.asked).toEqual([{ kind: "start", ...quarry, seconds: searchSeconds }]);
  it.say({ kind: "progress", progress });
  expect(it.state()).toMatchObject({ status: "running", quarry, progress });
});

test("can be paused and go on; what comes of it ends the thread", () => {
  const it = begun();
  it.commands.pause();
  expect(it.state().status).toBe("paused");
  it.commands.resume();
  expect(it.asked.map(({ kind }) => kind)).toEqual(["start", "pause", "resume"]);
  it.say({ kind: "found", progress, property: "Election Safety", detail: "", steps: ["one"], recording: "{}" });
  expect([it.state().status, it.state().found?.steps, it.over()]).toEqual(["found", ["one"], true]);
  expect(it.ended).toEqual(["found"]);
});

test("where nothing is found it says what was covered, and may go on", () => {
  const it = begun();
  it.say({ kind: "nothing", progress, coverage: "all 12 states" });
  expect(it.state()).toMatchObject({ status: "nothing", words: "all 12 states" });
  it.commands.resume();
  expect([it.state().status, it.over()]).toEqual(["running", false]);
});

test("cancelling ends the thread and forgets; a thread that fails is told of", () => {
  const it = begun();
  it.commands.cancel();
  expect([it.state().status, it.over()]).toEqual(["idle", true]);
  const other = begun();
  other.thread.onerror?.({ message: "no memory" });
  expect(other.state()).toMatchObject({ status: "failed", words: "no memory" });
});
