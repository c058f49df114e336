import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type Answer, opened, type Task } from "./task.ts";

/** Pieces of work for each thread at a time, so that none waits for the next. */
const ahead = 2;

/** So many threads as the command line asks for; all cores without it. */
export const jobsUsual = (): number => availableParallelism();

/**
 * Has pieces of a task done by so many threads (here, if that is one), and hears each answer once, in no order.
 * `done` says whether anybody still wants more: then what was begun is finished, so that of any piece that was done all
 * before it were.
 */
export async function pooled<Kind extends Task["kind"]>(
  task: Extract<Task, { readonly kind: Kind }>,
  pieces: Iterable<readonly number[]>,
  jobs: number,
  done: (answer: Answer<Kind>) => boolean,
): Promise<void> {
  const left = pieces[Symbol.iterator]();
  if (jobs === 1) {
    const work = opened(task);
    for (let piece = left.next(); !piece.done; piece = left.next())
      if (!done(work(piece.value) as Answer<Kind>)) return;
    return;
  }
  const threads = Array.from({ length: jobs }, () => start(task));
  try {
    let wanted = true;
    await Promise.all(threads.map((thread) => busy(thread)));
    async function busy(thread: Worker): Promise<void> {
      let under = 0;
      await new Promise<void>((resolve, reject) => {
        const give = (): void => {
          for (; under < ahead && wanted; under++) {
            const piece = left.next();
            if (piece.done) break;
            thread.postMessage(piece.value);
          }
          if (under === 0) resolve();
        };
        thread.on("error", reject);
        thread.on("message", (answer: Answer<Kind>) => {
          under--;
          wanted = done(answer) && wanted;
          give();
        });
        give();
      });
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** A thread of Node does not inherit the reader of TypeScript: it asks for it first. */
function start(task: Task): Worker {
  const [reader, thread] = [import.meta.resolve("tsx/esm/api"), new URL("./thread.ts", import.meta.url).href];
  const script = `import(${JSON.stringify(reader)}).then(({ register }) => {
    register();
    return import(${JSON.stringify(thread)});
  });`;
  return new Worker(script, { eval: true, workerData: task });
}

/** `count` numbers from 0 in lists of `size`, those that `wanted` names. */
export function* inPieces(count: number, size: number, wanted: (n: number) => boolean): Generator<number[]> {
  let piece: number[] = [];
  for (let n = 0; n < count; n++) {
    if (!wanted(n)) continue;
    piece.push(n);
    if (piece.length < size) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
