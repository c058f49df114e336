import { type ReactElement, useState } from "react";
import { page } from "../../store/page.ts";
import { lab, labState } from "../../store/use-lab.ts";
import type { FaultView } from "../../worker/protocol/faults.ts";
import { FieldInputs, FieldRow, LinkEnds, linkWords } from "../kit/faults/fields.tsx";
import { type Scene, sceneOf } from "../kit/faults/scene.ts";
import { type FieldValue, firstValue, isAsked, type LinkChoice, type Parameter } from "../kit/faults/values.ts";
import { MillisPair } from "../kit/form/fields.tsx";
import { Form, FormRow } from "../kit/form/form.tsx";
import { groupOptions, type Option, Select } from "../kit/form/select.tsx";
import { FaultAbout, FaultSelect } from "./fault-form.tsx";
import { freeNumbers, type NemesisWish, nemesisAct, nemesisPresets } from "./nemeses.ts";

/** One fault: how often, for how long, whom it hits, and which of its parameters are not left to chance. */
export function OneNemesis({ faults }: { readonly faults: readonly FaultView[] }): ReactElement {
  const { wish, fault, scene, problem, change, start } = useWish(faults);
  const chosen = Object.entries(fault.parameters).filter(
    ([name, parameter]) => name !== "for" && isAsked(parameter, scene),
  );
  return (
    <Form verb="Start" problem={problem} onSubmit={start}>
      <FormRow title="Fault">
        <FaultSelect
          catalogue={faults}
          value={fault.name}
          onChange={(name) => change({ fault: name as NemesisWish["fault"], given: {} })}
        />
      </FormRow>
      <FaultAbout fault={fault} />
      <Span title="Every" value={wish.every} min={10} onChange={(every) => change({ every })} />
      {"for" in fault.parameters && (
        <Span title="For" value={wish.for} min={1} onChange={(span) => change({ for: span })} />
      )}
      {chosen.map(([name, parameter]) => (
        <Row key={`${fault.name} ${name}`} {...{ name, parameter, fault, scene, wish, change }} />
      ))}
    </Form>
  );
}

/** What is wished for, why it cannot be, and how to start it. */
function useWish(faults: readonly FaultView[]) {
  const [scene] = useState(() => sceneOf(labState(), null));
  const [wish, setWish] = useState<NemesisWish>(nemesisPresets[0]!);
  const [problem, setProblem] = useState("");
  const fault = faults.find(({ name }) => name === wish.fault) ?? faults[0]!;
  const change = (part: Partial<NemesisWish>): void => {
    setWish({ ...wish, ...part });
    setProblem("");
  };
  const start = (): void => {
    const [id] = freeNumbers(labState().frame?.nemeses ?? [], 1);
    const made = nemesisAct(wish, fault, scene, id!);
    if ("problem" in made) {
      setProblem(made.problem);
      return;
    }
    lab.act(made.act);
    page.closeDialog();
  };
  return { scene, wish, fault, problem, change, start };
}

interface SpanProps {
  readonly title: string;
  readonly value: readonly [number, number];
  readonly min: number;
  onChange(value: readonly [number, number]): void;
}

function Span({ title, ...pair }: SpanProps): ReactElement {
  return (
    <div className="form-row fault-row">
      <span>{title}</span>
      <MillisPair label={title} {...pair} />
    </div>
  );
}

interface RowProps {
  readonly name: string;
  readonly parameter: Parameter;
  readonly fault: FaultView;
  readonly scene: Scene;
  readonly wish: NemesisWish;
  readonly change: (part: Partial<NemesisWish>) => void;
}

/**
 * One parameter: by chance at every strike, the leader where it says whom the fault hits, or chosen once. What may be left
 * out is left to chance, so its title stands alone.
 */
function Row(props: RowProps): ReactElement {
  const { name, parameter, fault, wish, change } = props;
  const { title } = parameter;
  const { [name]: value, ...others } = wish.given;
  const aims = fault.aims === name;
  const give = (given: FieldValue): void =>
    change({ given: { ...others, [name]: given }, ...(aims ? { leader: false } : {}) });
  const leave = (leader: boolean): void => change({ given: others, ...(aims ? { leader } : {}) });
  const leader = aims && wish.leader;
  const own: OwnProps = { ...props, title, value, aims, leader, give, leave };
  return (
    <FieldRow title={title}>{aims || listed.has(parameter.is) ? <Listed {...own} /> : <Switched {...own} />}</FieldRow>
  );
}

interface OwnProps extends RowProps {
  readonly title: string;
  /** Undefined: it is not chosen. */
  readonly value: FieldValue | undefined;
  /** It says whom the fault hits. */
  readonly aims: boolean;
  readonly leader: boolean;
  readonly give: (value: FieldValue) => void;
  /** To chance, or to whoever leads. */
  readonly leave: (leader: boolean) => void;
}

/** Of these one list says all: chance, the leader, or which one it is. */
const listed: ReadonlySet<Parameter["is"]> = new Set(["server", "links", "choice", "raftGroup"]);
const byChance: Option<string> = ["chance", "by chance"];
const leaderWords: Readonly<Partial<Record<Parameter["is"], string>>> = {
  links: "all links of the leader",
  groups: "the leader, alone",
};

function Listed({ title, parameter, scene, value, aims, leader, give, leave }: OwnProps): ReactElement {
  const choices = choicesOf(parameter, scene);
  const options = choices.map(([name, text]): Option<string> => [name, text]);
  const shown = value === undefined ? (leader ? "leader" : "chance") : shownAs(value);
  const leaders: readonly Option<string>[] = aims ? [["leader", leaderWords[parameter.is] ?? "the leader"]] : [];
  const over = value?.is === "servers" || value?.is === "groups";
  const choose = (to: string): void => {
    const chosen = choices.find(([name]) => name === to);
    if (chosen === undefined) leave(to === "leader");
    else give(chosen[2]);
  };
  return (
    <>
      <Select
        className={over ? "fault-select-over" : "fault-select"}
        label={title}
        value={shown}
        options={[byChance, ...leaders, ...options]}
        onChange={choose}
      />
      {value?.is === "links" && <LinkEnds value={value} scene={scene} onChange={give} />}
      {over && <FieldInputs parameter={parameter} value={value} scene={scene} onChange={give} />}
    </>
  );
}

type Chosen = readonly [name: string, text: string, value: FieldValue];

/** What can be chosen of a parameter, each with what it begins as. */
function choicesOf(parameter: Parameter, scene: Scene): readonly Chosen[] {
  const first = firstValue(parameter, scene);
  switch (parameter.is) {
    case "server":
      return scene.servers.map((server) => [`S${server}`, `S${server}`, { is: "server", server }]);
    case "links": {
      if (first.is !== "links") return [];
      return (Object.keys(linkWords) as LinkChoice[]).map((which) => [which, linkWords[which], { ...first, which }]);
    }
    case "choice":
      return parameter.words.map(([word, text]) => [word, text, { is: "word", word }]);
    case "raftGroup":
      return groupOptions(scene.raftGroups).map(([number]) => [
        String(number),
        String(number),
        { is: "number", number },
      ]);
    case "servers":
    case "groups":
    case "time":
    case "times":
    case "chance":
    case "ppm":
    case "whole":
      return [["chosen", "as chosen", first]];
  }
}

function shownAs(value: FieldValue): string {
  switch (value.is) {
    case "server":
      return `S${value.server}`;
    case "links":
      return value.which;
    case "word":
      return value.word ?? "chance";
    case "number":
      return String(value.number);
    case "servers":
    case "groups":
    case "pair":
      return "chosen";
  }
}

/** A tick says that it is not left to chance. */
function Switched({ title, parameter, scene, value, give, leave }: OwnProps): ReactElement {
  const { optional: _, ...needed } = parameter;
  return (
    <>
      <label className="fault-check">
        <input
          type="checkbox"
          aria-label={`${title}: not by chance`}
          checked={value !== undefined}
          onChange={() => (value === undefined ? give(firstValue(parameter, scene)) : leave(false))}
        />
      </label>
      {value === undefined ? (
        <span className="form-unit">by chance</span>
      ) : (
        <FieldInputs parameter={needed} value={value} scene={scene} onChange={give} />
      )}
    </>
  );
}
