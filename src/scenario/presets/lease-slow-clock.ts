import {
  clockGoes,
  committed,
  cutIs,
  each,
  every,
  follows,
  holds,
  leadersAre,
  leads,
  obeys,
  requestIs,
  unconfirmedReads,
  underWay,
} from "./claims.ts";
import { leaseActions, leaseStart } from "./lease-story.ts";
import { bothWays, preset } from "./preset.ts";

export const leaseSlowClock = preset({
  id: "lease-slow-clock",
  title: "A lease on a slow clock",
  group: "Reads",
  notes:
    "Profile etcd with check-quorum, option reads: the lease. A lease is a promise about time: S1 answers reads alone until check-quorum makes it step down, which on a right clock would here be before anybody else leads. It counts that time on its own clock, which goes at half speed. Cut off with S2, it should step down at 334 ms; by its clock it is not time before 519 ms, and until then it tells a client the old x, while S4 leads and x is 2. Set its clock right (click the mark of that act on the timeline, and take it out) and it answers no read; but that is the luck of the moment: see a stale read under a lease, with right clocks.",
  file: {
    ...leaseStart,
    options: { checkQuorum: true, reads: "lease" },
    actions: [...leaseActions],
    speed: 0.05,
    endMs: 620,
  },
  bookmarks: [
    {
      atMs: 160,
      label: "S1 leads term 1, x is 1 on all five servers, and S1's clock goes at half speed.",
      claim: every(
        leads(1, 1),
        leadersAre(1),
        clockGoes(1, -500_000),
        each([1, 2, 3, 4, 5], (id) => holds(id, "x", "1")),
      ),
    },
    {
      atMs: 340,
      label: "S1 is cut off with S2, and by a right clock would have stepped down 5 ms ago; it leads on.",
      claim: every(cutIs(bothWays([1, 2], [3, 4, 5])), leads(1, 1), leadersAre(1)),
    },
    {
      atMs: 430,
      label: "S4 leads term 2 and has committed x=2, and its client knows; S1 still leads term 1 and has x=1.",
      claim: every(
        leadersAre(1, 4),
        leads(4, 2),
        committed(4, 4),
        holds(4, "x", "2"),
        requestIs(2, "put", "done", "1"),
        holds(1, "x", "1"),
      ),
    },
    {
      atMs: 465,
      label: "S1 answers a read at once, as its lease allows: no read waits for a round of heartbeats.",
      claim: every(leads(1, 1), unconfirmedReads(1), underWay(1, 0, "ClientReply"), requestIs(3, "get", "asking")),
    },
    {
      atMs: 480,
      label:
        "The client is told that x is 1, although x=2 was done before it asked: the lease outlasted S1's majority.",
      claim: every(requestIs(3, "get", "done", "1"), requestIs(2, "put", "done", "1"), holds(4, "x", "2")),
    },
    {
      atMs: 530,
      label: "Only now has S1 stepped down, still in term 1, and S4 leads alone.",
      claim: every(follows(1, 1), obeys(1, 0), leadersAre(4)),
    },
  ],
});
