import { type Micros, microsPerSecond } from "../../base/units.ts";
import type { RunOutcome } from "../../worker/protocol/again.ts";

/** One line of what came of two runs. `more`: of the other one, in words without praise; "" where both are equal. */
export interface Line {
  readonly title: string;
  readonly here: string;
  readonly there: string;
  readonly more: string;
}

/** Both runs are compared up to where the first of them ends. */
export const comparedTo = (here: RunOutcome, there: RunOutcome): Micros => Math.min(here.end, there.end);

export function linesOf(here: RunOutcome, there: RunOutcome): readonly Line[] {
  const until = comparedTo(here, there);
  const [a, b] = [tally(here, until), tally(there, until)];
  return [
    counted("terms begun", a.terms, b.terms),
    counted("leaders elected", a.elections, b.elections),
    { title: "time without a leader", here: seconds(a.leaderless), there: seconds(b.leaderless), more: spare(a, b) },
    counted("entries committed", a.committed, b.committed),
    { ...counted("operations without an answer", a.open, b.open), here: of(a), there: of(b) },
  ];
}

interface Tally {
  readonly terms: number;
  readonly elections: number;
  readonly leaderless: Micros;
  readonly committed: number;
  readonly open: number;
  readonly asked: number;
}

function tally({ terms, elections, leaderless, commits, operations }: RunOutcome, until: Micros): Tally {
  const asked = operations.filter(({ called }) => called <= until);
  const highest = (at: Micros): number => terms.findLast(({ from }) => from <= at)?.term ?? 0;
  return {
    terms: highest(until) - highest(-1),
    elections: elections.filter(({ at }) => at <= until).length,
    leaderless: leaderless.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, until) - from), 0),
    committed: commits.findLast(({ at }) => at <= until)?.index ?? 0,
    open: asked.filter(({ answered }) => answered === null || answered > until).length,
    asked: asked.length,
  };
}

const counted = (title: string, here: number, there: number): Line => ({
  title,
  here: `${here}`,
  there: `${there}`,
  more: there === here ? "" : `${Math.abs(there - here)} ${there < here ? "fewer" : "more"}`,
});

const of = ({ open, asked }: Tally): string => `${open} of ${asked}`;
const seconds = (time: Micros): string => `${(time / microsPerSecond).toFixed(2)} s`;

function spare(here: Tally, there: Tally): string {
  const apart = seconds(Math.abs(there.leaderless - here.leaderless));
  return apart === seconds(0) ? "" : `${apart} ${there.leaderless < here.leaderless ? "less" : "more"}`;
}
