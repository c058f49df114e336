import { type FormEvent, useState } from "react";
import type { ServerId } from "../../base/units.ts";
import { limits } from "../../scenario/limits.ts";
import { page } from "../../store/page.ts";
import { lab, labState, useLab } from "../../store/use-lab.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { NumberField } from "../kit/form/fields.tsx";
import { DialogFrame } from "../kit/form/frame.tsx";
import { clockWords } from "../kit/words/clock-words.ts";
import "../kit/form/form.css";

const ppmPerPercent = 10_000;

/** A machine's own clock: how far it is off, and how fast it goes. */
export function ClockForm() {
  const servers = useLab((state) => state.frame?.servers) ?? [];
  const [id, setId] = useState<ServerId>(() => {
    const { selection } = labState();
    return selection?.kind === "server" ? selection.id : 1;
  });
  const server = servers.find((one) => one.id === id);
  return (
    <DialogFrame
      title="Set a clock"
      about="All timers of a machine go by its own clock: elections, heartbeats, and a lease."
      size="small"
    >
      <label className="form-row">
        <span>Server</span>
        <select className="ui-field" value={id} onChange={(e) => setId(Number(e.target.value))}>
          {servers.map((one) => (
            <option key={one.id} value={one.id}>
              S{one.id}
              {one.clock === null ? "" : `, ${clockWords(one.clock)}`}
            </option>
          ))}
        </select>
      </label>
      {server !== undefined && <Setting key={id} server={server} />}
    </DialogFrame>
  );
}

function Setting({ server }: { readonly server: ServerView }) {
  const [aheadMs, setAheadMs] = useState(() => Math.round((server.clock?.ahead ?? 0) / 1000));
  const [percent, setPercent] = useState((server.clock?.drift ?? 0) / ppmPerPercent);
  const set = (event: FormEvent) => {
    event.preventDefault();
    const [offset, drift] = [Math.round(aheadMs * 1000), Math.round(percent * ppmPerPercent)];
    lab.act({ do: "clock", server: server.id, offset, drift });
    page.closeDialog();
  };
  return (
    <form onSubmit={set}>
      <div className="form-row">
        <span>Ahead by</span>
        <span className="form-inputs">
          <NumberField
            label="Ahead of true time, in milliseconds"
            min={-limits.clockMs}
            max={limits.clockMs}
            step={1}
            value={aheadMs}
            onChange={setAheadMs}
          />
          <span className="form-unit">ms; less than 0: behind</span>
        </span>
      </div>
      <div className="form-row">
        <span>Too fast by</span>
        <span className="form-inputs">
          <NumberField
            label="Too fast, in percent"
            min={-limits.clockSlow / ppmPerPercent}
            max={limits.clockFast / ppmPerPercent}
            step={0.0001}
            value={percent}
            onChange={setPercent}
          />
          <span className="form-unit">%; less than 0: slow</span>
        </span>
      </div>
      <div className="form-buttons">
        <button type="submit" className="ui-button ui-dark">
          Set the clock
        </button>
      </div>
    </form>
  );
}
