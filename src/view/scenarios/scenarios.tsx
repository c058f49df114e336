import { Check, FolderOpen, Link, Play, Search } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import type { ReadyExperiment } from "../../experiment/ready/ready.ts";
import { pageUrl } from "../../store/embed.ts";
import { pickFile } from "../../store/files.ts";
import { page, usePage } from "../../store/page.ts";
import { programmeFragment } from "../../store/playlist.ts";
import { loadPresets, type PresetCard, searchScenarios } from "../../store/presets.ts";
import { useSeen } from "../../store/seen.ts";
import { copy } from "../../store/sharing.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import { useWords, wantWords } from "../../store/words.ts";
import { DialogFrame } from "../kit/form/frame.tsx";
import "./scenarios.css";

const backward = ["ArrowLeft", "ArrowUp"];
const walked = ["Home", "End", "ArrowRight", "ArrowDown", ...backward];

/** Which of the cards a key leads to; -1: the field above them. */
function target(key: string, at: number, count: number): number {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return backward.includes(key) ? at - 1 : Math.min(at + 1, count - 1);
}

/** Arrows, Home and End walk through the cards; whatever else is typed goes into the field. */
function roam(event: KeyboardEvent<HTMLElement>, field: HTMLInputElement | null): void {
  const inField = event.target === field;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (!inField && event.key.length === 1 && event.key !== " ") return field?.focus();
  if (!walked.includes(event.key) || (inField && event.key !== "ArrowDown")) return;
  const cards = [...event.currentTarget.querySelectorAll<HTMLElement>(".scenarios-stop, .scenarios-card")];
  const at = cards.indexOf(document.activeElement as HTMLElement);
  if (at < 0 && !inField) return;
  event.preventDefault();
  const to = target(event.key, at, cards.length);
  if (to < 0) field?.focus();
  else cards[to]?.focus();
}

function choose(id: string): void {
  page.closeDialog();
  lab.open({ from: "preset", id });
}

function play(fragment: string): void {
  page.closeDialog();
  lab.open({ from: "link", fragment });
}

function openOwn(): void {
  page.closeDialog();
  pickFile();
}

/** Every preset, group by group, with what happens in it; searched as one types. */
export function Scenarios() {
  const presets = usePresets();
  const preset = useLab((state) => state.info?.preset ?? "");
  // An experiment stands in the place of the run: then that is what is open.
  const current = usePage((state) => state.experiment) === null ? preset : "";
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const experiments = useExperiments();
  useFirstFocus(body, presets.length > 0 && experiments.length > 0);
  const found = useFound(presets, typed);
  const speaking = experiments.filter((each) => speaksOf(each, typed));
  return (
    <DialogFrame title="Scenarios" about="Each is a run to step through. Everything in it can be changed." size="large">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the field and the cards */}
      <div ref={body} onKeyDown={(event) => roam(event, field.current)}>
        <label className="scenarios-search">
          <Search size={16} strokeWidth={1.8} aria-hidden="true" />
          <input
            ref={field}
            type="search"
            className="scenarios-field"
            aria-label="Find a scenario"
            placeholder="Find a scenario"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={({ key }) => key === "Enter" && typed !== "" && found[0] !== undefined && choose(found[0].id)}
          />
        </label>
        {typed.trim() === "" ? (
          <>
            <Everything presets={presets} current={current} />
            <Experiments experiments={experiments} />
          </>
        ) : (
          <>
            <Found found={found} current={current} elsewhere={speaking.length > 0} />
            <Experiments experiments={speaking} />
          </>
        )}
      </div>
      <button type="button" className="ui-button scenarios-file" onClick={openOwn}>
        <FolderOpen size={16} strokeWidth={1.8} aria-hidden="true" />
        Open a file of your own
      </button>
    </DialogFrame>
  );
}

function usePresets(): readonly PresetCard[] {
  const [presets, setPresets] = useState<readonly PresetCard[]>([]);
  useEffect(() => {
    let gone = false;
    void loadPresets().then((loaded) => !gone && setPresets(loaded));
    return () => {
      gone = true;
    };
  }, []);
  return presets;
}

function useExperiments(): readonly ReadyExperiment[] {
  const [experiments, setExperiments] = useState<readonly ReadyExperiment[]>([]);
  useEffect(() => {
    let gone = false;
    void import("../../experiment/ready/index.ts").then((ready) => !gone && setExperiments(ready.readyExperiments));
    return () => {
      gone = true;
    };
  }, []);
  return experiments;
}

function speaksOf({ experiment: { title, notes, source } }: ReadyExperiment, typed: string): boolean {
  const told = [title, notes, source, "experiment"].join(" ").toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => told.includes(word));
}

const noForms = (): readonly string[] => [];

function useFound(presets: readonly PresetCard[], typed: string): readonly PresetCard[] {
  const formsOf = useWords((state) => state.glossary?.otherForms) ?? noForms;
  useEffect(wantWords, []);
  return useMemo(() => searchScenarios(presets, typed, formsOf), [presets, typed, formsOf]);
}

/** The card of the run that is open, or where somebody asked for experiments the first of those; a finger shall not call for a keyboard that nobody asked for. */
function useFirstFocus(body: RefObject<HTMLElement | null>, ready: boolean): void {
  useEffect(() => {
    if (!ready) return;
    const asked = usePage.getState().experimentsWanted ? "[data-experiments] .scenarios-card" : undefined;
    const card =
      body.current?.querySelector<HTMLElement>(asked ?? ".scenarios-card[aria-current]") ??
      body.current?.querySelector<HTMLElement>(".scenarios-card");
    card?.focus();
    card?.scrollIntoView({ block: "nearest" });
  }, [body, ready]);
}

interface ListProps {
  readonly presets: readonly PresetCard[];
  readonly current: string;
}

function Everything({ presets, current }: ListProps) {
  const groups = [...new Set(presets.map(({ group }) => group))];
  return (
    <>
      <Path presets={presets} />
      {groups.map((group) => (
        <section key={group} className="scenarios-group">
          <h3 className="scenarios-heading">{group}</h3>
          <List presets={presets.filter((preset) => preset.group === group)} current={current} />
        </section>
      ))}
    </>
  );
}

/** A thousand runs each, and the question that they answer. */
function Experiments({ experiments }: { readonly experiments: readonly ReadyExperiment[] }) {
  const current = usePage((state) => state.experiment);
  if (experiments.length === 0) return null;
  return (
    <section className="scenarios-group" data-experiments="">
      <h3 className="scenarios-heading">Experiments: a thousand runs as one picture</h3>
      <ul className="scenarios-list">
        {experiments.map(({ id, experiment: { title, notes, source } }) => (
          <li key={id}>
            <button
              type="button"
              className="scenarios-card"
              aria-current={id === current || undefined}
              onClick={() => page.openExperiment(id)}
            >
              <span className="scenarios-head">
                <span className="scenarios-title">{title}</span>
                {id === current && <span className="scenarios-current">open now</span>}
              </span>
              <span className="scenarios-notes">{notes}</span>
              <span className="scenarios-notes scenarios-source">{source}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface FoundProps {
  readonly found: readonly PresetCard[];
  readonly current: string;
  /** There are experiments that speak of it. */
  readonly elsewhere: boolean;
}
function Found({ found, current, elsewhere }: FoundProps) {
  return (
    <>
      <p className="ui-hidden" role="status">
        {found.length === 1 ? "One scenario" : `${found.length} scenarios`}
      </p>
      {found.length === 0 && !elsewhere && <p className="scenarios-none">No scenario speaks of that.</p>}
      <List presets={found} current={current} found />
    </>
  );
}

/** Seven, one after the other, for who begins: the next that was not seen yet is the one to press. */
function Path({ presets }: { readonly presets: readonly PresetCard[] }) {
  const seen = useSeen((state) => state.seen);
  const path = presets.filter(({ place }) => place !== null).sort((a, b) => (a.place ?? 0) - (b.place ?? 0));
  const next = path.find(({ id }) => !seen.includes(id));
  return (
    <section className="scenarios-path" aria-label="Start here">
      <div className="scenarios-start">
        <h3 className="scenarios-heading">Start here</h3>
        <Programme ids={path.map(({ id }) => id)} />
      </div>
      <ol>
        {path.map(({ id, title, place }) => (
          <li key={id}>
            <button
              type="button"
              className="scenarios-stop"
              data-next={id === next?.id || undefined}
              onClick={() => choose(id)}
            >
              {seen.includes(id) ? <Seen /> : <span className="scenarios-place">{place}</span>}
              {title}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The path as one lecture: Next leads from story to story, and its address is short enough to be written down. */
function Programme({ ids }: { readonly ids: readonly string[] }) {
  const [copied, setCopied] = useState<"no" | "yes" | "refused">("no");
  const fragment = programmeFragment(ids);
  const copyLink = async (): Promise<void> => {
    const url = `${pageUrl()}#${fragment}`;
    setCopied((await copy(Promise.resolve(url))) ? "yes" : "refused");
  };
  return (
    <>
      <button type="button" className="ui-button" onClick={() => play(fragment)}>
        <Play size={14} strokeWidth={1.8} aria-hidden="true" />
        Play these
      </button>
      <button type="button" className="ui-button" onClick={() => void copyLink()}>
        <Link size={14} strokeWidth={1.8} aria-hidden="true" />
        Copy link
      </button>
      <span className="scenarios-copied" role="status">
        {{ no: "", yes: "Copied.", refused: "The browser does not let the page copy." }[copied]}
      </span>
    </>
  );
}

const Seen = () => <Check size={14} strokeWidth={2.4} role="img" aria-label="seen" className="scenarios-seen" />;

function List({ presets, current, found = false }: ListProps & { readonly found?: boolean }) {
  return (
    <ul className="scenarios-list">
      {presets.map((preset, i) => (
        <li key={preset.id}>
          <Card preset={preset} current={preset.id === current} first={found && i === 0} />
        </li>
      ))}
    </ul>
  );
}

interface CardProps {
  readonly preset: PresetCard;
  readonly current: boolean;
  /** Enter in the field opens this one. */
  readonly first: boolean;
}

function Card({ preset, current, first }: CardProps) {
  const seen = useSeen((state) => state.seen.includes(preset.id));
  const { title, notes, steps, place } = preset;
  return (
    <button
      type="button"
      className="scenarios-card"
      aria-current={current || undefined}
      data-first={first || undefined}
      onClick={() => choose(preset.id)}
    >
      <span className="scenarios-head">
        <span className="scenarios-title">{title}</span>
        {place !== null && (
          <span className="scenarios-place" title={`Start here, number ${place}`}>
            {place}
          </span>
        )}
        {seen && <Seen />}
        {current && <span className="scenarios-current">open now</span>}
        <span className="scenarios-steps">{steps.length} steps</span>
      </span>
      <span className="scenarios-notes">{notes}</span>
    </button>
  );
}
