/** What an experiment from outside may ask for. */
export const limits = {
  /** Of one factor. */
  values: 50,
  deeds: 20,
  /** Of each setting. */
  runs: 1_000_000,
  /** Milliseconds: ten minutes. */
  giveUpMs: 600_000,
} as const;
