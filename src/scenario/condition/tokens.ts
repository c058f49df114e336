/** A condition's text in pieces; `from` and `to` are places in it. */
export interface Token {
  readonly kind: "word" | "quoted" | "operator" | "open" | "close" | "other" | "end";
  /** Words of the language in small letters are compared with `plain`; keys and values keep their letters. */
  readonly text: string;
  readonly plain: string;
  readonly from: number;
  readonly to: number;
}

const pattern = /\s*(?:("[^"]*"?)|([A-Za-z0-9_.:-]+)|(<=|>=|!=|==|=|<|>|≤|≥|≠)|(\()|(\))|(\S))/gy;
const kinds = ["quoted", "word", "operator", "open", "close", "other"] as const;
const sameOperators: Readonly<Record<string, string>> = { "==": "=", "≤": "<=", "≥": ">=", "≠": "!=" };

export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const { 0: all, index, ...groups } of text.matchAll(new RegExp(pattern))) {
    const place = kinds.findIndex((_, i) => (groups as unknown as Record<number, unknown>)[i + 1] !== undefined);
    const kind = kinds[place]!;
    const written = all.trimStart();
    const to = index + all.length;
    const said = kind === "quoted" ? written.replaceAll('"', "") : (sameOperators[written] ?? written);
    tokens.push({
      kind,
      text: said,
      plain: kind === "quoted" ? "" : said.toLowerCase(),
      from: to - written.length,
      to,
    });
  }
  return [...tokens, { kind: "end", text: "", plain: "", from: text.length, to: text.length }];
}
