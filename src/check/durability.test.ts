import { describe, expect, test } from "vitest";
import type { LogIndex, ServerId } from "../base/units.ts";
import { lastIndex } from "../raft/log.ts";
import { ms, setupOf } from "../world/fixtures.ts";
import type { Machine } from "../world/state/machine.ts";
import type { Setup } from "../world/state/setup.ts";
import { stir } from "./fixtures.ts";
import { randomAct, wildAct } from "./fuzz/acts.ts";
import { answersBlindly } from "./fuzz/schedule.ts";
import { variants, withSpares } from "./fuzz/variants.ts";
import { durableOf } from "./ghost.ts";
import { differ } from "./invariants/match-is-real.ts";
import { Runner } from "./runner.ts";

/**
 * What must hold besides the properties that are always watched: how the server and its disk keep books, and what state
 * machines hold. Too dear, or too close to the implementation, to watch for ever.
 */

const atMost = (a: number, b: number, what: string): string | null => (a <= b ? null : `${what}: ${a} > ${b}`);
const first = (...problems: readonly (string | null)[]): string | null =>
  problems.find((each) => each !== null) ?? null;

function stateProblem({ raft, disk, store }: Machine): string | null {
  const last = lastIndex(raft.log);
  const durable = durableOf(raft);
  return first(
    atMost(durable, last, "durable beyond the log"),
    atMost(raft.unstableFrom, raft.handedFrom, "durable before it was handed to the disk"),
    atMost(durable, lastIndex(disk.log), "durable beyond the disk"),
    differ(raft.log, disk.log, durable) ? "the disk differs" : null,
    ...raft.writes.map(({ number }, i) =>
      number === raft.writesIssued - raft.writes.length + 1 + i ? null : `write ${number} is out of order`,
    ),
    raft.applying === 0 && store.data.size > 0 ? "a state machine with contents that were never handed to it" : null,
    ...raft.progress
      .map((p, id) => p && atMost(p.outstanding, last, `sent to S${id} more than there is`))
      .filter(isSaid),
  );
}
const isSaid = (problem: string | null | undefined): problem is string | null => problem !== undefined;

/** A state machine is a function of what was applied: equal contents at equal places, on every server, after every step. */
function contents() {
  const digests = new Map<LogIndex, number>();
  const last = new Map<ServerId, string>();
  return ({ id, restarts, raft: { lastApplied }, store: { digest } }: Machine): string | null => {
    const before = last.get(id);
    last.set(id, `${restarts} ${lastApplied}`);
    // Where a step does not raise lastApplied the store may be ahead of it.
    if (before === `${restarts} ${lastApplied}` || !before?.startsWith(`${restarts} `)) return null;
    const known = digests.get(lastApplied);
    if (known === undefined) digests.set(lastApplied, digest);
    return known === undefined || known === digest
      ? null
      : `S${id} has another state at ${lastApplied} than others had`;
  };
}

interface Story {
  readonly setup: Setup;
  readonly nextAct?: typeof randomAct;
}

/** Random faults under those checks, too; what was wrong, null if nothing. */
function problemIn(seed: number, { setup, nextAct = randomAct }: Story): string | null {
  let problem: string | null = null;
  const storeProblem = contents();
  const runner = Runner.start(setup, {
    stepped(_, machine, input) {
      if (input !== null) problem ??= stateProblem(machine) ?? storeProblem(machine);
    },
  });
  const { world } = runner;
  const it = { world, act: runner.act.bind(runner), until: runner.runTo.bind(runner) };
  stir(it, seed, 4000 * ms, () => problem === null, nextAct);
  const { violation, stopped } = world;
  if (violation?.property === "Linearizability" && answersBlindly(world, violation.server)) return problem;
  return problem ?? violation?.detail ?? stopped;
}

const rough = (seed: number, servers: number): Setup =>
  setupOf({
    seed,
    servers,
    link: { latencyMin: 1 * ms, loss: 40_000, duplicate: 80_000 },
    disk: { writeMin: 0, writeMax: 12 * ms },
  });

const runsEach = 60;
const problemsOf = (problemOf: (seed: number) => string | null, runs: number) =>
  Array.from({ length: runs }, (_, seed) => ({ seed, problem: problemOf(seed) })).filter(
    ({ problem }) => problem !== null,
  );

test("promises are on disk, pictures are true, roles change as they may, in many random runs", () => {
  expect(problemsOf((seed) => problemIn(seed, { setup: rough(seed, 1 + (seed % 6)) }), 120)).toEqual([]);
});

describe("and whatever the rules, with operators at work", () => {
  for (const [name, raft] of Object.entries(variants)) {
    test(name, () => {
      const setup = (seed: number) => withSpares({ ...rough(seed, 1 + (seed % 5)), raft });
      expect(problemsOf((seed) => problemIn(seed, { setup: setup(seed), nextAct: wildAct }), runsEach)).toEqual([]);
    });
  }
});
