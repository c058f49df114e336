import type { ClientId, GroupId, ServerId } from "../base/units.ts";
import { copyVector } from "../base/vector.ts";
import { noOperations } from "./operations.ts";
import type { Client, Clients, Load, Request } from "./state/clients.ts";
import type { Operation, ReadMode } from "./state/commands.ts";
import type { Setup } from "./state/setup.ts";
import type { World } from "./types.ts";

/** What a client shall ask. */
export interface Asked {
  readonly operation: Operation;
  /** Default: C1. */
  readonly client?: ClientId;
  /** Default: the leader that the client last heard of. */
  readonly server?: ServerId;
  readonly read?: ReadMode | null;
  /** Default: by hand. */
  readonly load?: number;
  /** Default: the group that keeps the key. */
  readonly group?: GroupId;
}

export const noLoad: Load = { perSecond: 0, clients: 1, mode: "open", reads: 0, keys: 3, read: null, number: 0 };

/** C1 is there from the start. */
export function newClients(setup: Setup): Clients {
  const clients: Clients = {
    each: [],
    open: [],
    ended: [],
    asked: 0,
    load: noLoad,
    loadNextAt: 0,
    operations: noOperations(),
  };
  clients.each[1] = newClient(1, setup);
  return clients;
}

function newClient(id: ClientId, { groups }: Setup): Client {
  const perGroup = <Value>(value: Value): Value[] => Array.from({ length: groups + 1 }, () => value);
  return { id, leaders: perGroup<ServerId>(0), sessions: perGroup(noSession), asksAt: 0 };
}

export const noSession: Client["sessions"][number] = { id: 0, asked: 0, opening: 0 };

/** The client of that name: it and all before it begin to be where they were not. */
export function clientOf({ clients, setup }: World, id: ClientId): Client {
  for (let next = clients.each.length; next <= id; next++) clients.each[next] = newClient(next, setup);
  return clients.each[id]!;
}

export const copyClients = (clients: Clients): Clients => ({
  each: clients.each.map(copyClient),
  open: clients.open.map(copyRequest),
  ended: clients.ended.slice(),
  asked: clients.asked,
  load: clients.load,
  loadNextAt: clients.loadNextAt,
  operations: { list: copyVector(clients.operations.list), order: clients.operations.order },
});

const copyClient = ({ id, leaders, sessions, asksAt }: Client): Client => ({
  id,
  leaders: leaders.slice(),
  sessions: sessions.slice(),
  asksAt,
});

const copyRequest = (request: Request): Request => ({
  number: request.number,
  client: request.client,
  group: request.group,
  operation: request.operation,
  read: request.read,
  load: request.load,
  askedAt: request.askedAt,
  server: request.server,
  state: request.state,
  until: request.until,
  retryAt: request.retryAt,
  value: request.value,
  tries: request.tries,
  redirects: request.redirects,
  session: request.session,
  sequence: request.sequence,
});

/** What says in a fact whose request it is: nothing where there is only one client. */
export const clientNamed = ({ clients }: World, client: ClientId): { readonly client?: ClientId } =>
  clients.each.length > 2 ? { client } : {};
