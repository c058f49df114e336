import { type FormEvent, type ReactElement, useState } from "react";
import { page } from "../../store/page.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import type { LoadOrder } from "../../world/state/clients.ts";
import type { ReadMode } from "../../world/state/commands.ts";
import { Choice } from "../kit/form/choice.tsx";
import { NumberField } from "../kit/form/fields.tsx";
import { DialogFrame } from "../kit/form/frame.tsx";
import { firstLoad, type LoadWish, loadMost } from "./load.ts";
import { useLoad } from "./use-load.ts";
import "../kit/form/form.css";

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
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    lab.act({ do: "load", ...(wish as LoadOrder) });
    page.closeDialog();
  };
  return (
    <DialogFrame title="A load" about="Clients ask by themselves from now on, and in the recording." size="small">
      <form onSubmit={submit}>
        <div className="form-row">
          <span>Clients ask</span>
          <Choice label="Clients ask" value={wish.mode} options={modes} onChange={(mode) => change({ mode })} />
        </div>
        <p className="form-note">{modeWords[wish.mode]}</p>
        <Amount title="Requests a second" name="perSecond" least={1} {...{ wish, change }} />
        <Amount title="Clients" name="clients" least={1} {...{ wish, change }} />
        <Amount title="Reads" name="reads" least={0} unit="%, the rest writes" {...{ wish, change }} />
        {wish.reads > 0 && <ReadsServed value={wish.read} onChange={(read) => setWish(withRead(wish, read))} />}
        <Amount title="Keys" name="keys" least={1} {...{ wish, change }} />
        <Sessions />
        <div className="form-buttons">
          {running !== null && (
            <button type="button" className="ui-button" onClick={stop}>
              Stop it
            </button>
          )}
          <button type="submit" className="ui-button ui-dark">
            {running === null ? "Start" : "Change it"}
          </button>
        </div>
      </form>
    </DialogFrame>
  );
}

function stop(): void {
  lab.act({ do: "load", perSecond: 0 });
  page.closeDialog();
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
    <div className="form-row">
      <span>{title}</span>
      <span className="form-inputs">
        <NumberField
          label={title}
          value={wish[name]}
          min={least}
          max={loadMost[name]}
          step={1}
          onChange={(value) => change({ [name]: value })}
        />
        {unit !== undefined && <span className="form-unit">{unit}</span>}
      </span>
    </div>
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
    <label className="form-row">
      <span>Reads are served</span>
      <select className="ui-field" value={value ?? ""} onChange={(event) => onChange(event.target.value)}>
        <option value="">as the run says: {readNames[usual]}</option>
        {Object.entries(readNames).map(([mode, words]) => (
          <option key={mode} value={mode}>
            {words}
          </option>
        ))}
      </select>
    </label>
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
