import { clientOf, noSession } from "./clients.ts";
import { readsBy } from "./operations.ts";
import type { SessionTag } from "./sessions.ts";
import type { Client, Request } from "./state/clients.ts";
import type { World } from "./types.ts";

/** A client's side of its sessions, one per group: what it knows, and the numbers that it gives its commands. */

type Known = Client["sessions"][number];

export const sessionOf = (world: World, { client, group }: Request): Known => clientOf(world, client).sessions[group]!;

export function setSession(world: World, { client, group }: Request, session: Known): void {
  clientOf(world, client).sessions[group] = session;
}

/** Only what goes through the log can be executed twice. */
function needsSession({ setup, options }: World, { operation, read }: Request): boolean {
  if (!setup.clients.sessions || operation.op === "session") return false;
  return operation.op !== "get" || (read ?? readsBy(options)) === "log";
}

/** Gives a command the next number of its client's session. False if there is no session yet. */
export function takePlace(world: World, request: Request): boolean {
  if (!needsSession(world, request)) return true;
  const session = sessionOf(world, request);
  if (session.id === 0) return false;
  request.session = session.id;
  request.sequence = session.asked + 1;
  setSession(world, request, { ...session, asked: request.sequence });
  return true;
}

/** Says, too, below which number the client waits for no answer any more. */
export function tagOf({ clients }: World, { client, group, session, sequence }: Request): SessionTag | null {
  if (session === 0) return null;
  let low = sequence;
  for (const other of clients.open) {
    if (other.client !== client || other.group !== group || other.session !== session) continue;
    if (other.sequence < low) low = other.sequence;
  }
  return { session, sequence, low };
}

/** Commands that wait for the session which this request opens. */
export const waitingFor = (world: World, { client, group }: Request): Request[] =>
  world.clients.open.filter(
    (other) => other.client === client && other.group === group && other.tries === 0 && needsSession(world, other),
  );

/** The state machine knows no such session any more: the next command opens another one. */
export function forgetSession(world: World, request: Request): void {
  if (sessionOf(world, request).id === request.session) setSession(world, request, noSession);
}
