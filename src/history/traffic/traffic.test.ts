import { describe, expect, test } from "vitest";
import { presets } from "../../scenario/presets/index.ts";
import type { Fact } from "../../world/facts.ts";
import { History } from "../history.ts";
import { finish } from "../work.ts";
import { linkEnds, Messages, payloadTypes } from "./messages.ts";
import { beingOf, Traffic } from "./traffic.ts";

function historyOf(id: string): History {
  const { recording } = presets.find((preset) => preset.id === id)!;
  const history = new History(recording.setup, recording.actions, recording.end);
  history.advance(recording.end);
  return history;
}

const rowsOf = (table: { readonly length: number; readonly columns: object }): unknown[] =>
  Array.from({ length: table.length }, (_, row) =>
    Object.fromEntries(Object.entries(table.columns).map(([name, column]) => [name, column[row]])),
  );
/** All that it knows, as plain data. */
const allOf = (traffic: Traffic, history: History): unknown => ({
  messages: rowsOf(traffic.messages.table),
  signs: rowsOf(traffic.signs),
  beings: history.world.setup.servers.map(({ id }) => rowsOf(traffic.beingsOf(id))),
  acts: traffic.acts,
  troubles: traffic.troubles,
});
const trafficOf = (history: History): Traffic => {
  const traffic = new Traffic(history, ({ links }) =>
    links.flatMap((row, from) => row.flatMap((link, to) => (link.up ? [] : [{ id: `${from}>${to}`, words: "cut" }]))),
  );
  finish(traffic.known());
  return traffic;
};

describe("what a diagram is drawn from", () => {
  test.each(["two-leaders", "lossy-network", "snapshot-catch-up", "slow-follower"])(
    "%s: every message once, from where it was sent to where it came or vanished",
    (id) => {
      const history = historyOf(id);
      const { table } = trafficOf(history).messages;
      const facts = history.facts(1, history.place.event);
      const of = (kind: Fact["kind"]): number => facts.filter((fact) => fact.kind === kind).length;
      expect(table.length).toBe(of("sent") + of("duplicated"));
      expect(of("sent")).toBeGreaterThan(20);
      const fates = Array.from({ length: table.length }, (_, row) => table.columns.fate[row]);
      expect(fates.filter((fate) => fate === 2)).toHaveLength(of("lost"));
      expect(fates.filter((fate) => fate === 0)).toHaveLength(history.world.packets.length);
      const sent = facts.filter((fact) => fact.kind === "sent");
      const first = sent.map(({ at, event, ref, payload }) => [at, event, ref.from, ref.to, payload.type]);
      const rows = Array.from({ length: table.length }, (_, row) => row).filter((row) => table.columns.copy[row] === 0);
      const told = rows.map((row) => {
        const { sentAt, sentIn, link, kind } = table.columns;
        return [sentAt[row], sentIn[row], ...linkEnds(link[row]!), payloadTypes[kind[row]!]];
      });
      expect(told).toEqual(first);
    },
  );

  test("a stretch has what was on its way in it, however early it was sent", () => {
    const history = historyOf("lossy-network");
    const { messages } = trafficOf(history);
    const { sentAt, endAt } = messages.table.columns;
    const [from, to] = [history.place.at * 0.4, history.place.at * 0.5];
    const all = Array.from({ length: messages.table.length }, (_, row) => row);
    const expected = all.filter((row) => sentAt[row]! <= to && endAt[row]! >= from);
    expect(messages.within(from, to, 1)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(10);
    expect(expected.length).toBeLessThan(all.length);
  });

  test("whoever begins where nothing is under way does not know what was before, either", () => {
    const messages = new Messages();
    messages.begin({ packets: [], now: 50 });
    expect([49, 50, 51].map((at) => messages.knowsSince(at))).toEqual([false, false, true]);
  });

  test("knows what each server was, to the event", () => {
    const history = historyOf("leader-crash");
    const traffic = trafficOf(history);
    const middle = Math.floor(history.place.event * 0.6);
    history.visit(middle);
    for (const { id, raft, status, disk } of history.world.machines.filter(Boolean)) {
      const { columns, upTo } = {
        columns: traffic.beingsOf(id).columns,
        upTo: traffic.beingsOf(id).upTo("event", middle),
      };
      const { term, role, status: was } = beingOf(columns.code[upTo - 1]!);
      expect([term, was]).toEqual([status === "down" ? disk.term : raft.term, status]);
      if (status === "up") expect(role).toBe(raft.role);
    }
  });

  test("after an act in the past the branch is known as if nothing else had been", () => {
    const history = historyOf("two-leaders");
    const traffic = trafficOf(history);
    history.seek(Math.floor(history.place.at / 2));
    expect(history.act({ do: "crash", server: 2 }).branched).toBe(true);
    history.advance(history.place.at + 300_000);
    finish(traffic.known());
    expect(allOf(traffic, history)).toEqual(allOf(trafficOf(history), history));
    history.switchTo(0);
    history.seek(history.current.reach);
    finish(traffic.known());
    expect(allOf(traffic, history)).toEqual(allOf(trafficOf(history), history));
  });
});
