import { type Linearizability, linearizable } from "../check/linearizability/linearizable.ts";
import { type NotPromised, notPromised } from "../check/promised.ts";
import type { History } from "../history/history.ts";
import { lookForUnkept } from "../history/unpromised.ts";
import { finish } from "../history/work.ts";
import { operationsOf } from "../world/operations.ts";

/** What is asked of the clients' history where nobody wants to know all of it; and so many events are looked through once more. */
const historyBudget = 300_000;
const eventsLooked = 20_000;

/** What a run promises, and what clients saw of it. */
export interface Promises {
  readonly history: Linearizability["verdict"];
  readonly notPromised: readonly NotPromised[];
}

export const promisesOf = ({ world, ghosts }: History): Promises => ({
  history: linearizable(operationsOf(world), historyBudget).verdict,
  notPromised: notPromised(world, ghosts),
});

/** Why what clients see need have no order; null: it must. */
export const excuseOf = ({ notPromised: all }: Promises): string | null =>
  all.find(({ property }) => property === "Linearizability")?.why ?? null;

/** `promises` in the state: the README documents it. */
export function promisesState(run: History, { history, notPromised: all }: Promises) {
  const { found } = finish(lookForUnkept(run, null, eventsLooked));
  return {
    history,
    notPromised: all.map(({ property, why, at, unkept: known }) => {
      const unkept = known ?? found.get(property);
      return {
        property,
        why,
        ...(at === null ? {} : { sinceMs: at / 1000 }),
        ...(unkept === undefined ? {} : { unkept: unkept.detail, unkeptAtMs: unkept.at / 1000 }),
      };
    }),
  };
}
