import { describe, expect, test } from "vitest";
import { membershipChange, votersOnly } from "./configuration.ts";
import { appended, heartbeatReply, propose, receive, server, take } from "./fixtures.ts";
import { leaseEnd, leaseUntil, quorumCheckAt } from "./lease.ts";
import { never, profiles, type RaftOptions, unlimited } from "./options.ts";
import type { Server } from "./types.ts";

const times = { electionTimeoutMin: 10, electionTimeoutMax: 20, heartbeatInterval: 3, retryAfter: 6 };
const options: RaftOptions = { ...profiles.dissertation, ...times };
const leased: RaftOptions = { ...options, reads: "lease" };

const leader = (servers = 5): Server => server({ term: 2, log: [2], commit: 1, role: "leader", servers, options });
/** At `now` it hears that `from` has answered what was sent at `sentAt`. */
const hears = (made: Server, from: number, now: number, sentAt: number) =>
  receive(made, appended({ from, term: 2, matchIndex: 1, sentAt }), { now, options });
const read = (made: Server, now: number, how = leased) =>
  take(made, { kind: "readIndex", context: "a" }, { now, options: how }).kinds;

describe("D 6.2 a leader without a majority steps down after one election timeout", () => {
  const looks = (made: Server, now: number) => take(made, { kind: "quorumTimeout" }, { now, options }).kinds;

  test("it is measured from the answers: of five, the second newest of the others' counts", () => {
    const made = leader();
    hears(made, 2, 4, 3);
    expect(quorumCheckAt(made, options)).toBe(10);
    hears(made, 3, 7, 6);
    hears(made, 4, 9, 8);
    expect(quorumCheckAt(made, options)).toBe(17);
    expect(looks(made, 16)).toEqual(["quorumHeld"]);
    expect([looks(made, 17)[0], made.role]).toEqual(["quorumLost", "follower"]);
  });

  test("§6 in a joint configuration, from both majorities", () => {
    const made = leader(3);
    made.configuration = { ...votersOnly([1, 2, 3]), outgoing: [1, 4, 5] };
    for (const id of [4, 5]) made.progress[id] = { ...made.progress[2]!, heardAt: 0 };
    hears(made, 2, 8, 7);
    expect(quorumCheckAt(made, options)).toBe(10);
    hears(made, 5, 6, 5);
    expect(quorumCheckAt(made, options)).toBe(16);
  });

  test("a lone voter is its own majority", () => {
    expect(quorumCheckAt(leader(1), options)).toBe(unlimited);
  });

  test("D 3.10 a transfer ends after an election timeout, and the leader goes on", () => {
    const made = leader(3);
    take(made, { kind: "transfer", to: 2 }, { now: 4, options });
    hears(made, 2, 12, 11);
    expect(quorumCheckAt(made, options)).toBe(14);
    expect(looks(made, 14)).toEqual(["quorumHeld", "transferAborted"]);
    expect([made.role, made.transferee, quorumCheckAt(made, options)]).toEqual(["leader", 0, 22]);
  });
});

describe("D 6.4.1 a lease from the time of sending", () => {
  test("it runs from when a round was sent that a majority has answered, for less than an election timeout", () => {
    const made = leader();
    expect(leaseUntil(made, leased)).toBe(never);
    hears(made, 2, 9, 4);
    expect(leaseUntil(made, leased)).toBe(never);
    hears(made, 3, 9, 6);
    expect(leaseUntil(made, leased)).toBe(4 + 9);
    // An older answer that comes late shortens nothing, and one without a time says nothing.
    hears(made, 3, 10, 2);
    receive(made, heartbeatReply({ from: 2, term: 2 }), { now: 10, options });
    expect(leaseUntil(made, leased)).toBe(13);
  });

  test("the bound on clocks shortens it", () => {
    const made = leader(3);
    hears(made, 2, 9, 4);
    const until = (clockDriftPercent: number) => leaseUntil(made, { ...leased, clockDriftPercent });
    expect([until(0), until(10), until(100)]).toEqual([14, 13, 9]);
  });

  test("within it a read is answered at once; then it takes a round", () => {
    const made = leader(3);
    expect(read(made, 5)).toEqual(["readTaken", "heartbeatSent"]);
    hears(made, 2, 6, 4);
    expect(read(made, 12)).toEqual(["readByLease"]);
    expect(read(made, 13)).toEqual(["readTaken", "heartbeatSent"]);
    expect(
      receive(made, heartbeatReply({ from: 2, term: 2, round: 2, sentAt: 13 }), { now: 14, options: leased }).kinds,
    ).toEqual(["readConfirmed", "readConfirmed"]);
  });

  test("it ends before TimeoutNow is sent, because that election waits for nobody", () => {
    const made = leader(3);
    hears(made, 2, 6, 5);
    expect(take(made, { kind: "transfer", to: 2 }, { now: 7, options: leased }).kinds).toContain("timeoutNowSent");
    expect(read(made, 8)[0]).toBe("readTaken");
  });

  test("requests tell when they were sent, and answers repeat it", () => {
    const made = leader(3);
    const sent = take(made, { kind: "heartbeatTimeout" }, { now: 7, options }).messages;
    expect(sent.map((message) => message.type === "AppendEntries" && message.sentAt)).toEqual([7, 7]);
    const follower = server({ id: 2, term: 2, log: [2], servers: 3, options });
    expect(receive(follower, sent[0]!, { now: 99, options }).messages).toMatchObject([{ success: true, sentAt: 7 }]);
  });
});

describe("D 4.1 a change that is not safe now", () => {
  const change = membershipChange([{ type: "add", server: 4 }]);
  const proposal = { kind: "propose", proposals: [{ command: null, change }] } as const;

  test("is refused with the reason, and nothing is appended", () => {
    const made = leader(3);
    expect(take(made, proposal, { options }).refused).toBeNull();
    const out = take(made, proposal, { options });
    expect([out.refused, out.kinds, made.log.last]).toEqual(["change refused", ["changeRefused"], 2]);
    expect(out.decisions).toMatchObject([{ reason: "pending", pending: 2, replaced: false }]);
    // Commands are taken meanwhile.
    expect(take(made, propose(), { options }).refused).toBeNull();
  });
});

describe("§7 entries follow a snapshot", () => {
  test("D 5.1 once the follower has reached it, not before", () => {
    const made = server({ term: 2, log: [2, 2, 2], commit: 3, role: "leader", servers: 3, options });
    const progress = made.progress[2]!;
    Object.assign(progress, { state: "snapshot", pendingSnapshot: 3, next: 4 });
    receive(made, appended({ from: 2, term: 2, matchIndex: 2 }), { options });
    expect(progress.state).toBe("snapshot");
    receive(made, appended({ from: 2, term: 2, matchIndex: 3 }), { options });
    expect(progress.state).toBe("replicate");
  });
});

describe("D 6.4.1 what ends a lease", () => {
  test("another leader may be elected in it where servers vote although they hear from a leader", () => {
    const ends = (how: Partial<RaftOptions>) => leaseEnd({ ...leased, ...how });
    expect(ends({ lease: "sendTime", stickyLeader: "always" })).toBe("bound");
    expect(ends({ lease: "sendTime", stickyLeader: "withCheckQuorum", checkQuorum: true })).toBe("late");
    expect(ends({ lease: "sendTime", stickyLeader: "never" })).toBe("late");
    expect(ends({ lease: "checkQuorum", checkQuorum: true })).toBe("checkQuorum");
    expect(ends({ lease: "checkQuorum", checkQuorum: false })).toBe("never");
  });
});
