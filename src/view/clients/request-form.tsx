import { type FormEvent, useRef, useState } from "react";
import { nextPut } from "../../store/group.ts";
import { page } from "../../store/page.ts";
import { lab, labState, useLab } from "../../store/use-lab.ts";
import { Choice } from "../kit/form/choice.tsx";
import { DialogFrame } from "../kit/form/frame.tsx";
import "../kit/form/form.css";

type Op = "put" | "get" | "delete";

/** What the recording's format allows in a key or a value. */
const wordMax = 64;

function operation(op: Op, key: string, value: string) {
  return op === "put" ? { op, key, value } : { op, key };
}

/** A client's request in full: what, which key, and to whom. */
export function RequestForm() {
  const servers = useLab((state) => state.frame?.servers);
  const [op, setOp] = useState<Op>("put");
  const [key, setKey] = useState("x");
  const [value, setValue] = useState(() => {
    const next = nextPut(labState());
    return next.op === "put" ? next.value : "1";
  });
  const [server, setServer] = useState(() => {
    const { selection } = labState();
    return selection?.kind === "server" ? selection.id : 0;
  });
  const keyField = useRef<HTMLInputElement>(null);
  const send = (event: FormEvent) => {
    event.preventDefault();
    lab.act({ do: "request", operation: operation(op, key, value), ...(server === 0 ? {} : { server }) });
    page.closeDialog();
  };
  return (
    <DialogFrame
      title="Client request"
      about="A client asks the replicated key-value store."
      size="small"
      focus={keyField}
    >
      <form onSubmit={send}>
        <div className="form-row">
          <span>Operation</span>
          <Choice<Op>
            label="Operation"
            value={op}
            onChange={setOp}
            options={[
              ["put", "Write"],
              ["get", "Read"],
              ["delete", "Delete"],
            ]}
          />
        </div>
        <label className="form-row">
          <span>Key</span>
          <input
            ref={keyField}
            className="ui-field ui-figures"
            value={key}
            required
            maxLength={wordMax}
            onChange={(e) => setKey(e.target.value)}
          />
        </label>
        {op === "put" && (
          <label className="form-row">
            <span>Value</span>
            <input
              className="ui-field ui-figures"
              value={value}
              maxLength={wordMax}
              onChange={(e) => setValue(e.target.value)}
            />
          </label>
        )}
        <label className="form-row">
          <span>To</span>
          <select className="ui-field" value={server} onChange={(e) => setServer(Number(e.target.value))}>
            <option value={0}>the leader it knows</option>
            {servers?.map(({ id }) => (
              <option key={id} value={id}>
                S{id}
              </option>
            ))}
          </select>
        </label>
        <div className="form-buttons">
          <button type="submit" className="ui-button ui-dark">
            Send
          </button>
        </div>
      </form>
    </DialogFrame>
  );
}
