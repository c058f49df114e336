import { type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import { usePage } from "../../store/page.ts";
import { openedRun } from "../../store/story.ts";
import { lab, labState, useLab, usePanelLab } from "../../store/use-lab.ts";
import type { LoadOrder } from "../../world/state/clients.ts";
import type { ReadMode } from "../../world/state/commands.ts";
import type { ClientHistory } from "../kit/history/history.ts";
import { asOf, type Operation } from "../kit/history/operation.ts";
import { useClientHistory } from "../kit/history/use-history.ts";
import { useVerdicts } from "../kit/history/use-verdicts.ts";
import { useSize } from "../kit/use-size.ts";
import { type Admin, answerTo, wordsOf } from "./admin.ts";
import type { Command, Vocabulary } from "./command.ts";
import { Console, type Note } from "./console.tsx";
import { Linearizability } from "./linear.tsx";
import { Operations } from "./operations.tsx";
import type { Chosen } from "./prompt.tsx";
import { useLoad } from "./use-load.ts";
import "./clients.css";

type View = "console" | "operations" | "order";
const names: Readonly<Record<View, string>> = {
  console: "Console",
  operations: "Operations",
  order: "Linearizability",
};
const pictures: readonly View[] = ["operations", "order"];
const roomForTwo = 640;

/** What clients ask and what they are told: a console to ask with, and beside it every operation as a bar. */
export function Clients(): ReactElement {
  const box = useRef<HTMLElement>(null);
  const { width } = useSize(box);
  const narrow = width < roomForTwo;
  const [view, setView] = useState<View>("console");
  const wanted = usePage((state) => state.historyWanted);
  useEffect(() => {
    if (wanted) setView("order");
  }, [wanted]);
  const picture = view === "console" ? "operations" : view;
  const history = useClientHistory();
  return (
    <section ref={box} className="clients" aria-label="Clients">
      <div className="clients-parts" data-narrow={narrow}>
        <Views
          views={narrow ? ["console", ...pictures] : pictures}
          shown={narrow ? view : picture}
          onChange={setView}
        />
        {(!narrow || view === "console") && <ConsolePart operations={history.operations} />}
        {(!narrow || view !== "console") && (
          <div className="clients-picture">
            {picture === "operations" ? <Operations operations={history.operations} /> : <Checked history={history} />}
          </div>
        )}
      </div>
    </section>
  );
}

/** What the second thread says of the history up to the present. */
function Checked({ history }: { readonly history: ClientHistory }): ReactElement {
  const verdicts = useVerdicts(history);
  if (verdicts === null) return <p className="ops-nothing">Looking for an order …</p>;
  return <Linearizability verdicts={verdicts} />;
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
  const { notes, administer } = useNotes(asked.length);
  return (
    <div className="clients-console">
      <Console
        operations={asked}
        notes={notes}
        vocabulary={useVocabulary(operations)}
        load={useLoad()}
        onCommand={(command, chosen) => (command.kind === "admin" ? administer(command.admin) : ask(command, chosen))}
      />
    </div>
  );
}

const notesMost = 50;

/** What an operator was told in this run; `after`: so many operations stand before what comes next. */
function useNotes(after: number) {
  const run = useLab(openedRun);
  const [kept, setKept] = useState<{ readonly run: unknown; readonly notes: readonly Note[] }>({ run, notes: [] });
  const notes = kept.run === run ? kept.notes : [];
  const administer = (admin: Admin): void => {
    const { frame } = labState();
    if (frame === null) return;
    const { lines, act } = answerTo(admin, frame);
    const note = { id: (notes.at(-1)?.id ?? 0) + 1, after, ...wordsOf(admin), lines };
    setKept({ run, notes: [...notes, note].slice(-notesMost) });
    if (act !== null) lab.act(act);
  };
  return { notes, administer };
}

const clientsMost = 9;
const readModes = ["log", "index", "lease", "stale"];

function useVocabulary(operations: readonly Operation[]): Vocabulary {
  const ids = useLab(({ frame }) => frame?.servers.map(({ id }) => id).join() ?? "");
  const keys = [...new Set(operations.map(({ key }) => key))].slice(-20).sort().join("\n");
  return useMemo(
    () => ({
      clients: clientsMost,
      servers: ids === "" ? [] : ids.split(",").map(Number),
      reads: readModes,
      keys: keys === "" ? [] : keys.split("\n"),
    }),
    [ids, keys],
  );
}

function ask(command: Exclude<Command, { readonly kind: "help" | "admin" }>, chosen: Chosen): void {
  if (command.kind === "load") {
    lab.act({ do: "load", ...((command.load ?? { perSecond: 0 }) as LoadOrder) });
    return;
  }
  const { operation } = command;
  const server = command.server ?? chosen.server;
  const client = command.client ?? chosen.client;
  const read = command.read as ReadMode | null;
  lab.act({
    do: "request",
    operation,
    ...(server === 0 ? {} : { server }),
    ...(client === 1 ? {} : { client }),
    ...(read === null ? {} : { read }),
  });
}
