/**
 * A growing list of which a copy costs next to nothing. Copies share the list of chunks; it may hold more than a
 * vector's length says (another copy went on). Who goes on where it ends extends it in place, for all; who finds there
 * what it would have put goes on without doing so. Whoever wants another value there, or replaces one, first makes list and
 * chunk its own. Values are numbers, or records that are replaced and never changed.
 */
export interface Vector<Value = number> {
  length: number;
  chunks: Chunk<Value>[];
  /** Nobody else holds the list; otherwise no chunk is its own either. */
  ownsList: boolean;
  owner: Owner;
}
interface Chunk<Value> {
  readonly owner: Owner;
  readonly values: Value[];
}
type Owner = Record<never, never>;

const nobody: Owner = {};
const shift = 7;
const mask = (1 << shift) - 1;

export const emptyVector = <Value = number>(): Vector<Value> => ({
  length: 0,
  chunks: [],
  ownsList: true,
  owner: {},
});

/** Afterwards neither side owns list or chunks. */
export function copyVector<Value>(vector: Vector<Value>): Vector<Value> {
  if (vector.ownsList) {
    vector.ownsList = false;
    vector.owner = {};
  }
  return { length: vector.length, chunks: vector.chunks, ownsList: false, owner: {} };
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
  const at = vector.length & mask;
  if (number === vector.chunks.length)
    vector.chunks.push({ owner: vector.ownsList ? vector.owner : nobody, values: [] });
  const { values } = vector.chunks[number]!;
  if (at === values.length) values.push(value);
  else if (values[at] !== value) ownChunk(vector, number).push(value);
  vector.length++;
}

/** Without what others have put there beyond the end. */
function ownChunk<Value>(vector: Vector<Value>, number: number): Value[] {
  const { owner, length } = vector;
  if (!vector.ownsList) {
    vector.chunks = vector.chunks.slice(0, (length >> shift) + 1);
    vector.ownsList = true;
  }
  const chunk = vector.chunks[number]!;
  if (chunk.owner === owner) return chunk.values;
  const values = chunk.values.slice(0, length - (number << shift));
  vector.chunks[number] = { owner, values };
  return values;
}
