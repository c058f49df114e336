import { keyOf, type SpecMessage } from "./messages.ts";

/** Messages on their way, each as often as it is there. Immutable: an action makes a new one. */
export type Bag = ReadonlyMap<string, Held>;
interface Held {
  readonly message: SpecMessage;
  /** At least 1. */
  readonly copies: number;
}

export const emptyBag: Bag = new Map();

export const holds = (bag: Bag, message: SpecMessage): boolean => bag.has(keyOf(message));

/** raft.tla's WithMessage. */
export function withMessage(bag: Bag, message: SpecMessage): Bag {
  const key = keyOf(message);
  return new Map(bag).set(key, { message, copies: (bag.get(key)?.copies ?? 0) + 1 });
}

/** raft.tla's WithoutMessage. */
export function withoutMessage(bag: Bag, message: SpecMessage): Bag {
  const key = keyOf(message);
  const held = bag.get(key);
  if (held === undefined) return bag;
  const rest = new Map(bag);
  if (held.copies === 1) rest.delete(key);
  else rest.set(key, { message: held.message, copies: held.copies - 1 });
  return rest;
}
