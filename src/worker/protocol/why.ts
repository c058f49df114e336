export type {
  About,
  Compared,
  Differences,
  Life,
  PastEvent,
  Story,
  StoryAbout,
  StoryStep,
  Why,
} from "../../why/types.ts";
