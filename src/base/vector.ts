/**
 * A growing list of numbers that is cheap to copy: chunks are shared, and copied before their first change by
 * anybody who does not own them.
 */
export interface Vector {
  length: number;
  chunks: Chunk[];
  owner: Owner;
}
interface Chunk {
  readonly owner: Owner;
  readonly values: number[];
}
type Owner = Record<never, never>;

const shift = 7;
const mask = (1 << shift) - 1;

export const emptyVector = (): Vector => ({ length: 0, chunks: [], owner: {} });

/** Afterwards neither side owns the chunks: both copy before they write. */
export function copyVector(vector: Vector): Vector {
  vector.owner = {};
  return { length: vector.length, chunks: vector.chunks.slice(), owner: {} };
}

/** undefined beyond the end. */
export function valueAt(vector: Vector, index: number): number | undefined {
  return index < vector.length ? vector.chunks[index >> shift]!.values[index & mask] : undefined;
}

/** Sets the value at `index`; places between the old end and `index` become 0. */
export function setValue(vector: Vector, index: number, value: number): void {
  while (vector.length < index) push(vector, 0);
  if (index === vector.length) push(vector, value);
  else ownChunk(vector, index >> shift)[index & mask] = value;
}

function push(vector: Vector, value: number): void {
  const number = vector.length >> shift;
  if (number === vector.chunks.length) vector.chunks.push({ owner: vector.owner, values: [] });
  ownChunk(vector, number).push(value);
  vector.length++;
}

function ownChunk(vector: Vector, number: number): number[] {
  const chunk = vector.chunks[number]!;
  if (chunk.owner === vector.owner) return chunk.values;
  const values = chunk.values.slice();
  vector.chunks[number] = { owner: vector.owner, values };
  return values;
}
