import { emptyVector, push, replaceAt, type Vector, valueAt } from "../base/vector.ts";
import type { RaftOptions } from "../raft/options.ts";
import { limits } from "./limits.ts";
import type { ClientOperation, OperationOutcome, Operations, Request } from "./state/clients.ts";
import type { KvOperation, ReadMode } from "./state/commands.ts";
import type { World } from "./types.ts";

/** The clients' history: what was asked and what became of it, from the first request of a run to its end. */

export const noOperations = (): Operations => ({ list: emptyVector(), order: 0 });

/** How gets are served that do not say it. */
export const readsBy = ({ reads }: RaftOptions): ReadMode => (reads === "safe" ? "index" : reads);

/** A request about a session is none of the client's operations. */
export function noteCall({ clients, options }: World, request: Request): void {
  const { number, client, group, operation, askedAt: calledAt, server } = request;
  if (operation.op === "session") return;
  const read = operation.op === "get" ? (request.read ?? readsBy(options)) : null;
  const { operations } = clients;
  const called = ++operations.order;
  // One literal: records put together from parts cost many times as much, and a history has thousands.
  push(operations.list, {
    number,
    client,
    group,
    operation,
    read,
    calledAt,
    endedAt: null,
    called,
    returned: null,
    outcome: "open",
    value: null,
    server,
    index: 0,
  });
}

/** `returned`: null unless there was an answer. The operation as it is now; null if it was none. */
export function noteEnd(
  world: World,
  { number, server }: Request,
  outcome: OperationOutcome,
  answer: { readonly value: string | null; readonly index: number } | null,
): ClientOperation | null {
  const { operations } = world.clients;
  const place = placeOf(operations.list, number);
  const operation = valueAt(operations.list, place);
  if (operation?.number !== number) return null;
  // As in the call: one literal.
  const ended: ClientOperation = {
    number,
    client: operation.client,
    group: operation.group,
    operation: operation.operation,
    read: operation.read,
    calledAt: operation.calledAt,
    endedAt: world.now,
    called: operation.called,
    returned: answer === null ? null : ++operations.order,
    outcome,
    value: answer === null ? null : answer.value,
    server,
    index: answer === null ? 0 : answer.index,
  };
  replaceAt(operations.list, place, ended);
  return ended;
}

/** What a mode promises of a read's place: a lease less than an index, and that less than a place in the log. */
const strength: Readonly<Record<ReadMode, number>> = { log: 3, index: 2, lease: 1, stale: 0 };

/** Reads that do not say how are served in another way from now on. Those under way may be served in either, and promise what the weaker does. */
export function noteReadsChange({ clients: { operations, open }, options }: World): void {
  const mode = readsBy(options);
  for (const { number, operation: asked, read } of open) {
    if (asked.op !== "get" || read !== null) continue;
    const place = placeOf(operations.list, number);
    const operation = valueAt(operations.list, place);
    if (operation?.number === number && strength[mode] < strength[operation.read ?? "log"])
      replaceAt(operations.list, place, { ...operation, read: mode });
  }
}

/** Where the operation of that number is, or would be. Most have just been asked: the last few are looked at first. */
function placeOf(list: Vector<ClientOperation>, number: number): number {
  let [low, high] = [0, list.length];
  for (let back = 1; back < high; back *= 2) {
    const at = high - back;
    if (valueAt(list, at)!.number > number) continue;
    low = at;
    break;
  }
  while (low < high) {
    const middle = (low + high) >> 1;
    if (valueAt(list, middle)!.number < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Null: there is none of that number, or it was about a session. */
export function operationNumbered({ clients }: World, number: number): ClientOperation | null {
  const { list } = clients.operations;
  const found = valueAt(list, placeOf(list, number));
  return found?.number === number ? found : null;
}

/** All of them, in the order of their calls. */
export const operationsOf = ({ clients }: World): ClientOperation[] => {
  const { list } = clients.operations;
  return Array.from({ length: list.length }, (_, i) => valueAt(list, i)!);
};

/** "get x". */
export const operationName = ({ op, key }: KvOperation): string => `${op} ${key}`;

export const tooManyOperations = ({ clients }: World): boolean => clients.operations.list.length > limits.operations;
