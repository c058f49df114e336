import { describe, expect, test } from "vitest";
import { votersOnly } from "./configuration.ts";
import {
  appended,
  finishWrites,
  follows,
  heartbeat,
  heartbeatReply,
  production,
  receive,
  requestVote,
  server,
  take,
} from "./fixtures.ts";
import type { Input, Server } from "./types.ts";

const how = { options: production };
const lease = { options: { ...production, reads: "lease" as const, checkQuorum: true } };
const read = (context: string): Input => ({ kind: "readIndex", context });
const answered = ({ ready }: ReturnType<typeof take>) => ready.reads.map(({ context, index }) => `${context}@${index}`);

/** A leader of term 4 of three that has committed its entry 1. */
function leader(commit = 1): Server {
  const made = server({ term: 4, log: [4, 4], commit, role: "leader", servers: 3, options: production });
  for (const id of [2, 3]) made.progress[id] = follows(2, production);
  return made;
}
const heard = (made: Server, round: number, from = 2) => receive(made, heartbeatReply({ from, term: 4, round }), how);

describe("D 6.4 ReadIndex", () => {
  test("D 6.4 remembers the commit index and asks a round of heartbeats at once", () => {
    const out = take(leader(), read("r"), how);
    expect(out.messages).toEqual([2, 3].map((to) => heartbeat({ from: 1, to, term: 4, commit: 1, round: 1 })));
    expect(answered(out)).toEqual([]);
  });

  test("D 6.4 answers once a majority, itself included, has answered that round", () => {
    const made = leader();
    take(made, read("r"), how);
    made.commitIndex = 2;
    expect(answered(heard(made, 1))).toEqual(["r@1"]);
    expect(answered(heard(made, 1, 3))).toEqual([]);
  });

  test("D 6.4 the answer to an earlier heartbeat confirms nothing", () => {
    const made = leader();
    take(made, read("r"), how);
    expect(answered(heard(made, 0))).toEqual([]);
  });

  test("D 6.4 the answer to a later round confirms every read before it, in order", () => {
    const made = leader();
    take(made, read("a"), how);
    take(made, read("b"), how);
    take(made, read("c"), how);
    expect(answered(heard(made, 2))).toEqual(["a@1", "b@1"]);
    expect(answered(heard(made, 2, 3))).toEqual([]);
    expect(answered(heard(made, 3, 3))).toEqual(["c@1"]);
  });

  test("lost rounds are repeated by the next heartbeat", () => {
    const made = leader();
    take(made, read("r"), how);
    const { messages } = take(made, { kind: "heartbeatTimeout" }, how);
    expect(messages).toMatchObject([{ round: 1 }, { round: 1 }]);
    heard(made, 1);
    expect(take(made, { kind: "heartbeatTimeout" }, how).messages).toMatchObject([{ round: 0 }, { round: 0 }]);
  });

  test("D 6.4 a new leader waits until an entry of its term is committed", () => {
    const made = leader(0);
    const out = take(made, read("r"), how);
    expect([out.messages, out.kinds]).toEqual([[], ["readWaitsForCommit"]]);
    expect(made.reads.early).toEqual([{ from: 0, context: "r" }]);
  });

  test("D 6.4 and then takes up what was asked before, with the index of then", () => {
    const made = leader(0);
    for (const id of [2, 3]) made.progress[id] = follows(1, production);
    take(made, read("r"), how);
    const { messages } = receive(made, appended({ term: 4, matchIndex: 2 }), how);
    expect(made.commitIndex).toBe(2);
    expect(messages.filter(({ type }) => type === "Heartbeat")).toMatchObject([{ round: 1 }, { round: 1 }]);
    expect(answered(heard(made, 1))).toEqual(["r@2"]);
  });

  test("learners confirm nothing, and a joint configuration asks both halves", () => {
    const made = leader();
    made.configuration = { ...votersOnly([1, 4, 5]), outgoing: [1, 2, 3], learners: [6] };
    for (const id of [4, 5, 6]) made.progress[id] = follows(2, production);
    take(made, read("r"), how);
    for (const from of [6, 2, 3]) expect(answered(heard(made, 1, from))).toEqual([]);
    expect(answered(heard(made, 1, 4))).toEqual(["r@1"]);
  });

  test("a single server answers at once", () => {
    const made = server({ term: 4, log: [4], commit: 1, role: "leader", servers: 1, options: production });
    expect(answered(take(made, read("r"), how))).toEqual(["r@1"]);
  });

  test("a leader that steps down forgets its reads: nobody gets an answer that may be stale", () => {
    const made = leader();
    take(made, read("r"), how);
    receive(made, requestVote({ from: 3, term: 5, lastLogIndex: 9, lastLogTerm: 4 }), how);
    expect(made.reads.unconfirmed).toEqual([]);
    finishWrites(made, how);
    expect(answered(heard(made, 1))).toEqual([]);
  });
});

describe("D 6.4 reads at followers", () => {
  const follower = () => server({ term: 4, log: [4, 4], leader: 3, options: production });

  test("D 6.4 the follower asks the leader for the index", () => {
    const out = take(follower(), read("r"), how);
    expect(out.messages).toEqual([{ type: "ReadIndex", from: 1, to: 3, term: 0, context: "r" }]);
  });

  test("D 6.4 the leader answers it after the round; the follower has its index then", () => {
    const made = leader();
    receive(made, { type: "ReadIndex", from: 3, to: 1, term: 0, context: "r" }, how);
    const out = heard(made, 1);
    const reply = { type: "ReadIndexReply", from: 1, to: 3, term: 4, context: "r", index: 1 } as const;
    expect([answered(out), out.messages]).toEqual([[], [reply]]);
    expect(answered(receive(follower(), { ...reply, from: 3, to: 1 }, how))).toEqual(["r@1"]);
  });

  test("an answer of an older term is not believed", () => {
    const reply = { type: "ReadIndexReply", from: 3, to: 1, term: 3, context: "r", index: 1 } as const;
    expect(answered(receive(follower(), reply, how))).toEqual([]);
  });

  test("without a leader the read is dropped", () => {
    const out = take(server({ term: 4, options: production }), read("r"), how);
    expect([out.messages, out.kinds]).toEqual([[], ["readDropped"]]);
  });
});

describe("D 6.4.1 leases", () => {
  test("D 6.4.1 a leader answers from its own commit index, and asks nobody", () => {
    const out = take(leader(), read("r"), lease);
    expect([answered(out), out.messages, out.kinds]).toEqual([["r@1"], [], ["readByLease"]]);
  });

  test("D 6.4 but not before it has committed an entry of its term", () => {
    expect(answered(take(leader(0), read("r"), lease))).toEqual([]);
  });

  test("D 6.4.1 without its quorum it steps down, and answers nothing more", () => {
    const made = leader();
    for (const id of [2, 3]) made.progress[id]!.active = false;
    take(made, { kind: "quorumTimeout" }, lease);
    expect([made.role, answered(take(made, read("r"), lease))]).toEqual(["follower", []]);
  });
});
