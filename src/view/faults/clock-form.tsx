import { useState } from "react";
import type { ServerId } from "../../base/units.ts";
import { limits } from "../../scenario/limits.ts";
import { page } from "../../store/page.ts";
import { lab, labState, useLab } from "../../store/use-lab.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import { NumberField } from "../kit/form/fields.tsx";
import { Form, FormRow, LabelRow } from "../kit/form/form.tsx";
import { DialogFrame } from "../kit/form/frame.tsx";
import { type Option, Select } from "../kit/form/select.tsx";
import { clockWords } from "../kit/words/clock-words.ts";

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
      <LabelRow title="Server">
        <Select<ServerId> value={id} options={servers.map(clockOption)} onChange={setId} />
      </LabelRow>
      {server !== undefined && <Setting key={id} server={server} />}
    </DialogFrame>
  );
}

const clockOption = ({ id, clock }: ServerView): Option<ServerId> => [
  id,
  clock === null ? `S${id}` : `S${id}, ${clockWords(clock)}`,
];

function Setting({ server }: { readonly server: ServerView }) {
  const [aheadMs, setAheadMs] = useState(() => Math.round((server.clock?.ahead ?? 0) / 1000));
  const [percent, setPercent] = useState((server.clock?.drift ?? 0) / ppmPerPercent);
  const set = (): void => {
    const [offset, drift] = [Math.round(aheadMs * 1000), Math.round(percent * ppmPerPercent)];
    lab.act({ do: "clock", server: server.id, offset, drift });
    page.closeDialog();
  };
  return (
    <Form verb="Set the clock" onSubmit={set}>
      <FormRow title="Ahead by" unit="ms; less than 0: behind">
        <NumberField
          label="Ahead of true time, in milliseconds"
          min={-limits.clockMs}
          max={limits.clockMs}
          step={1}
          value={aheadMs}
          onChange={setAheadMs}
        />
      </FormRow>
      <FormRow title="Too fast by" unit="%; less than 0: slow">
        <NumberField
          label="Too fast, in percent"
          min={-limits.clockSlow / ppmPerPercent}
          max={limits.clockFast / ppmPerPercent}
          step="any"
          value={percent}
          onChange={setPercent}
        />
      </FormRow>
    </Form>
  );
}
