import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { completions, parse, type Vocabulary } from "./command.ts";

const vocabulary: Vocabulary = {
  clients: 3,
  servers: [1, 2, 3],
  reads: ["log", "lease", "stale"],
  keys: ["x", "colour"],
};
const read = (line: string) => parse(line, vocabulary);
const operation = (line: string) => {
  const parsed = read(line);
  return parsed.ok && parsed.command.kind === "request" ? parsed.command.operation : parsed;
};
const problem = (line: string) => {
  const parsed = read(line);
  return parsed.ok ? null : [parsed.problem, parsed.at];
};

describe("commands", () => {
  test("are those of a key-value store", () => {
    expect(operation("put x 1")).toEqual({ op: "put", key: "x", value: "1" });
    expect(operation("get x")).toEqual({ op: "get", key: "x" });
    expect(operation("del x")).toEqual({ op: "delete", key: "x" });
    expect(operation("cas x 1 2")).toEqual({ op: "cas", key: "x", expected: "1", value: "2" });
    expect(operation("cas x nil 2")).toEqual({ op: "cas", key: "x", expected: null, value: "2" });
    expect(operation("incr n")).toEqual({ op: "increment", key: "n", by: 1 });
    expect(operation("incr n -4")).toEqual({ op: "increment", key: "n", by: -4 });
  });
  test("go by their other names too, in any case", () => {
    expect(operation("SET x 1")).toEqual(operation("put x 1"));
    expect(operation("delete x")).toEqual(operation("del x"));
  });
  test("hold a value with blanks in quotes", () => {
    expect(operation('put x "two words"')).toEqual({ op: "put", key: "x", value: "two words" });
    expect(operation('put x ""')).toEqual({ op: "put", key: "x", value: "" });
  });
  test("say in front who asks whom, and how it is read", () => {
    expect(read("C2 S3 put x 1")).toMatchObject({ command: { client: 2, server: 3, read: null } });
    expect(read("c2: @s3 read=stale get x")).toMatchObject({ command: { client: 2, server: 3, read: "stale" } });
    expect(read("put x 1")).toMatchObject({ command: { client: null, server: null, read: null } });
  });
  test("start and stop a load", () => {
    const usual = { mode: "open", clients: 1, reads: 0, keys: 3 };
    expect(read("load 20")).toMatchObject({ command: { load: { ...usual, perSecond: 20 } } });
    expect(read("load open 50 clients=3 read=lease")).toMatchObject({
      command: { load: { ...usual, perSecond: 50, clients: 3, read: "lease" } },
    });
    expect(read("load closed 2 reads=50% keys=2 rate=30")).toMatchObject({
      command: { load: { mode: "closed", clients: 2, perSecond: 30, reads: 50, keys: 2 } },
    });
    expect(read("load off")).toEqual({ ok: true, command: { kind: "load", load: null } });
  });
});

describe("mistakes are told in words, at the word", () => {
  test.each([
    ["", "What shall the client ask? For example: put x 1", 0],
    ["pt x 1", '"pt" is no command: put, get, del, cas, incr, load or help', 0],
    ["put x", "put needs a value: put KEY VALUE", 5],
    ["get", "get needs a key: get KEY", 3],
    ["put x a b", "Too many words: put KEY VALUE. Put quotes around a value with blanks", 8],
    ["C9 get x", "There is no client C9: C1 to C3", 0],
    ["S9 get x", "There is no server S9", 0],
    ["read=quick get x", "Reads can be log, lease or stale", 0],
    ["read=stale put x 1", "Only a get can say how it is read", 0],
    ["incr n much", '"much" is no whole number', 7],
    ["load fast", '"fast" is no whole number', 5],
    ["load open 5000", "From 1 to 1000", 10],
    ["load open 5 often", '"often" is not understood here: clients=3, reads=50% and keys=3 are', 12],
    ["load closed 9", "From 1 to 3", 12],
    ["load 9 reads=200%", "reads= is a share from 0 to 100 %", 7],
  ])("%s", (line, words, at) => {
    expect(problem(line)).toEqual([words, at]);
  });
  test("whatever is typed, the answer is a command or a sentence", () => {
    const words = fc.constantFrom("put", "x", "C1", "S2", "load", "open", "read=", '"', "incr", "9e9", "cas", "nil");
    const line = fc.oneof(
      fc.string(),
      fc.array(words).map((list) => list.join(" ")),
    );
    fc.assert(
      fc.property(line, (typed) => {
        const parsed = read(typed);
        if (!parsed.ok) {
          expect(parsed.problem).not.toBe("");
          expect(parsed.at).toBeLessThanOrEqual(typed.length);
        }
        for (const completion of completions(typed, vocabulary))
          expect(completion.line.length).toBeGreaterThan(typed.length);
      }),
    );
  });
});

describe("completion", () => {
  const words = (line: string) => completions(line, vocabulary).map(({ word }) => word);
  test("offers the commands first", () => {
    expect(words("")).toEqual(["put", "get", "del", "cas", "incr", "load", "help"]);
    expect(words("p")).toEqual(["put"]);
    expect(completions("C1 p", vocabulary)[0]?.line).toBe("C1 put ");
  });
  test("then keys that there are, servers and clients that are begun", () => {
    expect(words("get ")).toEqual(["x", "colour"]);
    expect(words("get c")).toEqual(["colour"]);
    expect(words("s")).toEqual(["status", "set", "S1", "S2", "S3"]);
    expect(words("remove ")).toEqual(["S1", "S2", "S3"]);
    expect(words("add s")).toEqual(["S1", "S2", "S3"]);
    expect(words("health ")).toEqual([]);
    expect(words("S1 s")).toEqual([]);
    expect(words("read=l")).toEqual(["read=log", "read=lease"]);
  });
  test("ends where nothing can be known", () => {
    expect(words("put x ")).toEqual([]);
    expect(words("load ")).toEqual(["open", "closed", "off"]);
  });
});
