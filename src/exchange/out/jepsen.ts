import { clientName } from "../../scenario/names.ts";
import type { ClientOperation } from "../../world/state/clients.ts";
import { type CallOrEnd, callsAndEnds, clientHistory, type Ending } from "./client-history.ts";
import type { Exporter } from "./exporter.ts";
import { Lines } from "./lines.ts";

/**
 * The clients' history for Jepsen's checkers: one operation map a line, EDN. Several keys: values are [key value], as
 * `jepsen.independent` has them; one key: the values alone, which is what `elle-cli --model cas-register` reads.
 */
export const jepsen: Exporter = {
  name: "jepsen",
  title: "Jepsen history",
  purpose:
    "What clients asked and were answered, in EDN, for Knossos, elle-cli and other checkers of Jepsen histories.",
  group: "judges",
  ending: ".edn",
  type: "application/edn",
  *write(run, range) {
    const { operations, notes } = yield* clientHistory(run, range);
    const keys = new Set(operations.map(({ operation }) => operation.key));
    const lines = new Lines(Number.POSITIVE_INFINITY);
    callsAndEnds(operations).forEach((each, index) => {
      lines.add(line(each, index, keys.size > 1));
    });
    return { text: lines.text(), cut: notes.join(" ") };
  },
};

function line({ at, operation, process, ending }: CallOrEnd, index: number, named: boolean): string {
  const { f, value, error, type } = told(operation, ending);
  const whole = named ? `[${string(operation.operation.key)} ${value}]` : value;
  const why = error === undefined ? "" : `, :error ${error}`;
  const client = string(clientName(operation.client));
  return `{:type :${type}, :f :${f}, :value ${whole}${why}, :time ${at * 1000}, :process ${process}, :client ${client}, :index ${index}}`;
}

interface Told {
  readonly type: "invoke" | Ending;
  readonly f: "read" | "write" | "cas" | "add";
  /** EDN. */
  readonly value: string;
  readonly error?: string;
}

function told({ operation, value }: ClientOperation, ending: Ending | null): Told {
  const type = ending ?? "invoke";
  switch (operation.op) {
    case "get":
      return { type, f: "read", value: ending === "ok" ? string(value) : "nil" };
    case "put":
      return { type, f: "write", value: string(operation.value) };
    case "delete":
      return { type, f: "write", value: "nil" };
    case "cas": {
      const swap = { f: "cas", value: `[${string(operation.expected)} ${string(operation.value)}]` } as const;
      // It was executed, and found another value: it did nothing.
      if (ending === "ok" && value !== operation.expected)
        return { ...swap, type: "fail", error: `[:found ${string(value)}]` };
      return { ...swap, type };
    }
    case "increment":
      if (ending === "ok" && value === null)
        return { type: "fail", f: "add", value: String(operation.by), error: ":no-number" };
      return { type, f: "add", value: String(operation.by) };
  }
}

/** "nil" for null. EDN has these escapes and no others; what else is in a text stands in it as it is. */
const string = (value: string | null): string =>
  value === null ? "nil" : `"${value.replaceAll(/["\\\n\r\t]/g, (sign) => escapes[sign]!)}"`;
const escapes: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
