import { changedClock } from "../clock.ts";
import { serverIds } from "../network.ts";
import { onServer } from "../refusals.ts";
import { forReplicas } from "../replicas.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, server, span } from "./parameters.ts";
import { one } from "./sight.ts";
import { lasting, percent, time, who } from "./words.ts";

const aside = { is: "time", least: -3_600_000, most: 3_600_000, optional: true } as const;
const parameters = {
  server,
  offset: { ...aside, title: "Set to true time and this much more", initial: 100 },
  jump: { ...aside, title: "Moved by", initial: 100 },
  drift: {
    is: "ppm",
    title: "Goes too fast by",
    least: -900_000,
    most: 1_000_000,
    initial: 100_000,
    optional: true,
  },
  for: span,
} as const;
type Clock = ActOf<"clock", typeof parameters>;

export const clock: Fault<Clock> = {
  name: "clock",
  title: "Clock: offset, jump, drift",
  text: "The machine's clock is set or goes wrong; all timers on it go by it. Raft's safety does not depend on clocks, but leases do.",
  section: "D 6.4.1",
  group: "Clock",
  parameters,
  inModel: true,
  refuse: (world, { server }) => onServer(world, server, () => null),
  targets: (_, { server }) => [{ on: "clock", server }],
  wrong: ({ offset, jump, drift }) =>
    offset === undefined && jump === undefined && drift === undefined ? "expected offsetMs, jumpMs or driftPpm" : null,
  perform: (world, act) =>
    forReplicas(world, act.server, (replica) => {
      replica.clock = changedClock(replica.clock, world.now, act);
    }),
  words: (act) => `clock of ${who(act.server)}: ${changes(act)}${lasting(act)}`,
  undo: ({ server }) => ({ do: "clock", server, offset: 0, drift: 0 }),
  random(world, roll) {
    const server = one(serverIds(world), roll)!;
    const by = (roll(1001) - 500) * 1000;
    const change = [{ jump: by }, { offset: by }, { drift: (roll(7) - 3) * 100_000 }][roll(3)];
    return { do: "clock", server, ...change, for: (500 + roll(4000)) * 1000 };
  },
};

function changes({ offset, jump, drift }: Clock): string {
  const parts: string[] = [];
  if (offset !== undefined) parts.push(offset === 0 ? "set right" : `set ${off(offset, "ahead", "behind")}`);
  if (jump !== undefined) parts.push(`jumps ${off(jump, "ahead", "back")}`);
  if (drift !== undefined)
    parts.push(drift === 0 ? "goes right" : `goes ${percent(Math.abs(drift))} too ${drift > 0 ? "fast" : "slow"}`);
  return parts.join(", ");
}

const off = (micros: number, ahead: string, back: string): string =>
  `${time(Math.abs(micros))} ${micros >= 0 ? ahead : back}`;
