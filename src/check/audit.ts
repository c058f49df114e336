import type { GroupId, LogIndex, Micros } from "../base/units.ts";
import { emptyVector, setValue, valueAt } from "../base/vector.ts";
import type { Applied } from "../world/kv.ts";
import type { Audit } from "../world/machine.ts";
import { operationName } from "../world/operations.ts";
import type { ClientOperation, Request } from "../world/state/clients.ts";
import type { KvCommand, ReadMode } from "../world/state/commands.ts";
import type { Machine } from "../world/state/machine.ts";
import type { Violation } from "../world/state/state.ts";
import type { World } from "../world/types.ts";
import type { ClientGhost } from "./client-ghost.ts";
import type { Ghost } from "./ghost.ts";

/** Properties of the state machine and of what clients are told: seen where they happen, not in the steps of servers. */

interface Property {
  readonly name: string;
  readonly section: string;
  readonly text: string;
}

const stateEquality: Property = {
  name: "State equality",
  section: "§5.4.3, D 6.3",
  text: "Servers that have applied the same entry are in the same state, clients' sessions included.",
};
export const exactlyOnce: Property = {
  name: "Exactly once",
  section: "§8, D 6.3",
  text: "A command of a session is executed once, however often it is repeated.",
};
export const realTimeOrder: Property = {
  name: "Linearizability",
  section: "§8, D 6.4",
  text: "What was committed when a request was asked comes before it: it is in the state that a read sees, and has a lower index than a write. Clients so never read back in time.",
};
export const clientInvariants: readonly Property[] = [stateEquality, exactlyOnce, realTimeOrder];

const violation = ({ name, section }: Property, server: number, detail: string): Violation => ({
  property: name,
  section,
  server,
  detail,
});

/** Watches one world. `found`: what broke first. */
export function auditBy(ghostOf: (group: GroupId) => Ghost, found: (violation: Violation) => void): Audit {
  const note = (world: World, broken: Violation | null): void => {
    if (broken === null || world.violation !== null) return;
    world.violation = broken;
    found(broken);
  };
  return {
    applied(world, machine, command, index, applied) {
      const ghost = ghostOf(machine.group);
      if (command.tag === null) noteExecuted(ghost.clients, command, index, world.now);
      note(world, checkApplied(ghost, machine, command, index, applied));
    },
    asked: (_world, request) => noteAsked(ghostOf(request.group), request),
    ended: (world, request, operation) => note(world, checkEnded(ghostOf(request.group), request, operation)),
  };
}

/** A command has come to be applied at `index`. */
function checkApplied(
  { clients }: Ghost,
  { id: server, store }: Machine,
  command: KvCommand,
  index: LogIndex,
  applied: Applied,
): Violation | null {
  const { tag } = command;
  if (tag !== null && applied.kind === "done" && !applied.repeated) {
    const first = effectOf(clients, tag.session, tag.sequence, index);
    if (first !== index) {
      const what = `command ${tag.sequence} of session ${tag.session}`;
      return violation(
        exactlyOnce,
        server,
        `S${server} executed ${what} at entry ${index}, and it was executed at entry ${first} before`,
      );
    }
  }
  const known = valueAt(clients.states, index) ?? 0;
  if (known === 0) setValue(clients.states, index, store.digest);
  else if (known !== store.digest)
    return violation(
      stateEquality,
      server,
      `S${server} has applied entry ${index} and is in another state than a server before it`,
    );
  return null;
}

/** Nobody promises that a command of no session is executed once; where it is not, the clients' history may have no order. */
function noteExecuted(clients: ClientGhost, { operation, request }: KvCommand, index: LogIndex, at: Micros): void {
  if (request === 0 || operation.op === "get" || operation.op === "session") return;
  const first = valueAt(clients.executed, request) ?? 0;
  if (first === 0) setValue(clients.executed, request, index);
  else if (first !== index) clients.executedTwice ??= { what: operationName(operation), first, again: index, at };
}

/** The entry that first executed a command: this one if none did before. */
function effectOf({ effects }: Ghost["clients"], session: LogIndex, sequence: number, index: LogIndex): LogIndex {
  const known = effects.get(session) ?? emptyVector();
  effects.set(session, known);
  const first = valueAt(known, sequence) ?? 0;
  if (first !== 0) return first;
  setValue(known, sequence, index);
  return index;
}

function noteAsked({ clients, committed }: Ghost, { number, operation }: Request): void {
  if (operation.op !== "session") clients.floors.set(number, committed.length - 1);
}

/** A lease can be trusted too long, and a local read promises nothing: those are for the search of the whole history. */
const promises: Readonly<Record<ReadMode, boolean>> = { log: true, index: true, lease: false, stale: false };

/** A request has ended; `operation` is what the client makes of it. */
function checkEnded({ clients }: Ghost, { number }: Request, operation: ClientOperation | null): Violation | null {
  const floor = clients.floors.get(number);
  clients.floors.delete(number);
  if (floor === undefined || operation?.outcome !== "ok" || !promises[operation.read ?? "log"]) return null;
  const { index, server, read } = operation;
  // Whoever is in the log itself comes after what was committed; others see a state that holds it.
  if (read === "index" ? index >= floor : index > floor) return null;
  const what = `request ${number} (${operationName(operation.operation)})`;
  const place = read === "index" ? `from the state at index ${index}` : `with entry ${index}`;
  return violation(
    realTimeOrder,
    server,
    `S${server} answered ${what} ${place}, but entry ${floor} was committed before it was asked`,
  );
}
