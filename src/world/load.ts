import { draw, inRange } from "../base/random.ts";
import { type ClientId, type Micros, microsPerSecond } from "../base/units.ts";
import { type Asked, clientOf, noLoad } from "./clients.ts";
import type { Load, LoadOrder, Request } from "./state/clients.ts";
import type { KvOperation } from "./state/commands.ts";
import type { World } from "./types.ts";

/** What clients do by themselves: reads and writes of few keys, every write with a value of its own. */

const streams = { key: 300, kind: 301 } as const;
const keyNames = ["x", "y", "z", "a", "b", "c", "d", "e", "f"] as const;

export function startLoad(world: World, order: LoadOrder): void {
  const { clients, now } = world;
  const { perSecond, clients: count, mode, reads, keys, read } = { ...noLoad, ...order };
  const load: Load = { perSecond, clients: count, mode, reads, keys, read, number: clients.load.number + 1 };
  clients.load = load;
  clients.loadNextAt = now;
  for (const client of clients.each) if (client !== undefined) client.asksAt = 0;
  if (perSecond === 0 || load.mode === "open") return;
  for (let id = 1; id <= load.clients; id++) clientOf(world, id).asksAt = Math.max(1, now);
}

/** The next time at which a client asks by itself; Infinity if none ever does. */
export function loadDueAt({ clients }: World): Micros {
  const { load, loadNextAt, each } = clients;
  if (load.perSecond === 0) return Number.POSITIVE_INFINITY;
  if (load.mode === "open") return loadNextAt;
  let soonest = Number.POSITIVE_INFINITY;
  for (const client of each) if (client && client.asksAt > 0 && client.asksAt < soonest) soonest = client.asksAt;
  return soonest;
}

/** What is due now. */
export function nextFromLoad(world: World): Asked {
  const { clients, now } = world;
  const { load } = clients;
  const client = whoseTurn(world);
  if (load.mode === "open") clients.loadNextAt = now + Math.floor(microsPerSecond / load.perSecond);
  else clientOf(world, client).asksAt = 0;
  const operation = nextOperation(world);
  return { operation, client, read: operation.op === "get" ? load.read : null, load: load.number };
}

function whoseTurn({ clients, now }: World): ClientId {
  const { load, asked, each } = clients;
  if (load.mode === "open") return 1 + (asked % load.clients);
  return each.find((client) => client && client.asksAt > 0 && client.asksAt <= now)!.id;
}

const roll = ({ clients, seed }: World, stream: number, max: number): number =>
  inRange(draw(seed, stream, clients.asked), 0, max - 1);

function nextOperation(world: World): KvOperation {
  const { load, asked } = world.clients;
  // Several clients in turn and keys in turn would give each client keys of its own.
  const place = load.clients > 1 ? roll(world, streams.key, load.keys) : asked % load.keys;
  const key = keyNames[place]!;
  if (load.reads > 0 && roll(world, streams.kind, 100) < load.reads) return { op: "get", key };
  return { op: "put", key, value: String(asked + 1) };
}

/** Closed loop: whoever has been answered, or has given up, asks again. */
export function asksNext(world: World, request: Request): void {
  const { clients, now } = world;
  const { load } = clients;
  if (request.load !== load.number || load.mode !== "closed" || load.perSecond === 0) return;
  const pace = Math.floor((microsPerSecond * load.clients) / load.perSecond);
  clientOf(world, request.client).asksAt = Math.max(1, now, request.askedAt + pace);
}
