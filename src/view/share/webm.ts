/** A film's file (https://www.matroska.org/technical/elements.html, as far as WebM has it): one track of VP8, and where it can be entered. */

export interface FilmFrame {
  /** Milliseconds from the beginning, whole. */
  readonly at: number;
  /** It needs no other frame. The first one is such. */
  readonly key: boolean;
  readonly bytes: Uint8Array<ArrayBuffer>;
}
interface Size {
  readonly width: number;
  readonly height: number;
  readonly millis: number;
}
type Bytes = Uint8Array<ArrayBuffer>;

export function webm({ width, height, millis }: Size, frames: readonly FilmFrame[]): Bytes {
  const head = element(0x1a45dfa3, [
    uint(0x4286, 1),
    uint(0x42f7, 1),
    uint(0x42f2, 4),
    uint(0x42f3, 8),
    text(0x4282, "webm"),
    uint(0x4287, 4),
    uint(0x4285, 2),
  ]);
  const info = element(0x1549a966, [
    uint(0x2ad7b1, 1_000_000),
    float(0x4489, millis),
    text(0x4d80, "Driftwood"),
    text(0x5741, "Driftwood"),
  ]);
  const picture = element(0xe0, [uint(0xb0, width), uint(0xba, height)]);
  const track = element(0xae, [uint(0xd7, 1), uint(0x73c5, 1), uint(0x83, 1), text(0x86, "V_VP8"), picture]);
  const tracks = element(0x1654ae6b, [track]);
  const clusters = clustersOf(frames).map((own) => ({ at: own[0]!.at, bytes: clusterOf(own) }));
  const cues = (first: number): Bytes => {
    let place = first;
    const points = clusters.map(({ at, bytes }) => {
      const where = element(0xb7, [uint(0xf7, 1), uint(0xf1, place)]);
      place += bytes.length;
      return element(0xbb, [uint(0xb3, at), where]);
    });
    return element(0x1c53bb6b, points);
  };
  // Numbers have a fixed width: what they say does not change how long they are.
  const before = info.length + tracks.length;
  const parts = [info, tracks, cues(before + cues(0).length), ...clusters.map(({ bytes }) => bytes)];
  return joined([head, element(0x18538067, parts)]);
}

/** One for each frame that needs no other, with those that need it. */
function clustersOf(frames: readonly FilmFrame[]): readonly (readonly FilmFrame[])[] {
  const clusters: FilmFrame[][] = [];
  for (const frame of frames)
    if (frame.key || clusters.length === 0) clusters.push([frame]);
    else clusters.at(-1)!.push(frame);
  return clusters;
}

function clusterOf(frames: readonly FilmFrame[]): Bytes {
  const begins = frames[0]!.at;
  const blocks = frames.map(({ at, key, bytes }) => {
    const after = at - begins;
    return element(0xa3, [Uint8Array.of(0x81, after >> 8, after & 255, key ? 0x80 : 0), bytes]);
  });
  return element(0x1f43b675, [uint(0xe7, begins), ...blocks]);
}

function element(id: number, parts: readonly Bytes[]): Bytes {
  const content = joined(parts);
  return joined([idOf(id), sized(content.length), content]);
}
function idOf(id: number): Bytes {
  const bytes = [id >>> 24, (id >>> 16) & 255, (id >>> 8) & 255, id & 255];
  return Uint8Array.from(bytes.slice(bytes.findIndex((byte) => byte !== 0)));
}
/** Of eight bytes, of which the first one says so. */
function sized(length: number): Bytes {
  const bytes = eight(length);
  bytes[0] = 1;
  return bytes;
}
function eight(value: number): Bytes {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}
const uint = (id: number, value: number): Bytes => element(id, [eight(value)]);
const text = (id: number, value: string): Bytes => element(id, [Uint8Array.from(value, (sign) => sign.charCodeAt(0))]);
function float(id: number, value: number): Bytes {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return element(id, [bytes]);
}

function joined(parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
