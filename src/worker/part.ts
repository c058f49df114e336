/** A part of a thread's code that is fetched when it is needed, and could not be. */
export class PartMissing extends Error {
  constructor(cause: unknown) {
    super("A part of the engine could not be loaded. Look after the connection and try again, or reload the page.", {
      cause,
    });
    this.name = "PartMissing";
  }
}

/** Fetches a part. Rejects with `PartMissing`; asked again, it tries again. */
export async function part<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new PartMissing(cause);
  }
}
