import { Hasher } from "../../base/hash.ts";
import type { Micros } from "../../base/units.ts";
import { engineVersion } from "../../scenario/version.ts";

/** Spans in OTLP's JSON: ids in hex, 64-bit numbers as strings, enums as integers. */

export type Attributes = readonly (readonly [key: string, value: string | number | boolean])[];
/** What a span is about: part of its id. */
export type SpanName = "election" | "vote" | "round" | "append";
export const internalKind = 1;
export const serverKind = 2;
export const clientKind = 3;

export interface Span {
  /** "S1", "clients". */
  readonly resource: string;
  readonly traceId: string;
  readonly spanId: string;
  /** "": none. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly from: Micros;
  /** Null: it has not ended yet. */
  to: Micros | null;
  /** `message`: by which it came; "": by none. */
  readonly links: readonly { readonly traceId: string; readonly spanId: string; readonly message: string }[];
  readonly attributes: Attributes;
  /** Why it came to nothing; null: it did not. */
  failed: string | null;
}

/** So many hex digits; the same run has the same. */
export function idOf(digits: 16 | 32, seed: number, text: string): string {
  const half = (part: number): string => {
    const hasher = new Hasher();
    hasher.add(seed);
    hasher.add(part);
    hasher.addText(text);
    return hasher.digest();
  };
  return digits === 16 ? half(0) : half(1) + half(2);
}

const spansALine = 500;

/** One resource a line, and at most so many spans of it. */
export function linesOf(spans: readonly Span[]): string {
  const resources = [...new Set(spans.map(({ resource }) => resource))].sort();
  const lines = resources.flatMap((resource) => {
    const own = spans.filter((span) => span.resource === resource);
    const parts = Array.from({ length: Math.ceil(own.length / spansALine) }, (_, i) =>
      own.slice(i * spansALine, (i + 1) * spansALine),
    );
    return parts.map((part) => JSON.stringify({ resourceSpans: [resourceSpans(resource, part)] }));
  });
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

const resourceSpans = (name: string, spans: readonly Span[]) => ({
  resource: {
    attributes: attributes([
      ["service.name", name],
      ["service.namespace", "driftwood"],
    ]),
  },
  scopeSpans: [{ scope: { name: "driftwood", version: String(engineVersion) }, spans: spans.map(spanJson) }],
});

const spanJson = ({ traceId, spanId, parentSpanId, name, kind, from, to, links, failed, attributes: own }: Span) => ({
  traceId,
  spanId,
  ...(parentSpanId === "" ? {} : { parentSpanId }),
  name,
  kind,
  startTimeUnixNano: unixNanos(from),
  endTimeUnixNano: unixNanos(to ?? from),
  attributes: attributes(own),
  ...(links.length === 0 ? {} : { links: links.map(linkJson) }),
  status: failed === null ? {} : { code: 2, message: failed },
});

const linkJson = ({ traceId, spanId, message }: Span["links"][number]) => ({
  traceId,
  spanId,
  ...(message === "" ? {} : { attributes: attributes([["messaging.message.id", message]]) }),
});

const attributes = (pairs: Attributes) =>
  pairs.map(([key, value]) => {
    if (typeof value === "string") return { key, value: { stringValue: value } };
    return { key, value: typeof value === "boolean" ? { boolValue: value } : { intValue: String(value) } };
  });

/** A run has no date. This one begins with the year 2000 (UTC): receivers take a time of 0 for none. */
const beginsAtMicros = 946_684_800_000_000;
const unixNanos = (at: Micros): string => `${beginsAtMicros + at}000`;
