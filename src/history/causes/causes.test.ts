import { describe, expect, test } from "vitest";
import { noLoad } from "../../world/clients.ts";
import type { Fact } from "../../world/facts.ts";
import { ms, setupOf } from "../../world/fixtures.ts";
import { explore, livelySetup } from "../fixtures.ts";
import { History } from "../history.ts";
import { executeOne, type Moment, nextAt, type Observer, onlookersFor, startMoment } from "../moment.ts";
import { finish } from "../work.ts";
import { aspectKey } from "./aspects.ts";
import { Causes } from "./causes.ts";
import { actorIn, type EventRow } from "./stretch.ts";

const written = (): History => {
  const history = new History(setupOf({ servers: 3 }), [
    { at: 0, act: { do: "timeout", server: 1 } },
    { at: 100 * ms, act: { do: "request", operation: { op: "put", key: "x", value: "3" }, server: 1 } },
  ]);
  history.advance(400 * ms);
  return history;
};
const eventOf = (history: History, fits: (fact: Fact) => boolean): number =>
  history.facts(1, history.place.event).find(fits)!.event;
const decided = (kind: string, server: number) => (fact: Fact) =>
  fact.kind === "decided" && fact.decision.kind === kind && fact.decision.server === server;

describe("where an event comes from", () => {
  const history = written();
  const causes = new Causes(history);
  const of = (event: number) => finish(causes.of(event))!;

  test("a message: the event that sent it; a write: the one that asked for it; a request: the act", () => {
    const granted = eventOf(history, decided("voteGranted", 2));
    const started = eventOf(history, decided("electionStarted", 1));
    expect(of(started)).toMatchObject({ row: { trigger: "act" }, causes: [] });
    const written = of(granted).causes.find(({ as }) => as === "trigger")!;
    // The request left once the candidate's own vote was on its disk.
    expect(of(written.event).row.trigger).toBe("disk");
    expect(of(written.event).causes[0]).toMatchObject({ event: started, as: "trigger" });
    const asked = eventOf(history, ({ kind }) => kind === "requestAsked");
    const appended = eventOf(history, decided("proposalAppended", 1));
    expect(of(appended).causes.map(({ event, as }) => [event, as])).toContainEqual([asked, "trigger"]);
  });

  test("a commit: the acknowledgements that were counted", () => {
    const committed = eventOf(history, decided("committed", 1));
    const past = finish(causes.past(committed, { most: 30, back: 1000 }));
    const told = past.events.flatMap(({ row }) => row.facts);
    expect(told.some(decided("proposalAppended", 1))).toBe(true);
    expect(told.some(decided("appendAccepted", 2)) || told.some(decided("appendAccepted", 3))).toBe(true);
    expect(told.some(decided("electionWon", 1))).toBe(true);
  });

  test("a timer: the event that set it", () => {
    const calm = new History(setupOf({ servers: 3 }));
    calm.advance(2000 * ms);
    const mine = new Causes(calm);
    const beats = eventOf(
      calm,
      ({ kind, ...fact }) => kind === "decided" && "decision" in fact && fact.decision.kind === "heartbeatSent",
    );
    const next = calm
      .facts(beats + 1, calm.place.event)
      .find(decided("heartbeatSent", finish(mine.row(beats))!.steps[0]!))!;
    const { row, causes: found } = finish(mine.of(next.event))!;
    expect(row.trigger).toBe("timer");
    expect(found[0]!.event).toBe(beats);
  });

  test("an option that was changed: the act, or the start at which it was read", () => {
    const changed = new History(setupOf({ servers: 3 }), [
      { at: 0, act: { do: "options", options: { preVote: true, noOpOnElection: true, flow: "window" } } },
      { at: 50 * ms, act: { do: "timeout", server: 1 } },
    ]);
    changed.advance(300 * ms);
    const mine = new Causes(changed);
    const from = (kind: string) =>
      finish(mine.of(eventOf(changed, decided(kind, 1))))!.causes.map(({ event }) => event);
    const act = eventOf(changed, ({ kind }) => kind === "optionsFollowed");
    expect(from("preVoteStarted")).toContain(act);
    expect(from("noOpAppended")).toContain(act);
    expect(from("committed")).not.toContain(act);
    expect(finish(causes.of(eventOf(history, decided("electionStarted", 1))))!.earlier).not.toContainEqual(
      expect.stringContaining("preVote"),
    );
  });

  test("what lies further back than is looked is named and not followed; who leads is known for ever", () => {
    const committed = eventOf(history, decided("proposalAppended", 1));
    const { earlier } = finish(causes.of(committed, 1))!;
    expect(earlier.length).toBeGreaterThan(0);
    expect(finish(causes.setter(aspectKey(1, "role"), committed, 1))).toBe(eventOf(history, decided("electionWon", 1)));
  });
});

/** Everything that happened before it: what set it off, and all that those who took part in it had done. */
function closedPast(causes: Causes, event: number): ReadonlyMap<number, EventRow> {
  const past = new Map<number, EventRow>();
  const open = new Set([event]);
  while (open.size > 0) {
    const next = Math.max(...open);
    open.delete(next);
    const row = finish(causes.row(next))!;
    past.set(next, row);
    const keys = [...row.offBy, ...row.used, ...row.steps.map((slot) => aspectKey(slot, "step"))];
    for (const key of keys) {
      const setter = finish(causes.setter(key, next, 1_000_000));
      if (setter > 0) open.add(setter);
    }
  }
  return past;
}

/**
 * The run with nothing but that past: every server, and the clients, stop for ever after their last step in it, and no
 * other act touches anybody. What each event told, without its number.
 */
function replayOf(history: History, past: ReadonlyMap<number, EventRow>, all: readonly EventRow[]): string[] {
  const left = new Map<number, number>();
  for (const { steps } of past.values()) for (const slot of steps) left.set(slot, (left.get(slot) ?? 0) + 1);
  const acts = all.filter(({ trigger }) => trigger === "act");
  const kept = history.current.actions
    .filter((_, i) => acts[i] !== undefined && (past.has(acts[i].event) || acts[i].steps.length === 0))
    .map(({ at, act }) => ({ at, act }));
  const moment: Moment = { ...startMoment(history.setup), checked: false };
  let facts: Fact[] = [];
  let stepped = new Set<number>();
  const observer: Observer = { fact: (fact) => facts.push(fact), stepped: (_, { id }) => stepped.add(id), acted: null };
  const onlookers = onlookersFor(moment, observer);
  const told: string[] = [];
  const stopWhere = (done: (slot: number) => boolean): void => {
    for (const machine of moment.world.machines)
      if (machine !== undefined && done(machine.id)) {
        machine.status = "down";
        machine.disk.pending = [];
        machine.held = null;
      }
    if (done(0)) Object.assign(moment.world.clients, { open: [], load: noLoad, loadNextAt: 0 });
  };
  stopWhere((slot) => (left.get(slot) ?? 0) === 0);
  for (let steps = 0; steps < all.length && nextAt(moment, kept) < Number.POSITIVE_INFINITY; steps++) {
    facts = [];
    stepped = new Set();
    executeOne(moment, kept, onlookers, observer);
    told.push(tellingOf(facts));
    for (const fact of facts) {
      const actor = actorIn(fact);
      if (actor !== null) stepped.add(actor);
    }
    for (const slot of stepped) left.set(slot, (left.get(slot) ?? 0) - 1);
    stopWhere((slot) => stepped.has(slot) && left.get(slot)! <= 0);
  }
  return told;
}
const tellingOf = (facts: readonly Fact[]): string => JSON.stringify(facts.map(({ event: _, ...fact }) => fact));

describe("of every event of a random run", () => {
  const seeds = [1, 2, 3, 4, 5, 6];
  test.each(seeds)("causes lie before it, and each is set by the event that is named (seed %d)", (seed) => {
    const history = new History(livelySetup(seed));
    explore(history, seed, 20);
    const causes = new Causes(history);
    let found = 0;
    for (const row of finish(causes.rows(1, history.current.end.event))) {
      const { causes: own } = finish(causes.of(row.event, 1_000_000))!;
      for (const cause of own) {
        expect(cause.event).toBeLessThan(row.event);
        expect([...row.offBy, ...row.used]).toContain(cause.key);
      }
      found += own.length;
      if (row.trigger !== "act" && row.at > 0) expect(row.offBy.length).toBeGreaterThan(0);
    }
    expect(found).toBeGreaterThan(history.current.end.event / 2);
  });

  test.each(seeds)("its past alone, executed again, brings it about again (seed %d)", (seed) => {
    const setup = setupOf({ seed, servers: 5, link: { latencyMin: 2 * ms, latencyMax: 12 * ms } });
    const history = new History(setup, [
      { at: 300 * ms + seed, act: { do: "request", operation: { op: "put", key: "x", value: "3" } } },
      { at: 350 * ms + seed, act: { do: "crash", server: 1 + (seed % 5) } },
      { at: 500 * ms + seed, act: { do: "request", operation: { op: "put", key: "y", value: "4" } } },
      { at: 700 * ms + seed, act: { do: "restart", server: 1 + (seed % 5) } },
    ]);
    history.advance(1500 * ms);
    const causes = new Causes(history);
    const all = finish(causes.rows(1, history.current.end.event));
    let smaller = 0;
    for (let event = 5 + seed; event < all.length; event += 23) {
      const row = all[event - 1]!;
      const decisions = row.facts.some(({ kind }) => kind === "decided");
      if (!decisions || row.trigger === "act") continue;
      const past = closedPast(causes, event);
      if (past.size < event) smaller++;
      expect(replayOf(history, past, all)).toContain(tellingOf(row.facts));
    }
    expect(smaller).toBeGreaterThan(3);
  });
});
