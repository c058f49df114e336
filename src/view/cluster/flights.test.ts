import { describe, expect, test } from "vitest";
import { client } from "../../base/units.ts";
import { flightNumbers } from "../../paint/picture.ts";
import type { MessageView } from "../../worker/protocol/message.ts";
import { layoutChips } from "./chips.ts";
import { keyOn, shownOn } from "./face.tsx";
import { createFlightOf, flightNumbersOf, flightsOf, hitIn, keyOf } from "./flights.ts";
import { flownPart, laneOf } from "./lanes.ts";
import { layoutStage } from "./layout.ts";

const layout = layoutStage(5, 900, 500);
const heartbeat = {
  id: "S1>S2#1",
  group: 1,
  kind: "AppendEntries",
  from: 1,
  to: 2,
  term: 1,
  yes: null,
  entryTerms: [],
  heartbeat: true,
  round: 0,
  bytes: 32,
  sentAt: 0,
  arrivesAt: 1000,
  dueAt: 1000,
} as unknown as MessageView;
const pill = { half: 10, high: 10 };
const lanes = ({ from, to }: MessageView) => laneOf(layout, from, to);
const flights = (messages: readonly MessageView[], apart: readonly string[] = []) =>
  flightsOf(messages, 1, createFlightOf(lanes, { pill: () => pill, key: (message) => keyOf(message, 1) }), apart);

test("messages of other groups lie below, snapshots above; those that stand apart are left out", () => {
  const snapshot = { ...heartbeat, id: "S1>S3#1", kind: "InstallSnapshot", to: 3 } as MessageView;
  const other = { ...heartbeat, id: "S1>S4#1", group: 2, to: 4 };
  const apart = { ...heartbeat, id: "S1>S5#1", to: 5 };
  const drawn = flights([snapshot, apart, heartbeat, other], [apart.id]);
  expect(drawn.map(({ message }) => message.id)).toEqual([other.id, heartbeat.id, snapshot.id]);
});

test("messages that look the same share a sprite, others do not", () => {
  const [same, entries, reply] = [
    { ...heartbeat, id: "S1>S3#1", to: 3 },
    { ...heartbeat, id: "S1>S2#2", heartbeat: false, entryTerms: [1, 1] },
    { ...heartbeat, id: "S2>S1#1", from: 2, to: 1, yes: true },
  ];
  const keys = flights([heartbeat, same, entries, reply]).map(({ key }) => key);
  expect(keys[1]).toBe(keys[0]);
  expect(new Set(keys).size).toBe(3);
});

test("the painter gets numbers: sprite, lane, times, whether it stands, whether its lane is seen", () => {
  const other = { ...heartbeat, id: "S1>S4#1", group: 2, to: 4, dueAt: null };
  const numbers = flightNumbersOf(
    flights([heartbeat, other]),
    () => 7,
    ({ id }) => id === other.id,
  );
  const part = (to: number) => flownPart(laneOf(layout, 1, to), pill);
  expect([...numbers.slice(flightNumbers)]).toEqual([7, 102, 0, 1000, -1, 1, ...part(2), 1]);
  expect([...numbers.slice(0, flightNumbers)]).toEqual([7, 104, 0, 1000, 0.2, 0, ...part(4), 0.3]);
});

test("the pointer finds a message where it is at that time, and none of another group", () => {
  const lane = lanes(heartbeat);
  const other = { ...heartbeat, id: "S1>S3#1", group: 2, to: 3 };
  const drawn = flights([heartbeat, other]);
  const { x, y } = lane.from;
  expect(hitIn(drawn, 0, { x, y }, 18)).toBe(heartbeat.id);
  expect(hitIn(drawn, 1000, { x, y }, 18)).toBeNull();
  expect(hitIn(drawn, 1000, lane.to, 18)).toBe(heartbeat.id);
  const elsewhere = lanes(other).to;
  expect(hitIn(drawn, 1000, elsewhere, 18)).toBeNull();
});

describe("between chips", () => {
  const chips = layoutChips(5, 390, 84, 1);
  const message = (from: number, to: number, over: Partial<MessageView> = {}) => ({ ...heartbeat, from, to, ...over });

  test("messages of the group that is shown are there, and none of a client, which has no place", () => {
    const all = [message(1, 2), message(client, 1), message(2, client), message(1, 3, { group: 2 })];
    expect(shownOn(chips, all, 1)).toEqual([message(1, 2)]);
    expect(shownOn(layout, all, 1)).toEqual(all);
  });

  test("requests and replies between two go beside each other, and never over the row's names", () => {
    const [forth, back] = [laneOf(chips, 2, 4), laneOf(chips, 4, 2)];
    expect(forth.from.y).not.toBe(back.from.y);
    for (const { from, control, to } of [forth, back])
      for (const { y } of [from, control, to]) expect(Math.abs(y - chips.servers[0]!.y)).toBeLessThan(chips.ring);
  });

  test("a dot tells where it goes, its term, and whether it is a reply", () => {
    const keys = [
      message(1, 2),
      message(2, 1),
      message(1, 2, { term: 2 }),
      message(1, 2, { yes: true }),
      message(3, 5),
    ].map((one) => keyOn(chips, one, 1));
    expect(new Set(keys).size).toBe(4);
    expect(keys[4]).toBe(keys[0]);
  });
});
