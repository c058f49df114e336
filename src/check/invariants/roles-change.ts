import type { Term } from "../../base/units.ts";
import type { Role } from "../../raft/types.ts";
import type { Invariant } from "../invariant.ts";

/** A lone server's vote is a majority: it becomes candidate and leader in two steps like everybody else. */
const permitted: Readonly<Record<Role, readonly Role[]>> = {
  follower: ["follower", "preCandidate", "candidate"],
  preCandidate: ["follower", "preCandidate", "candidate"],
  candidate: ["follower", "preCandidate", "candidate", "leader"],
  leader: ["follower", "leader"],
};

export const rolesChange: Invariant = {
  name: "Roles change as they may",
  section: "Figure 4",
  text: "Followers become candidates, candidates become leaders or followers, leaders only followers.",
  check: ({ server: { id, role, term }, before }) =>
    permitted[before.role].includes(role) || isDeposed(before, role, term)
      ? null
      : `S${id} was a ${before.role} and became a ${role} at once`,
};

/** A later leader asks one that has not heard of it to campaign (D 3.10): it follows in that term, and runs in the next. */
const isDeposed = (before: { readonly role: Role; readonly term: Term }, role: Role, term: Term): boolean =>
  before.role === "leader" && role === "candidate" && term > before.term + 1;
