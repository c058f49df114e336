/** An experiment's file, as the form changes it: what comes out is read anew, and said to be wrong if it is. */
export type Json = Readonly<Record<string, unknown>>;

export interface FactorJson {
  readonly title: string;
  readonly set: string;
  readonly to: readonly unknown[];
  readonly labels?: readonly string[];
}

export const factorsOf = (json: Json): readonly FactorJson[] => (json["vary"] ?? []) as readonly FactorJson[];
export const deedsOf = (json: Json): readonly Json[] => (json["happens"] ?? []) as readonly Json[];
export const runOf = (json: Json): Json => (json["run"] ?? {}) as Json;

/** Without the field where there is nothing to say. */
function withList(json: Json, name: "vary" | "happens", list: readonly unknown[]): Json {
  const { [name]: _, ...rest } = json;
  return list.length === 0 ? rest : { ...rest, [name]: list };
}

export const withFields = (json: Json, fields: Json): Json => ({ ...json, ...fields });

export const withFactor = (json: Json, factor: FactorJson): Json =>
  withList(json, "vary", [...factorsOf(json), factor]);
export const withoutFactor = (json: Json, at: number): Json => withList(json, "vary", factorsOf(json).toSpliced(at, 1));

/** One more value of a factor. */
export function withValue(json: Json, at: number, value: unknown, label: string): Json {
  const factor = factorsOf(json)[at]!;
  const labels = factor.labels === undefined ? {} : { labels: [...factor.labels, label] };
  return withList(json, "vary", factorsOf(json).with(at, { ...factor, to: [...factor.to, value], ...labels }));
}

/** One value less; without its last the factor goes. */
export function withoutValue(json: Json, at: number, place: number): Json {
  const factor = factorsOf(json)[at]!;
  if (factor.to.length === 1) return withoutFactor(json, at);
  const labels = factor.labels === undefined ? {} : { labels: factor.labels.toSpliced(place, 1) };
  const less = { ...factor, to: factor.to.toSpliced(place, 1), ...labels };
  return withList(json, "vary", factorsOf(json).with(at, less));
}

export const withDeed = (json: Json, deed: Json): Json => withList(json, "happens", [...deedsOf(json), deed]);

/** Without one, and without what varies in it; what varies in those behind it stays with them. */
export function withoutDeed(json: Json, at: number): Json {
  const factors = factorsOf(json).flatMap((factor): FactorJson[] => {
    const place = /^happens\[(\d+)\]/.exec(factor.set)?.[1];
    if (place === undefined || Number(place) < at) return [factor];
    if (Number(place) === at) return [];
    return [{ ...factor, set: factor.set.replace(/^happens\[\d+\]/, `happens[${Number(place) - 1}]`) }];
  });
  return withList(withList(json, "happens", deedsOf(json).toSpliced(at, 1)), "vary", factors);
}

/** So many moments of the run, evenly, up to the one from which it goes on; in milliseconds. */
export function alongTheRun(json: Json, count = 10): Json {
  const until = Number(json["fromMs"] ?? 0);
  const moments = Array.from({ length: count }, (_, i) => Math.round((until * (i + 1) * 1000) / count) / 1000);
  return withList(json, "vary", [{ title: "moment", set: "fromMs", to: [...new Set(moments)] }]);
}
