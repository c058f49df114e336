import type { GroupId, ServerId, Term } from "../base/units.ts";
import { names, who } from "../explain/words.ts";
import type { Causes } from "../history/causes/causes.ts";
import type { EventRow } from "../history/causes/stretch.ts";
import type { History } from "../history/history.ts";
import type { Work } from "../history/work.ts";
import type { Decision } from "../raft/decisions.ts";
import type { Fact } from "../world/facts.ts";
import { ofGroup, shortened, stepOf, through } from "./steps.ts";
import type { Story, StoryStep } from "./types.ts";
import { clockTime } from "./waits.ts";

/** Who tried to lead a term, who voted for whom and why, who won, or why nobody did. */
export function* storyOfTerm(history: History, causes: Causes, term: Term, group: GroupId): Work<Story | null> {
  const { terms } = history.current.index;
  const begun = terms.find((mark) => mark.group === group && mark.term >= term);
  if (begun === undefined || begun.term !== term) return null;
  const election = new Election(term);
  let left = aftermath;
  const more = yield* through(history, causes, begun.event, (row) => {
    for (const fact of ofGroup(row.facts, group)) election.see(row, fact);
    if (election.over) left--;
    return left <= 0 ? "enough" : "more";
  });
  const { steps, cut } = shortened(election.steps, ["counted", "lost message", "overtaken", "refused"]);
  return { about: `term ${term}`, steps, outcome: election.outcome(), more: more || cut };
}

/** Events after it is won in which late votes may come. */
const aftermath = 60;

class Election {
  readonly steps: StoryStep[] = [];
  over = false;
  private winner: { readonly server: ServerId; readonly votes: readonly ServerId[]; readonly at: number } | null = null;
  private readonly votes = new Map<ServerId, ServerId[]>();
  private needed = 0;
  private next: { readonly server: ServerId; readonly term: Term; readonly at: number } | null = null;

  constructor(private readonly term: Term) {}

  see(row: EventRow, fact: Fact): void {
    if (fact.kind === "lost") {
      const { payload } = fact;
      const ofTerm =
        (payload.type === "RequestVote" || payload.type === "RequestVoteReply") && payload.term === this.term;
      if (ofTerm && !this.over) this.add(row, "lost message", fact);
    } else if (fact.kind === "crashed" && this.votes.has(fact.server) && !this.over) this.add(row, "crashed", fact);
    else if (fact.kind === "decided") this.decided(row, fact, fact.decision);
  }

  private add(row: EventRow, kind: string, fact: Fact): void {
    this.steps.push(stepOf(row, kind, fact));
  }

  private decided(row: EventRow, fact: Fact, decision: Decision): void {
    const { term } = this;
    switch (decision.kind) {
      case "electionStarted":
        if (decision.term > term && !this.over) {
          this.over = true;
          this.next = { server: decision.server, term: decision.term, at: row.at };
          return this.add(row, "overtaken", fact);
        }
        if (decision.term !== term) return;
        this.votes.set(decision.server, [decision.server]);
        return this.add(row, "tried", fact);
      case "voteGranted":
        if (decision.pre || decision.term !== term) return;
        this.votes.get(decision.to)?.push(decision.server);
        return this.add(row, "voted", fact);
      case "voteRefusedOldTerm":
      case "voteRefusedVoted":
      case "voteRefusedLogTerm":
      case "voteRefusedLogLength":
      case "voteIgnoredLease":
        if (this.isAsked(row, decision.server)) this.add(row, "refused", fact);
        return;
      case "voteCounted":
        if (!decision.pre) this.needed = decision.counts[0]?.quorum ?? 0;
        return;
      case "electionWon":
        if (decision.term !== term) return;
        this.over = true;
        this.winner = { server: decision.server, votes: decision.votes, at: row.at };
        return this.add(row, "won", fact);
      case "electionLost":
        if (decision.term === term && !decision.pre) this.add(row, "failed", fact);
        return;
      case "candidateConceded":
        if (decision.term === term) this.add(row, "conceded", fact);
    }
  }

  private isAsked({ facts }: EventRow, server: ServerId): boolean {
    return facts.some(
      (fact) =>
        fact.kind === "received" &&
        fact.ref.to === server &&
        fact.payload.type === "RequestVote" &&
        fact.payload.term === this.term,
    );
  }

  outcome(): string {
    const { term, winner, next, needed } = this;
    if (winner !== null)
      return `${who(winner.server)} won term ${term} at ${clockTime(winner.at)}: ${names(winner.votes)} voted for it.`;
    const each = [...this.votes].map(
      ([candidate, voters]) => `${who(candidate)} was given ${voters.length} (${names([...voters].sort())})`,
    );
    const given =
      each.length === 0
        ? "nobody stood for election"
        : `of the ${needed === 0 ? "" : `${needed} `}votes that are needed ${each.join(", ")}`;
    const then = next === null ? "" : `; ${who(next.server)} began term ${next.term} at ${clockTime(next.at)}`;
    return `${next === null ? "Nobody has won" : "Nobody won"} term ${term}${next === null ? " so far" : ""}: ${given}${then}.`;
  }
}
