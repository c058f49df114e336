import { kvCommand } from "../../../world/kv.ts";
import { startCommand } from "../../../world/start-command.ts";
import type { Setup } from "../../../world/state/setup.ts";
import { emptyBag } from "../bag.ts";
import { forAll, type SpecServer, type SpecState } from "../state.ts";

/** The run's start. Servers that stand ready and belong to no configuration are none of the specification's. */
export function startOf(setup: Setup): SpecState {
  const voters = setup.servers.filter(({ member = "voter" }) => member === "voter");
  const empty: SpecState = { servers: voters.map(({ id }) => id), of: [], messages: emptyBag };
  const of: (SpecServer | undefined)[] = [];
  for (const { id, term, votedFor, log, commit } of voters)
    of[id] = {
      currentTerm: term,
      state: "Follower",
      votedFor,
      log: log.map((each, k) => ({ term: each, value: kvCommand(startCommand(each, k + 1), 0).digest })),
      commitIndex: commit,
      votesResponded: [],
      votesGranted: [],
      nextIndex: forAll(empty, 1),
      matchIndex: forAll(empty, 0),
    };
  return { ...empty, of };
}

/** Whether that is raft.tla's Init (which counts terms from 1, and runs from 0). Otherwise it has to be taken on trust. */
export const isInit = ({ servers }: Setup): boolean =>
  servers.every(({ term, votedFor, log, commit }) => term === 0 && votedFor === 0 && log.length === 0 && commit === 0);
