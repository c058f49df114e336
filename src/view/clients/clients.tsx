import { type ReactElement, useMemo, useRef, useState } from "react";
import { lab, useLab, usePanelLab } from "../../store/use-lab.ts";
import type { KvOperation } from "../../world/types.ts";
import { useSize } from "../timeline/use-size.ts";
import type { Command, Vocabulary } from "./command.ts";
import { type Chosen, Console } from "./console.tsx";
import { asOf, type Operation } from "./operation.ts";
import { Operations } from "./operations.tsx";
import { useClientHistory } from "./use-history.ts";
import "./clients.css";

type View = "console" | "operations";
const names: Readonly<Record<View, string>> = { console: "Console", operations: "Operations" };
const pictures: readonly View[] = ["operations"];
const roomForTwo = 640;

/** What clients ask and what they are told: a console to ask with, and beside it every operation as a bar. */
export function Clients(): ReactElement {
  const box = useRef<HTMLElement>(null);
  const { width } = useSize(box);
  const narrow = width < roomForTwo;
  const [view, setView] = useState<View>("console");
  const picture = view === "console" ? "operations" : view;
  const { operations } = useClientHistory();
  return (
    <section ref={box} className="clients" aria-label="Clients">
      <div className="clients-parts" data-narrow={narrow}>
        <Views
          views={narrow ? ["console", ...pictures] : pictures}
          shown={narrow ? view : picture}
          onChange={setView}
        />
        {(!narrow || view === "console") && <ConsolePart operations={operations} />}
        {(!narrow || view !== "console") && (
          <div className="clients-picture">
            <Operations operations={operations} />
          </div>
        )}
      </div>
    </section>
  );
}

interface ViewsProps {
  readonly views: readonly View[];
  readonly shown: View;
  readonly onChange: (view: View) => void;
}

function Views({ views, shown, onChange }: ViewsProps): ReactElement {
  return (
    <fieldset className="clients-views" aria-label="What is shown">
      {views.map((name) => (
        <button
          key={name}
          type="button"
          className="clients-view"
          aria-pressed={name === shown}
          onClick={() => onChange(name)}
        >
          {names[name]}
        </button>
      ))}
    </fieldset>
  );
}

function ConsolePart({ operations }: { readonly operations: readonly Operation[] }): ReactElement {
  const now = usePanelLab("logs", (state) => state.frame?.position.at ?? 0);
  const asked = useMemo(
    () => operations.filter(({ calledAt }) => calledAt <= now).map((operation) => asOf(operation, now)),
    [operations, now],
  );
  return (
    <div className="clients-console">
      <Console operations={asked} vocabulary={useVocabulary(operations)} load={useLoad()} onCommand={ask} />
    </div>
  );
}

const readModes: readonly string[] = [];

function useVocabulary(operations: readonly Operation[]): Vocabulary {
  const ids = useLab(({ frame }) => frame?.servers.map(({ id }) => id).join() ?? "");
  const keys = [...new Set(operations.map(({ key }) => key))].slice(-20).sort().join("\n");
  return useMemo(
    () => ({
      clients: 1,
      servers: ids === "" ? [] : ids.split(",").map(Number),
      reads: readModes,
      keys: keys === "" ? [] : keys.split("\n"),
    }),
    [ids, keys],
  );
}

function useLoad(): string {
  const perSecond = useLab((state) => state.frame?.loadPerSecond ?? 0);
  return perSecond === 0 ? "" : `A client writes ${perSecond} times a second. load off stops it.`;
}

function ask(command: Exclude<Command, { readonly kind: "help" }>, chosen: Chosen): void {
  if (command.kind === "load") {
    lab.act({ do: "load", perSecond: command.load?.amount ?? 0 });
    return;
  }
  // The engine says itself what it does not know.
  const operation = command.operation as KvOperation;
  const server = command.server ?? chosen.server;
  lab.act({ do: "request", operation, ...(server === 0 ? {} : { server }) });
}
