import { cutIs, each, every, follows, hasVotesOf, inTerm, leadersAre, leads, stands, votedFor } from "./claims.ts";
import { linksBetween, preset } from "./preset.ts";

export const oneWayLink = preset({
  id: "one-way-link",
  title: "A server that can talk but not hear",
  group: "Networks and disks",
  notes:
    "All links towards S5 are cut; those away from it work. S5 hears no heartbeats, so it calls election after election; whenever its term is the highest, its request deposes the leader. The others even vote for it, but S5 never hears that. A cluster can be disturbed by one deaf server: safe, but hardly available.",
  file: {
    seed: 12,
    servers: 5,
    latencyMs: [10, 13],
    writeMs: [1, 2],
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 100, do: "cut", links: linksBetween([1, 2, 3, 4], [5]) },
    ],
    speed: 0.1,
    endMs: 1200,
  },
  bookmarks: [
    {
      atMs: 200,
      label: "Nothing reaches S5 any more, but its own messages get out; S1 leads term 1.",
      claim: every(cutIs(linksBetween([1, 2, 3, 4], [5])), leads(1, 1)),
    },
    {
      atMs: 357,
      label: "All others have voted for S5 in term 2 and nobody leads; S5 hears none of it and counts one vote.",
      claim: every(
        leadersAre(),
        each([1, 2, 3, 4], (id) => every(inTerm(id, 2), votedFor(id, 5))),
        stands(5, 2),
        hasVotesOf(5, 5),
      ),
    },
    {
      atMs: 610,
      label: "S1, S2 and S3 have elected S4 in term 3; S5 is still a candidate in term 2.",
      claim: every(
        leadersAre(4),
        leads(4, 3),
        each([1, 2, 3], (id) => votedFor(id, 4)),
        stands(5, 2),
      ),
    },
    {
      atMs: 925,
      label: "S4 has voted for S5 in term 4 and is a follower; nobody leads.",
      claim: every(leadersAre(), stands(5, 4), follows(4, 4), votedFor(4, 5)),
    },
    {
      atMs: 1150,
      label: "S2 leads term 5, and S5 is a candidate in the same term with one vote: the others gave theirs to S2.",
      claim: every(
        leadersAre(2),
        leads(2, 5),
        stands(5, 5),
        hasVotesOf(5, 5),
        each([1, 2, 3, 4], (id) => votedFor(id, 2)),
      ),
    },
  ],
});
