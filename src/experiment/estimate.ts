/** Estimates with their uncertainty: exact, by the binomial distribution. Confidence is 95 % everywhere. */

/** Both ends with the probability that is left out on each side. */
const tail = 0.025;
/** What adds less than this to a sum of which the greatest term is 1 adds nothing. */
const nothing = 1e-18;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The probability of at most `k` successes among `n` when each comes with probability `p`. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n || p <= 0) return 1;
  if (p >= 1) return 0;
  // Terms relative to the greatest: no factorials, and nothing overflows.
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const odds = p / (1 - p);
  let all = 0;
  let upTo = 0;
  for (let i = mode, term = 1; i >= 0 && term > nothing; i--) {
    all += term;
    if (i <= k) upTo += term;
    term *= i / ((n - i + 1) * odds);
  }
  for (let i = mode + 1, term = ((n - mode) / (mode + 1)) * odds; i <= n && term > nothing; i++) {
    all += term;
    if (i <= k) upTo += term;
    term *= ((n - i) / (i + 1)) * odds;
  }
  return upTo / all;
}

/** Clopper and Pearson's interval for a probability of which `k` of `n` runs were successes. `n` is at least 1. */
export function shareInterval(k: number, n: number): Interval {
  return {
    low: k === 0 ? 0 : solved((p) => 1 - binomialCdf(k - 1, n, p) < tail),
    high: k === n ? 1 : solved((p) => binomialCdf(k, n, p) > tail),
  };
}

/** Where something that holds for small probabilities ceases to. */
function solved(holds: (p: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export interface Quantile {
  /** null: it lies among those that were given up. */
  readonly value: number | null;
  /** null: so far that no run can say. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The quantile `q` (0 … 1) of `n` values, of which the known ones are sorted and all others are greater than they; its
 * interval is that between two order statistics, whatever the distribution.
 */
export function quantile(sorted: readonly number[], n: number, q: number): Quantile {
  const at = (rank: number): number | null => (rank < 1 ? null : (sorted[rank - 1] ?? null));
  const rank = Math.max(1, Math.ceil(q * n - 1e-9));
  return { value: at(rank), low: at(lowRank(n, q)), high: at(highRank(n, q)) };
}

/** As `quantile`, counted from the greatest value down: what the share `q` of all reach. All others are less than the known ones. */
export function quantileFromAbove(sorted: readonly number[], n: number, q: number): Quantile {
  const less = (value: number | null): number | null => (value === null ? null : -value);
  const { value, low, high } = quantile(sorted.map((each) => -each).reverse(), n, q);
  return { value: less(value), low: less(high), high: less(low) };
}

/** The highest rank r of which more than `tail` is certain not to lie above: P(X < r) ≤ tail. 0: there is none. */
const lowRank = (n: number, q: number): number => firstRank(n, (r) => binomialCdf(r - 1, n, q) > tail) - 1;
/** The lowest rank r with P(X < r) ≥ 1 - tail; n + 1: there is none. */
const highRank = (n: number, q: number): number => firstRank(n, (r) => binomialCdf(r - 1, n, q) >= 1 - tail);

/** The lowest rank at which it holds, which it then does for all higher ones; n + 1: for none. */
function firstRank(n: number, holds: (rank: number) => boolean): number {
  let [low, high] = [1, n + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
