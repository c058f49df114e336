import { type FormEvent, useState } from "react";
import {
  type OptionValues,
  type ProfileName,
  profileTexts,
  profileValues,
  shownGroups,
  valueProblem,
} from "../../store/options.ts";
import { page } from "../../store/page.ts";
import { openFresh, type RunSettings } from "../../store/run-settings.ts";
import { Choice } from "./choice.tsx";
import { NumberField } from "./fields.tsx";
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
  const choose = (name: ProfileName) => {
    setProfile(name);
    setOptions(profileValues[name]);
  };
  const open = (event: FormEvent) => {
    event.preventDefault();
    if (isWrong(options)) return;
    page.closeDialog();
    openFresh({ servers, groups, seed, profile, options });
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
      <OptionsPanel key={profile} values={options} onChange={setOptions} />
      <div className="form-buttons">
        <button type="submit" className="ui-button ui-dark" disabled={isWrong(options)}>
          Open a fresh run
        </button>
      </div>
    </form>
  );
}

const profileChoices: readonly (readonly [ProfileName, string])[] = [
  ["paper", "paper"],
  ["etcd", "etcd"],
];

const isWrong = (values: OptionValues): boolean =>
  shownGroups.some(({ options }) => options.some(({ name, kind }) => valueProblem(kind, values[name]) !== null));
