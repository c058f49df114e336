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
  check: ({ server: { id, role }, before }) =>
    permitted[before.role].includes(role) ? null : `S${id} was a ${before.role} and became a ${role} at once`,
};
