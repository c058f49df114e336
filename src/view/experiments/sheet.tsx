import { memo, type ReactElement, useCallback, useRef, useState } from "react";
import { experiment, useExperiment } from "../../store/experiment/use-experiment.ts";
import type { ExperimentView } from "../../worker/protocol/experiment.ts";
import { useSize } from "../kit/use-size.ts";
import { Curves } from "./picture/curves.tsx";
import { Heat } from "./picture/heat.tsx";
import { captionOf, kindOf, type PictureProps } from "./picture/kinds.ts";
import { Moments } from "./picture/moments.tsx";
import { heightsOf } from "./picture/rows.ts";
import { Shares } from "./picture/shares.tsx";
import { Strips } from "./picture/strips.tsx";
import { answerOf } from "./said/answer.ts";
import { RunCard } from "./said/run-card.tsx";
import { Table } from "./said/table.tsx";
import { toldOf } from "./told.ts";

const pictures = { curves: Curves, strips: Strips, shares: Shares, line: Moments, heat: Heat } as const;

/** What the runs say: a sentence, a picture, a table, and one of them. */
export function Sheet({ view }: { readonly view: ExperimentView }): ReactElement {
  const [picked, setPicked] = useState<{ readonly text: string; readonly setting: number } | null>(null);
  const last = view.settings.length - 1;
  const chosen = picked?.text === view.text ? picked.setting : last;
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const { text } = view;
  const choose = useCallback((setting: number): void => setPicked({ text, setting }), [text]);
  const show = useCallback(
    (setting: number, seed: number): void => {
      choose(setting);
      void experiment.show(setting, seed);
    },
    [choose],
  );
  const heights = heightsOf(view);
  return (
    <div className="exp-sheet">
      <Answer {...{ view, chosen }} />
      <p className="exp-axis">{captionOf(view)}</p>
      <div className="exp-picture" ref={box} style={{ minBlockSize: heights.least, maxBlockSize: heights.most }}>
        {size.width > 0 && <Picture {...{ view, chosen, ...size }} onChoose={choose} onShow={show} />}
      </div>
      <Bottom {...{ view, chosen }} onChoose={choose} onShow={show} />
    </div>
  );
}

/** By setting. Sentence, table and picture come one after the other, each in a frame of its own. */
function useTold({ settings, measure }: ExperimentView, which: "rows" | "listed" | "drawn") {
  const rows = useExperiment((state) => state[which]);
  return settings.map((_, setting) => toldOf(rows[setting] ?? none, measure.unit));
}
const none: readonly never[] = [];

type Chosen = Pick<PictureProps, "view" | "chosen">;

const Answer = memo(function Answer({ view, chosen }: Chosen): ReactElement {
  const { parts, more } = answerOf(view, useTold(view, "rows"), chosen);
  const running = useExperiment((state) => state.status === "running");
  return (
    <div className="exp-said" role="status" aria-live={running ? "off" : "polite"}>
      <p className="exp-answer">
        {parts.map(({ text, strong }, at) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of a sentence have no names
          strong ? <b key={at}>{text}</b> : <span key={at}>{text}</span>,
        )}
      </p>
      <p className="exp-more">{more}</p>
    </div>
  );
});

const Picture = memo(function Picture(props: Omit<PictureProps, "told" | "shown" | "words">): ReactElement {
  const { view, chosen } = props;
  const told = useTold(view, "drawn");
  const shown = useExperiment((state) => state.shown ?? state.asked);
  const { parts, more } = answerOf(view, told, chosen);
  const words = `${parts.map(({ text }) => text).join("")} ${more}`;
  const Kind = pictures[kindOf(view)];
  return <Kind {...props} {...{ told, shown, words }} />;
});

const Bottom = memo(function Bottom(props: Chosen & Pick<PictureProps, "onChoose" | "onShow">): ReactElement {
  const { view, chosen, onChoose, onShow } = props;
  const told = useTold(view, "listed");
  const kind = kindOf(view);
  return (
    <div className="exp-bottom" data-kind={kind}>
      <Table {...{ view, told, chosen, onChoose }} lines={kind === "curves"} />
      <RunCard {...{ view, told, chosen, onShow }} />
    </div>
  );
});
