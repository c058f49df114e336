import { file, type ReadyExperiment } from "./ready.ts";

/** The paper's cluster: five servers, and a broadcast takes about 15 ms. */
const cluster = { servers: 5, network: { latencyMs: [4, 11] }, disk: { writeMs: [1, 2] } };
/** The leader crashes at any moment of its heartbeat interval. */
const crash = { once: "leader", waitMs: [200, 250], do: "crash", server: "leader" };
const untilLed = { what: "time", until: "leader" };

const withoutLeader = (
  id: string,
  notes: string,
  ranges: readonly (readonly [number, number])[],
  beat: number,
): ReadyExperiment => ({
  id,
  experiment: {
    ...file,
    title: "Time without a leader",
    notes,
    source: "§9.3, Figure 16",
    run: { ...cluster, options: { heartbeatMs: beat } },
    vary: [{ title: "election timeout", set: "run.options.electionTimeoutMs", to: ranges }],
    happens: [crash],
    measure: untilLed,
    runs: 1000,
    giveUpMs: 12_000,
  },
});

export const elections: readonly ReadyExperiment[] = [
  withoutLeader(
    "figure-16",
    "The leader crashes. How long is there none, if election timeouts are drawn from a wider and wider range?",
    [
      [150, 150],
      [150, 151],
      [150, 155],
      [150, 175],
      [150, 200],
      [150, 300],
    ],
    50,
  ),
  withoutLeader(
    "figure-16-short",
    "The leader crashes. How long is there none, if election timeouts are shorter and shorter?",
    [
      [12, 24],
      [25, 50],
      [50, 100],
      [100, 200],
      [150, 300],
    ],
    10,
  ),
  {
    id: "pre-vote-cost",
    experiment: {
      ...file,
      title: "What pre-vote costs",
      notes: "The leader crashes. How much later is there a new one if servers ask before they raise their terms?",
      source: "Dissertation, 9.6",
      run: cluster,
      vary: [{ title: "pre-vote", set: "run.options.preVote", to: [false, true] }],
      happens: [crash],
      measure: untilLed,
      runs: 1000,
      giveUpMs: 5000,
    },
  },
  {
    id: "pre-vote-return",
    experiment: {
      ...file,
      title: "A server that comes back",
      notes:
        "A follower is cut off for a second and comes back with a higher term. How often does that cost the leader its place within two seconds?",
      source: "Dissertation, 9.6",
      run: cluster,
      vary: [{ title: "pre-vote", set: "run.options.preVote", to: [false, true] }],
      happens: [
        { once: "leader", waitMs: [200, 250], do: "isolate", servers: ["follower"], way: "both" },
        { waitMs: [1000, 1050], do: "heal" },
      ],
      measure: { what: "chance", that: "not leader" },
      runs: 500,
      giveUpMs: 2000,
    },
  },
];
