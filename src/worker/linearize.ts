import { linearizable } from "../check/linearizability/linearizable.ts";
import type { Linearizability, OperationRow } from "./protocol/clients.ts";

/**
 * The second thread: takes a client history and says whether it is linearizable. It keeps nothing; whoever does not
 * want to wait ends it.
 */
interface Port {
  onmessage: ((event: { readonly data: readonly OperationRow[] }) => void) | null;
  postMessage(found: Linearizability): void;
}
const port = globalThis as unknown as Port;
port.onmessage = ({ data: history }) => port.postMessage(linearizable(history));
