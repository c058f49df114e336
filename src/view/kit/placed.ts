const listeners = new Set<() => void>();

/** Calls `listener` whenever parts of the page have been put elsewhere in it: the browser forgets how far they were scrolled. */
export function onPlaced(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellPlaced(): void {
  for (const each of listeners) each();
}
