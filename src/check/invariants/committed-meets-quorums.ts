import type { ServerId } from "../../base/units.ts";
import { majorityOf } from "../../raft/quorum.ts";
import type { Invariant, Transition } from "../invariant.ts";
import { holdersIn } from "./commit-is-durable.ts";

/**
 * Where configurations count once they are applied, a server that lags behind uses one that is long gone.
 * The practical form of "quorums overlap", whatever configurations there are: etcd's TLA+ has it as QuorumLogInv.
 */
export const committedMeetsQuorums: Invariant = {
  name: "Every quorum holds what is committed",
  section: "D 4.1",
  text: "Every majority of a server's configuration has a member that holds what this server has committed.",
  check(transition) {
    const { server, before } = transition;
    if (server.commitIndex <= before.commitIndex) return null;
    const { voters, outgoing } = server.configuration;
    // Of a joint configuration an election needs both halves: one of them is enough to stop it.
    const open = missesSome(transition, voters) && (outgoing.length === 0 || missesSome(transition, outgoing));
    return open
      ? `a majority of the configuration of S${server.id} lacks entry ${server.commitIndex}, which it has committed`
      : null;
  },
};

/** Some majority of these has no member that holds it. */
function missesSome(transition: Transition, half: readonly ServerId[]): boolean {
  const enough = half.length - majorityOf(half.length) + 1;
  return half.length > 0 && holdersIn(transition, half, enough) < enough;
}
