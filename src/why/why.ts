import type { GroupId, LogIndex, ServerId } from "../base/units.ts";
import { proposalText } from "../explain/messages.ts";
import { sentence } from "../explain/sentence.ts";
import { who } from "../explain/words.ts";
import { messageKey } from "../history/causes/aspects.ts";
import type { Causes } from "../history/causes/causes.ts";
import type { EventRow } from "../history/causes/stretch.ts";
import type { History } from "../history/history.ts";
import type { Work } from "../history/work.ts";
import { entryAt } from "../raft/log.ts";
import { refName } from "../scenario/names.ts";
import type { Fact } from "../world/facts.ts";
import { findPacket } from "../world/network.ts";
import { replicaOf, slotOf } from "../world/replicas.ts";
import type { Machine } from "../world/state/machine.ts";
import type { MessageRef } from "../world/state/messages.ts";
import type { World } from "../world/types.ts";
import { explained, lastRow, lookedBack, nothing } from "./explained.ts";
import { headline, isOf, said } from "./headline.ts";
import { ofLink } from "./link.ts";
import type { About, Compared, Why } from "./types.ts";
import { clockTime, entryWaits, serverWaits } from "./waits.ts";
import { whoseEntry } from "./whose.ts";

/** Whoever counts copies does so again at every answer. */
const refusalsBack = 600;

/** Why something is as it is at the present place; null: it is not there, or nothing has happened to it. */
export function* whyOf(history: History, causes: Causes, about: About): Work<Why | null> {
  switch (about.kind) {
    case "server":
      return yield* ofServer(history, causes, about);
    case "message":
      return yield* ofMessage(history, causes, about);
    case "entry":
      return yield* ofEntry(history, causes, about);
    case "link":
      return yield* ofLink(history, causes, about);
    case "event": {
      const row = yield* causes.row(about.event);
      const fact = row === null ? null : about.place === undefined ? headline(row.facts) : row.facts[about.place];
      if (row === null || fact === null || fact === undefined) return null;
      const { server } = sentence(fact);
      return yield* explained(history, causes, { row, fact, about: server === 0 ? "" : who(server), waits: [] });
    }
  }
}

// ---- a server ---------------------------------------------------------------------------------------------------

/** Its last decision, or what else befell it; or the one beside another. */
function* ofServer(
  history: History,
  causes: Causes,
  { server, group, beside }: Extract<About, { readonly kind: "server" }>,
): Work<Why | null> {
  const machine = replicaOf(history.world, server, group);
  if (machine === undefined) return null;
  const waits = beside === undefined ? serverWaits(history.world, machine) : [];
  const slot = slotOf(server, group);
  const about = who(server);
  const concerns = (fact: Fact): boolean => isOf(fact, group) && sentence(fact).server === server && isNews(fact);
  const fits = (row: EventRow): boolean => row.steps.includes(slot) && row.facts.some(concerns);
  const found = yield* beside?.direction === 1
    ? nextRow(history, causes, beside.event, fits)
    : lastRow(history, causes, fits, beside === undefined ? history.place.event : beside.event - 1);
  if (found === null && beside !== undefined) return null;
  if (found === null) {
    const { at, event } = history.place;
    const oldest = event > lookedBack ? yield* causes.row(event - lookedBack + 1) : null;
    const text = oldest === null ? "so far: it is as it started" : `new since ${clockTime(oldest.at)}`;
    const told = `${about} has decided nothing ${text}`;
    return { ...nothing, at, event, about, sentence: told, earlier: oldest !== null, waitsFor: waits };
  }
  const fact = headline(found.facts.filter(concerns), server)!;
  return yield* explained(history, causes, { row: found, fact, about, waits });
}

/** Not what happens all the time, nor what only follows from something else. */
function isNews(fact: Fact): boolean {
  if (fact.kind === "crashed" || fact.kind === "restarted" || fact.kind === "diskTrouble") return true;
  return (
    fact.kind === "decided" &&
    !sentence(fact).routine &&
    fact.decision.kind !== "wroteFirst" &&
    fact.decision.kind !== "applied"
  );
}

/** The first event after that one that fits, as far as the run is known. */
function* nextRow(
  { current }: History,
  causes: Causes,
  after: number,
  fits: (row: EventRow) => boolean,
): Work<EventRow | null> {
  const last = Math.min(current.end.event, after + lookedBack);
  for (let event = after + 1; event <= last; event++) {
    const row = yield* causes.row(event);
    if (row !== null && fits(row)) return row;
  }
  return null;
}

// ---- a message --------------------------------------------------------------------------------------------------

function* ofMessage(
  history: History,
  causes: Causes,
  { ref, group }: { readonly ref: MessageRef; readonly group: GroupId },
): Work<Why | null> {
  const { event: last } = history.place;
  const sentIn = yield* causes.setter(messageKey(ref), last + 1, lookedBack);
  const row = yield* causes.row(sentIn);
  if (row === null) return null;
  const { event: now } = history.place;
  const isFate = (each: Fact): boolean => "ref" in each && isSame(each.ref, ref) && each.kind !== "sent";
  const least = Math.max(sentIn, now - lookedBack);
  const fate = (yield* lastRow(history, causes, ({ facts }) => facts.some(isFate), now, least))?.facts.find(isFate);
  const fact =
    row.facts.find((each) => each.kind === "sent" && isSame(each.ref, { ...ref, copy: 0 })) ?? headline(row.facts)!;
  const own = headline(
    row.facts.filter((each) => each.kind === "decided" && isOf(each, group)),
    ref.from,
  );
  const why = yield* explained(history, causes, {
    row,
    fact: own?.kind === "decided" ? own : fact,
    about: refName(ref),
    waits: messageWaits(history.world, ref),
  });
  const what = said(fact);
  const text = own?.kind === "decided" ? `${what}: ${said(own)}` : what;
  return { ...why, sentence: fate === undefined ? text : `${text}. ${said(fate)}` };
}

const isSame = (a: MessageRef, b: MessageRef): boolean =>
  a.from === b.from && a.to === b.to && a.ordinal === b.ordinal && a.copy === b.copy;

function messageWaits(world: World, ref: MessageRef): readonly string[] {
  const packet = findPacket(world, ref);
  if (packet === undefined) return [];
  if (packet.lost !== null) return [`It is lost on its way, at ${clockTime(packet.dueAt ?? packet.arrivesAt)}`];
  if (packet.dueAt === null) return ["It waits for somebody to deliver it"];
  return [`It arrives at ${clockTime(packet.dueAt)}`];
}

// ---- an entry ---------------------------------------------------------------------------------------------------

/** Why it is committed, or not: by whoever leads, or else by whoever has the longest log. */
function* ofEntry(
  history: History,
  causes: Causes,
  { index, group }: { readonly index: LogIndex; readonly group: GroupId },
): Work<Why | null> {
  const { world } = history;
  const machine = whoseEntry(world, group, index);
  if (machine === undefined) return null;
  const { raft } = machine;
  const about = `entry ${index}`;
  const what = index > raft.log.base ? ` (${proposalText(entryAt(raft.log, index))})` : "";
  const mark = history.current.index.marks.find(
    ({ kind, group: of, value, event }) =>
      kind === "commit" && of === group && value >= index && event <= history.place.event,
  );
  const row = mark === undefined ? null : yield* causes.row(mark.event);
  const fact = row?.facts.find(
    (each) =>
      each.kind === "decided" && isOf(each, group) && each.decision.kind === "committed" && each.decision.from <= index,
  );
  if (row !== null && fact !== undefined) {
    const why = yield* explained(history, causes, { row, fact, about, waits: [] });
    return { ...why, sentence: `Entry ${index}${what} is committed: ${said(fact)}` };
  }
  const { at, event } = history.place;
  const { role, commitIndex } = raft;
  if (index <= commitIndex) {
    const since = mark === undefined ? "before this run began" : `at ${clockTime(mark.at)} or before`;
    return { ...nothing, at, event, about, sentence: `Entry ${index}${what} was committed ${since}` };
  }
  const isRefusal = ({ facts }: EventRow): boolean =>
    facts.some((each) => isRefusedCommit(each, group, index, machine.id));
  const refused = yield* lastRow(history, causes, isRefusal, event, event - refusalsBack);
  const because = refused?.facts.find((each) => isRefusedCommit(each, group, index, machine.id));
  const waits = role === "leader" ? [entryWaits(raft, index, index)] : ["It waits for a leader that has it"];
  if (refused !== null && because !== undefined) {
    const why = yield* explained(history, causes, { row: refused, fact: because, about, waits });
    return { ...why, sentence: `Entry ${index}${what} is not committed: ${said(because)}` };
  }
  const sentenceOf = role === "leader" ? waits[0]! : `${who(machine.id)} has it and does not lead`;
  return {
    ...nothing,
    at,
    event,
    about,
    sentence: `Entry ${index}${what} is not committed: ${sentenceOf}`,
    compared: copiesOf(machine, index),
    waitsFor: waits,
  };
}

const isRefusedCommit = (fact: Fact, group: GroupId, index: LogIndex, server: ServerId): boolean =>
  fact.kind === "decided" &&
  isOf(fact, group) &&
  fact.decision.kind === "notCommittedOldTerm" &&
  fact.decision.index >= index &&
  fact.decision.server === server;

function copiesOf({ raft, id }: Machine, index: LogIndex): readonly Compared[] {
  if (raft.role !== "leader") return [];
  const asked = (decides: boolean): Pick<Compared, "decides" | "asked"> => ({ decides, asked: true });
  const matches = raft.progress.flatMap((each, of) =>
    each === undefined || of === id ? [] : [{ of, match: each.match }],
  );
  return matches.map(({ of, match }) => ({
    what: `known to be on ${who(of)}`,
    here: `up to entry ${match}`,
    there: `entry ${index}`,
    ...asked(match < index),
  }));
}
