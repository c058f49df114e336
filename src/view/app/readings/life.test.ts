import { expect, test } from "vitest";
import { runSchedule } from "../../../check/fuzz/schedule.ts";
import { setupFor } from "../../../check/fuzz/setups.ts";
import { Causes } from "../../../history/causes/causes.ts";
import { History } from "../../../history/history.ts";
import { finish } from "../../../history/work.ts";
import { knownTerm, lastIndex, type RaftLog } from "../../../raft/log.ts";
import { storyOf } from "../../../why/story.ts";
import type { Life } from "../../../worker/protocol/why.ts";
import type { Machine } from "../../../world/state/machine.ts";
import type { World } from "../../../world/types.ts";
import { standing } from "../../inspector/life/life.ts";
import { idsIn, Reader, type Reading, same } from "./fixtures.ts";

/** How an entry or a command is said to stand at a moment, held against the world at that moment. */

interface Of {
  readonly world: World;
  readonly life: Life;
}
const machinesOf = ({ world }: Of): readonly Machine[] => world.machines.filter((each) => each !== undefined);
const has = (log: RaftLog, { life: { place } }: Of): boolean =>
  place !== null &&
  (place.index <= log.base || (place.index <= lastIndex(log) && knownTerm(log, place.index) === place.term));
const isCommitted = (of: Of): boolean =>
  machinesOf(of).some(
    ({ raft, status }) =>
      status !== "down" && raft.commitIndex >= (of.life.place?.index ?? Infinity) && has(raft.log, of),
  );
const stateOf = ({ world: { clients }, life }: Of): string | undefined =>
  [...clients.open, ...clients.ended].find(({ number }) => number === life.request)?.state;
const inSomeLog = (of: Of): boolean =>
  machinesOf(of).some(({ raft, status, disk }) => has(status === "down" ? disk.log : raft.log, of));

const readings: readonly Reading<Of>[] = [
  [/^Not there yet at this moment\.$/, (of) => stateOf(of) === undefined && !inSomeLog(of)],
  [/^Asked; in no log yet\.$/, (of) => stateOf(of) === "asking" && !inSomeLog(of)],
  [
    /^Not committed: it is on no disk yet\.$/,
    (of) => !isCommitted(of) && machinesOf(of).every(({ disk }) => !has(disk.log, of)),
  ],
  [
    /^Not committed: on the disks? of (.+)\.$/,
    (of, list) =>
      !isCommitted(of) &&
      same(
        idsIn(list ?? ""),
        machinesOf(of).flatMap(({ id, disk }) => (has(disk.log, of) ? [id] : [])),
      ),
  ],
  [/^Committed\.$/, isCommitted],
  [/^Committed; C\d does not know yet\.$/, (of) => stateOf(of) !== "done"],
  [/^Committed, applied, and C\d knows\.$/, (of) => stateOf(of) === "done" || stateOf(of) === undefined],
  [/^C\d has its answer\.$/, (of) => stateOf(of) === "done" || stateOf(of) === undefined],
  [/^Lost: no server has it any more\.$/, (of) => !inSomeLog(of)],
  [/^C\d gave up on it\.$/, (of) => stateOf(of) === "failed" || stateOf(of) === "unknown" || stateOf(of) === undefined],
];

test("how an entry stands is so", () => {
  const reader = new Reader(readings);
  for (const seed of [3, 32, 65, 77]) {
    const setup = setupFor(seed);
    const { actions, end } = runSchedule(setup, seed, { steady: true });
    const history = new History(setup, actions, end);
    history.advance(end);
    const causes = new Causes(history);
    const { asked } = history.world.clients;
    const commands = [1, 2, 3, 4, 5, 6, 7].map((part) => Math.max(1, Math.floor((asked * part) / 7)));
    const stories = [
      ...commands.map((command) => ({ kind: "command", command, group: 1 }) as const),
      ...[1, 2, 3].map((index) => ({ kind: "entry", index, group: 1 }) as const),
    ].flatMap((about) => finish(storyOf(history, causes, about)) ?? []);
    for (let at = 20_000; at < end; at += 97_000) {
      history.seek(at);
      for (const story of stories) {
        const { life } = story;
        if (life === undefined) continue;
        reader.hold(
          standing(story, life, at),
          { world: history.world, life },
          `seed ${seed}, ${at / 1000} ms, ${story.about}`,
        );
      }
    }
  }
  expect([...reader.wrong].slice(0, 8)).toEqual([]);
  // Entries that nobody asked for, and such as were lost with all their copies, are rare.
  expect(reader.missed.length).toBeLessThan(3);
});
