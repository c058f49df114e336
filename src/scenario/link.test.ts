import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyRecording } from "./arbitraries.ts";
import { parseRecording } from "./format.ts";
import { limits } from "./limits.ts";
import { checkOf, decodeLink, encodeLink } from "./link.ts";
import type { RecordedView, Recording } from "./recording.ts";
import { engineVersion, formatVersion } from "./version.ts";

// A machine that is busy with other things may take its time.
const hash = "0123456789abcdef";
const view: RecordedView = { at: 1_700_000, select: "S1", speed: 0.02, play: false };
const linkOf = (bytes: Uint8Array): string => {
  const payload = Buffer.from(bytes).toString("base64url");
  return `1.1.${hash}.${checkOf(payload)}.${payload}`;
};
const linkTo = (content: unknown): string => linkOf(deflateRawSync(JSON.stringify(content)));

function recording(file: object): Recording {
  const result = parseRecording(JSON.stringify({ format: "driftwood", version: 1, ...file }));
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

/** A lively session: every kind of act that people use, at times with microseconds. */
const fortyActions = (): Recording => {
  const kinds = [
    (n: number) => ({ do: "request", put: [`k${n % 4}`, `v${n}`] }),
    (n: number) => ({ do: "crash", server: `S${1 + (n % 5)}` }),
    (n: number) => ({ do: "request", get: `k${n % 4}`, server: `S${1 + (n % 5)}` }),
    (n: number) => ({ do: "restart", server: `S${1 + ((n + 3) % 5)}` }),
    () => ({
      do: "partition",
      groups: [
        ["S1", "S2"],
        ["S3", "S4", "S5"],
      ],
    }),
    (n: number) => ({ do: "drop", message: `S1>S${2 + (n % 4)}#${n}` }),
    () => ({ do: "heal" }),
    (n: number) => ({ do: "delay", message: `S4>S${1 + (n % 3)}#${n}`, byMs: 25 + n }),
  ];
  const actions = Array.from({ length: 40 }, (_, n) => ({
    atMs: n * 137 + ((n * 7919) % 100_000) / 1000,
    ...kinds[n % kinds.length]?.(n),
  }));
  return recording({ title: "Two leaders at once", seed: 7, actions, endMs: 6000.123 });
};

describe("a link", () => {
  test("brings back the recording, the view, the hash and the engine's version", async () => {
    await fc.assert(
      fc.asyncProperty(anyRecording, async (original) => {
        const fragment = await encodeLink(original, view, hash);
        fc.pre(fragment.length <= limits.fragment);
        const value = { recording: { ...original, view, branches: [], branch: 0 }, hash, engine: engineVersion };
        expect(await decodeLink(fragment)).toEqual({ ok: true, value });
      }),
      { numRuns: 100 },
    );
  });

  test("of forty actions has at most 600 characters, all of them safe in a URL", async () => {
    const moment = { ...view, order: 12, seen: { engine: engineVersion, hash: "f9e1d7c5b3a28460" } };
    const fragment = await encodeLink(fortyActions(), moment, hash);
    expect(fragment.length).toBeLessThan(600);
    expect(fragment).toMatch(/^[A-Za-z0-9._-]+$/);
  });

  test("from a newer version says so before anything is unpacked", async () => {
    const result = await decodeLink(`9.9.${hash}.00000000.whatever`);
    expect(result).toMatchObject({
      ok: false,
      problem: { message: expect.stringMatching(/newer Driftwood.*version 9/) },
    });
  });

  test("from another engine is read and names that engine", async () => {
    const fragment = (await encodeLink(fortyActions(), view, hash)).replace(
      `${formatVersion}.${engineVersion}.`,
      `${formatVersion}.42.`,
    );
    expect(await decodeLink(fragment)).toMatchObject({ ok: true, value: { engine: 42, hash } });
  });
});

describe("a bad link is refused", () => {
  const message = async (fragment: string): Promise<string> => {
    const result = await decodeLink(fragment);
    return result.ok ? "accepted" : `${result.problem.field}: ${result.problem.message}`;
  };

  test("every way of cutting or changing one", async () => {
    const good = await encodeLink(fortyActions(), view, hash);
    expect(await message("")).toMatch(/^link: .*damaged/);
    expect(await message(`1.1.${hash}.00000000.`)).toMatch(/damaged/);
    expect(await message(good.slice(0, -20))).toMatch(/damaged/);
    expect(await message(`${good}AAAA`)).toMatch(/damaged/);
    expect(await message(good.replace(hash, "xyz"))).toMatch(/damaged/);
    const swapped = good.replace(/.(?=.{30}$)/, (letter) => (letter === "A" ? "B" : "A"));
    expect(await message(swapped)).toMatch(/damaged/);
  });

  test("the place is named as in the file", async () => {
    expect(
      await message(linkTo([7, 5, null, null, 1000, null, "t", null, null, null, null, null, [[1, 0, 8]]])),
    ).toMatch(/^actions\[0\]\.server: there is no S8/);
    expect(await message(linkTo([7, 5, null, null, null, null, "t", null, null, null, null, null, [[1, 99]]]))).toMatch(
      /^actions\[0\]: expected an object/,
    );
    expect(await message(linkTo([7, 77]))).toMatch(/^servers: /);
    expect(await message(linkTo(Array(20).fill(1)))).toMatch(/^: expected an object/);
  });

  test("more than 8 KB", async () => {
    expect(await message("A".repeat(limits.fragment + 1))).toMatch(/at most 8192 characters/);
  });

  test("a small text that inflates to megabytes, quickly and without keeping it", async () => {
    const bomb = deflateRawSync(Buffer.alloc(6_000_000, "["));
    const fragment = linkOf(bomb);
    expect(fragment.length).toBeLessThan(limits.fragment);
    const start = process.hrtime.bigint();
    expect(await message(fragment)).toMatch(/at most 262144 bytes/);
    expect(Number(process.hrtime.bigint() - start) / 1e6).toBeLessThan(250);
  });

  test("deep nesting and prototypes", async () => {
    const nested = deflateRawSync("[".repeat(100_000) + "]".repeat(100_000));
    expect(await message(linkOf(nested))).toMatch(/levels of nesting|expected/);
    const poisoned = deflateRawSync(`[7,5,{"__proto__":{"polluted":1}},{"constructor":1}]`);
    expect(await message(linkOf(poisoned))).toMatch(/no such field/);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});

describe("whatever comes in", () => {
  const before = Object.getOwnPropertyNames(Object.prototype).length;
  const settles = async (fragment: string): Promise<void> => {
    const result = await decodeLink(fragment);
    if (!result.ok) expect(result.problem.message).not.toBe("");
    expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(before);
  };

  test("any text", async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: "binary", maxLength: 300 }), settles), { numRuns: 300 });
  });

  test("any bytes as payload", async () => {
    const bytes = fc.uint8Array({ maxLength: 400 }).map(linkOf);
    await fc.assert(fc.asyncProperty(bytes, settles), { numRuns: 300 });
  });

  test("any JSON in a sound envelope", async () => {
    const lists = fc.array(fc.jsonValue(), { maxLength: 13 }).map(linkTo);
    await fc.assert(fc.asyncProperty(lists, settles), { numRuns: 300 });
  });

  test("any actions in a sound recording", async () => {
    const scalar = fc.oneof(
      fc.integer({ min: -2, max: 20 }),
      fc.string({ maxLength: 4 }),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const actions = fc.array(fc.array(scalar, { maxLength: 6 }), { maxLength: 6 });
    const links = actions.map((list) => linkTo([7, 5, [], [], 1, [], "", "", [], "", null, [], list]));
    await fc.assert(fc.asyncProperty(links, settles), { numRuns: 300 });
  });
});
