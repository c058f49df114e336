import {
  carries,
  committed,
  diskIs,
  each,
  entryIs,
  every,
  follows,
  hasVotesOf,
  isHeartbeat,
  leadersAre,
  leads,
  logIs,
  stands,
  timerLeft,
  underWay,
  votedFor,
} from "./claims.ts";
import { preset } from "./preset.ts";

export const firstElection = preset({
  id: "first-election",
  title: "First election",
  group: "Elections",
  notes:
    "Five servers start as followers and nobody leads. S3's election timer runs out first, so it asks the others for votes, wins, and keeps them quiet with heartbeats. From then on a client writes through it: break something and watch what they do.",
  file: {
    seed: 7,
    servers: 5,
    network: { mode: "automatic", latencyMs: [10, 15], loss: 0, duplicate: 0 },
    disk: { writeMs: [1, 3] },
    actions: [
      { atMs: 0, do: "timer", server: "S3", leftMs: 20 },
      { atMs: 90, do: "load", perSecond: 8 },
    ],
    view: { atMs: 0, select: "", speed: 0.05, play: true },
    endMs: 190,
  },
  bookmarks: [
    {
      atMs: 0,
      label: "Nobody leads: five followers in term 0, and S3's election timer has 20 ms left.",
      claim: every(
        leadersAre(),
        each([1, 2, 3, 4, 5], (id) => follows(id, 0)),
        timerLeft(3, 20_000),
      ),
    },
    {
      atMs: 25,
      label: "S3 is a candidate in term 1, and its requests for votes are on their way to the four others.",
      claim: every(
        stands(3, 1),
        each([1, 2, 4, 5], (id) => underWay(3, id, "RequestVote")),
      ),
    },
    {
      atMs: 42,
      label: "All four have voted for S3; their answers are on the way, so S3 counts only its own vote yet.",
      claim: every(
        stands(3, 1),
        hasVotesOf(3, 3),
        each([1, 2, 4, 5], (id) => every(votedFor(id, 3), underWay(id, 3, "RequestVoteReply"))),
      ),
    },
    {
      atMs: 55,
      label: "S3 alone leads, in term 1, and its first heartbeats are on their way to the four others.",
      claim: every(
        leadersAre(3),
        leads(3, 1),
        each([1, 2, 4, 5], (id) => underWay(3, id, "AppendEntries", isHeartbeat)),
      ),
    },
    {
      atMs: 135,
      label: "The client's first write, x=1, is entry 1 on S3's disk and on its way to the four others.",
      claim: every(
        diskIs(3, 1),
        entryIs(3, 1, "put x=1"),
        each([1, 2, 4, 5], (id) => every(logIs(id), carries(3, id, 1, 1))),
      ),
    },
    {
      atMs: 165,
      label:
        "S3 has committed entry 1 and is answering the client; the four others have the entry but do not know that it is committed.",
      claim: every(
        committed(3, 1),
        underWay(3, 0, "ClientReply"),
        each([1, 2, 4, 5], (id) => every(logIs(id, 1), committed(id, 0))),
      ),
    },
  ],
});
