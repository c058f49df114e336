import { Dialog } from "@base-ui/react/dialog";
import { ArrowLeft, ArrowRight, X } from "lucide-react";
import { type ComponentType, type KeyboardEvent, type ReactElement, useMemo, useRef, useState } from "react";
import type { Micros, ServerId } from "../../base/units.ts";
import { goOnWith } from "../../store/comparison.ts";
import { type Compared, page, usePage } from "../../store/page.ts";
import type { Frame } from "../../worker/protocol/frame.ts";
import type { Pair, PairMoment } from "../../worker/protocol/pair.ts";
import { formatTime } from "../kit/words/time.ts";
import { Bands } from "./bands.tsx";
import { Differences } from "./differences.tsx";
import { usePair } from "./use-pair.ts";
import "./compare.css";

type Stage = ComponentType<{ readonly frame: Frame; readonly marked: ReadonlySet<ServerId> }>;

/** Two runs side by side under one playhead, over the whole page. */
export function Compare({ Stage }: { readonly Stage: Stage }): ReactElement | null {
  const compared = usePage((state) => state.compared);
  const popup = useRef<HTMLDivElement>(null);
  if (compared === null) return null;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && page.closeDialog()}>
      <Dialog.Portal>
        <Dialog.Popup className="compare" ref={popup} initialFocus={popup}>
          <header className="compare-head">
            <Dialog.Title className="compare-title">Two runs compared</Dialog.Title>
            <Dialog.Close className="ui-icon-button" aria-label="Close">
              <X size={18} strokeWidth={1.8} aria-hidden="true" />
            </Dialog.Close>
          </header>
          <Both compared={compared} Stage={Stage} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface BothProps {
  readonly compared: readonly [left: Compared, right: Compared];
  readonly Stage: Stage;
}

function Both({ compared, Stage }: BothProps): ReactElement {
  const [left, right] = compared;
  const { pair, moment, failed, go } = usePair(left.side, right.side);
  if (failed)
    return (
      <p className="compare-wait" role="alert">
        The engine could not answer. Close this, and try again.
      </p>
    );
  if (pair === null || moment === null)
    return (
      <p className="compare-wait" role="status">
        Running both …
      </p>
    );
  return <Shown {...{ compared, Stage, pair, moment }} onGo={(at, step) => void go(at, step)} />;
}

interface ShownProps extends BothProps {
  readonly pair: Pair;
  readonly moment: PairMoment;
  onGo(at: Micros, step?: 1 | 0 | -1): void;
}

function Shown({ compared, Stage, pair, moment, onGo }: ShownProps): ReactElement {
  /** Where there is room for one stage only. */
  const [shown, setShown] = useState<0 | 1>(0);
  const { at, rows, frames } = moment;
  const marked = useMemo(() => new Set(rows.flatMap(({ whose }) => serverOf(whose))), [rows]);
  const titles = [compared[0].title, compared[1].title] as const;
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "." ? 1 : event.key === "," ? -1 : 0;
    if (step !== 0) onGo(at, step);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the page's own steps, wherever the focus is
    <div className="compare-body" data-shown={shown} onKeyDown={onKeyDown}>
      <div className="compare-switch">
        {titles.map((title, side) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: the sides have no other name
            key={side}
            type="button"
            className="ui-button"
            aria-pressed={shown === side}
            onClick={() => setShown(side as 0 | 1)}
          >
            {title}
          </button>
        ))}
      </div>
      <div className="compare-stages">
        {compared.map(({ title, about }, side) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <section key={side} className="compare-side" aria-label={title}>
            <header className="compare-what">
              <p>
                <b>{title}</b> {about}
              </p>
              <button
                type="button"
                className="ui-button"
                aria-label={`Act here, in ${title}`}
                title="The page goes on with this run at this moment: act there, and compare again"
                onClick={() => void goOnWith(compared, side as 0 | 1, at)}
              >
                Act here
              </button>
            </header>
            <div className="compare-stage">
              <Stage frame={frames[side]!} marked={marked} />
            </div>
          </section>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <aside className="compare-list" aria-label="Differences" tabIndex={0}>
        <Differences pair={pair} moment={moment} titles={titles} onGo={onGo} />
      </aside>
      <footer className="compare-foot">
        <span className="compare-now" role="status">
          {formatTime(at)}
        </span>
        <Bands pair={pair} titles={titles} at={at} onGo={onGo} />
        <div className="compare-buttons">
          <button
            type="button"
            className="ui-button"
            aria-label="Step both back"
            title="Step both back (,)"
            onClick={() => onGo(at, -1)}
          >
            <ArrowLeft size={16} strokeWidth={1.8} aria-hidden="true" />
          </button>
          <button type="button" className="ui-button ui-dark" title="Step both (.)" onClick={() => onGo(at, 1)}>
            Step both
            <ArrowRight size={16} strokeWidth={1.8} aria-hidden="true" />
          </button>
        </div>
      </footer>
    </div>
  );
}

function serverOf(whose: string): readonly ServerId[] {
  const [, digit] = /^S(\d)/.exec(whose) ?? [];
  return digit === undefined ? [] : [Number(digit)];
}
