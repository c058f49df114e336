import { part } from "./part.ts";
import type { FromExperiment, ToExperiment } from "./protocol/experiment.ts";

/** A thread that does runs of experiments: one of a pool. */
interface Port {
  onmessage: ((event: { readonly data: ToExperiment }) => void) | null;
  postMessage(message: FromExperiment): void;
}
const port = globalThis as unknown as Port;

type Bench = import("./experiments.ts").Bench;
let bench: Promise<Bench> | null = null;
const loaded = (): Promise<Bench> => {
  bench ??= part(() => import("./experiments.ts")).then(({ Bench: Own }) => new Own(part));
  return bench;
};

let line: Promise<void> = Promise.resolve();
port.onmessage = ({ data }) => {
  line = line.then(async () => port.postMessage(await (await loaded()).answer(data)));
  // What goes wrong here is a fault of the engine: let it reach the page.
  line.catch((error: unknown) =>
    setTimeout(() => {
      throw error;
    }),
  );
};
