import { expect, test } from "vitest";
import { runSchedule } from "../check/fuzz/schedule.ts";
import { setupFor } from "../check/fuzz/setups.ts";
import { Causes } from "../history/causes/causes.ts";
import { History } from "../history/history.ts";
import { type Moment, unobserved } from "../history/moment.ts";
import { Rerun } from "../history/rerun.ts";
import { finish } from "../history/work.ts";
import { knownTerm, lastIndex, type RaftLog } from "../raft/log.ts";
import { replicaOf } from "../world/replicas.ts";
import type { World } from "../world/types.ts";
import { scenario, storyIn } from "./fixtures.ts";
import { storyOf } from "./story.ts";
import type { Life } from "./types.ts";

/** When a server is said to have an entry in its log, on its disk, applied, or no more, held against the state then. */

type Place = NonNullable<Life["place"]>;
const has = (log: RaftLog, { index, term }: Place): boolean =>
  index <= log.base || (index <= lastIndex(log) && knownTerm(log, index) === term);
const says: {
  readonly [Key in "copiedAt" | "storedAt" | "appliedAt"]: (world: World, id: number, place: Place) => boolean;
} = {
  copiedAt: (world, id, place) => has(replicaOf(world, id)!.raft.log, place),
  storedAt: (world, id, place) => has(replicaOf(world, id)!.disk.log, place),
  appliedAt: (world, id, { index }) => replicaOf(world, id)!.raft.lastApplied >= index,
};

test("of an entry's copies each is there when it is said to be", () => {
  const wrong = new Set<string>();
  let held = 0;
  for (const seed of [3, 5, 18, 65]) {
    const setup = setupFor(seed);
    const { actions, end } = runSchedule(setup, seed);
    const history = new History(setup, actions, end);
    history.advance(end);
    const causes = new Causes(history);
    const asked = history.world.clients.asked;
    const lives = [1, 2, 3, 4, 5, 6].flatMap((part) => {
      const command = Math.max(1, Math.floor((asked * part) / 6));
      return finish(storyOf(history, causes, { kind: "command", command, group: 1 }))?.life ?? [];
    });
    const at = new Map<number, ((world: World) => void)[]>();
    for (const { place, copies } of lives)
      for (const copy of place === null ? [] : copies)
        for (const what of ["copiedAt", "storedAt", "appliedAt"] as const) {
          const time = copy[what];
          // What is gone in the same instant was there in between.
          if (time === null || copy.lostAt === time) continue;
          held++;
          const check = (world: World): void => {
            if (!says[what](world, copy.server, place!))
              wrong.add(`seed ${seed}: S${copy.server}, entry ${place!.index} of term ${place!.term}, ${what} ${time}`);
          };
          at.set(time, [...(at.get(time) ?? []), check]);
        }
    let before: World | null = null;
    let now = -1;
    const after = ({ world }: Moment): void => {
      // All events of an instant have happened when the next one begins: its last state is looked at then.
      if (world.now !== now && before !== null) for (const check of at.get(now) ?? []) check(before);
      [before, now] = [at.has(world.now) ? structuredClone(world) : null, world.now];
    };
    finish(new Rerun(history).known({ ...unobserved, after, forget: () => {} }));
  }
  expect([...wrong].slice(0, 6)).toEqual([]);
  expect(held).toBeGreaterThan(100);
});

test("what belongs to it has the messages that brought it, and those that told of it", () => {
  const history = scenario("leader-crash");
  const { life, steps } = storyIn(history, { kind: "entry", index: 2, group: 1 })!;
  const causes = new Causes(history);
  for (const { event } of steps) expect(life!.events).toContain(event);
  const kinds = life!.events.flatMap((event) =>
    (finish(causes.row(event))?.facts ?? []).flatMap((fact) => (fact.kind === "sent" ? [fact.payload.type] : [])),
  );
  for (const kind of ["ClientRequest", "AppendEntries", "AppendEntriesReply", "ClientReply"])
    expect(kinds).toContain(kind);
});
