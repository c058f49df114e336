import type { BrowserContext, Page } from "playwright";
import { megabytes } from "./figures.ts";

/** What is in use after a garbage collection. The worker's is asked for by a detour: it has a thread of its own. */
export async function heaps(context: BrowserContext, page: Page) {
  const session = await context.newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const worker = await workerHeap(context, page).catch(() => null);
  return { pageHeapMB: megabytes(usedSize), workerHeapMB: worker === null ? null : megabytes(worker) };
}

/** The address of the thread with the run in it, among other threads. */
const engine = /\/main-[^/]*\.js$/;

async function workerHeap(context: BrowserContext, page: Page): Promise<number> {
  const session = await context.newCDPSession(page);
  const attached = new Promise<string>((resolve) =>
    session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
      if (engine.test(targetInfo.url)) resolve(sessionId);
    }),
  );
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const sessionId = await attached;
  const answer = (id: number) =>
    new Promise<unknown>((resolve) => {
      session.on("Target.receivedMessageFromTarget", ({ message }) => {
        const answered = JSON.parse(message) as { readonly id?: number; readonly result?: unknown };
        if (answered.id === id) resolve(answered.result);
      });
    });
  const ask = async (id: number, method: string) => {
    const answered = answer(id);
    await session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method }) });
    return answered;
  };
  await ask(1, "HeapProfiler.collectGarbage");
  return ((await ask(2, "Runtime.getHeapUsage")) as { readonly usedSize: number }).usedSize;
}
