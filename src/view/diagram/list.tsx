import { type KeyboardEvent, memo, type ReactElement, type RefObject, useCallback, useMemo, useRef } from "react";
import { usePaced } from "../kit/use-paced.ts";
import type { View } from "./ground.ts";
import { type Item, itemsOf } from "./items.ts";
import type { Scene } from "./layout.ts";

/** Milliseconds after which the list follows the picture: a hand that moves that must not wait for it. */
const listPause = 900;

interface Props {
  readonly view: View;
  readonly scene: Scene;
  readonly onPick: (item: Item) => void;
  /** The one that has the keyboard, null: none has. */
  readonly onShow: (item: Item | null) => void;
  readonly area: RefObject<HTMLElement | null>;
}

/** What is in sight as a list, for keys and for who does not see the picture: the one that has the keyboard is shown in it. */
export function List({ view, scene, onPick, onShow, area }: Props): ReactElement {
  const shown = usePaced(scene, listPause);
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the view that the scene was made of
  const { items, more } = useMemo(() => itemsOf(view, shown), [shown]);
  const latest = useRef({ onPick, onShow });
  latest.current = { onPick, onShow };
  const pick = useCallback((item: Item) => latest.current.onPick(item), []);
  const show = useCallback((item: Item | null) => latest.current.onShow(item), []);
  return <Rows items={items} more={more} onPick={pick} onShow={show} area={area} />;
}

interface RowsProps extends Pick<Props, "onPick" | "onShow" | "area"> {
  readonly items: readonly Item[];
  readonly more: number;
}
/** Drawn when what is in the list has changed, and not with every picture. */
const Rows = memo(function Rows({ items, more, onPick, onShow, area }: RowsProps): ReactElement {
  const list = useRef<HTMLUListElement>(null);
  const move = (event: KeyboardEvent<HTMLUListElement>): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    const buttons: readonly Element[] = [...(list.current?.querySelectorAll("button") ?? [])];
    const place = (document.activeElement === null ? -1 : buttons.indexOf(document.activeElement)) + step;
    if (place < 0) area.current?.focus();
    else (buttons[place] as HTMLElement | undefined)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="ui-hidden">
      <ul ref={list} aria-label="In sight" onKeyDown={move}>
        {items.map((item) => (
          <li key={item.key}>
            <button
              type="button"
              className="diagram-item"
              tabIndex={-1}
              onClick={() => onPick(item)}
              onFocus={() => onShow(item)}
              onBlur={() => onShow(null)}
            >
              {item.words}
            </button>
          </li>
        ))}
      </ul>
      {more > 0 && <p>{more} more: see less time to read them.</p>}
    </div>
  );
});
