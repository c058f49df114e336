/** How far work is, in whatever it counts. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

/**
 * Work that may take long: it says after every few events how far it is, so that whoever does it can look up, tell, and
 * leave it where it is. Its outcome is the value that it returns.
 */
export type Work<Outcome = void> = Generator<Progress, Outcome>;

/** Events between two looks: some hundred microseconds. */
export const eventsAPart = 64;

/** All of it in one go. */
export function finish<Outcome>(work: Work<Outcome>): Outcome {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Work of one piece. */
export function* inOnePiece<Outcome>(work: () => Outcome): Work<Outcome> {
  yield { done: 0, of: 1 };
  return work();
}
