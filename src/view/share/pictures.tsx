import { Image as ImageIcon } from "lucide-react";
import { type ReactElement, useState } from "react";
import { saveImage, savePicture } from "../../store/handing-over.ts";
import { labState } from "../../store/use-lab.ts";
import { asPng, type Pictured, pictured, pictureOf } from "./picture.ts";

export const pictureNames: Readonly<Record<Pictured, string>> = {
  both: "Picture and logs",
  stage: "Picture",
  logs: "Logs",
};

/** This moment for a slide or a paper. */
export function Pictures(): ReactElement {
  const [what, setWhat] = useState<Pictured>("both");
  const [said, setSaid] = useState("");
  const drawn = () => pictureOf(what, labState().frame?.servers ?? []);
  const failed = "The picture could not be made.";
  return (
    <details className="snippet">
      <summary>
        <ImageIcon size={16} strokeWidth={1.8} aria-hidden="true" />
        Take a picture
      </summary>
      <div className="share-pictures">
        <select
          className="ui-field"
          aria-label="What is on the picture"
          value={what}
          onChange={(e) => setWhat(e.target.value as Pictured)}
        >
          {pictured.map((each) => (
            <option key={each} value={each}>
              {pictureNames[each]}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="ui-button"
          onClick={async () => {
            setSaid(
              (await copyImage(drawn())) ? "Copied." : "The browser does not let the page copy a picture: save it.",
            );
          }}
        >
          Copy
        </button>
        <button
          type="button"
          className="ui-button"
          onClick={async () => {
            const svg = await drawn();
            const png = svg && (await asPng(svg));
            if (png) saveImage(png);
            setSaid(png ? "" : failed);
          }}
        >
          Save as PNG
        </button>
        <button
          type="button"
          className="ui-button"
          onClick={async () => {
            const svg = await drawn();
            if (svg !== null) savePicture(svg);
            setSaid(svg === null ? failed : "");
          }}
        >
          Save as SVG
        </button>
        <span className="share-note" role="status">
          {said}
        </span>
      </div>
    </details>
  );
}

/** Browsers copy pictures as points alone, and some only a promise that is there while the press is handled. */
async function copyImage(drawn: Promise<string | null>): Promise<boolean> {
  try {
    const made = drawn.then((svg) => (svg === null ? null : asPng(svg)));
    const png = made.then((blob) => blob ?? Promise.reject(new Error("no picture")));
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
    return true;
  } catch {
    return false;
  }
}
