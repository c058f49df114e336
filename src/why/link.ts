import type { ServerId } from "../base/units.ts";
import { messageWords } from "../explain/messages.ts";
import { entries, who } from "../explain/words.ts";
import { linkKey } from "../history/causes/aspects.ts";
import type { Causes } from "../history/causes/causes.ts";
import type { EventRow } from "../history/causes/stretch.ts";
import type { History } from "../history/history.ts";
import type { Work } from "../history/work.ts";
import { isLearner, isVoter } from "../raft/configuration.ts";
import { lastIndex } from "../raft/log.ts";
import { endName } from "../scenario/names.ts";
import type { Fact } from "../world/facts.ts";
import { between, percent } from "../world/faults/words.ts";
import { linkOf } from "../world/network.ts";
import { replicaOf } from "../world/replicas.ts";
import type { DirectedLink, Packet } from "../world/state/messages.ts";
import type { World } from "../world/types.ts";
import { explained, lastRow, lookedBack, nothing } from "./explained.ts";
import { headline, isOf, said } from "./headline.ts";
import type { About, Why } from "./types.ts";
import { clockTime } from "./waits.ts";

type LinkAbout = Extract<About, { readonly kind: "link" }>;

/** One direction of a link: what cut it, or else what happened on it last; what is on it; what waits for it. */
export function* ofLink(history: History, causes: Causes, { link, group }: LinkAbout): Work<Why | null> {
  const { world, place } = history;
  const [from, to] = link;
  if (world.links[from]?.[to] === undefined) return null;
  const { up } = linkOf(world, from, to);
  const about = `${endName(from)}>${endName(to)}`;
  const waits = linkWaits(world, link, group);
  const now = linkNow(world, link, group);
  const switched = yield* switchedIn(causes, link, place.event);
  const passes = (fact: Fact): boolean =>
    "ref" in fact && isOf(fact, group) && fact.ref.from === from && fact.ref.to === to;
  const passed = up ? yield* lastRow(history, causes, ({ facts }) => facts.some(passes)) : null;
  const row = newer(switched?.row ?? null, passed);
  if (row === null) {
    const { at, event } = place;
    const text = `Nothing has happened on the link from ${who(from)} to ${who(to)}`;
    const earlier = event > lookedBack;
    return {
      ...nothing,
      at,
      event,
      about,
      now,
      sentence: `${text}${earlier ? " lately" : ""}`,
      earlier,
      waitsFor: waits,
    };
  }
  const own = row === passed ? row.facts.filter(passes) : (switched?.facts ?? []);
  const fact = own.at(-1) ?? headline(row.facts);
  const why = fact === null ? null : yield* explained(history, causes, { row, fact, about, waits });
  const since = `The link from ${who(from)} to ${who(to)} has been ${up ? "open again" : "cut"} since ${clockTime(row.at)}`;
  const text = row === passed ? said(fact!) : fact === null ? since : `${since}: ${said(fact)}`;
  return { ...(why ?? nothing), at: row.at, event: row.event, about, now, sentence: text, waitsFor: waits };
}

/**
 * The event in which it went down, or up again, last; and what of it says why: an act, or a fault that begins or ends.
 * Of a link that flaps a turn says nothing: what began it does.
 */
function* switchedIn(
  causes: Causes,
  [from, to]: DirectedLink,
  event: number,
): Work<{ readonly row: EventRow; readonly facts: readonly Fact[] } | null> {
  const row = yield* causes.row(yield* causes.setter(linkKey(from, to), event + 1, lookedBack));
  if (row === null) return null;
  const isWhy = ({ kind }: Fact): boolean => kind === "acted" || kind === "ended";
  const facts = row.facts.filter(isWhy);
  if (facts.length > 0) return { row, facts };
  const caused = yield* causes.of(row.event);
  const began = yield* causes.row(caused?.causes.find(({ as }) => as === "trigger")?.event ?? 0);
  return { row, facts: began?.facts.filter(isWhy) ?? [] };
}

const newer = (a: EventRow | null, b: EventRow | null): EventRow | null => ((a?.event ?? 0) > (b?.event ?? 0) ? a : b);

const onIt = ({ packets }: World, [from, to]: DirectedLink, group: number): readonly Packet[] =>
  packets.filter(({ ref, group: of }) => ref.from === from && ref.to === to && of === group);

/** "open: a message takes 5 ms to 20 ms, 4 % are lost; 2 messages are on it". */
export function linkNow(world: World, link: DirectedLink, group: number): string {
  const { up, settings, overlay } = linkOf(world, ...link);
  const count = onIt(world, link, group).length;
  const on = count === 0 ? "nothing is on it" : count === 1 ? "1 message is on it" : `${count} messages are on it`;
  if (!up) return `cut: what is sent is lost; ${on}`;
  const { latencyMin, latencyMax, loss, duplicate, bandwidth, delay, reorder } = {
    ...settings,
    ...noOverlay,
    ...overlay,
  };
  const takes = `a message takes ${between([latencyMin + delay[0], latencyMax + delay[1]])}`;
  const more = [
    loss > 0 ? `${percent(loss)} are lost` : "",
    duplicate > 0 ? `${percent(duplicate)} arrive twice` : "",
    reorder !== null ? `${percent(reorder.share)} are overtaken` : "",
    bandwidth !== null ? `it carries ${bandwidth} bytes a second` : "",
  ].filter((words) => words !== "");
  return `open: ${[world.mode === "manual" ? "you deliver every message" : takes, ...more].join(", ")}; ${on}`;
}
const noOverlay = { delay: [0, 0] as const, reorder: null };

const packetsMost = 3;

/** What is on its way, when the link opens again, and what its sender cannot do before the other has heard of it. */
export function linkWaits(world: World, link: DirectedLink, group: number): readonly string[] {
  const [from, to] = link;
  const packets = onIt(world, link, group);
  const left = packets.length - packetsMost;
  return [
    ...packets.slice(0, packetsMost).map(packetWaits),
    ...(left > 0 ? [`${left} more ${left === 1 ? "message is" : "messages are"} on it`] : []),
    ...opens(world, link),
    ...senderWaits(world, from, to, group),
  ];
}

function packetWaits({ payload, lost, dueAt, arrivesAt }: Packet): string {
  const what = messageWords(payload).replace(/[?:].*$/, "");
  if (lost !== null) return `${what} is lost on its way, at ${clockTime(dueAt ?? arrivesAt)}`;
  return dueAt === null ? `${what} waits for somebody to deliver it` : `${what} arrives at ${clockTime(dueAt)}`;
}

/** By the end of what cut it, which the world has in its list. */
function opens(world: World, [from, to]: DirectedLink): readonly string[] {
  if (linkOf(world, from, to).up) return [];
  const end = world.appointments.find(
    ({ act, targets }) =>
      act.do !== "flap" && targets.some((each) => each.on === "link" && each.link[0] === from && each.link[1] === to),
  );
  const turn = world.appointments.find(
    ({ act, targets }) =>
      act.do === "flap" && targets.some((each) => each.on === "link" && each.link[0] === from && each.link[1] === to),
  );
  const at = end?.until ?? turn?.at;
  return at == null ? ["It stays cut until somebody mends it"] : [`It opens again at ${clockTime(at)}`];
}

function senderWaits(world: World, from: ServerId, to: ServerId, group: number): readonly string[] {
  const sender = replicaOf(world, from, group);
  if (sender === undefined || sender.status !== "up") return [];
  const { role, progress, log, votes, configuration } = sender.raft;
  if (role === "leader") {
    const match = progress[to]?.match;
    if (match === undefined || match >= lastIndex(log)) return [];
    if (!isVoter(configuration, to) && !isLearner(configuration, to)) return [];
    const which = entries(match + 1, lastIndex(log));
    return [`As far as ${who(from)} knows, ${who(to)} lacks ${which}`];
  }
  const asks = role === "candidate" ? "its vote" : role === "preCandidate" ? "its promise of a vote" : "";
  return asks === "" || !isVoter(configuration, to) || votes[to] !== undefined
    ? []
    : [`${who(from)} has no answer from ${who(to)} yet, whom it asks for ${asks}`];
}
