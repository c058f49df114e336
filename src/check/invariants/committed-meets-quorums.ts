import type { ServerId } from "../../base/units.ts";
import { lastIndex } from "../../raft/log.ts";
import { majorityOf } from "../../raft/quorum.ts";
import { replicaOf } from "../../world/replicas.ts";
import type { Invariant, Transition } from "../invariant.ts";
import { differ } from "./match-is-real.ts";

/**
 * Where configurations count once they are applied, a server that lags behind uses one that is long gone.
 * The practical form of "quorums overlap", whatever configurations there are: etcd's TLA+ has it as QuorumLogInv.
 */
export const committedMeetsQuorums: Invariant = {
  name: "Every quorum holds what is committed",
  section: "D 4.1",
  text: "Every majority of a server's configuration has a member that holds what this server has committed.",
  check(transition) {
    const { machine, server, before } = transition;
    if (server.commitIndex <= before.commitIndex || machine.options.configurationFrom !== "append") return null;
    const { voters, outgoing } = server.configuration;
    // Of a joint configuration an election needs both halves: one of them is enough to stop it.
    const open = missesSome(transition, voters) && (outgoing.length === 0 || missesSome(transition, outgoing));
    return open
      ? `a majority of the configuration of S${server.id} lacks entry ${server.commitIndex}, which it has committed`
      : null;
  },
};

function missesSome({ world, machine, server }: Transition, half: readonly ServerId[]): boolean {
  const { commitIndex: index } = server;
  let lacking = 0;
  for (const id of half) {
    const log = replicaOf(world, id, machine.group)?.disk.log;
    if (log === undefined || lastIndex(log) < index || differ(log, server.log, index)) lacking++;
  }
  return half.length > 0 && lacking >= majorityOf(half.length);
}
