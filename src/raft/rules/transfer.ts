import type { ServerId } from "../../base/units.ts";
import { isLearner, isVoter } from "../configuration.ts";
import { lastIndex } from "../log.ts";
import type { Progress } from "../progress.ts";
import type { Server } from "../types.ts";
import { rule } from "./rule.ts";

/** Handing leadership over (D §3.10). */
export const transferRules = {
  transferHoldsProposals: rule(
    "No new commands during a transfer",
    "D 3.10",
    "While leadership is being handed over, the leader takes no commands: the target must catch up.",
    (server: Server): boolean => server.transferee !== 0,
  ),
  transfereeReady: rule(
    "The target catches up first",
    "D 3.10",
    "The target of a transfer is told to campaign once its log is as long as the leader's.",
    ({ match }: Progress, { log }: Server): boolean => match === lastIndex(log),
  ),
  transferEnds: rule(
    "A transfer has an election timeout",
    "D 3.10",
    "A transfer that has not come about within an election timeout is given up, and the leader takes commands again.",
    ({ transferee }: Server): boolean => transferee !== 0,
  ),
  mayReceiveLeadership: rule(
    "Only a voter can be handed leadership",
    "D 3.10",
    "Leadership is handed to another voting member, never to a learner, a stranger or oneself.",
    (server: Server, to: ServerId): boolean =>
      to !== server.id && isVoter(server.configuration, to) && !isLearner(server.configuration, to),
  ),
} as const;
