import { patchOf } from "./protocol/patch.ts";
import type { FromWorker, Moved, Request, RequestKind, Requests } from "./protocol/requests.ts";

type Answer = Requests[RequestKind]["answer"];

/**
 * Says answers so that the page has little to read: as time goes on, or the page looks at something else, only what has changed of the frame and the timeline
 * that it was told before. Everything that is said has to reach the page, in this order.
 */
export function createSaying(): (asked: Pick<Request, "id" | "kind">, answer: Answer) => FromWorker {
  let told: Moved | null = null;
  return ({ id, kind }, answer) => {
    if (!("frame" in answer)) return { kind: "answer", id, answer };
    const before = told;
    const { frame, timeline } = answer;
    told = { frame, timeline: timeline ?? before?.timeline ?? null };
    if ((kind !== "advance" && kind !== "viewport") || before === null) return { kind: "answer", id, answer };
    return {
      kind: "changed",
      id,
      frame: patchOf(before.frame, frame),
      timeline: timeline === null ? null : patchOf(before.timeline, timeline),
    };
  };
}
