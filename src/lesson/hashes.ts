/**
 * The state at which each step is entered, step by step, as `History.hash` gives it: the same in Node and in every
 * browser. `headless lessons --check` says what it finds instead.
 */
export const entryHashes: Readonly<Record<string, readonly string[]>> = {
  electing: ["5a4ebc4614283c6a", "c8779810a1f825b7", "0a20bc3e1bfe5101", "f0b3259ec9773642", "daa61ffc2ace93d1"],
};
