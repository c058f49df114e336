import { FolderOpen } from "lucide-react";
import { type ReactElement, useEffect, useId, useState } from "react";
import { pickFile } from "../../store/files.ts";
import { openPasted } from "../../store/given.ts";
import { page } from "../../store/page.ts";
import { session } from "../../store/use-lab.ts";
import type { ToldFormat } from "../../worker/protocol/told.ts";
import "../kit/form/form.css";
import { DialogFrame } from "../kit/form/frame.tsx";
import "./told.css";

/** Where one gives the page what another Raft wrote. */
export function OpenLog(): ReactElement {
  const [typed, setTyped] = useState("");
  const formats = useFormats();
  const id = useId();
  return (
    <DialogFrame
      title="Open a log of another Raft"
      about="It is read on this computer, and nothing of it leaves it. What the log does not tell is shown as unknown."
      size="medium"
    >
      <label className="form-heading" htmlFor={id}>
        Paste it here
      </label>
      <textarea
        id={id}
        className="ui-field told-patterns"
        spellCheck={false}
        rows={8}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <div className="form-buttons">
        <button
          type="button"
          className="ui-button"
          onClick={() => {
            page.closeDialog();
            pickFile();
          }}
        >
          <FolderOpen size={16} strokeWidth={1.8} aria-hidden="true" />
          Choose files …
        </button>
        <button
          type="button"
          className="ui-button ui-dark"
          disabled={typed.trim() === ""}
          onClick={() => {
            page.closeDialog();
            openPasted({ files: [], text: typed });
          }}
        >
          Open
        </button>
      </div>
      <p className="form-note">
        Files may also be dropped anywhere on the page. Several at once are one run: their lines are merged by time.
      </p>
      <section className="form-section">
        <h3 className="form-heading">What can be read</h3>
        <ul className="told-list">
          {formats.map(({ name, title }) => (
            <li key={name}>{title}</li>
          ))}
        </ul>
      </section>
    </DialogFrame>
  );
}

function useFormats(): readonly ToldFormat[] {
  const [formats, setFormats] = useState<readonly ToldFormat[]>([]);
  useEffect(() => {
    void session.readable({}).then((answer) => setFormats(answer?.formats ?? []));
  }, []);
  return formats;
}
