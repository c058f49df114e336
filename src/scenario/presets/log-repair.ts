import {
  beganWith,
  committed,
  each,
  every,
  hasEntry,
  inTerm,
  knowsMatch,
  lastEntry,
  leads,
  logIs,
  votedFor,
} from "./claims.ts";
import { preset } from "./preset.ts";

const leader = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6] as const;
/** Figure 7's followers. */
const a = [1, 1, 1, 4, 4, 5, 5, 6, 6] as const;
const b = [1, 1, 1, 4] as const;
const c = [...leader, 6] as const;
const d = [...leader, 7, 7] as const;
const e = [1, 1, 1, 4, 4, 4, 4] as const;
const f = [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3] as const;
const all = [1, 2, 3, 4, 5, 6, 7];
const server = (id: number, log: readonly number[]) => ({ id: `S${id}`, term: 7, votedFor: null, log, commit: 3 });

export const logRepair = preset({
  id: "log-repair",
  title: "Log repair: Figure 7's followers",
  group: "Logs",
  notes:
    "The situation of Figure 7: S1 is about to lead term 8, and the logs of S2 to S7 are the paper's followers (a) to (f). Some lack entries, some have extra ones that nobody committed. S1 steps back one entry at a time until the consistency check succeeds, then overwrites what follows; a first write of term 8 makes all seven logs equal.",
  file: {
    seed: 8,
    servers: [leader, a, b, c, d, e, f].map((log, at) => server(at + 1, log)),
    latencyMs: [10, 12],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 20 },
      { atMs: 400, do: "request", put: ["y", "8"], server: "S1" },
    ],
    speed: 0.04,
    endMs: 600,
  },
  bookmarks: [
    {
      atMs: 0,
      label: "The logs of Figure 7: S1 has that of the leader, S2 to S7 have those of followers (a) to (f).",
      claim: every(...[leader, a, b, c, d, e, f].map((log, at) => logIs(at + 1, ...log))),
    },
    {
      atMs: 50,
      label:
        "S1 leads term 8: S2, S3, S6 and S7 have voted for it, (c) and (d), which are S4 and S5, have not; one log is longer than S1's, the other newer.",
      claim: every(
        leads(1, 8),
        each([2, 3, 6, 7], (id) => every(inTerm(id, 8), votedFor(id, 1))),
        each([4, 5], (id) => every(inTerm(id, 8), votedFor(id, 0))),
        logIs(1, ...leader),
        logIs(4, ...c),
        logIs(5, ...d),
      ),
    },
    {
      atMs: 88,
      label: "(a) S2, which lacked one entry, has the leader's ten now.",
      claim: every(beganWith(2, ...a), logIs(2, ...leader)),
    },
    {
      atMs: 175,
      label:
        "(e) S6 began with two entries of term 4 that the leader lacks; they are gone, and it has the leader's ten.",
      claim: every(beganWith(6, ...e), logIs(6, ...leader)),
    },
    {
      atMs: 198,
      label: "(b) S3, which lacked six entries, has the leader's ten now.",
      claim: every(beganWith(3, ...b), logIs(3, ...leader)),
    },
    {
      atMs: 225,
      label:
        "(f) S7 began with eight entries of terms 2 and 3 that the leader lacks; they are gone, and it has the leader's ten.",
      claim: every(beganWith(7, ...f), logIs(7, ...leader)),
    },
    {
      atMs: 300,
      label:
        "(c) and (d), S4 and S5, match the leader up to entry 10 and keep what they have beyond it: nothing is in conflict with it yet.",
      claim: every(lastEntry(1, 10), knowsMatch(1, 4, 10), knowsMatch(1, 5, 10), logIs(4, ...c), logIs(5, ...d)),
    },
    {
      atMs: 395,
      label: "Entry 10 is on all seven servers and not committed: it is of term 6, and S1 leads term 8.",
      claim: every(
        leads(1, 8),
        each(all, (id) => every(hasEntry(id, 10, 6), committed(id, 3))),
      ),
    },
    {
      atMs: 480,
      label:
        "One write of term 8 has overwritten what (c) and (d) had beyond entry 10: the seven logs are equal, and all eleven entries are committed.",
      claim: each(all, (id) => every(logIs(id, ...leader, 8), committed(id, 11))),
    },
  ],
});
