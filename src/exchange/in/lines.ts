/** A line of more characters than this is cut here; what is cut off is not read. */
export const longestLine = 4_000_000;

/** Cuts a text that comes in pieces into lines. "\r\n" ends a line as "\n" does. */
export interface Lines {
  /** How many lines there were so far. */
  readonly count: number;
  /** How many of them were cut. */
  readonly cut: number;
  piece(text: string): void;
  /** After the last piece: a last line without an end is told too. */
  end(): void;
}

/** `told` gets each line without its end, and its number from 1. */
export function linesInto(told: (line: string, number: number) => void): Lines {
  let rest = "";
  let count = 0;
  let cut = 0;
  let inCutLine = false;
  const tell = (line: string): void => {
    count += 1;
    told(line.endsWith("\r") ? line.slice(0, -1) : line, count);
  };
  const keep = (text: string): void => {
    if (inCutLine) return;
    rest += text;
    if (rest.length <= longestLine) return;
    cut += 1;
    tell(rest.slice(0, longestLine));
    rest = "";
    inCutLine = true;
  };
  return {
    get count() {
      return count;
    },
    get cut() {
      return cut;
    },
    piece(text) {
      let from = 0;
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
        keep(text.slice(from, end));
        if (!inCutLine) tell(rest);
        rest = "";
        inCutLine = false;
        from = end + 1;
      }
      keep(text.slice(from));
    },
    end() {
      if (rest !== "") tell(rest);
      rest = "";
      inCutLine = false;
    },
  };
}
