import type { GroupId, LogIndex, Term } from "../base/units.ts";
import { knownTerm, lastIndex } from "../raft/log.ts";
import type { Machine } from "../world/state/machine.ts";
import type { World } from "../world/types.ts";

/** Who speaks for an entry, of that term if it is said: the leader of the highest term among those that have one there, otherwise whoever's log is longest. */
export function whoseEntry({ machines }: World, group: GroupId, index: LogIndex, term?: Term): Machine | undefined {
  const own = machines.filter(
    (each) =>
      each !== undefined &&
      each.group === group &&
      lastIndex(each.raft.log) >= index &&
      (term === undefined || knownTerm(each.raft.log, index) === term),
  );
  const rank = ({ status, raft }: Machine): number => (status !== "down" && raft.role === "leader" ? 1 : 0);
  return own.sort(
    (a, b) => rank(b) - rank(a) || b.raft.term - a.raft.term || lastIndex(b.raft.log) - lastIndex(a.raft.log),
  )[0];
}
