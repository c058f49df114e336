import { expect, test } from "vitest";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { Moved, RequestKind } from "../../worker/protocol/requests.ts";
import type { Timeline } from "../../worker/protocol/run.ts";
import { createSaying } from "../../worker/saying.ts";
import { createHearing } from "./hearing.ts";

const frameAt = (at: number, ids: readonly number[]): Frame =>
  ({
    position: { at, event: at },
    cuts: [],
    servers: ids.map((id) => ({ id, tail: [{ term: 1, text: "x" }] })),
  }) as never;
const timelineTo = (end: number): Timeline => ({ terms: [], marks: [], branches: [], current: 0, end }) as Timeline;

/** A worker and a page at the two ends of a line that copies. */
function line() {
  const [tell, hear] = [createSaying(), createHearing()];
  return (kind: RequestKind, frame: Frame, timeline: Timeline | null): Moved => {
    const heard = hear(structuredClone(tell({ id: 1, kind }, { frame, timeline })));
    if (heard.kind !== "answer") throw new Error("no answer came");
    return heard.answer as Moved;
  };
}

test("what is told of as changed is heard whole", () => {
  const say = line();
  say("seek", frameAt(1, [1, 2]), timelineTo(1));
  expect(say("advance", frameAt(2, [2, 3]), timelineTo(2))).toStrictEqual({
    frame: frameAt(2, [2, 3]),
    timeline: timelineTo(2),
  });
  expect(say("advance", frameAt(2, [2, 3]), null)).toStrictEqual({ frame: frameAt(2, [2, 3]), timeline: null });
  expect(say("advance", frameAt(3, []), timelineTo(4)).timeline).toStrictEqual(timelineTo(4));
});

test("what is the same is the same object, after a step in time and after a jump", () => {
  const say = line();
  const first = say("seek", frameAt(1, [1, 2]), timelineTo(1)).frame;
  const second = say("advance", frameAt(2, [2]), null).frame;
  const third = say("seek", frameAt(9, [2]), timelineTo(1)).frame;
  expect(second.servers[0]).toBe(first.servers[1]);
  expect(third.servers).toBe(second.servers);
  expect(say("advance", frameAt(9, [2]), null).frame).toBe(third);
});
