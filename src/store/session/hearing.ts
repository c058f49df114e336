import type { Frame } from "../../worker/protocol/frame.ts";
import { patched } from "../../worker/protocol/patch.ts";
import type { FromWorker, Moved } from "../../worker/protocol/requests.ts";
import type { Timeline } from "../../worker/protocol/run.ts";
import { reuse } from "./reuse.ts";

/** What a worker says, with every frame whole again. */
export type Heard = Exclude<FromWorker, { readonly kind: "changed" }>;

/**
 * Listens to one worker, to all that it says. What is the same in two frames, or timelines, one after the other is the
 * same object in both.
 */
export function createHearing(): (said: FromWorker) => Heard {
  let last: Partial<Moved> = {};

  function whole<Answer extends Moved>(answer: Answer): Answer {
    const { frame, timeline } = answer;
    last = {
      frame: reuse(last.frame, frame),
      timeline: timeline === null ? (last.timeline ?? null) : reuse(last.timeline, timeline),
    };
    return { ...answer, frame: last.frame, timeline: timeline && last.timeline };
  }

  return (said) => {
    if (said.kind === "answer") return hasFrame(said.answer) ? { ...said, answer: whole(said.answer) } : said;
    if (said.kind !== "changed") return said;
    const { id, frame, timeline } = said;
    last = { frame: patched(last.frame, frame) as Frame, timeline: patched(last.timeline, timeline) as Timeline };
    return { kind: "answer", id, answer: { ...last, ...(timeline === null && { timeline: null }) } as Moved };
  };
}

const hasFrame = (answer: object): answer is Moved => "frame" in answer;
