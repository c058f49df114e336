/** Data with another value at a path such as "run.options.preVote" or "happens[0].writeMs"; null if the path leads nowhere. Objects on the way are made where they are missing. */
export function withField(json: unknown, path: string, value: unknown): unknown {
  const keys = keysOf(path);
  return keys === null ? null : changed(json ?? {}, keys, value);
}

function keysOf(path: string): readonly (string | number)[] | null {
  if (!/^[A-Za-z]\w*(?:\.[A-Za-z]\w*|\[\d{1,4}\])*$/.test(path)) return null;
  return [...path.matchAll(/([A-Za-z]\w*)|\[(\d+)\]/g)].map(([, name, place]) => name ?? Number(place));
}

function changed(json: unknown, [key, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (key === undefined) return value;
  if (typeof key === "number") {
    if (!Array.isArray(json) || key >= json.length) return null;
    const item = changed(json[key] as unknown, rest, value);
    return item === null && rest.length > 0 ? null : json.with(key, item);
  }
  if (Array.isArray(json) || typeof json !== "object" || json === null || key === "__proto__") return null;
  const inner = changed(Reflect.get(json, key) ?? (rest.length > 0 ? {} : undefined), rest, value);
  return inner === null && rest.length > 0 ? null : { ...json, [key]: inner };
}

/** What a value is called where nobody gave it a name: "150–300 ms", "on", "3". */
export const labelOf =
  (path: string) =>
  (value: unknown): string => {
    const unit = /Ms$/.test(path) ? " ms" : "";
    if (typeof value === "boolean") return value ? "on" : "off";
    if (Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === "number"))
      return `${value.join("–")}${unit}`;
    if (Array.isArray(value) && value.every((each) => typeof each === "string"))
      return value.length === 0 ? "none" : value.join(", ").slice(0, 60);
    if (typeof value === "number" || typeof value === "string") return `${value}${unit}`.slice(0, 60);
    return JSON.stringify(value)?.slice(0, 60) ?? "nothing";
  };
