import { configurationText } from "../../raft/configuration.ts";
import { lastIndex } from "../../raft/log.ts";
import { configurationAt } from "../../raft/server.ts";
import { logIsKept } from "../ghost.ts";
import type { Invariant } from "../invariant.ts";

/** Looked at when either has changed otherwise than by growing. */
export const configurationFollowsLog: Invariant = {
  name: "The configuration is what the log says",
  section: "§6, D 4.1",
  text: "A server uses the latest configuration in its log, and goes back to the one before it when that entry is deleted.",
  check({ server, before }) {
    const { id, log, configuration, baseConfiguration } = server;
    if (configuration === before.configuration && logIsKept(before, log)) return null;
    const said = configurationText(
      configurationAt({ configuration: baseConfiguration, log }, lastIndex(log)).configuration,
    );
    const own = configurationText(configuration);
    return said === own ? null : `S${id} uses the configuration ${own}, and its log says ${said}`;
  },
};
