import { type ReactElement, type RefObject, useRef, useState } from "react";
import type { ServerId } from "../../base/units.ts";
import { nextPut } from "../../store/group.ts";
import { page } from "../../store/page.ts";
import { lab, labState, useLab } from "../../store/use-lab.ts";
import { Choice } from "../kit/form/choice.tsx";
import { Form, FormRow, LabelRow } from "../kit/form/form.tsx";
import { DialogFrame } from "../kit/form/frame.tsx";
import { type Option, Select, serverOptions } from "../kit/form/select.tsx";

type Op = "put" | "get" | "delete";

/** What the recording's format allows in a key or a value. */
const wordMax = 64;

function operation(op: Op, key: string, value: string) {
  return op === "put" ? { op, key, value } : { op, key };
}

const ops: readonly (readonly [Op, string])[] = [
  ["put", "Write"],
  ["get", "Read"],
  ["delete", "Delete"],
];

/** A client's request in full: what, which key, and to whom. */
export function RequestForm(): ReactElement {
  const servers = useLab((state) => state.frame?.servers) ?? [];
  const { op, key, value, server, set, send } = useRequest();
  const keyField = useRef<HTMLInputElement>(null);
  const options: readonly Option<ServerId>[] = [
    [0, "the leader it knows"],
    ...serverOptions(servers.map(({ id }) => id)),
  ];
  return (
    <DialogFrame
      title="Client request"
      about="A client asks the replicated key-value store."
      size="small"
      focus={keyField}
    >
      <Form verb="Send" onSubmit={send}>
        <FormRow title="Operation">
          <Choice<Op> label="Operation" value={op} onChange={(to) => set({ op: to })} options={ops} />
        </FormRow>
        <LabelRow title="Key">
          <Word field={keyField} value={key} required onChange={(to) => set({ key: to })} />
        </LabelRow>
        {op === "put" && (
          <LabelRow title="Value">
            <Word value={value} onChange={(to) => set({ value: to })} />
          </LabelRow>
        )}
        <LabelRow title="To">
          <Select value={server} options={options} onChange={(to) => set({ server: to })} />
        </LabelRow>
      </Form>
    </DialogFrame>
  );
}

interface Request {
  readonly op: Op;
  readonly key: string;
  readonly value: string;
  /** 0: the leader that the client knows. */
  readonly server: ServerId;
}

/** The next write, to the selected server. */
function firstRequest(): Request {
  const next = nextPut(labState());
  const { selection } = labState();
  const server = selection?.kind === "server" ? selection.id : 0;
  return { op: "put", key: "x", value: next.op === "put" ? next.value : "1", server };
}

function useRequest() {
  const [request, setRequest] = useState(firstRequest);
  const { op, key, value, server } = request;
  const send = (): void => {
    lab.act({ do: "request", operation: operation(op, key, value), ...(server === 0 ? {} : { server }) });
    page.closeDialog();
  };
  return { ...request, set: (part: Partial<Request>) => setRequest((old) => ({ ...old, ...part })), send };
}

interface WordProps {
  readonly field?: RefObject<HTMLInputElement | null>;
  readonly value: string;
  readonly required?: boolean;
  onChange(value: string): void;
}

function Word({ field, onChange, ...rest }: WordProps): ReactElement {
  return (
    <input
      ref={field}
      className="ui-field ui-figures"
      maxLength={wordMax}
      onChange={(event) => onChange(event.target.value)}
      {...rest}
    />
  );
}
