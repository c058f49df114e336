import type { LogIndex, ServerId, Term } from "../../base/units.ts";
import type { Configuration } from "../../raft/configuration.ts";
import type { DecisionKind, DecisionOf } from "../../raft/decisions.ts";
import { knownHash, lastIndex, lastTerm, type RaftLog } from "../../raft/log.ts";
import type { Count } from "../../raft/quorum.ts";
import type { RaftMessage } from "../../raft/types.ts";
import { replicaOf } from "../../world/replicas.ts";
import type { Machine } from "../../world/state/machine.ts";
import type { Scene } from "./scene.ts";

/**
 * What a sentence asserts, held against the state just before and just after the step in which it was said, and never
 * against the code that made the record. Null, or what of it is false. What a sentence says of another server it says on
 * the word of a message, which was true when it was sent; "leads", "is committed", "voted" are held against the world.
 */
export type Claim<Kind extends DecisionKind> = (decision: DecisionOf<Kind>, scene: Scene) => string | null;
/** One claim per kind of decision: a new kind does not compile until it says what its sentence asserts. */
export type Claims = { readonly [Kind in DecisionKind]: Claim<Kind> };

/** Some of the claims, each checked against its kind. */
export const claimsOf = <Kind extends DecisionKind>(claims: Pick<Claims, Kind>): Pick<Claims, Kind> => claims;

// ---- how a claim is put together ----------------------------------------------------------------------------

type Said = string | null;
/** The first that is false; lists by server have gaps. */
export const all = (...said: readonly (Said | undefined)[]): Said => said.find((each) => each != null) ?? null;
export const holds = (true_: boolean, otherwise: string): Said => (true_ ? null : otherwise);
/** `said` is what the record has, `real` what the state has. */
export function is(what: string, said: unknown, real: unknown): Said {
  return same(said, real) ? null : `${what} is ${show(real)}, not ${show(said)}`;
}
/** Nearly all are numbers, words, or short lists of them: those need no text to be compared. */
const same = (a: unknown, b: unknown): boolean =>
  a === b || (Array.isArray(a) && Array.isArray(b) && sameList(a, b)) || show(a) === show(b);
function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
export const when = (applies: boolean, claim: () => Said): Said => (applies ? claim() : null);
const show = (value: unknown): string => JSON.stringify(value) ?? "nothing";

/** By Raft's own rules, as far as this record asked any. */
export const ruled = ({ replacedRules }: { readonly replacedRules?: readonly unknown[] }): boolean =>
  replacedRules === undefined;
/** Nothing was broken on purpose, and no disk has lied: what servers believe of each other is so. */
export const sound = ({ world }: Scene): boolean => world.setup.bugs.length === 0 && world.outside === null;

// ---- what claims look at ------------------------------------------------------------------------------------

/** The message that the step took; null: it was about something else. */
export const heard = ({ input }: Scene): RaftMessage | null => (input?.kind === "message" ? input.message : null);
/** As `heard`, if it is of one of these types. */
export function heardOf<Type extends RaftMessage["type"]>(
  scene: Scene,
  ...types: readonly Type[]
): Extract<RaftMessage, { readonly type: Type }> | null {
  const message = heard(scene);
  return message !== null && types.includes(message.type as Type)
    ? (message as Extract<RaftMessage, { readonly type: Type }>)
    : null;
}

/** What the step wants sent, of one type. */
export function sending<Type extends RaftMessage["type"]>(
  { before, after }: Pick<Scene, "before" | "after">,
  type: Type,
): readonly Extract<RaftMessage, { readonly type: Type }>[] {
  const found: RaftMessage[] = [];
  for (let at = before.outbox.length; at < after.outbox.length; at++)
    if (after.outbox[at]!.type === type) found.push(after.outbox[at]!);
  for (let at = before.afterWrite.length; at < after.afterWrite.length; at++)
    if (after.afterWrite[at]!.type === type) found.push(after.afterWrite[at]!);
  return found as Extract<RaftMessage, { readonly type: Type }>[];
}

export const otherServer = ({ world, machine }: Scene, id: ServerId): Machine | undefined =>
  replicaOf(world, id, machine.group);

/** Who stands in the log's way of being the same up to there; both must know it. */
export function sameUpTo(a: RaftLog, b: RaftLog, index: LogIndex): boolean {
  const [own, other] = [knownHash(a, index), knownHash(b, index)];
  return own === null || other === null ? index <= a.base || index <= b.base : own === other;
}

/** That server has, on its disk, the log of this one up to there; or has gone on to a newer term, and may have lost it since. */
export function hasStored(scene: Scene, id: ServerId, log: RaftLog, index: LogIndex): Said {
  const other = otherServer(scene, id);
  if (!sound(scene) || other === undefined || other.raft.term > scene.after.term) return null;
  if (lastIndex(other.disk.log) < index) return `S${id}'s disk ends at entry ${lastIndex(other.disk.log)}`;
  return holds(sameUpTo(other.disk.log, log, index), `S${id} has another entry ${index} on its disk`);
}

/** Somebody has led that term, and it was that server. */
export const ledTerm = (scene: Scene, id: ServerId, term: Term): Said =>
  when(sound(scene), () =>
    holds(scene.memory.led(scene.machine.group, term) === id, `S${id} has never led term ${term}`),
  );

export const isVoterOf = ({ voters, outgoing }: Configuration, id: ServerId): boolean =>
  voters.includes(id) || outgoing.includes(id);
export const isMemberOf = (configuration: Configuration, id: ServerId): boolean =>
  isVoterOf(configuration, id) || configuration.learners.includes(id);
export const votersOf = ({ voters, outgoing }: Configuration): readonly ServerId[] =>
  [...new Set([...voters, ...outgoing])].sort((a, b) => a - b);

/** More than half of each half that there is. */
export function agreed({ voters, outgoing }: Configuration, agrees: (id: ServerId) => boolean): boolean {
  const most = (half: readonly ServerId[]): boolean =>
    half.length === 0 || 2 * half.filter(agrees).length > half.length;
  return most(voters) && most(outgoing);
}

/** The counts of a record: every half that there is, who in it agrees, and how many more than half are. */
export function counted(
  counts: readonly Count[],
  configuration: Configuration,
  agrees: (id: ServerId) => boolean,
): Said {
  const { voters, outgoing } = configuration;
  const halves = outgoing.length === 0 ? [voters] : [voters, outgoing];
  return all(
    is("the number of majorities", counts.length, halves.length),
    ...halves.flatMap((half, i) => [
      is("who votes", counts[i]?.voters, half),
      is("who agrees", counts[i]?.agree, half.filter(agrees)),
      is("a majority", counts[i]?.quorum, Math.floor(half.length / 2) + 1),
    ]),
  );
}

export const endOf = (log: RaftLog) => ({ term: lastTerm(log), index: lastIndex(log) });
