import { Copy, Download, ExternalLink } from "lucide-react";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { saveExported, saveFilm, saveImage, savePicture } from "../../store/handing-over.ts";
import { type Opened, openInPerfetto, perfettoIsReachable } from "../../store/perfetto.ts";
import { copy } from "../../store/sharing.ts";
import { lab, labState, session, useLab } from "../../store/use-lab.ts";
import type { Window } from "../../store/window.ts";
import type { ExportFormat } from "../../worker/protocol/export.ts";
import { DialogFrame } from "../kit/form/frame.tsx";
import { withFonts } from "../kit/svg-fonts.ts";
import { canFilm, filmOf } from "./film.ts";
import { groups, groupTitles, useFormats } from "./formats.ts";
import { asPng, type Pictured, pictured, pictureOf } from "./picture.ts";
import { pictureNames } from "./pictures.tsx";
import { useStretch } from "./stretch.tsx";
import "./export.css";

/** More is no text to paste. */
const copiedMost = 1_000_000;
const opened: Readonly<Record<Opened, string>> = {
  opened: "Perfetto has the trace.",
  blocked: "The browser does not let the page open a tab: save the trace, and open it in Perfetto.",
  unanswered: "Perfetto does not answer: save the trace, and open it there.",
  "no trace": "",
};

/** The run, or a part of it, as other programs take it; this moment as a picture. */
export function Export(): ReactElement {
  const isTold = useLab(({ info }) => info?.told !== undefined);
  const formats = useFormats(isTold);
  const [name, setName] = useState("mermaid");
  const { range, field } = useStretch();
  const [what, setWhat] = useState<Pictured>("both");
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState("");
  const done = useLab(({ working }) => (working?.kind === "export" ? working.done : null));
  const filmed = useRef<AbortController | null>(null);
  const [film, setFilm] = useState<number | null>(null);
  const cancel = (): void => {
    filmed.current?.abort();
    lab.cancel();
  };
  useCancelledAtEnd(busy, cancel);
  const format = formats.find((each) => each.name === name);
  const isMoment = name === "svg" || name === "png";

  const run = async (work: () => Promise<string>): Promise<void> => {
    setBusy(true);
    setSaid("");
    try {
      setSaid(await work());
    } finally {
      setBusy(false);
    }
  };
  const save = (): Promise<string> => {
    if (name === "svg" || name === "png") return savedMoment(name, what);
    if (name !== "webm") return saved(name, range);
    filmed.current = new AbortController();
    return savedFilm(range, setFilm, filmed.current.signal).finally(() => setFilm(null));
  };
  return (
    <DialogFrame
      title="Export"
      about={
        isTold ? aboutTold : "Everything is made on this computer, and nothing leaves it but what you hand to Perfetto."
      }
      size="large"
    >
      <div className="export-groups">
        {groups.map((group) => (
          <Group
            key={group}
            title={groupTitles[group]}
            formats={formats.filter((each) => each.group === group)}
            chosen={name}
            onChoose={(chosen) => {
              setName(chosen);
              setSaid("");
            }}
          />
        ))}
      </div>
      <div className="export-foot">
        {isMoment ? (
          <label className="export-stretch">
            Shows
            <select className="ui-field" value={what} onChange={(e) => setWhat(e.target.value as Pictured)}>
              {pictured.map((each) => (
                <option key={each} value={each}>
                  {pictureNames[each]}
                </option>
              ))}
            </select>
          </label>
        ) : (
          field
        )}
        <div className="export-buttons">
          {busy ? (
            <>
              <progress max={1} value={film ?? done ?? 0} aria-label="How far it is" />
              <button type="button" className="ui-button" onClick={cancel}>
                Cancel
              </button>
            </>
          ) : (
            <>
              {name === "perfetto" && perfettoIsReachable() && (
                <button
                  type="button"
                  className="ui-button"
                  onClick={() => void run(() => inPerfetto(range))}
                  aria-describedby="export-said"
                >
                  <ExternalLink size={16} strokeWidth={1.8} aria-hidden="true" />
                  Open in Perfetto
                </button>
              )}
              {format?.group === "people" && (
                <button type="button" className="ui-button" onClick={() => void run(() => copied(name, range))}>
                  <Copy size={16} strokeWidth={1.8} aria-hidden="true" />
                  Copy
                </button>
              )}
              <button
                type="button"
                className="ui-button ui-dark"
                disabled={format === undefined}
                onClick={() => void run(save)}
              >
                <Download size={16} strokeWidth={1.8} aria-hidden="true" />
                Save {format?.ending}
              </button>
            </>
          )}
        </div>
        <p className="export-said" id="export-said" role="status">
          {said !== "" || name !== "perfetto" || !perfettoIsReachable() ? said : aboutPerfetto}
        </p>
      </div>
    </DialogFrame>
  );
}

const aboutTold =
  "Everything is made on this computer. What was read from a log can be written as far as it tells: for the other formats the run would have to be executed, and nobody can execute it.";
const aboutPerfetto =
  "“Open in Perfetto” hands the trace to ui.perfetto.dev, a page of Google’s, which keeps it in your browser.";

interface GroupProps {
  readonly title: string;
  readonly formats: readonly ExportFormat[];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
}

function Group({ title, formats, chosen, onChoose }: GroupProps): ReactElement | null {
  if (formats.length === 0) return null;
  return (
    <fieldset className="export-group">
      <legend className="form-heading">{title}</legend>
      {formats.map(({ name, title: called, purpose, ending }) => (
        <label key={name} className="export-format">
          <input
            type="radio"
            name="export-format"
            value={name}
            checked={name === chosen}
            onChange={() => onChoose(name)}
          />
          <span className="export-title">
            {called} <code>{ending}</code>
          </span>
          <span className="export-purpose">{purpose}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Whoever closes the dialog does not want what is being written. */
function useCancelledAtEnd(busy: boolean, cancel: () => void): void {
  const now = useRef({ busy, cancel });
  now.current = { busy, cancel };
  useEffect(
    () => () => {
      if (now.current.busy) now.current.cancel();
    },
    [],
  );
}

// Each returns what is to be said of it.

async function saved(as: string, range: Window): Promise<string> {
  const made = await session.export({ as, ...range });
  if (made === null) return "Nothing is saved.";
  saveExported(made.type === "image/svg+xml" ? { ...made, text: await withFonts(made.text) } : made);
  return made.cut === "" ? `${made.name} is saved.` : `${made.name} is saved. ${made.cut}`;
}

async function copied(as: string, range: Window): Promise<string> {
  const making = session.export({ as, ...range });
  const fits = making.then((made) => (made !== null && made.text.length <= copiedMost ? made.text : null));
  const isCopied = await copy(fits);
  const made = await making;
  if (made === null) return "Nothing is copied.";
  if (made.text.length > copiedMost) return "That is too long to be copied: save it.";
  if (!isCopied) return "The browser does not let the page copy: save it.";
  return made.cut === "" ? "Copied." : `Copied. ${made.cut}`;
}

async function inPerfetto(range: Window): Promise<string> {
  let left = "";
  const how = await openInPerfetto(range, (cut) => {
    left = cut;
  });
  return left === "" ? opened[how] : `${opened[how]} ${left}`;
}

async function savedMoment(as: "svg" | "png", what: Pictured): Promise<string> {
  const svg = await pictureOf(what, labState().frame?.servers ?? []);
  const png = as === "png" && svg !== null ? await asPng(svg) : null;
  if (as === "svg" && svg !== null) savePicture(svg);
  else if (png !== null) saveImage(png);
  else return "The picture could not be made.";
  return "The picture is saved.";
}

async function savedFilm(range: Window, onDone: (share: number) => void, signal: AbortSignal): Promise<string> {
  if (!canFilm()) return "This browser cannot make films: save the picture that moves.";
  const made = await session.export({ as: "svg-animated", ...range });
  const film = made && (await filmOf(await withFonts(made.text), onDone, signal));
  if (made === null || film === null) return signal.aborted ? "Nothing is saved." : "The film could not be made.";
  saveFilm(film);
  return `The film is saved. ${made.cut}`.trimEnd();
}
