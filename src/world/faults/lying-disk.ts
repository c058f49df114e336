import { serverIds } from "../network.ts";
import { onDisk } from "./disturbance.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, server, span } from "./parameters.ts";
import { between, one } from "./sight.ts";
import { lasting, who } from "./words.ts";

const parameters = { server, for: span } as const;
type LyingDisk = ActOf<"lyingDisk", typeof parameters>;

export const lyingDisk: Fault<LyingDisk> = {
  name: "lyingDisk",
  title: "Disk that lies about sync",
  text: "It acknowledges writes that are only in its cache: a crash loses them, though they were promised. Raft does not promise safety under this.",
  parameters,
  ...onDisk,
  inModel: false,
  perform(world, { server }, hands) {
    const { trouble } = world.machines[server]!.disk;
    // One that lies already has not stored anything since.
    if (trouble?.kind !== "lying") hands.trouble(server, { kind: "lying", stored: null });
  },
  words: (act) => `let the disk of ${who(act.server)} lie about sync${lasting(act)}`,
  random: (world, roll) => ({ do: "lyingDisk", server: one(serverIds(world), roll)!, for: between(500, 5000, roll) }),
};
