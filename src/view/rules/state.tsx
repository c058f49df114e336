import type { ReactElement } from "react";
import type { RuleSheet } from "../../worker/protocol/sheet.ts";
import { Worded } from "../kit/worded/worded.tsx";

interface Named {
  readonly name: string;
  /** In the sheet's state. */
  readonly key: string;
  readonly text?: (value: number) => string;
}
const orNone = (id: number): string => (id === 0 ? "none" : `S${id}`);
const onDisk: readonly Named[] = [
  { name: "currentTerm", key: "currentTerm" },
  { name: "votedFor", key: "votedFor", text: orNone },
  { name: "last index", key: "lastIndex" },
  { name: "its term", key: "lastTerm" },
];
const inMemory: readonly Named[] = [
  { name: "commitIndex", key: "commitIndex" },
  { name: "lastApplied", key: "lastApplied" },
];

/** "nextIndex S3" as S3's, under nextIndex. */
const ofLeader = (state: RuleSheet["state"], name: string): readonly Named[] =>
  Object.keys(state).flatMap((key) => (key.startsWith(`${name} `) ? [{ name: key.slice(name.length + 1), key }] : []));

/** The server's values. What the last event has changed keeps a patch, and says what it was. */
export function State({ sheet }: { readonly sheet: RuleSheet }): ReactElement {
  const { state } = sheet;
  const leads = ["nextIndex", "matchIndex"].map((name) => ({ name, values: ofLeader(state, name) }));
  return (
    <dl className="rules-state">
      <dt>On disk</dt>
      <dd>
        <Values sheet={sheet} values={onDisk} />
      </dd>
      <dt>In memory</dt>
      <dd>{sheet.down ? "nothing: it is down" : <Values sheet={sheet} values={inMemory} />}</dd>
      {leads.every(({ values }) => values.length === 0) || sheet.down ? null : (
        <>
          <dt>As leader</dt>
          {leads.map(({ name, values }) => (
            <dd key={name}>
              <span className="rules-name">
                <Worded text={name} />
              </span>
              <Values sheet={sheet} values={values} />
            </dd>
          ))}
        </>
      )}
    </dl>
  );
}

interface ValuesProps {
  readonly sheet: RuleSheet;
  readonly values: readonly Named[];
}
const Values = ({ sheet: { state, before }, values }: ValuesProps): ReactElement => (
  <>
    {values.map(({ name, key, text = String }) => (
      <span key={key} className="rules-value">
        <Worded text={name} /> <b data-changed={key in before}>{text(state[key] ?? 0)}</b>
        {key in before ? <span className="rules-was"> was {text(before[key]!)}</span> : null}
      </span>
    ))}
  </>
);
