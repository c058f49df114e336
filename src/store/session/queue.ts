type Work = () => Promise<void>;

export interface Queue {
  /** Runs `work` after everything before it; not at all if the queue is cleared first. */
  add(work: Work): void;
  /** Like `add`, but calls that wait together become one, with the newest argument. */
  newest<T>(work: (argument: T) => Promise<void>): (argument: T) => void;
  /** Forgets what waits. What is under way ends by itself, unheard. */
  clear(): void;
  /** What waits or is under way. */
  size(): number;
}

/** One thing at a time, in order. Work that throws is told to `onError`; what comes after it runs all the same. */
export function createQueue(onError: (error: unknown) => void): Queue {
  let tail = Promise.resolve();
  let size = 0;
  let epoch = 0;

  function add(work: Work): void {
    const born = epoch;
    size += 1;
    tail = tail.then(async () => {
      if (born !== epoch) return;
      await work().catch(onError);
      if (born === epoch) size -= 1;
    });
  }

  function newest<T>(work: (argument: T) => Promise<void>): (argument: T) => void {
    let waiting: { readonly argument: T; readonly epoch: number } | null = null;
    return (argument) => {
      const joins = waiting?.epoch === epoch;
      waiting = { argument, epoch };
      if (joins) return;
      add(async () => {
        const taken = waiting;
        waiting = null;
        if (taken !== null) await work(taken.argument);
      });
    };
  }

  function clear(): void {
    epoch += 1;
    size = 0;
    tail = Promise.resolve();
  }

  return { add, newest, clear, size: () => size };
}
