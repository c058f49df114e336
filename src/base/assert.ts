/** For what must hold whatever the user does: a failure is a bug in the engine, never an input error. */
export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`broken: ${what}`);
}

/** Ends an exhaustive switch: a new kind does not compile until it is handled. */
export function assertNever(value: never): never {
  throw new Error(`unknown kind: ${JSON.stringify(value)}`);
}
