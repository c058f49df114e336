import type { OperationRow } from "../../../worker/protocol/clients.ts";

/** The request that a key-value store over HTTP usually has for what a client asks. */
export function httpOf({ operation, read }: Pick<OperationRow, "operation" | "read">): string {
  const path = `/kv/${encodeURIComponent(operation.key)}`;
  switch (operation.op) {
    case "put":
      return `PUT ${path} ${JSON.stringify({ value: operation.value })}`;
    case "get":
      return `GET ${path}${read === null ? "" : `?read=${read}`}`;
    case "delete":
      return `DELETE ${path}`;
    case "cas":
      return `POST ${path}/cas ${JSON.stringify({ old: operation.expected, new: operation.value })}`;
    case "increment":
      return `POST ${path}/increment ${JSON.stringify({ by: operation.by })}`;
  }
}
