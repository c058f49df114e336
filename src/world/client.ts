import type { LogIndex, Micros, ServerId } from "../base/units.ts";
import { forgetSession, sessionOf, setSession, tagOf, takePlace, waitingFor } from "./client-sessions.ts";
import { type Asked, clientNamed, clientOf } from "./clients.ts";
import { asksAgainAfter, limits } from "./limits.ts";
import { asksNext, loadDueAt, nextFromLoad } from "./load.ts";
import type { Onlookers } from "./machine.ts";
import { serverIds, transmit } from "./network.ts";
import { noteCall, noteEnd, tooManyOperations } from "./operations.ts";
import { groupOfKey, named } from "./replicas.ts";
import type { Request, RequestState } from "./state/clients.ts";
import type { ClientReply, Packet, SessionRefusal } from "./state/messages.ts";
import type { World } from "./types.ts";

/**
 * Clients, outside the cluster. A client asks the leader that it last heard of, follows redirects, asks somebody else
 * after a while where nobody knows a leader, and gives up in the end. Without an answer it asks again only where the
 * set-up says so: in a session that is safe, without one the command may be executed twice (§8).
 */
export function ask(world: World, asked: Asked, onlookers: Onlookers): void {
  const { clients } = world;
  const request = newRequest(world, asked);
  clients.open.push(request);
  noteCall(world, request);
  if (clients.open.length > limits.requestsOpen) world.stopped = `more than ${limits.requestsOpen} open requests`;
  if (tooManyOperations(world)) world.stopped = `more than ${limits.operations} requests`;
  const { number, operation, server } = request;
  onlookers.tell?.({ kind: "requestAsked", request: number, operation, server, ...whose(world, request) });
  onlookers.audit?.asked(world, request);
  if (takePlace(world, request)) sendRequest(world, request, onlookers);
  else openSession(world, request, onlookers);
}

function newRequest(world: World, { operation, client = 1, server, read = null, load = 0, group }: Asked): Request {
  const { clients, setup, now } = world;
  const home = group ?? (operation.op === "session" ? 1 : groupOfKey(operation.key, setup.groups));
  return {
    number: ++clients.asked,
    client,
    group: home,
    operation,
    read,
    load,
    askedAt: now,
    server: server ?? (clientOf(world, client).leaders[home] || serverIds(world)[0]!),
    state: "asking",
    until: now + setup.clients.givesUpAfter,
    retryAt: 0,
    value: null,
    tries: 0,
    redirects: 0,
    session: 0,
    sequence: 0,
  };
}

const whose = (world: World, { client, group }: Request) => ({
  ...clientNamed(world, client),
  ...named(world, group),
});

function sendRequest(world: World, request: Request, { tell }: Onlookers): void {
  const { number, client, group, operation, server: to, read } = request;
  const { repeatAfter } = world.setup.clients;
  request.tries++;
  request.retryAt = repeatAfter > 0 ? world.now + repeatAfter : 0;
  const tag = tagOf(world, request);
  const payload = { type: "ClientRequest", from: 0, to, request: number, client, operation, tag, read } as const;
  transmit(world, payload, tell, { id: 0, group });
}

/** One is enough for all commands that wait for it. */
function openSession(world: World, request: Request, onlookers: Onlookers): void {
  const session = sessionOf(world, request);
  if (session.opening !== 0) return;
  const { client, group, server } = request;
  setSession(world, request, { ...session, opening: world.clients.asked + 1 });
  ask(world, { operation: { op: "session", client }, client, group, server }, onlookers);
}

// ---- answers ------------------------------------------------------------------------------------------------

/** The newest are last, and most often asked for. */
function numbered(list: readonly Request[], number: number): Request | undefined {
  for (let at = list.length - 1; at >= 0; at--) if (list[at]!.number === number) return list[at];
  return undefined;
}

export function hear(world: World, reply: ClientReply, { group, ref }: Packet, onlookers: Onlookers): void {
  const { open, ended } = world.clients;
  const { outcome, from } = reply;
  const request = numbered(open, reply.request);
  const known = request ?? numbered(ended, reply.request);
  if (outcome.kind === "done" && known !== undefined && known.read !== "stale")
    clientOf(world, known.client).leaders[group] = from;
  if (request === undefined) return;
  switch (outcome.kind) {
    case "done":
      return finished(world, request, outcome, from, onlookers);
    case "redirect":
      // A copy of an answer answers nothing more.
      if (ref.copy === 0) request.redirects++;
      return follow(world, request, outcome.leader, from, onlookers);
    case "refused":
      return refused(world, request, outcome.why, from, onlookers);
  }
}

interface Answer {
  readonly value: string | null;
  readonly index: LogIndex;
}

function finished(world: World, request: Request, answer: Answer, from: ServerId, onlookers: Onlookers): void {
  const { number, operation } = request;
  request.server = from;
  end(world, request, "done", answer, onlookers);
  const { value } = answer;
  const { tell } = onlookers;
  tell?.({ kind: "requestAnswered", request: number, operation, value, server: from, ...whose(world, request) });
  if (operation.op !== "session") return;
  setSession(world, request, { id: Number(value), asked: 0, opening: 0 });
  for (const waiting of waitingFor(world, request)) {
    takePlace(world, waiting);
    sendRequest(world, waiting, onlookers);
  }
}

function follow(world: World, request: Request, leader: ServerId, from: ServerId, onlookers: Onlookers): void {
  // Meanwhile it has asked another one.
  if (from !== request.server) return;
  clientOf(world, request.client).leaders[request.group] = leader;
  if (leader === 0 || leader === from) {
    request.server = serverAfter(world, from);
    request.retryAt = world.now + asksAgainAfter;
    return;
  }
  request.server = leader;
  const told = { request: request.number, from, to: leader, ...whose(world, request) };
  onlookers.tell?.({ kind: "requestRedirected", ...told });
  sendRequest(world, request, onlookers);
}

function serverAfter(world: World, server: ServerId): ServerId {
  const ids = serverIds(world);
  return ids[(ids.indexOf(server) + 1) % ids.length]!;
}

/** An earlier copy of a command may have been executed while its session was known. */
function refused(world: World, request: Request, why: SessionRefusal, from: ServerId, onlookers: Onlookers): void {
  const { number, operation, tries } = request;
  request.server = from;
  if (why === "no session") forgetSession(world, request);
  end(world, request, tries === 1 ? "failed" : "unknown", null, onlookers);
  const told = { request: number, operation, server: from, why, ...whose(world, request) };
  onlookers.tell?.({ kind: "requestRefused", ...told });
}

function end(
  world: World,
  request: Request,
  state: Exclude<RequestState, "asking">,
  answer: Answer | null,
  onlookers: Onlookers,
): void {
  const { open, ended } = world.clients;
  request.state = state;
  request.until = world.now;
  request.value = answer?.value ?? null;
  open.splice(open.indexOf(request), 1);
  ended.push(request);
  if (ended.length > limits.requestsKept) ended.shift();
  const operation = noteEnd(world, request, state === "done" ? "ok" : state, answer);
  onlookers.audit?.ended(world, request, operation);
  asksNext(world, request);
}

/** A server takes a copy of a request: there is one more answer to be expected. */
export function noteCopy({ clients }: World, number: number): void {
  const request = clients.open.find((open) => open.number === number);
  if (request !== undefined) request.tries++;
}

// ---- what clients do by themselves --------------------------------------------------------------------------

/** The next time at which a client does something by itself; Infinity if never. */
export function clientDueAt(world: World): Micros {
  let soonest = loadDueAt(world);
  const { open } = world.clients;
  for (let at = 0; at < open.length; at++) {
    const { until, retryAt } = open[at]!;
    if (until < soonest) soonest = until;
    if (retryAt > 0 && retryAt < soonest) soonest = retryAt;
  }
  return soonest;
}

/** Does the one thing that is due now. */
export function clientActs(world: World, onlookers: Onlookers): void {
  const { clients, now } = world;
  for (const request of clients.open) {
    if (request.until <= now) return giveUp(world, request, onlookers);
    if (request.retryAt > 0 && request.retryAt <= now) return askAgain(world, request, onlookers);
  }
  ask(world, nextFromLoad(world), onlookers);
}

/** Where every server that was asked has sent it elsewhere, nothing is repeated. */
const unanswered = ({ tries, redirects }: Request): boolean => tries > redirects;

function askAgain(world: World, request: Request, onlookers: Onlookers): void {
  if (unanswered(request)) {
    request.server = serverAfter(world, request.server);
    const { number, operation, server } = request;
    onlookers.tell?.({ kind: "requestRepeated", request: number, operation, server, ...whose(world, request) });
  }
  sendRequest(world, request, onlookers);
}

function giveUp(world: World, request: Request, onlookers: Onlookers): void {
  const { number, operation, server, client, group } = request;
  const taken = unanswered(request);
  end(world, request, taken ? "unknown" : "failed", null, onlookers);
  clientOf(world, client).leaders[group] = 0;
  const told = { request: number, operation, server, ...whose(world, request) };
  onlookers.tell?.({ kind: "requestGivenUp", ...told, ...(taken ? {} : { untaken: true }) });
  if (operation.op !== "session") return;
  const waiting = waitingFor(world, request);
  setSession(world, request, { ...sessionOf(world, request), opening: 0 });
  for (const command of waiting) giveUp(world, command, onlookers);
}
