import { expect, test } from "vitest";
import { webm } from "./webm.ts";

/** Elements that hold others. */
const holders = new Set([
  0x1a45dfa3, 0x18538067, 0x1549a966, 0x1654ae6b, 0xae, 0xe0, 0x1c53bb6b, 0xbb, 0xb7, 0x1f43b675,
]);
interface Element {
  readonly id: number;
  readonly at: number;
  readonly content: Uint8Array;
  readonly inside: readonly Element[];
}

function read(bytes: Uint8Array, at = 0, end = bytes.length): readonly Element[] {
  const all: Element[] = [];
  for (let place = at; place < end; ) {
    const idLength = Math.clz32(bytes[place]!) - 23;
    const id = bytes.slice(place, place + idLength).reduce((sum, byte) => sum * 256 + byte, 0);
    const sizeAt = place + idLength;
    const sizeLength = Math.clz32(bytes[sizeAt]!) - 23;
    const [head = 0, ...rest] = bytes.slice(sizeAt, sizeAt + sizeLength);
    const size = rest.reduce((sum, byte) => sum * 256 + byte, head - 2 ** (8 - sizeLength));
    const from = sizeAt + sizeLength;
    expect(from + size).toBeLessThanOrEqual(end);
    const inside = holders.has(id) ? read(bytes, from, from + size) : [];
    all.push({ id, at: place, content: bytes.slice(from, from + size), inside });
    place = from + size;
  }
  return all;
}
const find = (all: readonly Element[], id: number): readonly Element[] =>
  all.flatMap((each) => [...(each.id === id ? [each] : []), ...find(each.inside, id)]);
const number = ({ content }: Element): number => content.reduce((sum, byte) => sum * 256 + byte, 0);

test("a film's file has every frame at its time, and its cues lead to clusters", () => {
  const frames = Array.from({ length: 5 }, (_, i) => ({ at: i * 40, key: i % 3 === 0, bytes: Uint8Array.of(i, 7) }));
  const file = webm({ width: 1600, height: 1144, millis: 200 }, frames);
  const all = read(file);
  expect(all.map(({ id }) => id)).toEqual([0x1a45dfa3, 0x18538067]);
  expect([0xb0, 0xba].map((id) => number(find(all, id)[0]!))).toEqual([1600, 1144]);
  const length = find(all, 0x4489)[0]!.content;
  expect(new DataView(length.buffer).getFloat64(0)).toBe(200);
  const clusters = find(all, 0x1f43b675);
  const told = clusters.flatMap(({ inside: [time, ...blocks] }) =>
    blocks.map(({ content: [track, high = 0, low = 0, flags, ...bytes] }) => ({
      track,
      at: number(time!) + high * 256 + low,
      key: flags === 0x80,
      bytes,
    })),
  );
  expect(told).toEqual(frames.map(({ bytes, ...frame }) => ({ track: 0x81, ...frame, bytes: [...bytes] })));
  const begins = find(all, 0x1549a966)[0]!.at;
  expect(find(all, 0xf1).map(number)).toEqual(clusters.map(({ at }) => at - begins));
});
