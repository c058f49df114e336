import { type ReactElement, type ReactNode, useId, useState } from "react";
import { page } from "../../store/page.ts";
import { readAgain } from "../../store/told.ts";
import { useLab } from "../../store/use-lab.ts";
import type { ToldInfo } from "../../worker/protocol/told.ts";
import "../kit/form/form.css";
import { DialogFrame } from "../kit/form/frame.tsx";
import { counted, sizeWords, skippedWords } from "./words.ts";
import "./told.css";

/** What was read of the log that is shown, what was not, and what can be changed about it. */
export function Told(): ReactElement {
  const told = useLab((state) => state.info?.told);
  return (
    <DialogFrame
      title="What was read"
      about="Everything that is shown stands in these files. Nothing of them leaves this computer."
      size="large"
    >
      {told === undefined ? (
        <p className="form-note">The run that is shown is no log of another program.</p>
      ) : (
        <Parts told={told} />
      )}
    </DialogFrame>
  );
}

function Parts({ told }: { readonly told: ToldInfo }): ReactElement {
  const skipped = told.lines - told.understood;
  return (
    <>
      <Part title={told.title}>
        <p className="told-line">
          {counted(told.understood, "line")} of {told.lines.toLocaleString("en")} were understood:{" "}
          {counted(told.events, "event")} and {counted(told.messages, "message")} of{" "}
          {counted(told.servers.length, "server")}
          {told.leftOut === 0
            ? ""
            : `; the last ${told.leftOut.toLocaleString("en")} events are left out, since the page keeps no more`}
          .{told.times === "order" ? " It tells only what came after what: steps lie a millisecond apart." : ""}
        </p>
        <Files key={told.reading} told={told} />
        <Names told={told} />
      </Part>
      {told.supposed.length === 0 ? null : (
        <Part title="What had to be supposed">
          <ul className="told-list">
            {told.supposed.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Part>
      )}
      <Part title="What it cannot tell">
        <ul className="told-list">
          {told.unknown.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          <li>No link can carry such a run. Save it as a file, and open that elsewhere.</li>
          {told.kept ? null : (
            <li>It is too large to be kept here: after a reload its files have to be opened again.</li>
          )}
        </ul>
      </Part>
      {told.patterns === null ? null : <Patterns key={told.reading} patterns={told.patterns} />}
      <Part title={skipped === 0 ? "Every line was understood" : skippedWords(skipped)}>
        {skipped === 0 ? null : <Skipped told={told} />}
      </Part>
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section className="form-section">
      <h3 className="form-heading">{title}</h3>
      {children}
    </section>
  );
}

/** Clocks of several machines differ: each file's times may be moved against the others. */
function Files({ told }: { readonly told: ToldInfo }): ReactElement {
  const [offsets, setOffsets] = useState(told.files.map(({ offset }) => String(offset)));
  const movable = told.files.length > 1 && told.times === "clock";
  const numbers = offsets.map(Number);
  const wrong = numbers.some((offset) => !Number.isFinite(offset));
  const changed = numbers.some((offset, i) => offset !== told.files[i]?.offset);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        readAgain({ offsets: numbers });
      }}
    >
      <table className="told-table">
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Size</th>
            <th scope="col">Lines</th>
            {movable && <th scope="col">Offset, ms</th>}
          </tr>
        </thead>
        <tbody>
          {told.files.map(({ name, bytes, lines }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
            <tr key={i}>
              <th scope="row">{name || "pasted text"}</th>
              <td>{sizeWords(bytes)}</td>
              <td>{lines.toLocaleString("en")}</td>
              {movable && (
                <td>
                  <input
                    className="ui-field told-offset"
                    inputMode="numeric"
                    aria-label={`Offset of ${name || "the text"} in milliseconds`}
                    value={offsets[i]}
                    onChange={({ target }) =>
                      setOffsets(offsets.map((old, place) => (place === i ? target.value : old)))
                    }
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {movable && (
        <div className="form-buttons">
          <button type="submit" className="ui-button" disabled={wrong || !changed}>
            Merge with these offsets
          </button>
        </div>
      )}
    </form>
  );
}

/** Only where the page calls servers otherwise than the log does. */
function Names({ told }: { readonly told: ToldInfo }): ReactElement | null {
  const short = told.servers.filter((server) => server.short !== server.name);
  if (short.length === 0) return null;
  return (
    <dl className="told-names" aria-label="Servers by their full names">
      {short.map((server) => (
        <div key={server.name}>
          <dt>{server.short}</dt>
          <dd>{server.name}</dd>
        </div>
      ))}
    </dl>
  );
}

function Patterns({ patterns }: { readonly patterns: string }): ReactElement {
  const [typed, setTyped] = useState(patterns);
  const id = useId();
  return (
    <Part title="Patterns">
      <p className="form-note">
        What says something of a server in these lines. Change them to the words of your own program.
      </p>
      <label className="ui-hidden" htmlFor={id}>
        Patterns
      </label>
      <textarea
        id={id}
        className="ui-field told-patterns"
        spellCheck={false}
        rows={10}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <div className="form-buttons">
        <button
          type="button"
          className="ui-button"
          disabled={typed === patterns}
          onClick={() => {
            page.closeDialog();
            readAgain({ patterns: typed });
          }}
        >
          Read again with these
        </button>
      </div>
    </Part>
  );
}

function Skipped({ told }: { readonly told: ToldInfo }): ReactElement {
  const several = told.files.length > 1;
  const more = told.lines - told.understood - told.skipped.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it
    <section className="told-skipped" tabIndex={0} aria-label="Lines that were skipped">
      <table className="told-table">
        <thead>
          <tr>
            <th scope="col">{several ? "File, line" : "Line"}</th>
            <th scope="col">Why</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        <tbody>
          {told.skipped.map(({ file, line, why, text }) => (
            <tr key={`${file} ${line}`}>
              <th scope="row">
                {several ? `${told.files[file]?.name}, ` : ""}
                {line}
              </th>
              <td>{why}</td>
              <td className="told-text">{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="form-note">And {more.toLocaleString("en")} more.</p>}
    </section>
  );
}
