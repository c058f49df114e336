export type {
  About,
  Differences,
  PastEvent,
  Story,
  StoryAbout,
  Why,
} from "../../why/types.ts";
