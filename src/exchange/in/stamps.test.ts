import { describe, expect, test } from "vitest";
import { timeIn, timeOf, unwrapJson } from "./stamps.ts";

const micros = (iso: string): number => Date.parse(iso) * 1000;

describe("moments as loggers write them", () => {
  const written: readonly (readonly [text: string, at: number | null])[] = [
    ["2021-06-01T12:00:00.123Z", micros("2021-06-01T12:00:00.123Z")],
    ["2021-06-01T12:00:00.123456+0200", micros("2021-06-01T10:00:00.123Z") + 456],
    ["2024-02-29T23:59:59-05:30", micros("2024-03-01T05:29:59Z")],
    ["2018-05-11 14:06:23.118234 I | raft: ", micros("2018-05-11T14:06:23.118Z") + 234],
    ["raft2020/01/02 15:04:05 INFO: ", micros("2020-01-02T15:04:05Z")],
    ["I210101 12:00:00.000042 123 raft/raft.go:784 ", micros("2021-01-01T12:00:00Z") + 42],
    ["I0601 12:00:00.5 1 raft.go:7] ", micros("1970-06-01T12:00:00.500Z")],
    ["Mar  1 00:00:01 host etcd[1]: ", micros("1970-03-01T00:00:01Z")],
    ["12:00:01,250 ", micros("1970-01-01T12:00:01.250Z")],
    ["no time", null],
    ["2021-13-01T12:00:00", null],
  ];
  for (const [text, at] of written) test(text, () => expect(timeIn(text)).toBe(at));

  test("numbers are seconds, milliseconds, microseconds or nanoseconds since 1970, by their size", () => {
    const at = 1_712_329_729_602_453;
    expect(timeOf(1712329729.602453)).toBe(at);
    expect(timeOf("1712329729602.453")).toBe(at);
    expect(timeOf(at)).toBe(at);
    expect(timeOf(1712329729602453000)).toBe(at);
    expect(timeOf(-1)).toBeNull();
    expect(timeOf({})).toBeNull();
  });
});

describe("JSON lines of loggers", () => {
  test("zap's, with a date or a number", () => {
    const text = "1 became leader at term 2";
    expect(unwrapJson(`{"level":"info","ts":"1970-01-01T00:00:01.5Z","caller":"raft.go:7","msg":"${text}"}`)).toEqual({
      text,
      at: 1_500_000,
    });
    expect(unwrapJson(`etcd-1 | {"level":"info","ts":1.5,"msg":"${text}"}`)).toEqual({ text, at: 1_500_000 });
  });
  test("one that another logger has wrapped", () => {
    const inner = JSON.stringify({ ts: 1.5, msg: "hello" });
    expect(unwrapJson(JSON.stringify({ log: `${inner}\n`, time: "1970-01-01T00:00:02Z" }))).toEqual({
      text: "hello",
      at: 1_500_000,
    });
  });
  test("no JSON, or none that says anything", () => {
    for (const line of ["{", "}{", "hello", '{"ts":1}', "[1]", '{"msg":7}']) expect(unwrapJson(line)).toBeNull();
  });
});
