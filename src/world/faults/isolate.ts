import type { ServerId } from "../../base/units.ts";
import { serverIds } from "../network.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, servers, span } from "./parameters.ts";
import { between, cutWhere, onEach, one, some, walled } from "./sight.ts";
import { all, lasting } from "./words.ts";

const parameters = {
  servers,
  way: {
    is: "choice",
    title: "Which way",
    words: [
      ["both", "nothing gets in or out"],
      ["in", "deaf: nothing gets in"],
      ["out", "mute: nothing gets out"],
    ],
    initial: "in",
  },
  for: span,
} as const;
type Isolate = ActOf<"isolate", typeof parameters>;

const isolated =
  ({ servers, way }: Isolate) =>
  (from: ServerId, to: ServerId): boolean => {
    const [out, into] = [servers.includes(from), servers.includes(to)];
    return out !== into && (way === "both" || (way === "in") === into);
  };

const manners = { both: "cut off", in: "deafen", out: "mute" } as const;

export const isolate: Fault<Isolate> = {
  name: "isolate",
  title: "Asymmetric partition: deaf or mute",
  text: "Some servers hear nothing from the others, or are heard by nobody, or both; other links stay as they are.",
  section: "D 9.6",
  group: "Links",
  parameters,
  inModel: true,
  refuse: (world, { servers }) => onEach(world, servers),
  targets: (world, act) => walled(world, isolated(act)),
  perform: (world, act) => cutWhere(world, isolated(act)),
  words: (act) => `${manners[act.way]} ${all(act.servers)}${lasting(act)}`,
  undo: () => ({ do: "heal" }),
  random(world, roll) {
    const ids = serverIds(world);
    const servers = roll(3) > 0 ? [one(ids, roll)!] : some(ids, roll);
    return { do: "isolate", servers, way: (["both", "in", "out"] as const)[roll(3)]!, for: between(100, 3000, roll) };
  },
};
