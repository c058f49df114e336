/**
 * `work`, never twice at once: calls that come while it runs become one more run after it. Resolves when no run is
 * left. `work` must not reject.
 */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;
  async function run(): Promise<void> {
    do {
      again = false;
      await work();
    } while (again);
    running = null;
  }
  return () => {
    again = running !== null;
    running ??= run();
    return running;
  };
}
