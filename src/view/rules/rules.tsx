import { ChevronLeft, ChevronRight, type LucideIcon } from "lucide-react";
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from "react";
import type { ServerId } from "../../base/units.ts";
import { page } from "../../store/page.ts";
import { lab, ruleSheet, usePanelLab } from "../../store/use-lab.ts";
import type { RuleSheet, SheetLineView } from "../../worker/protocol/sheet.ts";
import { useAsked } from "../kit/use-asked.ts";
import { Worded } from "../kit/worded/worded.tsx";
import { roleNames } from "../kit/words/role-names.ts";
import { formatTime } from "../kit/words/time.ts";
import { citation } from "../kit/words/words.ts";
import { State } from "./state.tsx";
import "./rules.css";
import { IconButton } from "../kit/icon-button.tsx";

/** Every rule of the algorithm for one server: its values in place, the line that it has just followed lit. */
export function Rules(): ReactElement | null {
  const server = useServer();
  const group = usePanelLab("inspector", (state) => state.frame?.group ?? 1);
  const sheet = useAsked(() => ruleSheet({ server, group }), `${server} ${group}`);
  const [chosen, setChosen] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const lines = sheet?.parts.flatMap((part) => part.lines) ?? [];
  const lit = lines.find(({ last }) => last)?.name ?? "";
  useInSight(list, lit, sheet?.event ?? 0);
  const told = lines.find(({ name }) => name === (chosen === "" ? lit : chosen));
  return (
    <div className="rules">
      <Servers server={server} />
      {sheet === null ? (
        <p className="rules-wait">Looking …</p>
      ) : (
        <>
          <div className="rules-sheet" ref={list}>
            <State sheet={sheet} />
            {sheet.parts.map((part) => (
              <Part key={part.title} part={part} chosen={chosen} onChoose={setChosen} />
            ))}
          </div>
          <Told line={told} at={sheet} />
        </>
      )}
    </div>
  );
}

/** The one that is selected; else the one that leads, or the first. */
function useServer(): ServerId {
  const last = useRef<ServerId>(0);
  const selected = usePanelLab("inspector", ({ selection }) => (selection?.kind === "server" ? selection.id : 0));
  const leader = usePanelLab(
    "inspector",
    ({ frame }) => frame?.servers.find(({ role, status }) => role === "leader" && status !== "down")?.id ?? 1,
  );
  if (selected > 0) last.current = selected;
  if (last.current === 0) last.current = leader;
  return last.current;
}

function Servers({ server }: { readonly server: ServerId }): ReactElement {
  const ids = usePanelLab("inspector", ({ frame }) => frame?.servers.map(({ id }) => id).join() ?? "");
  const doing = usePanelLab("inspector", ({ frame }) => {
    const shown = frame?.servers.find(({ id }) => id === server);
    if (shown === undefined) return "";
    return shown.status === "down" ? "down" : roleNames[shown.role];
  });
  return (
    <header className="rules-head">
      <fieldset className="rules-servers" aria-label="Server">
        {ids.split(",").map((id) => (
          <button
            key={id}
            type="button"
            className="ui-button"
            aria-pressed={Number(id) === server}
            onClick={() => lab.select({ kind: "server", id: Number(id) })}
          >
            S{id}
          </button>
        ))}
      </fieldset>
      <span className="rules-role">{doing}</span>
      <span className="rules-times">times</span>
    </header>
  );
}

interface PartProps {
  readonly part: RuleSheet["parts"][number];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
}
function Part({ part: { title, lines }, chosen, onChoose }: PartProps): ReactElement {
  return (
    <section className="rules-part" aria-label={title}>
      <h2 className="ui-heading">{title}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line.name}>
            <button
              type="button"
              className="rules-line"
              data-line={line.name}
              data-now={line.now !== ""}
              data-last={line.last}
              data-never={line.count === 0}
              data-off={line.off !== ""}
              aria-pressed={chosen === line.name}
              aria-label={spoken(line)}
              onClick={() => onChoose(chosen === line.name ? "" : line.name)}
              onKeyDown={walk}
            >
              <span>{line.words}</span>
              <span className="ui-figures">{line.off === "" ? counted(line.count) : "off"}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const counted = (count: number): string => (count === 0 ? "–" : String(count));

function spoken({ words, count, off, now }: SheetLineView): string {
  const often = count === 0 ? "never so far" : count === 1 ? "once" : `${count} times`;
  return `${words}: ${off === "" ? often : `switched off, ${often}`}${now === "" ? "" : `. Now: ${now}`}`;
}

/** Up and down go from line to line. */
function walk(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const lines = [...event.currentTarget.closest(".rules-sheet")!.querySelectorAll<HTMLElement>("[data-line]")];
  lines[lines.indexOf(event.currentTarget) + step]?.focus();
  event.preventDefault();
  event.stopPropagation();
}

interface ToldProps {
  readonly line: SheetLineView | undefined;
  readonly at: RuleSheet;
}
/** What there is to say of the line that is chosen, or else of the last that was followed. It always has its place. */
function Told({ line, at: { server, eventAt } }: ToldProps): ReactElement {
  if (line === undefined) {
    return (
      <footer className="rules-told" data-quiet="true">
        <p>S{server} followed none of these in the last event. Choose a line to see what it says.</p>
      </footer>
    );
  }
  return (
    <footer className="rules-told" aria-live="polite">
      {line.now === "" ? null : (
        <p className="rules-now">
          <span className="ui-figures">{formatTime(eventAt)}</span> {line.now}
        </p>
      )}
      <p>
        <Worded text={line.text} /> <span className="rules-cite">{citation(line.section)}</span>
      </p>
      {line.off === "" ? null : <p className="rules-off">Switched off in this run: {line.off}</p>}
      <div className="rules-ways">
        <Way to={line.earlier} label={`Previous time of: ${line.words}`} icon={ChevronLeft} />
        <Way to={line.later} label={`Next time of: ${line.words}`} icon={ChevronRight} />
        {line.bug === "" || line.off !== "" ? null : (
          <button type="button" className="ui-link" onClick={() => page.openRule(line.bug)}>
            Break this rule …
          </button>
        )}
      </div>
    </footer>
  );
}

interface WayProps {
  /** An event; 0: there is none. */
  readonly to: number;
  readonly label: string;
  readonly icon: LucideIcon;
}
const Way = ({ to, label, icon }: WayProps): ReactElement => (
  <IconButton icon={icon} label={label} disabled={to === 0} onClick={() => lab.visit(to)} />
);

/** The line that lights up scrolls into sight, if it is not. */
function useInSight(list: React.RefObject<HTMLDivElement | null>, lit: string, event: number): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another event is the reason to scroll
  useEffect(() => {
    if (lit !== "") list.current?.querySelector(`[data-line="${lit}"]`)?.scrollIntoView({ block: "nearest" });
  }, [list, lit, event]);
}
