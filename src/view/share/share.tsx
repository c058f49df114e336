import { Check, ChevronRight, Copy, Download, FileOutput, FolderOpen } from "lucide-react";
import { type ReactElement, useEffect, useRef } from "react";
import { pickFile } from "../../store/files.ts";
import { saveFile } from "../../store/handing-over.ts";
import { page } from "../../store/page.ts";
import { copyAgain, type Sharing, useSharing } from "../../store/sharing.ts";
import { useLab } from "../../store/use-lab.ts";
import { DialogFrame } from "../kit/form/frame.tsx";
import { hotkeyParts } from "../kit/keys.ts";
import { Card } from "./card.tsx";
import { Pictures } from "./pictures.tsx";
import { Snippet } from "./snippet.tsx";
import "./share.css";

/** The link to this moment, copied already if the browser allows it; as a code for a room, as a frame for a page, and the same as a file. */
export function Share() {
  const { url, why, copied } = useSharing();
  const told = useLab((state) => state.info?.told);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (copied === "refused") field.current?.select();
  }, [copied]);
  return (
    <DialogFrame
      title="Share this moment"
      about={
        told === undefined
          ? "The link carries the whole run. Whoever opens it sees this moment, bit for bit, and can go on from here."
          : "No link can carry a run that was read from a log. Save it as a file, and open that elsewhere."
      }
      size="medium"
    >
      {told === undefined && (
        <div className="share-link">
          <div>
            <div className="share-row">
              <input
                ref={field}
                className="ui-field share-url"
                readOnly
                value={url ?? ""}
                aria-label="Link to this moment"
                onFocus={(e) => e.target.select()}
              />
              <CopyButton done={copied === "yes"} disabled={!url} onClick={() => void copyAgain()} />
            </div>
            <p className="share-note" role="status">
              {statusText({ url, why, copied })}
            </p>
            <p className="share-note">The run is in the part after “#”, which browsers never send to a server.</p>
          </div>
          {url ? <Card url={url} /> : null}
        </div>
      )}
      {url ? <Snippet url={url} /> : null}
      <Pictures />
      <button type="button" className="share-more" onClick={() => page.openDialog("export")}>
        <FileOutput size={16} strokeWidth={1.8} aria-hidden="true" />
        {told === undefined
          ? "Export for other programs, as a picture or a film"
          : "Export for other programs, as a picture"}
        <ChevronRight size={16} strokeWidth={1.8} aria-hidden="true" />
      </button>
      <div className="share-files">
        <button type="button" className="ui-button" onClick={() => void saveFile()}>
          <Download size={16} strokeWidth={1.8} aria-hidden="true" />
          {told === undefined
            ? "Save as .raft.json"
            : told.files.length === 1
              ? "Save what was read"
              : "Save what was read, in one file"}
        </button>
        <button type="button" className="ui-button" onClick={openOther}>
          <FolderOpen size={16} strokeWidth={1.8} aria-hidden="true" />
          Open a .raft.json
        </button>
        <span className="share-note ui-desk">or drop or paste one anywhere on the page</span>
      </div>
    </DialogFrame>
  );
}

interface CopyProps {
  readonly done: boolean;
  readonly disabled?: boolean;
  onClick(): void;
}

function CopyButton({ done, disabled = false, onClick }: CopyProps): ReactElement {
  const Icon = done ? Check : Copy;
  return (
    <button type="button" className="ui-button ui-dark share-copy" disabled={disabled} onClick={onClick}>
      <Icon size={16} strokeWidth={1.8} aria-hidden="true" />
      {done ? "Copied" : "Copy"}
    </button>
  );
}

function openOther(): void {
  page.closeDialog();
  pickFile();
}

function statusText({ url, why, copied }: Sharing): string {
  if (url === null) return `The link could not be made: ${why}`;
  if (url === "") return "Making the link …";
  const length = `${url.length} characters.`;
  if (copied === "yes") return `Copied. ${length}`;
  const keys = hotkeyParts("$mod+C").join("+");
  return copied === "refused" ? `${length} The browser does not let the page copy it: press ${keys}.` : length;
}
