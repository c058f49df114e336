import type { preset } from "./preset.ts";

type File = Parameters<typeof preset>[0]["file"];

/**
 * A client adds 1 to n at S1; the answer is lost, S1 crashes, and the client asks S2 again. `lost`: when the answer is
 * on its way, and which of S1's messages to the client it is.
 */
export const retry = (sessions: boolean, lost: { readonly atMs: number; readonly message: string }): File => ({
  seed: 2,
  servers: 3,
  latencyMs: [10, 12],
  writeMs: [1, 2],
  clients: { sessions, repeatMs: 300, giveUpMs: 2000, sessionsMost: 16 },
  actions: [
    { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
    { atMs: 60, do: "request", increment: ["n", 1], server: "S1" },
    { do: "drop", ...lost },
    { atMs: 180, do: "crash", server: "S1" },
    { atMs: 190, do: "timer", server: "S2", leftMs: 20 },
    { atMs: 500, do: "request", get: "n", server: "S2" },
  ],
  speed: 0.025,
  endMs: 700,
});
