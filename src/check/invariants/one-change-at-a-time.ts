import type { ServerId } from "../../base/units.ts";
import { isJoint } from "../../raft/configuration.ts";
import { configurationAt } from "../../raft/server.ts";
import type { Invariant } from "../invariant.ts";

export const oneChangeAtATime: Invariant = {
  name: "One voter at a time",
  section: "D 4.1",
  text: "Two configurations that follow each other in a log differ by one voter at most, unless one of them is joint.",
  check({ server, before }) {
    const { id, configuration, configurationIndex, log, baseConfiguration } = server;
    if (configuration === before.configuration || configurationIndex <= log.base) return null;
    const known = { configuration: baseConfiguration, log };
    const last = configurationAt(known, configurationIndex - 1).configuration;
    if (isJoint(last) || isJoint(configuration)) return null;
    const changes = difference(last.voters, configuration.voters);
    return changes <= 1 ? null : `S${id} changes ${changes} voters at once, with entry ${configurationIndex}`;
  },
};

const difference = (a: readonly ServerId[], b: readonly ServerId[]): number =>
  a.filter((id) => !b.includes(id)).length + b.filter((id) => !a.includes(id)).length;
