import { countsOf } from "../raft/quorum.ts";
import type { Server } from "../raft/types.ts";
import { oldAndNew } from "../scenario/names.ts";
import type { Machine } from "../world/state/machine.ts";

/** What a server is doing right now: a few words, present tense. */
export function doing(machine: Machine): string {
  const { status, raft } = machine;
  if (status !== "up") return status;
  if (raft.role === "leader") return `leader of term ${raft.term}`;
  if (raft.role === "candidate") return `candidate, ${votes(raft)}`;
  if (raft.role === "preCandidate") return `asks first, ${votes(raft)}`;
  return writing(machine) ?? "follower";
}

/** "1 vote"; "1 of 2 old, 2 of 2 new", of those that are needed, in a joint configuration. */
function votes({ votes: given, configuration }: Server): string {
  const counts = countsOf(configuration, (id) => given[id] === true);
  if (counts.length > 1) return oldAndNew(counts.map(({ agree, quorum }) => `${agree.length} of ${quorum}`).reverse());
  const count = given.filter((granted) => granted === true).length;
  return count === 1 ? "1 vote" : `${count} votes`;
}

function writing({ disk }: Machine): string | null {
  const write = disk.pending[0]?.write;
  if (write === undefined) return null;
  const first = write.entries[0]?.index;
  const last = write.entries.at(-1)?.index;
  if (write.snapshot !== null) return "writing a snapshot";
  if (first !== undefined) return first === last ? `writing entry ${first}` : `writing ${first}–${last}`;
  // A write may bring nothing new: answers only wait for what was under way before.
  if (write.state === null) return null;
  const { term, votedFor, commitIndex } = write.state;
  if (term === disk.term && votedFor === disk.votedFor) return `writing commit ${commitIndex}`;
  return votedFor !== 0 ? "writing its vote" : "writing its term";
}
