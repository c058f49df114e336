import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Copy, X } from "lucide-react";
import {
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useLab } from "../../store/use-lab.ts";
import type { ChoiceView } from "../../worker/protocol/exploration.ts";
import "../kit/chip.css";
import { pointAt } from "../kit/point.ts";
import { useEdges } from "../kit/use-edges.ts";
import { type ChoiceRow, choiceRows, everyChoice, fits, type MessageChoice } from "./layout.ts";

type Choose = (choice: ChoiceView) => void;
interface Props {
  readonly choices: readonly ChoiceView[];
  /** So many more there are, about messages that were sent later. */
  readonly leftOut: number;
  readonly choose: Choose;
  /** What else stands in the bar. */
  readonly children: ReactNode;
}

/** More than this and the list can be narrowed by words. */
const manyChoices = 30;

/** Everything that may happen next, as buttons: server by server. */
export function Choices({ choices, leftOut, choose, children }: Props): ReactElement {
  const [filter, setFilter] = useState(everyChoice);
  const bar = useRef<HTMLDivElement>(null);
  useEdges(bar);
  const rows = useMemo(() => choiceRows(choices, fits(filter)), [choices, filter]);
  const servers = useLab(({ frame }) => frame?.servers.map(({ id }) => id).join() ?? "");
  const over = useLab(({ frame }) => (frame === null ? null : (frame.violation?.property ?? frame.stopped)));
  const narrowed = filter.words !== "" || filter.servers.length > 0;
  return (
    <div className="hand-choices">
      <div className="hand-bar ui-edges" ref={bar}>
        {children}
        <ToggleGroup
          className="hand-servers"
          aria-label="Servers"
          multiple
          value={filter.servers.map(String)}
          onValueChange={(ids) => setFilter({ ...filter, servers: ids.map(Number) })}
        >
          {servers.split(",").map((id) => (
            <Toggle key={id} value={id} className="chip">
              S{id}
            </Toggle>
          ))}
        </ToggleGroup>
        {choices.length > manyChoices || filter.words !== "" ? (
          <input
            className="ui-field hand-words"
            aria-label="Only what says"
            placeholder={`filter ${choices.length} choices`}
            value={filter.words}
            onChange={(event) => setFilter({ ...filter, words: event.target.value })}
          />
        ) : null}
      </div>
      {leftOut > 0 ? <p className="hand-nothing">Later messages leave {leftOut} more choices.</p> : null}
      {rows.length > 0 ? (
        <List rows={rows} choose={choose} />
      ) : (
        <p className="hand-nothing">
          {over !== null ? `The run ends here: ${over}. Undo, or go to another state.` : null}
          {over === null && narrowed ? (
            <>
              Nothing that may happen is called that.{" "}
              <button type="button" className="ui-link" onClick={() => setFilter(everyChoice)}>
                Show everything
              </button>
            </>
          ) : null}
        </p>
      )}
    </div>
  );
}

const estimatedRow = 38;

function List({ rows, choose }: { readonly rows: readonly ChoiceRow[]; readonly choose: Choose }): ReactElement {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimatedRow,
    getItemKey: (place) => rows[place]!.key,
    overscan: 6,
  });
  const { onKeyDown, onFocus } = useArrows(scroller);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and hovering bubble up from the buttons
    <div
      ref={scroller}
      className="hand-scroller"
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        onFocus(event.target);
        pointAt(pickOf(event.target));
      }}
      onBlur={() => pointAt(null)}
      onMouseOver={(event) => pointAt(pickOf(event.target))}
      onMouseLeave={() => pointAt(null)}
    >
      <ul className="hand-rows" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            aria-setsize={rows.length}
            aria-posinset={index + 1}
            className={rows[index]!.first && index > 0 ? "hand-row hand-row-first" : "hand-row"}
            style={{ transform: `translateY(${start}px)` }}
          >
            <Row row={rows[index]!} choose={choose} />
          </li>
        ))}
      </ul>
    </div>
  );
}

const pickOf = (target: EventTarget): string | null =>
  target instanceof Element ? (target.closest("[data-choice]")?.getAttribute("data-choice") ?? null) : null;

function Row({ row, choose }: { readonly row: ChoiceRow; readonly choose: Choose }): ReactElement {
  const { server, first, own, messages } = row;
  return (
    <>
      <span className={first ? "hand-server" : "hand-server hand-again"}>{server === 0 ? "client" : `S${server}`}</span>
      <span className="hand-kind">{own.length > 0 ? "itself" : "receives"}</span>
      <span className="hand-chips">
        {own.map((choice) => (
          <Chip key={choice.text} choice={choice} choose={choose} />
        ))}
        {messages.map((message) => (
          <MessageChip key={message.deliver.pick} message={message} choose={choose} />
        ))}
      </span>
    </>
  );
}

interface ChipProps {
  readonly choice: ChoiceView;
  readonly choose: Choose;
}

function Chip({ choice, choose }: ChipProps): ReactElement {
  return (
    <span className="hand-chip" data-kind={choice.kind}>
      <Main choice={choice} choose={choose} />
    </span>
  );
}

/** The text delivers the message; two small buttons lose it, or send it twice. */
function MessageChip({ message, choose }: { readonly message: MessageChoice; readonly choose: Choose }): ReactElement {
  return (
    <span className="hand-chip" data-kind="message">
      <Main choice={message.deliver} choose={choose} />
      {message.others.map((choice) => {
        const Icon = choice.kind === "drop" ? X : Copy;
        return (
          <button
            key={choice.kind}
            type="button"
            className="hand-other"
            aria-label={choice.text}
            title={choice.about}
            data-choice={choice.pick}
            tabIndex={-1}
            onClick={() => choose(choice)}
          >
            <Icon size={13} strokeWidth={1.8} aria-hidden="true" />
          </button>
        );
      })}
    </span>
  );
}

function Main({ choice, choose }: ChipProps): ReactElement {
  return (
    <button
      type="button"
      className="hand-main"
      aria-label={choice.tried ? `${choice.text}, tried` : choice.text}
      title={choice.about}
      data-choice={choice.pick}
      data-tried={choice.tried || undefined}
      tabIndex={-1}
      onClick={() => choose(choice)}
    >
      {choice.short}
    </button>
  );
}

/**
 * One stop for Tab, arrows between the buttons. After a choice its button is gone: the focus goes to the one that
 * stands at its place now.
 */
function useArrows(scroller: RefObject<HTMLDivElement | null>) {
  const place = useRef(0);
  const held = useRef(false);
  const buttons = (): HTMLElement[] => [
    ...(scroller.current?.querySelectorAll<HTMLElement>("button[data-choice]") ?? []),
  ];

  // After every rendering: other rows are other buttons.
  useEffect(() => {
    const all = buttons();
    const stop = Math.min(place.current, all.length - 1);
    all.forEach((button, i) => {
      button.tabIndex = i === stop ? 0 : -1;
    });
    if (held.current && document.activeElement === document.body) all[stop]?.focus();
  });

  function onFocus(target: EventTarget): void {
    const at = buttons().indexOf(target as HTMLElement);
    if (at < 0) return;
    buttons()[place.current]?.setAttribute("tabindex", "-1");
    place.current = at;
    (target as HTMLElement).tabIndex = 0;
  }

  function onKeyDown(event: KeyboardEvent): void {
    held.current = event.key === "Enter" || event.key === " ";
    const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const all = buttons();
    all[Math.min(all.length - 1, Math.max(0, all.indexOf(document.activeElement as HTMLElement) + step))]?.focus();
  }
  return { onKeyDown, onFocus };
}
