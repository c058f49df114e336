import { isMember } from "../configuration.ts";
import type { Server } from "../types.ts";
import { rule } from "./rule.ts";

/** Commands: who takes them, and how often they are executed (§8). */
export const clientsRules = {
  leaderAccepts: rule(
    "Only the leader takes commands",
    "§5.1, §8",
    "A server that is not the leader refuses a command and names the leader if it knows it.",
    (server: Server): boolean => server.role === "leader",
  ),
  removedTakesNothing: rule(
    "A removed leader takes no commands",
    "D 4.2.2",
    "A leader outside its configuration drops commands; but as long as the entry that removes it is not committed, it is still needed.",
    ({ id, configuration, configurationIndex, commitIndex }: Server): boolean =>
      !isMember(configuration, id) && configurationIndex <= commitIndex,
  ),
  sessionDeduplicates: rule(
    "A command of a session is executed once",
    "§8, D 6.3",
    "A command whose number the session has already answered is not executed again: its stored answer is given.",
    (answered: boolean): boolean => answered,
  ),
} as const;
