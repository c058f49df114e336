import { describe, expect, test } from "vitest";
import { membershipChange, votersOnly } from "./configuration.ts";
import {
  appended,
  follows,
  production,
  propose,
  receive,
  requestVote,
  sentAppends,
  server,
  stateOf,
  take,
} from "./fixtures.ts";
import type { Input, Server, TimeoutNow } from "./types.ts";

const how = { options: production };
const to = (id: number): Input => ({ kind: "transfer", to: id });
const timeoutNow = (fields: Partial<TimeoutNow> = {}): TimeoutNow => ({
  type: "TimeoutNow",
  from: 2,
  to: 1,
  term: 4,
  ...fields,
});

/** A leader of term 4 of three; S2 has both entries, S3 only the first. */
function leader(): Server {
  const made = server({ term: 4, log: [4, 4], role: "leader", servers: 3, options: production });
  made.progress[2] = follows(2, production);
  made.progress[3] = follows(1, production);
  return made;
}

describe("D 3.10 the old leader", () => {
  test("D 3.10 asks a follower that has everything to start an election now", () => {
    const made = leader();
    expect(take(made, to(2), how).messages).toEqual([timeoutNow({ from: 1, to: 2 })]);
    expect([made.transferee, made.role]).toEqual([2, "leader"]);
  });

  test("D 3.10 brings one that lags up to date first, and asks on its acknowledgement", () => {
    const made = leader();
    const out = take(made, to(3), how);
    expect([sentAppends(out), out.messages.length]).toEqual([["3: 2–2 after 1/4"], 1]);
    expect(receive(made, appended({ term: 4, from: 2, matchIndex: 2 }), how).messages).toEqual([]);
    expect(receive(made, appended({ term: 4, from: 3, matchIndex: 2 }), how).messages).toContainEqual(
      timeoutNow({ from: 1, to: 3 }),
    );
  });

  test("D 3.10 takes no commands meanwhile", () => {
    const made = leader();
    take(made, to(2), how);
    expect(take(made, propose(), how)).toMatchObject({ refused: "transfer in progress", kinds: ["proposalDropped"] });
    expect(made.log.last).toBe(2);
  });

  test("D 3.10 gives up after an election timeout, and carries on", () => {
    const made = leader();
    take(made, to(2), { ...how, now: 7 });
    expect(made.timerSince).toBe(7);
    expect(take(made, { kind: "quorumTimeout" }, { ...how, now: 17 }).kinds).toEqual(["transferAborted"]);
    expect([made.role, made.transferee, take(made, propose(), how).refused]).toEqual(["leader", 0, null]);
  });

  test("ignores a transfer to itself, to a stranger and to a learner", () => {
    for (const id of [1, 4, 9]) {
      const configuration = { ...votersOnly([1, 2, 3]), learners: [4] };
      const made = server({ term: 4, log: [4], role: "leader", configuration, options: production });
      const before = stateOf(made);
      const { kinds, messages } = take(made, to(id), how);
      expect([kinds, messages, stateOf(made)]).toEqual([["transferRefused"], [], before]);
    }
  });

  test("a second target replaces the first; the same one again changes nothing", () => {
    const made = leader();
    take(made, to(2), { ...how, now: 5 });
    expect(take(made, to(2), { ...how, now: 8 }).kinds).toEqual(["transferRefused"]);
    expect([made.transferee, made.timerSince]).toEqual([2, 5]);
    expect(take(made, to(3), { ...how, now: 9 }).kinds.slice(0, 2)).toEqual(["transferAborted", "transferStarted"]);
    expect([made.transferee, made.timerSince]).toEqual([3, 9]);
  });

  test("a transfer to oneself takes a pending one back", () => {
    const made = leader();
    take(made, to(2), how);
    expect(take(made, to(1), how).kinds).toEqual(["transferAborted", "transferRefused"]);
    expect(made.transferee).toBe(0);
  });

  test("a higher term ends it", () => {
    const made = leader();
    take(made, to(2), how);
    receive(made, requestVote({ from: 3, term: 5, lastLogIndex: 9, lastLogTerm: 4 }), how);
    expect([made.role, made.transferee]).toEqual(["follower", 0]);
  });

  test("so does the removal of its target", () => {
    const made = leader();
    take(made, to(3), how);
    const change = membershipChange([{ type: "remove", server: 3 }]);
    expect(take(made, { kind: "changeApplied", change }, how).kinds).toContain("transferAborted");
    expect(made.transferee).toBe(0);
  });
});

describe("D 3.10 the target", () => {
  test("D 3.10 campaigns at once, without a pre-vote, and says that the leader wished it", () => {
    const options = { ...production, preVote: true, checkQuorum: true };
    const made = server({ term: 4, log: [4], servers: 3, leader: 2, options });
    const out = receive(made, timeoutNow(), { options });
    expect(made).toMatchObject({ role: "candidate", term: 5, votedFor: 1 });
    expect(out.messages).toEqual(
      [2, 3].map((id) => requestVote({ from: 1, to: id, term: 5, lastLogIndex: 1, lastLogTerm: 4, transfer: true })),
    );
    expect(out.decisions).toContainEqual(expect.objectContaining({ kind: "electionStarted", cause: "transfer" }));
  });

  test("who cannot lead does nothing", () => {
    const learner = server({ term: 4, configuration: { ...votersOnly([2, 3]), learners: [1] }, options: production });
    expect(receive(learner, timeoutNow(), how).kinds).toEqual(["campaignRefused"]);
    for (const role of ["candidate", "leader"] as const) {
      const made = server({ term: 4, role, options: production });
      const before = stateOf(made);
      expect(receive(made, timeoutNow(), how).kinds).toEqual(["messageIgnored"]);
      expect(stateOf(made)).toEqual(before);
    }
  });

  test("a request of an older term is too late", () => {
    const made = server({ term: 5, servers: 3, options: production });
    receive(made, timeoutNow(), how);
    expect(made.role).toBe("follower");
  });
});

describe("asked of a follower", () => {
  test("it passes the request on to the leader; `from` is the target", () => {
    const made = server({ term: 4, leader: 3, options: production });
    expect(take(made, to(2), how).messages).toEqual([{ type: "TransferLeader", from: 2, to: 3, term: 4 }]);
    const lead = leader();
    receive(lead, { type: "TransferLeader", from: 2, to: 1, term: 4 }, how);
    expect(lead.transferee).toBe(2);
  });

  test("without a leader it refuses", () => {
    expect(take(server({ term: 4, options: production }), to(2), how)).toMatchObject({
      messages: [],
      kinds: ["transferRefused"],
    });
  });
});
