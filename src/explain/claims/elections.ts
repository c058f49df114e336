import type { ServerId, Term } from "../../base/units.ts";
import type { Configuration } from "../../raft/configuration.ts";
import type { CampaignProblem, DecisionOf } from "../../raft/decisions.ts";
import { entryAt } from "../../raft/log.ts";
import { never } from "../../raft/options.ts";
import {
  agreed,
  all,
  claimsOf,
  counted,
  endOf,
  heard,
  heardOf,
  holds,
  is,
  isMemberOf,
  isVoterOf,
  ledTerm,
  otherServer,
  ruled,
  sending,
  sound,
  votersOf,
  when,
} from "./claim.ts";
import { now, type Scene } from "./scene.ts";

/** Whose vote a server has once this step's answer, or its own stored one, is counted; the first word of each counts. */
function votesNow(scene: Scene): (id: ServerId) => boolean {
  const { before, input, machine } = scene;
  const reply = heardOf(scene, "RequestVoteReply", "PreVoteReply");
  const from = reply?.from ?? (input?.kind === "written" ? machine.id : 0);
  const granted = reply?.granted ?? input?.kind === "written";
  return (id) => before.votes[id] ?? (id === from && granted);
}

function tallied(
  { votes, counts }: Pick<DecisionOf<"electionWon">, "votes" | "counts">,
  { before: { configuration } }: Scene,
  agrees: (id: ServerId) => boolean,
): string | null {
  return all(is("who voted", votes, votersOf(configuration).filter(agrees)), counted(counts, configuration, agrees));
}

/** The timer as it was, and how long it has run by this server's clock; where a rule is broken the message itself may have set it. */
function timerRan(
  { waited, timeout }: Pick<DecisionOf<"electionStarted">, "waited" | "timeout">,
  scene: Scene,
): string | null {
  const { before, told } = scene;
  const ran = now(scene) - before.timerSince;
  const set = told.find(({ kind }) => kind === "timerReset") as DecisionOf<"timerReset"> | undefined;
  const anew = waited === 0 && ran !== 0 && set !== undefined;
  return all(
    holds(waited === ran || anew, `the timer was set ${ran} µs ago, not ${waited}`),
    is("the election timeout", timeout, anew ? set.timeout : before.timeout),
  );
}
const byTimer = ({ input }: Scene): string | null =>
  holds(input?.kind === "electionTimeout" || input?.kind === "campaign", "no timer has fired");

/** The term that a server is in after it has taken over a message's newer one, if it does. */
function termHere(scene: Scene): Term {
  const { before } = scene;
  const message = heard(scene);
  return message === null || message.type === "PreVote" ? before.term : Math.max(before.term, message.term);
}

/** What of a request for a vote was compared, on both sides. */
function compared(
  { to, own, candidate, commitIndex }: Pick<DecisionOf<"voteGranted">, "to" | "own" | "candidate" | "commitIndex">,
  scene: Scene,
): string | null {
  const request = heardOf(scene, "RequestVote", "PreVote");
  if (request === null) return "nobody has asked for a vote";
  return all(
    is("who asked", to, request.from),
    is("the end of its own log", own, endOf(scene.before.log)),
    is("the end of the candidate's log", candidate, { term: request.lastLogTerm, index: request.lastLogIndex }),
    is("its commit index", commitIndex, scene.before.commitIndex),
  );
}
const ahead = (
  a: { readonly term: Term; readonly index: number },
  b: { readonly term: Term; readonly index: number },
): boolean => a.term > b.term || (a.term === b.term && a.index > b.index);

/** A vote, or a pre-vote, was refused: who asked hears no. */
const refusedVote = ({ to, pre }: { readonly to: ServerId; readonly pre?: true }, scene: Scene): string | null => {
  const request = heardOf(scene, "RequestVote", "PreVote");
  return all(
    is("who asked", to, request?.from),
    is("whether it was a pre-vote", pre === true, request?.type === "PreVote"),
    when(pre === undefined, () =>
      holds(scene.after.votedFor !== to || scene.after.votedFor === scene.before.votedFor, `it has voted for S${to}`),
    ),
  );
};

/** They did vote so, as far as they have not gone on to another term. */
function reallyVoted(term: Term, votes: readonly ServerId[], scene: Scene): string | null {
  if (!sound(scene)) return null;
  const { machine } = scene;
  const other = votes.find((id) => {
    const raft = otherServer(scene, id)?.raft;
    return raft === undefined || raft.term < term || (raft.term === term && raft.votedFor !== machine.id);
  });
  return other === undefined ? null : `S${other} has not voted for it in term ${term}`;
}

function keepsFromCampaigning(
  reason: CampaignProblem,
  { incoming, configuration }: Scene["after"],
  id: ServerId,
): string | null {
  switch (reason) {
    case "snapshot":
      return holds(incoming !== null, "it has no snapshot to store");
    case "learner":
      return all(
        holds(configuration.learners.includes(id), "it is no learner"),
        holds(!isVoterOf(configuration, id), "it has a vote"),
      );
    case "not a voter":
      return all(
        holds(!isMemberOf(configuration, id), "it is a member"),
        holds(incoming === null, "it has a snapshot to store"),
      );
  }
}

const hasUnappliedChange = ({ before }: Scene): boolean => {
  for (let at = Math.max(before.log.base, before.lastApplied) + 1; at <= before.commitIndex; at++)
    if (at <= before.log.last && entryAt(before.log, at).change !== null) return true;
  return false;
};

export const electionClaims = claimsOf({
  electionStarted(decision, scene) {
    const { term, cause } = decision;
    const { before, after, machine } = scene;
    return all(
      timerRan(decision, scene),
      is("its role", "candidate", after.role),
      is("its term", term, after.term),
      is("the term before", term - 1, termHere(scene) > term - 1 ? before.term : termHere(scene)),
      is("its own vote", machine.id, after.votedFor),
      when(cause === "timer", () => byTimer(scene)),
      when(cause === "transfer", () => holds(heardOf(scene, "TimeoutNow") !== null, "nobody told it to")),
      when(cause === "preVote", () =>
        all(
          is("its role before", "preCandidate", before.role),
          when(ruled(decision), () =>
            holds(agreed(before.configuration, votesNow(scene)), "no majority would vote for it"),
          ),
        ),
      ),
    );
  },
  preVoteStarted: (decision, scene) =>
    all(
      timerRan(decision, scene),
      when(heard(scene) === null, () => byTimer(scene)),
      is("its role", "preCandidate", scene.after.role),
      is("the term that it asks for", decision.term, scene.after.term + 1),
      ...sending(scene, "PreVote").map(({ term }) => is("the term that it asks for", decision.term, term)),
    ),
  campaignRefused({ reason }, scene) {
    const { before, after, machine } = scene;
    switch (reason) {
      case "leads":
        return is("its role", "leader", after.role);
      case "unapplied change":
        return holds(hasUnappliedChange(scene), "every committed change is applied");
      default:
        return keepsFromCampaigning(reason, before, machine.id);
    }
  },
  neverCampaigns: ({ reason }, { after, machine }) =>
    all(holds(after.role !== "leader", "it leads"), keepsFromCampaigning(reason, after, machine.id)),
  timerReset(decision, scene) {
    const { cause, timeout } = decision;
    const { before, after, told } = scene;
    const last = told.findLast(({ kind }) => kind === "timerReset") === decision;
    const message = heard(scene);
    return all(
      is("when the timer began", now(scene), after.timerSince),
      is("the election timeout", timeout, last || timeout !== before.timeout ? after.timeout : before.timeout),
      when(cause === "leader", () =>
        all(
          holds(
            message?.type === "AppendEntries" || message?.type === "Heartbeat" || message?.type === "InstallSnapshot",
            "no leader has sent anything",
          ),
          is("its leader", message?.from, after.leader),
        ),
      ),
      when(cause === "vote", () =>
        all(
          holds(message?.type === "RequestVote", "nobody has asked for a vote"),
          holds(
            told.some(({ kind }) => kind === "voteGranted"),
            "no vote was granted",
          ),
        ),
      ),
      when(cause === "election", () => is("its role", "candidate", after.role)),
      when(cause === "change", () =>
        holds(before.term !== after.term || before.role !== after.role, "neither its term nor its role has changed"),
      ),
      when(cause === "message", () => holds(message !== null, "no message has come")),
    );
  },
  voteGranted(decision, scene) {
    const { to, term, pre, own, candidate } = decision;
    const { before, after } = scene;
    const request = heardOf(scene, "RequestVote", "PreVote");
    return all(
      compared(decision, scene),
      is("whether it was a pre-vote", pre, request?.type === "PreVote"),
      is("the term", term, request?.term),
      when(ruled(decision), () =>
        all(
          holds(!ahead(own, candidate), "its own log is newer or longer"),
          when(!pre, () => all(is("its vote", to, after.votedFor), is("its term", term, after.term))),
          when(pre, () => holds(after.votedFor !== to || before.votedFor === to, `it has voted for S${to}`)),
        ),
      ),
    );
  },
  voteRefusedOldTerm: (decision, scene) =>
    all(
      refusedVote(decision, scene),
      is("the term of the request", decision.messageTerm, heard(scene)?.term),
      is("its term", decision.term, scene.before.term),
      holds(decision.messageTerm < decision.term, "that term is not older"),
    ),
  voteRefusedVoted(decision, scene) {
    const { term, votedFor, leader, server, to } = decision;
    const { after } = scene;
    return all(
      refusedVote(decision, scene),
      is("its term", term, after.term),
      is("its vote", votedFor, after.votedFor),
      is("its leader", leader, after.leader),
      when(ruled(decision), () =>
        all(
          holds(votedFor !== to, "it has voted for who asks"),
          when(votedFor === 0, () =>
            all(
              holds(leader !== 0, "it knows no leader"),
              when(leader !== server, () => ledTerm(scene, leader, term)),
            ),
          ),
        ),
      ),
    );
  },
  voteRefusedLogTerm: (decision, scene) =>
    all(
      refusedVote(decision, scene),
      compared(decision, scene),
      when(ruled(decision), () =>
        holds(decision.own.term > decision.candidate.term, "its last entry is not of a newer term"),
      ),
    ),
  voteRefusedLogLength: (decision, scene) =>
    all(
      refusedVote(decision, scene),
      compared(decision, scene),
      is("the last term of both", decision.own.term, decision.candidate.term),
      when(ruled(decision), () => holds(decision.own.index > decision.candidate.index, "its log is not longer")),
    ),
  voteIgnoredLease(decision, scene) {
    const { to, leader, heard: since, least, told, server, timer } = decision;
    const { before, machine } = scene;
    const request = heardOf(scene, "RequestVote", "PreVote");
    const reply = sending(scene, "PreVoteReply").find((each) => each.to === to);
    const set = scene.told.some(({ kind }) => kind === "timerReset") ? 0 : now(scene) - before.timerSince;
    const spoken = now(scene) - before.leaderHeardAt;
    return all(
      is("who asked", to, request?.from),
      is("its leader", leader, before.leader),
      is("whether it answers", told, reply !== undefined && !reply.granted),
      is("the minimum election timeout", least, machine.options.electionTimeoutMin),
      when(leader === server, () =>
        all(is("its role", "leader", before.role), holds([set, spoken].includes(since), "it was another time")),
      ),
      when(leader !== server && timer === true, () =>
        all(is("the time since its timer was set", since, set), holds(set !== spoken, "its leader spoke then")),
      ),
      when(leader !== server && timer === undefined, () => is("the time since it heard from a leader", since, spoken)),
      when(leader !== server, () => holds(since < least, "that is long enough")),
    );
  },
  voteCounted(decision, scene) {
    const { from, granted, pre, again } = decision;
    const { before, input, machine, told } = scene;
    const reply = heardOf(scene, "RequestVoteReply", "PreVoteReply");
    const counted = told.find(({ kind }) => kind === "voteCounted");
    return all(
      is("who voted", from, reply?.from ?? (input?.kind === "written" ? machine.id : 0)),
      is("whether it granted its vote", granted, reply?.granted ?? true),
      is("its role", pre ? "preCandidate" : "candidate", before.role),
      is(
        "whether its word was counted before",
        again === true,
        before.votes[from] !== undefined || counted !== decision,
      ),
      tallied(decision, scene, votesNow(scene)),
    );
  },
  electionWon(decision, scene) {
    const { term, votes } = decision;
    const { before } = scene;
    return all(
      is("its role before", "candidate", before.role),
      is("its term", term, before.term),
      tallied(decision, scene, votesNow(scene)),
      holds(
        scene.told.some(({ kind }) => kind === "leaderRemoved") || scene.after.role === "leader",
        "it does not lead",
      ),
      when(ruled(decision), () => holds(agreed(before.configuration, votesNow(scene)), "that is no majority")),
      reallyVoted(term, votes, scene),
    );
  },
  preVoteWon: (decision, scene) =>
    all(
      is("its role before", "preCandidate", scene.before.role),
      is("the term that it asked for", decision.term, scene.before.term + 1),
      tallied(decision, scene, votesNow(scene)),
      when(ruled(decision), () => holds(agreed(scene.before.configuration, votesNow(scene)), "that is no majority")),
    ),
  electionLost(decision, scene) {
    const { term, pre, counts } = decision;
    const { before } = scene;
    const lacks = counts.some(({ agree, quorum }) => agree.length < quorum);
    return all(
      is("its role before", pre ? "preCandidate" : "candidate", before.role),
      is("the term", term, pre ? before.term + 1 : before.term),
      tallied(decision, scene, votesNow(scene)),
      when(ruled(decision), () => holds(lacks, "it had the votes that it needed")),
      holds(scene.after.role !== "leader", "it leads"),
    );
  },
  candidateConceded: ({ to, term }, scene) =>
    all(
      holds(scene.before.role === "candidate" || scene.before.role === "preCandidate", "it was no candidate"),
      is("its leader", to, scene.after.leader),
      is("its term", term, scene.after.term),
      is("its role", "follower", scene.after.role),
      ledTerm(scene, to, term),
    ),
  termAdopted(decision, scene) {
    const { from, messageType, oldTerm, term, steppedDown } = decision;
    const { before, after } = scene;
    const message = heard(scene);
    return all(
      is("whose message it was", from, message?.from),
      is("what came", messageType, message?.type),
      is("the term of the message", term, message?.term),
      is("its term before", oldTerm, before.term),
      is("whether it stepped down", steppedDown, before.role !== "follower"),
      holds(after.term >= term, `it is in term ${after.term}`),
      when(ruled(decision), () => holds(term > oldTerm, "that term is not newer")),
      senderIs(from, scene),
    );
  },
  quorumHeld: (decision, scene) =>
    all(
      looked(decision, scene),
      is("its role", "leader", scene.after.role),
      when(ruled(decision), () => hasMajority(decision, "no majority is there")),
    ),
  quorumLost: (decision, scene) =>
    all(
      looked(decision, scene),
      is("its role", "follower", scene.after.role),
      when(ruled(decision), () => holds(hasMajority(decision, "") !== null, "a majority has answered")),
    ),
  leaderForgotten: ({ leader }, { before, after }) =>
    all(
      is("its leader before", leader, before.leader),
      is("its leader", 0, after.leader),
      is("when it heard from a leader", never, after.leaderHeardAt),
    ),
  forgettingRefused({ reason }, { before, machine }) {
    switch (reason) {
      case "not a follower":
        return holds(before.role !== "follower", "it is a follower");
      case "no leader":
        return all(is("its role", "follower", before.role), is("its leader", 0, before.leader));
      case "lease":
        return is("how reads are answered", "lease", machine.options.reads);
    }
  },
});

/** A message may speak for another server than the one that sent it: "S3's" is said only of what S3 sent. */
export const senderIs = (from: ServerId, { memory, input }: Scene): string | null =>
  memory.arrived === null || (input?.kind === "message" && input.message.type === "TransferLeader")
    ? null
    : is("who sent it", from, memory.arrived.from);

type Look = Pick<DecisionOf<"quorumHeld">, "heard" | "joined" | "counts" | "server" | "by">;
const hasMajority = ({ counts }: Look, otherwise: string): string | null =>
  holds(
    counts.every(({ agree, quorum }) => agree.length >= quorum),
    otherwise,
  );

function looked({ heard: said, joined, counts, server, by }: Look, scene: Scene): string | null {
  const { before, machine, memory } = scene;
  const { electionTimeoutMin: least, quorumCheck } = machine.options;
  const flags = quorumCheck === "flags";
  const time = (id: ServerId): boolean => {
    const at = memory.answeredAt(scene, id);
    if (at === undefined) return false;
    return flags ? memory.answeredSinceLook(scene, id) : now(scene) - at < least;
  };
  const configuration: Configuration = before.configuration;
  return all(
    is("its role before", "leader", before.role),
    counted(counts, configuration, (id) => said.includes(id)),
    is("how it looks", by, quorumCheck),
    is("whether it counts itself", said.includes(server), before.progress[server] !== undefined),
    ...said
      .filter((id) => id !== server && !joined.includes(id))
      .map((id) => holds(time(id), `S${id} has not answered it in time`)),
    ...joined.map((id) => holds(memory.answeredAt(scene, id) === undefined && said.includes(id), `S${id} is not new`)),
    ...before.progress.map((progress, id) =>
      holds(progress === undefined || said.includes(id) || !time(id), `S${id} has answered it in time`),
    ),
  );
}
