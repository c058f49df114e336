import { valueAt } from "../base/vector.ts";
import { operationText, outcomeText } from "../explain/messages.ts";
import type { ClientOperation } from "../world/state/clients.ts";
import type { World } from "../world/types.ts";
import type { OperationRow } from "./protocol/clients.ts";
import type { Requests } from "./protocol/requests.ts";

const rowsMost = 5000;

/** A page of the clients' history, as it is in that world. */
export function historyOf(
  { clients }: World,
  { from, limit }: Pick<Requests["history"]["ask"], "from" | "limit">,
): Requests["history"]["answer"] {
  const { list } = clients.operations;
  const first = Math.max(0, from < 0 ? list.length + from : from);
  const count = Math.max(0, Math.min(limit, rowsMost, list.length - first));
  const rows = Array.from({ length: count }, (_, i) => rowOf(valueAt(list, first + i)!));
  return { rows, from: first, total: list.length };
}

const rowOf = (operation: ClientOperation): OperationRow => ({
  ...operation,
  text: operationText(operation.operation),
  result: resultOf(operation),
});

function resultOf({ operation, outcome, value }: ClientOperation): string {
  switch (outcome) {
    case "ok":
      return outcomeText(operation, value);
    case "open":
      return "no answer yet";
    case "failed":
      return "not executed";
    case "unknown":
      return "outcome unknown";
  }
}
