import { type ComponentProps, type ReactElement, useState } from "react";
import type { ServerId } from "../../base/units.ts";
import { refusedOf } from "../../scenario/refused.ts";
import { titleWithin } from "../../store/option-changes.ts";
import {
  type OptionName,
  type OptionValues,
  type OwnOptions,
  type ProfileName,
  profileTexts,
  profileTitles,
  profileValues,
  shownGroups,
  valueProblem,
  withOwn,
} from "../../store/options.ts";
import { page } from "../../store/page.ts";
import { type Fresh, openFresh, type RunSettings } from "../../store/run-settings.ts";
import { Choice } from "../kit/form/choice.tsx";
import { NumberField } from "../kit/form/fields.tsx";
import { Form, FormRow, LabelRow } from "../kit/form/form.tsx";
import { type Option, Select } from "../kit/form/select.tsx";
import { listed } from "../kit/words/words.ts";
import { OptionsPanel } from "./options-panel.tsx";

const groupsMost = 4;
const seedMax = 2 ** 32 - 1;

/** Servers, seed and rules of a run that is begun anew. */
export function FreshForm({ settings }: { readonly settings: RunSettings }): ReactElement {
  const { fresh, values, subject, set, setSubject, setValues, chooseProfile } = useFresh(settings);
  const { servers, groups, seed, profile, options, own } = fresh;
  const wrong = isWrong(options) || isWrong(values);
  const open = (): void => {
    if (wrong) return;
    page.closeDialog();
    openFresh(fresh);
  };
  return (
    <Form verb="Open a fresh run" disabled={wrong} onSubmit={open}>
      <FormRow title="Servers">
        <Whole label="Servers" min={1} max={9} value={servers} onChange={(to) => set({ servers: to })} />
      </FormRow>
      <FormRow title="Raft groups" unit="over the same servers, links and disks">
        <Whole label="Raft groups" min={1} max={groupsMost} value={groups} onChange={(to) => set({ groups: to })} />
      </FormRow>
      <FormRow title="Seed">
        <Whole label="Seed" min={0} max={seedMax} value={seed} onChange={(to) => set({ seed: to })} />
      </FormRow>
      <FormRow title="Rules" unit={profileTexts[profile]}>
        <Choice label="Rules" value={profile} onChange={chooseProfile} options={profileChoices} />
      </FormRow>
      <SubjectRow count={servers} subject={subject} onChange={setSubject} />
      <OwnWords count={servers} own={own} />
      <RefusedWords options={options} />
      <OptionsPanel
        key={`${profile} ${subject}`}
        values={values}
        run={subject === 0 ? null : options}
        onChange={setValues}
      />
      <FormRow title="This run’s acts">
        <button
          type="button"
          className="ui-button"
          disabled={wrong}
          onClick={() => page.openAgain({ profile, options, seed })}
        >
          Run these acts again …
        </button>
      </FormRow>
    </Form>
  );
}

/** The run that the form describes so far, and whose options it shows: those of `subject`; 0: of the run. */
function useFresh({ servers, groups, seed, profile, options, own }: RunSettings) {
  const [fresh, setFresh] = useState<Fresh>({ servers, groups, seed, profile, options, own });
  const [subject, setSubject] = useState<ServerId>(0);
  const set = (part: Partial<Fresh>): void => setFresh((old) => ({ ...old, ...part }));
  return {
    fresh,
    subject,
    values: subject === 0 ? fresh.options : { ...fresh.options, ...fresh.own.get(subject) },
    set,
    setSubject,
    setValues: (to: OptionValues): void =>
      set(subject === 0 ? { options: to } : { own: withOwn(fresh.own, subject, to, fresh.options) }),
    chooseProfile(name: ProfileName): void {
      set({ profile: name, options: profileValues[name], own: new Map() });
      setSubject(0);
    },
  };
}

const Whole = (field: Omit<ComponentProps<typeof NumberField>, "step">): ReactElement => (
  <NumberField {...field} step={1} />
);

interface SubjectProps {
  readonly count: number;
  /** 0: all servers. */
  readonly subject: ServerId;
  onChange(subject: ServerId): void;
}

/** Whose options are shown: those of the run, or what one server has for itself. */
function SubjectRow({ count, subject, onChange }: SubjectProps) {
  return (
    <LabelRow title="Options of">
      <Select
        className="options-subject"
        value={subject}
        options={[[0, "all servers"], ...idsTo(count).map((id): Option<ServerId> => [id, `S${id} alone`])]}
        onChange={onChange}
      />
    </LabelRow>
  );
}

/** What the options give up that production refuses: said at once, wherever their groups are closed. */
const RefusedWords = ({ options }: Pick<Fresh, "options">) => (
  <div role="status">
    {refusedOf(options).map(({ option, text }) => (
      <p key={option} className="options-refused">
        {text}
      </p>
    ))}
  </div>
);

/** Each server that differs from the others, and in what. */
function OwnWords({ count, own }: { readonly count: number; readonly own: OwnOptions }) {
  return idsTo(count).map((id) => {
    const names = Object.keys(own.get(id) ?? {}) as OptionName[];
    if (names.length === 0) return null;
    return (
      <p key={id} className="form-note">
        S{id} differs from the others in {listed(names.map(titleWithin))}.
      </p>
    );
  });
}

const idsTo = (count: number): readonly ServerId[] => Array.from({ length: count }, (_, i) => i + 1);

const profileChoices = (Object.keys(profileTexts) as ProfileName[]).map((name) => [name, profileTitles[name]] as const);

const isWrong = (values: OptionValues): boolean =>
  shownGroups.some(({ options }) => options.some(({ name, kind }) => valueProblem(kind, values[name]) !== null));
