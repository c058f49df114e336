import { type ReactElement, useMemo, useRef } from "react";
import { presenter } from "../../store/presenter.ts";
import { shownUntil, stepsOf } from "../../store/story.ts";
import { clock, useLab, usePanelLab } from "../../store/use-lab.ts";
import { axisLength } from "../kit/scale.ts";
import { termFill } from "../kit/term-fill.ts";
import { useTick } from "../kit/use-tick.ts";
import { formatTime } from "../kit/words/time.ts";
import "./band.css";

const noTerms: readonly { readonly from: number; readonly term: number }[] = [];

/** The run as a thin band: terms as far as they were shown, steps as dots to press, and where time is. */
export function Band(): ReactElement {
  const steps = useLab(stepsOf);
  const terms = usePanelLab("timeline", (state) => state.timeline?.terms) ?? noTerms;
  const seen = usePanelLab("timeline", (state) => Math.min(state.timeline?.end ?? 0, shownUntil(state)));
  const length = useMemo(() => axisLength(Math.max(seen, steps.at(-1)?.at ?? 0)), [seen, steps]);
  const here = useRef<HTMLSpanElement>(null);
  useTick((now) => {
    if (here.current !== null) here.current.style.left = share(now, length);
  });
  return (
    <div className="present-band">
      {terms
        .filter(({ from }) => from < seen)
        .map(({ from, term }, at, shown) => (
          <span
            key={from}
            className="present-span"
            style={{
              left: share(from, length),
              right: `calc(100% - ${share(Math.min(seen, shown[at + 1]?.from ?? seen), length)})`,
              background: termFill(term),
            }}
          />
        ))}
      {steps.map(({ at }, place) => (
        <button
          key={at}
          type="button"
          className="present-dot"
          style={{ left: share(at, length) }}
          aria-label={`Step ${place + 1} of ${steps.length}, at ${formatTime(at)}`}
          onClick={() => presenter.jump(place + 1)}
        />
      ))}
      <span className="present-here" ref={here} style={{ left: share(clock(), length) }} />
    </div>
  );
}

const share = (at: number, length: number): string => `${((100 * Math.min(at, length)) / length).toFixed(3)}%`;
