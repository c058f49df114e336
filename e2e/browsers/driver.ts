/** A window of some engine with one page in it: the little that the smoke asks of every engine. */
export interface Driver {
  /** Name and version, as the engine gives them. */
  readonly engine: string;
  /** A new document, even where the address differs in its fragment alone. */
  open(address: string): Promise<void>;
  /** The value of an expression in the page, awaited; it must be JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** A key by its name, with what is held down before it: "Shift+E", "PageDown". */
  press(chord: string): Promise<void>;
  /** A press of the mouse's main button, in CSS pixels from the window's corner. */
  clickAt(point: Point): Promise<void>;
  resize(size: Size): Promise<void>;
  /** A PNG of what the window shows. */
  picture(): Promise<Buffer>;
  /** What the engine itself has told of errors and warnings since the last call. */
  complaints(): readonly string[];
  /** Ends the engine and everything that was started for it. */
  close(): Promise<void>;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}

export const usualSize: Size = { width: 1440, height: 900 };

/** "Shift+E" as ["Shift"] and "E". */
export function chordParts(chord: string): { readonly held: readonly string[]; readonly key: string } {
  const parts = chord === "+" ? ["+"] : chord.split("+");
  return { held: parts.slice(0, -1), key: parts.at(-1)! };
}

/** A call of the function as an expression. It sees its arguments alone; the compiler's mark for names means nothing there. */
export function callText<A extends readonly unknown[], T>(called: (...given: A) => T, given: A): string {
  return `(() => { const __name = (it) => it; return (${called})(...${JSON.stringify(given)}); })()`;
}
