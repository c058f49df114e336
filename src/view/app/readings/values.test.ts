import { expect, test } from "vitest";
import { runSchedule } from "../../../check/fuzz/schedule.ts";
import { setupFor } from "../../../check/fuzz/setups.ts";
import { History } from "../../../history/history.ts";
import { finish } from "../../../history/work.ts";
import { lastIndex, logEnd } from "../../../raft/log.ts";
import { historyOf } from "../../../worker/client-history.ts";
import type { RuleSheet } from "../../../worker/protocol/sheet.ts";
import { Sheets } from "../../../worker/sheet.ts";
import type { Machine } from "../../../world/state/machine.ts";
import { emptyHistory, extended } from "../../kit/history/history.ts";
import { detailOf, type Operation } from "../../kit/history/operation.ts";
import { valuesOf } from "../../rules/values.ts";
import { clock, eachMoment, Reader, type Reading, type Seen } from "./fixtures.ts";

/** What the clients' bars say, and the values on the sheet of rules. */

interface OfOperation extends Seen {
  readonly operation: Operation;
}
const requestOf = ({ world: { clients }, operation }: OfOperation) =>
  [...clients.open, ...clients.ended].find(({ number }) => number === operation.number);
/** Requests of long ago are forgotten. */
const stands = (of: OfOperation, ...states: readonly string[]): boolean =>
  states.includes(requestOf(of)?.state ?? states[0]!);
const called = (of: OfOperation, client: string | undefined, at: string | undefined): boolean => {
  const request = requestOf(of);
  return request === undefined || (request.client === Number(client) && clock(request.askedAt) === at);
};
const bars: readonly Reading<OfOperation>[] = [
  [
    /^C(\d+) called at (.+ s): .+\. There is no answer yet\.$/,
    (of, client, at) => called(of, client, at) && stands(of, "asking"),
  ],
  [
    /^C(\d+) called at (.+ s): .+\. Its outcome is unknown: it may have taken effect, may do so later, or never\.$/,
    (of, client, at) => called(of, client, at) && stands(of, "unknown"),
  ],
  [
    /^C(\d+) called at (.+ s): .+\. It was not executed, as was clear after .+\.$/,
    (of, client, at) => called(of, client, at) && stands(of, "failed"),
  ],
  [
    /^C(\d+) called at (.+ s): .+\. S(\d) answered after .+: .+\.$/,
    (of, client, at, server) =>
      called(of, client, at) && stands(of, "done") && (requestOf(of)?.server ?? Number(server)) === Number(server),
  ],
];

test("what a client's bar says is so", () => {
  const reader = new Reader(bars);
  eachMoment((seen, where) => {
    const { operations } = extended(emptyHistory, historyOf(seen.world, { from: -12, limit: 12 }));
    for (const operation of operations) reader.hold(detailOf(operation), { ...seen, operation }, where);
  });
  expect([...reader.wrong].slice(0, 8)).toEqual([]);
  expect(reader.missed).toEqual([]);
});

interface OfSheet {
  readonly machine: Machine;
  readonly sheet: RuleSheet;
}
const vote = (name: string | undefined): number => (name === "none" ? 0 : Number(name?.slice(1)));
/** As it would be found after a loss of power. */
const onDisk = ({ machine: { disk } }: OfSheet) =>
  (disk.trouble?.kind === "lying" ? disk.trouble.stored : null) ?? disk;
const sheets: readonly Reading<OfSheet>[] = [
  [/^On disk: currentTerm (\d+)$/, (of, term) => onDisk(of).term === Number(term)],
  [/^On disk: votedFor (none|S\d)$/, (of, id) => onDisk(of).votedFor === vote(id)],
  [/^On disk: last index (\d+)$/, (of, index) => lastIndex(onDisk(of).log) === Number(index)],
  [/^On disk: its term (\d+)$/, (of, term) => logEnd(onDisk(of).log).term === Number(term)],
  [
    /^On disk: currentTerm not yet (\d+)$/,
    (of, term) => of.machine.raft.term === Number(term) && onDisk(of).term !== Number(term),
  ],
  [
    /^On disk: votedFor not yet (none|S\d)$/,
    (of, id) => of.machine.raft.votedFor === vote(id) && onDisk(of).votedFor !== vote(id),
  ],
  [
    /^On disk: last index not yet (\d+)$/,
    (of, index) => lastIndex(of.machine.raft.log) === Number(index) && lastIndex(onDisk(of).log) !== Number(index),
  ],
  [
    /^On disk: its term not yet (\d+)$/,
    (of, term) => logEnd(of.machine.raft.log).term === Number(term) && logEnd(onDisk(of).log).term !== Number(term),
  ],
  [/^In memory: nothing: it is down$/, ({ machine }) => machine.status === "down"],
  [
    /^In memory: commitIndex (\d+)$/,
    ({ machine: { status, raft } }, index) => status !== "down" && raft.commitIndex === Number(index),
  ],
  [
    /^In memory: lastApplied (\d+)$/,
    ({ machine: { status, raft } }, index) => status !== "down" && raft.lastApplied === Number(index),
  ],
  [
    /^nextIndex: S(\d) (\d+)$/,
    ({ machine: { raft } }, id, next) => raft.role === "leader" && raft.progress[Number(id)]!.next === Number(next),
  ],
  [
    /^matchIndex: S(\d) (\d+)$/,
    ({ machine: { raft } }, id, match) => raft.role === "leader" && raft.progress[Number(id)]!.match === Number(match),
  ],
];

test("the values on the sheet of rules are so, and what was done is said to be of its time", () => {
  const reader = new Reader(sheets);
  for (const seed of [3, 32, 65]) {
    const setup = setupFor(seed);
    const { actions, end } = runSchedule(setup, seed, { steady: true });
    const history = new History(setup, actions, end);
    history.advance(end);
    const sheetsOf = new Sheets(history);
    const elections = history.current.index.rare.filter(({ kind }) => kind === "election").slice(0, 4);
    for (const at of [...elections.map((each) => each.at), ...[1, 2, 3, 4].map((part) => (end * part) / 4)]) {
      history.seek(Math.floor(at));
      for (const machine of history.world.machines) {
        if (machine === undefined) continue;
        const sheet = finish(sheetsOf.of({ server: machine.id, group: 1 }));
        const where = `seed ${seed}, ${at / 1000} ms, S${machine.id}`;
        for (const { title, none, rows } of valuesOf(sheet)) {
          const of = { machine, sheet };
          if (none !== "") reader.hold(`${title}: ${none}`, of, where);
          for (const { name, values } of rows)
            for (const each of values) {
              const about = `${name === "" ? title : name}: ${each.name}`;
              reader.hold(`${about} ${each.text}`, of, where);
              if (each.ahead !== "") reader.hold(`${about} not yet ${each.ahead}`, of, where);
            }
        }
        const told = history.facts(sheet.event, sheet.event);
        for (const fact of told) expect(sheet.eventAt).toBe(fact.at);
      }
    }
  }
  expect([...reader.wrong].slice(0, 8)).toEqual([]);
  expect(reader.missed).toEqual([]);
});
