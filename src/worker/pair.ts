import { type Result, success } from "../base/result.ts";
import type { GroupId, Micros } from "../base/units.ts";
import { History } from "../history/history.ts";
import type { Work } from "../history/work.ts";
import type { InputProblem } from "../scenario/recording.ts";
import { differencesOf, equalAspects, type Line, rowsMost, stateDifferences } from "../why/differences.ts";
import type { Action } from "../world/acts.ts";
import type { Setup } from "../world/state/setup.ts";
import { activeFaults, runningNemeses } from "./faults.ts";
import { frameOf } from "./frame.ts";
import { part } from "./part.ts";
import type { Pair, PairLine, PairMoment, PairSide } from "./protocol/pair.ts";
import type { Requests } from "./protocol/requests.ts";
import { timelineOf } from "./timeline.ts";

const teller = { activeFaults, runningNemeses };

/** A run to be looked at beside another. */
interface PairedRun {
  readonly setup: Setup;
  readonly actions: readonly Action[];
  readonly end: Micros;
}
const branchRun = ({ setup, branches }: History, id: number): PairedRun => {
  const branch = branches[id];
  if (branch === undefined) throw new Error(`there is no branch ${id}`);
  return { setup, actions: branch.actions.slice(), end: Math.max(branch.end.at, branch.reach) };
};

/** What the page asks to see side by side. A file may be wrong. */
export async function pairedOf(
  history: History,
  { left, right, group }: Requests["pair"]["ask"],
): Promise<Result<Paired, InputProblem>> {
  const runOf = async (side: PairSide): Promise<Result<PairedRun, InputProblem>> => {
    if ("branch" in side) return success(branchRun(history, side.branch));
    const read = (await part(() => import("../scenario/format.ts"))).parseRecording(side.file);
    return read.ok ? success(read.value) : read;
  };
  const [here, there] = [await runOf(left), await runOf(right)];
  if (!here.ok) return here;
  return there.ok ? success(new Paired([here.value, there.value], group)) : there;
}

/** Two runs, each in a history of its own, at one time. The run that is shown hears nothing of them. */
export class Paired {
  private readonly histories: readonly [History, History];

  constructor(
    private readonly runs: readonly [PairedRun, PairedRun],
    private readonly group: GroupId,
  ) {
    const end = Math.max(runs[0].end, runs[1].end);
    const history = ({ setup, actions }: PairedRun): History => new History(setup, actions, end);
    this.histories = [history(runs[0]), history(runs[1])];
  }

  /** Runs both as far as the longer one goes. */
  *opened(): Work<Pair> {
    const lines: PairLine[] = [];
    for (const history of this.histories) {
      yield* history.seeking(history.current.reach);
      const { violation, stopped, now } = history.world;
      lines.push({
        timeline: timelineOf(history, this.group),
        end: now,
        stopped: violation?.property ?? stopped,
        violation: violation && { ...violation, at: now },
      });
    }
    const [left, right] = this.histories.map(
      ({ setup, current: { actions, reach: end, checkpoints } }): Line => ({ setup, actions, end, checkpoints }),
    );
    const { first } = yield* differencesOf(left!, right!, null);
    return { lines: [lines[0]!, lines[1]!], first };
  }

  /** Both at a time, or (`step`) where something next happens after it, or last happened before it, on either side. */
  *moment(at: Micros, step: 1 | 0 | -1): Work<PairMoment> {
    yield* this.bring(at);
    const to = step === 0 ? at : step === 1 ? this.next(at) : yield* this.before(at);
    if (to !== at) yield* this.bring(to);
    const [left, right] = this.histories;
    const rows = stateDifferences(left.world, right.world);
    const frame = (history: History) => frameOf(history, { group: this.group, logFrom: 1, logCount: 0 }, teller);
    return {
      at: to,
      frames: [frame(left), frame(right)],
      rows: rows.slice(0, rowsMost),
      more: rows.length > rowsMost,
      equal: equalAspects(rows),
    };
  }

  /** A run that has stopped stays where it did. */
  private *bring(to: Micros): Work {
    for (const history of this.histories) yield* history.seeking(to);
  }

  private next(at: Micros): Micros {
    const next = Math.min(...this.histories.map((history) => history.nextAt()));
    return Math.min(Number.isFinite(next) ? next : at, Math.max(at, ...this.runs.map(({ end }) => end)));
  }

  private *before(at: Micros): Work<Micros> {
    let latest = 0;
    for (const history of this.histories) {
      while (history.world.now >= at && (yield* history.steppingBack()));
      latest = Math.max(latest, history.world.now);
    }
    return latest;
  }
}
