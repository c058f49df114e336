import { type ReactElement, useRef } from "react";
import { readRef } from "../../scenario/names.ts";
import { usePanelLab } from "../../store/use-lab.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { MessageView } from "../../worker/protocol/message.ts";
import { termFill } from "../kit/term-fill.ts";
import { sizeText } from "../kit/words/size-text.ts";
import { formatTime } from "../kit/words/time.ts";
import { fateOf } from "../kit/words/words.ts";
import { WhyPart } from "./late.tsx";
import { Actions, type Fact, Facts, Section } from "./parts.tsx";

/** One message: what it says, field by field, and what becomes of it. */
export function MessagePart({ id }: { readonly id: string }): ReactElement {
  const message = usePanelLab("inspector", ({ frame }) => (frame === null ? undefined : find(frame, id)));
  const lost = usePanelLab("inspector", ({ frame }) => frame?.lost.find((one) => one.message.id === id));
  const group = usePanelLab("inspector", ({ frame }) => frame?.group ?? 1);
  const selection = usePanelLab("inspector", (state) => state.selection);
  // A message that has arrived is not in the frame any more: its last picture stays until something else is selected.
  const last = useRef<MessageView | undefined>(undefined);
  if (message !== undefined) last.current = message;
  const shown = message ?? last.current;
  const ref = readRef(id);
  const why =
    ref === null || shown?.told !== undefined ? null : (
      <WhyPart about={{ kind: "message", ref, group }} server={0} now="" />
    );
  if (shown === undefined) {
    return (
      <>
        <p className="inspector-hint">This message is not under way at this moment.</p>
        {why}
      </>
    );
  }
  return (
    <>
      <header className="inspector-head">
        <span className="inspector-swatch" style={{ background: termFill(shown.term) }} aria-hidden="true" />
        <h2>{shown.told?.name ?? shown.kind}</h2>
        <p>{shown.summary}</p>
      </header>
      {message === undefined || lost !== undefined || message.told !== undefined ? null : (
        <Actions selection={selection} />
      )}
      {why}
      <Section title="Fields">
        <Facts facts={shown.fields} />
      </Section>
      <Section title="On its way">
        <Facts facts={wayOf(shown, message !== undefined, lost?.at ?? null)} />
      </Section>
    </>
  );
}

function find(frame: Frame, id: string): MessageView | undefined {
  return (
    frame.messages.find((message) => message.id === id) ?? frame.lost.find((one) => one.message.id === id)?.message
  );
}

function wayOf(message: MessageView, present: boolean, lostAt: number | null): readonly Fact[] {
  const facts: Fact[] = [
    ["name", message.id],
    ["sent", formatTime(message.sentAt)],
  ];
  if (message.kind === "InstallSnapshot") facts.push(["length", sizeText(message.bytes)]);
  if (lostAt !== null) facts.push(["fate", `was lost at ${formatTime(lostAt)}`]);
  else facts.push(["fate", present ? fateOf(message) : "is not under way at this moment"]);
  return facts;
}
