import type { Invariant } from "../invariant.ts";

/** A snapshot that is not yet on the disk is committed and not yet applied: the log begins after it already. */
export const appliedWithinCommit: Invariant = {
  name: "Applied in order, and only what is committed",
  section: "§5.3, Figure 2",
  text: "What a state machine has applied only grows, and never goes beyond the commit index.",
  check({ server, before }) {
    const { id, lastApplied, applying, commitIndex, log, incoming } = server;
    if (lastApplied < before.lastApplied)
      return `S${id} had applied entry ${before.lastApplied}, and now only ${lastApplied}`;
    if (lastApplied > applying || applying > commitIndex)
      return `S${id} has applied entry ${lastApplied} of ${applying} that were handed out, with commit index ${commitIndex}`;
    return incoming === null && lastApplied < log.base
      ? `S${id} has applied less than its snapshot at ${log.base} stands for`
      : null;
  },
};
