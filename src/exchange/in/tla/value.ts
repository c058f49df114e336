/** A value of TLA+, whichever way it was written. Records are functions of strings, sequences functions of 1 … n. */
export type Value =
  /** A whole number, in decimal digits. */
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  /** A model value, which TLC prints bare. */
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "truth"; readonly truth: boolean }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "set"; readonly items: readonly Value[] }
  | { readonly kind: "map"; readonly pairs: readonly Pair[] }
  /** What the source says could not be written. */
  | { readonly kind: "opaque"; readonly text: string };
export type Pair = readonly [key: Value, value: Value];

/** A function by its pairs; one of 1 … n is a sequence, and of a key that stands there twice the first counts. */
export function mapOf(pairs: readonly Pair[]): Value {
  const byKey = new Map<string, Pair>();
  for (const pair of pairs) {
    const key = written(pair[0]);
    if (!byKey.has(key)) byKey.set(key, pair);
  }
  const items = pairs.map((_, place) => byKey.get(String(place + 1)));
  const isSequence =
    pairs.length > 0 &&
    byKey.size === pairs.length &&
    items.every((item) => item !== undefined && item[0].kind === "number");
  if (isSequence) return { kind: "list", items: items.map((item) => (item as Pair)[1]) };
  return { kind: "map", pairs: [...byKey.values()] };
}

/** As TLA+ writes it. Equal values are written alike: sets and functions in the order of what is in them. */
export function written(value: Value): string {
  switch (value.kind) {
    case "number":
    case "name":
    case "opaque":
      return value.text;
    case "text":
      return JSON.stringify(value.text);
    case "truth":
      return value.truth ? "TRUE" : "FALSE";
    case "list":
      return `<<${value.items.map(written).join(", ")}>>`;
    case "set":
      return `{${[...new Set(value.items.map(written))].sort().join(", ")}}`;
    case "map":
      return writtenMap(value.pairs);
  }
}

function writtenMap(pairs: readonly Pair[]): string {
  if (pairs.length === 0) return "<<>>";
  const isRecord = pairs.every(([key]) => key.kind === "text" && /^(?!TRUE$|FALSE$)[A-Za-z_]\w*$/.test(key.text));
  const parts = pairs.map(([key, value]) =>
    isRecord && key.kind === "text" ? `${key.text} |-> ${written(value)}` : `${written(key)} :> ${written(value)}`,
  );
  parts.sort();
  return isRecord ? `[${parts.join(", ")}]` : `(${parts.join(" @@ ")})`;
}

/** What stands for a server, a role or a kind of message: without quotes. */
export const bare = (value: Value): string => (value.kind === "text" ? value.text : written(value));

/** A whole number that fits and is not negative; else null. */
export function amount(value: Value | undefined): number | null {
  const number = value?.kind === "number" ? Number(value.text) : Number.NaN;
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** A function by its keys, written bare; null: it is none. */
export function byKeys(value: Value | undefined): ReadonlyMap<string, Value> | null {
  if (value?.kind === "list") return new Map(value.items.map((item, place) => [String(place + 1), item]));
  if (value?.kind === "map") return new Map(value.pairs.map(([key, item]) => [bare(key), item]));
  return null;
}

/** `{tag, value}` as Apalache and Quint write a case of a sum: only where these are all its fields. */
export function caseOf(value: Value | undefined): { readonly tag: string; readonly value: Value } | null {
  const fields = value?.kind === "map" && value.pairs.length === 2 ? byKeys(value) : null;
  const [tag, inner] = [fields?.get("tag"), fields?.get("value")];
  return tag?.kind === "text" && inner !== undefined ? { tag: tag.text, value: inner } : null;
}
