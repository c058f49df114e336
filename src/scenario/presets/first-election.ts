import { toMillis } from "../../base/units.ts";
import { firstRun } from "../first-run.ts";
import { writeRecording } from "../format.ts";
import {
  type Claim,
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

const claims: readonly Claim[] = [
  every(
    leadersAre(),
    each([1, 2, 3, 4, 5], (id) => follows(id, 0)),
    timerLeft(3, 20_000),
  ),
  every(
    stands(3, 1),
    each([1, 2, 4, 5], (id) => underWay(3, id, "RequestVote")),
  ),
  every(
    stands(3, 1),
    hasVotesOf(3, 3),
    each([1, 2, 4, 5], (id) => every(votedFor(id, 3), underWay(id, 3, "RequestVoteReply"))),
  ),
  every(
    leadersAre(3),
    leads(3, 1),
    each([1, 2, 4, 5], (id) => underWay(3, id, "AppendEntries", isHeartbeat)),
  ),
  every(
    diskIs(3, 1),
    entryIs(3, 1, "put x=1"),
    each([1, 2, 4, 5], (id) => every(logIs(id), carries(3, id, 1, 1))),
  ),
  every(
    committed(3, 1),
    underWay(3, 0, "ClientReply"),
    each([1, 2, 4, 5], (id) => every(logIs(id, 1), committed(id, 0))),
  ),
];

const { format: _, version: __, title, notes, bookmarks: ___, branches: ____, ...file } = writeRecording(firstRun);

export const firstElection = preset({
  id: firstRun.preset,
  title,
  group: "Basics",
  notes,
  file,
  bookmarks: firstRun.bookmarks.map(({ at, label }, i) => ({ atMs: toMillis(at), label, claim: claims[i]! })),
});
