import { describe, expect, test } from "vitest";
import type { Scene } from "./scene.ts";
import { actOf, type FieldValues, firstValues, givenOf, type Parameter, recalled, valueFrom } from "./values.ts";

const scene: Scene = { servers: [1, 2, 3], server: 2, link: null, groups: [[2], [1, 3]], raftGroups: 1, raftGroup: 1 };
const on = (parameters: Readonly<Record<string, Parameter>>) => ({
  name: "crash" as const,
  parameters,
  needsOne: false,
});
const time: Parameter = { is: "time", title: "For", least: 1, most: 60_000, initial: 1000 };
const made = (parameters: Readonly<Record<string, Parameter>>, changes: FieldValues = {}, where: Scene = scene) => {
  const fault = on(parameters);
  const result = actOf(fault, { ...firstValues(fault, where), ...changes }, where);
  return "act" in result ? result.act : result.problem;
};

describe("a fault's form", () => {
  test("starts from what is selected, and says times in microseconds and chances in millionths", () => {
    const server: Parameter = { is: "server", title: "Server" };
    const chance: Parameter = { is: "chance", title: "Lost", initial: 0.25 };
    const times: Parameter = { is: "times", title: "Takes", least: 0, most: 1000, initial: [5, 20.5] };
    expect(made({ server, for: time, loss: chance, write: times })).toEqual({
      do: "crash",
      server: 2,
      for: 1_000_000,
      loss: 250_000,
      write: [5000, 20_500],
    });
  });

  test("remembers what was chosen, but not whom it met", () => {
    const fault = on({ server: { is: "server", title: "Server" }, for: time });
    const before: FieldValues = { server: { is: "server", server: 3 }, for: { is: "number", number: 40 } };
    const first = firstValues(fault, scene);
    expect(recalled(first, before)).toEqual({ server: { is: "server", server: 2 }, for: { is: "number", number: 40 } });
    expect(recalled(first, undefined)).toEqual(first);
  });

  test("leaves out what may be left out", () => {
    const span: Parameter = { ...time, optional: true };
    expect(made({ for: span }, { for: { is: "number", number: null } })).toEqual({ do: "crash" });
    expect(made({ for: time }, { for: { is: "number", number: null } })).toBe("For: a number is missing");
  });

  test("has one of several where one is needed, and the others by choice", () => {
    const offset: Parameter = { ...time, title: "Set", least: -1000, optional: true };
    const drift: Parameter = {
      is: "ppm",
      title: "Fast",
      least: -900_000,
      most: 900_000,
      initial: 100_000,
      optional: true,
    };
    const at: Parameter = {
      is: "choice",
      title: "When",
      words: [["later", "later"]],
      initial: "later",
      optional: true,
    };
    const clock = { ...on({ offset, drift, at, for: { ...time, optional: true } }), needsOne: true };
    const first = firstValues(clock, scene);
    expect(actOf(clock, first, scene)).toEqual({ act: { do: "crash", offset: 1_000_000, for: 1_000_000 } });
    const more: FieldValues = { ...first, drift: { is: "number", number: -2.5 }, at: { is: "word", word: "later" } };
    expect(actOf(clock, more, scene)).toMatchObject({ act: { drift: -25_000, at: "later" } });
  });

  test("names links one by one, but not where all are meant", () => {
    const links: Parameter = { is: "links", title: "Links", optional: true };
    const which = (choice: "all" | "both" | "one" | "of") =>
      made({ links }, { links: { is: "links", which: choice, from: 1, to: 3 } });
    expect(made({ links })).toEqual({ do: "crash" });
    expect(which("one")).toEqual({ do: "crash", links: [[1, 3]] });
    expect(which("both")).toEqual({
      do: "crash",
      links: [
        [1, 3],
        [3, 1],
      ],
    });
    expect(which("of")).toEqual({
      do: "crash",
      links: [
        [1, 2],
        [2, 1],
        [1, 3],
        [3, 1],
      ],
    });
    expect(made({ links }, {}, { ...scene, link: [3, 1] })).toEqual({
      do: "crash",
      links: [
        [3, 1],
        [1, 3],
      ],
    });
  });

  test("of a nemesis says what is not left to chance; all links are named there", () => {
    const links: Parameter = { is: "links", title: "Links", optional: true };
    const chance: Parameter = { is: "chance", title: "Lost", initial: 0.25 };
    const fault = on({ loss: chance, links, for: time });
    expect(givenOf(fault, {}, scene)).toEqual({ given: {} });
    expect(givenOf(fault, { loss: { is: "number", number: 30 } }, scene)).toEqual({ given: { loss: 300_000 } });
    const all = givenOf(fault, { links: { is: "links", which: "all", from: 1, to: 1 } }, { ...scene, servers: [1, 2] });
    expect(all).toEqual({
      given: {
        links: [
          [1, 2],
          [2, 1],
        ],
      },
    });
    expect(givenOf(fault, { loss: { is: "number", number: 200 } }, scene)).toEqual({ problem: "Lost: from 0 to 100" });
  });

  test("refuses in words what makes no sense", () => {
    const links: Parameter = { is: "links", title: "Links" };
    const servers: Parameter = { is: "servers", title: "Servers" };
    const groups: Parameter = { is: "groups", title: "Sides" };
    const times: Parameter = { is: "times", title: "Takes", least: 1, most: 100, initial: [1, 2] };
    const whole: Parameter = { is: "whole", title: "Bytes", unit: "bytes", least: 1, most: 9, initial: 3 };
    const same = { is: "links", which: "one", from: 2, to: 2 } as const;
    expect(made({ links }, { links: same })).toBe("Links: a link joins two servers");
    expect(made({ servers }, { servers: { is: "servers", servers: [] } })).toBe("Servers: choose at least one");
    expect(made({ groups }, { groups: { is: "groups", groups: [[1, 2, 3], []] } })).toBe(
      "Sides: there is only one group",
    );
    expect(made({ times }, { times: { is: "pair", pair: [9, 2] } })).toBe(
      "Takes: the first time may not be longer than the second",
    );
    expect(made({ times }, { times: { is: "pair", pair: [0, 2] } })).toBe("Takes: from 1 to 100");
    expect(made({ whole }, { whole: { is: "number", number: 2.5 } })).toBe("Bytes: a whole number");
    expect(made({ whole }, { whole: { is: "number", number: 10 } })).toBe("Bytes: from 1 to 9");
  });
});

describe("an act that there is already", () => {
  const links: Parameter = { is: "links", title: "Links", optional: true };
  const back = (parameter: Parameter, given: unknown) => {
    const value = valueFrom(parameter, given, scene);
    return value === null ? null : made({ it: parameter }, { it: value });
  };

  test.each<[Parameter, unknown]>([
    [{ is: "server", title: "" }, 3],
    [{ is: "servers", title: "" }, [1, 3]],
    [{ is: "groups", title: "" }, [[1], [2, 3]]],
    [{ ...time, optional: true }, 1500],
    [{ ...time, optional: true }, undefined],
    [{ is: "times", title: "", least: 0, most: 1000, initial: [1, 2] }, [500, 20_250]],
    [{ is: "chance", title: "", initial: 0 }, 125_000],
    [{ is: "ppm", title: "", least: -900_000, most: 900_000, initial: 0 }, -2500],
    [{ is: "choice", title: "", words: [["in", "in"]], initial: "in" }, "in"],
    [links, undefined],
    [links, [[1, 3]]],
    [
      links,
      [
        [3, 1],
        [1, 3],
      ],
    ],
  ])("%j: %j stands in its field, and comes out of it", (parameter, given) => {
    const expected = { do: "crash", ...(given === undefined ? {} : { it: given }) };
    expect(back(parameter, given)).toEqual(expected);
  });

  test("all links of one server, in whatever order, are that choice; what no choice says has no field", () => {
    const ofThree: readonly (readonly [number, number])[] = [
      [1, 3],
      [3, 1],
      [2, 3],
      [3, 2],
    ];
    expect(valueFrom(links, ofThree, scene)).toMatchObject({ which: "of", from: 3 });
    expect(valueFrom(links, ofThree.slice(1), scene)).toBeNull();
  });
});
