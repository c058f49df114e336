import { type ReactNode, useEffect, useState } from "react";
import { actionOf } from "../../store/actions/table.ts";
import { page } from "../../store/page.ts";
import { type RunSettings, runSettings } from "../../store/run-settings.ts";
import { chooseHide, chooseStop, hidesWhatComes, stopsAtSteps, useStory } from "../../store/story.ts";
import { lab, labState, useLab } from "../../store/use-lab.ts";
import { Choice } from "../kit/form/choice.tsx";
import { FormRow, LabelRow } from "../kit/form/form.tsx";
import { DialogFrame } from "../kit/form/frame.tsx";
import { Select } from "../kit/form/select.tsx";
import { AsYaml } from "./as-yaml.tsx";
import { FreshForm } from "./fresh.tsx";
import { WorldForm } from "./world.tsx";

/** How the world behaves from now on, and a fresh world. Every change is an act of the recording. */
export function Settings() {
  const [settings, setSettings] = useState<RunSettings | null>(null);
  useEffect(() => {
    void runSettings().then(setSettings);
  }, []);
  return (
    <DialogFrame title="Settings" size="medium">
      <Section title="This run" note="Changes hold from this moment on and become part of the recording.">
        <RulesRow />
        <ServersRow />
        <ModeRow />
        <LoadRow />
        {settings === null ? <p className="form-note">Reading the recording …</p> : <WorldForm settings={settings} />}
        <AsYaml />
      </Section>
      <Section title="Stories" note="For every story, on this device.">
        <StoryRows />
      </Section>
      <Section title="A fresh run" note="The same number of servers and the same seed give the same run, everywhere.">
        {settings !== null && <FreshForm settings={settings} />}
      </Section>
    </DialogFrame>
  );
}

function Section({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <section className="form-section">
      <h3 className="form-heading">{title}</h3>
      <p className="form-note">{note}</p>
      {children}
    </section>
  );
}

function RulesRow() {
  const off = useLab((state) => state.info?.bugs.length ?? 0);
  const words = off === 0 ? "every rule on" : off === 1 ? "one rule is off" : `${off} rules are off`;
  return (
    <FormRow title="Rules of Raft">
      <span className="form-inputs">
        {words}
        <button type="button" className="ui-link" onClick={() => page.openDialog("bugs")}>
          Switch rules off …
        </button>
      </span>
    </FormRow>
  );
}

/** The machines of this run, and one more. */
function ServersRow() {
  const servers = useLab((state) => state.frame?.servers.length ?? 0);
  const refused = useLab((state) => actionOf("add-server", null, state)?.disabledReason);
  const add = (): void => {
    // What stands below is of the run that this one ends.
    page.closeDialog();
    actionOf("add-server", null, labState())?.run();
  };
  return (
    <FormRow title="Servers">
      <span className="form-inputs">
        {servers}
        <button type="button" className="ui-link" title={refused} disabled={refused !== undefined} onClick={add}>
          Add a spare server
        </button>
        <button type="button" className="ui-link" onClick={() => page.openDialog("members")}>
          Change who is a member …
        </button>
      </span>
    </FormRow>
  );
}

function ModeRow() {
  const mode = useLab((state) => state.frame?.mode ?? "automatic");
  return (
    <FormRow title="Messages">
      <Choice
        label="Messages"
        value={mode}
        onChange={(to) => lab.act({ do: "network", mode: to })}
        options={[
          ["automatic", "arrive by themselves"],
          ["manual", "wait for me"],
        ]}
      />
    </FormRow>
  );
}

/** How stories are told: as the story asks, until the reader has chosen. */
function StoryRows() {
  // A choice changes what the run's own wish comes to.
  useStory();
  const hides = useLab((state) => hidesWhatComes(state));
  const stops = useLab((state) => stopsAtSteps(state));
  return (
    <>
      <Switch title="Hide what comes" checked={hides} onChange={chooseHide} />
      <Switch title="Play stops at steps" checked={stops} onChange={chooseStop} />
    </>
  );
}

interface SwitchProps {
  readonly title: string;
  readonly checked: boolean;
  onChange(checked: boolean): void;
}
const Switch = ({ title, checked, onChange }: SwitchProps) => (
  <LabelRow title={title}>
    <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
  </LabelRow>
);

const loads = [0, 1, 5, 20, 100];

function LoadRow() {
  const perSecond = useLab((state) => state.frame?.loadPerSecond ?? 0);
  const options = loads.includes(perSecond) ? loads : [...loads, perSecond];
  return (
    <LabelRow title="Client writes">
      <Select
        value={perSecond}
        options={options.map((n) => [n, n === 0 ? "only what I send" : `${n} per second`])}
        onChange={(to) => lab.act({ do: "load", perSecond: to })}
      />
    </LabelRow>
  );
}
