import { type FormEvent, useState } from "react";
import type { ServerId } from "../../base/units.ts";
import {
  type OptionName,
  type OptionValues,
  type OwnOptions,
  type ProfileName,
  profileTexts,
  profileValues,
  shownGroups,
  titleWithin,
  valueProblem,
  withOwn,
} from "../../store/options.ts";
import { page } from "../../store/page.ts";
import { openFresh, type RunSettings } from "../../store/run-settings.ts";
import { Choice } from "../kit/form/choice.tsx";
import { NumberField } from "../kit/form/fields.tsx";
import { listed } from "../kit/words/words.ts";
import { OptionsPanel } from "./options-panel.tsx";

const groupsMost = 4;
const seedMax = 2 ** 32 - 1;

/** Servers, seed and rules of a run that is begun anew. */
export function FreshForm({ settings }: { readonly settings: RunSettings }) {
  const [servers, setServers] = useState(settings.servers);
  const [groups, setGroups] = useState(settings.groups);
  const [seed, setSeed] = useState(settings.seed);
  const [profile, setProfile] = useState(settings.profile);
  const [options, setOptions] = useState(settings.options);
  const [own, setOwn] = useState(settings.own);
  const [subject, setSubject] = useState(0);
  const values = subject === 0 ? options : { ...options, ...own.get(subject) };
  const choose = (name: ProfileName) => {
    setProfile(name);
    setOptions(profileValues[name]);
    setOwn(new Map());
    setSubject(0);
  };
  const open = (event: FormEvent) => {
    event.preventDefault();
    if (isWrong(options) || isWrong(values)) return;
    page.closeDialog();
    openFresh({ servers, groups, seed, profile, options, own });
  };
  return (
    <form onSubmit={open}>
      <div className="form-row">
        <span>Servers</span>
        <NumberField label="Servers" min={1} max={9} step={1} value={servers} onChange={setServers} />
      </div>
      <div className="form-row">
        <span>Raft groups</span>
        <span className="form-inputs">
          <NumberField label="Raft groups" min={1} max={groupsMost} step={1} value={groups} onChange={setGroups} />
          <span className="form-unit">over the same servers, links and disks</span>
        </span>
      </div>
      <div className="form-row">
        <span>Seed</span>
        <NumberField label="Seed" min={0} max={seedMax} step={1} value={seed} onChange={setSeed} />
      </div>
      <div className="form-row">
        <span>Rules</span>
        <span className="form-inputs">
          <Choice label="Rules" value={profile} onChange={choose} options={profileChoices} />
          <span className="form-unit">{profileTexts[profile]}</span>
        </span>
      </div>
      <SubjectRow count={servers} subject={subject} onChange={setSubject} />
      <OwnWords count={servers} own={own} />
      <OptionsPanel
        key={`${profile} ${subject}`}
        values={values}
        run={subject === 0 ? null : options}
        onChange={(to) => (subject === 0 ? setOptions(to) : setOwn(withOwn(own, subject, to, options)))}
      />
      <div className="form-buttons">
        <button type="submit" className="ui-button ui-dark" disabled={isWrong(options) || isWrong(values)}>
          Open a fresh run
        </button>
      </div>
    </form>
  );
}

interface SubjectProps {
  readonly count: number;
  /** 0: all servers. */
  readonly subject: ServerId;
  onChange(subject: ServerId): void;
}

/** Whose options are shown: those of the run, or what one server has for itself. */
function SubjectRow({ count, subject, onChange }: SubjectProps) {
  return (
    <label className="form-row">
      <span>Options of</span>
      <select className="ui-field options-subject" value={subject} onChange={(e) => onChange(Number(e.target.value))}>
        <option value={0}>all servers</option>
        {idsTo(count).map((id) => (
          <option key={id} value={id}>
            S{id} alone
          </option>
        ))}
      </select>
    </label>
  );
}

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

const profileChoices = (Object.keys(profileTexts) as ProfileName[]).map((name) => [name, name] as const);

const isWrong = (values: OptionValues): boolean =>
  shownGroups.some(({ options }) => options.some(({ name, kind }) => valueProblem(kind, values[name]) !== null));
