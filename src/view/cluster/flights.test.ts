import { expect, test } from "vitest";
import { flightNumbers } from "../../paint/picture.ts";
import type { MessageView } from "../../worker/protocol/message.ts";
import { flightNumbersOf, flightsOf, hitIn } from "./flights.ts";
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
  flightsOf(messages, 1, lanes, apart, () => pill);

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
  const numbers = flightNumbersOf(flights([heartbeat, other]), () => 7);
  const part = (to: number) => flownPart(laneOf(layout, 1, to), pill);
  expect([...numbers.slice(flightNumbers)]).toEqual([7, 12, 0, 1000, -1, 1, ...part(2)]);
  expect([...numbers.slice(0, flightNumbers)]).toEqual([7, 14, 0, 1000, 0.2, 0, ...part(4)]);
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
