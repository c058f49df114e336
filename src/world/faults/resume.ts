import { onServer } from "../refusals.ts";
import type { Fault } from "./fault.ts";
import { type ActOf, server } from "./parameters.ts";
import { machinesThat, one, processOf } from "./sight.ts";
import { who } from "./words.ts";

const parameters = { server } as const;
type Resume = ActOf<"resume", typeof parameters>;

export const resume: Fault<Resume> = {
  name: "resume",
  title: "Resume its process",
  text: "The process goes on, and takes in order what came meanwhile.",
  section: "",
  group: "Repair",
  parameters,
  inModel: true,
  refuse: (world, { server }) =>
    onServer(world, server, ({ status }) => (status === "paused" ? null : "is not paused")),
  targets: (_, { server }) => [processOf(server)],
  perform: (_, { server }, hands) => hands.resume(server),
  words: ({ server }) => `resume ${who(server)}`,
  undo: ({ server }) => ({ do: "pause", server }),
  random(world, roll) {
    const server = one(
      machinesThat(world, ({ status }) => status === "paused"),
      roll,
    );
    return server === undefined ? null : { do: "resume", server };
  },
};
