import { expect, test } from "vitest";
import type { LabState } from "../../store/lab.ts";
import { emptyLab } from "../../store/session/session.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { alsoCalled, found } from "./find.ts";
import { entries } from "./own.ts";

/** S2 leads S1 and S3; S4 stands ready. */
const state = ((): LabState => {
  const server = (id: number, role: string, member = "voter"): ServerView =>
    ({
      ...{ id, role, status: "up", term: 1, leader: 2, member, voters: [1, 2, 3], outgoing: [], learners: [] },
      ...{ progress: null, base: 0, lastIndex: 0, lastApplied: 0, tail: [], disk: { lastIndex: 0 } },
    }) as unknown as ServerView;
  const quiet = { messages: [], cuts: [], requests: [], loadPerSecond: 0, faults: [], nemeses: [], mode: "automatic" };
  const servers = [server(1, "follower"), server(2, "leader"), server(3, "follower"), server(4, "follower", "none")];
  return {
    ...emptyLab,
    status: "ready",
    frame: { position: { at: 9, event: 9 }, servers, ...quiet } as unknown as Frame,
  };
})();

const names = (typed: string): readonly string[] =>
  found(entries(state), typed).flatMap(({ items }) => items.map(({ label }) => label));

/** What is found by words that the page has not itself, or that its names have in another order. */
const wanted: readonly (readonly [typed: string, name: string])[] = [
  ["undo", "Step back one event"],
  ["replay", "Go to the start"],
  ["rewind", "Go to the start"],
  ["same acts", "Run these acts again with other options …"],
  ["run these acts again", "Run these acts again with other options …"],
  ["rerun", "Run these acts again with other options …"],
  ["slow", "Slower"],
  ["speed", "Faster"],
  ["kill", "Crash S2"],
  ["kill leader", "Crash S2"],
  ["crash leader", "Crash S2"],
  ["stop node", "Crash S1"],
  ["partition", "Partition in two"],
  ["split", "Partition in two"],
  ["disconnect", "Isolate S2"],
  ["disconnect leader", "Isolate S2"],
  ["restart", "Open this scenario afresh"],
  ["reset", "Open this scenario afresh"],
  ["qr", "Share this moment …"],
  ["link", "Share this moment …"],
  ["embed", "Share this moment …"],
  ["dark mode", "Light or dark"],
  ["export", "Save as a file"],
  ["import", "Open a file …"],
  ["latency", "Settings …"],
  ["packet loss", "Settings …"],
  ["seed", "Settings …"],
  ["new server", "Add a spare server, a new machine that can join"],
  ["add node", "Add a spare server, a new machine that can join"],
  ["join", "Add a spare server, a new machine that can join"],
  ["random faults", "Let faults come by themselves …"],
  ["chaos", "Let faults come by themselves …"],
  ["shortcuts", "Keys and help"],
  ["glossary", "Words and what they mean"],
  ["delete branch", "Branches …"],
  ["verify", "Find a counterexample …"],
];
test.each(wanted)("%s: %s", (typed, name) => expect(names(typed)).toContain(name));

test.each([["kill"], ["disconnect"], ["undo"], ["qr"], ["slow"], ["glossary"]])(
  "%s has nothing before what it means",
  (typed) => expect(names(typed)[0]).toBe(wanted.find(([each]) => each === typed)?.[1]),
);

test("a word that is only begun is not guessed from two letters", () => {
  expect(names("ki")).not.toContain("Crash S2");
  expect(names("kil")).toContain("Crash S2");
});

test("every other name leads to something that there is", () => {
  const cut = { ...state, frame: { ...state.frame!, cuts: [[1, 2]] } } as LabState;
  const all = [state, cut].flatMap(entries).flatMap(({ items }) => items.map(({ label }) => label.toLowerCase()));
  const dead = Object.values(alsoCalled)
    .flat()
    .filter((name) => !all.some((label) => label.includes(name)));
  expect(dead).toEqual([]);
});
