import { expect, test } from "vitest";
import { operationsOf } from "../../world/operations.ts";
import { expectGolden, livelyRun, longRun, presetRun, storyRun, write } from "./fixtures.ts";

interface SpanJson {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status: { readonly code?: number; readonly message?: string };
}
type Own = SpanJson & { readonly resource: string };

function read(text: string): readonly Own[] {
  return text
    .trimEnd()
    .split("\n")
    .flatMap((line) => {
      const { resourceSpans } = JSON.parse(line);
      return resourceSpans.flatMap(({ resource, scopeSpans }: never) => {
        const [{ key, value }] = (resource as { attributes: [{ key: string; value: { stringValue: string } }] })
          .attributes;
        expect(key).toBe("service.name");
        return (scopeSpans as { spans: SpanJson[] }[]).flatMap(({ spans }) =>
          spans.map((span) => ({ ...span, resource: value.stringValue })),
        );
      });
    });
}

/** The JSON encoding of opentelemetry-proto: hex ids that are not all zeros, 64-bit numbers as strings, enums as integers. */
function problems(spans: readonly Own[]): readonly string[] {
  const places = new Set(spans.map(({ traceId, spanId }) => `${traceId}/${spanId}`));
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const found = ids.size === spans.length ? [] : ["two spans have one id"];
  for (const span of spans) {
    const { traceId, spanId, parentSpanId, name, kind, startTimeUnixNano: start, endTimeUnixNano: end } = span;
    const wrong = (what: string): number => found.push(`${what}: ${JSON.stringify(span)}`);
    if (!/^(?!0+$)[0-9a-f]{32}$/.test(traceId) || !/^(?!0+$)[0-9a-f]{16}$/.test(spanId)) wrong("id");
    if (![start, end].every((time) => typeof time === "string" && /^\d{19}$|^\d{18}$/.test(time))) wrong("time");
    if (BigInt(start) > BigInt(end)) wrong("ends before it begins");
    if (name === "" || ![1, 2, 3].includes(kind)) wrong("name or kind");
    if (parentSpanId !== undefined && !places.has(`${traceId}/${parentSpanId}`)) wrong("no such parent");
    for (const link of span.links ?? []) if (!places.has(`${link.traceId}/${link.spanId}`)) wrong("no such link");
    for (const { value } of span.attributes) {
      const [[type, of]] = Object.entries(value) as [[string, unknown]];
      const fits = {
        stringValue: typeof of === "string",
        intValue: /^-?\d+$/.test(String(of)),
        boolValue: typeof of === "boolean",
      };
      if (!fits[type as keyof typeof fits] || (type === "intValue" && typeof of !== "string")) wrong("attribute");
    }
  }
  return found;
}

test("otlp: requests, elections, votes, rounds and what followers append are spans in one tree each", async () => {
  const spans = read(await expectGolden("otlp"));
  expect(problems(spans)).toEqual([]);
  const names = spans.map(({ resource, name }) => `${resource}: ${name}`);
  expect(names).toEqual([
    "S1: election of term 1",
    "S1: replicate 1",
    "S1: replicate 2",
    "S2: vote for S1",
    "S3: vote for S1",
    "S3: append 1",
    "S3: append 2",
    "clients: put x=the end",
    "clients: get x",
  ]);
  const named = (name: string): Own => spans.find((span) => `${span.resource}: ${span.name}` === name)!;
  const [put, round, append] = [named("clients: put x=the end"), named("S1: replicate 1"), named("S3: append 1")];
  expect([round.parentSpanId, append.parentSpanId]).toEqual([put.spanId, round.spanId]);
  expect(new Set([put.traceId, round.traceId, append.traceId]).size).toBe(1);
  const vote = named("S2: vote for S1");
  expect(vote.links).toMatchObject([
    {
      spanId: named("S1: election of term 1").spanId,
      attributes: [{ key: "messaging.message.id", value: { stringValue: "S1>S2#1" } }],
    },
  ]);
  expect([put.startTimeUnixNano, put.endTimeUnixNano]).toEqual(["946684800065000000", "946684800107000000"]);
});

test("otlp: whatever the run, and of a stretch", () => {
  for (const run of [longRun(), presetRun("two-groups"), livelyRun(1), livelyRun(2)]) {
    const spans = read(write("otlp", run).text);
    expect(problems(spans)).toEqual([]);
    const facts = run.facts(1, run.place.event);
    const campaigns = facts.filter((fact) => fact.kind === "decided" && fact.decision.kind === "electionStarted");
    expect(spans.filter(({ name }) => name.startsWith("election"))).toHaveLength(campaigns.length);
    expect(spans.filter(({ resource }) => resource === "clients")).toHaveLength(operationsOf(run.world).length);
  }
  expect(problems(read(write("otlp", storyRun(), { from: 70_000, to: 140_000 }).text))).toEqual([]);
});

test("otlp: a leader that is gone leaves what it did not commit, which is an error", () => {
  const spans = read(write("otlp", presetRun("figure-8")).text);
  const given = spans.filter(({ name, status }) => name.startsWith("replicate") && status.code === 2);
  expect(given.length).toBeGreaterThan(0);
  for (const { status } of given)
    expect(status.message).toMatch(/^(crashed|term \d+ began|no majority answers|a new election began)$/);
});
