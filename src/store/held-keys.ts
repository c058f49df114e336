/** A key that was pressed, as far as holding it goes. */
export interface HeldKeys<Key> {
  /** True: whoever the key is meant for is still being loaded; it is held and must reach nobody else. */
  hold(key: Key): boolean;
  /** Delivers what is held as far as its takers are there, in the order of pressing, one key a turn. */
  deliver(): void;
  /** Whoever the keys were meant for will not come. */
  drop(): void;
  size(): number;
}

interface Ways<Key> {
  /** True while the next key's taker is still being loaded. A key that is delivered may change that. */
  readonly waits: () => boolean;
  readonly give: (key: Key) => void;
  /** The next turn: what the key before led to has been done and drawn by then. */
  readonly later: (then: () => void) => void;
}

/** Nobody types more before a part is loaded; what comes after is lost. */
const heldMost = 100;

/** Keys wait here for whoever shall take them; those pressed after them wait behind them. */
export function createHeldKeys<Key>({ waits, give, later }: Ways<Key>): HeldKeys<Key> {
  let held: Key[] = [];
  let delivering = false;

  function next(): void {
    const key = waits() ? undefined : held.shift();
    delivering = key !== undefined;
    if (key === undefined) return;
    give(key);
    later(next);
  }

  return {
    hold(key) {
      if (!delivering && held.length === 0 && !waits()) return false;
      if (held.length < heldMost) held.push(key);
      return true;
    },
    deliver() {
      if (!delivering) next();
    },
    drop() {
      held = [];
    },
    size: () => held.length + (delivering ? 1 : 0),
  };
}
