import { Fragment, type ReactElement, type ReactNode, useId } from "react";
import type { ServerId } from "../../../base/units.ts";
import { MillisPair } from "../form/fields.tsx";
import { groupOptions, type Option, Select, serverOptions } from "../form/select.tsx";
import type { Scene } from "./scene.ts";
import { boundsOf, type FieldValue, firstValue, isAsked, type LinkChoice, type Parameter } from "./values.ts";
import "./fields.css";

interface FieldProps<V extends FieldValue = FieldValue> {
  readonly parameter: Parameter;
  readonly value: V;
  readonly scene: Scene;
  readonly onChange: (value: FieldValue) => void;
}

/** One parameter of a fault, as a row of the form. */
export function Field(props: FieldProps): ReactElement | null {
  const { parameter, scene } = props;
  if (!isAsked(parameter, scene)) return null;
  return (
    <FieldRow title={fullTitle(parameter)}>
      <FieldInputs {...props} />
    </FieldRow>
  );
}

/** A row whose inputs are one group under its title. */
export function FieldRow({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  const id = useId();
  return (
    <div className="form-row fault-row">
      <span id={id}>{title}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: a row of the form's grid, not a frame around it */}
      <div className="form-inputs" role="group" aria-labelledby={id}>
        {children}
      </div>
    </div>
  );
}

/** With what it means to leave it out, where that is possible. */
const fullTitle = ({ title, leftOut }: Parameter): string => (leftOut === undefined ? title : `${title} (${leftOut})`);

/** What one parameter is typed into. */
export function FieldInputs({ parameter, value, scene, onChange }: FieldProps): ReactElement {
  switch (value.is) {
    case "server":
      return (
        <ServerSelect
          label={parameter.title}
          servers={scene.servers}
          value={value.server}
          onChange={(server) => onChange({ is: "server", server })}
        />
      );
    case "servers":
      return <Servers {...{ parameter, value, scene, onChange }} />;
    case "links":
      return <Links {...{ parameter, value, scene, onChange }} />;
    case "groups":
      return <Groups {...{ parameter, value, scene, onChange }} />;
    case "pair":
      return (
        <MillisPair
          label={parameter.title}
          value={value.pair}
          min={boundsOf(parameter)[0]}
          onChange={(pair) => onChange({ is: "pair", pair })}
        />
      );
    case "number":
      if (parameter.is === "raftGroup") return <RaftGroup {...{ parameter, value, scene, onChange }} />;
      return parameter.optional === true ? (
        <OptionalNumber {...{ parameter, value, scene, onChange }} />
      ) : (
        <PlainNumber {...{ parameter, value, scene, onChange }} />
      );
    case "word":
      return <Words {...{ parameter, value, scene, onChange }} />;
  }
}

interface ServerSelectProps {
  readonly label: string;
  readonly servers: readonly ServerId[];
  readonly value: ServerId;
  readonly onChange: (server: ServerId) => void;
}

const ServerSelect = ({ servers, ...rest }: ServerSelectProps): ReactElement => (
  <Select {...rest} options={serverOptions(servers)} />
);

type Of<Is extends FieldValue["is"]> = FieldProps<Extract<FieldValue, { readonly is: Is }>>;

function Servers({ value, scene, onChange }: Of<"servers">): ReactElement {
  const toggled = (id: ServerId): readonly ServerId[] =>
    scene.servers.filter((one) => (one === id ? !value.servers.includes(id) : value.servers.includes(one)));
  return (
    <>
      {scene.servers.map((id) => (
        <button
          key={id}
          type="button"
          className="fault-chip"
          aria-pressed={value.servers.includes(id)}
          onClick={() => onChange({ is: "servers", servers: toggled(id) })}
        >
          S{id}
        </button>
      ))}
    </>
  );
}

export const linkWords: Readonly<Record<LinkChoice, string>> = {
  all: "all links",
  both: "between",
  one: "only from",
  of: "all links of",
};

function Links({ parameter, value, scene, onChange }: Of<"links">): ReactElement {
  const choices = (Object.keys(linkWords) as LinkChoice[]).filter((which) => which !== "all" || parameter.optional);
  const change = (part: Partial<typeof value>) => onChange({ ...value, ...part });
  return (
    <>
      <Select
        label="Which links"
        value={value.which}
        options={choices.map((which) => [which, linkWords[which]])}
        onChange={(which) => change({ which })}
      />
      <LinkEnds {...{ value, scene, onChange }} />
    </>
  );
}

type LinksValue = Extract<FieldValue, { readonly is: "links" }>;

/** The servers that the choice of links is about. */
export function LinkEnds({ value, scene, onChange }: Omit<FieldProps<LinksValue>, "parameter">): ReactElement {
  const change = (part: Partial<LinksValue>) => onChange({ ...value, ...part });
  return (
    <>
      {value.which !== "all" && (
        <ServerSelect
          label="One end"
          servers={scene.servers}
          value={value.from}
          onChange={(from) => change({ from })}
        />
      )}
      {(value.which === "both" || value.which === "one") && (
        <>
          <span className="form-unit">{value.which === "both" ? "and" : "to"}</span>
          <ServerSelect label="Other end" servers={scene.servers} value={value.to} onChange={(to) => change({ to })} />
        </>
      )}
    </>
  );
}

const groupNames = ["A", "B", "C"];

/** Which side each server is on. */
function Groups({ value, scene, onChange }: Of<"groups">): ReactElement {
  const groupOf = (id: ServerId): number =>
    Math.max(
      0,
      value.groups.findIndex((group) => group.includes(id)),
    );
  const moved = (id: ServerId, to: number) =>
    groupNames.map((_, place) => scene.servers.filter((one) => (one === id ? to : groupOf(one)) === place));
  return (
    <>
      {scene.servers.map((id) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the field is its child
        <label key={id} className="fault-side">
          S{id}
          <Select
            value={groupOf(id)}
            options={groupNames.map((name, place) => [place, name])}
            onChange={(to) => onChange({ is: "groups", groups: moved(id, to) })}
          />
        </label>
      ))}
    </>
  );
}

function unitOf(parameter: Parameter): string {
  if (parameter.is === "time") return "ms";
  if (parameter.is === "chance" || parameter.is === "ppm") return "%";
  return parameter.is === "whole" ? parameter.unit : "";
}

function PlainNumber({ parameter, value, onChange }: Of<"number">): ReactElement {
  const [min, max] = boundsOf(parameter);
  return (
    <>
      <input
        type="number"
        className="ui-field form-number"
        aria-label={parameter.title}
        min={min}
        max={max}
        step={parameter.is === "whole" ? 1 : "any"}
        value={value.number ?? ""}
        onChange={(e) => onChange({ is: "number", number: e.target.value === "" ? null : Number(e.target.value) })}
      />
      <span className="form-unit">{unitOf(parameter)}</span>
    </>
  );
}

/** A number, or nothing; what nothing means the title says. */
function OptionalNumber(props: Of<"number">): ReactElement {
  const { parameter, value, scene, onChange } = props;
  const first = firstValue(parameter, scene);
  const on = value.number !== null;
  return (
    <>
      <label className="fault-check">
        <input
          type="checkbox"
          aria-label={parameter.title}
          checked={on}
          onChange={() => onChange(on ? { is: "number", number: null } : first)}
        />
      </label>
      {on && <PlainNumber {...props} />}
    </>
  );
}

function RaftGroup({ parameter, value, scene, onChange }: Of<"number">): ReactElement {
  return (
    <Select
      label={parameter.title}
      value={value.number ?? 1}
      options={groupOptions(scene.raftGroups)}
      onChange={(number) => onChange({ is: "number", number })}
    />
  );
}

const notChosen: Option<string> = ["", "not chosen"];

function Words({ parameter, value, onChange }: Of<"word">): ReactElement {
  if (parameter.is !== "choice") return <Fragment />;
  return (
    <Select
      label={parameter.title}
      value={value.word ?? ""}
      options={parameter.optional ? [notChosen, ...parameter.words] : parameter.words}
      onChange={(word) => onChange({ is: "word", word: word === "" ? null : word })}
    />
  );
}
