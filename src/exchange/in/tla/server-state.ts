import type { ServerId } from "../../../base/units.ts";
import type { Role } from "../../../raft/types.ts";
import type { Says, ToldEntry } from "../told.ts";
import { amount, bare, byKeys, caseOf, type Value, written } from "./value.ts";

/**
 * Variables that hold something for each server, and are understood: of raft.tla (ongardie/raft.tla), and of CCF's
 * ccfraft.tla, which calls the role `leadershipState` and has `configurations`.
 */
export const serverVariables = [
  ...(["currentTerm", "state", "leadershipState", "votedFor", "log", "commitIndex", "configurations"] as const),
] as const;
type Variable = (typeof serverVariables)[number];
/** One server's part of a state, by variable. */
export type Part = ReadonlyMap<string, Value>;

const roles: Readonly<Record<string, Role>> = {
  follower: "follower",
  precandidate: "preCandidate",
  prevotecandidate: "preCandidate",
  candidate: "candidate",
  leader: "leader",
};
const nobody = new Set(["Nil", "NIL", "None", "NONE", "Null", "NULL", "NoServer"]);

/** What a variable's value says; nothing where it is not of the form that raft.tla has. */
export function saysOf(
  variable: string,
  value: Value,
  before: Value | undefined,
  idOf: ReadonlyMap<string, ServerId>,
): Says {
  switch (variable as Variable) {
    case "currentTerm":
      return { term: amount(value) };
    case "commitIndex":
      return { commit: amount(value) };
    case "state":
    case "leadershipState":
      return { role: roles[(caseOf(value)?.tag ?? bare(value)).toLowerCase()] ?? null };
    case "votedFor":
      return { vote: voteOf(value, idOf) };
    case "log":
      return logOf(value, before);
    case "configurations":
      return { configuration: configurationOf(value, idOf) };
    default:
      return {};
  }
}

/** The members by the index of the entry that makes them such: the current configuration, and what is not committed yet. */
function configurationOf(value: Value, idOf: ReadonlyMap<string, ServerId>): NonNullable<Says["configuration"]> | null {
  const byIndex = [...(byKeys(value) ?? [])].sort(([one], [other]) => Number(one) - Number(other));
  const members = byIndex.map(([, set]) =>
    set.kind === "set" || set.kind === "list" ? set.items.map((server) => idOf.get(bare(server)) ?? 0) : [0],
  );
  const [current, next] = members;
  // Three at once, or a server that nobody knows: there is no word for it here.
  if (current === undefined || members.length > 2 || members.flat().includes(0)) return null;
  const sorted = (ids: readonly ServerId[]): ServerId[] => [...ids].sort((a, b) => a - b);
  return { voters: sorted(next ?? current), outgoing: next === undefined ? [] : sorted(current), learners: [] };
}

function voteOf(value: Value, idOf: ReadonlyMap<string, ServerId>): ServerId | null {
  const option = caseOf(value);
  if (option?.tag === "Some") return idOf.get(bare(option.value)) ?? null;
  const name = option?.tag ?? bare(value);
  return idOf.get(name) ?? (nobody.has(name) ? 0 : null);
}

function logOf(value: Value, before: Value | undefined): Says {
  if (value.kind !== "list") return { log: null, last: null, lastTerm: null };
  const entries = value.items;
  const had = before?.kind === "list" ? before.items : [];
  let same = 0;
  while (same < entries.length && same < had.length && written(entries[same]!) === written(had[same]!)) same += 1;
  const last = entries[entries.length - 1];
  return {
    last: entries.length,
    lastTerm: last === undefined ? 0 : termOf(last),
    log: { from: same + 1, entries: entries.slice(same).map(entryOf) },
  };
}

const termOf = (entry: Value): number | null => amount(byKeys(entry)?.get("term"));

function entryOf(entry: Value): ToldEntry {
  const fields = entry.kind === "map" ? byKeys(entry) : null;
  const value = fields?.get("value");
  const others = [...(fields ?? [])].filter(([name]) => name !== "term" && name !== "contentType");
  const content = fields?.get("contentType");
  const text =
    value !== undefined
      ? bare(value)
      : [
          ...(content === undefined ? [] : [bare(content)]),
          ...others.map(([name, other]) => `${name} ${written(other)}`),
        ].join(", ");
  return { term: termOf(entry), text: (fields === null ? written(entry) : text).slice(0, 200) };
}
