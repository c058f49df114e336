import {
  clockGoes,
  committed,
  cutIs,
  each,
  every,
  follows,
  hasOption,
  holds,
  leadersAre,
  leads,
  obeys,
  requestIs,
  roundAnsweredBy,
  unconfirmedReads,
} from "./claims.ts";
import { leaseActions, leaseStart } from "./lease-story.ts";
import { bothWays, preset } from "./preset.ts";

export const leaseDriftBound = preset({
  id: "lease-drift-bound",
  title: "A lease with a bound on clocks",
  group: "Reads",
  notes:
    "The story of the lease on a slow clock again, now with the dissertation's lease: it runs from when a round was sent that a majority answered, and is shorter than the election timeout by as much as clocks may run apart, here 100 percent. S1 does not know that its clock goes at half speed, but its lease of 75 ms by that clock is over long before S4 can lead. When the read comes, S1 asks for a round of heartbeats instead, and no majority answers: no answer is better than an old one.",
  file: {
    ...leaseStart,
    options: { checkQuorum: true, reads: "lease", lease: "sendTime", clockDriftPercent: 100 },
    actions: [...leaseActions],
    speed: 0.05,
    endMs: 2500,
  },
  bookmarks: [
    {
      atMs: 160,
      label:
        "S1 leads term 1, x is 1 on all five servers, and S1's clock goes at half speed; the bound allows for that.",
      claim: every(
        leads(1, 1),
        leadersAre(1),
        clockGoes(1, -500_000),
        hasOption(1, "clockDriftPercent", 100),
        each([1, 2, 3, 4, 5], (id) => holds(id, "x", "1")),
      ),
    },
    {
      atMs: 430,
      label: "S1, cut off with S2, still leads term 1 and has x=1; S4 leads term 2 and has committed x=2.",
      claim: every(
        cutIs(bothWays([1, 2], [3, 4, 5])),
        leadersAre(1, 4),
        leads(1, 1),
        holds(1, "x", "1"),
        leads(4, 2),
        committed(4, 4),
        requestIs(2, "put", "done", "1"),
      ),
    },
    {
      atMs: 465,
      label: "S1 has the read and does not trust its lease: the read waits for a round of heartbeats.",
      claim: every(leads(1, 1), unconfirmedReads(1, 3), requestIs(3, "get", "asking")),
    },
    {
      atMs: 500,
      label: "Only S2 has answered that round, and the read still waits.",
      claim: every(roundAnsweredBy(1, 1, 1, 2), unconfirmedReads(1, 3), requestIs(3, "get", "asking")),
    },
    {
      atMs: 530,
      label: "S1 has stepped down and forgotten the read.",
      claim: every(follows(1, 1), obeys(1, 0), unconfirmedReads(1), leadersAre(4)),
    },
    {
      atMs: 2480,
      label: "The client has given up on S1: it never got the old value.",
      claim: requestIs(3, "get", "unknown"),
    },
  ],
});
