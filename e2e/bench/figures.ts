/** Figures as the bench prints them: one decimal. */
export const round = (value: number): number => Math.round(value * 10) / 10;
export const megabytes = (bytes: number): number => round(bytes / 2 ** 20);

/** The value below which `part`, 0 … 1, of the others lie; NaN where there are none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);
export const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
