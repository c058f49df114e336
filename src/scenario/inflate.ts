import { failure, type Result, success } from "../base/result.ts";

/** Bytes that go in at once. WebKit answers one write with one chunk, however large: small writes bound it. */
const sliceBytes = 512;

export async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new CompressionStream("deflate-raw");
  void feed(stream.writable.getWriter(), bytes, () => false);
  const result = await collect(stream.readable.getReader(), Number.MAX_SAFE_INTEGER);
  return joined(result ?? []);
}

/**
 * At most `most` bytes out, plus what one slice can inflate to (half a megabyte) before it is noticed. Never throws:
 * data may come from anybody.
 */
export async function inflate(bytes: Uint8Array, most: number): Promise<Result<Uint8Array, "too large" | "damaged">> {
  const stream = new DecompressionStream("deflate-raw");
  let stopped = false;
  void feed(stream.writable.getWriter(), bytes, () => stopped);
  try {
    const chunks = await collect(stream.readable.getReader(), most);
    return chunks === null ? failure("too large") : success(joined(chunks));
  } catch {
    return failure("damaged");
  } finally {
    stopped = true;
  }
}

interface Writer {
  readonly ready: Promise<unknown>;
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}
interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
  cancel(): Promise<void>;
}

/** Failures show at the reading end, so they are let go here. */
async function feed(writer: Writer, bytes: Uint8Array, isStopped: () => boolean): Promise<void> {
  try {
    for (let at = 0; at < bytes.length && !isStopped(); at += sliceBytes) {
      await writer.write(bytes.subarray(at, at + sliceBytes));
    }
    await writer.close();
  } catch {
    // The reader has the same error, or has stopped reading.
  }
}

/** null: there was more than `most`. */
async function collect(reader: Reader, most: number): Promise<Uint8Array[] | null> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const chunk = part.value instanceof Uint8Array ? part.value : new Uint8Array();
    total += chunk.length;
    if (total > most) {
      await reader.cancel();
      return null;
    }
    chunks.push(chunk);
  }
  return chunks;
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
