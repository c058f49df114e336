import { operationText, outcomeText } from "../../explain/messages.ts";
import { sentence } from "../../explain/sentence.ts";
import { clientName, endName } from "../../scenario/names.ts";
import type { ClientOperation } from "../../world/state/clients.ts";
import type { Exporter } from "./exporter.ts";
import { charactersMost, cutAt, Lines } from "./lines.ts";
import { operationsIn } from "./operations.ts";
import { walk } from "./walk.ts";

/**
 * Comma-separated values (RFC 4180, lines end in LF), times in whole microseconds. A cell that a spreadsheet would take
 * for a formula has an apostrophe before it.
 */

type Cell = string | number | null;

function cell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
export const row = (cells: readonly Cell[]): string => cells.map(cell).join(",");

export const tooLong = `A file of more than ${charactersMost / 1_000_000} million characters is too much`;

const eventColumns = ["time_us", "event", "group", "kind", "server", "term", "routine", "section", "text"];

/** Everything that happened, as the story tells it. */
export const csv: Exporter = {
  name: "csv",
  title: "Events as a table",
  purpose: "Every event with its time, server and sentence, for a spreadsheet or a script.",
  group: "people",
  ending: ".csv",
  type: "text/csv",
  *write(run, range) {
    const lines = new Lines();
    lines.add(row(eventColumns));
    const { to, whole } = yield* walk(run, range, {
      fact: (fact) => {
        const { text, section, kind, routine, server, term } = sentence(fact);
        const { at, event, group = 1 } = fact;
        const on = server === 0 ? null : endName(server);
        lines.add(row([at, event, group, kind, on, term === 0 ? null : term, routine ? "yes" : "no", section, text]));
      },
      full: () => lines.full,
    });
    return { text: lines.text(), cut: whole ? "" : cutAt(to, tooLong) };
  },
};

const operationColumns = [
  ...["number", "client", "group", "operation", "key", "value", "expected", "read"],
  ...["called_us", "ended_us", "called", "returned", "outcome", "result", "server", "index", "text", "answer"],
];

/** What clients asked and what they were told: those operations that began in the stretch. */
export const csvOperations: Exporter = {
  name: "csv-operations",
  title: "Client operations as a table",
  purpose: "What each client asked, when, and what it was answered, a line each.",
  group: "people",
  ending: ".csv",
  type: "text/csv",
  *write(run, range) {
    const lines = new Lines();
    lines.add(row(operationColumns));
    for (const operation of yield* operationsIn(run, range)) lines.add(operationRow(operation));
    return { text: lines.text(), cut: "" };
  },
};

function operationRow({ operation, outcome, value, ...rest }: ClientOperation): string {
  const { number, client, group, read, calledAt, endedAt, called, returned, server, index } = rest;
  const ok = outcome === "ok";
  const wanted = operation.op === "increment" ? operation.by : "value" in operation ? operation.value : null;
  const expected = operation.op === "cas" ? operation.expected : null;
  return row([
    ...[number, clientName(client), group, operation.op, operation.key, wanted, expected, read],
    ...[calledAt, endedAt, called, returned, outcome, ok ? value : null],
    ...[endName(server), ok ? index : null, operationText(operation), ok ? outcomeText(operation, value) : null],
  ]);
}
