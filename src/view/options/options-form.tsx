import { type ReactElement, useEffect, useState } from "react";
import type { ServerId } from "../../base/units.ts";
import { valueText } from "../../scenario/option-kinds.ts";
import { notChanged, optionsAct, type ShownOption } from "../../store/option-changes.ts";
import {
  type OptionJson,
  type OptionName,
  sameValue,
  shownGroups,
  valueProblem,
  valuesLater,
  valuesNow,
} from "../../store/options.ts";
import { page } from "../../store/page.ts";
import { type RunSettings, runSettings } from "../../store/run-settings.ts";
import { lab, labState, useLab } from "../../store/use-lab.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { Form, FormRow } from "../kit/form/form.tsx";
import { DialogFrame } from "../kit/form/frame.tsx";
import { OptionControl } from "../kit/form/option-control.tsx";
import { type Option, Select } from "../kit/form/select.tsx";
import { Worded } from "../kit/worded/worded.tsx";
import { citation } from "../kit/words/words.ts";
import "./options-form.css";

const everybody = 0;

/** Another value of one option, for one server or for all, from now on. */
export function OptionsForm(): ReactElement {
  const servers = useLab((state) => state.frame?.servers) ?? [];
  const [settings, setSettings] = useState<RunSettings | null>(null);
  const [whose, setWhose] = useState<ServerId>(() => {
    const { selection } = labState();
    return selection?.kind === "server" ? selection.id : everybody;
  });
  const [name, setName] = useState<OptionName>("electionTimeoutMs");
  useEffect(() => void runSettings().then(setSettings), []);
  const option = shownGroups.flatMap(({ options }) => options).find((one) => one.name === name)!;
  return (
    <DialogFrame
      title="Change an option"
      about="From now on, while the run goes on. It becomes part of the recording."
      size="medium"
    >
      <FormRow title="Server">
        <Select<ServerId>
          label="Server"
          value={whose}
          options={[[everybody, "All servers"], ...servers.map(named)]}
          onChange={setWhose}
        />
      </FormRow>
      <FormRow title="Option">
        <Select<OptionName> label="Option" className="change-option" value={name} groups={groups} onChange={setName} />
      </FormRow>
      <p className="change-about">
        <Worded text={option.text.replace(/\.$/, "")} /> ({citation(option.section)}).
      </p>
      {settings === null || servers[0] === undefined ? (
        <p className="form-note">Reading the recording …</p>
      ) : (
        <Value key={`${whose} ${name}`} {...{ settings, servers, whose, option }} />
      )}
    </DialogFrame>
  );
}

const named = ({ id }: ServerView): Option<ServerId> => [id, `S${id}`];
const groups = shownGroups.map(({ title, options }) => ({
  title,
  options: options.map(({ name, title }): Option<OptionName> => [name, title]),
}));

interface ValueProps {
  readonly settings: RunSettings;
  readonly servers: readonly ServerView[];
  readonly whose: ServerId;
  readonly option: ShownOption;
}

function Value({ settings, servers, whose, option }: ValueProps): ReactElement {
  const { name, kind } = option;
  const asked = servers.filter(({ id }) => whose === everybody || id === whose);
  const now = asked.map((server) => valuesNow(settings, server)[name]);
  const [value, setValue] = useState<OptionJson>(now[0]!);
  const fixed = notChanged(option, whose);
  const problem = fixed ?? valueProblem(kind, value);
  const change = (): void => {
    if (problem !== null) return;
    lab.act(optionsAct(whose, name, value));
    page.closeDialog();
  };
  return (
    <Form
      verb="Change it"
      disabled={problem !== null}
      problem={fixed === null ? (problem ?? "") : ""}
      onSubmit={change}
    >
      {fixed === null ? (
        <FormRow title={option.title}>
          <OptionControl option={option} value={value} onChange={setValue} />
        </FormRow>
      ) : (
        <p className="change-when">{fixed}</p>
      )}
      <p className="change-when">{presentText(option, asked, now)}</p>
      {fixed === null && <p className="change-when">{whenText(option)}</p>}
    </Form>
  );
}

/** "Now: 50 ms." or "Now: S1 50 ms, S2 20 ms." and what waits. */
function presentText({ name, kind }: ShownOption, asked: readonly ServerView[], now: readonly OptionJson[]): string {
  const alike = now.every((value) => sameValue(value, now[0]!));
  const each = asked.map(({ id }, at) => `S${id} ${valueText(kind, now[at]!)}`).join(", ");
  const waits = asked.flatMap((server) => {
    const later = valuesLater(server)[name];
    return later === undefined ? [] : [` S${server.id} reads ${valueText(kind, later)} when it starts again.`];
  });
  return `Now: ${alike ? valueText(kind, now[0]!) : each}.${waits.join("")}`;
}

function whenText({ takes, why }: ShownOption): string {
  return takes === "atOnce"
    ? `Followed at once: ${why}.`
    : `Read when a server starts again, for ${why}. A server that is down reads it as it starts.`;
}
