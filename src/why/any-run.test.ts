import { describe, expect, test } from "vitest";
import { Causes } from "../history/causes/causes.ts";
import { crowdedSetup, explore, livelySetup, operatedSetup } from "../history/fixtures.ts";
import { History } from "../history/history.ts";
import { finish } from "../history/work.ts";
import { entryAt, knownTerm, lastIndex } from "../raft/log.ts";
import { operationsOf } from "../world/operations.ts";
import type { KvCommand } from "../world/state/commands.ts";
import type { Setup } from "../world/state/setup.ts";
import { pastOf } from "./past.ts";
import { storyOf } from "./story.ts";
import type { About, Story, StoryAbout } from "./types.ts";
import { whyOf } from "./why.ts";

const setups: Readonly<Record<string, (seed: number) => Setup>> = {
  lively: livelySetup,
  crowded: crowdedSetup,
  operated: operatedSetup,
  "two groups": (seed) => ({ ...livelySetup(seed), groups: 2 }),
};

/** Everything that there is to ask about at the present place. */
function abouts(history: History, group: number): About[] {
  const { world } = history;
  const own = world.machines.filter((each) => each !== undefined && each.group === group);
  const last = Math.max(...own.map(({ raft }) => lastIndex(raft.log)));
  const packets = world.packets.filter((packet) => packet.group === group);
  return [
    ...own.map(({ id }): About => ({ kind: "server", server: id, group })),
    ...Array.from({ length: Math.min(last, 6) }, (_, i): About => ({ kind: "entry", index: last - i, group })),
    ...packets.slice(0, 6).map(({ ref }): About => ({ kind: "message", ref, group })),
  ];
}

const sound = /undefined|NaN|\bnull\b|\bS0\b|\[object/;

/** What a command's story says in the end is what the logs and its client know. */
function agrees(history: History, command: number, { outcome, more }: Story): void {
  const { world } = history;
  const operation = operationsOf(world).find(({ number }) => number === command)!;
  expect(outcome.includes("was answered at"), outcome).toBe(operation.outcome === "ok");
  const holders = world.machines.filter(({ raft: { log } }) => {
    for (let index = log.base + 1; index <= lastIndex(log); index++)
      if ((entryAt(log, index).command as KvCommand | null)?.request === command) return true;
    return false;
  });
  if (outcome.startsWith("It is lost")) expect(holders, outcome).toEqual([]);
  const [, index, term] = /was committed at [^ ]+ s as entry (\d+) of term (\d+)/.exec(outcome) ?? [];
  if (index === undefined || more) return;
  const found = world.machines.some(
    ({ raft: { log } }) => knownTerm(log, Number(index)) === Number(term) || log.base >= Number(index),
  );
  expect(found, outcome).toBe(true);
}

describe.each(Object.entries(setups))("%s runs", (_, setup) => {
  test.each([11, 12, 13])("whatever is asked, the answer is whole and lies in the past (seed %d)", (seed) => {
    const history = new History(setup(seed));
    explore(history, seed, 15);
    const { event: end } = history.current.end;
    const causes = new Causes(history);
    for (const part of [0.3, 0.7, 1]) {
      history.visit(Math.max(1, Math.floor(end * part)));
      const before = history.hash();
      for (let group = 1; group <= history.setup.groups; group++) {
        for (const about of abouts(history, group)) {
          const why = finish(whyOf(history, causes, about));
          if (about.kind === "server" || about.kind === "message") expect(why).not.toBeNull();
          if (why === null) continue;
          expect(
            JSON.stringify([why.sentence, why.compared, why.waitsFor, why.counterfactual ?? "", why.rule?.text ?? ""]),
          ).not.toMatch(sound);
          expect(why.event).toBeLessThanOrEqual(history.place.event);
          for (const { event } of why.causes) expect(event).toBeLessThan(why.event);
        }
        const terms = history.current.index.terms.filter((mark) => mark.group === group).map(({ term }) => term);
        const asked: StoryAbout[] = [
          ...terms.slice(-3).map((term): StoryAbout => ({ kind: "term", term, group })),
          ...[1, 2, 3, 4].map((command): StoryAbout => ({ kind: "command", command, group })),
          { kind: "leader", group },
          { kind: "entry", index: 2, group },
        ];
        for (const about of asked) {
          const story = finish(storyOf(history, causes, about));
          if (story !== null && about.kind === "command" && part === 1) {
            agrees(history, about.command, story);
          }
          if (story !== null) expect(JSON.stringify(story)).not.toMatch(/undefined|NaN|\bS0\b|\[object/);
        }
      }
      const { events } = finish(pastOf(causes, history.place.event, 40));
      for (const { event, causes: own } of events) for (const cause of own) expect(cause.event).toBeLessThan(event);
      expect(history.hash()).toBe(before);
    }
  });
});
