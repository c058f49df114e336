import { lastWhere } from "../base/last-where.ts";
import { actText } from "../explain/acts.ts";
import { tellDecision } from "../explain/decisions.ts";
import { History } from "../history/history.ts";
import { unobserved } from "../history/moment.ts";
import { type Onlooker, Rerun } from "../history/rerun.ts";
import type { Work } from "../history/work.ts";
import { bugOf, gameRounds } from "../lesson/game/runs.ts";
import type { Decision, DecisionKind } from "../raft/decisions.ts";
import { type RuleName, rules } from "../raft/rules/index.ts";
import { readGameName } from "../scenario/game-name.ts";
import type { Recording } from "../scenario/recording.ts";
import { departuresOf } from "../why/departures.ts";
import type { Action } from "../world/acts.ts";
import { faultNames } from "../world/faults/index.ts";
import type { GameScore, GameView, StoppedBy, StopView } from "./protocol/game.ts";
import { showing } from "./shown.ts";

/** Runs of the game, and what is counted in them. */

export { gameRun, openingOf } from "../lesson/game/runs.ts";

/** Why there is no such run. */
export const noGame = (_: string): string => `the game has the rounds 1 to ${gameRounds}, and "on"`;

/** The same run; in a round that is played, nobody is told which rule is off. */
export function veiled(recording: Recording): Recording {
  const { setup } = recording;
  if (readGameName(recording.preset)?.as !== "play" || setup.bugs.length === 0) return recording;
  return { ...recording, setup: { ...setup, bugs: setup.bugs.map((bug) => ({ ...bug, veiled: true })) } };
}

/** Null: it carries the name of a round, and is another run. */
export function gameView({ preset, setup }: Recording): GameView | null {
  const name = readGameName(preset);
  if (name === null || name.round > gameRounds) return null;
  const bug = name.round === 0 ? null : bugOf(name.round);
  const isItsOwn = setup.bugs.map((each) => each.name).join() === (bug?.name ?? "");
  return isItsOwn ? { ...name, of: gameRounds } : null;
}

/** What a rule does when it stands in the way. */
const stops: { readonly [Kind in DecisionKind]?: RuleName } = {
  voteRefusedVoted: "oneVotePerTerm",
  voteRefusedLogTerm: "logUpToDate",
  voteRefusedLogLength: "logUpToDate",
  voteRefusedOldTerm: "oldTerm",
  voteIgnoredLease: "leaderLease",
  electionLost: "electionQuorum",
  candidateConceded: "candidateConcedes",
  appendRefusedOldLeader: "oldTerm",
  appendRefusedConflict: "consistencyCheck",
  appendRefusedMissing: "consistencyCheck",
  entriesDeleted: "conflict",
  notCommittedOldTerm: "commitOwnTerm",
};

function ruleInTheWay(decision: Decision): RuleName | null {
  if (decision.kind === "messageIgnored")
    return decision.reason === "old term" && decision.messageType.endsWith("Reply") ? "currentReply" : null;
  if (decision.kind === "termAdopted") return decision.steppedDown ? "newerTerm" : null;
  return stops[decision.kind] ?? null;
}

interface Stop {
  readonly rule: RuleName;
  readonly view: StopView;
}
const timesMost = 50;

/** Keeps the score of a run of the game: of the branch that is shown, executed once more for it. */
export class Scorer {
  private rerun: Rerun | null = null;
  /** Events before the game begins. */
  private start = 0;
  /** Ascending. */
  private found: Stop[] = [];

  /** `opening`: the run as the game begins. */
  constructor(
    readonly history: History,
    private readonly opening: Recording,
  ) {}

  *upToNow(): Work<GameScore> {
    const { history } = this;
    const { place, current, world, setup, branches } = history;
    if (this.rerun === null) {
      this.start = yield* this.counted();
      this.rerun = new Rerun(history, this.start);
    }
    yield* this.rerun.known(this.onlooker());
    const own = this.ownOf(current.actions).filter(({ at }) => at <= world.now);
    const secret = setup.bugs.some(({ veiled }) => veiled);
    const [departed = null] = secret ? [] : yield* departuresOf(history);
    return {
      acts: own.map(({ at, act }) => ({ at, text: actText(act) })),
      faults: own.filter(isFault).length,
      events: Math.max(0, place.event - this.start),
      tried: { acts: this.allTried(), branches: branches.length },
      stopped: secret ? [] : this.stoppedBy(place.event),
      departed: departed && { event: departed.event, at: departed.at },
    };
  }

  private *counted(): Work<number> {
    const { setup, actions, view } = this.opening;
    const own = new History(setup, actions);
    yield* showing(own, view);
    return own.place.event;
  }

  private onlooker(): Onlooker {
    return {
      ...unobserved,
      fact: (fact) => {
        if (fact.kind !== "decided" || fact.event <= this.start) return;
        const { event, at, decision } = fact;
        const rule = ruleInTheWay(decision);
        if (rule === null) return;
        const { text } = tellDecision(decision.kind, decision);
        this.found.push({ rule, view: { event, at, server: decision.server, text } });
      },
      forget: (kept) => {
        this.found.length = lastWhere(this.found, ({ view }) => view.event <= kept) + 1;
      },
    };
  }

  private ownOf(actions: readonly Action[]): readonly Action[] {
    return actions.slice(this.opening.actions.length);
  }

  /** Each act once, however many branches have it. */
  private allTried(): number {
    const acts = this.history.branches.flatMap(({ parent, from, actions }) =>
      this.ownOf(actions).filter(({ at }) => parent < 0 || at >= from.at),
    );
    return acts.length;
  }

  private stoppedBy(last: number): readonly StoppedBy[] {
    const known = this.found.filter(({ view }) => view.event <= last);
    return [...new Set(known.map(({ rule }) => rule))]
      .map((rule) => {
        const times = known.filter((stop) => stop.rule === rule).map(({ view }) => view);
        const { title, section } = rules[rule];
        return { title, section, count: times.length, times: times.slice(-timesMost).reverse() };
      })
      .sort((a, b) => b.count - a.count);
  }
}

const isFault = ({ act }: Action): boolean => (faultNames as readonly string[]).includes(act.do);
