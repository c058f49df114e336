import { describe, expect, test } from "vitest";
import type { ServerId } from "../base/units.ts";
import { lastIndex, prefixHash } from "../raft/log.ts";
import { rules } from "../raft/rules/index.ts";
import type { Happening } from "../world/facts.ts";
import { leaders, ms, setupOf } from "../world/fixtures.ts";
import { type NemesisSet, nemesesOf, nemesisSets } from "../world/nemeses.ts";
import type { Setup } from "../world/state/setup.ts";
import type { World } from "../world/types.ts";
import { type Watched, watched } from "./fixtures.ts";
import { variants } from "./fuzz/variants.ts";

/** Everything fails that may fail: the properties hold, and once it works again the cluster agrees. */

const rough = (seed: number): Setup =>
  setupOf({
    seed,
    servers: 3 + (seed % 3),
    link: { latencyMin: 2 * ms, latencyMax: 20 * ms },
    disk: { writeMin: 0, writeMax: 8 * ms },
    raft: Object.values(variants)[seed % Object.values(variants).length]!,
  });

/** What a server's disk had when it last said that a write was done. */
interface Written {
  readonly term: number;
  readonly votedFor: ServerId;
  readonly last: number;
  readonly hash: number;
}
const writtenNow = (world: World, server: ServerId): Written => {
  const { term, votedFor, log } = world.machines[server]!.disk;
  return { term, votedFor, last: lastIndex(log), hash: prefixHash(log, lastIndex(log)) };
};

/**
 * D5 and D6 of the catalogue: what a disk acknowledged is there after the crash, a crash at a write leaves that write's
 * part and no other's, and a server that starts knows what its disk has and nothing else.
 */
function persistence() {
  const written = new Map<ServerId, Written>();
  const atPoint = new Set<ServerId>();
  return ({ kind, ...told }: Happening, world: World): string | null => {
    if (!("server" in told)) return null;
    const { server } = told;
    if (kind === "diskWritten") written.set(server, writtenNow(world, server));
    if (kind === "crashPoint") atPoint.add(server);
    if (kind === "crashed") {
      const [now, before] = [writtenNow(world, server), written.get(server)];
      const mayDiffer = atPoint.delete(server);
      written.set(server, now);
      if (before === undefined || mayDiffer)
        return before !== undefined && now.term < before.term ? `S${server} lost a term` : null;
      return JSON.stringify(now) === JSON.stringify(before) ? null : `S${server} lost what its disk had acknowledged`;
    }
    return kind === "restarted" ? startProblem(world, server) : null;
  };
}

function startProblem(world: World, server: ServerId): string | null {
  const { raft, disk, held, pledges, reads, armed } = world.machines[server]!;
  const { term, votedFor, last, hash } = writtenNow(world, server);
  const fromDisk =
    raft.term === term &&
    raft.votedFor === votedFor &&
    lastIndex(raft.log) === last &&
    prefixHash(raft.log, last) === hash;
  const anew = raft.role === "follower" && raft.leader === 0 && raft.lastApplied === raft.log.base;
  const empty = held === null && armed === null && disk.pending.length + pledges.length + reads.length === 0;
  return fromDisk && anew && empty ? null : `S${server} started with more or less than its disk has`;
}

interface Told {
  readonly it: Watched;
  readonly problem: string | null;
  readonly kinds: ReadonlySet<string>;
}

function stormed(name: NemesisSet, seed: number, span: number): Told {
  const look = persistence();
  const kinds = new Set<string>();
  let problem: string | null = null;
  const it = watched(rough(seed), rules, {
    tell(happening, world) {
      if (happening.kind === "acted" && happening.by !== undefined) kinds.add(happening.act.do);
      if (happening.kind === "crashPoint") kinds.add(happening.point);
      if (happening.kind === "diskTrouble") kinds.add(happening.what);
      problem ??= look(happening, world);
    },
    watch: () => {},
  });
  it.act({ do: "load", perSecond: 15 });
  for (const act of nemesesOf(name)) it.act(act);
  it.until(span);
  return { it, problem, kinds };
}

const brokenBy = ({ it, problem }: Told): string | null =>
  problem ?? it.world.violation?.detail ?? it.world.outside ?? it.world.stopped;

/** After everything works again: one leads, all run, and nobody is far behind. */
function agreement({ it }: Told): string | null {
  it.act({ do: "repair" });
  it.act({ do: "load", perSecond: 0 });
  it.until(it.world.now + 6000 * ms);
  const commits = it.world.machines.filter(Boolean).map(({ raft }) => raft.commitIndex);
  const agreed = leaders(it).length === 1 && Math.min(...commits) === Math.max(...commits);
  return it.world.violation?.detail ?? (agreed ? null : `no agreement: ${commits.join()}`);
}

describe("under every set of nemeses that stays within Raft's model", () => {
  const seen = new Set<string>();
  for (const name of nemesisSets.filter((each) => each !== "beyond")) {
    test(`${name}: the properties hold, disks keep their promises, and the cluster agrees in the end`, () => {
      for (let seed = 1; seed <= 16; seed++) {
        const told = stormed(name, seed, 3000 * ms);
        for (const kind of told.kinds) seen.add(kind);
        expect([seed, brokenBy(told)]).toEqual([seed, null]);
        expect([seed, agreement(told)]).toEqual([seed, null]);
      }
    });
  }

  test("which brought about what they are for", () => {
    const wanted = ["beforeWrite", "tornWrite", "afterWrite", "betweenSends", "full", "powerLoss", "corruptEntry"];
    expect(wanted.filter((kind) => !seen.has(kind))).toEqual([]);
  });
});

describe("beyond Raft's model", () => {
  test("a disk that lies breaks a property sooner or later, and the run says that it had left the model", () => {
    const broken = [];
    for (let seed = 1; seed <= 24 && broken.length === 0; seed++) {
      const { it } = stormed("beyond", seed, 8000 * ms);
      if (it.world.violation !== null) broken.push(it.world);
    }
    expect(broken).toMatchObject([{ outside: expect.stringContaining("lost what it had acknowledged") }]);
  });

  test("the check of disks sees a promise that is broken", () => {
    const problems = Array.from({ length: 6 }, (_, seed) => stormed("beyond", seed, 4000 * ms)).flatMap(
      ({ problem }) => problem ?? [],
    );
    expect(problems.some((problem) => problem.includes("lost"))).toBe(true);
  });
});
