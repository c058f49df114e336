import type { GroupId, Micros, ServerId, Term } from "../base/units.ts";
import { tellDecision } from "../explain/decisions.ts";
import { type LineName, lineOf, reasonOf, rulesOf, type SheetPart, sheet } from "../explain/sheet.ts";
import { who } from "../explain/words.ts";
import { Firings } from "../history/firings.ts";
import type { History } from "../history/history.ts";
import { momentAfter } from "../history/moment-after.ts";
import type { Work } from "../history/work.ts";
import { bugsAgainst } from "../raft/bugs/index.ts";
import type { Decision } from "../raft/decisions.ts";
import { logEnd, type RaftLog } from "../raft/log.ts";
import { rulesWith } from "../raft/rules/broken.ts";
import { replicaOf } from "../world/replicas.ts";
import type { Machine } from "../world/state/machine.ts";
import type { World } from "../world/types.ts";
import type { RuleSheet, SheetAsk, SheetLineView } from "./protocol/sheet.ts";

const nameOf = (decision: Decision): LineName => lineOf(decision.kind, decision);

/** The sheets of one history: what was found out for one is known for the next. */
export class Sheets {
  private readonly firings: Firings<LineName>;

  constructor(readonly history: History) {
    this.firings = new Firings(history, nameOf);
  }

  *of({ server, group }: SheetAsk): Work<RuleSheet> {
    const { history, firings } = this;
    yield* firings.known();
    const { world, place } = history;
    const state = stateOf(world, server, group);
    const ahead = aheadOf(world, server, group);
    const before = yield* this.changed(state, server, group);
    const { decided, at: eventAt } = yield* this.decided(server, group);
    const parts = sheet.flatMap((part) => {
      const lines = this.linesOf(part, { server, group }, decided);
      return lines.length === 0 ? [] : [{ title: part.title, lines }];
    });
    const down = replicaOf(world, server, group)?.status === "down";
    return { ...{ server, group, event: place.event, eventAt, down }, ...{ state, ahead, before, parts } };
  }

  private linesOf({ lines }: SheetPart, { server, group }: SheetAsk, decided: readonly Decision[]): SheetLineView[] {
    const { setup } = this.history.world;
    const asked = rulesWith(setup.bugs);
    const options = replicaOf(this.history.world, server, group)?.options ?? setup.raft;
    return lines.flatMap(([name, line]): SheetLineView[] => {
      const { count, earlier, later } = this.firings.of(server, group, name, this.history.place.event);
      if (line.where?.(options) === false && count === 0 && later === 0) return [];
      const done = decided.findLast((decision) => nameOf(decision) === name);
      const off = rulesOf(line).find((rule) => asked[rule].replacedBy !== null);
      return [
        {
          ...{ name, words: line.words, ...reasonOf(line), count, earlier, later },
          now: done === undefined ? "" : tellDecision(done.kind, done).text,
          last: done !== undefined && done === decided.at(-1),
          off: off === undefined ? "" : asked[off].replacedBy!.changed,
          bug: bugsAgainst(line.by[0])[0]?.name ?? "",
        },
      ];
    });
  }

  /** What the server decided in the last event, and when that was: it may be long ago. */
  private *decided(server: ServerId, group: GroupId): Work<{ decided: readonly Decision[]; at: Micros }> {
    const { event, at } = this.history.place;
    const facts = yield* this.history.tracing(event, event);
    const decided = facts.flatMap((fact) =>
      fact.kind === "decided" && fact.decision.server === server && (fact.group ?? 1) === group ? [fact.decision] : [],
    );
    return { decided, at: facts.at(-1)?.at ?? at };
  }

  private *changed(state: RuleSheet["state"], server: ServerId, group: GroupId): Work<RuleSheet["before"]> {
    const { event } = this.history.place;
    if (event === 0) return {};
    const { world } = yield* momentAfter(this.history, event - 1);
    const before = stateOf(world, server, group);
    return Object.fromEntries(Object.entries(before).filter(([name, value]) => state[name] !== value));
  }
}

/** What is on the disk. One that lies has what it had when it began to. */
function storedOf({ disk }: Machine) {
  const { term, votedFor, log } = (disk.trouble?.kind === "lying" ? disk.trouble.stored : null) ?? disk;
  return persistent(term, votedFor, log);
}
function persistent(currentTerm: Term, votedFor: ServerId, log: RaftLog) {
  const end = logEnd(log);
  return { currentTerm, votedFor, lastIndex: end.index, lastTerm: end.term };
}

function aheadOf(world: World, server: ServerId, group: GroupId): RuleSheet["ahead"] {
  const machine = replicaOf(world, server, group);
  if (machine === undefined || machine.status === "down") return {};
  const stored: Record<string, number> = storedOf(machine);
  const { term, votedFor, log } = machine.raft;
  return Object.fromEntries(
    Object.entries(persistent(term, votedFor, log)).filter(([name, value]) => stored[name] !== value),
  );
}

function stateOf(world: World, server: ServerId, group: GroupId): Record<string, number> {
  const machine = replicaOf(world, server, group);
  if (machine === undefined) return {};
  const { commitIndex, lastApplied, role, progress } = machine.raft;
  const state = { ...storedOf(machine), commitIndex, lastApplied };
  if (role !== "leader") return state;
  const others = Object.entries(progress).flatMap(([id, known]) =>
    known === undefined || Number(id) === server
      ? []
      : [
          [`nextIndex ${who(Number(id))}`, known.next] as const,
          [`matchIndex ${who(Number(id))}`, known.match] as const,
        ],
  );
  return { ...state, ...Object.fromEntries(others) };
}
