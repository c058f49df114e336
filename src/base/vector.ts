/**
 * A growing list that is cheap to copy: chunks are shared, and copied before their first change by anybody who does
 * not own them. Values are numbers, or records that are replaced and never changed.
 */
export interface Vector<Value = number> {
  length: number;
  chunks: Chunk<Value>[];
  owner: Owner;
}
interface Chunk<Value> {
  readonly owner: Owner;
  readonly values: Value[];
}
type Owner = Record<never, never>;

const shift = 7;
const mask = (1 << shift) - 1;

export const emptyVector = <Value = number>(): Vector<Value> => ({ length: 0, chunks: [], owner: {} });

/** Afterwards neither side owns the chunks: both copy before they write. */
export function copyVector<Value>(vector: Vector<Value>): Vector<Value> {
  vector.owner = {};
  return { length: vector.length, chunks: vector.chunks.slice(), owner: {} };
}

/** undefined beyond the end. */
export function valueAt<Value>(vector: Vector<Value>, index: number): Value | undefined {
  return index < vector.length ? vector.chunks[index >> shift]!.values[index & mask] : undefined;
}

/** Sets the value at `index`; places between the old end and `index` become 0. */
export function setValue(vector: Vector, index: number, value: number): void {
  while (vector.length < index) push(vector, 0);
  if (index === vector.length) push(vector, value);
  else replaceAt(vector, index, value);
}

/** Replaces a value that is there. */
export function replaceAt<Value>(vector: Vector<Value>, index: number, value: Value): void {
  ownChunk(vector, index >> shift)[index & mask] = value;
}

export function push<Value>(vector: Vector<Value>, value: Value): void {
  const number = vector.length >> shift;
  if (number === vector.chunks.length) vector.chunks.push({ owner: vector.owner, values: [] });
  ownChunk(vector, number).push(value);
  vector.length++;
}

function ownChunk<Value>(vector: Vector<Value>, number: number): Value[] {
  const chunk = vector.chunks[number]!;
  if (chunk.owner === vector.owner) return chunk.values;
  const values = chunk.values.slice();
  vector.chunks[number] = { owner: vector.owner, values };
  return values;
}
