import { type RefObject, useEffect, useLayoutEffect } from "react";
import type { Update, Word } from "../../paint/picture.ts";
import { spawnPainter } from "../../store/spawn.ts";

let thread: Worker | null = null;
/** A canvas can be given away once. */
const given = new WeakSet<HTMLCanvasElement>();

let started: Promise<boolean> | null = null;

/** Starts the painter's thread, once. False: this browser has no canvas for other threads, or the thread did not come. */
export function startPainter(): Promise<boolean> {
  started ??= start();
  return started;
}

function start(): Promise<boolean> {
  const canvas: Partial<HTMLCanvasElement> = HTMLCanvasElement.prototype;
  if (canvas.transferControlToOffscreen === undefined) return Promise.resolve(false);
  const painter = spawnPainter();
  thread = painter;
  return new Promise((resolve) => {
    painter.addEventListener("message", () => resolve(true), { once: true });
    painter.addEventListener("error", () => resolve(false), { once: true });
  });
}

/** Tells the painter; images, numbers and the canvas are given away. */
export function tellPainter(update: Update): void {
  const { canvas, sprites = [], picture } = update;
  const gone: Transferable[] = sprites.map(({ image }) => image);
  if (canvas !== undefined) gone.push(canvas);
  if (picture !== undefined) gone.push(picture.flights.buffer);
  thread?.postMessage(update, gone);
}

/** Lets the painter's thread draw on the canvas; `onPainted`: its first picture is there, or no more will come. */
export function usePainter(canvas: RefObject<HTMLCanvasElement | null>, onPainted: (painted: boolean) => void): void {
  useEffect(() => {
    const hear = ({ data }: MessageEvent<Word>): void => {
      if (data === "painted") onPainted(true);
    };
    const mourn = (): void => onPainted(false);
    thread?.addEventListener("message", hear);
    thread?.addEventListener("error", mourn);
    return () => {
      thread?.removeEventListener("message", hear);
      thread?.removeEventListener("error", mourn);
    };
  }, [onPainted]);
  useLayoutEffect(() => {
    const element = canvas.current;
    if (element === null || given.has(element)) return;
    given.add(element);
    tellPainter({ canvas: element.transferControlToOffscreen() });
  }, [canvas]);
}
