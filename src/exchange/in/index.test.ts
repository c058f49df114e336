import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inOnePiece } from "../../history/work.ts";
import { faultsOf, readTexts } from "./fixtures.ts";
import { headLength, importers, recognised } from "./index.ts";
import type { Importer } from "./told.ts";

const folder = join(import.meta.dirname, "samples");

/** A sample's name begins with its importer's: "etcd-log.txt", "etcd-log-two-files.txt". */
const ownerOf = (file: string): Importer | undefined =>
  importers.filter(({ name }) => file.startsWith(name)).sort((one, other) => other.name.length - one.name.length)[0];
const samples = readdirSync(folder).filter((file) => ownerOf(file) !== undefined);
const text = (file: string): string => readFileSync(join(folder, file), "utf8");

describe.each(samples)("%s", (file) => {
  const owner = ownerOf(file) as Importer;
  const whole = text(file);
  const head = whole.slice(0, headLength);

  test("fits its own importer and no other, also where it has no name", () => {
    expect(importers.filter((importer) => importer.fits(head)).map(({ name }) => name)).toEqual([owner.name]);
    expect(recognised("", head)).toBe(owner);
  });

  test("is read into a run that keeps what it promises", () => {
    const read = readTexts(owner, [{ name: file, text: whole }]);
    if (!read.ok) throw new Error(read.problem.message);
    expect(read.value.events.length).toBeGreaterThan(0);
    expect(faultsOf(read.value)).toEqual([]);
  });

  test("cut and changed anywhere, is a good run or says where it is not", () => {
    const start = whole.slice(0, 12_000);
    const damage = fc.record({
      from: fc.nat(start.length),
      length: fc.nat(200),
      put: fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom("\n", "0", "-1", "99999999999999999999", '"', "}")),
      end: fc.nat(start.length),
    });
    fc.assert(
      fc.property(damage, ({ from, length, put, end }) => {
        const damaged = (start.slice(0, from) + put + start.slice(from + length)).slice(0, end);
        const read = readTexts(owner, [{ name: file, text: damaged }]);
        if (read.ok) expect(faultsOf(read.value)).toEqual([]);
        else expect(read.problem.message).not.toBe("");
      }),
      { numRuns: 20 },
    );
  });
});

test("every importer has a sample", () => {
  for (const importer of importers)
    expect(
      samples.some((file) => ownerOf(file) === importer),
      importer.name,
    ).toBe(true);
});

describe("recognised", () => {
  const format = (name: string, named: RegExp, fits: (head: string) => boolean): Importer => ({
    name,
    title: name,
    named,
    fits,
    open: () => ({
      line: () => undefined,
      end: () => inOnePiece(() => ({ ok: false, problem: { file: 0, line: 1, message: "" } })),
    }),
  });
  const stars = format("stars", /\.star$/, (head) => head.startsWith("*"));
  const any = format("any", /\.log$/, (head) => head.length > 0);
  const dots = format("dots", /\.dot$/, (head) => head.startsWith("."));
  const known = [stars, any, dots];

  test("by structure, where the name says nothing", () => {
    expect(recognised("", "*", known)).toBe(stars);
    expect(recognised("", ".", known)).toBe(any);
  });
  test("by name among those that fit", () => {
    expect(recognised("a.dot", ".", known)).toBe(dots);
    expect(recognised("a.dot", "*", known)).toBe(stars);
  });
  test("by name alone, where none fits", () => {
    expect(recognised("a.star", "", known)).toBe(stars);
    expect(recognised("a.txt", "", known)).toBeNull();
  });
});
