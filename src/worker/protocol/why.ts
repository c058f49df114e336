export type {
  About,
  PastEvent,
  Story,
  StoryAbout,
  Why,
} from "../../why/types.ts";
