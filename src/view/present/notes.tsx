import { type ReactElement, useEffect, useState } from "react";
import type { Notes as Said } from "../../store/presenter.ts";
import { openChannel, type Told } from "./channel.ts";
import "./notes.css";

/** The lecturer's own window: what is shown, what comes, and the time. It follows the page, and its keys work there. */
export function Notes({ name }: { readonly name: string }): ReactElement {
  const [notes, setNotes] = useState<Said | null>(null);
  const [over, setOver] = useState(false);
  const now = useMinute();
  useEffect(() => {
    const channel = openChannel(name);
    const tell = (told: Told) => channel.postMessage(told);
    channel.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.kind === "notes") setNotes(data.notes);
      if (data.kind === "notes" || data.kind === "over") setOver(data.kind === "over");
    };
    const onKey = (event: KeyboardEvent) => {
      const deed = /^(PageDown|ArrowRight|Enter| |\.)$/.test(event.key)
        ? "next"
        : /^(PageUp|ArrowLeft|,)$/.test(event.key)
          ? "back"
          : null;
      if (deed === null) return;
      event.preventDefault();
      if (!event.repeat) tell({ kind: "key", deed });
    };
    window.addEventListener("keydown", onKey);
    tell({ kind: "here" });
    return () => {
      window.removeEventListener("keydown", onKey);
      channel.close();
    };
  }, [name]);
  if (notes === null) return <main className="notes">Waiting for the page that is shown to the room …</main>;
  return (
    <main className="notes">
      <header className="notes-head">
        <h1>{notes.title}</h1>
        <p>
          {notes.steps === 0 ? "no steps" : `step ${notes.step} of ${notes.steps}`}
          <span className="notes-clock">
            {clockText(now)}, {spent(now - notes.since)}
          </span>
        </p>
      </header>
      {over && <p className="notes-over">The page does not present any more.</p>}
      <h2>Shown now{notes.asked && ": the room is asked what happens next"}</h2>
      <p className="notes-said">{notes.said === "" ? "Nothing was told yet." : notes.said}</p>
      <h2>{notes.asked ? "The next press reveals" : "Next"}</h2>
      <p className="notes-next">{notes.next === "" ? "This was the last step." : notes.next}</p>
    </main>
  );
}

const minute = 60_000;

/** The time, looked at several times a minute. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), minute / 12);
    return () => clearInterval(timer);
  }, []);
  return now;
}

const clockText = (now: number): string =>
  new Date(now).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });

function spent(millis: number): string {
  const minutes = Math.max(0, Math.floor(millis / minute));
  return minutes === 0 ? "just begun" : `${minutes} min since the beginning`;
}
