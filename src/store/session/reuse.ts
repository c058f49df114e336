import { idOf, isRecord } from "../../worker/protocol/patch.ts";

/**
 * `next`, but every part of it that equals the same part of `prev` is taken from `prev`. Views that compare by
 * identity then render only what changed. Where `next` has those parts already it is returned as it is, so that it is
 * not gone through again. Shapes: plain JSON data; neither argument is changed.
 */
export function reuse<T>(prev: unknown, next: T): T {
  if (Object.is(prev, next)) return next;
  if (Array.isArray(prev) && Array.isArray(next)) return reuseArray(prev, next) as T;
  if (isRecord(prev) && isRecord(next)) return reuseRecord(prev, next) as T;
  return next;
}

/** Parts with an `id` are matched by it, so that a list that loses its first element keeps the others. */
function reuseArray(prev: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const byId = indexById(prev);
  const parts = next.map((part, i) => reuse(byId === null ? prev[i] : byId.get(idOf(part)), part));
  if (parts.length === prev.length && parts.every((part, i) => part === prev[i])) return prev;
  return parts.every((part, i) => part === next[i]) ? next : parts;
}

function indexById(list: readonly unknown[]): Map<unknown, unknown> | null {
  if (idOf(list[0]) === undefined) return null;
  return new Map(list.map((part) => [idOf(part), part]));
}

function reuseRecord(prev: Record<string, unknown>, next: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(next);
  const parts = keys.map((key) => reuse(Object.hasOwn(prev, key) ? prev[key] : undefined, next[key]));
  const same = keys.every((key, i) => Object.hasOwn(prev, key) && parts[i] === prev[key]);
  if (same && keys.length === Object.keys(prev).length) return prev;
  if (keys.every((key, i) => parts[i] === next[key])) return next;
  const result: Record<string, unknown> = {};
  for (const [i, key] of keys.entries()) {
    // A key may be what a user wrote: an assignment to this one would set the prototype.
    if (key === "__proto__") Object.defineProperty(result, key, { value: parts[i], enumerable: true });
    else result[key] = parts[i];
  }
  return result;
}
