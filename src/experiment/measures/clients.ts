import * as v from "valibot";
import type { Micros } from "../../base/units.ts";
import { linearizable } from "../../check/linearizability/linearizable.ts";
import { exactly, millis, oneOf, whole } from "../../scenario/leaves.ts";
import { limits } from "../../scenario/limits.ts";
import { operationsOf } from "../../world/operations.ts";
import type { ClientOperation } from "../../world/state/clients.ts";
import type { MeasureKind, Watched } from "./measure.ts";
import { perSecond, quantileOf } from "./numbers.ts";

/** What clients see, of what they asked while it was measured. */

const asked = ({ world, begun }: Watched): readonly ClientOperation[] =>
  operationsOf(world).filter(({ calledAt }) => calledAt >= begun);

const kinds = ["any", "reads", "writes"] as const;
const kindSchema = v.exactOptional(oneOf(kinds));
type Kind = (typeof kinds)[number];
const isOf = (kind: Kind | undefined, { operation }: ClientOperation): boolean =>
  kind === undefined || kind === "any" || (operation.op === "get") === (kind === "reads");
const wordOf = (kind: Kind | undefined): string => (kind === undefined || kind === "any" ? "requests" : kind);

/** How long so many percent of the requests take at most. What got no answer took longer than all others. */
export const latency: MeasureKind<{ readonly percentile: number; readonly of?: Kind }> = {
  schema: exactly({ percentile: whole(1, 100), of: kindSchema }),
  unit: "time",
  title: ({ percentile, of }) => `latency of ${percentile} % of the ${wordOf(of)}`,
  conditions: () => [],
  begin({ percentile, of }, watched) {
    return {
      over: () => false,
      value() {
        const all = asked(watched).filter((operation) => isOf(of, operation) && isJudged(operation, watched));
        const taken = all.flatMap(({ outcome, calledAt, endedAt }) =>
          outcome === "ok" && endedAt !== null ? [endedAt - calledAt] : [],
        );
        return quantileOf(taken, percentile, all.length);
      },
    };
  },
};

/** One that was asked just before the end, and is still open then, says nothing. */
const isJudged = ({ outcome, calledAt }: ClientOperation, { world }: Watched): boolean =>
  outcome !== "open" || world.now - calledAt >= world.setup.clients.givesUpAfter;

/** Answers in a second. */
export const throughput: MeasureKind<{ readonly of?: Kind }> = {
  schema: exactly({ of: kindSchema }),
  unit: "perSecond",
  title: ({ of }) => `${wordOf(of)} answered per second`,
  conditions: () => [],
  begin({ of }, watched) {
    return {
      over: () => false,
      value() {
        const answered = asked(watched).filter((each) => each.outcome === "ok" && isOf(of, each)).length;
        return perSecond(answered, watched.world.now - watched.begun);
      },
    };
  },
};

/** The share of the requests that are answered in time. */
export const availability: MeasureKind<{ readonly withinMs: Micros }> = {
  schema: exactly({ withinMs: millis(1, limits.delayMs) }),
  unit: "share",
  title: ({ withinMs }) => `share of requests answered within ${withinMs / 1000} ms`,
  conditions: () => [],
  begin({ withinMs: within }, watched) {
    return {
      over: () => false,
      value() {
        const { now } = watched.world;
        const all = asked(watched).filter(({ calledAt }) => calledAt + within <= now);
        if (all.length === 0) return null;
        const inTime = all.filter(
          ({ outcome, calledAt, endedAt }) => outcome === "ok" && endedAt !== null && endedAt - calledAt <= within,
        );
        return inTime.length / all.length;
      },
    };
  },
};

/** Whether what clients saw has no order: then somebody read or wrote what another had replaced. Undecided: none. */
export const disorder: MeasureKind<Record<never, never>> = {
  schema: exactly({}),
  unit: "chance",
  title: () => "probability that the clients’ history is not linearizable",
  conditions: () => [],
  begin(_, { world }) {
    return {
      over: () => false,
      value() {
        const { verdict } = linearizable(operationsOf(world));
        return verdict === "unknown" ? null : verdict === "illegal" ? 1 : 0;
      },
    };
  },
};
