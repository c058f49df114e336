import type { ReactElement } from "react";
import { valueText } from "../../scenario/option-kinds.ts";
import { type OptionName, optionNames, optionRows } from "../../scenario/option-rows.ts";
import { valuesLater, valuesSince } from "../../store/options.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { FactTable, Section } from "./parts.tsx";

/** What was changed of its options while the run went on, and what waits for its next start. */
export function ChangedOptions({ server }: { readonly server: ServerView }): ReactElement | null {
  const [since, later] = [valuesSince(server), valuesLater(server)];
  const names = optionNames.filter((name) => since[name] !== undefined || later[name] !== undefined);
  const said = (name: OptionName, values: typeof since): string =>
    values[name] === undefined ? "" : valueText(optionRows[name].kind, values[name]);
  if (names.length === 0) return null;
  return (
    <Section title="Options changed in this run">
      <FactTable
        label="Options changed in this run"
        head={["now", "at its next start"]}
        rows={names.map((name) => [optionRows[name].title, said(name, since) || "as before", said(name, later)])}
      />
    </Section>
  );
}
