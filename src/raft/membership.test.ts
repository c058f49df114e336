import { describe, expect, test } from "vitest";
import { configurationText, type MembershipChange, membershipChange, votersOnly } from "./configuration.ts";
import type { Entry } from "./entry.ts";
import {
  appendEntries,
  appended,
  applied,
  entries,
  finishWrites,
  follows,
  production,
  receive,
  sentAppends,
  server,
  stateOf,
  take,
  ticks,
  vote,
} from "./fixtures.ts";
import type { RaftOptions } from "./options.ts";
import { configurationAt } from "./server.ts";
import type { Input, Server } from "./types.ts";

type Type = MembershipChange["changes"][number]["type"];
const change = (...list: (readonly [Type, number])[]) =>
  membershipChange(list.map(([type, id]) => ({ type, server: id })));
const proposed = (what: MembershipChange): Input => ({
  kind: "propose",
  proposals: [{ command: null, change: what }],
});
const text = ({ configuration }: Server) => configurationText(configuration);
const changing = (index: number, term: number, what: MembershipChange): Entry => ({
  index,
  term,
  command: null,
  change: what,
});

/** A leader of term 1 of three servers with entry 1 committed and applied everywhere. */
function leader(options: RaftOptions = ticks): Server {
  const made = server({ term: 1, log: [1], commit: 1, role: "leader", servers: 3, options });
  for (const id of [2, 3]) made.progress[id] = follows(1, options);
  return made;
}
/** Its own disk and S2 have everything, and what that commits is applied. */
function stored(made: Server, options: RaftOptions = ticks): void {
  const last = made.log.last;
  while (made.writes.length > 0) take(made, { kind: "written" }, { options });
  receive(made, appended({ term: made.term, matchIndex: last }), { options });
  const first = made.lastApplied + 1;
  for (let index = first; index <= made.commitIndex; index++) {
    const [input] = [applied(made, index)];
    const entry = input.kind === "applied" ? input.entries[0] : undefined;
    if (entry?.change) take(made, { kind: "changeApplied", change: entry.change }, { options });
    take(made, input, { options });
  }
}

describe("D 4.1 a configuration counts from when its entry is in the log", () => {
  test("D 4.1 at the leader: it replicates to a new server at once, and needs the new majority", () => {
    const made = leader();
    const out = take(made, proposed(change(["add", 4])));
    expect([out.refused, text(made)]).toEqual([null, "1,2,3,4"]);
    expect(sentAppends(out)).toContain("4: 2–2 after 1/1");
    finishWrites(made);
    receive(made, appended({ matchIndex: 2 }));
    expect(made.commitIndex).toBe(1);
    receive(made, appended({ from: 4, matchIndex: 2 }));
    expect(made.commitIndex).toBe(2);
  });

  test("D 4.1 at a follower, when it is appended, and again without it when it is overwritten", () => {
    const made = server({ term: 1, log: [1], servers: 3 });
    const [add4, drop3] = [changing(2, 1, change(["add", 4])), changing(3, 1, change(["remove", 3]))];
    receive(made, appendEntries({ prevLogIndex: 1, prevLogTerm: 1, entries: [add4, drop3] }));
    expect(text(made)).toBe("1,2,4");
    receive(made, appendEntries({ term: 2, from: 3, prevLogIndex: 2, prevLogTerm: 1, entries: entries(3, 2) }));
    expect(text(made)).toBe("1,2,3,4");
    const out = receive(made, appendEntries({ term: 3, prevLogIndex: 1, prevLogTerm: 1, entries: entries(2, 3) }));
    expect(text(made)).toBe("1,2,3");
    expect(out.decisions).toContainEqual({
      kind: "configurationRolledBack",
      server: 1,
      text: "1,2,3",
      joint: false,
      gone: 2,
    });
  });

  test("D 4.1 an entry that stays where it is switches nothing a second time", () => {
    const made = server({ term: 1, log: [1], servers: 3 });
    const request = appendEntries({ prevLogIndex: 1, prevLogTerm: 1, entries: [changing(2, 1, change(["add", 4]))] });
    receive(made, request);
    expect(receive(made, request).kinds).not.toContain("configurationSwitched");
  });

  test("D 4.1 after a restart it is the latest one in the log, committed or not", () => {
    const made = server({ term: 1, log: [1], servers: 3 });
    receive(made, appendEntries({ prevLogIndex: 1, prevLogTerm: 1, entries: [changing(2, 1, change(["add", 4]))] }));
    const { log, baseConfiguration: configuration } = made;
    const at = (index: number) => configurationText(configurationAt({ log, configuration }, index).configuration);
    expect([at(1), at(2)]).toEqual(["1,2,3", "1,2,3,4"]);
  });

  test("D 4.1 votes are counted in the configuration that the candidate has in its log", () => {
    const made = server({ term: 1, log: [1], servers: 3 });
    receive(made, appendEntries({ prevLogIndex: 1, prevLogTerm: 1, entries: [changing(2, 1, change(["add", 4]))] }));
    take(made, { kind: "electionTimeout" });
    finishWrites(made);
    receive(made, vote({ term: 2, from: 2 }));
    expect(made.role).toBe("candidate");
    receive(made, vote({ term: 2, from: 4 }));
    expect(made.role).toBe("leader");
  });
});

describe("etcd: a configuration counts from when its entry is applied", () => {
  const how = { options: production };

  test("until then the old majority decides, and nothing goes to a new server", () => {
    const made = leader(production);
    const out = take(made, proposed(change(["add", 4])), how);
    expect([text(made), made.pendingChangeIndex]).toEqual(["1,2,3", 2]);
    expect(sentAppends(out)).toEqual(["2: 2–2 after 1/1", "3: 2–2 after 1/1"]);
    stored(made, production);
    expect([made.commitIndex, text(made)]).toEqual([2, "1,2,3,4"]);
    expect(made.progress[4]).toMatchObject({ state: "probe", match: 0 });
  });

  test("a follower that has it in its log only goes by the old one", () => {
    const made = server({ term: 1, log: [1], servers: 3, options: production });
    receive(
      made,
      appendEntries({ prevLogIndex: 1, prevLogTerm: 1, entries: [changing(2, 1, change(["add", 4]))] }),
      how,
    );
    expect(text(made)).toBe("1,2,3");
    take(made, { kind: "changeApplied", change: change(["add", 4]) }, how);
    expect(text(made)).toBe("1,2,3,4");
  });

  test("a change that does not fit any more changes nothing", () => {
    const made = leader(production);
    take(made, { kind: "changeApplied", change: membershipChange([]) }, how);
    expect(text(made)).toBe("1,2,3");
  });
});

describe("one change at a time", () => {
  const refusal = (made: Server, what: MembershipChange, options: RaftOptions = ticks) => {
    const out = take(made, proposed(what), { options });
    const decision = out.decisions.find(({ kind }) => kind === "changeRefused");
    return decision?.kind === "changeRefused" ? decision.reason : null;
  };

  test("D 4.1 a second change waits until the first is applied; an empty entry takes its place", () => {
    const made = leader();
    take(made, proposed(change(["add", 4])));
    expect(refusal(made, change(["add", 5]))).toBe("pending");
    expect([made.log.last, text(made)]).toEqual([3, "1,2,3,4"]);
  });

  test("Ongaro 2015: a new leader first commits an entry of its own term", () => {
    const made = server({ term: 2, log: [1], commit: 1, role: "leader", servers: 3 });
    for (const id of [2, 3]) made.progress[id] = follows(1);
    expect(refusal(made, change(["add", 4]))).toBe("no own commit");
    stored(made);
    expect(made.commitIndex).toBe(2);
    expect(refusal(made, change(["add", 4]))).toBeNull();
  });

  test("etcd: it is enough that what was in the log at the election is applied", () => {
    const made = server({ term: 2, log: [1], commit: 1, role: "leader", servers: 3, options: production });
    expect(refusal(made, change(["add", 4]), production)).toBeNull();
    const late = server({ term: 2, log: [1, 1], commit: 1, role: "leader", servers: 3, options: production });
    late.pendingChangeIndex = 2;
    expect(refusal(late, change(["add", 4]), production)).toBe("pending");
  });

  test("§6 in a joint configuration only leaving is possible, and only there", () => {
    const made = leader();
    take(made, proposed(membershipChange([{ type: "add", server: 4 }], "explicit")));
    receive(made, appended({ from: 4, matchIndex: 2 }));
    stored(made);
    expect(text(made)).toBe("1,2,3,4&1,2,3");
    expect(refusal(made, change(["add", 5]))).toBe("joint");
    stored(made);
    expect(refusal(made, membershipChange([]))).toBeNull();
    expect(text(made)).toBe("1,2,3,4");
    expect(refusal(leader(), membershipChange([]))).toBe("not joint");
  });

  test("without validation a second change enters the log", () => {
    const options = { ...production, validateChanges: false };
    const made = leader(options);
    take(made, proposed(change(["add", 4])), { options });
    expect(refusal(made, change(["add", 5]), options)).toBeNull();
    expect(made.pendingChangeIndex).toBe(3);
  });
});

describe("§6 joint consensus", () => {
  test("§6 it is left automatically once it is applied, by the leader alone", () => {
    const made = leader(production);
    take(made, proposed(change(["add", 4], ["add", 5])), { options: production });
    stored(made, production);
    expect(text(made)).toBe("1,2,3,4,5&1,2,3");
    expect(made.log.last).toBe(3);
    expect(made.pendingChangeIndex).toBe(3);
  });

  test("§6 a follower leaves nothing", () => {
    const made = server({ term: 1, log: [1, 1], commit: 1, options: production });
    made.configuration = { ...votersOnly([1, 2]), outgoing: [1, 2, 3], autoLeave: true };
    made.commitIndex = 2;
    take(made, applied(made, 2), { options: production });
    expect(made.log.last).toBe(2);
  });
});

describe("D 4.2.2 removing the leader", () => {
  test("D 4.2.2 it leads on without counting itself, and steps down when the change is committed", () => {
    const made = leader();
    take(made, proposed(change(["remove", 1])));
    finishWrites(made);
    expect([made.role, text(made)]).toEqual(["leader", "2,3"]);
    receive(made, appended({ matchIndex: 2 }));
    expect([made.role, made.commitIndex]).toEqual(["leader", 1]);
    const { decisions } = receive(made, appended({ from: 3, matchIndex: 2 }));
    expect([made.role, made.commitIndex]).toEqual(["follower", 2]);
    expect(decisions).toContainEqual({ kind: "leaderRemoved", server: 1, stays: false });
  });

  test("etcd: it stays, sends heartbeats and refuses proposals; or steps down if that is wanted", () => {
    const made = leader(production);
    take(made, { kind: "changeApplied", change: change(["remove", 1]) }, { options: production });
    expect(made.role).toBe("leader");
    const refused = take(
      made,
      { kind: "propose", proposals: [{ command: null, change: null }] },
      { options: production },
    );
    expect(refused).toMatchObject({ refused: "not a member", kinds: ["proposalDropped"] });
    expect(take(made, { kind: "heartbeatTimeout" }, { options: production }).messages).toHaveLength(2);
    const goes = leader(production);
    const options = { ...production, removedLeader: "stepsDown" as const };
    take(goes, { kind: "changeApplied", change: change(["remove", 1]) }, { options });
    expect(goes.role).toBe("follower");
  });

  test("a leader that becomes a learner does not lead on either", () => {
    const options = { ...production, removedLeader: "stepsDown" as const };
    const made = leader(options);
    take(made, { kind: "changeApplied", change: change(["learner", 1]) }, { options });
    expect([made.role, text(made)]).toEqual(["follower", "2,3 learners 1"]);
  });

  test("removing a server may commit at once what waited for it", () => {
    const made = leader(production);
    take(made, { kind: "propose", proposals: [{ command: null, change: null }] }, { options: production });
    finishWrites(made, { options: production });
    for (const id of [2, 3]) made.progress[id]!.match = 1;
    take(made, { kind: "changeApplied", change: change(["remove", 2], ["remove", 3]) }, { options: production });
    expect(made.commitIndex).toBe(1);
    take(made, { kind: "changeApplied", change: membershipChange([]) }, { options: production });
    expect([text(made), made.commitIndex]).toEqual(["1", 2]);
  });
});

describe("D 4.2.1 learners", () => {
  const withLearner = () => {
    const configuration = { ...votersOnly([1, 2, 3]), learners: [4] };
    return server({ term: 1, log: [1], role: "leader", configuration, options: production });
  };

  test("D 4.2.1 they receive the log and count in no majority", () => {
    const made = withLearner();
    const out = take(made, { kind: "propose", proposals: [{ command: null, change: null }] }, { options: production });
    expect(sentAppends(out).map((each) => each[0])).toEqual(["2", "3", "4"]);
    finishWrites(made, { options: production });
    receive(made, appended({ from: 4, matchIndex: 2 }), { options: production });
    expect([made.progress[4]!.match, made.commitIndex]).toEqual([2, 0]);
  });

  test("D 4.2.1 they never campaign", () => {
    const configuration = { ...votersOnly([2, 3]), learners: [1] };
    const made = server({ term: 1, configuration });
    const before = stateOf(made);
    expect(take(made, { kind: "campaign" }).kinds).toEqual(["campaignRefused"]);
    expect(stateOf(made)).toEqual(before);
  });

  test("a promoted learner keeps what the leader knows of it", () => {
    const made = withLearner();
    receive(made, appended({ from: 4, matchIndex: 1 }), { options: production });
    take(made, { kind: "changeApplied", change: change(["add", 4]) }, { options: production });
    expect([text(made), made.progress[4]!.match]).toEqual(["1,2,3,4", 1]);
  });
});
