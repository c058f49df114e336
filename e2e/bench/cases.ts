import { crowded, type Scenario, steady } from "../scenario.ts";

export interface Case {
  readonly name: string;
  readonly scenario: Scenario;
  /** p95 of milliseconds per frame; null: no bar. */
  readonly bar: number | null;
}

/** A leader that sends heartbeats and nothing else: what every visualizer of Raft can show. */
const quiet = (speed: number, play = true): Scenario =>
  steady({
    actions: [{ atMs: 0, do: "timer", server: "S1", leftMs: 10 }],
    view: { atMs: 420, select: "", speed, play },
  });

const writing = (speed: number): Scenario =>
  steady({
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 90, do: "load", perSecond: 20 },
    ],
    view: { atMs: 420, select: "S1", speed, play: true },
  });

const long: Scenario = steady({
  actions: [
    { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
    { atMs: 90, do: "load", perSecond: 20 },
  ],
  view: { atMs: 300_000, select: "S1", speed: 1, play: true },
  endMs: 300_000,
});

export const cases: readonly Case[] = [
  { name: "paused", scenario: quiet(0.05, false), bar: null },
  { name: "5 servers, heartbeats, 1/20", scenario: quiet(0.05), bar: 6 },
  { name: "5 servers, heartbeats, 1×", scenario: quiet(1), bar: 6 },
  { name: "5 servers, 20 writes/s, 1/20", scenario: writing(0.05), bar: 6 },
  { name: "5 servers, 20 writes/s, 1×", scenario: writing(1), bar: 6 },
  { name: "9 servers, 250 messages, 1/20", scenario: crowded(0.05, "S1"), bar: 10 },
  { name: "9 servers, 250 messages, 1×", scenario: crowded(1, "S1"), bar: 10 },
  { name: "5 servers, 1×, after 5 min at 20 writes/s", scenario: long, bar: 6 },
];
