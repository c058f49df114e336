import type { DecisionKind, DecisionOf } from "../../raft/decisions.ts";
import type { Claim, Claims } from "./claim.ts";
import { clientClaims } from "./clients.ts";
import { electionClaims } from "./elections.ts";
import { membershipClaims } from "./membership.ts";
import { replicationClaims } from "./replication.ts";
import type { Scene } from "./scene.ts";
import { storageClaims } from "./storage.ts";

const claims: Claims = {
  ...electionClaims,
  ...replicationClaims,
  ...storageClaims,
  ...membershipClaims,
  ...clientClaims,
};

/** What of a decision's sentence is false; null: nothing. `kind` is the decision's own: it ties the claim to it for the compiler. */
export function judge<Kind extends DecisionKind>(kind: Kind, decision: DecisionOf<Kind>, scene: Scene): string | null {
  const claim: Claim<Kind> = claims[kind];
  return claim(decision, scene);
}
