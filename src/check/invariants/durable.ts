import { knownHash, lastIndex } from "../../raft/log.ts";
import type { Invariant } from "../invariant.ts";

/** A disk that lies about what it has written is a fault of its own: then nothing is promised. */
export const durableSurvives: Invariant = {
  name: "What is on the disk survives",
  section: "Figure 2, §5.1",
  text: "After a crash a server comes back with every entry that it had stored, and with no older term than it has told of.",
  returns({ server, before, ghost }) {
    const { id, log, term } = server;
    const promised = ghost.promised[id] ?? 0;
    if (term < promised) return `S${id} comes back in term ${term} after it has told of term ${promised}`;
    const { durable } = before;
    if (durable <= log.base) return null;
    if (lastIndex(log) < durable)
      return `S${id} had ${durable} entries on its disk and comes back with ${lastIndex(log)}`;
    const same = knownHash(log, durable) === knownHash(before.log, durable);
    return same ? null : `S${id} comes back with other entries than it had stored`;
  },
};

export const restartsAnew: Invariant = {
  name: "A restart begins anew",
  section: "Figure 2",
  text: "What is only in memory has its initial value after a restart: a server comes back as a follower that knows no leader.",
  returns({ server }) {
    const { id, role, leader, votes, progress, transferee } = server;
    const empty = votes.length === 0 && progress.length === 0 && transferee === 0;
    return role === "follower" && leader === 0 && empty ? null : `S${id} comes back with what was only in its memory`;
  },
};
