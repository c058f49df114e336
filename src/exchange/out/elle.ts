import { clientName } from "../../scenario/names.ts";
import type { ClientOperation } from "../../world/state/clients.ts";
import { callsAndEnds, clientHistory, type Ending } from "./client-history.ts";
import type { Exporter } from "./exporter.ts";
import { Lines } from "./lines.ts";

/**
 * The clients' history as transactions of one operation, for `elle-cli --model rw-register`: ["r", key, value] and
 * ["w", key, value]. A compare-and-swap that did swap read the one and wrote the other; one that did not has only read.
 */
export const elle: Exporter = {
  name: "elle",
  title: "Jepsen history for elle-cli",
  purpose: "What clients asked and were answered, as JSON transactions for elle-cli --model rw-register.",
  group: "judges",
  ending: ".json",
  type: "application/json",
  *write(run, range) {
    const { operations, notes } = yield* clientHistory(run, range);
    const lines = new Lines(Number.POSITIVE_INFINITY);
    callsAndEnds(operations).forEach(({ at, operation, process, ending }, index) => {
      const type = ending ?? "invoke";
      const client = clientName(operation.client);
      const value = transaction(operation, ending);
      lines.add(JSON.stringify({ type, f: "txn", value, process, time: at * 1000, index, client }));
    });
    const text = `[\n${lines.text().trimEnd().replaceAll("\n", ",\n")}\n]\n`;
    return { text, cut: [...notes, ...repeated(operations)].join(" ") };
  },
};

type Micro = readonly ["r" | "w", key: string, value: string | null];

function transaction({ operation, value }: ClientOperation, ending: Ending | null): readonly Micro[] {
  const { key } = operation;
  const ok = ending === "ok";
  switch (operation.op) {
    case "get":
      return [["r", key, ok ? value : null]];
    case "put":
      return [["w", key, operation.value]];
    case "delete":
      return [["w", key, null]];
    case "cas":
      if (ok && value !== operation.expected) return [["r", key, value]];
      return [
        ["r", key, ok ? operation.expected : null],
        ["w", key, operation.value],
      ];
    case "increment":
      return ok && value === null ? [] : [["w", key, ok ? value : null]];
  }
}

/** Elle tells writes apart by what they write. */
function repeated(operations: readonly ClientOperation[]): readonly string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { operation, value } of operations) {
    if (operation.op === "get") continue;
    const { key, op } = operation;
    const written = JSON.stringify([key, op === "delete" ? null : op === "increment" ? value : operation.value]);
    if (op === "delete" || seen.has(written)) twice.add(key);
    seen.add(written);
  }
  if (twice.size === 0) return [];
  return [
    `Elle tells writes of a key apart by their values, and deletes not at all: ${[...twice].sort().join(", ")} has some that are alike.`,
  ];
}
