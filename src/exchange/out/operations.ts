import type { History } from "../../history/history.ts";
import type { Work } from "../../history/work.ts";
import { operationsOf } from "../../world/operations.ts";
import type { ClientOperation } from "../../world/state/clients.ts";
import type { Range } from "./exporter.ts";
import { walk } from "./walk.ts";

/** What clients called in a stretch, in the order of their calls, as far as it was answered by its end. */
export function* operationsIn(run: History, range: Range): Work<readonly ClientOperation[]> {
  const { world } = yield* walk(run, range, {});
  return operationsOf(world).filter(({ calledAt }) => calledAt >= range.from && calledAt <= range.to);
}
