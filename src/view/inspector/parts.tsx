import { ChevronDown } from "lucide-react";
import { Fragment, memo, type ReactElement, type ReactNode, useRef, useState } from "react";
import { type ActionItem, actionOf, actionsFor } from "../../store/actions/table.ts";
import type { Selection } from "../../store/lab.ts";
import { selectionText } from "../../store/session/selection.ts";
import { labState, usePanelLab } from "../../store/use-lab.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { termFill } from "../kit/term-fill.ts";
import { Worded } from "../kit/worded/worded.tsx";
import { useSight, Value } from "./value.tsx";

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  const part = useRef<HTMLElement>(null);
  useSight(part);
  return (
    <section className="inspector-section" ref={part}>
      <h3 className="ui-heading">{title}</h3>
      {children}
    </section>
  );
}

/** What stands for the entries that are gone, under the names of Figure 13. */
export function SnapshotSection({ server }: { readonly server: ServerView }): ReactElement | null {
  if (server.base === 0) return null;
  return (
    <Section title="Snapshot">
      <Facts
        facts={[
          ["lastIncludedIndex", server.base],
          ["lastIncludedTerm", server.baseTerm],
        ]}
      />
    </Section>
  );
}

/** A server's disc as on the stage. The small one is read aloud: the large one has the term in the facts under it. */
export function Disc({
  server,
  isSmall = false,
}: {
  readonly server: ServerView;
  readonly isSmall?: boolean;
}): ReactElement {
  const { term, told } = server;
  return (
    <span
      className={isSmall ? "inspector-disc inspector-disc-small" : "inspector-disc"}
      data-digits={digitsOf(term)}
      style={{ background: termFill(term) }}
      aria-hidden={!isSmall}
    >
      {isSmall && <span className="ui-hidden">term </span>}
      {told?.unknown.includes("term") ? "?" : term}
    </span>
  );
}

/** How a disc is told that a term has more digits than fit it. */
const digitsOf = (term: number): "3" | "more" | undefined => (term < 100 ? undefined : term < 1000 ? "3" : "more");

/** Names and values. A value that is a string or a number flashes when it changes. */
export type Fact = readonly [name: string, value: string | number | ReactElement];
export function Facts({ facts }: { readonly facts: readonly Fact[] }): ReactElement {
  return (
    <dl className="inspector-facts">
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt>
            <Worded text={name} />
          </dt>
          <dd>{typeof value === "object" ? value : <Value>{value}</Value>}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** Small table; the first cell of each row names it, `head` names the other columns. */
export function FactTable(props: {
  readonly label: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}): ReactElement {
  return (
    <table className="inspector-table" aria-label={props.label}>
      <thead>
        <tr>
          <td />
          {props.head.map((name) => (
            <th key={name} scope="col">
              <Worded text={name} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map(([name, ...values]) => (
          <tr key={name}>
            <th scope="row">
              <Worded text={String(name)} />
            </th>
            {values.map((value, column) => (
              <td key={props.head[column]}>
                <Value>{value}</Value>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ActionsProps {
  readonly selection: Selection;
}
const sameSelection = (a: ActionsProps, b: ActionsProps): boolean =>
  selectionText(a.selection) === selectionText(b.selection);

const facesOf = (items: readonly ActionItem[]): string =>
  items.map(({ label, disabledReason = "" }) => `${label}\n${disabledReason}`).join("\n");

/** What can be done to the selection, from the one table of actions. */
export const Actions = memo(function Actions({ selection }: ActionsProps): ReactElement | null {
  // A frame that changes neither a label nor a refusal changes no button.
  usePanelLab("inspector", (state) => facesOf(actionsFor(selection, state)));
  const items = actionsFor(selection, labState());
  if (items.length === 0) return null;
  return (
    <ul className="inspector-actions" aria-label="Actions">
      {items.map(({ id, label, icon: Icon, enabled, disabledReason, hotkey }) => (
        <li key={id}>
          <button
            type="button"
            className="ui-button"
            disabled={!enabled}
            title={disabledReason ?? (hotkey === undefined ? undefined : `Key: ${hotkey}`)}
            onClick={() => actionOf(id, selection, labState())?.run()}
          >
            <Icon size={15} strokeWidth={1.8} aria-hidden="true" />
            {label}
          </button>
        </li>
      ))}
    </ul>
  );
}, sameSelection);

/** It stays as the reader left it, from one selection to the next. */
let wasOpen = false;

/** The same where there are many of them, in one line until they are wanted: what is selected is said first. */
export function FoldedActions({ selection, title }: ActionsProps & { readonly title: string }): ReactElement {
  const [open, setOpen] = useState(wasOpen);
  return (
    <details
      className="inspector-fold"
      open={open}
      onToggle={({ currentTarget }) => {
        wasOpen = currentTarget.open;
        setOpen(wasOpen);
      }}
    >
      <summary>
        {title}
        <ChevronDown size={14} strokeWidth={1.8} aria-hidden="true" />
      </summary>
      {open ? <Actions selection={selection} /> : null}
    </details>
  );
}
