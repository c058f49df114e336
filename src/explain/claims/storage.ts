import { knownHash, knownTerm, lastIndex, prefixHash } from "../../raft/log.ts";
import type { HardState } from "../../raft/types.ts";
import type { Machine } from "../../world/state/machine.ts";
import { all, claimsOf, heardOf, holds, is, isMemberOf, ruled, sending, when } from "./claim.ts";
import type { Scene } from "./scene.ts";

/** What the disk has, or will have once the writes under way are done. */
function handed({
  disk,
}: Machine): Pick<HardState, "term" | "votedFor"> & { readonly end: number; readonly hash: number | null } {
  let { term, votedFor, log } = disk;
  let end = lastIndex(log);
  let hash: number | null = prefixHash(log, end);
  for (const { write } of disk.pending) {
    if (write.state !== null) ({ term, votedFor } = write.state);
    if (write.snapshot !== null) [end, hash] = [write.snapshot.index, write.snapshot.hash];
    const last = write.entries.at(-1);
    if (last !== undefined) [end, hash] = [last.index, null];
  }
  return { term, votedFor, end, hash };
}

const snapshotOf = (scene: Scene) => heardOf(scene, "InstallSnapshot");
const fromLeader = ({ from, index }: { readonly from: number; readonly index: number }, scene: Scene): string | null =>
  all(
    is("who sent it", from, snapshotOf(scene)?.from),
    is("where the snapshot ends", index, snapshotOf(scene)?.snapshot.index),
  );

export const storageClaims = claimsOf({
  wroteFirst({ write, what }, scene) {
    const { after, machine } = scene;
    const had = handed(machine);
    const newTerm = after.term !== had.term;
    const newVote = after.votedFor !== had.votedFor;
    const end = lastIndex(after.log);
    return all(
      is("the number of the write", write, after.writes.at(-1)?.number),
      holds(after.outbox.length > 0 || after.afterWrite.length > 0, "nothing waits for it"),
      when(what === "snapshot", () => holds(after.incoming?.handed === true, "it has no snapshot to store")),
      when(what === "entries" && scene.world.setup.bugs.length === 0, () =>
        holds(
          end > had.end || had.hash === null || knownHash(after.log, had.end) !== had.hash,
          "it has no new entries",
        ),
      ),
      when(what === "vote", () => holds((newTerm || newVote) && after.votedFor !== 0, "it has no new vote")),
      when(what === "term", () => holds(newTerm || newVote, "its term is not new")),
      when(what === "term", () => is("its vote", 0, after.votedFor)),
    );
  },
  writeForgotten({ write, lastIndex: last, lastTerm }, { before }) {
    const done = before.writes[0];
    return all(
      is("the number of the write", write, done?.number),
      is("its last entry", [last, lastTerm], [done?.lastIndex, done?.lastTerm]),
      holds(knownTerm(before.log, last) !== lastTerm, "that entry is in the log"),
    );
  },
  snapshotSent({ to, index, next }, scene) {
    const { after } = scene;
    const sent = sending(scene, "InstallSnapshot").find((message) => message.to === to);
    return all(
      is("where the snapshot ends", index, sent?.snapshot.index),
      next <= index
        ? holds(next <= after.log.base, `it has not discarded entry ${next}`)
        : holds(next - 1 > lastIndex(after.log), `it has entry ${next - 1}`),
      holds(nexts(to, scene).includes(next), `nextIndex was none of ${nexts(to, scene).join(", ")}`),
    );
  },
  snapshotWithheld: ({ to }, scene) =>
    all(
      is("whether it counts as active", false, scene.after.progress[to]?.active ?? false),
      holds((scene.after.progress[to]?.next ?? 0) <= scene.after.log.base, "it needs none"),
      holds(
        !scene.machine.options.checkQuorum ||
          scene.input?.kind === "quorumTimeout" ||
          !scene.memory.answeredSinceLook(scene, to),
        "it has answered since",
      ),
    ),
  snapshotInstalled: (decision, scene) =>
    all(
      fromLeader(decision, scene),
      is("the term of its last entry", decision.term, snapshotOf(scene)?.snapshot.term),
      is(
        "the log",
        [decision.index, decision.term, decision.index],
        [scene.after.log.base, scene.after.log.baseTerm, lastIndex(scene.after.log)],
      ),
    ),
  snapshotOnlyCommitted(decision, scene) {
    const { before, after } = scene;
    return all(
      fromLeader(decision, scene),
      holds(decision.index <= after.commitIndex, `it has committed up to ${after.commitIndex}`),
      when(ruled(decision), () => is("its commit index", decision.index, after.commitIndex)),
      is("where its log ends", lastIndex(before.log), lastIndex(after.log)),
      when(ruled(decision), () =>
        all(
          holds(decision.index > before.commitIndex, "that is no news"),
          is("the term of that entry", snapshotOf(scene)?.snapshot.term, knownTerm(before.log, decision.index)),
        ),
      ),
    );
  },
  snapshotIgnored(decision, scene) {
    const { index, commitIndex, reason } = decision;
    const { before, after, machine } = scene;
    const configuration = snapshotOf(scene)?.snapshot.configuration;
    return all(
      fromLeader(decision, scene),
      is("its commit index", commitIndex, before.commitIndex),
      is("its log", lastIndex(before.log), lastIndex(after.log)),
      when(reason === "old", () => holds(index <= commitIndex, "that is news")),
      when(reason === "not a member", () =>
        holds(configuration !== undefined && !isMemberOf(configuration, machine.id), "it is a member there"),
      ),
      when(reason === "role", () => holds(before.role !== "follower", "it is a follower")),
    );
  },
  snapshotReported({ follower, ok }, { input, before, after }) {
    return all(
      is("what was reported", [follower, ok], input?.kind === "snapshotSent" ? [input.peer, input.ok] : []),
      is("what it was doing", "snapshot", before.progress[follower]?.state),
      is("what it does", "probe", after.progress[follower]?.state),
    );
  },
});

/** Where a leader may have seen the end of a follower's log in this step. */
const nexts = (id: number, scene: Scene): readonly number[] => {
  const { before, after, told } = scene;
  const had = before.role === "leader" ? before.progress[id] : undefined;
  const moved = told.flatMap((each) => (each.kind === "nextBackedUp" && "to" in each ? [each.to as number] : []));
  const { match } = after.progress[id] ?? { match: 0 };
  const reply = heardOf(scene, "AppendEntriesReply");
  const answered = reply?.from === id && reply.success ? [reply.matchIndex + 1] : [];
  return [...moved, ...answered, match + 1, had === undefined ? Math.max(lastIndex(after.log), 1) : had.next];
};
