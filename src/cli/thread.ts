import { parentPort, workerData } from "node:worker_threads";
import { opened, type Task } from "./task.ts";

/** A thread of the pool (`pool.ts`). */
const port = parentPort!;
const work = opened(workerData as Task);
port.on("message", (piece: readonly number[]) => port.postMessage(work(piece)));
