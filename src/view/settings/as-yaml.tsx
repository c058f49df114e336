import { FileCode } from "lucide-react";
import { type ReactElement, useState } from "react";
import { setupAsYaml } from "../../store/run-settings.ts";
import { copy } from "../../store/sharing.ts";
import "./as-yaml.css";

/** The set-up as servers of Raft are configured: to be read, copied, and opened again. */
export function AsYaml(): ReactElement {
  const [text, setText] = useState<string | null>("");
  const [copied, setCopied] = useState(false);
  const open = async (isOpen: boolean): Promise<void> => {
    if (isOpen) setText(await setupAsYaml());
  };
  return (
    <details className="as-yaml" onToggle={(event) => void open(event.currentTarget.open)}>
      <summary>
        <FileCode size={16} strokeWidth={1.8} aria-hidden="true" />
        As YAML
      </summary>
      <p className="form-note">How this run begins, as raft.yaml. Paste or drop it anywhere on the page to open it.</p>
      {text === null ? (
        <p className="form-problem">The set-up cannot be had now. Close this and open it again.</p>
      ) : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with keys */}
          <section className="as-yaml-text" tabIndex={0} aria-label="The set-up as YAML">
            {text}
          </section>
          <button
            type="button"
            className="ui-button"
            disabled={text === ""}
            onClick={async () => setCopied(await copy(Promise.resolve(text)))}
          >
            {copied ? "Copied" : "Copy the set-up"}
          </button>
        </>
      )}
    </details>
  );
}
