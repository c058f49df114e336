import { describe, expect, test } from "vitest";
import { lastIndex } from "../../raft/log.ts";
import type { Act } from "../acts.ts";
import { elect, leaders, ms, type Play, play, put, request, setupOf, toldOf } from "../fixtures.ts";
import { limits } from "../limits.ts";
import { linkOf, serverLinks, transmit } from "../network.ts";
import type { CrashPoint } from "../state/machine.ts";
import type { DirectedLink } from "../state/messages.ts";
import { type FaultName, faultNames, faultOf } from "./index.ts";

const five = () => elect(play(setupOf({ servers: 5 })), 1);
const status = (it: Play) => it.world.machines.flatMap((machine) => machine.status);
const up = (it: Play) =>
  serverLinks(it.world)
    .filter(([from, to]) => linkOf(it.world, from, to).up)
    .map(([from, to]) => `${from}${to}`);
const cut = (it: Play) => serverLinks(it.world).length - up(it).length;
/** Lets the leader S1 take a write and everybody store it; 60 ms are enough. */
function write(it: Play, value: string): void {
  it.act(request(put("x", value), 1));
  it.until(it.world.now + 60 * ms);
}
const stored = (it: Play, id: number) => lastIndex(it.machine(id).disk.log);

describe("the table", () => {
  test.each(faultNames)("%s says what it is, what it needs and how it ends", (name) => {
    const { title, text, group, parameters, name: own } = faultOf(name);
    expect(own).toBe(name);
    expect([title.length > 2, text.endsWith("."), group.length > 2]).toEqual([true, true, true]);
    for (const { title } of Object.values(parameters)) expect(title.length).toBeGreaterThan(1);
  });

  test.each(faultNames)("%s by chance is possible, is said in words, and can be undone or ends", (name) => {
    let done = 0;
    for (let seed = 0; seed < 4; seed++) {
      const it = five();
      prepare(it, name);
      let count = seed * 7;
      const act = faultOf(name).random(it.world, (max) => (count++ * 7919) % max);
      if (act === null) continue;
      expect(it.act(act)).toBeNull();
      expect(faultOf(name).words(act)).toMatch(/^[a-z].*[^.]$/);
      const undo = faultOf(name).undo(act);
      if (undo !== null) expect(faultNames).toContain(undo.do);
      it.until(it.world.now + 6000 * ms);
      expect(it.world.stopped).toBeNull();
      expect(it.world.appointments).toEqual([]);
      done++;
    }
    expect(done).toBeGreaterThan(1);
  });

  function prepare(it: Play, name: FaultName): void {
    if (name === "restart") it.act({ do: "crash", server: 2 });
    if (name === "resume") it.act({ do: "pause", server: 2 });
    if (name === "mend") it.act({ do: "partition", groups: [[1, 2]] });
    if (name === "mendDisk") it.act({ do: "stalledDisk", server: 2 });
    if (name === "corruptEntry") write(it, "1");
  }
});

describe("faults that last", () => {
  test("a crash for a time ends with a restart, a pause with going on", () => {
    const it = five();
    it.act({ do: "crash", server: 2, for: 100 * ms });
    it.act({ do: "pause", server: 3, for: 50 * ms });
    it.until(it.world.now + 49 * ms);
    expect(status(it)).toEqual(["up", "down", "paused", "up", "up"]);
    it.until(it.world.now + 2 * ms);
    expect(status(it)).toEqual(["up", "down", "up", "up", "up"]);
    it.until(it.world.now + 50 * ms);
    expect(status(it)).toEqual(["up", "up", "up", "up", "up"]);
    expect(toldOf(it, "ended").map(({ act }) => act.do)).toEqual(["pause", "crash"]);
  });

  test("the last word counts: who restarts a server takes the end of its crash away", () => {
    const it = five();
    it.act({ do: "crash", server: 2, for: 100 * ms });
    it.act({ do: "restart", server: 2 });
    it.act({ do: "crash", server: 2 });
    it.until(it.world.now + 300 * ms);
    expect(it.machine(2).status).toBe("down");
    expect(toldOf(it, "ended")).toEqual([]);
  });

  test("a newer fault takes over the links that it names, and only those", () => {
    const it = five();
    const links: DirectedLink[] = [
      [1, 2],
      [1, 3],
    ];
    it.act({ do: "cut", links, for: 100 * ms });
    it.act({ do: "cut", links: [[1, 3]], for: 200 * ms });
    it.until(it.world.now + 101 * ms);
    expect([linkOf(it.world, 1, 2).up, linkOf(it.world, 1, 3).up]).toEqual([true, false]);
    it.until(it.world.now + 100 * ms);
    expect(cut(it)).toBe(0);
  });

  test("too many at once stop the run", () => {
    const it = play(setupOf({ servers: 9 }));
    const links = serverLinks(it.world);
    const kinds: Act[] = links.flatMap((link): Act[] => [
      { do: "cut", links: [link], for: 1000 * ms },
      { do: "lose", loss: 1, links: [link], for: 1000 * ms },
      { do: "repeat", duplicate: 1, links: [link], for: 1000 * ms },
      { do: "delaySpike", by: [1, 1], links: [link], for: 1000 * ms },
      { do: "reorder", share: 1, by: [1, 1], links: [link], for: 1000 * ms },
      { do: "narrow", bandwidth: 1_000_000, links: [link], for: 1000 * ms },
      { do: "flap", links: [link], down: 10 * ms, up: 10 * ms },
    ]);
    for (const [at, act] of kinds.entries()) it.until(at).act(act);
    expect(it.world.appointments.length).toBeLessThanOrEqual(limits.appointments);
    it.act({ do: "crash", server: 1, for: 1000 * ms });
    expect(it.world.stopped).toBeNull();
    for (let i = 0; i < 500; i++) {
      it.until(it.world.now + 1);
      it.world.appointments.push(...it.world.appointments.slice(0, 1));
    }
    it.act({ do: "crash", server: 2, for: 1000 * ms });
    expect(it.world.stopped).toContain("faults at once");
  });
});

describe("Figure 2: crash at a point of a write", () => {
  /** S2 crashes at the write of an entry that S1 sends it. */
  function crashed(at: CrashPoint, entries = 1): Play {
    const it = five();
    write(it, "0");
    it.act({ do: "crash", server: 2, at });
    for (let i = 1; i <= entries; i++) it.act(request(put("x", String(i)), 1));
    it.untilTold(({ kind }) => kind === "crashed");
    return it;
  }
  const repliesOf = (it: Play, id: number) =>
    it.world.packets.filter(({ ref, payload }) => ref.from === id && payload.type === "AppendEntriesReply").length;

  test("before it: nothing of it is on disk, and nobody was told", () => {
    const it = crashed("beforeWrite");
    expect([stored(it, 2), repliesOf(it, 2)]).toEqual([1, 0]);
  });

  test("after it, before the send: the entry is on disk, and nobody knows", () => {
    const it = crashed("afterWrite");
    expect([stored(it, 2), repliesOf(it, 2)]).toEqual([2, 0]);
  });

  test("between sends: the entry is on disk and the first message has left", () => {
    const it = crashed("betweenSends");
    expect([stored(it, 2), repliesOf(it, 2)]).toEqual([2, 1]);
  });

  test("torn: some entries, in order, and never all of them", () => {
    const kept = [1, 2, 3, 4, 5, 6, 7].map((seed) => {
      const it = elect(play(setupOf({ seed, logs: [[1, 1, 1, 1, 1, 1], [1]] })), 1);
      it.act({ do: "crash", server: 2, at: "tornWrite" });
      it.untilTold(({ kind }) => kind === "crashPoint");
      const { kept, of } = toldOf(it, "crashPoint")[0]!;
      expect(kept).toBeLessThan(Math.max(1, of));
      return stored(it, 2);
    });
    expect(new Set(kept).size).toBeGreaterThan(1);
  });

  test("an armed crash lasts from when it struck, and another crash disarms it", () => {
    const it = five();
    it.act({ do: "crash", server: 2, at: "afterWrite", for: 100 * ms });
    it.until(it.world.now + 500 * ms);
    expect(it.machine(2).status).toBe("up");
    it.act(request(put("x", "1"), 1));
    it.untilTold(({ kind }) => kind === "crashed");
    it.until(it.world.now + 99 * ms);
    expect(it.machine(2).status).toBe("down");
    it.until(it.world.now + 2 * ms);
    expect([it.machine(2).status, it.machine(2).armed]).toEqual(["up", null]);
    it.act({ do: "crash", server: 3, at: "afterWrite" });
    it.act({ do: "crash", server: 3 });
    expect(it.machine(3).armed).toBeNull();
  });
});

describe("processes", () => {
  test("power loss takes several down at once, and brings them back together", () => {
    const it = five();
    expect(it.act({ do: "powerLoss", servers: [2, 3, 4], for: 80 * ms })).toBeNull();
    expect(status(it)).toEqual(["up", "down", "down", "down", "up"]);
    expect(it.act({ do: "powerLoss", servers: [2, 3] })).toBe("S2 and S3: nobody is up");
    expect(it.act({ do: "powerLoss", servers: [7] })).toBe("S7 does not exist");
    it.until(it.world.now + 81 * ms);
    expect(status(it)).toEqual(["up", "up", "up", "up", "up"]);
  });

  test("a pause of any length keeps so many messages, and loses what is beyond", () => {
    const it = five();
    it.act({ do: "pause", server: 2 });
    for (let i = 0; i < limits.inbox + 20; i++) {
      const message = { type: "ReadIndex", from: 3, to: 2, term: 1, context: "1" } as const;
      transmit(it.world, message, null);
      if (i % 500 === 0) it.until(it.world.now + 20 * ms);
    }
    it.until(it.world.now + 20 * ms);
    expect(it.machine(2).inbox.length).toBe(limits.inbox);
    expect(toldOf(it, "lost").some(({ reason }) => reason === "overflow")).toBe(true);
    expect(it.world.stopped).toBeNull();
  });
});

describe("disks", () => {
  test("a slow one takes its time, for as long as it is slow", () => {
    const it = five();
    it.act({ do: "slowDisk", server: 2, write: [200 * ms, 200 * ms], for: 100 * ms });
    write(it, "1");
    expect([stored(it, 2), stored(it, 3)]).toEqual([0, 1]);
    it.until(it.world.now + 200 * ms);
    write(it, "2");
    expect(stored(it, 2)).toBe(2);
  });

  test("a stalled one holds its writes back until it is released", () => {
    const it = five();
    it.act({ do: "stalledDisk", server: 2 });
    write(it, "1");
    it.until(it.world.now + 500 * ms);
    expect([stored(it, 2), it.machine(2).disk.pending.length > 0]).toEqual([0, true]);
    expect(it.act({ do: "mendDisk", server: 2 })).toBeNull();
    it.until(it.world.now + 1);
    expect(stored(it, 2)).toBe(1);
    expect(it.act({ do: "mendDisk", server: 2 })).toBe("S2 has a disk that works");
  });

  test("a full one stops the server at the first entry, a leader too; with room it starts again", () => {
    const it = five();
    it.act({ do: "fullDisk", server: 1, for: 1000 * ms });
    it.act(request(put("x", "1"), 1));
    it.until(it.world.now + 60 * ms);
    expect([it.machine(1).status, stored(it, 1)]).toEqual(["down", 0]);
    expect(toldOf(it, "diskTrouble")).toMatchObject([{ server: 1, what: "full", index: 1 }]);
    it.until(it.world.now + 900 * ms);
    expect(leaders(it)).not.toEqual([1]);
    it.until(it.world.now + 100 * ms);
    expect(it.machine(1).status).toBe("up");
  });

  test("a full one has room for a vote", () => {
    const it = play(setupOf());
    it.act({ do: "fullDisk", server: 2 });
    elect(it, 1);
    expect([it.machine(2).status, it.machine(2).disk.votedFor]).toEqual(["up", 1]);
  });

  test("one that lies loses at a crash what it acknowledged, and the run says so", () => {
    const it = five();
    write(it, "1");
    it.act({ do: "lyingDisk", server: 2 });
    write(it, "2");
    expect([stored(it, 2), it.world.outside]).toEqual([2, null]);
    it.act({ do: "crash", server: 2 });
    expect(stored(it, 2)).toBe(1);
    expect(it.world.outside).toBe("the disk of S2 lost what it had acknowledged");
  });

  test("one that lied and was given time has stored everything", () => {
    const it = five();
    it.act({ do: "lyingDisk", server: 2, for: 200 * ms });
    write(it, "1");
    it.until(it.world.now + 200 * ms);
    it.act({ do: "crash", server: 2 });
    expect([stored(it, 2), it.world.outside]).toEqual([1, null]);
  });

  test("a corrupt entry is found at the start: the server stays down until its disk is repaired", () => {
    const it = five();
    write(it, "1");
    expect(it.act({ do: "corruptEntry", server: 2, found: "staysDown" })).toBeNull();
    it.until(it.world.now + 100 * ms);
    expect(it.machine(2).status).toBe("up");
    it.act({ do: "crash", server: 2, for: 50 * ms });
    it.until(it.world.now + 60 * ms);
    expect(it.machine(2).status).toBe("down");
    expect(toldOf(it, "diskTrouble")).toMatchObject([{ server: 2, what: "notStarted", index: 1 }]);
    expect(it.act({ do: "restart", server: 2 })).toBe("S2 does not start: entry 1 on its disk fails its checksum");
    it.act({ do: "mendDisk", server: 2 });
    expect([it.machine(2).status, stored(it, 2), it.world.outside]).toEqual(["up", 1, null]);
  });

  test("or it discards its log from there on, which breaks a promise", () => {
    const it = five();
    for (const value of ["1", "2", "3"]) write(it, value);
    it.act({ do: "corruptEntry", server: 2, index: 2, found: "truncates" });
    it.act({ do: "crash", server: 2 });
    it.act({ do: "restart", server: 2 });
    expect([stored(it, 2), it.world.outside]).toEqual([1, "S2 discarded entries that it had stored"]);
  });

  test("what is written anew is not corrupt any more; what does not exist cannot be", () => {
    const it = elect(
      play(
        setupOf({
          logs: [
            [1, 1, 2],
            [1, 1, 2],
            [1, 1, 1],
          ],
        }),
      ),
      1,
    );
    expect(it.act({ do: "corruptEntry", server: 3, index: 9, found: "staysDown" })).toBe(
      "S3 has no entry 9 on its disk",
    );
    it.act({ do: "corruptEntry", server: 3, index: 3, found: "staysDown" });
    it.until(it.world.now + 400 * ms);
    expect([stored(it, 3), it.machine(3).disk.corrupt]).toEqual([3, null]);
    expect(five().act({ do: "corruptEntry", server: 2, found: "staysDown" })).toBe("S2 has no entries on its disk");
  });
});

describe("links", () => {
  test("a flapping link goes down and up by turns, and is up in the end", () => {
    const it = five();
    it.act({ do: "flap", links: [[1, 2]], down: 30 * ms, up: 20 * ms, for: 110 * ms });
    const seen = [0, 31, 51, 81, 101, 111, 200].map((at, i, all) => {
      it.until(it.world.now + (at - (all[i - 1] ?? 0)) * ms);
      return linkOf(it.world, 1, 2).up;
    });
    expect(seen).toEqual([false, true, false, true, false, true, true]);
    expect(it.world.appointments).toEqual([]);
  });

  test("who mends a flapping link stops it", () => {
    const it = five();
    it.act({ do: "flap", links: [[1, 2]], down: 30 * ms, up: 20 * ms });
    it.act({ do: "mend", links: [[1, 2]] });
    it.until(it.world.now + 300 * ms);
    expect([cut(it), it.world.appointments]).toEqual([0, []]);
  });

  test("deaf, mute, cut off", () => {
    const of = (way: "in" | "out" | "both") => {
      const it = five();
      it.act({ do: "isolate", servers: [2], way });
      return [linkOf(it.world, 1, 2).up, linkOf(it.world, 2, 1).up, cut(it)];
    };
    expect(of("in")).toEqual([false, true, 4]);
    expect(of("out")).toEqual([true, false, 4]);
    expect(of("both")).toEqual([false, false, 8]);
  });

  test("a ring: each server reaches a majority, and no two the same", () => {
    for (const servers of [4, 5, 6, 7, 8, 9]) {
      const it = play(setupOf({ servers }));
      expect(it.act({ do: "ring" })).toBeNull();
      const reached = it.world.machines.map(({ id }) =>
        it.world.machines.flatMap((other) => (other.id === id || linkOf(it.world, id, other.id).up ? [other.id] : [])),
      );
      const sets = reached.filter(Boolean).map((ids) => ids.filter(Boolean).join());
      expect(new Set(sets).size).toBe(servers);
      for (const ids of reached.filter(Boolean)) expect(ids.filter(Boolean).length).toBeGreaterThan(servers / 2);
    }
    expect(play(setupOf()).act({ do: "ring" })).toBe("a ring with gaps needs at least four servers");
  });

  test("a bridge reaches both sides, which do not reach each other", () => {
    const it = play(setupOf({ servers: 5 }));
    it.act({ do: "bridge", server: 3, for: 50 * ms });
    const across = up(it).filter((link) => /[12][45]|[45][12]/.test(link));
    expect([across, up(it).filter((link) => link.includes("3")).length]).toEqual([[], 8]);
    it.until(it.world.now + 51 * ms);
    expect(cut(it)).toBe(0);
  });
});

describe("the network", () => {
  /** Arrival times after now of `count` messages from S1 to S2. */
  function sent(act: Act, count = 200): { readonly arrives: number[]; readonly lost: number; readonly copies: number } {
    const it = play(setupOf({ mode: "manual" }));
    it.until(1000 * ms);
    expect(it.act(act)).toBeNull();
    for (let i = 0; i < count; i++)
      transmit(it.world, { type: "ReadIndex", from: 1, to: 2, term: 1, context: "1" }, null);
    const mine = [...it.world.packets].sort((a, b) => a.sequence - b.sequence);
    return {
      arrives: mine.filter(({ ref }) => ref.copy === 0).map(({ arrivesAt }) => arrivesAt - it.world.now),
      lost: mine.filter(({ lost }) => lost === "loss").length,
      copies: mine.filter(({ ref }) => ref.copy > 0).length,
    };
  }
  const links: readonly DirectedLink[] = [[1, 2]];

  test("loss and duplication happen as often as said", () => {
    expect(sent({ do: "lose", loss: 1_000_000, links }).lost).toBe(200);
    const { lost, copies } = sent({ do: "repeat", duplicate: 500_000, links });
    expect([lost, copies > 60 && copies < 140]).toEqual([0, true]);
  });

  test("a delay spike slows every message, reordering some, so that later ones overtake them", () => {
    const slow = sent({ do: "delaySpike", by: [100 * ms, 100 * ms], links });
    expect(new Set(slow.arrives)).toEqual(new Set([110 * ms]));
    const { arrives } = sent({ do: "reorder", share: 300_000, by: [50 * ms, 50 * ms], links });
    expect(new Set(arrives)).toEqual(new Set([10 * ms, 60 * ms]));
    expect(arrives.some((at, i) => at > (arrives[i + 1] ?? at))).toBe(true);
  });

  test("on a narrow link messages queue behind each other", () => {
    const { arrives } = sent({ do: "narrow", bandwidth: 10_000, links }, 20);
    for (const [i, at] of arrives.entries()) if (i > 0) expect(at).toBeGreaterThan(arrives[i - 1]!);
  });

  test("disturbances of different kinds live side by side, and each ends by itself", () => {
    const it = five();
    it.act({ do: "lose", loss: 100_000, links, for: 50 * ms });
    it.act({ do: "delaySpike", by: [1, 2], links, for: 100 * ms });
    expect(linkOf(it.world, 1, 2).overlay).toEqual({ loss: 100_000, delay: [1, 2] });
    it.until(it.world.now + 51 * ms);
    expect(linkOf(it.world, 1, 2).overlay).toEqual({ delay: [1, 2] });
    it.until(it.world.now + 50 * ms);
    expect(linkOf(it.world, 1, 2).overlay).toBeNull();
  });
});

test("repair: everything works again, nobody troubles it any more, and one leads", () => {
  const it = five();
  it.act({ do: "load", perSecond: 20 });
  it.act({ do: "nemesis", id: 1, fault: "crash", every: [10 * ms, 20 * ms], given: {} });
  it.act({ do: "partition", groups: [[1, 2]] });
  it.act({ do: "lose", loss: 900_000 });
  it.act({ do: "fullDisk", server: 3 });
  it.act({ do: "clock", server: 4, drift: 500_000 });
  it.until(it.world.now + 500 * ms);
  expect(it.act({ do: "repair" })).toBeNull();
  expect([it.world.nemeses, it.world.appointments, cut(it)]).toEqual([[], [], 0]);
  it.until(it.world.now + 3000 * ms);
  expect(status(it)).toEqual(["up", "up", "up", "up", "up"]);
  expect(leaders(it).length).toBe(1);
});
