import { X } from "lucide-react";
import { memo, type ReactElement } from "react";
import { unlight, useLit } from "../../store/lit.ts";
import { IconButton } from "../kit/icon-button.tsx";
import { Worded } from "../kit/worded/worded.tsx";
import type { View } from "./ground.ts";
import { readingWords, useReading } from "./use-diagram.ts";

interface Props {
  readonly diagram: View["diagram"];
  readonly density: View["density"];
  /** It fills the page, and hides what the stage says of what is lit. */
  readonly full: boolean;
}

/** What the forms mean; what is told together; what is lit and how to end that, where nothing else says so. */
export const Foot = memo(function Foot({ diagram, density, full }: Props): ReactElement {
  const lit = useLit();
  const reading = useReading();
  const bundled = diagram.bundles.length > 0;
  return (
    <div className="diagram-foot">
      <div className="diagram-legend">
        <Sign kind="leader" words="leader" />
        <Sign kind="candidate" words="candidate" />
        <Sign kind="message" words="message" />
        <Sign kind="reply" words="reply" />
        <Sign kind="lost" words="lost" />
        <Sign kind="refuses" words="refuses" />
        <Sign kind="votes" words="votes" />
      </div>
      <div className="diagram-words">
        <span className="diagram-said">
          {reading !== null && `${readingWords(reading)} `}
          {bundled && `${diagram.total.toLocaleString("en")} messages, in bundles: the thicker, the more. `}
          {diagram.leftOut > 0 && `${diagram.leftOut} acts and faults have no line. `}
          {lit !== null && full && density !== "all" && `${lit.words}. `}
          {lit !== null && density === "focus" && "Nothing else is shown here."}
          {lit !== null && full && density === "context" && "The rest is faded."}
          {lit === null && !bundled && "Click an arrow or a sign: what led to it lights up."}
        </span>
        {lit !== null && full && density !== "all" && (
          <IconButton
            className="diagram-end"
            icon={X}
            label="Light nothing"
            title="Key: Esc"
            size={14}
            onClick={unlight}
          />
        )}
      </div>
    </div>
  );
});

type SignName = "leader" | "candidate" | "message" | "reply" | "lost" | "refuses" | "votes";

const Sign = ({ kind, words }: { readonly kind: SignName; readonly words: string }): ReactElement => (
  <span className="diagram-sign">
    <svg width={22} height={14} viewBox="0 0 22 14" aria-hidden="true" focusable="false">
      {drawings[kind]}
    </svg>
    <Worded text={words} />
  </span>
);

const drawings: Readonly<Record<SignName, ReactElement>> = {
  leader: <rect className="diagram-ink-fill" x={1} y={3} width={20} height={8} rx={2} />,
  candidate: <rect className="diagram-line" x={1} y={3} width={20} height={8} rx={2} strokeDasharray="3 2" />,
  message: <path className="diagram-line" d="M1 7H20M16 4 20 7 16 10" />,
  reply: <path className="diagram-line" d="M1 7H5M8 7H12M15 7H20M16 4 20 7 16 10" />,
  lost: (
    <>
      <path className="diagram-line" d="M1 7H13" />
      <path className="diagram-line diagram-bad" d="M13 4 19 10M19 4 13 10" />
    </>
  ),
  refuses: <path className="diagram-line" d="M5.5 7a5.5 5.5 0 1 0 11 0 5.5 5.5 0 1 0-11 0M9 5 13 9M13 5 9 9" />,
  votes: (
    <>
      <circle className="diagram-ink-fill" cx={11} cy={7} r={6} />
      <path className="diagram-tick" d="M8 7.3 10.2 9.4 14 4.8" />
    </>
  ),
};
