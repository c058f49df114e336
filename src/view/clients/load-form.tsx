import { type ReactElement, useState } from "react";
import { page } from "../../store/page.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import type { LoadOrder } from "../../world/state/clients.ts";
import type { ReadMode } from "../../world/state/commands.ts";
import { Choice } from "../kit/form/choice.tsx";
import { NumberField } from "../kit/form/fields.tsx";
import { Form, FormRow, LabelRow } from "../kit/form/form.tsx";
import { DialogFrame } from "../kit/form/frame.tsx";
import { Select } from "../kit/form/select.tsx";
import { firstLoad, type LoadWish, loadMost } from "./load.ts";
import { useLoad } from "./use-load.ts";

const modes = [
  ["open", "at a rate"],
  ["closed", "when answered"],
] as const;
const modeWords: Readonly<Record<LoadWish["mode"], string>> = {
  open: "An open loop: they ask at this rate, whatever becomes of the requests.",
  closed: "A closed loop: each asks again once it is answered; all together no more often than this.",
};

/** What `load …` says in a line, as fields. */
export function LoadForm(): ReactElement {
  const running = useLoad();
  const [wish, setWish] = useState<LoadWish>(running ?? firstLoad);
  const change = (part: Partial<LoadWish>): void => setWish({ ...wish, ...part });
  const submit = (): void => {
    lab.act({ do: "load", ...(wish as LoadOrder) });
    page.closeDialog();
  };
  return (
    <DialogFrame title="A load" about="Clients ask by themselves from now on, and in the recording." size="small">
      <Form verb={running === null ? "Start" : "Change it"} beside={running !== null && <Stop />} onSubmit={submit}>
        <FormRow title="Clients ask">
          <Choice label="Clients ask" value={wish.mode} options={modes} onChange={(mode) => change({ mode })} />
        </FormRow>
        <p className="form-note">{modeWords[wish.mode]}</p>
        <Amount title="Requests a second" name="perSecond" least={1} {...{ wish, change }} />
        <Amount title="Clients" name="clients" least={1} {...{ wish, change }} />
        <Amount title="Reads" name="reads" least={0} unit="%, the rest writes" {...{ wish, change }} />
        {wish.reads > 0 && <ReadsServed value={wish.read} onChange={(read) => setWish(withRead(wish, read))} />}
        <Amount title="Keys" name="keys" least={1} {...{ wish, change }} />
        <Sessions />
      </Form>
    </DialogFrame>
  );
}

function Stop(): ReactElement {
  const stop = (): void => {
    lab.act({ do: "load", perSecond: 0 });
    page.closeDialog();
  };
  return (
    <button type="button" className="ui-button" onClick={stop}>
      Stop it
    </button>
  );
}

function withRead({ read: _, ...wish }: LoadWish, read: string): LoadWish {
  return read === "" ? wish : { ...wish, read };
}

interface AmountProps {
  readonly title: string;
  readonly name: keyof typeof loadMost;
  readonly least: number;
  readonly unit?: string;
  readonly wish: LoadWish;
  readonly change: (part: Partial<LoadWish>) => void;
}

function Amount({ title, name, least, unit, wish, change }: AmountProps): ReactElement {
  return (
    <FormRow title={title} unit={unit}>
      <NumberField
        label={title}
        value={wish[name]}
        min={least}
        max={loadMost[name]}
        step={1}
        onChange={(value) => change({ [name]: value })}
      />
    </FormRow>
  );
}

/** What each way to serve a read is called, as elsewhere on the page. */
const readNames: Readonly<Record<ReadMode, string>> = {
  log: "through the log",
  index: "by ReadIndex",
  lease: "by the lease",
  stale: "stale, by whoever is asked",
};

interface ReadsProps {
  readonly value: string | undefined;
  readonly onChange: (read: string) => void;
}

function ReadsServed({ value, onChange }: ReadsProps): ReactElement {
  const usual = useLab((state) => state.frame?.clients.reads ?? "log");
  return (
    <LabelRow title="Reads are served">
      <Select
        value={value ?? ""}
        options={[["", `as the run says: ${readNames[usual]}`], ...Object.entries(readNames)]}
        onChange={onChange}
      />
    </LabelRow>
  );
}

/** Decided when a run begins. */
function Sessions(): ReactElement {
  const sessions = useLab((state) => state.frame?.clients.settings.sessions ?? false);
  return (
    <p className="form-note">
      {sessions
        ? "Clients of this run open sessions first: what they repeat is executed once (§8)."
        : "Clients of this run have no sessions: what they repeat may be executed twice (§8). A new run can give them some."}
    </p>
  );
}
