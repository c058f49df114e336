import type { Term } from "../../base/units.ts";
import type { RaftOptions } from "../options.ts";
import type { LeaderRequest, RaftMessage, Server } from "../types.ts";
import { rule } from "./rule.ts";

/** Only a leader asks this. */
export const isLeaders = (message: RaftMessage): message is LeaderRequest =>
  message.type === "AppendEntries" || message.type === "Heartbeat" || message.type === "InstallSnapshot";

/** Terms: who is up to date, and who is told so (§5.1). */
export const termsRules = {
  newerTerm: rule(
    "A higher term wins",
    "§5.1",
    "A server that sees a term higher than its own takes it over and becomes a follower.",
    (server: Server, message: RaftMessage): boolean => message.term > server.term,
  ),
  termStaysOpen: rule(
    "A pre-vote changes no term",
    "D 9.6",
    "A request for a pre-vote, and its granted answer, name the term that an election would have; nobody takes it over.",
    (message: RaftMessage): boolean =>
      message.type === "PreVote" || (message.type === "PreVoteReply" && message.granted),
  ),
  oldTerm: rule(
    "Requests of older terms are refused",
    "§5.1",
    "A request whose term is older than the server's own is refused, and the answer carries the newer term.",
    (server: Server, message: RaftMessage): boolean => message.term < server.term,
  ),
  currentReply: rule(
    "Answers count only in the term that asked",
    "§5.1",
    "An answer counts only while the server still has the term and the role in which it asked.",
    (server: Server, reply: RaftMessage, asker: Server["role"]): boolean =>
      (reply.term === server.term || (reply.type === "PreVoteReply" && reply.term > server.term)) &&
      server.role === asker,
  ),
  answersOldTerm: rule(
    "Old requests learn the newer term",
    "§5.1",
    "Who sends a request of an older term is told the newer one; a pre-vote always is, because its sender may lag behind.",
    (message: RaftMessage, { oldTerms }: RaftOptions): boolean =>
      message.type === "PreVote" || (oldTerms === "answered" && (message.type === "RequestVote" || isLeaders(message))),
  ),
  unlocksHigherTerm: rule(
    "An old leader is answered where votes may be ignored",
    "D 4.2.3",
    "Where requests for votes may be ignored, a server of a higher term answers an old leader, which then steps down: silence would lock the server out.",
    ({ type }: RaftMessage, { preVote, checkQuorum }: RaftOptions): boolean =>
      (preVote || checkQuorum) && (type === "AppendEntries" || type === "Heartbeat"),
  ),
  newTermClearsVote: rule(
    "A new term comes without a vote",
    "Figure 2",
    "A server forgets its vote only when its term rises: within a term it stands.",
    (server: Server, term: Term): boolean => term > server.term,
  ),
} as const;
