import type { StoryPlace } from "../../store/story.ts";
import { formatTime } from "../kit/words/time.ts";

/** "Step 3 of 6", "0.070 s after step 3", "Before step 1", "Your own run". */
export function placeWords(place: StoryPlace, count: number): string {
  switch (place.kind) {
    case "none":
      return "";
    case "before":
      return "Before step 1";
    case "at":
      return `Step ${place.step + 1} of ${count}`;
    case "after":
      return `${formatTime(place.after)} after step ${place.step + 1}`;
    case "left":
      return `Yours since ${formatTime(place.at)}`;
  }
}
