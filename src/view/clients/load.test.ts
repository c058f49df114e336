import { expect, test } from "vitest";
import { parse } from "./command.ts";
import { firstLoad, loadMost, loadText, usualLoad } from "./load.ts";

const vocabulary = { clients: 9, servers: [1, 2, 3], reads: ["index", "stale"], keys: [] };

test("a load is told in words", () => {
  expect(loadText(usualLoad)).toBe("C1: 20 a second, writes only");
  expect(loadText({ ...firstLoad, read: "stale" })).toBe("C1 to C3: 20 a second, 50 % reads (stale)");
  expect(loadText({ ...usualLoad, mode: "closed", reads: 100 })).toBe(
    "C1, when answered: up to 20 a second, reads only",
  );
});

test("what the form offers first, and the most of everything, can be typed too", () => {
  const typed = (line: string) => parse(line, vocabulary);
  expect(typed("load open 20 clients=3 reads=50% keys=3")).toMatchObject({ command: { load: firstLoad } });
  const { perSecond, clients, reads, keys } = loadMost;
  expect(typed(`load open ${perSecond} clients=${clients} reads=${reads}% keys=${keys}`)).toMatchObject({
    command: { load: { ...loadMost, mode: "open" } },
  });
});
