/**
 * What has become of a value of plain JSON data: all that has to cross the thread where the other side has the one
 * before. `null`: it is the same.
 */
export type Patch =
  | null
  | { readonly is: unknown }
  /** A record with the same keys: what has become of some of them. */
  | { readonly keys: readonly (readonly [string, Patch])[] }
  | { readonly list: readonly Piece[] };

/** A part of a list: elements of the one before that are the same (from which, how many), one that has changed, or one that is new. */
type Piece = readonly [number, number] | { readonly of: number; readonly patch: Patch } | { readonly is: unknown };

/** `patched(prev, patchOf(prev, next))` equals `next`. */
export function patchOf(prev: unknown, next: unknown): Patch {
  if (Object.is(prev, next)) return null;
  if (Array.isArray(prev) && Array.isArray(next)) return listPatch(prev, next);
  if (isRecord(prev) && isRecord(next)) return recordPatch(prev, next);
  return { is: next };
}

/** The value after `prev`; whatever is the same in both keeps its identity. `prev` is left as it was. */
export function patched(prev: unknown, patch: Patch): unknown {
  if (patch === null) return prev;
  if ("is" in patch) return patch.is;
  if ("list" in patch) return patchedList(prev as readonly unknown[], patch.list);
  const record: Record<string, unknown> = { ...(prev as Record<string, unknown>) };
  for (const [key, part] of patch.keys) record[key] = patched(record[key], part);
  return record;
}

function recordPatch(prev: Record<string, unknown>, next: Record<string, unknown>): Patch {
  const names = Object.keys(next);
  if (names.length !== Object.keys(prev).length || !names.every((key) => Object.hasOwn(prev, key))) return { is: next };
  const keys: [string, Patch][] = [];
  for (const key of names) {
    const patch = patchOf(prev[key], next[key]);
    if (patch === null) continue;
    // A key may be what a user wrote: an assignment to this one would set the prototype.
    if (key === "__proto__") return { is: next };
    keys.push([key, patch]);
  }
  return keys.length === 0 ? null : { keys };
}

/** Elements with an `id` are found by it, all others as far behind as the first one: a list that loses its first one keeps the others. */
function listPatch(prev: readonly unknown[], next: readonly unknown[]): Patch {
  const places = placesById(prev);
  const gone = places === null ? goneBefore(prev, next[0]) : 0;
  const list: Piece[] = [];
  let run: [number, number] | null = null;
  next.forEach((part, i) => {
    const at = places === null ? gone + i : (places.get(idOf(part)) ?? prev.length);
    const patch = at < prev.length ? patchOf(prev[at], part) : { is: part };
    if (patch !== null) {
      run = null;
      list.push("is" in patch ? patch : { of: at, patch });
    } else if (run !== null && at === run[0] + run[1]) run[1] += 1;
    else {
      run = [at, 1];
      list.push(run);
    }
  });
  const first = list[0];
  const same = list.length === 1 && Array.isArray(first) && first[0] === 0 && first[1] === prev.length;
  return same || (prev.length === 0 && next.length === 0) ? null : { list };
}

/** How many elements have gone before the one that is the first now; 0 if it is new. */
function goneBefore(prev: readonly unknown[], first: unknown): number {
  return Math.max(
    0,
    prev.findIndex((part) => patchOf(part, first) === null),
  );
}

function patchedList(prev: readonly unknown[], list: readonly Piece[]): readonly unknown[] {
  const next: unknown[] = [];
  for (const piece of list) {
    if ("is" in piece) next.push(piece.is);
    else if ("of" in piece) next.push(patched(prev[piece.of], piece.patch));
    else for (let i = piece[0]; i < piece[0] + piece[1]; i += 1) next.push(prev[i]);
  }
  return next;
}

function placesById(list: readonly unknown[]): ReadonlyMap<unknown, number> | null {
  if (idOf(list[0]) === undefined) return null;
  return new Map(list.map((part, i) => [idOf(part), i]));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** By what an element of a list is known again; undefined: by its place. */
export function idOf(part: unknown): unknown {
  if (!isRecord(part)) return undefined;
  const { id, message } = part;
  // A lost message carries its id one level down.
  return id ?? (isRecord(message) ? idOf(message) : undefined);
}
