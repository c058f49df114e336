import { Fragment, type ReactElement } from "react";
import type { RuleSheet } from "../../worker/protocol/sheet.ts";
import { Worded } from "../kit/worded/worded.tsx";
import { type Value, valuesOf } from "./values.ts";

/** The server's values. What the last event has changed keeps a patch, and says what it was. */
export function State({ sheet }: { readonly sheet: RuleSheet }): ReactElement {
  return (
    <dl className="rules-state">
      {valuesOf(sheet).map(({ title, none, rows }) => (
        <Fragment key={title}>
          <dt>{title}</dt>
          {none === "" ? null : <dd>{none}</dd>}
          {rows.map(({ name, values }) => (
            <dd key={name}>
              {name === "" ? null : (
                <span className="rules-name">
                  <Worded text={name} />
                </span>
              )}
              {values.map((value) => (
                <Shown key={value.key} value={value} />
              ))}
            </dd>
          ))}
        </Fragment>
      ))}
    </dl>
  );
}

const Shown = ({ value: { name, text, ahead, was } }: { readonly value: Value }): ReactElement => (
  <span className="rules-value">
    <Worded text={name} /> <b data-changed={was !== ""}>{text}</b>
    {ahead === "" ? null : <span className="rules-was"> not yet {ahead}</span>}
    {was === "" ? null : <span className="rules-was"> was {was}</span>}
  </span>
);
