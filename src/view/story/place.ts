import type { Programme } from "../../store/playlist.ts";
import type { StoryPlace } from "../../store/story.ts";
import { formatTime } from "../kit/words/time.ts";

/** "Step 3 of 6", "0.070 s after step 3", "Before step 1"; "Story 2 of 4, step 3 of 6" where several are told in turn. */
export function placeWords(place: StoryPlace, count: number, programme: Programme | null): string {
  const words = stepWords(place, count);
  if (programme === null) return words;
  const step = words.charAt(0).toLowerCase() + words.slice(1);
  return [`Story ${programme.at + 1} of ${programme.ids.length}`, step].filter((part) => part !== "").join(", ");
}

function stepWords(place: StoryPlace, count: number): string {
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
