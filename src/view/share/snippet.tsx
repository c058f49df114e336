import { Code } from "lucide-react";
import { type ReactElement, useRef, useState } from "react";
import { type EmbedPart, type EmbedTheme, embedParts, embedThemes, embedUrl, usualParts } from "../../store/embed.ts";
import { copy } from "../../store/sharing.ts";
import { labState } from "../../store/use-lab.ts";
import "./snippet.css";

const partNames: Readonly<Record<EmbedPart, string>> = {
  stage: "Picture",
  logs: "Logs",
  diagram: "Diagram",
  story: "Sentence",
  controls: "Time",
};
const themeNames: Readonly<Record<EmbedTheme, string>> = { host: "As the page", light: "Light", dark: "Dark" };

/** What somebody puts into a slide or a page of her own: this moment in a frame. */
export function Snippet({ url }: { readonly url: string }): ReactElement {
  const [parts, setParts] = useState(usualParts);
  const [theme, setTheme] = useState<EmbedTheme>("host");
  const [copied, setCopied] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const code = frameCode(embedUrl(url, { parts, theme }), labState().info?.title ?? "");
  const toggle = (part: EmbedPart) =>
    setParts(embedParts.filter((each) => (each === part ? !parts.includes(part) : parts.includes(each))));
  return (
    <details className="snippet">
      <summary>
        <Code size={16} strokeWidth={1.8} aria-hidden="true" />
        Put it into a slide or a page
      </summary>
      <div className="snippet-choices">
        <fieldset aria-label="What the frame shows">
          <span>Shows</span>
          {embedParts.map((part) => (
            <label key={part}>
              <input
                type="checkbox"
                checked={parts.includes(part)}
                disabled={parts.length === 1 && parts.includes(part)}
                onChange={() => toggle(part)}
              />
              {partNames[part]}
            </label>
          ))}
        </fieldset>
        <label>
          Colours
          <select className="ui-field" value={theme} onChange={(e) => setTheme(e.target.value as EmbedTheme)}>
            {embedThemes.toReversed().map((each) => (
              <option key={each} value={each}>
                {themeNames[each]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <textarea
        ref={field}
        className="ui-field snippet-code"
        readOnly
        rows={4}
        value={code}
        aria-label="Code of the frame"
        onFocus={(e) => e.target.select()}
      />
      <button
        type="button"
        className="ui-button"
        onClick={async () => {
          if (await copy(Promise.resolve(code))) setCopied(code);
          else field.current?.select();
        }}
      >
        {copied === code ? "Copied" : "Copy the code"}
      </button>
    </details>
  );
}

/** Its size is the usual one of a slide; the page in it fits any. */
function frameCode(address: string, title: string): string {
  const name = escaped(title === "" ? "Driftwood" : `Driftwood: ${title}`);
  return `<iframe src="${escaped(address)}" title="${name}" width="800" height="450" loading="lazy" style="border:0"></iframe>`;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
