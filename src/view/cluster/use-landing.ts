import { useEffect, useRef, useState } from "react";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { MessageView } from "../../worker/protocol/message.ts";

const landingMillis = 420;
const eventsMax = 3;
const nothing: readonly MessageView[] = [];

/**
 * Messages that arrived between two frames without being seen to: delivered by hand, or by a step of a paused run.
 * They are seen in for a moment instead of vanishing half-way.
 */
export function useLanding(frame: Frame, playing: boolean): readonly MessageView[] {
  const [landing, setLanding] = useState(nothing);
  const last = useRef(frame);
  useEffect(() => {
    const before = last.current;
    last.current = frame;
    if (before === frame) return;
    const arrived = isSmallStep(before, frame) ? arrivals(before, frame, playing) : nothing;
    setLanding(arrived.length === 0 ? nothing : arrived);
  }, [frame, playing]);
  useEffect(() => {
    if (landing.length === 0) return;
    const timer = setTimeout(() => setLanding(nothing), landingMillis);
    return () => clearTimeout(timer);
  }, [landing]);
  return landing;
}

function isSmallStep(before: Frame, after: Frame): boolean {
  const events = after.position.event - before.position.event;
  return events > 0 && events <= eventsMax;
}

function arrivals(before: Frame, after: Frame, playing: boolean): readonly MessageView[] {
  const present = new Set([...after.messages, ...after.lost.map((loss) => loss.message)].map((m) => m.id));
  return before.messages.filter((m) => !present.has(m.id) && m.lost === null && (!playing || m.dueAt === null));
}
