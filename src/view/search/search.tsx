import { Pause, Play, Square } from "lucide-react";
import { type ReactNode, useState } from "react";
import { type ShownBug, shownBugs } from "../../store/bugs.ts";
import { page } from "../../store/page.ts";
import type { Quarry, SearchState } from "../../store/search.ts";
import { useLab } from "../../store/use-lab.ts";
import { openFound, search, useSearch } from "../../store/use-search.ts";
import type { SearchProgress } from "../../worker/protocol/search.ts";
import { NumberField } from "../kit/form/fields.tsx";
import { Form, FormRow, LabelRow } from "../kit/form/form.tsx";
import { DialogFrame } from "../kit/form/frame.tsx";
import { type Option, Select } from "../kit/form/select.tsx";
import "./search.css";

const allBugs: readonly ShownBug[] = shownBugs.flatMap(({ bugs }) => bugs);
const titleOf = (name: string): string => allBugs.find((bug) => bug.name === name)?.title ?? name;

/** Looks for the shortest story in which a property breaks while a rule is off. */
export function SearchDialog() {
  const state = useSearch((all) => all);
  return (
    <DialogFrame
      title="Find a counterexample"
      about="Tries every way in which things can happen, near ones first, then at random. What breaks a property is shrunk until no act can be left out."
      size="medium"
    >
      {state.status === "idle" ? <Begin /> : <Course state={state} />}
    </DialogFrame>
  );
}

// ---- before -----------------------------------------------------------------------------------------------

const noRule: Option<string> = ["", "none: the correct algorithm"];
const ruleGroups = shownBugs.map(({ title, bugs }) => ({
  title,
  options: bugs.map((bug): Option<string> => [bug.name, bug.title]),
}));

function Begin() {
  const on = useLab((state) => state.info?.bugs);
  const [name, setName] = useState(() => on?.[0]?.name ?? "commit-old-term");
  const bug = allBugs.find((each) => each.name === name);
  const [servers, setServers] = useState(bug?.servers ?? 3);
  const choose = (next: string): void => {
    setName(next);
    setServers(allBugs.find((each) => each.name === next)?.servers ?? 3);
  };
  return (
    <Form verb="Search" onSubmit={() => search.start({ bugs: name === "" ? [] : [name], servers })}>
      <LabelRow title="Rule off">
        <Select value={name} options={[noRule]} groups={ruleGroups} onChange={choose} />
      </LabelRow>
      <p className="form-note">{bug === undefined ? "Every rule is on: nothing should be found." : bug.changed}</p>
      <FormRow title="Servers">
        <NumberField label="Servers" min={1} max={7} step={1} value={servers} onChange={setServers} />
      </FormRow>
    </Form>
  );
}

// ---- meanwhile and after ----------------------------------------------------------------------------------

function Course({ state }: { readonly state: SearchState }) {
  const { status, quarry, progress } = state;
  return (
    <>
      <p className="search-quarry">{quarryText(quarry)}</p>
      {status === "found" ? <Found state={state} /> : null}
      {status === "nothing" ? <p className="search-words">{state.words}</p> : null}
      {status === "failed" ? <p className="form-problem">The search has stopped: {state.words}.</p> : null}
      {status === "running" || status === "paused" ? (
        <Progress progress={progress} paused={status === "paused"} />
      ) : null}
      <div className="form-buttons">
        <Buttons status={status} />
      </div>
    </>
  );
}

function quarryText({ bugs, servers }: Quarry): string {
  const rules = bugs.length === 0 ? "Every rule on" : bugs.map(titleOf).join("; ");
  return servers === 0 ? rules : `${rules}, ${servers === 1 ? "1 server" : `${servers} servers`}`;
}

const number = (count: number, what: string): string => (count === 1 ? `1 ${what}` : `${count} ${what}s`);
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
const counted = (count: number): string => count.toLocaleString("en");

const notBegun = { states: 0, stories: 0, depth: 0, milliseconds: 0 };

/** As high before the first report as after it: what is below must not move under a pointer. */
function Progress({ progress, paused }: { readonly progress: SearchProgress | null; readonly paused: boolean }) {
  const { states, stories, depth, milliseconds } = progress ?? notBegun;
  const rate = milliseconds < 200 ? 0 : Math.round(((states + stories) * 1000) / milliseconds);
  return (
    <>
      <p className="search-phase" role="status">
        {paused ? "Paused. " : ""}
        {progress === null ? "Starting …" : phaseText(progress)}
      </p>
      <dl className="search-figures">
        <Figure name="states">{counted(states)}</Figure>
        <Figure name="stories at random">{counted(stories)}</Figure>
        <Figure name="steps deep">{depth}</Figure>
        <Figure name="a second">{counted(rate)}</Figure>
        <Figure name="searched">{seconds(milliseconds)}</Figure>
      </dl>
    </>
  );
}

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function phaseText({ phase, actions, shrunkFrom }: SearchProgress): string {
  switch (phase) {
    case "breadth":
      return "Every way in which it can happen, near ones first";
    case "random":
      return "Long stories at random";
    case "shrinking":
      return `Found one: leaving out what it does not need, ${shrunkFrom} acts down to ${actions}`;
    case "found":
    case "exhausted":
      return "Done";
  }
}

function Found({ state }: { readonly state: SearchState }) {
  const { found, progress } = state;
  if (found === null || progress === null) return null;
  const { actions, shrunkFrom, milliseconds } = progress;
  const shrunk = shrunkFrom > actions ? `, shrunk from ${shrunkFrom}` : "";
  return (
    <>
      <p className="search-found" role="status">
        <strong>{found.property} is violated.</strong> {number(found.steps.length, "step")}, {number(actions, "act")}
        {shrunk}, {seconds(milliseconds)}.
      </p>
      <ol className="search-steps">
        {found.steps.map((text, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a story's steps have their place and nothing else
          <li key={place}>{text}</li>
        ))}
      </ol>
    </>
  );
}

const icon = { size: 15, strokeWidth: 1.8, "aria-hidden": true } as const;

function Buttons({ status }: { readonly status: SearchState["status"] }) {
  const another = (
    <button type="button" className="ui-button" onClick={search.cancel}>
      {status === "running" || status === "paused" ? "Cancel" : "Search for another"}
    </button>
  );
  const stop = (
    <button type="button" className="ui-button" onClick={search.stop}>
      <Square {...icon} />
      Stop
    </button>
  );
  if (status === "running")
    return (
      <>
        {another}
        {stop}
        <button type="button" className="ui-button" onClick={search.pause}>
          <Pause {...icon} />
          Pause
        </button>
      </>
    );
  if (status === "paused" || status === "nothing")
    return (
      <>
        {another}
        {status === "paused" ? stop : null}
        <button type="button" className="ui-button ui-dark" onClick={search.resume}>
          <Play {...icon} />
          Go on
        </button>
      </>
    );
  if (status === "found")
    return (
      <>
        {another}
        <button type="button" className="ui-button ui-dark" onClick={openFound}>
          Open it
        </button>
      </>
    );
  return (
    <>
      {another}
      <button type="button" className="ui-button" onClick={page.closeDialog}>
        Close
      </button>
    </>
  );
}
