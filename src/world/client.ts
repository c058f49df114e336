import type { GroupId, Micros, ServerId } from "../base/units.ts";
import { microsPerSecond } from "../base/units.ts";
import { clientHabits, limits } from "./limits.ts";
import { serverIds, type Tell, transmit } from "./network.ts";
import { groupOfKey, named } from "./replicas.ts";
import type { ClientReply, KvOperation, Request, World } from "./types.ts";

/**
 * The client: one, outside the cluster. It asks the leader that it last heard of, follows redirects, asks somebody
 * else after a while where nobody knows a leader, and gives up in the end: the outcome is then unknown. It never
 * repeats a request that a leader may have taken (a repetition could execute it twice, §8).
 */
export function ask(world: World, operation: KvOperation, server: ServerId | undefined, tell: Tell): void {
  const { client, now } = world;
  const to = server ?? (client.leaders[groupOf(world, operation)] || serverIds(world)[0]!);
  const request: Request = {
    number: ++client.asked,
    operation,
    askedAt: now,
    server: to,
    state: "asking",
    until: now + clientHabits.givesUpAfter,
    retryAt: 0,
    value: null,
    redirects: 0,
  };
  client.open.push(request);
  if (client.open.length > limits.requestsOpen) world.stopped = `more than ${limits.requestsOpen} open requests`;
  tell?.({ kind: "requestAsked", request: request.number, operation, server: to, ...whose(world, operation) });
  sendRequest(world, request, tell);
}

const groupOf = ({ setup }: World, { key }: KvOperation): GroupId => groupOfKey(key, setup.groups);
const whose = (world: World, operation: KvOperation) => named(world, groupOf(world, operation));

function end(world: World, request: Request, state: "done" | "unknown"): void {
  const { open, ended } = world.client;
  request.state = state;
  request.until = world.now;
  open.splice(open.indexOf(request), 1);
  ended.push(request);
  if (ended.length > limits.requestsKept) ended.shift();
}

function sendRequest(world: World, request: Request, tell: Tell): void {
  const { number, operation, server: to } = request;
  const sender = { id: 0, group: groupOf(world, operation) };
  transmit(world, { type: "ClientRequest", from: 0, to, request: number, operation }, tell, sender);
}

/** `group`: whose answer it is, also where the request is long forgotten. */
export function hear(world: World, reply: ClientReply, group: GroupId, tell: Tell): void {
  const { client } = world;
  const { outcome } = reply;
  const request = client.open.find(({ number }) => number === reply.request);
  if (outcome.kind === "done") client.leaders[group] = reply.from;
  if (request === undefined) return;
  if (outcome.kind === "done") {
    request.value = outcome.value;
    end(world, request, "done");
    const { number, operation } = request;
    const answer = { value: outcome.value, server: reply.from, ...whose(world, operation) };
    tell?.({ kind: "requestAnswered", request: number, operation, ...answer });
    return;
  }
  follow(world, request, outcome.leader, reply.from, tell);
}

function follow(world: World, request: Request, leader: ServerId, from: ServerId, tell: Tell): void {
  request.redirects++;
  world.client.leaders[groupOf(world, request.operation)] = leader;
  if (leader === 0 || leader === from) {
    const ids = serverIds(world);
    request.server = ids[(ids.indexOf(from) + 1) % ids.length]!;
    request.retryAt = world.now + clientHabits.asksAgainAfter;
    return;
  }
  request.server = leader;
  const whence = { from, to: leader, ...whose(world, request.operation) };
  tell?.({ kind: "requestRedirected", request: request.number, ...whence });
  sendRequest(world, request, tell);
}

/** The next time at which the client does something by itself; Infinity if never. */
export function clientDueAt(world: World): Micros {
  const { client } = world;
  let soonest = client.loadPerSecond > 0 ? client.loadNextAt : Number.POSITIVE_INFINITY;
  for (const { until, retryAt } of client.open) {
    if (until < soonest) soonest = until;
    if (retryAt > 0 && retryAt < soonest) soonest = retryAt;
  }
  return soonest;
}

/** Does the one thing that is due now. */
export function clientActs(world: World, tell: Tell): void {
  const { client, now } = world;
  for (const request of client.open) {
    if (request.until <= now) return giveUp(world, request, tell);
    if (request.retryAt > 0 && request.retryAt <= now) {
      request.retryAt = 0;
      return sendRequest(world, request, tell);
    }
  }
  client.loadNextAt = now + Math.floor(microsPerSecond / client.loadPerSecond);
  ask(
    world,
    { op: "put", key: loadKeys[client.asked % loadKeys.length]!, value: String(client.asked + 1) },
    undefined,
    tell,
  );
}

const loadKeys = ["x", "y", "z"] as const;

function giveUp(world: World, request: Request, tell: Tell): void {
  end(world, request, "unknown");
  const { number, operation, server } = request;
  world.client.leaders[groupOf(world, operation)] = 0;
  tell?.({ kind: "requestGivenUp", request: number, operation, server, ...whose(world, operation) });
}
