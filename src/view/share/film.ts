import { imageOf } from "./picture.ts";
import { type FilmFrame, webm } from "./webm.ts";

const secondsMost = 30;
const framesASecond = 25;
/** So often the film can be entered. */
const keyEvery = 2 * framesASecond;
const waitingMost = 4;

/** Whether the browser can make films: it encodes VP8, frame by frame. */
export const canFilm = (): boolean => typeof VideoEncoder !== "undefined";

/** Seconds that an animated SVG of the engine takes (`exchange/out/svg-animated.ts` says how it can be held). */
export const loopOf = (svg: string): number => Number(/--loop:([\d.]+)s/.exec(svg)?.[1] ?? 0);

/** It stands still, at so many seconds. */
export const heldAt = (svg: string, seconds: number): string =>
  svg.replace("--at:0s;--run:running", `--at:-${seconds.toFixed(3)}s;--run:paused`);

/** How much faster than the picture the film is: it lasts so long and no longer. */
export const paceOf = (loop: number): number => Math.max(1, loop / secondsMost);

/**
 * One loop of an animated SVG as a WebM film: each of its frames is the picture held at that moment, however long
 * drawing it takes. Null: it was stopped, or the browser cannot. `onDone` hears a share, 0 to 1.
 */
export async function filmOf(svg: string, onDone: (share: number) => void, signal: AbortSignal): Promise<Blob | null> {
  const loop = loopOf(svg);
  const pace = paceOf(loop);
  const count = Math.floor((loop / pace) * framesASecond);
  const canvas = document.createElement("canvas");
  const first = await imageOf(heldAt(svg, 0));
  const [width, height] = [first.naturalWidth * 2, first.naturalHeight * 2];
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext("2d")!;
  const frames: FilmFrame[] = [];
  let failed = false;
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      frames.push({ at: Math.round(chunk.timestamp / 1000), key: chunk.type === "key", bytes });
    },
    error: () => {
      failed = true;
    },
  });
  try {
    encoder.configure({ codec: "vp8", width, height, bitrate: 4_000_000, framerate: framesASecond });
    for (let i = 0; i < count && !signal.aborted && !failed; i++) {
      pen.drawImage(await imageOf(heldAt(svg, (i / framesASecond) * pace)), 0, 0, width, height);
      const frame = new VideoFrame(canvas, { timestamp: Math.round((i * 1_000_000) / framesASecond) });
      encoder.encode(frame, { keyFrame: i % keyEvery === 0 });
      frame.close();
      while (encoder.encodeQueueSize > waitingMost && !failed)
        await new Promise((resolve) => encoder.addEventListener("dequeue", resolve, { once: true }));
      onDone((i + 1) / count);
    }
    if (signal.aborted || failed) return null;
    await encoder.flush();
    return new Blob([webm({ width, height, millis: (count * 1000) / framesASecond }, frames)], { type: "video/webm" });
  } catch {
    return null;
  } finally {
    if (encoder.state !== "closed") encoder.close();
  }
}
