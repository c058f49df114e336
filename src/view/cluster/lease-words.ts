import type { LeaseView } from "../../worker/protocol.ts";

/** What a lease is good for, and on what it rests. */
export const leaseWords = ({ gives }: LeaseView): string =>
  gives === "reads"
    ? "Its lease: so long it answers reads alone, unless a majority answers and renews it. Safe only while clocks run alike."
    : "So long it leads on if it hears no more: then check-quorum makes it step down.";
