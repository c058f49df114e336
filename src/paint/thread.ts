import { createPainter } from "./painter.ts";
import { type Update, type Word, wallNow } from "./picture.ts";

const say = (word: Word): void => postMessage(word);

/** The painter's thread. */
const take = createPainter({
  nextFrame: (draw) => void requestAnimationFrame(draw),
  wall: wallNow,
  onPainted: () => say("painted"),
});
addEventListener("message", ({ data }: MessageEvent<Update>) => take(data));
say("ready");
