import { expect, test } from "vitest";
import type { ServerView } from "../../worker/protocol/server.ts";
import { placeAfter } from "./place.ts";

const servers = [
  { id: 1, lastIndex: 40 },
  { id: 3, lastIndex: 2 },
] as ServerView[];

test("keys move within a row, as far as the place after its last entry", () => {
  const from = { server: 1, index: 40 };
  expect(placeAfter("ArrowRight", servers, from)).toEqual({ server: 1, index: 41 });
  expect(placeAfter("PageDown", servers, from)).toEqual({ server: 1, index: 41 });
  expect(placeAfter("PageUp", servers, from)).toEqual({ server: 1, index: 20 });
  expect(placeAfter("Home", servers, from)).toEqual({ server: 1, index: 1 });
  expect(placeAfter("ArrowLeft", servers, { server: 1, index: 1 })).toEqual({ server: 1, index: 1 });
});
test("keys move between rows and stop at the edge", () => {
  const from = { server: 1, index: 5 };
  expect(placeAfter("ArrowDown", servers, from)).toEqual({ server: 3, index: 5 });
  expect(placeAfter("ArrowUp", servers, from)).toBeNull();
  expect(placeAfter("x", servers, from)).toBeNull();
});
test("§7 a row begins with its snapshot", () => {
  const compacted = [
    { id: 1, lastIndex: 40, base: 37 },
    { id: 3, lastIndex: 2 },
  ] as ServerView[];
  expect(placeAfter("Home", compacted, { server: 1, index: 40 })).toEqual({ server: 1, index: 37 });
  expect(placeAfter("ArrowLeft", compacted, { server: 1, index: 37 })).toEqual({ server: 1, index: 37 });
  expect(placeAfter("ArrowUp", compacted, { server: 3, index: 2 })).toEqual({ server: 1, index: 37 });
});
