import { describe, expect, test } from "vitest";
import { watched } from "../check/fixtures.ts";
import { bugOf } from "../raft/bugs/index.ts";
import { profiles } from "../raft/options.ts";
import { rulesWith } from "../raft/rules/broken.ts";
import { type Rules, rules } from "../raft/rules/index.ts";
import { elect, ms, type Play, play, put, request, setupOf, toldOf, underWay } from "./fixtures.ts";
import { applyCommand, emptyStore, kvCommand, storeForSnapshot } from "./kv.ts";
import { defaultClients, limits } from "./limits.ts";
import { answerOf } from "./sessions.ts";
import type { KvOperation } from "./state/commands.ts";
import type { KvStore } from "./state/machine.ts";
import type { Setup } from "./state/setup.ts";

const increment = (by = 1): KvOperation => ({ op: "increment", key: "n", by });

// ---- the state machine --------------------------------------------------------------------------------------

/** A state machine that is fed one command after the other. */
function machine(sessionsMost = 16, by: Rules = rules) {
  const store = emptyStore();
  let index = 0;
  return {
    store,
    open: () =>
      Number(
        applied(applyCommand(store, kvCommand({ op: "session", client: 1 }, 0), ++index, { rules: by, sessionsMost })),
      ),
    run: (operation: KvOperation, session: number, sequence: number, low = 1) =>
      applyCommand(store, kvCommand(operation, 0, { session, sequence, low }), ++index, { rules: by, sessionsMost }),
  };
}
const applied = (outcome: ReturnType<typeof applyCommand>): string | null =>
  outcome.kind === "done" ? outcome.value : outcome.why;

describe("§8, D 6.3 a session in the state machine", () => {
  test("a command is executed once; its repetition gets the stored answer, and the place where it was executed", () => {
    const { open, run, store } = machine();
    const session = open();
    expect(run(increment(), session, 1)).toEqual({ kind: "done", value: "1", index: 2, repeated: false });
    expect(run(increment(), session, 2)).toMatchObject({ value: "2", index: 3 });
    expect(run(increment(), session, 1)).toEqual({ kind: "done", value: "1", index: 2, repeated: true });
    expect(store.data.get("n")).toBe("2");
  });

  test("J4 commands of one client that come in another order are executed all the same", () => {
    const { open, run, store } = machine();
    const session = open();
    expect(run(increment(10), session, 8, 7)).toMatchObject({ value: "10", repeated: false });
    expect(run(increment(1), session, 7, 7)).toMatchObject({ value: "11", repeated: false });
    expect(run(increment(10), session, 8, 7)).toMatchObject({ value: "10", repeated: true });
    expect(store.data.get("n")).toBe("11");
  });

  test("answers that the client waits for no more are forgotten, and their commands are not executed again", () => {
    const { open, run, store } = machine();
    const session = open();
    run(increment(), session, 1);
    run(increment(), session, 2, 2);
    expect(store.sessions.get(session)).toMatchObject({ low: 2, answers: [{ sequence: 2 }] });
    expect(run(increment(), session, 1)).toEqual({ kind: "refused", why: "answer forgotten" });
    expect(store.data.get("n")).toBe("2");
  });

  test("so many answers are kept, the newest", () => {
    const { open, run, store } = machine();
    const session = open();
    for (let i = 1; i <= limits.answersKept + 5; i++) run(increment(), session, i);
    const kept = store.sessions.get(session)!;
    expect([kept.answers.length, kept.low]).toEqual([limits.answersKept, 6]);
    expect(answerOf(kept, 5)).toBeUndefined();
  });

  test("J3 of too many sessions the one that was not used for longest expires; its commands are refused, not executed", () => {
    const { open, run, store } = machine(2);
    const [first, second] = [open(), open()];
    run(increment(), first, 1);
    const third = open();
    expect([...store.sessions.keys()]).toEqual([first, third]);
    expect(run(increment(), second, 1)).toEqual({ kind: "refused", why: "no session" });
    expect(store.data.get("n")).toBe("1");
  });

  test("equal sessions have equal digests, however they came about, and sessions count", () => {
    const stores = [machine(), machine()].map(({ open, run, store }, at) => {
      const session = open();
      run(increment(), session, 1);
      run(at === 0 ? increment() : increment(), session, 2, 2);
      return store;
    });
    const digests = (list: readonly KvStore[]) => new Set(list.map(({ digest }) => digest)).size;
    expect(digests(stores)).toBe(1);
    const without = storeForSnapshot(stores[0]!, rulesWith([bugOf("session-not-in-snapshot")]));
    expect([without.sessions.size, stores[0]!.sessions.size]).toEqual([0, 1]);
    expect(without.data).toEqual(stores[0]!.data);
    expect(digests([stores[0]!, without])).toBe(2);
    expect(storeForSnapshot(stores[0]!, rules).sessions.size).toBe(1);
  });
});

// ---- a cluster and its clients ------------------------------------------------------------------------------

const sessions = { ...defaultClients, sessions: true, repeatAfter: 300 * ms };
const led = (given: Partial<Omit<Setup, "servers" | "link">> = {}, by?: Rules) =>
  elect(watched(setupOf({ clients: sessions, ...given }), by), 1);
const settled = <P extends Play>(it: P, time = 3000 * ms): P => {
  it.until(it.world.now + time);
  return it;
};
const counters = ({ world }: Play) => world.machines.filter(Boolean).map(({ store }) => store.data.get("n"));
/** S1 commits an increment and is cut off before its answer reaches the client, which asks S2, the next leader, again. */
function retried(it: Play, between: (it: Play) => void = () => {}): Play {
  it.act(request(increment(), 1));
  it.untilTold(
    (told) =>
      told.kind === "sent" &&
      told.payload.type === "ClientReply" &&
      told.payload.outcome.kind === "done" &&
      told.payload.request === 1,
  );
  it.act({ do: "drop", message: it.world.packets.find(({ payload }) => payload.type === "ClientReply")!.ref });
  settled(it, 60 * ms);
  it.act({ do: "crash", server: 1 });
  it.act({ do: "timeout", server: 2 });
  between(it);
  return settled(it);
}

describe("D 6.3 clients with sessions", () => {
  test("a session is opened through the log before the first command, which waits for it", () => {
    const it = led();
    it.act(request(put("x", "1"), 1));
    it.act(request(put("y", "2"), 1));
    expect(it.world.clients.open.map(({ operation: { op }, tries }) => [op, tries])).toEqual([
      ["put", 0],
      ["session", 1],
      ["put", 0],
    ]);
    settled(it, 200 * ms);
    const asked = toldOf(it, "sent").flatMap(({ payload }) => (payload.type === "ClientRequest" ? [payload.tag] : []));
    expect(asked).toEqual([null, { session: 1, sequence: 1, low: 1 }, { session: 1, sequence: 2, low: 1 }]);
    expect(it.world.clients).toMatchObject({
      open: [],
      each: [undefined, { sessions: [{}, { id: 1, asked: 2, opening: 0 }] }],
    });
  });

  test("clients have sessions of their own", () => {
    const it = led();
    it.act(request(increment(), 1, 1));
    it.act(request(increment(), 1, 3));
    settled(it, 300 * ms);
    expect(it.machine(1).store.sessions.size).toBe(2);
    expect(it.world.clients.each.map((client) => client?.sessions[1]?.asked)).toEqual([undefined, 1, 0, 1]);
    expect(counters(it)[0]).toBe("2");
  });

  test("J1 a command that was committed and not answered is repeated at the next leader, and executed once", () => {
    const it = retried(led());
    expect(toldOf(it, "requestRepeated").length).toBeGreaterThan(0);
    expect(toldOf(it, "requestAnswered").at(-1)).toMatchObject({ request: 1, value: "1" });
    expect(
      toldOf(it, "stateApplied").filter(({ server, operation }) => server === 2 && operation?.op === "increment"),
    ).toMatchObject([{ value: "1" }, { value: "1", unexecuted: "repeated" }]);
    expect(counters(it).slice(1)).toEqual(["1", "1"]);
  });

  test("without a session the same story executes it twice", () => {
    const it = retried(led({ clients: { ...sessions, sessions: false } }));
    expect(counters(it).slice(1)).toEqual(["2", "2"]);
    expect(it.world.violation).toBeNull();
  });

  test("bug session-not-deduplicated: it is executed twice, which is noticed at once", () => {
    const it = retried(led({}, rulesWith([bugOf("session-not-deduplicated")])));
    expect(it.world.violation).toMatchObject({ property: "Exactly once" });
  });

  /** S3 gets the increment by a snapshot from S2, and leads when the command is repeated. */
  const bySnapshot = (by?: Rules) => {
    const it = led({}, by);
    it.act({ do: "crash", server: 3 });
    return retried(it, () => {
      settled(it, 60 * ms);
      it.act({ do: "compact", server: 2 });
      it.act({ do: "restart", server: 3 });
      settled(it, 120 * ms);
    });
  };
  test("J2 sessions are part of a snapshot: who was restored from one knows what was executed", () => {
    const it = bySnapshot();
    expect(it.machine(3).raft.log.base).toBeGreaterThan(0);
    expect(it.machine(3).store.sessions.size).toBe(1);
    expect(counters(it).slice(1)).toEqual(["1", "1"]);
    expect(it.world.violation).toBeNull();
  });
  test("bug session-not-in-snapshot: servers come to differ, which is noticed", () => {
    const it = bySnapshot(rulesWith([bugOf("session-not-in-snapshot")]));
    expect(it.world.violation?.property).toMatch(/Exactly once|State equality/);
  });

  test("J3 a command of an expired session fails, on every server alike, and the client opens another session", () => {
    const it = led({ clients: { ...sessions, sessionsMost: 1 } });
    it.act(request(increment(), 1));
    settled(it, 300 * ms);
    it.act(request(increment(), 1, 2));
    settled(it, 300 * ms);
    it.act(request(increment(), 1));
    settled(it, 300 * ms);
    expect(toldOf(it, "requestRefused")).toMatchObject([{ client: 1, why: "no session" }]);
    expect(it.world.clients.ended.at(-1)).toMatchObject({ state: "failed" });
    expect(counters(it)).toEqual(["2", "2", "2"]);
    it.act(request(increment(), 1));
    settled(it, 300 * ms);
    expect(counters(it)).toEqual(["3", "3", "3"]);
    expect(it.world.violation).toBeNull();
  });

  test("a refusal proves nothing of a command that a follower passed on and the network doubled", () => {
    const raft = { ...profiles.paper, forwardProposals: true };
    const it = led({ raft, clients: { ...sessions, repeatAfter: 0, sessionsMost: 1 } });
    it.act(request(increment(), 3, 1));
    settled(it, 300 * ms);
    it.act(request(increment(), 3, 1));
    it.untilTold(({ kind }) => kind === "decided" && underWay(it, "Propose").length > 0);
    const { ref } = underWay(it, "Propose")[0]!;
    it.act({ do: "duplicate", message: ref });
    it.act({ do: "delay", message: { ...ref, copy: 1 }, by: 400 * ms });
    it.untilTold((told) => told.kind === "received" && told.payload.type === "Propose");
    it.act({ do: "cut", links: [[1, 3]] });
    settled(it, 60 * ms);
    it.act(request(increment(), 1, 2));
    settled(it, 60 * ms);
    it.act({ do: "compact", server: 1 });
    it.act({ do: "heal" });
    settled(it, 120 * ms);
    // S3 has the increment by a snapshot, and still owes an answer.
    expect(counters(it)).toEqual(["3", "3", "3"]);
    settled(it, 400 * ms);
    expect(toldOf(it, "requestRefused")).toMatchObject([{ client: 1, why: "no session" }]);
    expect(it.world.clients.ended.at(-1)).toMatchObject({ client: 1, state: "unknown" });
    expect(counters(it)).toEqual(["3", "3", "3"]);
  });

  test("who can open no session gives up, and nothing was executed", () => {
    const it = play(setupOf({ clients: sessions }));
    it.act({ do: "network", mode: "manual" });
    it.act(request(increment(), 1));
    it.act({ do: "network", mode: "automatic" });
    it.act({ do: "crash", server: 1 });
    it.act({ do: "crash", server: 2 });
    settled(it);
    expect(it.world.clients.ended).toMatchObject([
      { operation: { op: "increment" }, state: "failed", tries: 0 },
      { operation: { op: "session" }, state: "unknown" },
    ]);
  });
});
