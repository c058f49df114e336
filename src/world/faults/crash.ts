import { onServer } from "../refusals.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, server, span } from "./parameters.ts";
import { between, machinesThat, one, processOf } from "./sight.ts";
import { lasting, who } from "./words.ts";

const parameters = {
  server,
  at: {
    is: "choice",
    title: "When",
    leftOut: "without it: now",
    words: [
      ["beforeWrite", "before its next write is on disk"],
      ["tornWrite", "in the middle of its next write"],
      ["afterWrite", "after its next write, before it sends anything"],
      ["betweenSends", "after its next write and the first message that follows"],
    ],
    initial: "afterWrite",
    optional: true,
  },
  for: span,
} as const;
type Crash = ActOf<"crash", typeof parameters>;

const pointsWords: Readonly<Record<string, string>> = Object.fromEntries(parameters.at.words);

/**
 * What is not on disk is gone. A write that tears leaves term and vote, which are written first, and the entries before
 * the tear: the checksum of the record shows where it ends.
 */
export const crash: Fault<Crash> = {
  name: "crash",
  title: "Crash",
  text: "The server stops at once and forgets everything that is not on its disk.",
  section: "Figure 2",
  group: "Process",
  parameters,
  inModel: true,
  refuse: (world, { server }) =>
    onServer(world, server, ({ status }) => (status === "down" ? "is down already" : null)),
  targets: (_, { server }) => [processOf(server)],
  perform(_, { server, at, for: span = null }, hands) {
    if (at === undefined) hands.crash(server);
    else hands.arm(server, { at, for: span });
  },
  // One that waits for a write ends that long after it has struck.
  lasts: ({ at, for: span = null }) => (at === undefined ? span : null),
  words: (act) => `crash ${who(act.server)}${act.at === undefined ? "" : ` ${pointsWords[act.at]}`}${lasting(act)}`,
  undo: ({ server }) => ({ do: "restart", server }),
  random(world, roll) {
    const server = one(
      machinesThat(world, ({ status }) => status !== "down"),
      roll,
    );
    if (server === undefined) return null;
    const span = between(50, 2000, roll);
    const at = parameters.at.words[roll(2 * parameters.at.words.length)]?.[0];
    return { do: "crash", server, ...(at === undefined ? {} : { at }), for: span };
  },
};
