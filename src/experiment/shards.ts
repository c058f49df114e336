/** One of several parts of a whole, counted from 1: disjoint, and together exactly the whole. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}
export const whole: Shard = { index: 1, of: 1 };

/** "2/8"; null: it is none. */
export function readShard(text: string): Shard | null {
  const [, index, of] = /^([1-9]\d{0,6})\/([1-9]\d{0,6})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  return index !== undefined && shard.index <= shard.of ? shard : null;
}

/** Whether the n-th piece of work, counted from 0, belongs to it. */
export const holdsUnit = ({ index, of }: Shard, n: number): boolean => n % of === index - 1;

/** How many of so many pieces belong to it. */
export const unitsIn = ({ index, of }: Shard, all: number): number => Math.floor((all - index) / of) + 1;
