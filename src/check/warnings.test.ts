import { describe, expect, test } from "vitest";
import type { ServerId } from "../base/units.ts";
import { membershipChange, votersOnly } from "../raft/configuration.ts";
import { appendEntries, appended, broken, command, entries, logOf, requestVote, vote } from "../raft/fixtures.ts";
import { append, compact, lastIndex, truncate } from "../raft/log.ts";
import { profiles, type RaftOptions } from "../raft/options.ts";
import type { Rules } from "../raft/rules/index.ts";
import type { Input, RaftMessage, Server } from "../raft/types.ts";
import { elect, ms, put, request, setupOf } from "../world/fixtures.ts";
import type { Machine } from "../world/state/machine.ts";
import { stir, watched } from "./fixtures.ts";
import { wildAct } from "./fuzz/acts.ts";
import { withSpares } from "./fuzz/variants.ts";
import { check, checkSending, warnings } from "./watch.ts";

const told: RaftOptions = { ...profiles.paper, preVote: true, stickyLeader: "always" };

describe("random faults find at once what a broken rule does", () => {
  const found: readonly (readonly [rule: string, by: Rules, properties: readonly string[], raft?: RaftOptions])[] = [
    ["§5.2 votes twice", broken({ oneVotePerTerm: () => true }), ["One vote per term"]],
    ["§5.4.1 votes whatever the logs are", broken({ logUpToDate: () => true }), ["Leader Completeness"]],
    [
      "§5.4.2 commits old terms by counting",
      broken({ commitOwnTerm: () => true }),
      ["Only the own term commits by counting"],
    ],
    [
      "§5.3 deletes without a conflict",
      broken({ conflict: ({ log }, { index }) => index <= lastIndex(log) }),
      ["Only a conflict deletes"],
    ],
    [
      "§5.3 commits unverified",
      broken({ followerCommit: (commit) => commit }),
      ["A follower commits what it has verified"],
    ],
    [
      "§5.3 commits what it has alone",
      broken({ commitQuorum: ({ unstableFrom }) => unstableFrom - 1 }),
      ["What a leader commits is on a majority of disks"],
    ],
    [
      "§5.3 believes more than was answered",
      broken({ matchAfterSuccess: ({ match }, { matchIndex }) => Math.max(match, matchIndex + 1) }),
      ["matchIndex is true"],
    ],
    ["§5.1 everybody takes commands", broken({ leaderAccepts: () => true }), ["A leader has every entry of its term"]],
    ["§5.2 half of the servers elect", broken({ electionQuorum: () => "won" }), ["A majority elects"]],
    [
      "Figure 2 answers before the write",
      broken({ promisesWait: () => false }),
      ["Promises are on the disk"],
      { ...profiles.paper, asyncDisk: true },
    ],
    [
      "Figure 2 does not write its vote",
      broken({ durableState: (state) => ({ ...state, votedFor: 0 }) }),
      ["Promises are on the disk"],
    ],
    [
      "D 3.10 takes commands during a transfer",
      broken({ transferHoldsProposals: () => false }),
      ["No commands during a transfer"],
    ],
    [
      "D 9.6 a pre-vote raises terms",
      broken({ termStaysOpen: () => false }),
      ["A pre-vote changes nothing"],
      { ...told, stickyLeader: "never" },
    ],
    [
      "D 4.2.3 disturbs a living leader",
      broken({ leaderLease: () => false }),
      ["A living leader is not disturbed"],
      { ...told, preVote: false },
    ],
    [
      "Figure 2 starts its timer for anything",
      broken({ timerStands: () => false }),
      ["Only these start the election timer anew"],
    ],
    [
      "D 6.2 leads without a quorum",
      broken({ quorumActive: () => true }),
      ["A leader without a quorum steps down"],
      { ...profiles.paper, checkQuorum: true },
    ],
    [
      "D 6.4.1 trusts its lease for ever",
      broken({ leaseHolds: () => true, quorumActive: () => true }),
      ["A leader without a quorum steps down"],
      { ...profiles.dissertation, reads: "lease" },
    ],
    [
      "D 4.1 changes before it has committed anything",
      broken({ changeRefused: () => null }),
      ["A change waits for an own commit"],
    ],
  ];

  for (const [what, by, properties, raft = profiles.paper] of found) {
    test(what, () => {
      const seen = new Set<string>();
      for (let seed = 0; seed < 60 && !properties.every((each) => seen.has(each)); seed++) {
        const link = { latencyMin: 1 * ms, loss: 20_000 };
        const it = watched(withSpares(setupOf({ seed, servers: 3, link, raft })), by, null, true);
        stir(it, seed, 4000 * ms, undefined, wildAct);
        if (it.world.violation !== null) seen.add(it.world.violation.property);
      }
      for (const property of properties) expect([...seen]).toContain(property);
    });
  }
});

describe("hand-made transitions: the others can fail, too", () => {
  function healthy() {
    const it = elect(watched(setupOf()), 1);
    for (const value of ["1", "2"]) {
      it.act(request(put("x", value), 1));
      it.until(it.world.now + 200 * ms);
    }
    return it;
  }
  const broke = (id: ServerId, change: (server: Server, machine: Machine) => void, input: Input | null = null) => {
    const it = healthy();
    expect(it.world.violation).toBeNull();
    change(it.machine(id).raft, it.machine(id));
    return check({ world: it.world, ghost: it.ghost, strict: true }, it.machine(id), input)?.property;
  };
  const appending = (server: Server, term: number, change = membershipChange([])) =>
    append(server.log, { index: server.log.last + 1, term, command: null, change });

  test("§5.2 a follower that leads at once", () => {
    expect(broke(2, (server) => Object.assign(server, { role: "leader", term: 2 }))).toBe("A majority elects");
    expect(broke(1, (server) => (server.role = "candidate"))).toBe("A candidate's term is nobody's yet");
    expect(broke(1, (server) => Object.assign(server, { role: "preCandidate" }))).toBe("Roles change as they may");
  });

  test("D 3.10 but a leader that a later one asks to campaign may", () => {
    const it = watched(setupOf({ servers: 3, mode: "manual" }));
    const deliver = (from: ServerId, to: ServerId, ordinal: number) =>
      expect(it.act({ do: "deliver", message: { from, to, ordinal, copy: 0 } })).toBeNull();
    it.act({ do: "timeout", server: 3 });
    it.until(100 * ms);
    deliver(3, 1, 1);
    it.until(200 * ms);
    deliver(1, 3, 1);
    it.act({ do: "timeout", server: 1 });
    it.until(300 * ms);
    deliver(1, 2, 1);
    it.until(400 * ms);
    deliver(2, 1, 1);
    it.until(500 * ms);
    expect([1, 3].map((id) => [it.machine(id).raft.role, it.machine(id).raft.term])).toEqual([
      ["leader", 2],
      ["leader", 1],
    ]);
    it.act({ do: "transfer", server: 1, to: 3 });
    it.until(600 * ms);
    const { ref } = it.world.packets.find(({ payload }) => payload.type === "TimeoutNow")!;
    deliver(ref.from, ref.to, ref.ordinal);
    it.until(700 * ms);
    expect([it.machine(3).raft.role, it.machine(3).raft.term, it.world.violation]).toEqual(["candidate", 3, null]);
  });

  test("§5.2 a vote that changes", () => {
    expect(broke(2, (server) => (server.votedFor = 3))).toBe("One vote per term");
  });

  test("§5.3 terms that decrease along a log, or come before their time", () => {
    expect(broke(3, (server) => append(server.log, { index: 3, term: 0, command: command(1), change: null }))).toBe(
      "Terms in a log never decrease",
    );
    expect(broke(3, (server) => append(server.log, { index: 3, term: 9, command: command(1), change: null }))).toBe(
      "Terms in a log never decrease",
    );
  });

  test("Figure 2 applied beyond what is committed", () => {
    expect(broke(2, (server) => Object.assign(server, { lastApplied: 1 }))).toBe(
      "Applied in order, and only what is committed",
    );
  });

  test("D 6.4.1 a read that a lease answers while another server leads", () => {
    const it = elect(watched(setupOf({ raft: { ...profiles.dissertation, reads: "lease" } })), 1);
    Object.assign(it.machine(2).raft, { role: "leader", term: 9 });
    it.machine(1).raft.answeredReads.push({ context: "1", index: 1 });
    const read: Input = { kind: "readIndex", context: "1" };
    expect(check({ world: it.world, ghost: it.ghost, strict: true }, it.machine(1), read)?.property).toBe(
      "While a lease answers, nobody else leads",
    );
  });

  test("Figure 2 a leader's books", () => {
    expect(broke(1, (server) => (server.progress[2]!.match = 1))).toBe("matchIndex only grows");
    expect(broke(1, (server) => (server.progress[2]!.next = 9))).toBe("nextIndex lies beyond matchIndex");
  });

  test("§7 a snapshot of what nobody has committed", () => {
    const early = (server: Server) => {
      appending(server, 1);
      compact(server.log, 3);
    };
    expect(broke(1, early)).toBe("Leader Append-Only");
    expect(
      broke(1, (server) => {
        compact(server.log, 2);
        server.log.baseHash++;
      }),
    ).toBe("Leader Append-Only");
    expect(
      broke(2, (server) => {
        compact(server.log, 1);
        server.log.baseHash++;
      }),
    ).toBe("A snapshot stands for what is committed");
  });

  test("D 4.1 configurations", () => {
    const jumped = (server: Server) => {
      appending(server, 1, {
        ...membershipChange([
          { type: "remove", server: 2 },
          { type: "remove", server: 3 },
        ]),
        transition: "direct",
      });
      Object.assign(server, { configuration: votersOnly([1]), configurationIndex: 3 });
    };
    expect(broke(1, jumped)).toBe("One voter at a time");
    expect(broke(2, (server) => (server.configuration = votersOnly([1, 2])))).toBe(
      "The configuration is what the log says",
    );
    const removed = (server: Server) => Object.assign(server, { configuration: votersOnly([2, 3]) });
    expect(broke(1, removed)).toBe("A removed leader steps down in time");
  });

  test("D 4.1 a configuration whose majorities do not hold what is committed", () => {
    const it = healthy();
    const { raft } = it.machine(1);
    append(raft.log, { index: 3, term: 1, command: command(3), change: null });
    append(it.machine(1).disk.log, { index: 3, term: 1, command: command(3), change: null });
    Object.assign(raft, { commitIndex: 3, role: "follower" });
    expect(check({ world: it.world, ghost: it.ghost, strict: true }, it.machine(1), null)?.property).toBe(
      "Every quorum holds what is committed",
    );
  });

  test("§5.4.1 an up-to-date log that lacks what is committed", () => {
    const it = healthy();
    const { raft } = it.machine(3);
    truncate(raft.log, 2);
    append(raft.log, { index: 2, term: 2, command: command(1), change: null });
    Object.assign(raft, { term: 2, commitIndex: 1, lastApplied: 1, unstableFrom: 2 });
    Object.assign(it.ghost.seen[3]!, { commitIndex: 1, lastApplied: 1 });
    const input: Input = {
      kind: "message",
      message: appendEntries({ term: 2, prevLogIndex: 1, entries: entries(2, 2) }),
    };
    expect(check({ world: it.world, ghost: it.ghost, strict: true }, it.machine(3), input)?.property).toBe(
      "Up-to-date logs hold what is committed",
    );
  });
});

describe("messages and restarts", () => {
  const sending = (message: RaftMessage) => {
    const it = elect(watched(setupOf()), 1);
    return checkSending({ world: it.world, ghost: it.ghost, strict: true }, it.machine(message.from), message);
  };

  test("Figure 2 a promise that is not on the disk", () => {
    expect(sending(requestVote({ from: 2, term: 1 }))?.detail).toContain("which is not on its disk");
    expect(sending(appended({ from: 2, to: 1, matchIndex: 1 }))?.detail).toContain("acknowledges entries up to 1");
    expect(sending(appendEntries({ from: 1, to: 2, entries: entries(1, 1) }))?.detail).toContain(
      "before it is on its disk",
    );
    expect(sending(vote({ from: 2, to: 1 }))).toBeNull();
  });

  test("§5.1 a term that its sender does not know", () => {
    const it = elect(watched(setupOf()), 1);
    it.machine(2).disk.term = 2;
    const message = vote({ from: 2, to: 3, term: 2, granted: false });
    expect(checkSending({ world: it.world, ghost: it.ghost, strict: true }, it.machine(2), message)?.property).toBe(
      "Nobody speaks of later terms",
    );
  });

  const comesBack = (harm: (machine: Machine) => void) => {
    const it = elect(watched(setupOf()), 1);
    it.act(request(put("x", "1"), 1));
    it.until(it.world.now + 200 * ms);
    it.act({ do: "crash", server: 2 });
    harm(it.machine(2));
    it.act({ do: "restart", server: 2 });
    return it.world.violation?.property;
  };

  test("Figure 2 a disk that has lost what it had", () => {
    expect(comesBack(() => {})).toBeUndefined();
    expect(comesBack(({ disk }) => truncate(disk.log, 1))).toBe("What is on the disk survives");
    expect(comesBack(({ disk }) => (disk.term = 0))).toBe("What is on the disk survives");
    expect(comesBack(({ disk }) => (disk.log = logOf(1)))).toBe("What is on the disk survives");
  });
});

test("every property says where it is stated, and what", () => {
  for (const { section, text } of warnings) {
    expect(section).toMatch(/^(§|D |Figure )/);
    expect(text).toMatch(/^[A-Z].*\.$/);
  }
});
